//! Grey pictures, compared by what stands where rather than by pixels: versions of a program smooth edges differently.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

/// Pixels along each side of a cell; at 40 dots an inch about 2.5 mm, less than a line of text is high.
const CELL: usize = 4;

/// A page in grey, row by row; 255 is white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub grey: Vec<u8>,
}

impl Picture {
    /// An accepted picture, a grey PNG.
    pub fn accepted(path: &Path) -> Option<Self> {
        let mut reader = png::Decoder::new(BufReader::new(File::open(path).ok()?)).read_info().expect("PNG");
        let mut grey = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut grey).expect("PNG");
        assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Grayscale, png::BitDepth::Eight));
        grey.truncate(info.buffer_size());
        Some(Self { width: info.width as usize, height: info.height as usize, grey })
    }

    /// What pdftoppm draws with `-gray`: `P5`, width, height and 255, each followed by one white, then the bytes.
    pub fn drawn(path: &Path) -> Option<Self> {
        let bytes = std::fs::read(path).ok()?;
        let mut parts = bytes.splitn(5, u8::is_ascii_whitespace);
        let mut word = || std::str::from_utf8(parts.next().expect("a header")).expect("a header");
        assert_eq!(word(), "P5");
        let [width, height, white] = [word(), word(), word()].map(|word| word.parse().expect("a number"));
        assert_eq!(white, 255);
        let grey = parts.next().expect("a picture").to_vec();
        assert_eq!(grey.len(), width * height);
        Some(Self { width, height, grey })
    }

    pub fn write(&self, path: &Path) {
        let size = |length: usize| u32::try_from(length).expect("a picture");
        let file = BufWriter::new(File::create(path).expect("created"));
        let mut encoder = png::Encoder::new(file, size(self.width), size(self.height));
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        encoder.write_header().expect("written").write_image_data(&self.grey).expect("written");
    }

    /// The mean grey of a rectangle, what lies outside being white.
    fn mean(&self, left: usize, top: usize, side: usize) -> i32 {
        let mut sum = 0;
        for y in top..top + side {
            for x in left..left + side {
                let inside = x < self.width && y < self.height;
                sum += if inside { i32::from(self.grey[y * self.width + x]) } else { 255 };
            }
        }
        sum / i32::try_from(side * side).expect("small")
    }

    /// A third of its size.
    pub fn third(&self) -> Self {
        let (width, height) = (self.width / 3, self.height / 3);
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let grey = pixels.map(|(x, y)| u8::try_from(self.mean(3 * x, 3 * y, 3)).expect("grey")).collect();
        Self { width, height, grey }
    }

    /// How much of what is drawn stands elsewhere than in another picture, and a picture of it: new ink black, ink that is
    /// gone grey. In parts of a thousand cells.
    pub fn difference(&self, accepted: &Self, tolerance: i32) -> (f64, Self) {
        let (width, height) = (self.width.max(accepted.width), self.height.max(accepted.height));
        let mut seen = Self { width, height, grey: vec![255; width * height] };
        let (mut cells, mut differing) = (0_u32, 0_u32);
        for top in (0..height).step_by(CELL) {
            for left in (0..width).step_by(CELL) {
                let less = accepted.mean(left, top, CELL) - self.mean(left, top, CELL);
                cells += 1;
                if less.abs() <= tolerance {
                    continue;
                }
                differing += 1;
                let shade = if less > 0 { 0 } else { 150 };
                for y in top..(top + CELL).min(height) {
                    for x in left..(left + CELL).min(width) {
                        seen.grey[y * width + x] = shade;
                    }
                }
            }
        }
        (1000.0 * f64::from(differing) / f64::from(cells), seen)
    }
}
