//! Colours of a theme.

use schemars::JsonSchema;
use serde::Deserialize;

/// An sRGB colour, written `#RRGGBB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String", extend("pattern" = "^#[0-9A-Fa-f]{6}$"))]
pub(in crate::pdf) struct Color(pub [u8; 3]);

impl TryFrom<String> for Color {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bad = || format!("「{text}」は色ではありません。#1F3A5F のように書いてください");
        let digits = text.strip_prefix('#').ok_or_else(bad)?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(bad());
        }
        let value = u32::from_str_radix(digits, 16).map_err(|_| bad())?;
        let [_, red, green, blue] = value.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl Color {
    /// The grey of the same brightness, by the weights of sRGB's primaries (ITU-R BT.709) in whole numbers.
    pub fn grey(self) -> Self {
        let [red, green, blue] = self.0.map(u32::from);
        let grey = u8::try_from((2126 * red + 7152 * green + 722 * blue + 5000) / 10_000).unwrap_or(u8::MAX);
        Self([grey; 3])
    }
}
