//! The tokens of a number format.

/// A part of a date or a time; the number counts its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// `yy`, `yyyy`.
    Year(usize),
    /// `m` to `mmmmm`.
    Month(usize),
    /// `d`, `dd`, `ddd` (weekday), `dddd`.
    Day(usize),
    /// `aaa` 水, `aaaa` 水曜日.
    Weekday(usize),
    /// `g` R, `gg` 令, `ggg` 令和.
    Era(usize),
    /// `e`, `ee`, `r`.
    EraYear(usize),
    /// `rr`: 令和03.
    EraAndYear,
    /// `h`, `hh`.
    Hour(usize),
    /// `m`, `mm` beside hours or seconds.
    Minute(usize),
    /// `s`, `ss`.
    Second(usize),
    /// `.000` behind seconds.
    Fraction(usize),
    /// `AM/PM`.
    AmPm,
    /// `A/P`.
    AP,
    /// 午前/午後.
    Gozen,
    /// `[h]`.
    ElapsedHours(usize),
    /// `[m]`.
    ElapsedMinutes(usize),
    /// `[s]`.
    ElapsedSeconds(usize),
}

/// One thing that a section writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// As it stands.
    Literal(String),
    /// `0`, `#`, `?`.
    Digit(char),
    /// The decimal point.
    Point,
    /// `,`: groups or scales, or is a literal, by where it stands.
    Comma,
    /// `%`.
    Percent,
    /// `/`.
    Slash,
    /// The 16 of `# ?/16`.
    Denominator(u32),
    /// `E+` (true) or `E-`.
    Exponent(bool),
    /// General, G/標準.
    General,
    /// `@`.
    Text,
    /// A date or time.
    Date(Part),
}

impl Token {
    /// Takes the first token off a text outside brackets; gives the rest.
    pub fn take<'a>(text: &'a str, out: &mut Vec<Token>) -> &'a str {
        let mut chars = text.chars();
        let Some(first) = chars.next() else { return "" };
        let rest = chars.as_str();
        match first {
            '"' => {
                let (inside, after) = rest.split_once('"').unwrap_or((rest, ""));
                literal(out, inside);
                return after;
            }
            '\\' | '!' => return escaped(rest, |c| literal(out, c)),
            '_' => return escaped(rest, |_| literal(out, " ")),
            '*' => return escaped(rest, |_| ()),
            '0' | '#' | '?' => out.push(Token::Digit(first)),
            '.' => return point(rest, out),
            ',' => out.push(Token::Comma),
            '%' => out.push(Token::Percent),
            '@' => out.push(Token::Text),
            '/' => return slash(rest, out),
            'E' | 'e' if rest.starts_with(['+', '-']) && has_digit(out) => {
                out.push(Token::Exponent(rest.starts_with('+')));
                return &rest[1..];
            }
            _ => {
                if let Some((token, length)) = word(text) {
                    out.push(token);
                    return &text[length..];
                }
                literal(out, first.encode_utf8(&mut [0; 4]));
            }
        }
        rest
    }

    /// The token of `[h]`, `[mm]`, `[ss]`; `inside` is lower case.
    pub fn elapsed(inside: &str) -> Option<Token> {
        let first = inside.chars().next()?;
        if !inside.chars().all(|c| c == first) {
            return None;
        }
        let count = inside.len();
        let part = match first {
            'h' => Part::ElapsedHours(count),
            'm' => Part::ElapsedMinutes(count),
            's' => Part::ElapsedSeconds(count),
            _ => return None,
        };
        Some(Token::Date(part))
    }
}

fn literal(out: &mut Vec<Token>, text: &str) {
    if let Some(Token::Literal(last)) = out.last_mut() {
        last.push_str(text);
    } else if !text.is_empty() {
        out.push(Token::Literal(text.to_owned()));
    }
}

/// Hands over the escaped character; gives what follows.
fn escaped(rest: &str, use_it: impl FnOnce(&str)) -> &str {
    let length = rest.chars().next().map_or(0, char::len_utf8);
    let (this, after) = rest.split_at(length);
    use_it(this);
    after
}

fn has_digit(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| matches!(token, Token::Digit(_)))
}

/// A point: a fraction of seconds behind `ss`, else the decimal point or, in dates, a literal.
fn point<'a>(rest: &'a str, out: &mut Vec<Token>) -> &'a str {
    let zeros = rest.bytes().take_while(|b| *b == b'0').count();
    let behind = out.iter().rev().find(|token| !matches!(token, Token::Literal(_)));
    match behind {
        Some(Token::Date(Part::Second(_) | Part::ElapsedSeconds(_))) if zeros > 0 => {
            out.push(Token::Date(Part::Fraction(zeros)));
            &rest[zeros..]
        }
        Some(Token::Date(_)) => {
            literal(out, ".");
            rest
        }
        _ => {
            out.push(Token::Point);
            rest
        }
    }
}

/// A slash, with a fixed denominator behind it.
fn slash<'a>(rest: &'a str, out: &mut Vec<Token>) -> &'a str {
    if !matches!(out.last(), Some(Token::Digit(_))) {
        literal(out, "/");
        return rest;
    }
    out.push(Token::Slash);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    match rest[..digits].parse::<u32>() {
        Ok(number) if number > 0 && !rest.starts_with('0') => {
            out.push(Token::Denominator(number));
            &rest[digits..]
        }
        _ => rest,
    }
}

/// A word or a run of letters with a meaning, and its length in bytes.
fn word(text: &str) -> Option<(Token, usize)> {
    const WORDS: [(&str, Token); 7] = [
        ("general", Token::General),
        ("g/標準", Token::General),
        ("am/pm", Token::Date(Part::AmPm)),
        ("a/p", Token::Date(Part::AP)),
        ("午前/午後", Token::Date(Part::Gozen)),
        ("rr", Token::Date(Part::EraAndYear)),
        ("r", Token::Date(Part::EraYear(2))),
    ];
    for (name, token) in WORDS {
        if text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            return Some((token, name.len()));
        }
    }
    let first = text.chars().next()?.to_ascii_lowercase();
    let count = text.chars().take_while(|c| c.to_ascii_lowercase() == first).count();
    let part = match first {
        'y' => Part::Year(count),
        'm' => Part::Month(count),
        'd' => Part::Day(count),
        'a' if count >= 3 => Part::Weekday(count),
        'g' => Part::Era(count),
        'e' => Part::EraYear(count),
        'h' => Part::Hour(count),
        's' => Part::Second(count),
        _ => return None,
    };
    Some((Token::Date(part), count))
}

/// Turns months beside hours or seconds into minutes.
pub fn mark_minutes(tokens: &mut [Token]) {
    let parts: Vec<(usize, Part)> = tokens
        .iter()
        .enumerate()
        .filter_map(|(index, token)| if let Token::Date(part) = token { Some((index, *part)) } else { None })
        .collect();
    for (position, (index, part)) in parts.iter().enumerate() {
        let Part::Month(count @ 1..=2) = part else { continue };
        let before = position.checked_sub(1).and_then(|p| parts.get(p)).map(|(_, part)| *part);
        let after = parts.get(position + 1).map(|(_, part)| *part);
        let beside_hour = matches!(before, Some(Part::Hour(_) | Part::ElapsedHours(_)));
        let beside_second = matches!(after, Some(Part::Second(_) | Part::ElapsedSeconds(_)));
        if let (true, Some(token)) = (beside_hour || beside_second, tokens.get_mut(*index)) {
            *token = Token::Date(Part::Minute(*count));
        }
    }
}
