//! Which way is better, where a note says so.

use super::segment::segment;
use super::text::{key, unwrap};
use super::vocabulary::{PolarityPart, Vocabulary};
use crate::model::indicator::Polarity;

#[derive(Debug, Clone, Copy)]
enum Word {
    Way(Polarity),
    Part(PolarityPart),
}

/// Reads a polarity note: `少ないほど良い`, `増加することが良いとされる指標`, `↑`, `望ましい方向：減少`. `None` for any other text.
pub fn read_polarity(text: &str, vocabulary: &Vocabulary) -> Option<Polarity> {
    let key = key(unwrap(text)).trim_matches(|c| matches!(c, '※' | '*' | '。' | ':')).to_owned();
    if let Some(way) = vocabulary.polarity.get(&key) {
        return Some(*way);
    }
    let words = segment(&key, |word| {
        let way = vocabulary.polarity.get(word).copied().map(Word::Way);
        way.or_else(|| vocabulary.polarity_part.get(word).copied().map(Word::Part))
    })?;
    let mut ways = words.iter().filter_map(|word| if let Word::Way(way) = word { Some(*way) } else { None });
    let way = ways.next()?;
    if ways.any(|other| other != way) {
        return None;
    }
    let bad = words.iter().any(|word| matches!(word, Word::Part(PolarityPart::Bad)));
    Some(if bad { opposite(way) } else { way })
}

fn opposite(way: Polarity) -> Polarity {
    match way {
        Polarity::Increase => Polarity::Decrease,
        Polarity::Decrease => Polarity::Increase,
        Polarity::Maintain => Polarity::Maintain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_tell_the_better_way() {
        let v = super::super::builtin();
        for (text, expected) in [
            ("少ないほど良い", Polarity::Decrease),
            ("※少ないほど良い", Polarity::Decrease),
            ("（高いほど望ましい）", Polarity::Increase),
            ("増加することが良いとされる指標", Polarity::Increase),
            ("低い方がよい", Polarity::Decrease),
            ("望ましい方向：↑", Polarity::Increase),
            ("望ましい方向性 減少", Polarity::Decrease),
            ("【減少】", Polarity::Decrease),
            ("数値が小さいほど良い指標", Polarity::Decrease),
            ("増えると悪い", Polarity::Decrease),
            ("↓", Polarity::Decrease),
            ("現状維持", Polarity::Maintain),
            ("減少させる", Polarity::Decrease),
            ("下がるほどよい", Polarity::Decrease),
        ] {
            assert_eq!(read_polarity(text, &v), Some(expected), "{text}");
        }
        for text in ["", "良い", "人口の増加", "稼働病床比", "増減", "増加または減少"] {
            assert_eq!(read_polarity(text, &v), None, "{text}");
        }
    }
}
