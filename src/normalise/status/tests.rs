#![allow(clippy::too_many_lines, reason = "tables of cases")]
#![allow(clippy::expect_used, reason = "tests")]

use std::sync::Arc;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::super::builtin;
use super::*;
use crate::model::quantity::Unit;
use crate::model::sheet::{Cell, Value};

fn status(text: &str) -> (Option<Status>, Confidence) {
    let reading = read_status(text, Column::Status, None, &builtin());
    (reading.status, reading.confidence)
}

#[test]
fn words_of_the_domain_notes_have_their_status() {
    use Status::{
        Ahead, Cancelled, Completed, Delayed, InProgress, NotAchieved, NotStarted, OnTrack, Preparing,
        SlightlyDelayed, Stalled, Suspended, UnderReview,
    };
    for (text, expected) in [
        ("順調", OnTrack),
        ("概ね順調", OnTrack),
        ("やや遅れ", SlightlyDelayed),
        ("遅れ", Delayed),
        ("大幅な遅れ", Delayed),
        ("停滞", Stalled),
        ("未着手", NotStarted),
        ("着手", InProgress),
        ("検討中", Preparing),
        ("準備中", Preparing),
        ("実施中", InProgress),
        ("実施済", Completed),
        ("実施済み", Completed),
        ("完了", Completed),
        ("達成", Completed),
        ("未達成", NotAchieved),
        ("中止", Cancelled),
        ("廃止", Cancelled),
        ("休止", Suspended),
        ("見直し", UnderReview),
        ("計画どおり完了", Completed),
        ("着実に進んでいる", OnTrack),
        ("概ね進んでいる", OnTrack),
        ("改善や工夫が必要", SlightlyDelayed),
        ("前倒し", Ahead),
        ("おおむね順調", OnTrack),
        ("順調である", OnTrack),
        ("やや遅れている", SlightlyDelayed),
        ("若干の遅れ", SlightlyDelayed),
        ("計画どおり実施中", OnTrack),
        ("計画どおり着手", OnTrack),
        ("順調に進捗している", OnTrack),
        ("１ 順調", OnTrack),
        ("2:やや遅れ", SlightlyDelayed),
        ("③遅れ", Delayed),
        ("○順調", OnTrack),
        ("◎（完了）", Completed),
        ("（完了）", Completed),
        ("Ｂ　やや遅れ", SlightlyDelayed),
        ("予定どおり完了", Completed),
        ("前倒しで完了", Completed),
        ("遅延している", Delayed),
        ("著しい遅れ", Delayed),
        ("着 手", InProgress),
        ("順調（予定どおり）", OnTrack),
        ("概ね計画通り", OnTrack),
        ("検討・準備中", Preparing),
        ("完了。", Completed),
        ("計画以上", Ahead),
        ("A:順調", OnTrack),
        ("計画より遅れている", Delayed),
        ("順調に進んでいます", OnTrack),
        ("ほとんど進んでいない", Delayed),
        ("R3.3完了", Completed),
        ("A（順調）", OnTrack),
        ("完了（予定）", InProgress),
        ("完了（一部）", InProgress),
    ] {
        assert_eq!(status(text), (Some(expected), Confidence::Read), "{text}");
    }
    for (text, expected) in [
        ("概ね完了", OnTrack),
        ("B評価", SlightlyDelayed),
        ("やや遅れているが年度内に完了見込み", SlightlyDelayed),
        ("部分的に完了", InProgress),
        ("順調（一部遅れ）", OnTrack),
        ("◎", Completed),
        ("○", OnTrack),
        ("△", SlightlyDelayed),
        ("×", Delayed),
        ("〇", OnTrack),
        ("A", OnTrack),
        ("Ｂ", SlightlyDelayed),
        ("C", Delayed),
        ("D", Stalled),
        ("S", Ahead),
        ("−", Status::NotReported),
        ("契約済", Completed),
        ("配布完了", Completed),
        ("改修中", InProgress),
        ("発注予定", Status::NotStarted),
    ] {
        assert_eq!(status(text), (Some(expected), Confidence::Assumed), "{text}");
    }
    for text in [
        "順調とは言いがたい",
        "不明",
        "9月議会に提出した。",
        "！",
        "E",
        "遅れなく順調でなく",
        "100",
        "市内全中",
        "計画は未済",
    ] {
        assert_eq!(status(text), (Some(Status::Unknown), Confidence::Unread), "{text}");
    }
}

#[test]
fn directions_depend_on_the_column() {
    use Direction::{Abolish, Continue, Expand, Merge, Reduce};
    let read = |text, column| read_status(text, column, None, &builtin());
    for (text, expected) in [
        ("拡充", Expand),
        ("拡大", Expand),
        ("継続", Continue),
        ("１　現状維持", Continue),
        ("縮小", Reduce),
        ("統合", Merge),
        ("廃止", Abolish),
        ("３　終了・廃止・休止", Abolish),
        ("廃止・休止", Abolish),
        ("継続する", Continue),
        ("拡充・拡大", Expand),
        ("④ 縮小", Reduce),
        ("現状のまま継続", Continue),
    ] {
        let reading = read(text, Column::Direction);
        assert_eq!(
            (reading.status, reading.direction, reading.confidence),
            (None, Some(expected), Confidence::Read),
            "{text}"
        );
    }
    let unclear = read("２　改革改善（縮小・統合含む）", Column::Direction);
    assert_eq!((unclear.status, unclear.direction, unclear.confidence), (None, None, Confidence::Unread));
    assert_eq!(read("拡大・縮小", Column::Direction).direction, None);
    assert_eq!(read("廃止", Column::Status).status, Some(Status::Cancelled));
    let direction = read("継続", Column::Status);
    assert_eq!(
        (direction.status, direction.direction, direction.confidence),
        (None, Some(Continue), Confidence::Assumed)
    );
}

#[test]
fn the_sheets_legend_decides() {
    use Status::{Completed, Delayed, OnTrack, SlightlyDelayed, Stalled};
    let v = builtin();
    for (text, meanings) in [
        (
            "※進捗状況：◎完了　○順調　△やや遅れ　×停滞",
            vec![("◎", Completed), ("○", OnTrack), ("△", SlightlyDelayed), ("×", Stalled)],
        ),
        ("◎：完了、○：順調", vec![("◎", Completed), ("◯", OnTrack)]),
        ("（凡例）◎…順調　○…やや遅れ　×…遅れ", vec![("◎", OnTrack), ("○", SlightlyDelayed), ("✕", Delayed)]),
        (
            "A＝計画どおり B＝やや遅れ C＝大幅な遅れ",
            vec![("A", OnTrack), ("Ｂ", SlightlyDelayed), ("c", Delayed)],
        ),
        ("Ａ 順調 Ｂ やや遅れ", vec![("A", OnTrack), ("B", SlightlyDelayed)]),
        ("【評価】A：順調、B：やや遅れ、C：遅れ", vec![("A", OnTrack), ("C", Delayed)]),
        ("「○」順調、「△」やや遅れ、「×」遅れ", vec![("○", OnTrack), ("×", Delayed)]),
        ("◎完了\n○順調\n△やや遅れ", vec![("◎", Completed), ("△", SlightlyDelayed)]),
        ("○(順調)/△(やや遅れ)", vec![("○", OnTrack), ("△", SlightlyDelayed)]),
    ] {
        let legend = read_legend(text, &v).expect(text);
        for (mark, status) in meanings {
            let reading = read_status(mark, Column::Status, Some(&legend), &v);
            assert_eq!(
                (reading.status, reading.confidence),
                (Some(status), Confidence::Read),
                "{text} {mark}"
            );
        }
        assert_eq!(read_status("■", Column::Status, Some(&legend), &v).status, Some(Status::Unknown));
    }
    assert_eq!(read_legend("※進捗状況：◎完了　○順調", &v).expect("legend").heading, "進捗状況");
    for text in ["○基金確保比率 ○社会移動数", "A地区とB地区", "◎○△×", "進捗状況", "", "A棟の完了とB棟の着手"]
    {
        assert_eq!(read_legend(text, &v), None, "{text}");
    }
    let legend = read_legend("◎完了　○順調", &v).expect("legend");
    assert_eq!(read_status("◎やや遅れ", Column::Status, Some(&legend), &v).confidence, Confidence::Assumed);
}

#[test]
fn progress_is_in_percent() {
    let cell = |value: Value, text: &str| Cell {
        value,
        text: text.into(),
        format: Arc::from(""),
        struck: false,
        ink: crate::model::sheet::Ink::Plain,
        formula: false,
        external: false,
        comment: None,
    };
    let text = |text: &str| read_progress(&cell(Value::Text(text.into()), text), None, &builtin());
    let told = |reading: ProgressReading| {
        (reading.percent.map(|p| p.to_string()).unwrap_or_default(), reading.confidence)
    };
    for (raw, percent, confidence) in [
        ("60%", "60", Confidence::Read),
        ("３割", "30", Confidence::Read),
        ("6/10", "60", Confidence::Assumed),
        ("約60%", "60", Confidence::Assumed),
        ("60", "60", Confidence::Assumed),
        ("－", "", Confidence::Read),
        ("1", "", Confidence::Unread),
        ("11/10", "", Confidence::Unread),
        ("順調", "", Confidence::Unread),
    ] {
        assert_eq!(told(text(raw)), (percent.to_owned(), confidence), "{raw}");
    }
    let number = |value: Decimal, shown: &str, unit: Option<&Unit>| {
        told(read_progress(&cell(Value::Number(value), shown), unit, &builtin()))
    };
    assert_eq!(number(Decimal::new(6, 1), "60%", None), ("60".into(), Confidence::Read));
    assert_eq!(number(Decimal::ZERO, "0%", None), ("0".into(), Confidence::Read));
    assert_eq!(number(Decimal::from(60), "60", Some(&Unit("%".into()))), ("60".into(), Confidence::Read));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,24}") {
        let v = builtin();
        let legend = read_legend(&text, &v);
        let _ = read_status(&text, Column::Status, legend.as_ref(), &v);
        let _ = read_status(&text, Column::Direction, None, &v);
    }
}
