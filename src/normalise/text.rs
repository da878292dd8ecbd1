//! Texts in comparable form.

use unicode_normalization::UnicodeNormalization;

use super::vocabulary::Vocabulary;

/// Whether a character is one of the many dashes that sheets use alike; the long vowel mark `ー` is typed for a dash.
pub fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{fe63}'
                | '\u{ff0d}'
                | 'ー'
                | '\u{ff70}'
    )
}

/// White space as sheets hold it: also control characters and zero-width ones.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// NFKC with the wave dashes made one; white space stays, each as one space.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match common(c) {
            Some(c) => plain.push(c),
            None => return text.nfkc().map(unified).collect(),
        }
    }
    plain
}

fn unified(c: char) -> char {
    match c {
        '\u{301c}' | '\u{223c}' | '\u{223f}' | '\u{2053}' => '~',
        c if is_blank(c) => ' ',
        c => c,
    }
}

/// What [`plain`] makes of a character that most texts are made of: it becomes one character, whatever common ones stand
/// beside it, and has no case unless it is ASCII. `None` for all others.
pub(super) fn common(c: char) -> Option<char> {
    match c {
        '\u{3000}' | '\0'..='\u{1f}' | '\u{7f}' => Some(' '),
        '〜' => Some('~'),
        // Full-width forms stand in the order of ASCII.
        '！'..='～' => char::from_u32(u32::from(c) - (u32::from('！') - u32::from('!'))),
        // ASCII, kanji, kana without the marks that join the one before, brackets, arrows and drawn shapes.
        ' '..='~'
        | '一'..='\u{9fff}'
        | 'ぁ'..='ゖ'
        | 'ァ'..='ー'
        | '、'..='\u{3029}'
        | '←'..='⇿'
        | '─'..='\u{26ff}'
        | '×'
        | '÷'
        | '※' => Some(c),
        _ => None,
    }
}

/// The form in which words are compared: NFKC, no white space, one kind of dash, lower case.
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        match common(c) {
            Some(' ') => {}
            Some(c) if is_dash(c) => key.push('-'),
            Some(c) => key.push(c.to_ascii_lowercase()),
            None => {
                let plain = plain(text);
                let shown = plain.chars().filter(|c| *c != ' ');
                return shown.map(|c| if is_dash(c) { '-' } else { c }).collect::<String>().to_lowercase();
            }
        }
    }
    key
}

/// [`key`], but with a space where white space keeps two digits apart (`R3 4月` of stacked headers).
pub fn spaced_key(text: &str) -> String {
    if !text.trim_matches(is_blank).contains(is_blank) {
        return key(text);
    }
    let plain = plain(text);
    let words = plain.split(' ').filter(|word| !word.is_empty());
    words.fold(String::new(), |mut joined, word| {
        let word = key(word);
        let apart =
            joined.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit());
        joined.push_str(if apart { " " } else { "" });
        joined.push_str(&word);
        joined
    })
}

/// A name in the form in which typographically equal names are equal: brackets, `・` and spaces of any width,
/// ヶ and ケ, か所 and 箇所. Trailing notes stay.
pub fn canonical_name(text: &str) -> String {
    let mut out = String::new();
    let unified = key(text);
    let mut chars = unified.chars().peekable();
    while let Some(c) = chars.next() {
        let counts = matches!(chars.peek(), Some('所' | '月' | '国' | '年' | '条'));
        out.push(match c {
            'か' | 'カ' | 'ヵ' | 'ヶ' | 'ケ' | '箇' | '個' if counts => '箇',
            'ケ' | 'ヶ' => 'ヶ',
            '[' | '【' | '〔' => '(',
            ']' | '】' | '〕' => ')',
            '\u{2022}' | '\u{30fb}' => '・',
            '\u{2044}' | '\u{2215}' => '/',
            other => other,
        });
    }
    out
}

/// A name without the layout mark in front (`○基金…` → `基金…`), its inner spacing as it stands. A text that is
/// a mark only, or that repeats it (`○○地区`), stays whole.
pub fn strip_layout_mark<'t>(text: &'t str, vocabulary: &Vocabulary) -> &'t str {
    let trimmed = text.trim_matches(is_blank);
    let mut chars = trimmed.chars();
    let Some(first) = chars.next() else { return trimmed };
    let rest = chars.as_str().trim_start_matches(is_blank);
    let is_mark = |c: char| c.nfkc().all(|c| vocabulary.layout_marks.contains(&c));
    let named = rest.chars().next().is_some_and(|c| !is_mark(c)) && rest.chars().any(char::is_alphabetic);
    if is_mark(first) && named { rest } else { trimmed }
}

/// A bracketed part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bracket {
    /// What stands between the brackets.
    pub inner: String,
    /// Nothing but white space stands before it.
    pub first: bool,
    /// Nothing but white space stands behind it.
    pub last: bool,
}

/// Takes a text apart into what stands outside and inside of brackets; each bracket leaves a space. Unbalanced
/// brackets stay outside.
pub fn split_brackets(text: &str) -> (String, Vec<Bracket>) {
    if !text.contains(is_open) {
        return (text.to_owned(), Vec::new());
    }
    let chars: Vec<char> = text.chars().collect();
    let mut outside = String::new();
    let mut brackets = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let end = if is_open(c) { matching(&chars, at) } else { None };
        if let Some(end) = end {
            let inner: String = chars.iter().take(end).skip(at + 1).collect();
            let first = outside.trim().is_empty();
            let last = chars.iter().skip(end + 1).all(|c| is_blank(*c));
            brackets.push(Bracket { inner, first, last });
            outside.push(' ');
            at = end + 1;
        } else {
            outside.push(c);
            at += 1;
        }
    }
    (outside, brackets)
}

/// Whether a character opens a bracket that holds a note.
pub fn is_open(c: char) -> bool {
    matches!(c, '(' | '（' | '[' | '［' | '【' | '〔' | '〈' | '《' | '<' | '＜')
}

/// Whether a character closes such a bracket.
pub fn is_close(c: char) -> bool {
    matches!(c, ')' | '）' | ']' | '］' | '】' | '〕' | '〉' | '》' | '>' | '＞')
}

fn matching(chars: &[char], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in chars.iter().enumerate().skip(open) {
        if is_open(*c) {
            depth += 1;
        } else if is_close(*c) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// A text out of the brackets that enclose all of it: `（集計中）` → `集計中`.
pub fn unwrap(text: &str) -> &str {
    let mut inner = text.trim_matches(is_blank);
    while let Some(open) = inner.chars().next().filter(|c| is_open(*c)) {
        let chars: Vec<char> = inner.chars().collect();
        if matching(&chars, 0) != Some(chars.len() - 1) {
            break;
        }
        let close = chars.last().map_or(0, |c| c.len_utf8());
        inner = inner.get(open.len_utf8()..inner.len() - close).unwrap_or_default().trim_matches(is_blank);
    }
    inner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_ignore_how_it_was_typed() {
        assert_eq!(key("　ＫＰＩ　指\n標 "), "kpi指標");
        assert_eq!(key("センター"), key("センタ−"));
        assert_eq!(key("10〜20"), key("１０～２０"));
        assert_eq!(key("㎡"), "m2");
    }

    #[test]
    fn common_characters_are_what_nfkc_makes_of_them() {
        let all = ('\0'..=char::MAX).filter_map(|c| Some((c, common(c)?)));
        let mut count = 0;
        for (c, one) in all {
            count += 1;
            assert!(std::iter::once(c).nfkc().map(unified).eq([one]), "{c}");
            assert_eq!(unicode_normalization::char::canonical_combining_class(c), 0, "{c}");
            let joins = ['A', 'う', 'か', 'ハ', 'ワ', '一', '←'];
            assert!(
                joins.iter().all(|first| unicode_normalization::char::compose(*first, c).is_none()),
                "{c}"
            );
            assert!(one.is_ascii() || one.to_lowercase().eq([one]), "{c}");
        }
        assert!(count > 20_000);
        assert_eq!(plain("か\u{3099}ｶﾞ㈱①…"), "がガ(株)1...");
        assert_eq!(key("ｶﾞ Ａb－"), "ガab-");
    }

    #[test]
    fn typographically_equal_names_are_equal() {
        for (a, b) in [
            ("病床利用率 (稼働病床比)", "病床利用率（稼働病床比）"),
            ("使用料･手数料", "使用料・手数料"),
            ("鎌ケ谷駅", "鎌ヶ谷駅"),
            ("実施か所数", "実施箇所数"),
            ("商工企業課 ", "商工企業課"),
        ] {
            assert_eq!(canonical_name(a), canonical_name(b), "{a}");
        }
        assert_ne!(canonical_name("社会移動数"), canonical_name("社会移動数 転入・転出の均衡"));
    }

    #[test]
    fn layout_marks_go_and_spacing_stays() {
        let v = super::super::builtin();
        assert_eq!(strip_layout_mark("○社会移動数 転入・転出の均衡", &v), "社会移動数 転入・転出の均衡");
        assert_eq!(strip_layout_mark("　・ 基金確保比率　", &v), "基金確保比率");
        assert_eq!(strip_layout_mark("○○地区の人口", &v), "○○地区の人口");
        assert_eq!(strip_layout_mark("○", &v), "○");
        assert_eq!(strip_layout_mark("「参画と協働」の割合", &v), "「参画と協働」の割合");
    }

    #[test]
    fn brackets_come_apart() {
        let (outside, inside) = split_brackets("29（4）人");
        assert_eq!(outside, "29 人");
        assert_eq!(inside.first().map(|b| b.inner.as_str()), Some("4"));
        assert_eq!(split_brackets("(a").0, "(a");
        assert_eq!(unwrap("（（集計中））"), "集計中");
        assert_eq!(unwrap("(a)b(c)"), "(a)b(c)");
    }
}
