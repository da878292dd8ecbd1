//! Taking a short text apart into known words: the rule that keeps prose from being read as a word, because
//! every character must belong to one.

/// The longest word that is tried, in characters.
const LONGEST: usize = 16;
/// Texts longer than this are prose, not a composition of words.
const TEXT_LIMIT: usize = 48;

/// Takes a text apart into the fewest words that `lookup` knows, covering all of it; `None` where that fails.
pub fn segment<T: Clone>(text: &str, lookup: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let mut bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bounds.push(text.len());
    let count = bounds.len() - 1;
    if count == 0 || count > TEXT_LIMIT {
        return None;
    }
    // best[i]: the fewest words that cover the text from its i-th character on, with the first of them.
    let mut best: Vec<Option<(usize, T, usize)>> = vec![None; count + 1];
    for from in (0..count).rev() {
        let reach = count.min(from + LONGEST);
        // Longer words first, so that among equally many words the first is the longest.
        for to in (from + 1..=reach).rev() {
            let tail = if to == count { Some(0) } else { best.get(to).and_then(|b| b.as_ref().map(|b| b.0)) };
            let (Some(tail), Some(word)) = (tail, slice(text, &bounds, from, to)) else { continue };
            let shorter = best.get(from).is_none_or(|b| b.as_ref().is_none_or(|b| tail + 1 < b.0));
            if shorter && let (Some(found), Some(place)) = (lookup(word), best.get_mut(from)) {
                *place = Some((tail + 1, found, to));
            }
        }
    }
    follow(&best, count)
}

fn slice<'t>(text: &'t str, bounds: &[usize], from: usize, to: usize) -> Option<&'t str> {
    text.get(*bounds.get(from)?..*bounds.get(to)?)
}

fn follow<T: Clone>(best: &[Option<(usize, T, usize)>], count: usize) -> Option<Vec<T>> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < count {
        let (_, word, next) = best.get(at)?.as_ref()?;
        words.push(word.clone());
        at = *next;
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covers_all_with_fewest_words() {
        let known = ["目標", "目標達成率", "達成率", "達成", "率", "の"];
        let words = |text| segment(text, |w| known.iter().find(|k| **k == w).copied());
        assert_eq!(words("目標達成率"), Some(vec!["目標達成率"]));
        assert_eq!(words("目標の達成率"), Some(vec!["目標", "の", "達成率"]));
        assert_eq!(words("目標を達成"), None);
        assert_eq!(words(""), None);
    }
}
