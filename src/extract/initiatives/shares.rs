//! What one cell beside a list of items says of each of them (`①順調②遅れ` beside `①…②…`).

use super::cells::{Cells, Found};
use crate::normalise::items;
use crate::normalise::text::is_blank;

/// What one cell says of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum How {
    /// The whole cell holds for it.
    #[default]
    Whole,
    /// The part that carries its number.
    Numbered,
    /// The line that stands beside it: nobody says so.
    Line,
    /// Other items have a part, this one has none.
    Absent,
    /// The cell has parts of which none can be told to be its own.
    Unclear,
}

/// A text that holds for one item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Share {
    /// Empty where nothing holds.
    pub text: String,
    /// How it was told apart.
    pub how: How,
}

/// All that stands beside one item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shares {
    pub status: Share,
    pub direction: Share,
    pub progress: Share,
    pub due: Share,
    pub comment: String,
}

/// What the cells of a row or block say of each item, by the items' numbers.
pub fn shares(cells: &Cells, numbers: &[u32]) -> Vec<Shares> {
    let of =
        |found: Option<Found>| found.map_or_else(Vec::new, |(_, cell)| divide(&cell.text, numbers, true));
    let (status, direction, progress, due) =
        (of(cells.status.found), of(cells.direction), of(cells.progress.found), of(cells.due));
    let comments: Vec<Vec<Share>> =
        cells.comments.iter().map(|(_, cell)| divide(cell.text.trim(), numbers, false)).collect();
    let at = |shares: &[Share], index: usize| shares.get(index).cloned().unwrap_or_default();
    let all = (0..numbers.len()).map(|index| {
        let told = comments.iter().map(|shares| at(shares, index).text).filter(|text| !text.is_empty());
        Shares {
            status: at(&status, index),
            direction: at(&direction, index),
            progress: at(&progress, index),
            due: at(&due, index),
            comment: told.collect::<Vec<_>>().join("\n"),
        }
    });
    all.collect()
}

/// Divides a text among items: by their numbers, else, where asked, by as many lines as there are items, else all of it
/// holds for each.
fn divide(text: &str, numbers: &[u32], by_line: bool) -> Vec<Share> {
    let whole = Share { text: text.to_owned(), how: How::Whole };
    if numbers.len() < 2 {
        return vec![whole; numbers.len()];
    }
    let parts = items::split_items(&loosened(text));
    if parts.len() >= 2 && parts.iter().all(|part| part.number.is_some()) {
        if parts.iter().filter_map(|part| part.number).any(|number| !numbers.contains(&number)) {
            return vec![Share { text: text.to_owned(), how: How::Unclear }; numbers.len()];
        }
        let own = |number: &u32| match parts.iter().find(|part| part.number == Some(*number)) {
            Some(part) => Share { text: part.text.trim_matches(is_around).to_owned(), how: How::Numbered },
            None => Share { text: String::new(), how: How::Absent },
        };
        return numbers.iter().map(own).collect();
    }
    let lines: Vec<&str> =
        text.lines().map(|line| line.trim_matches(is_blank)).filter(|line| !line.is_empty()).collect();
    if by_line && lines.len() == numbers.len() {
        let bare = |line: &str| {
            line.trim_start_matches(['・', '･', '•', '‣', '▪']).trim_matches(is_blank).to_owned()
        };
        return lines.into_iter().map(|line| Share { text: bare(line), how: How::Line }).collect();
    }
    vec![whole; numbers.len()]
}

/// With a space before each bracketed number, which ends what stands in front of it: `(1)○(2)△`.
fn loosened(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if matches!(c, '(' | '（') && rest.peek().is_some_and(|next| next.is_numeric()) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// What stands between a number and its text, or behind it.
fn is_around(c: char) -> bool {
    is_blank(c)
        || matches!(c, ':' | '：' | '=' | '＝' | '・' | '、' | ',' | '，' | '/' | '／' | ';' | '；' | '…')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, numbers: &[u32]) -> Vec<(String, How)> {
        divide(text, numbers, true).into_iter().map(|share| (share.text, share.how)).collect()
    }

    #[test]
    fn numbers_divide_a_cell() {
        let two = |a: &str, b: &str, how| vec![(a.to_owned(), how), (b.to_owned(), how)];
        for text in ["①○②△", "①：○、②：△", "(1)○(2)△", "（１）○\n（２）△", "1.○ 2.△"]
        {
            assert_eq!(parts(text, &[1, 2]), two("○", "△", How::Numbered), "{text}");
        }
        assert_eq!(parts("○\n△", &[1, 2]), two("○", "△", How::Line));
        assert_eq!(parts("順調", &[1, 2]), two("順調", "順調", How::Whole));
        assert_eq!(parts("①○②△③×", &[1, 2]), two("①○②△③×", "①○②△③×", How::Unclear));
        assert_eq!(parts("①○②△", &[1, 2, 3]).get(2), Some(&(String::new(), How::Absent)));
        assert_eq!(parts("①○②△", &[1]), [("①○②△".to_owned(), How::Whole)]);
    }
}
