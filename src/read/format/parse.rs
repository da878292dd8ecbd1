//! A number format's code → sections of tokens.

use rust_decimal::Decimal;

use super::tables::TABLES;
use super::token::{Token, mark_minutes};

/// Whose names and calendar a section asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Nothing said: the Japanese Excel's own.
    #[default]
    Own,
    /// `[$-411]`, `[$-ja-JP…]`.
    Japanese,
    /// Any other.
    Other,
}

/// The comparison of `[>=100]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// `<`.
    Less,
    /// `<=`.
    AtMost,
    /// `=`.
    Equal,
    /// `<>`.
    Differs,
    /// `>=`.
    AtLeast,
    /// `>`.
    More,
}

/// `[>=100]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition {
    /// How it compares.
    pub compare: Compare,
    /// With what.
    pub limit: Decimal,
}

impl Condition {
    /// Whether a value meets it.
    pub fn holds(self, value: Decimal) -> bool {
        match self.compare {
            Compare::Less => value < self.limit,
            Compare::AtMost => value <= self.limit,
            Compare::Equal => value == self.limit,
            Compare::Differs => value != self.limit,
            Compare::AtLeast => value >= self.limit,
            Compare::More => value > self.limit,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let operators = [
            ("<=", Compare::AtMost),
            (">=", Compare::AtLeast),
            ("<>", Compare::Differs),
            ("<", Compare::Less),
            (">", Compare::More),
            ("=", Compare::Equal),
        ];
        let (sign, compare) = operators.into_iter().find(|(sign, _)| text.starts_with(sign))?;
        let number = text[sign.len()..].trim();
        let limit = number.parse().or_else(|_| Decimal::from_scientific(number)).ok()?;
        Some(Self { compare, limit })
    }
}

/// One section of a code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// Its own condition.
    pub condition: Option<Condition>,
    /// What it writes, in order.
    pub tokens: Vec<Token>,
    /// Its language.
    pub language: Language,
    /// 1 to 3 for `[DBNum1]` to `[DBNum3]`, else 0.
    pub numerals: usize,
    /// 元 for an era's first year.
    pub gannen: bool,
}

impl Section {
    /// Whether it shows a date or a time.
    pub fn is_date(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Date(_)))
    }

    /// Whether it shows a text.
    pub fn has_text(&self) -> bool {
        self.tokens.contains(&Token::Text)
    }

    fn parse(code: &str) -> Self {
        let mut section = Self::default();
        let mut rest = code;
        while let Some(first) = rest.chars().next() {
            rest = match first {
                '[' => match rest.split_once(']') {
                    Some((inside, after)) => {
                        if let Some(system) = section.bracket(inside.get(1..).unwrap_or_default()) {
                            return Self { language: section.language, ..Self::parse(system) };
                        }
                        after
                    }
                    None => "",
                },
                _ => Token::take(rest, &mut section.tokens),
            };
        }
        mark_minutes(&mut section.tokens);
        section
    }

    /// Takes in `[…]`; gives the code that stands for the whole section where the bracket says so.
    fn bracket(&mut self, inside: &str) -> Option<&'static str> {
        let lower = inside.to_ascii_lowercase();
        if let Some(locale) = inside.strip_prefix('$') {
            return self.locale(locale);
        }
        if let Some(number) = lower.strip_prefix("dbnum") {
            self.numerals =
                number.parse().ok().filter(|n| (1..=TABLES.numerals.len()).contains(n)).unwrap_or(0);
        } else if let Some(condition) = Condition::parse(inside) {
            self.condition = Some(condition);
        } else if let Some(token) = Token::elapsed(&lower) {
            self.tokens.push(token);
        }
        None
    }

    /// Takes in `[$¥-411]`: a literal, then the language as a number or a name.
    fn locale(&mut self, text: &str) -> Option<&'static str> {
        let (literal, tag) = text.split_once('-').unwrap_or((text, ""));
        if !literal.is_empty() {
            self.tokens.push(Token::Literal(literal.to_owned()));
        }
        let lower = tag.to_ascii_lowercase();
        if lower.contains("x-gannen") {
            self.gannen = true;
        }
        match lower.as_str() {
            "" => return None,
            "f800" | "x-sysdate" => return Some(&TABLES.system.long_date),
            "f400" | "x-systime" => return Some(&TABLES.system.long_time),
            _ => {}
        }
        let number = tag.split(',').next().and_then(|hex| u32::from_str_radix(hex, 16).ok());
        // A number carries the language in its low half, calendar and numeral shape above it.
        self.language = match number {
            Some(id) if matches!(id & 0xFFFF, 0x411 | 0) => Language::Japanese,
            None if lower.starts_with("ja") => Language::Japanese,
            _ => Language::Other,
        };
        if let Some(shape) = number.map(|id| id >> 24).filter(|shape| (0x1B..=0x1D).contains(shape)) {
            self.numerals = usize::try_from(shape - 0x1A).unwrap_or(0);
        }
        None
    }
}

/// The sections of a code, divided at semicolons outside quotes, brackets and escapes.
pub fn sections(code: &str) -> Vec<Section> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut bracket, mut escaped) = (false, false, false);
    for c in code.chars() {
        if c == ';' && !quoted && !bracket && !escaped {
            parts.push(String::new());
            continue;
        }
        if escaped {
            escaped = false;
        } else {
            match c {
                '"' => quoted = !quoted,
                '[' if !quoted => bracket = true,
                ']' if !quoted => bracket = false,
                '\\' | '!' | '_' | '*' if !quoted && !bracket => escaped = true,
                _ => {}
            }
        }
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts.iter().take(4).map(|part| Section::parse(part)).collect()
}
