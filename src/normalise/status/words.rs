//! Statuses in words, composed of a head and the adverbs before it.

use super::super::calendar::without_moments;
use super::super::segment::segment;
use super::super::text::key;
use super::super::vocabulary::{StatusPart, Vocabulary};
use crate::model::initiative::Status;

/// A step in front of 済 or 中 is no longer than this.
const LONGEST_STEP: usize = 6;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Status(Status),
    Part(StatusPart),
}

/// The status that words compose, with what was assumed; `None` where some part is unknown.
pub(super) fn in_words(text: &str, vocabulary: &Vocabulary) -> Option<(Status, Option<String>)> {
    let core = key(text).trim_matches(|c| matches!(c, '。' | '!' | '「' | '」')).to_owned();
    if let Some(status) = vocabulary.status.get(&core) {
        return Some((*status, None));
    }
    // 進んでいます is 進んでいる; R3.5 tells when.
    let core = if core.contains('ま') { plain_form(&core) } else { core };
    let core = without_moments(&core, &vocabulary.eras);
    let words = segment(&core, |word| {
        let status = vocabulary.status.get(word).copied().map(Word::Status);
        status.or_else(|| vocabulary.status_part.get(word).copied().map(Word::Part))
    });
    words.map_or_else(|| by_ending(&core), |words| compose(&words, &core))
}

fn plain_form(polite: &str) -> String {
    let plain = polite.replace("ています", "ている").replace("でいます", "でいる");
    plain.replace("ました", "た").replace("ません", "ない")
}

/// 契約済, 配布完了, 改修中, 発注予定: some step, and how far it is. It need not be the last one.
fn by_ending(core: &str) -> Option<(Status, Option<String>)> {
    let endings = [
        ("済み", Status::Completed),
        ("済", Status::Completed),
        ("完了", Status::Completed),
        ("中", Status::InProgress),
        ("予定", Status::NotStarted),
    ];
    let (step, status) = endings.iter().find_map(|(end, status)| Some((core.strip_suffix(end)?, *status)))?;
    let noun = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || ('ァ'..='ー').contains(&c);
    let doubted = step.contains(['未', '不', '非', '無', '全', '半', '最']);
    let fits = (2..=LONGEST_STEP).contains(&step.chars().count()) && step.chars().all(noun) && !doubted;
    fits.then(|| (status, Some(format!("「{core}」を、末尾の言葉から{}と読みました", status.label()))))
}

/// 完了（一部）, 完了（予定）: a bracket that changes the word before it.
pub(super) fn with_bracket(
    bare: &str,
    inner: &str,
    vocabulary: &Vocabulary,
) -> Option<(Status, Option<String>)> {
    let part = vocabulary.status_part.get(inner).filter(|part| **part != StatusPart::Filler);
    let before = part.and_then(|_| in_words(&format!("{inner}{bare}"), vocabulary));
    before.or_else(|| Some((*vocabulary.status.get(&format!("{bare}{inner}"))?, None)))
}

/// The last status word is the head; adverbs before it qualify it (`計画どおり完了`, `やや遅れている`).
fn compose(words: &[Word], text: &str) -> Option<(Status, Option<String>)> {
    let mut current: Option<(Status, bool)> = None;
    let mut modifier = None;
    for word in words {
        match word {
            Word::Part(StatusPart::Filler) => {}
            Word::Part(part) => modifier = Some(*part),
            Word::Status(status) => {
                let (status, sure) = modified(*status, modifier.take())?;
                current = Some(current.map_or((status, sure), |(lead, lead_sure)| {
                    let (head, combined_sure) = headed(lead, status);
                    (head, sure && lead_sure && combined_sure)
                }));
            }
        }
    }
    let (status, sure) = current.filter(|_| modifier.is_none())?;
    Some((status, (!sure).then(|| format!("「{text}」を組み合わせた言葉として読みました"))))
}

/// A status with an adverb before it, and whether that is certain; `None` where the two do not go together.
fn modified(status: Status, part: Option<StatusPart>) -> Option<(Status, bool)> {
    use Status::{Completed, Delayed, InProgress, NotStarted, OnTrack, SlightlyDelayed, Stalled};
    let Some(part) = part else { return Some((status, true)) };
    match (part, status) {
        (StatusPart::Hedge, OnTrack | InProgress)
        | (StatusPart::Slight | StatusPart::Heavy, SlightlyDelayed)
        | (StatusPart::Heavy, Delayed | Stalled) => Some((
            if part == StatusPart::Heavy && status == SlightlyDelayed { Delayed } else { status },
            true,
        )),
        (StatusPart::Slight, Delayed) => Some((SlightlyDelayed, true)),
        (StatusPart::Partial, Delayed | SlightlyDelayed) => Some((SlightlyDelayed, false)),
        (StatusPart::Partial, Completed | NotStarted | InProgress) => Some((InProgress, false)),
        // 概ね完了 is not completed.
        (StatusPart::Hedge, Completed) => Some((OnTrack, false)),
        (StatusPart::Hedge, other) => Some((other, false)),
        (StatusPart::Slight | StatusPart::Partial | StatusPart::Heavy | StatusPart::Filler, _) => None,
    }
}

/// A status word behind another one: 計画どおり着手 is on track, 計画どおり完了 is completed.
fn headed(lead: Status, head: Status) -> (Status, bool) {
    match (lead, head) {
        (a, b) if a == b => (a, true),
        (_, Status::Completed) if lead != Status::NotStarted => (Status::Completed, true),
        (
            Status::OnTrack | Status::Ahead | Status::Delayed | Status::SlightlyDelayed,
            Status::InProgress | Status::Preparing,
        ) => (lead, true),
        // 遅れているが完了見込み: what is the case now counts.
        (Status::Delayed | Status::SlightlyDelayed | Status::Stalled, Status::OnTrack | Status::Ahead) => {
            (lead, false)
        }
        (_, head) => (head, false),
    }
}
