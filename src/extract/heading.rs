//! What loose lines of a policy document are: headings, categories, bullets or notes.

use crate::model::indicator::Class;
use crate::normalise::text::{key, split_brackets};
use crate::normalise::{Vocabulary, items};

/// Brackets that make a line of their own a category.
const CATEGORY: [(char, char); 8] = [
    ('<', '>'),
    ('＜', '＞'),
    ('〈', '〉'),
    ('《', '》'),
    ('≪', '≫'),
    ('【', '】'),
    ('［', '］'),
    ('[', ']'),
];

/// Marks that start a bullet without a number.
const BULLETS: [char; 14] = ['・', '･', '●', '○', '■', '□', '◆', '◇', '◎', '▼', '►', '➢', '✓', '－'];

/// The inside of `<まちづくり、市民サービスに関すること>`.
pub fn category(text: &str) -> Option<String> {
    let text = text.trim();
    let (open, close) =
        CATEGORY.iter().find(|(open, close)| text.starts_with(*open) && text.ends_with(*close))?;
    let inner = text.strip_prefix(*open)?.strip_suffix(*close)?;
    (!inner.contains(*open) && !inner.trim().is_empty()).then(|| inner.trim().to_owned())
}

/// A remark below a table: ※, 注.
pub fn is_note(text: &str) -> bool {
    let key = key(text);
    key.starts_with(['※', '*', '†'])
        || key.starts_with("注)")
        || key.starts_with("(注")
        || key.starts_with("注:")
        || key.starts_with("注1")
}

/// Whether a character starts a bullet without a number.
pub fn is_symbol(c: char) -> bool {
    BULLETS.contains(&c)
}

/// A line that starts with ①, (1) or ・.
pub fn is_bullet(text: &str) -> bool {
    text.trim_start().starts_with(BULLETS) || starts_numbered(text)
}

/// ①…, ⑴…, (1)…, ア… in brackets: marks of items, not of chapters.
fn starts_numbered(text: &str) -> bool {
    let text = text.trim_start();
    let circled = text.starts_with(|c: char| matches!(c, '①'..='⒇' | '❶'..='❿' | '⓵'..='⓾' | '㉑'..='㉟'));
    let plain = key(text);
    let bracketed = plain.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    circled || bracketed.is_some_and(|(inner, _)| !inner.is_empty() && inner.chars().count() <= 2)
}

/// The number that one line of a list carries in front (②, (2)), and the rest; a reference to another item is none.
fn leading_number(text: &str) -> Option<(u32, &str)> {
    let text = text.trim();
    if !starts_numbered(text) {
        return dotted(text);
    }
    let end = if text.starts_with(['(', '（']) { text.find([')', '）'])? } else { 0 };
    let end = end + text.get(end..)?.chars().next()?.len_utf8();
    let (mark, rest) = text.split_at(end);
    let number = items::read_number(mark)?.parse().ok()?;
    let refers = rest
        .trim_start()
        .starts_with(['の', 'と', 'を', 'に', 'は', 'が', 'も', '～', '〜', '、', '・', '及']);
    (!refers && !rest.trim().is_empty() && !starts_numbered(rest)).then_some((number, rest.trim()))
}

/// `2. 広報の強化`, `２）広報の強化`; 1.5 is a number.
fn dotted(text: &str) -> Option<(u32, &str)> {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let rest = text.trim_start_matches(digit);
    let digits = text.strip_suffix(rest)?;
    let behind = rest.strip_prefix(['.', '．', ')', '）', '、'])?;
    let number = items::read_number(digits).filter(|number| number.len() <= 2)?.parse().ok()?;
    (!behind.starts_with(digit) && !behind.trim().is_empty()).then_some((number, behind.trim()))
}

/// A bullet without its mark, and its number where it has one; several where one cell holds several.
pub fn bullets(text: &str) -> Vec<items::Item> {
    let mut found = items::split_items(text);
    for item in found.iter_mut().filter(|item| item.number.is_none()) {
        if let Some((number, rest)) = leading_number(&item.text) {
            *item = items::Item { number: Some(number), text: rest.to_owned() };
            continue;
        }
        let bare = item.text.trim().trim_start_matches(BULLETS).trim().to_owned();
        if !bare.is_empty() {
            item.text = bare;
        }
    }
    found
}

/// KGI, 成果 … in the words or the bracketed note of a title.
pub fn class_in_title(text: &str, vocabulary: &Vocabulary) -> Option<Class> {
    let (outside, brackets) = split_brackets(text);
    let texts = brackets.iter().map(|bracket| bracket.inner.as_str()).chain([outside.as_str()]);
    texts.map(key).find_map(|text| vocabulary.class.within(&text).map(|(_, class)| *class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_apart() {
        for (text, inner) in [
            ("<組織力の向上に関すること>", Some("組織力の向上に関すること")),
            ("＜まちづくり＞", Some("まちづくり")),
            ("【財政】", Some("財政")),
            ("【財政】の健全化", None),
            ("【財政】と【組織】", None),
            ("<>", None),
        ] {
            assert_eq!(category(text).as_deref(), inner, "{text}");
        }
        for text in ["①持続可能な", "・連携", "(1) 着手", "⑵着手", "　○ 推進"] {
            assert!(is_bullet(text), "{text}");
        }
        for text in ["1. 総合政策部のめざす姿", "Ⅱ　現状と課題", "（昨年度の振り返り）", "令和3年度"]
        {
            assert!(!is_bullet(text), "{text}");
        }
        assert!(
            is_note("※ 速報値")
                && is_note("（注）速報値")
                && is_note("注１　速報値")
                && !is_note("注目する指標")
        );
    }
}
