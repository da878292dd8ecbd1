//! What a character is to its neighbours: the white that it brings along, and what stands between two.
//!
//! The rules are those of JIS X 4051 and of JLREQ (W3C): brackets and stops next to each other, Latin within Japanese text.

/// A character's kind, as far as spacing is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A full-width opening bracket: its left half is white.
    Open,
    /// A full-width closing bracket, comma or full stop: its right half is white.
    Close,
    /// A full-width middle dot or colon: a quarter is white at either side.
    Middle,
    /// Kanji and kana.
    Japanese,
    /// Letters, figures and the signs that belong to them, at their own widths.
    Latin,
    /// White as wide as a character.
    WideSpace,
    /// White between words.
    Space,
    /// Any other full-width character: ①, △, full-width figures.
    Wide,
    /// All else.
    Other,
}

impl Class {
    /// The class of a character that is a full em wide, or is not.
    pub fn of(c: char, wide: bool) -> Self {
        match c {
            '\u{3000}' => Self::WideSpace,
            '\n' => Self::Other,
            c if c.is_whitespace() => Self::Space,
            c if wide => Self::of_wide(c),
            '0'..='9' | 'A'..='Z' | 'a'..='z' | '%' | '‰' | '$' | '¥' | '£' | '€' => Self::Latin,
            '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{4FF}' if c.is_alphabetic() => Self::Latin,
            _ => Self::Other,
        }
    }

    fn of_wide(c: char) -> Self {
        match c {
            '「' | '『' | '（' | '【' | '〈' | '《' | '〔' | '［' | '｛' | '〘' | '〖' | '｟' => {
                Self::Open
            }
            '、' | '。' | '，' | '．' | '」' | '』' | '）' | '】' | '〉' | '》' | '〕' | '］' | '｝'
            | '〙' | '〗' | '｠' => Self::Close,
            '・' | '：' | '；' => Self::Middle,
            '々'
            | '〆'
            | '〇'
            | '〻'
            | '\u{3041}'..='\u{3096}'
            | '\u{309D}'..='\u{309F}'
            | '\u{30A1}'..='\u{30FF}'
            | '\u{31F0}'..='\u{31FF}'
            | '\u{2E80}'..='\u{2FDF}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}' => Self::Japanese,
            _ => Self::Wide,
        }
    }
}

/// The part of a full width that neighbours share. A whole half would let programs that read the page take what stands
/// closer than half a character for the start of another line.
const SHARED: f32 = 0.49;

/// The white that two neighbours share instead of both keeping theirs; `one` and `two` are their widths.
pub(super) fn shared((a, one): (Class, f32), (b, two): (Class, f32)) -> f32 {
    use Class::{Close, Middle, Open, WideSpace};
    match (a, b) {
        (Close, Open) => one.min(two) * SHARED,
        (Close, Close | Middle | WideSpace) => one * SHARED,
        (Open | Middle | WideSpace, Open) => two * SHARED,
        _ => 0.0,
    }
}

/// Whether Japanese and Latin text meet: a quarter space stands between them (四分アキ).
pub(super) fn meet(a: Class, b: Class) -> bool {
    matches!((a, b), (Class::Japanese, Class::Latin) | (Class::Latin, Class::Japanese))
}

/// What a gap of a justified line gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Give {
    /// White is there already: word spaces, quarter spaces, beside brackets and stops. It grows first.
    White,
    /// Between Japanese characters.
    Body,
    /// Nothing: within words and numbers.
    Nothing,
}

/// What the gap between two neighbours gives; `parted` says whether a line might end between them.
pub(super) fn give(a: Class, b: Class, parted: bool) -> Give {
    use Class::{Close, Japanese, Latin, Middle, Open, Other, Space, Wide, WideSpace};
    match (a, b) {
        (_, Space | WideSpace | Close) | (WideSpace | Open, _) => Give::Nothing,
        (Space, _) | (Japanese, Latin) | (Latin, Japanese) => Give::White,
        // The point of １２．７ is a full stop elsewhere.
        (Close, Wide) if !parted => Give::Nothing,
        (Close, Japanese | Latin | Wide | Other | Open) | (Japanese | Latin | Wide | Other, Open) => {
            Give::White
        }
        (Japanese, Japanese | Wide | Middle) | (Wide | Middle, Japanese) => Give::Body,
        _ => Give::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_their_classes() {
        let wide =
            [('（', Class::Open), ('。', Class::Close), ('・', Class::Middle), ('ー', Class::Japanese)];
        let more =
            [('々', Class::Japanese), ('𠮷', Class::Japanese), ('①', Class::Wide), ('１', Class::Wide)];
        for (c, class) in wide.into_iter().chain(more) {
            assert_eq!(Class::of(c, true), class, "{c}");
        }
        let narrow = [('a', Class::Latin), ('7', Class::Latin), ('%', Class::Latin), ('é', Class::Latin)];
        let more = [('(', Class::Other), ('.', Class::Other), (' ', Class::Space), ('ｶ', Class::Other)];
        for (c, class) in narrow.into_iter().chain(more) {
            assert_eq!(Class::of(c, false), class, "{c}");
        }
    }

    #[test]
    fn neighbours_share_nearly_half_an_em() {
        let share = |a: char, b: char| {
            let of = |c: char| (Class::of(c, true), 10.0);
            shared(of(a), of(b))
        };
        for pair in ["」「", "））", "（（", "」、", "。」", "、「", "・「", "）・", "。　", "　（"]
        {
            let mut chars = pair.chars();
            let (a, b) = (chars.next().unwrap_or_default(), chars.next().unwrap_or_default());
            assert!((share(a, b) - 4.9).abs() < 0.001, "{pair}");
        }
        for (a, b) in
            [('あ', '「'), ('」', 'あ'), ('「', 'あ'), ('（', '・'), ('・', '）'), ('、', 'あ'), ('・', '・')]
        {
            assert!(share(a, b).abs() < 0.001, "{a}{b}");
        }
    }
}
