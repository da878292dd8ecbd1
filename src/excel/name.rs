//! Sheet names as Excel allows them.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::text::{clean, cut};

/// Excel's limit, in UTF-16 units.
const MAX: usize = 31;

/// One allowed name for each wanted name, no two alike: forbidden characters become their full-width forms, a name
/// that is too long is cut, a second one of the same name gets `(2)`.
pub(super) fn unique<'a>(wanted: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    wanted.map(|name| free(&allowed(name), &mut taken)).collect()
}

fn allowed(name: &str) -> String {
    let name: String = clean(name).chars().map(full_width).collect();
    let name = name.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    // Excel keeps these two for itself: English and Japanese versions refuse a sheet of that name.
    let reserved = name.eq_ignore_ascii_case("history") || name == "履歴";
    let name = if reserved { format!("{name}_") } else { name.to_owned() };
    let name = cut(name, MAX, "…");
    if name.is_empty() { "シート".to_owned() } else { name }
}

fn full_width(c: char) -> char {
    match c {
        '*' => '＊',
        '?' => '？',
        ':' => '：',
        '[' => '［',
        ']' => '］',
        '\\' => '＼',
        '/' => '／',
        '\n' => ' ',
        other => other,
    }
}

fn free(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = name.to_owned();
    let mut number = 1;
    while !taken.insert(key(&candidate)) {
        number += 1;
        let suffix = format!("({number})");
        candidate = cut(name.to_owned(), MAX - suffix.len(), "…") + &suffix;
    }
    candidate
}

/// Excel takes names for the same that differ in case; full and half width are not worth telling apart either.
fn key(name: &str) -> String {
    name.nfkc().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_allowed_and_differ() {
        let long = "総合計画・総合戦略策定管理事業および行財政改革推進事業の進捗状況";
        let wanted = ["指標", "指標", "a/b", "'引用'", "", "履歴", "ABC", "abc", long, long, "\u{1}\n"];
        let names = unique(wanted.into_iter());
        assert_eq!(&names[..8], ["指標", "指標(2)", "a／b", "引用", "シート", "履歴_", "ABC", "abc(2)"]);
        assert!(names.iter().all(|name| name.encode_utf16().count() <= 31), "{names:?}");
        assert_ne!(names[8], names[9]);
        assert_eq!(names[10], "シート(2)");
    }
}
