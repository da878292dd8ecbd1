//! How text is set in lines: kinsoku, quarter spaces, justification, labels, long words.

use std::rc::Rc;

use proptest::prelude::*;

use super::{FONTS, sample, theme};
use crate::model::report::{Block, Para};
use crate::pdf::justify::Limits;
use crate::pdf::shape::{Shaping, open};
use crate::pdf::shaped::{Before, Kind, Shaped, Spread, Style};
use crate::pdf::text::{Line, Measure, drawn_width, fill};

const LIMITS: Limits = Limits { white: 0.125, body: 0.125 };

/// A text in ten points, as in text or as in a table.
fn shaped(text: &str, dense: bool) -> Rc<Shaped> {
    let theme = theme();
    let opened = open(&FONTS).expect("fonts");
    let mut shaping = Shaping::new(&FONTS, &opened, &theme);
    let style = Style::new(false, 10.0, theme.color.text);
    shaping.shape(&[(if dense { style.dense() } else { style }, text.into())])
}

fn width(text: &str, dense: bool) -> f32 {
    let shaped = shaped(text, dense);
    shaped.width(0, shaped.clusters.len())
}

fn words(line: &Line) -> String {
    let clusters = &line.shaped.clusters[line.first..line.end];
    clusters.iter().map(|cluster| line.shaped.text_of(cluster)).collect()
}

fn lines(text: &str, measure: &Measure) -> Vec<String> {
    fill(&shaped(text, false), measure).iter().map(words).collect()
}

#[test]
fn widths_follow_the_rules() {
    // In ems of ten points: what a text is wide in text and in a table.
    let table = [
        ("市民12人", 4.0 + 0.5, 4.0 + 0.25),
        ("12人", 2.0 + 0.25, 2.0 + 0.125),
        ("R3目標62.5%を", 6.5 + 0.75, 6.5 + 0.375),
        ("市民 12 人", 5.0, 5.0),
        ("（12）", 2.0, 2.0),
        ("、12。", 2.5, 2.5),
        ("△53", 2.0, 2.0),
        ("①市", 2.0, 2.0),
        ("100㎡", 2.5, 2.5),
        ("ｶﾞ市", 2.0, 2.0),
        ("１２市", 3.0, 3.0),
        ("「あ」", 2.0, 2.0),
        ("あ」「い", 3.5, 3.5),
        ("あ）、い", 3.5, 3.5),
        ("あ。」い", 3.5, 3.5),
        ("あ」・「い", 4.0, 4.0),
        ("あ。　い", 3.5, 3.5),
        ("あ　「い", 3.5, 3.5),
        ("あ（「い", 3.5, 3.5),
        ("あ、い", 3.0, 3.0),
    ];
    for (text, plain, dense) in table {
        // Neighbours share a hundredth of an em less than half.
        assert!((width(text, false) - plain * 10.0).abs() < 0.21, "{text}: {}", width(text, false));
        assert!((width(text, true) - dense * 10.0).abs() < 0.21, "{text}: {}", width(text, true));
    }
}

#[test]
fn no_quarter_space_stands_at_the_ends_of_a_line() {
    let text = shaped("市民市民12", false);
    let all = fill(&text, &Measure::plain(40.0, 1.5));
    let widths: Vec<f32> = all.iter().map(|line| line.width).collect();
    assert_eq!(all.iter().map(words).collect::<Vec<_>>(), ["市民市民", "12"]);
    assert!((widths[0] - 40.0).abs() < 0.01 && (widths[1] - 10.0).abs() < 0.01, "{widths:?}");
}

#[test]
fn a_stop_fits_at_the_end_of_a_line_by_its_ink() {
    assert_eq!(
        lines("あいうえ。おかきくけこ", &Measure::plain(45.0, 1.5)),
        ["あいうえ。", "おかきく", "けこ"]
    );
    assert_eq!(
        lines("「あいうえ」おかきくけこ", &Measure::plain(50.0, 1.5)),
        ["「あいうえ」", "おかきくけ", "こ"]
    );
}

fn justified(text: &str, width: f32) -> Vec<Line> {
    let measure = Measure { justify: Some(LIMITS), ..Measure::plain(width, 1.5) };
    fill(&shaped(text, false), &measure)
}

#[test]
fn a_justified_line_is_as_wide_as_its_measure() {
    // The white of the stop grows first, up to its limit; then all gaps between Japanese characters alike.
    let table = [
        (
            "市民、市民市民市民市民の市",
            105.0,
            "市民、市民市民市民市",
            Spread { white: 0.125, body: 0.375 / 7.0 },
        ),
        ("市民12人市民市民市民市民", 97.0, "市民12人市民市民市", Spread { white: 0.1, body: 0.0 }),
        ("市民12人市民市民市民市民", 102.0, "市民12人市民市民市", Spread { white: 0.125, body: 0.45 / 6.0 }),
    ];
    for (text, width, expected, spread) in table {
        let first = &justified(text, width)[0];
        assert_eq!(words(first), expected);
        assert!((first.spread.white - spread.white).abs() < 0.001, "{text}: {:?}", first.spread);
        assert!((first.spread.body - spread.body).abs() < 0.001, "{text}: {:?}", first.spread);
        let drawn = drawn_width(&first.shaped, first.first..first.end, first.spread);
        assert!((drawn - width).abs() < 0.01 && (first.width - width).abs() < 0.01, "{text}: {drawn}");
    }
}

#[test]
fn what_cannot_be_justified_well_stays_ragged() {
    // The last line, a line ended by hand, a line whose rest is one long number, a line of one word.
    for text in ["市民市民", "市民市民\n市民", "市民市民123456789012345", "abcdefgh abcdefghijklm"]
    {
        let first = &justified(text, 95.0)[0];
        assert_eq!(first.spread, Spread::default(), "{text}");
        assert!(first.width < 80.0, "{text}");
    }
}

#[test]
fn lines_hang_behind_their_labels() {
    let labels = theme().setting.labels;
    let measure = Measure { labels: Some(&labels), ..Measure::plain(80.0, 1.5) };
    let indents = |text: &str| -> Vec<f32> {
        fill(&shaped(text, false), &measure).iter().map(|line| line.indent).collect()
    };
    let table: [(&str, &[f32]); 6] = [
        ("①市民とともに歩む市政", &[0.0, 10.0]),
        ("・ 市民とともに歩む市政\n次の行の文", &[0.0, 15.0, 0.0]),
        ("(1)市民とともに歩む市政の", &[0.0, 15.0]),
        ("市民とともに歩む市政の", &[0.0, 0.0]),
        ("①\n市民とともに歩む市政の", &[0.0, 0.0, 0.0]),
        ("△1,204,500円の減となった", &[0.0, 0.0]),
    ];
    for (text, expected) in table {
        assert_eq!(indents(text), expected, "{text}");
    }
    let lines = fill(&shaped("①市民とともに歩む市政", false), &measure);
    assert!(lines.iter().all(|line| line.indent + line.width <= 80.01));
}

#[test]
fn addresses_break_where_readers_expect() {
    let table = [
        ("www.city.example.lg.jp", 60.0, vec!["www.city.", "example.lg.", "jp"]),
        ("plan_2021-draft", 60.0, vec!["plan_2021-", "draft"]),
        ("abcdefghijklmnop", 50.0, vec!["abcdefghij", "klmnop"]),
        ("12,345,678.90", 60.0, vec!["12,345,678.9", "0"]),
    ];
    for (text, width, expected) in table {
        assert_eq!(lines(text, &Measure::plain(width, 1.5)), expected);
    }
}

#[test]
fn the_edge_of_justified_text_is_straight_in_the_file() {
    let text =
        "政策評価の結果を踏まえて123件の事業を見直しKPIの達成率が62.5%に届かない取組みを改める".repeat(6);
    let document = sample::document(vec![Block::Paragraph(Para::plain(text))]);
    let Some(boxes) = super::file::boxes(&super::rendered(&document).bytes) else { return };
    let rights: Vec<f32> =
        boxes.iter().filter(|line| line.text.contains("事業")).map(|line| line.right).collect();
    let (last, others) = rights.split_last().expect("lines");
    assert!(others.len() >= 5 && others.iter().all(|right| (right - 538.58).abs() < 0.15), "{rights:?}");
    assert!(*last < 538.7);
}

/// Texts of what reports hold: Japanese with Latin, figures, brackets, stops, white and line breaks.
fn texts() -> impl Strategy<Value = String> {
    const PIECES: [&str; 31] = [
        "市",
        "民",
        "の",
        "ょ",
        "ー",
        "カ",
        "、",
        "。",
        "「",
        "」",
        "（",
        "）",
        "・",
        "①",
        "△",
        "々",
        "！",
        "…",
        "KPI",
        "R3",
        "12.7%",
        "1,204",
        "a",
        " ",
        "　",
        "\n",
        "(株)",
        "https://example.jp/a?b=c",
        "ｶﾞ",
        "葛\u{e0100}",
        "１２．７",
    ];
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60).prop_map(|all| all.concat())
}

/// Whether the text may be divided nowhere within a line and at its end.
fn is_forced(line: &Line, end: usize) -> bool {
    line.shaped.clusters[line.first + 1..=end].iter().all(|cluster| cluster.before == Before::Never)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_set_whole_within_its_measure(text in texts(), width in 30.0_f32..300.0, justify: bool, hang: bool) {
        let theme = theme();
        let labels = theme.setting.labels.as_str();
        let measure = Measure {
            width,
            leading: 1.5,
            labels: hang.then_some(labels),
            justify: justify.then_some(LIMITS),
        };
        let shaped = shaped(&text, false);
        let lines = fill(&shaped, &measure);
        let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let drawn: String = lines.iter().map(|line| plain(&words(line))).collect();
        prop_assert_eq!(drawn, plain(&text));
        for line in &lines {
            prop_assert!(line.indent + line.width <= width + 0.02, "{} > {width}", line.width);
            let drawn = drawn_width(&shaped, line.first..line.end, line.spread);
            prop_assert!((drawn - line.width).abs() < 0.02, "{drawn} is not {}", line.width);
            prop_assert!(line.spread == Spread::default() || (line.indent + line.width - width).abs() < 0.02);
        }
        for pair in lines.windows(2) {
            let (end, next) = (pair[1].first, &shaped.clusters[pair[1].first]);
            let wrapped = shaped.clusters[end - 1].kind != Kind::Newline;
            if wrapped && !is_forced(&pair[0], end) {
                let first = shaped.text_of(next).chars().next().expect("text");
                prop_assert!(!theme.breaking.not_first.contains(first), "a line starts with {first}");
                let before = plain(&words(&pair[0]));
                let last = before.chars().next_back().unwrap_or('市');
                prop_assert!(!theme.breaking.not_last.contains(last), "a line ends with {last}");
            }
        }
    }
}
