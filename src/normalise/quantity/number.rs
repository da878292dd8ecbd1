//! One number as Japanese sheets write it: separators, 万 and 億, kanji digits.

use rust_decimal::Decimal;

/// A number at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value.
    pub value: Decimal,
    /// Decimals written.
    pub decimals: u32,
    /// Written with kanji digits (十二).
    pub kanji: bool,
    /// Written with zeros in front (007).
    pub padded: bool,
    /// Characters that it takes.
    pub length: usize,
}

/// Powers of ten within a group of four digits.
const SMALL: [(char, u32); 3] = [('千', 1000), ('百', 100), ('十', 10)];
/// Powers of ten between groups.
const LARGE: [(char, u64); 4] =
    [('京', 10_000_000_000_000_000), ('兆', 1_000_000_000_000), ('億', 100_000_000), ('万', 10_000)];
/// Kanji digits by value.
const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Lexes the number at the start of `chars`. `unit_ahead` tells whether a unit such as 千円 starts at an index,
/// whose 千 is then not part of the number. `Ok(None)` where there is no number; the error is the reason in Japanese.
pub(super) fn lex(
    chars: &[char],
    unit_ahead: impl Fn(usize) -> bool,
) -> Result<Option<Number>, &'static str> {
    let mut lexer = Lexer { chars, at: 0, decimals: 0, kanji: false, padded: false };
    let mut total = Decimal::ZERO;
    let mut largest = u64::MAX;
    while lexer.at < chars.len() {
        let before = lexer.at;
        // 5千円 holds a unit; in 1万2千人 the 千 is part of the number.
        let first = largest == u64::MAX;
        let Some(group) = lexer.group(&|at| first && unit_ahead(at))? else { break };
        let Some(size) = lexer.large(&unit_ahead) else {
            if largest != u64::MAX && group >= Decimal::from(largest) {
                return Err("数が二つ続いているように見えます");
            }
            total = total.checked_add(group).ok_or("数が大きすぎます")?;
            break;
        };
        if size >= largest || lexer.at == before {
            return Err("万や億の並びが正しくありません");
        }
        largest = size;
        let part = group.checked_mul(Decimal::from(size)).ok_or("数が大きすぎます")?;
        total = total.checked_add(part).ok_or("数が大きすぎます")?;
        lexer.decimals = 0;
    }
    if lexer.at == 0 {
        return Ok(None);
    }
    // 二酸化炭素トン is a unit.
    let kanji = |c: char| DIGITS.contains(&c) && !unit_ahead(lexer.at);
    if lexer.peek().is_some_and(|c| c.is_ascii_digit() || matches!(c, ',' | '.') || kanji(c)) {
        return Err("数の書き方が正しくありません");
    }
    let value = if total.is_zero() { Decimal::ZERO } else { total.normalize() };
    Ok(Some(Number {
        value,
        decimals: lexer.decimals,
        kanji: lexer.kanji,
        padded: lexer.padded,
        length: lexer.at,
    }))
}

struct Lexer<'a> {
    chars: &'a [char],
    at: usize,
    decimals: u32,
    kanji: bool,
    padded: bool,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    /// What stands before 万 or 億: `3`, `1,204`, `2千5百`, `十二`.
    fn group(&mut self, unit_ahead: &impl Fn(usize) -> bool) -> Result<Option<Decimal>, &'static str> {
        let mut sum = None::<Decimal>;
        let mut smallest = u32::MAX;
        loop {
            let start = self.at;
            let coefficient = self.coefficient()?;
            let small = self.small(&|at| sum.is_none() && unit_ahead(at));
            let part = match (coefficient, small) {
                (None, None) => break,
                (Some(digit), None) => digit,
                (None, Some(size)) => Decimal::from(size),
                (Some(digit), Some(size)) => {
                    digit.checked_mul(Decimal::from(size)).ok_or("数が大きすぎます")?
                }
            };
            let last = small.is_none();
            let size = small.unwrap_or(1);
            if size >= smallest || (smallest != u32::MAX && part >= Decimal::from(smallest)) {
                self.at = start;
                return Err("数が二つ続いているように見えます");
            }
            smallest = size;
            sum = Some(sum.unwrap_or_default().checked_add(part).ok_or("数が大きすぎます")?);
            if last {
                break;
            }
        }
        Ok(sum)
    }

    fn coefficient(&mut self) -> Result<Option<Decimal>, &'static str> {
        match self.peek() {
            Some(c) if c.is_ascii_digit() => self.arabic().map(Some),
            Some(c) if DIGITS.contains(&c) => Ok(self.kanji_digits()),
            _ => Ok(None),
        }
    }

    /// `1,204`, `12.7`; wrongly grouped digits are an error.
    fn arabic(&mut self) -> Result<Decimal, &'static str> {
        let text: String = self
            .chars
            .iter()
            .skip(self.at)
            .take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
            .collect();
        let (whole, fraction) = match text.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (text.as_str(), None),
        };
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or_default();
        let grouped = whole.contains(',');
        if grouped && (first.is_empty() || first.len() > 3 || groups.any(|group| group.len() != 3)) {
            return Err("桁区切りの位置が正しくありません");
        }
        if fraction.is_some_and(|digits| digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit())) {
            return Err("小数点の位置が正しくありません");
        }
        self.padded |= whole.len() > 1 && whole.starts_with('0');
        self.decimals = fraction.map_or(Ok(0), |digits| u32::try_from(digits.len())).unwrap_or(u32::MAX);
        self.at += text.len();
        let plain: String = text.chars().filter(|c| *c != ',').collect();
        Decimal::from_str_exact(&plain).map_err(|_| "桁数が多すぎます")
    }

    /// `三` or positional `二〇二一`.
    fn kanji_digits(&mut self) -> Option<Decimal> {
        let mut value = Decimal::ZERO;
        while let Some(digit) = self.peek().and_then(|c| DIGITS.iter().position(|d| *d == c)) {
            value = value.checked_mul(Decimal::TEN)?.checked_add(Decimal::from(digit))?;
            self.at += 1;
            self.kanji = true;
        }
        Some(value)
    }

    fn small(&mut self, unit_ahead: &impl Fn(usize) -> bool) -> Option<u32> {
        let c = self.peek()?;
        let (_, size) = SMALL.iter().find(|(kanji, _)| *kanji == c)?;
        if self.at > 0 && unit_ahead(self.at) {
            return None;
        }
        self.kanji |= self.at == 0;
        self.at += 1;
        Some(*size)
    }

    fn large(&mut self, unit_ahead: &impl Fn(usize) -> bool) -> Option<u64> {
        let c = self.peek()?;
        let (_, size) = LARGE.iter().find(|(kanji, _)| *kanji == c)?;
        if unit_ahead(self.at) {
            return None;
        }
        self.at += 1;
        Some(*size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Result<Option<String>, &'static str> {
        let chars: Vec<char> = text.chars().collect();
        lex(&chars, |_| false).map(|number| number.map(|number| number.value.to_string()))
    }

    #[test]
    fn numbers_in_every_notation() {
        for (text, expected) in [
            ("53", "53"),
            ("1,204", "1204"),
            ("1204.50", "1204.5"),
            ("3億2千万", "320000000"),
            ("37万", "370000"),
            ("1.5億", "150000000"),
            ("2千5百", "2500"),
            ("十二", "12"),
            ("二十三", "23"),
            ("百", "100"),
            ("二〇二一", "2021"),
            ("1万2,345", "12345"),
            ("37万5000", "375000"),
            ("0", "0"),
            ("1兆2億", "1000200000000"),
            ("三百五十", "350"),
        ] {
            assert_eq!(value(text), Ok(Some(expected.to_owned())), "{text}");
        }
    }

    #[test]
    fn never_two_numbers_as_one() {
        for text in [
            "1.234.5",
            "1,23",
            "12,3456",
            "1,204,",
            "5.",
            "1億2億",
            "1万20000",
            "99999999999999999999999999999999",
            "1.2,345",
            ",5",
        ] {
            assert!(!matches!(value(text), Ok(Some(_))), "{text}");
        }
        assert_eq!(value("人"), Ok(None));
    }
}
