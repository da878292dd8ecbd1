//! Labels at the start of a text (①, (1), ・): the lines that follow hang behind them.

use super::shaped::{Kind, Shaped};

/// A label takes at most this part of a line; the lines behind a wider one do not hang.
const PART: f32 = 0.25;

/// How far the lines that follow stand in, in points: the width of the label that the text has at cluster `start` with the white behind
/// it; 0 where it has none. `signs` are labels besides enclosed and bracketed numbers.
pub(super) fn hang(shaped: &Shaped, start: usize, signs: &str, width: f32) -> f32 {
    let Some(rest) = shaped.clusters.get(start..) else { return 0.0 };
    let text = rest.first().and_then(|first| shaped.text.get(first.text.start..)).unwrap_or_default();
    let Some(label) = label(text, signs) else { return 0.0 };
    let Some(from) = rest.first().map(|first| first.text.start + label) else { return 0.0 };
    let Some(at) = rest.iter().position(|cluster| cluster.text.start >= from && cluster.kind != Kind::Space)
    else {
        return 0.0;
    };
    if rest.get(at).is_none_or(|cluster| cluster.kind != Kind::Ink) {
        return 0.0;
    }
    let steps: f32 = rest.iter().take(at).map(|cluster| cluster.advance + cluster.gap).sum();
    let hang = steps - rest.first().map_or(0.0, super::shaped::Cluster::head);
    if hang <= width * PART { hang } else { 0.0 }
}

/// The length of the label at a text's start, in bytes.
fn label(text: &str, signs: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let (_, first) = chars.next()?;
    if signs.contains(first) || is_enclosed(first) {
        return Some(first.len_utf8());
    }
    if !matches!(first, '(' | '（') {
        return None;
    }
    let inner: Vec<(usize, char)> = chars.take(3).collect();
    let closing = inner.iter().position(|(_, c)| matches!(c, ')' | '）'))?;
    let inside = inner.get(..closing)?;
    let counts = !inside.is_empty() && inside.iter().all(|(_, c)| is_counter(*c));
    let (at, c) = inner.get(closing)?;
    counts.then_some(at + c.len_utf8())
}

/// ① to ㊿, ⑴ to ⒇ and the other enclosed and bracketed numbers and letters.
fn is_enclosed(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{3251}'..='\u{325F}' | '\u{32B1}'..='\u{32BF}')
}

/// What counts within brackets: figures, a letter, a kana.
fn is_counter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | 'ァ'..='ン' | 'ぁ'..='ん')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_recognised() {
        let signs = "・○";
        for (text, length) in
            [("①順調", 3), ("・市民", 3), ("(1)市民", 3), ("（12）市民", 8), ("(ア) 市民", 5), ("㉑次", 3)]
        {
            assert_eq!(label(text, signs), Some(length), "{text}");
        }
        for text in ["市民", "(株)市民", "（仮）", "(123)", "△53", "1.市民", "()", ""] {
            assert_eq!(label(text, signs), None, "{text}");
        }
    }
}
