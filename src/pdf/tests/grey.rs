//! Printed in black and white, pages say what they say in colour.

use std::process::Command;

use super::pages::laid_out;
use super::{FONTS, drawn, sample, theme};
use crate::model::report::Block;
use crate::pdf::display::Shape;
use crate::pdf::{Anchors, Theme, render};

const DPI: f32 = 200.0;

/// A page in greys, 0 to 255.
struct Image {
    width: usize,
    pixels: Vec<u8>,
}

impl Image {
    fn dark(&self, x: usize, y: usize) -> bool {
        self.pixels[y * self.width + x] < 128
    }
}

/// The first page as grey printers see it; `None`, said aloud, where pdftoppm is missing.
fn grey(bytes: &[u8]) -> Option<Image> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("document.pdf");
    std::fs::write(&path, bytes).expect("a file");
    let dpi = DPI.to_string();
    let Ok(output) = Command::new("pdftoppm").args(["-gray", "-r", &dpi, "-l", "1"]).arg(&path).output()
    else {
        eprintln!("skipped: pdftoppm is missing");
        return None;
    };
    // P5, width, height and 255 in words, each with white behind it.
    let mut at = 0;
    let mut words = Vec::new();
    while words.len() < 4 {
        let end = at + output.stdout[at..].iter().position(u8::is_ascii_whitespace).expect("a header");
        words.push(String::from_utf8_lossy(&output.stdout[at..end]).into_owned());
        at = end + 1;
    }
    assert_eq!(words[0], "P5");
    Some(Image { width: words[1].parse().expect("a width"), pixels: output.stdout[at..].to_vec() })
}

/// A look whose colours are the greys that they are printed as.
fn grey_theme() -> Theme {
    let mut text = include_str!("../../../templates/theme.toml").to_owned();
    let hex: Vec<String> =
        text.split('"').filter(|word| word.len() == 7 && word.starts_with('#')).map(str::to_owned).collect();
    for color in hex {
        let part = |at: usize| u32::from_str_radix(&color[at..at + 2], 16).expect("a colour");
        let grey = (299 * part(1) + 587 * part(3) + 114 * part(5)) / 1000;
        text = text.replace(&color, &format!("#{grey:02X}{grey:02X}{grey:02X}"));
    }
    Theme::parse(&text).expect("a theme")
}

fn bytes(blocks: Vec<Block>, theme: &Theme) -> Vec<u8> {
    render(&sample::document(blocks), theme, &FONTS, &Anchors::new()).expect("a PDF").bytes
}

/// The boxes of a bar's parts on the first page, in pixels: left, top, right, bottom.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on a page")]
fn parts(block: &Block) -> Vec<[usize; 4]> {
    let (display, _) = laid_out(&sample::document(vec![block.clone()]));
    let outlines = display.pages[0].items.iter().filter_map(|item| match &item.shape {
        Shape::Path { points, closed: true, fill: None, stroke: Some(_) } => Some(points.clone()),
        _ => None,
    });
    let pixels = |value: f32| (value * DPI / 72.0) as usize;
    let corners = outlines.map(|p| [p[0].0, p[0].1, p[2].0, p[2].1].map(pixels));
    // Those of the legend are smaller.
    corners.filter(|c| c[3] - c[1] > pixels(12.0)).collect()
}

/// How dark a part is beside its count, and how often the dark goes on to the upper right and the lower right.
fn pattern(image: &Image, [left, top, right, bottom]: [usize; 4]) -> [f32; 3] {
    let (mut all, mut dark, mut up, mut down) = (0.0_f32, 0.0_f32, 0.0_f32, 0.0_f32);
    for y in top + 6..bottom - 6 {
        for x in left + 4..left + (right - left) / 3 {
            all += 1.0;
            if image.dark(x, y) {
                dark += 1.0;
                up += f32::from(u8::from(image.dark(x + 3, y - 3)));
                down += f32::from(u8::from(image.dark(x + 3, y + 3)));
            }
        }
    }
    let share = |count: f32| if dark > 0.0 { count / dark } else { 0.0 };
    [dark / all, share(up), share(down)]
}

#[test]
fn the_parts_of_a_bar_differ_in_black_and_white() {
    let block = Block::Figure(drawn::bars(vec![drawn::bar("部", [3, 3, 3, 3, 3])]));
    let parts = parts(&block);
    assert_eq!(parts.len(), 5);
    for theme in [theme(), grey_theme()] {
        let Some(image) = grey(&bytes(vec![block.clone()], &theme)) else { return };
        let patterns: Vec<[f32; 3]> = parts.iter().map(|part| pattern(&image, *part)).collect();
        for (at, one) in patterns.iter().enumerate() {
            for other in &patterns[at + 1..] {
                let apart = one.iter().zip(other).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
                assert!(apart > 0.2, "{patterns:?}");
            }
        }
    }
}

#[test]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on a page")]
fn the_marks_of_a_line_differ_in_black_and_white() {
    let block = Block::Figure(drawn::rate());
    let (display, _) = laid_out(&sample::document(vec![block.clone()]));
    let Some(image) = grey(&bytes(vec![block], &grey_theme())) else { return };
    let pixel = |value: f32| (value * DPI / 72.0) as usize;
    let (mut full, mut hollow) = (0, 0);
    for item in &display.pages[0].items {
        match &item.shape {
            Shape::Disc { center: (x, y), fill: Some(_), stroke: None, radius } if *radius > 1.5 => {
                assert!(image.dark(pixel(*x), pixel(*y)), "an actual is full");
                full += 1;
            }
            Shape::Disc { center: (x, y), stroke: Some(_), .. } => {
                assert!(!image.dark(pixel(*x), pixel(*y)), "a forecast is hollow");
                hollow += 1;
            }
            Shape::Path { points, closed: true, stroke: Some(_), .. } => {
                let (x, y) = (points[0].0, points[1].1);
                assert!(!image.dark(pixel(x), pixel(y)), "a target is hollow");
                hollow += 1;
            }
            _ => {}
        }
    }
    // With one of each kind in the legend.
    assert_eq!((full, hollow), (3, 6));
}

#[test]
fn no_word_is_lost_without_colour() {
    let document = sample::everything();
    let text = |theme: &Theme| {
        let bytes = render(&document, theme, &FONTS, &Anchors::new()).expect("a PDF").bytes;
        super::file::tool("pdftotext", &[], &bytes, &["-"])
    };
    let (Some(colour), Some(grey)) = (text(&theme()), text(&grey_theme())) else { return };
    assert!(grey.1.contains("△ やや遅れ") && grey.1.contains("？ 判定不能"));
    assert_eq!(colour, grey);
}
