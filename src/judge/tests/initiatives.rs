//! Initiatives by a table: status, progress, due, months without a change.

use rust_decimal::Decimal;

use super::{VOCABULARY, builtin, dataset, place};
use crate::judge::initiative::Job;
use crate::judge::rollup::{rollup, score};
use crate::model::initiative::{Initiative, InitiativeSource, Status};
use crate::model::quantity::Confidence;

fn initiative(status: Option<Status>, progress: Option<i64>, due: &str) -> Initiative {
    let source = InitiativeSource {
        department: "企画部".to_owned(),
        division: "企画課".to_owned(),
        number: String::new(),
        program: "事業".to_owned(),
        item_no: 1,
        numbered: false,
        item: "項目".to_owned(),
        fiscal_year: None,
        status,
        direction: None,
        status_raw: String::new(),
        progress: progress.map(Decimal::from),
        due: due.to_owned(),
        due_raw: String::new(),
        comment: String::new(),
        confidence: Confidence::Read,
        place: place("a.xlsx", 1),
        status_cell: None,
        carried_from: None,
    };
    Initiative {
        id: "t-1".to_owned(),
        primary: 0,
        wording: 0,
        added_by_division: false,
        sources: vec![source],
    }
}

#[test]
fn initiatives_are_judged_by_status_due_and_progress() {
    use Status::{
        Cancelled, Completed, Delayed, InProgress, NotReported, NotStarted, OnTrack, SlightlyDelayed,
    };
    let rules = builtin();
    let month = |text: &str| {
        let mut dataset = dataset(Vec::new());
        dataset.period = text.parse().expect("a month");
        dataset.as_of = dataset.period.last_day().expect("a day");
        dataset
    };
    // month, status, progress, due, months unchanged; result, finding.
    for (at, status, progress, due, silent, result, code) in [
        ("2021-05", Some(Completed), Some(100), "2021-04-30", None, "達成", ""),
        ("2021-05", Some(Completed), Some(40), "", None, "判定不能", "initiative-contradictory"),
        ("2021-05", Some(Delayed), Some(100), "", None, "判定不能", "initiative-contradictory"),
        ("2021-05", Some(NotStarted), Some(20), "", None, "判定不能", "initiative-contradictory"),
        ("2021-05", Some(InProgress), None, "2021-05-30", None, "遅れ", "initiative-overdue"),
        ("2021-05", Some(InProgress), None, "2021-05", None, "判定不能", ""),
        ("2021-06", Some(OnTrack), Some(50), "2021-05", None, "遅れ", "initiative-overdue"),
        ("2021-05", Some(NotReported), None, "2021-05-01", None, "遅れ", "initiative-overdue"),
        ("2021-05", Some(Cancelled), None, "2021-05-01", None, "判定不能", ""),
        ("2021-05", None, None, "2021-05-01", None, "判定不能", ""),
        ("2021-05", Some(SlightlyDelayed), Some(20), "2021-12-28", None, "やや遅れ", ""),
        ("2021-05", Some(OnTrack), Some(0), "2022-03-31", None, "順調", ""),
        ("2021-09", Some(OnTrack), Some(30), "2022-03-31", None, "やや遅れ", ""),
        ("2021-09", Some(OnTrack), Some(31), "2022-03-31", None, "順調", ""),
        ("2021-09", Some(InProgress), Some(10), "2022-03-31", None, "遅れ", ""),
        ("2021-05", Some(NotStarted), None, "2022-03-31", None, "判定不能", ""),
        ("2021-09", Some(NotStarted), Some(0), "2022-03-31", None, "遅れ", ""),
        ("2021-09", Some(NotStarted), None, "2022-03-31", None, "判定不能", ""),
        ("2021-05", None, Some(100), "2021-05-01", None, "達成", ""),
        ("2021-05", Some(OnTrack), Some(30), "2022-03-31", Some(2), "順調", ""),
        ("2021-05", Some(OnTrack), Some(30), "2022-03-31", Some(3), "やや遅れ", ""),
    ] {
        let one = initiative(status, progress, due);
        let dataset = month(at);
        let job = Job::new(&one, &dataset, silent).expect("of this year");
        let (judgement, draft) = job.judge(&rules.initiative, &VOCABULARY.eras);
        let found = (judgement.result.label(), draft.map_or("", |draft| draft.code.as_str()));
        assert_eq!(found, (result, code), "{at} {status:?} {progress:?} {due} {silent:?}\n{judgement:#?}");
    }
}

#[test]
fn judgements_are_counted_by_department_and_division() {
    let rules = builtin();
    let mut dataset = dataset(Vec::new());
    let cases = [("企画課", 3), ("財政課", 1), ("企画課", 0), ("", 2)];
    for (index, (division, points)) in cases.into_iter().enumerate() {
        let status = if points > 1 { Status::OnTrack } else { Status::Delayed };
        let one = initiative(Some(status), None, "");
        let job = Job::new(&one, &dataset, None).expect("of this year");
        let (mut judgement, _) = job.judge(&rules.initiative, &VOCABULARY.eras);
        judgement.id = format!("t-{index}");
        division.clone_into(&mut judgement.division);
        (judgement.points, judgement.most_points) = (Some(points), Some(3));
        dataset.judgements.push(judgement);
    }
    let tallies = rollup(&dataset.departments, &dataset.judgements);
    let tallies: Vec<_> = tallies.into_iter().map(|t| (t.division.clone(), t.counts, t.total())).collect();
    let division = |name: &str| Some(name.to_owned());
    assert_eq!(
        tallies,
        [
            (None, [0, 2, 0, 2, 0], 4),
            (division(""), [0, 1, 0, 0, 0], 1),
            (division("企画課"), [0, 1, 0, 1, 0], 2),
            (division("財政課"), [0, 0, 0, 1, 0], 1),
        ]
    );
    let score = score(&dataset.judgements).expect("points");
    assert_eq!((score.points, score.most, score.items), (6, 12, 4));
    assert_eq!(score.working, "6点÷12点（4件）×100＝50.0%");
}

#[test]
fn what_an_earlier_month_reported_is_held_against_that_month() {
    let rules = builtin();
    let judged = |status, progress, due: &str| {
        let mut dataset = dataset(Vec::new());
        dataset.period = "2021-09".parse().expect("a month");
        dataset.as_of = dataset.period.last_day().expect("a day");
        let mut initiative = initiative(Some(status), progress, due);
        initiative.sources[0].carried_from = Some("2021-05".parse().expect("a month"));
        // Nothing has been heard for months: that is no standstill.
        let job = Job::new(&initiative, &dataset, Some(9)).expect("of the year");
        let (judgement, draft) = job.judge(&rules.initiative, &VOCABULARY.eras);
        assert!(draft.is_none(), "its own month has told the division");
        (judgement.result.label(), judgement.working)
    };
    // Due since then: nobody knows whether it was done. Due before: it was late then.
    let (result, working) = judged(Status::OnTrack, None, "2021-08-31");
    assert_eq!(result, "判定不能");
    assert!(working.contains("前回値(5月)"), "{working}");
    assert_eq!(judged(Status::OnTrack, None, "2021-04-30").0, "遅れ");
    // 10 % of two months is on time, of six it would be late.
    let (result, working) = judged(Status::InProgress, Some(10), "");
    assert_eq!(result, "順調");
    assert!(working.contains("経過2か月"), "{working}");
}
