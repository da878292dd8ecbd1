//! The colours of fonts and fills → what they do to a text.

use crate::model::sheet::Ink;

/// Colours that differ by no more in each of red, green and blue look the same on paper.
const SAME: u32 = 8;
/// A colour whose red, green and blue all stay below is taken for black.
const DARK: u32 = 0x48;
const BLACK: u32 = 0x00_0000;
const WHITE: u32 = 0xFF_FFFF;

/// The colours 8 to 63 that a file numbers; 0 to 7 are the first eight of them.
const INDEXED: [u32; 56] = [
    0x00_0000, 0xFF_FFFF, 0xFF_0000, 0x00_FF00, 0x00_00FF, 0xFF_FF00, 0xFF_00FF, 0x00_FFFF, 0x80_0000,
    0x00_8000, 0x00_0080, 0x80_8000, 0x80_0080, 0x00_8080, 0xC0_C0C0, 0x80_8080, 0x99_99FF, 0x99_3366,
    0xFF_FFCC, 0xCC_FFFF, 0x66_0066, 0xFF_8080, 0x00_66CC, 0xCC_CCFF, 0x00_0080, 0xFF_00FF, 0xFF_FF00,
    0x00_FFFF, 0x80_0080, 0x80_0000, 0x00_8080, 0x00_00FF, 0x00_CCFF, 0xCC_FFFF, 0xCC_FFCC, 0xFF_FF99,
    0x99_CCFF, 0xFF_99CC, 0xCC_99FF, 0xFF_CC99, 0x33_66FF, 0x33_CCCC, 0x99_CC00, 0xFF_CC00, 0xFF_9900,
    0xFF_6600, 0x66_6699, 0x96_9696, 0x00_3366, 0x33_9966, 0x00_3300, 0x33_3300, 0x99_3300, 0x99_3366,
    0x33_3399, 0x33_3333,
];
/// Light 1, dark 1, light 2, dark 2, six accents, two kinds of links: where a file brings no theme.
const THEME: [u32; 12] = [
    0xFF_FFFF, 0x00_0000, 0xEE_ECE1, 0x1F_497D, 0x4F_81BD, 0xC0_504D, 0x9B_BB59, 0x80_64A2, 0x4B_ACC6,
    0xF7_9646, 0x00_00FF, 0x80_0080,
];

/// A colour as a file gives it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Colour {
    /// Black for text, none for fills.
    #[default]
    Automatic,
    /// Red, green and blue.
    Rgb(u32),
    /// One of the numbered ones.
    Indexed(usize),
    /// One of the theme's, made darker (to -1) or lighter (to 1).
    Theme(usize, f64),
}

impl Colour {
    fn resolved(self, palette: &Palette) -> Option<u32> {
        match self {
            Self::Automatic => None,
            Self::Rgb(rgb) => Some(rgb & WHITE),
            Self::Indexed(index) => {
                let index = if index < 8 { index } else { index - 8 };
                palette.indexed.get(index).or_else(|| INDEXED.get(index)).copied()
            }
            Self::Theme(index, tint) => {
                let own = palette.theme.get(index).or_else(|| THEME.get(index))?;
                Some(tinted(*own, tint))
            }
        }
    }
}

/// The colours of a file's own.
#[derive(Debug, Default)]
pub struct Palette {
    /// Numbered from 8 on, instead of the usual ones.
    pub indexed: Vec<u32>,
    /// The theme's.
    pub theme: Vec<u32>,
}

/// What a font's colour over a fill does to a text.
pub fn ink(font: Colour, fill: Colour, palette: &Palette) -> Ink {
    let (own, ground) = (font.resolved(palette), fill.resolved(palette).unwrap_or(WHITE));
    let shown = own.unwrap_or(BLACK);
    if channels(shown).iter().zip(channels(ground)).all(|(a, b)| a.abs_diff(b) <= SAME) {
        Ink::Invisible
    } else if channels(shown).iter().all(|channel| *channel < DARK) || shown == WHITE {
        // White on a dark ground is how emphasis looks, not a colour.
        Ink::Plain
    } else {
        Ink::Coloured(shown)
    }
}

fn channels(rgb: u32) -> [u32; 3] {
    [rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF]
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kept within 0 to 255")]
fn tinted(rgb: u32, tint: f64) -> u32 {
    let one = |channel: u32| {
        let channel = f64::from(channel);
        let changed = if tint < 0.0 { channel * (1.0 + tint) } else { channel + (255.0 - channel) * tint };
        changed.clamp(0.0, 255.0).round() as u32
    };
    channels(rgb).into_iter().fold(0, |sum, channel| sum << 8 | one(channel))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_seen_as_a_person_sees_them() {
        let palette = Palette::default();
        for (font, fill, seen) in [
            (Colour::Automatic, Colour::Automatic, Ink::Plain),
            (Colour::Indexed(8), Colour::Automatic, Ink::Plain),
            (Colour::Indexed(64), Colour::Indexed(64), Ink::Plain),
            (Colour::Theme(1, 0.0), Colour::Automatic, Ink::Plain),
            (Colour::Theme(0, 0.0), Colour::Automatic, Ink::Invisible),
            (Colour::Theme(0, -0.5), Colour::Automatic, Ink::Coloured(0x80_8080)),
            (Colour::Rgb(0xFFFF_FFFF), Colour::Automatic, Ink::Invisible),
            (Colour::Rgb(0xFFFF_FFFF), Colour::Rgb(0x00_0080), Ink::Plain),
            (Colour::Rgb(0xFFFF_FF00), Colour::Indexed(13), Ink::Invisible),
            (Colour::Automatic, Colour::Rgb(0), Ink::Invisible),
            (Colour::Indexed(10), Colour::Automatic, Ink::Coloured(0xFF_0000)),
            (Colour::Rgb(0xFFFF_0000), Colour::Rgb(0xFF_FF00), Ink::Coloured(0xFF_0000)),
        ] {
            assert_eq!(ink(font, fill, &palette), seen, "{font:?} on {fill:?}");
        }
        let own = Palette { indexed: vec![0, 0xFF_FFFF, 0x12_3456], theme: Vec::new() };
        assert_eq!(ink(Colour::Indexed(10), Colour::Automatic, &own), Ink::Coloured(0x12_3456));
    }
}
