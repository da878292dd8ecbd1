//! Lists inside one cell (`①…②…`), and numbers of items.

use super::text::{is_blank, is_close, is_dash, is_open, key, plain};

/// An item of a list in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its number, where the list is numbered.
    pub number: Option<u32>,
    /// Its text without number or bullet, trimmed, inner line breaks as they stand.
    pub text: String,
}

/// Bullets that start the lines of a list.
const BULLETS: [char; 13] = ['・', '･', '●', '○', '■', '□', '◆', '◇', '•', '‣', '▪', '*', '-'];

/// How a list numbers its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// ①
    Circled,
    /// (1)
    Bracketed,
    /// 1. or 1)
    Dotted,
}

/// Splits a cell into its items. A list is numbered only where its text starts with 1 and the numbers run on in
/// order; marks that refer to other items (`①②の結果を踏まえ`, `①～③`) are none. Without a list, the whole text
/// is one item; a blank text has none.
pub fn split_items(text: &str) -> Vec<Item> {
    let trimmed = text.trim_matches(is_blank);
    if trimmed.is_empty() {
        return Vec::new();
    }
    let numbered = [Style::Circled, Style::Bracketed, Style::Dotted]
        .into_iter()
        .find_map(|style| numbered(trimmed, style));
    numbered
        .or_else(|| bulleted(trimmed))
        .unwrap_or_else(|| vec![Item { number: None, text: trimmed.to_owned() }])
}

fn numbered(text: &str, style: Style) -> Option<Vec<Item>> {
    let chars: Vec<char> = text.chars().collect();
    let mut starts = Vec::new();
    let mut from = 0;
    while let Some((at, end)) = next_mark(&chars, from, u32::try_from(starts.len()).ok()? + 1, style) {
        if starts.is_empty() && at != 0 {
            return None;
        }
        starts.push((at, end));
        from = end;
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([chars.len()]);
    let items: Vec<Item> = starts
        .iter()
        .zip(ends)
        .zip(1..)
        .map(|(((_, from), to), number)| {
            let text: String = chars.iter().take(to).skip(*from).collect();
            Item { number: Some(number), text: text.trim_matches(is_blank).to_owned() }
        })
        .collect();
    // An empty item means that the marks were a reference (①②の結果).
    if items.is_empty() || items.iter().any(|item| item.text.is_empty()) { None } else { Some(items) }
}

/// The next place at which number `wanted` marks an item: its index and the index behind it.
fn next_mark(chars: &[char], from: usize, wanted: u32, style: Style) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    for at in from..chars.len() {
        let c = *chars.get(at)?;
        let mark = mark_at(chars, at, style).filter(|(number, _)| *number == wanted && depth == 0);
        if let Some((_, end)) = mark
            && starts_item(chars, at, end, style)
        {
            return Some((at, end));
        }
        if is_open(c) || c == '「' {
            depth += 1;
        } else if is_close(c) || c == '」' {
            depth = depth.saturating_sub(1);
        }
    }
    None
}

/// Whether a mark starts an item and does not refer to one.
fn starts_item(chars: &[char], at: usize, end: usize, style: Style) -> bool {
    let before = at.checked_sub(1).and_then(|index| chars.get(index)).copied();
    let after = chars.get(end).copied();
    let free = before.is_none_or(is_blank);
    if after.is_none_or(|c| {
        matches!(c, '～' | '〜' | '~' | '、' | '，' | ',' | '）' | ')') || matches!(c, '・' if !free)
    }) {
        return false;
    }
    match style {
        // ①②の結果 at the very start refers to both.
        Style::Circled if at == 0 => after.is_none_or(|c| circled(c).is_none()),
        Style::Circled => {
            let refers = after.is_some_and(|c| {
                matches!(c, 'の' | 'を' | 'に' | 'は' | 'が' | 'と' | 'で' | 'か' | '及')
                    || circled(c).is_some()
            });
            free || !refers
        }
        Style::Bracketed => free || before.is_some_and(|c| matches!(c, '。' | '；' | ';' | '、')),
        Style::Dotted => free,
    }
}

fn mark_at(chars: &[char], at: usize, style: Style) -> Option<(u32, usize)> {
    let c = *chars.get(at)?;
    match style {
        Style::Circled => Some((circled(c)?, at + 1)),
        Style::Bracketed => {
            if ('\u{2474}'..='\u{2487}').contains(&c) {
                return Some((u32::from(c) - 0x2473, at + 1));
            }
            let (number, end) = digits(chars, at + 1).filter(|_| matches!(c, '(' | '（'))?;
            chars.get(end).filter(|c| matches!(c, ')' | '）')).map(|_| (number, end + 1))
        }
        Style::Dotted => {
            let (number, end) = digits(chars, at)?;
            let mark = chars.get(end).filter(|c| matches!(c, '.' | '．' | ')' | '）' | '、' | ':' | '：'))?;
            // 1.5 is a number.
            let number_goes_on =
                matches!(mark, '.' | '．') && chars.get(end + 1).is_some_and(|c| digit(*c).is_some());
            (!number_goes_on).then_some((number, end + 1))
        }
    }
}

fn digit(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| ('０'..='９').contains(&c).then(|| u32::from(c) - u32::from('０')))
}

/// Up to two digits.
fn digits(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let first = digit(*chars.get(at)?)?;
    let second = chars.get(at + 1).and_then(|c| digit(*c));
    match second {
        Some(_) if chars.get(at + 2).is_some_and(|c| digit(*c).is_some()) => None,
        Some(second) => Some((first * 10 + second, at + 2)),
        None => Some((first, at + 1)),
    }
}

/// The number in a circle.
fn circled(c: char) -> Option<u32> {
    let offset = |first: char| u32::from(c) - u32::from(first);
    match c {
        '①'..='⑳' => Some(offset('①') + 1),
        '❶'..='❿' => Some(offset('❶') + 1),
        '㉑'..='㉟' => Some(offset('㉑') + 21),
        '㊱'..='㊿' => Some(offset('㊱') + 36),
        _ => None,
    }
}

/// Lines that each start with a bullet; lines without one go on the item before.
fn bulleted(text: &str) -> Option<Vec<Item>> {
    let mut items: Vec<Item> = Vec::new();
    for line in text.lines() {
        let line = line.trim_matches(is_blank);
        let bare = line.strip_prefix(BULLETS).map(|rest| rest.trim_matches(is_blank));
        match (bare, items.last_mut()) {
            (Some(bare), _) if !bare.is_empty() => items.push(Item { number: None, text: bare.to_owned() }),
            (_, Some(item)) if !line.is_empty() => {
                item.text.push('\n');
                item.text.push_str(line);
            }
            (_, None) if !line.is_empty() => return None,
            _ => {}
        }
    }
    if items.is_empty() { None } else { Some(items) }
}

/// Reads an item's or programme's number as plain digits: `①`, `№1`, `(1)`, `１．`, `第1` → `1`.
pub fn read_number(text: &str) -> Option<String> {
    let key = key(text);
    let bare = key.strip_prefix("no").or_else(|| key.strip_prefix('第')).unwrap_or(&key);
    let bare = bare
        .trim_matches(|c| matches!(c, '.' | '(' | ')' | ':' | '#' | '[' | ']' | '、' | '【' | '】'))
        .trim_end_matches('号');
    if let Some(number) = roman(&plain(text)) {
        return Some(number.to_string());
    }
    let digits = !bare.is_empty() && bare.len() <= 9 && bare.bytes().all(|b| b.is_ascii_digit());
    let number: u32 = bare.parse().ok().filter(|_| digits)?;
    Some(number.to_string())
}

/// Reads a number of several tiers with `-` between its digits: `1-(1)-①`, `2．3`, `Ⅱ-1` → `1-1-1`, `2-3`, `2-1`.
pub fn read_code(text: &str) -> Option<String> {
    let dashed: String =
        text.trim_matches(is_blank).chars().map(|c| if is_dash(c) { '-' } else { c }).collect();
    let parts: Vec<&str> =
        dashed.split(['-', '.', '．', '_', '＿']).filter(|part| !part.is_empty()).collect();
    let numbers: Option<Vec<String>> = parts.iter().map(|part| read_number(part)).collect();
    numbers.filter(|numbers| numbers.len() > 1).map(|numbers| numbers.join("-"))
}

fn roman(text: &str) -> Option<u32> {
    let numerals = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    let text = text.trim().trim_end_matches('.');
    numerals.iter().position(|numeral| *numeral == text).and_then(|at| u32::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> Vec<(Option<u32>, String)> {
        split_items(text).into_iter().map(|item| (item.number, item.text)).collect()
    }

    fn some(list: &[&str]) -> Vec<(Option<u32>, String)> {
        list.iter().zip(1..).map(|(text, number)| (Some(number), (*text).to_owned())).collect()
    }

    fn none(list: &[&str]) -> Vec<(Option<u32>, String)> {
        list.iter().map(|text| (None, (*text).to_owned())).collect()
    }

    #[test]
    fn numbered_lists_come_apart() {
        assert_eq!(
            items(
                "①実施計画～予算編成を通じた財政健全化②事業進捗の共有と公表③川西都市開発(株)の再建計画見直し"
            ),
            some(&[
                "実施計画～予算編成を通じた財政健全化",
                "事業進捗の共有と公表",
                "川西都市開発(株)の再建計画見直し"
            ])
        );
        assert_eq!(items("①着手 ②進捗管理"), some(&["着手", "進捗管理"]));
        assert_eq!(items("(1)着手\n(2)進捗管理"), some(&["着手", "進捗管理"]));
        assert_eq!(items("１．着手\n２．進捗率1.5倍"), some(&["着手", "進捗率1.5倍"]));
        assert_eq!(items("①内部統制の推進"), some(&["内部統制の推進"]));
        assert_eq!(
            items("①計画策定（②と連携） ②実施 ③①②の結果を踏まえ改善"),
            some(&["計画策定（②と連携）", "実施", "①②の結果を踏まえ改善"])
        );
        assert_eq!(items("⑴着手 ⑵管理"), some(&["着手", "管理"]));
    }

    #[test]
    fn references_are_no_lists() {
        for text in [
            "①②の結果を踏まえ改善",
            "①～③の推進",
            "タウンミーティングの実施",
            "計画①の周知と②の見直し",
            "1.5倍に増やす",
            "10年計画の策定",
        ] {
            assert_eq!(items(text), none(&[text]), "{text}");
        }
        assert_eq!(items("①計画を作る。②の結果を踏まえ改善"), some(&["計画を作る。②の結果を踏まえ改善"]));
    }

    #[test]
    fn bullets_start_items() {
        assert_eq!(
            items("・計画1の周知を行う。\n・関係者と調整する。"),
            none(&["計画1の周知を行う。", "関係者と調整する。"])
        );
        assert_eq!(items("・一つ目\n　続き\n・二つ目"), none(&["一つ目\n続き", "二つ目"]));
        assert_eq!(items("重点\n・一つ目"), none(&["重点\n・一つ目"]));
        assert!(items(" \n").is_empty());
    }

    #[test]
    fn numbers_as_plain_digits() {
        for (text, number) in [
            ("①", "1"),
            ("№1", "1"),
            ("No.12", "12"),
            ("(1)", "1"),
            ("１．", "1"),
            ("第1", "1"),
            ("⑪", "11"),
            ("Ⅲ", "3"),
            ("第2号", "2"),
            ("1", "1"),
            ("01", "1"),
        ] {
            assert_eq!(read_number(text).as_deref(), Some(number), "{text}");
        }
        for text in ["", "事業", "1-2", "1.5", "R3", "12人"] {
            assert_eq!(read_number(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_of_several_tiers() {
        for (text, code) in [
            ("1-(1)-①", Some("1-1-1")),
            ("１－２", Some("1-2")),
            ("Ⅱ-3", Some("2-3")),
            ("2.1", Some("2-1")),
            ("7", None),
            ("A-1", None),
            ("-", None),
            ("", None),
        ] {
            assert_eq!(read_code(text).as_deref(), code, "{text}");
        }
    }
}
