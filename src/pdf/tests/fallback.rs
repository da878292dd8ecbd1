//! Fonts in order, variants of kanji, half-width kana.

use std::path::Path;
use std::sync::LazyLock;

use super::{sample, theme};
use crate::model::report::{Block, Para};
use crate::pdf::shape::{Shaping, open};
use crate::pdf::shaped::Style;
use crate::pdf::{Anchors, Fonts, Rendered, render};

/// 𠮷 is in both further fonts; U+E000 and the variant of 葛 in the second alone; the variant of 辻 in none; 〓 for U+E001.
const RARE: &str = "髙﨑𠮷\u{e000}葛\u{e01ef}葛\u{e0100}辻\u{e01ef}\u{e001}";

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let further = |name: &str| {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/fonts"));
        std::fs::read(folder.join(name)).expect("a font")
    };
    let fonts = super::fonts().with_fallback(further("squares.ttf")).expect("fonts");
    fonts.with_fallback(further("variants.ttf")).expect("fonts")
});

fn rendered() -> Rendered {
    let document = sample::document(vec![Block::Paragraph(Para::plain(RARE))]);
    render(&document, &theme(), &FONTS, &Anchors::new()).expect("a PDF")
}

#[test]
fn the_first_font_that_has_a_character_draws_it() {
    let theme = theme();
    let opened = open(&FONTS).expect("fonts");
    let mut shaping = Shaping::new(&FONTS, &opened, &theme);
    for (bold, own) in [(false, 0), (true, 1)] {
        let style = Style::new(bold, 10.0, theme.color.text);
        let shaped = shaping.shape(&[(style, RARE.into())]);
        let found: Vec<(usize, bool, bool)> =
            shaped.clusters.iter().map(|cluster| (cluster.face, cluster.lost, cluster.unvaried)).collect();
        let expected = [
            (own, false, false),
            (own, false, false),
            (2, false, false),
            (3, false, false),
            (3, false, false),
            (own, false, false),
            (own, false, true),
            (own, true, false),
        ];
        assert_eq!(found, expected);
    }
}

#[test]
fn what_no_font_has_is_listed() {
    let missing: Vec<(String, bool)> =
        rendered().missing.into_iter().map(|missing| (missing.text, missing.variant)).collect();
    assert_eq!(missing, [("辻\u{e01ef}".to_owned(), true), ("\u{e001}".to_owned(), false)]);
}

#[test]
fn a_variant_is_another_glyph_than_its_character() {
    let theme = theme();
    let opened = open(&FONTS).expect("fonts");
    let mut shaping = Shaping::new(&FONTS, &opened, &theme);
    let style = Style::new(false, 10.0, theme.color.text);
    let mut glyph = |text: &str| {
        let shaped = shaping.shape(&[(style, text.into())]);
        assert_eq!(shaped.glyphs.len(), 1);
        (shaped.clusters[0].face, shaped.glyphs[0].id)
    };
    assert_ne!(glyph("葛\u{e0100}"), glyph("葛"));
    assert_ne!(glyph("葛\u{e01ef}"), glyph("葛"));
    assert_eq!(glyph("辻\u{e01ef}"), glyph("辻"));
    assert_eq!(glyph("☎\u{fe0f}"), glyph("☎"));
}

#[test]
fn every_text_comes_back_from_the_file() {
    let Some(found) = super::file::text(&rendered().bytes) else { return };
    assert!(found.contains(RARE), "{found}");
    let kana = "ｶﾞｷﾞｸﾞﾊﾟﾋﾟ①⑳㎡㌶△▲～〜－−ヴ";
    let document =
        sample::document(vec![Block::Paragraph(Para::plain(kana)), Block::Paragraph(Para::strong(kana))]);
    let Some(found) = super::file::text(&super::rendered(&document).bytes) else { return };
    assert_eq!(found.matches(kana).count(), 2, "{found}");
}

#[test]
fn the_file_holds_the_further_fonts_in_use() {
    let Some(list) = super::file::fonts(&rendered().bytes) else { return };
    for name in ["+BIZUDGothic-Regular", "+Squares-Regular", "+Variants-Regular"] {
        assert!(list.contains(name), "{list}");
    }
}
