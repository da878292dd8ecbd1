//! A cell's text before its number is read: NFKC without merging footnote digits into the number, notes set apart.

use unicode_normalization::UnicodeNormalization;

use super::super::text::{Bracket, common, is_blank, is_dash, plain, split_brackets};

/// A text with its notes set apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Prepared {
    /// Outside of brackets and footnote marks, trimmed, NFKC, one kind of dash.
    pub body: String,
    /// What stands in brackets.
    pub brackets: Vec<Bracket>,
    /// Footnote marks and texts: `※1`, `†`.
    pub footnotes: Vec<String>,
}

/// Footnote marks that stand alone.
const DAGGERS: [char; 4] = ['†', '‡', '§', '*'];

/// Sets the notes of a text apart.
pub(super) fn prepare(text: &str) -> Prepared {
    let mut footnotes = Vec::new();
    let spelled = spell(text);
    let (outside, brackets) = split_brackets(&spelled);
    let mut body = outside.trim_matches(is_blank).to_owned();
    if let Some(at) = body.find(['※', '注']).filter(|at| *at > 0) {
        footnotes.push(body.split_off(at).trim_matches(is_blank).to_owned());
    }
    let mut cut = body.trim_end_matches(is_blank);
    if let Some(at) = cut.rfind(DAGGERS) {
        let first = cut.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(DAGGERS).len();
        // Only a mark at the very end, with a number of its own or none.
        if first > 0 && first <= at {
            footnotes.push(cut.get(first..).unwrap_or_default().to_owned());
            cut = cut.get(..first).unwrap_or_default();
        }
    }
    let mut body = cut.trim_matches(is_blank).to_owned();
    if let Some(rest) = body.strip_prefix(DAGGERS) {
        footnotes.push(body.chars().take(1).collect());
        body = rest.trim_matches(is_blank).to_owned();
    }
    Prepared { body, brackets, footnotes }
}

/// NFKC, but ², ① and the like, which NFKC would turn into digits of the number, become bracketed notes.
fn spell(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if let Some(c) = common(c) {
            out.push(if is_dash(c) { '-' } else { c });
            continue;
        }
        let compatible: String = c.nfkc().collect();
        let digits = compatible.chars().any(|c| c.is_ascii_digit());
        let full_width = c.is_ascii_digit() || ('０'..='９').contains(&c);
        let power = matches!(c, '²' | '³') && out.chars().last().is_some_and(char::is_alphabetic);
        if !digits || full_width || power || compatible.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let normal = plain(&c.to_string());
            out.extend(normal.chars().map(|c| if is_dash(c) { '-' } else { c }));
        } else if is_footnote(c) {
            let number: String = compatible.chars().filter(char::is_ascii_digit).collect();
            out.extend(["〔", &number, "〕"]);
        } else {
            // ½, ㋀ and whatever else hides digits: never part of a number.
            out.push('\u{fffd}');
        }
    }
    // Half-width kana compose with their marks only together.
    plain(&out)
}

/// Superscript, circled, bracketed and dotted digits.
fn is_footnote(c: char) -> bool {
    matches!(c,
        '²' | '³' | '¹' | '\u{2070}'..='\u{2079}' | '\u{2080}'..='\u{2089}' | '\u{2460}'..='\u{249b}'
        | '\u{24ea}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' | '\u{3251}'..='\u{325f}' | '\u{32b1}'..='\u{32bf}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_never_join_the_number() {
        for (text, body) in [
            ("73.1※1", "73.1"),
            ("73.1¹", "73.1"),
            ("53①", "53"),
            ("20.3†", "20.3"),
            ("29（4）", "29"),
            ("5m²", "5m2"),
            ("5㎡", "5m2"),
            ("53*2", "53"),
            ("*53", "53"),
            ("53 注1", "53"),
            ("５３", "53"),
            ("−５", "-5"),
        ] {
            assert_eq!(prepare(text).body, body, "{text}");
        }
        assert!(prepare("5½").body.contains('\u{fffd}'));
        assert_eq!(prepare("①").body, "");
    }
}
