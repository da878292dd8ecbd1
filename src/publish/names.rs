//! File names that every file system takes.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::discover::sha256;

/// Names that Windows keeps for devices, with or without an extension.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Characters that Windows forbids, each with the full-width one that takes its place.
const FORBIDDEN: &[(char, char)] = &[
    ('/', '／'),
    ('\\', '＼'),
    (':', '：'),
    ('*', '＊'),
    ('?', '？'),
    ('"', '”'),
    ('<', '＜'),
    ('>', '＞'),
    ('|', '｜'),
];

/// The longest name, in bytes; file systems take 255, and `_`, a second name and an extension may follow.
const LONGEST: usize = 110;

/// A path of the month's folder that must not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// A part of it is not safe.
    #[error("「{0}」は使えません")]
    Unsafe(String),
    /// Two files would be one, on some file systems at least.
    #[error("「{0}」が2つあります")]
    Twice(String),
}

/// A name for a file or folder from any text (a department's name): no way out of the folder, no device, nothing
/// that a file system forbids. Different texts stay different as far as a reader can see.
pub fn safe_name(text: &str) -> String {
    shortened(clean(text))
}

/// Checks paths to be written: every part safe, none twice even where case does not count.
pub(super) fn check<'p>(paths: impl Iterator<Item = &'p str>) -> Result<(), NameError> {
    let mut seen = BTreeSet::new();
    for path in paths {
        if !path.split('/').all(|part| clean(part) == part && part.len() <= 255) {
            return Err(NameError::Unsafe(path.to_owned()));
        }
        if !seen.insert(path.to_lowercase()) {
            return Err(NameError::Twice(path.to_owned()));
        }
    }
    Ok(())
}

fn clean(text: &str) -> String {
    let full_width =
        |c| FORBIDDEN.iter().find(|(forbidden, _)| *forbidden == c).map_or(c, |(_, other)| *other);
    let visible: String = text.nfc().filter(|c| !is_invisible(*c)).map(full_width).collect();
    let mut name = visible.trim().to_owned();
    if let Some(rest) = name.strip_prefix('.') {
        name = format!("．{rest}");
    }
    if name.ends_with('.') {
        name = format!("{}．", name.trim_end_matches(['.', ' ']));
    }
    let stem = name.split('.').next().unwrap_or_default();
    if is_device(stem.trim_end()) {
        name = format!("＿{name}");
    }
    if name.is_empty() { "名称なし".to_owned() } else { name }
}

/// Controls, and what changes the direction or stands there without a shape: they make names lie.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// CON, NUL, COM1 … and what Windows takes for them.
fn is_device(stem: &str) -> bool {
    let stem = stem.to_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let numbered = port.is_some_and(|rest| {
        matches!(rest, "¹" | "²" | "³") || (rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    });
    DEVICES.contains(&stem.as_str()) || numbered
}

/// Cuts a name that is too long; the start of its hash keeps it apart from others that start alike.
fn shortened(name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    let hash = sha256(name.as_bytes());
    let end = (0..=LONGEST - 9).rev().find(|end| name.is_char_boundary(*end)).unwrap_or_default();
    format!("{}～{}", name[..end].trim_end_matches(['.', ' ']), &hash[..6])
}
