//! Words and marks in place of a figure: pending, none, out of question, withheld.

use super::super::calendar::without_moments;
use super::super::segment::segment;
use super::super::text::{is_blank, key, plain, split_brackets, unwrap};
use super::super::unit::known_unit;
use super::super::vocabulary::{StatePart, Vocabulary};
use crate::model::quantity::{Confidence, State};

/// Texts longer than this are prose.
const LONGEST: usize = 40;

/// A placeholder as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StateReading {
    pub state: State,
    pub confidence: Confidence,
    pub assumption: Option<String>,
    /// What stands in brackets beside it.
    pub annotation: Option<String>,
}

impl StateReading {
    fn sure(state: State) -> Self {
        let confidence = if state == State::Unread { Confidence::Unread } else { Confidence::Read };
        Self { state, confidence, assumption: None, annotation: None }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    State(State),
    Filler,
}

/// Reads a placeholder; `None` where the text is none.
pub(super) fn read_state(text: &str, vocabulary: &Vocabulary) -> Option<StateReading> {
    let whole = key(text);
    // Most figures are plain numbers, which need no look at the words.
    let part = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '△' | '▲' | '+');
    let plain_number = whole.ends_with(|c: char| c.is_ascii_digit()) && whole.chars().all(part);
    if plain_number || whole.chars().count() > LONGEST {
        return None;
    }
    if let Some(state) = exact(&whole, vocabulary) {
        return Some(StateReading::sure(state));
    }
    let (outside, brackets) = split_brackets(&plain(unwrap(text)));
    let core =
        key(&outside).trim_matches(|c| matches!(c, '※' | '*' | '。' | '、' | '!' | '・' | ':')).to_owned();
    let mut reading = composed(&core, vocabulary)?;
    let notes: Vec<String> =
        brackets.iter().map(|bracket| bracket.inner.trim_matches(is_blank).to_owned()).collect();
    if !notes.is_empty() {
        reading.annotation = Some(notes.join(" "));
        if notes.iter().any(|note| has_digits_outside_dates(&key(note), vocabulary))
            && reading.state != State::Unread
        {
            reading.confidence = Confidence::Assumed;
            reading.assumption =
                Some(format!("括弧の中の「{}」は数値として読みませんでした", notes.join(" ")));
        }
    }
    Some(reading)
}

/// A listed word, or a mark repeated (`---`, `…`).
fn exact(word: &str, vocabulary: &Vocabulary) -> Option<State> {
    if let Some(state) = vocabulary.state.get(word) {
        return Some(*state);
    }
    let first = word.chars().next().filter(|c| !c.is_alphanumeric())?;
    if !word.chars().all(|c| c == first) {
        return None;
    }
    // Some marks mean something only when repeated (・・・).
    (1..=3).rev().find_map(|times| {
        vocabulary
            .state
            .get(&first.to_string().repeat(times))
            .copied()
            .filter(|_| word.chars().count() >= times)
    })
}

fn composed(core: &str, vocabulary: &Vocabulary) -> Option<StateReading> {
    if let Some(state) = exact(core, vocabulary) {
        return Some(StateReading::sure(state));
    }
    if let Some(state) = before_unit(core, vocabulary) {
        return Some(StateReading::sure(state));
    }
    let text = without_moments(core, &vocabulary.eras);
    // A date with a dash (R3.4～) is no mark for none.
    let marks_left = text != core && !text.chars().any(char::is_alphabetic);
    if text.is_empty() || marks_left || text.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    if let Some(words) = segment(&text, |word| lookup(word, vocabulary)) {
        return of_words(&words);
    }
    // 国が集計中: the head of the phrase stands last, what leads to it is not understood.
    let count = text.chars().count();
    let starts = text.char_indices().skip(1).map(|(at, _)| at);
    let tail = starts.filter_map(|at| text.get(at..)).find(|tail| {
        // 変更なし says that there is a figure: a short ending must tell why there is none.
        let telling =
            |state| tail.chars().count() >= 3 || matches!(state, State::Pending | State::NotApplicable);
        let word = if count <= 24 && tail.chars().count() >= 2 { lookup(tail, vocabulary) } else { None };
        matches!(word, Some(Word::State(state)) if telling(state))
    })?;
    let Some(Word::State(state)) = lookup(tail, vocabulary) else { return None };
    if state == State::Unread {
        return Some(StateReading::sure(state));
    }
    let assumption = Some(format!("「{tail}」で終わる言葉なので、数値がない印として読みました"));
    Some(StateReading { state, confidence: Confidence::Assumed, assumption, annotation: None })
}

/// A mark for none with a unit behind it (`－％`) or a footnote (`- ※1`).
fn before_unit(core: &str, vocabulary: &Vocabulary) -> Option<State> {
    let rest = core.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '※'));
    let mark = core.get(..core.len() - rest.len())?;
    let footnote =
        rest.strip_prefix(['※', '注']).is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()));
    let behind = !rest.is_empty() && (footnote || known_unit(rest, vocabulary).is_some());
    exact(mark, vocabulary).filter(|state| behind && *state == State::Missing)
}

fn of_words(words: &[Word]) -> Option<StateReading> {
    let mut states =
        words.iter().filter_map(|word| if let Word::State(state) = word { Some(*state) } else { None });
    let first = states.next()?;
    let mut reading = StateReading::sure(first);
    if states.any(|state| state != first) && first != State::Unread {
        reading.confidence = Confidence::Assumed;
        reading.assumption = Some("先に書かれている言葉で、数値がない理由を判断しました".to_owned());
    }
    Some(reading)
}

fn lookup(word: &str, vocabulary: &Vocabulary) -> Option<Word> {
    if let Some(state) = vocabulary.state.get(word).copied().or_else(|| pattern(word, vocabulary)) {
        return Some(Word::State(state));
    }
    vocabulary.state_part.get(word).map(|_| Word::Filler)
}

/// 集計中, 未集計, 集計予定, 未実施, 実施なし: a noun of work or event with what became of it.
fn pattern(word: &str, vocabulary: &Vocabulary) -> Option<State> {
    let part = |noun: &str| vocabulary.state_part.get(noun).copied();
    if let Some(noun) = word.strip_prefix('未') {
        return match part(noun)? {
            StatePart::Work => Some(State::Pending),
            StatePart::Event => Some(State::NotApplicable),
            StatePart::Filler => None,
        };
    }
    for ending in ["中", "待ち", "待", "予定", "前"] {
        match word.strip_suffix(ending).and_then(part) {
            Some(StatePart::Work) => return Some(State::Pending),
            Some(StatePart::Event) if ending == "予定" => return Some(State::NotApplicable),
            _ => {}
        }
    }
    let endings =
        ["なし", "無し", "せず", "しない", "中止", "延期", "予定なし", "見送り", "していない", "しなかった"];
    let ended = endings.iter().filter_map(|ending| word.strip_suffix(ending)).find_map(part)?;
    (ended != StatePart::Filler).then_some(State::NotApplicable)
}

fn has_digits_outside_dates(text: &str, vocabulary: &Vocabulary) -> bool {
    without_moments(text, &vocabulary.eras).chars().any(|c| c.is_ascii_digit())
}
