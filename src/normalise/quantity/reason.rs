//! Why a text is no figure, in Japanese.

use super::super::calendar::moments;
use super::super::text::key;
use super::super::vocabulary::Vocabulary;

/// `20210401` and `2021.4`, which may be a day or a month.
pub(super) fn looks_like_a_date(text: &str) -> bool {
    let month = |text: &str| text.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    let century = text.starts_with("19") || text.starts_with("20");
    let day =
        text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) && text.get(4..6).is_some_and(month);
    let year_month = text.split_once('.').is_some_and(|(year, rest)| year.len() == 4 && month(rest));
    century && (day || year_month)
}

/// The reason for a text without a number.
pub(super) fn not_a_number(text: &str, vocabulary: &Vocabulary) -> String {
    if text.chars().all(|c| !c.is_alphanumeric()) {
        return format!("「{text}」だけでは、数値か記号か判断できません");
    }
    better_reason(format!("「{text}」の意味が分かりません"), text, vocabulary)
}

/// A reason that tells more, where the text looks like something that is no figure.
pub(super) fn better_reason(why: String, text: &str, vocabulary: &Vocabulary) -> String {
    let looks_like = |what: &str| format!("{what}のように見えます");
    let key = key(text);
    if moments(&key, None, &vocabulary.eras)
        .iter()
        .any(|m| m.year.is_some() && (m.month.is_some() || m.end > 4) || m.month.is_some())
    {
        return looks_like("日付や年度");
    }
    let after_digit = |mark: char| {
        key.split_once(mark).is_some_and(|(a, b)| {
            a.ends_with(|c: char| c.is_ascii_digit()) && b.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    if after_digit(':') {
        return looks_like("時刻や比");
    }
    if after_digit('/') {
        return looks_like("分数や日付");
    }
    if after_digit('-') {
        return "範囲か引き算か日付か判断できません".to_owned();
    }
    why
}
