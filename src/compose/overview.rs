//! 全庁概要.pdf: the whole city on one to four pages, in 建制順.

use std::collections::BTreeMap;

use super::{as_of, changes, judgements, lists, markings, remarks, submissions, words};
use crate::finding::{Finding, Severity};
use crate::model::dataset::{Dataset, Outcome};
use crate::model::fiscal::Eras;
use crate::model::initiative::{Initiative, Status};
use crate::model::judgement::{Judgement, Subject, Verdict};
use crate::model::quantity::Confidence;
use crate::model::report::{Align, Block, Cell, Column, Document, HeadCell, Panel, Para, Row, Table};

/// The summary stays within four pages: of longer lists it shows the first, and counts the rest.
const MOST_LATE: usize = 12;
const MOST_ERRORS: usize = 5;

/// What a list leaves out.
pub(super) fn rest(all: usize, shown: usize) -> Option<Block> {
    let more = all.checked_sub(shown).filter(|more| *more > 0)?;
    let text = format!("ほかに {more} 件あります。各部局の報告と統合.xlsx をご覧ください。");
    Some(Block::Paragraph(Para::small(text)))
}

/// The city's summary.
pub fn document(dataset: &Dataset, eras: &Eras) -> Document {
    let mut blocks = vec![Block::Panels(panels(dataset))];
    blocks.extend(remarks(dataset, ""));
    blocks.extend(judgements::matrix(dataset));
    blocks.push(heading("部局別の状況"));
    blocks.push(Block::Table(matrix(dataset)));
    blocks.push(Block::Paragraph(Para::small(
        "「順調」には実施中と前倒し、「遅れ」には停滞と未達成、「未着手」には準備中・休止・見直し・中止、「記載なし」には意味の分からないものを含みます。",
    )));
    blocks.extend(changes::overview(dataset, eras));
    blocks.extend(submissions::overview(dataset, eras));
    blocks.extend(late_blocks(dataset));
    let errors: Vec<&Finding> = dataset.findings.iter().filter(|f| f.severity == Severity::Error).collect();
    if !errors.is_empty() {
        blocks.push(heading("読み取れなかったもの・食い違い"));
        let shown = errors.get(..MOST_ERRORS).unwrap_or(&errors);
        blocks.push(Block::Table(lists::findings(shown, "全庁の読み取れなかったものと食い違いの一覧")));
        blocks.extend(rest(errors.len(), MOST_ERRORS));
    }
    let year = eras.long(dataset.period.fiscal_year());
    Document {
        path: "全庁概要.pdf".to_owned(),
        department: String::new(),
        title: "全庁概要".to_owned(),
        subtitle: subtitle(dataset),
        author: dataset.publisher.clone(),
        running_title: format!("{year}　全庁概要（{}）", as_of(dataset, eras)),
        markings: markings(dataset),
        footer: format!("{}　{}", dataset.city, dataset.publisher),
        as_of: dataset.as_of,
        blocks,
        paper: None,
        look: String::new(),
    }
}

fn heading(text: &str) -> Block {
    Block::Heading { level: 1, text: text.to_owned(), note: String::new(), anchor: String::new() }
}

fn subtitle(dataset: &Dataset) -> String {
    format!(
        "{}部局　指標 {}　取組項目 {}　ブック {}",
        dataset.departments.len(),
        dataset.indicators.len(),
        dataset.initiatives.len(),
        dataset.sources.len()
    )
}

fn panels(dataset: &Dataset) -> Vec<Panel> {
    let counts = dataset.counts();
    let severity = |severity| dataset.findings.iter().filter(|finding| finding.severity == severity).count();
    let failed = dataset.sources.iter().filter(|source| source.outcome == Outcome::Failed).count();
    let panel = |label: &str, figure: String, lines: Vec<String>| Panel {
        label: label.to_owned(),
        figure,
        lines: lines.into_iter().map(Para::plain).collect(),
    };
    let behind = |one: &&Judgement| matches!(one.result, Verdict::Behind | Verdict::SlightlyBehind);
    let late = dataset.judgements.iter().filter(behind).count();
    let judged = |subject: Subject| {
        let late = dataset.judgements.iter().filter(|one| one.subject == subject).filter(behind).count();
        let (word, all) = match subject {
            Subject::Indicator => ("指標", dataset.indicators.len()),
            Subject::Initiative => ("取組項目", dataset.initiatives.len()),
        };
        format!("{word} {late}（{all}のうち）")
    };
    let total = counts.read + counts.assumed + counts.unread + counts.carried;
    let carried = words::carried_count(counts.carried);
    vec![
        panel(
            "読んだブック",
            (dataset.sources.len() - failed).to_string(),
            vec![format!("開けなかったもの {failed}")],
        ),
        panel(
            "指標の値",
            total.to_string(),
            vec![format!(
                "そのまま {}　仮定 {}　未読 {}{carried}",
                counts.read, counts.assumed, counts.unread
            )],
        ),
        panel(
            "遅れ・やや遅れ",
            late.to_string(),
            [judged(Subject::Indicator), judged(Subject::Initiative)].to_vec(),
        ),
        panel(
            "確認が必要なこと",
            (severity(Severity::Error) + severity(Severity::Warning)).to_string(),
            vec![format!("■エラー {}　▲要確認 {}", severity(Severity::Error), severity(Severity::Warning))],
        ),
    ]
}

/// What is late: an indicator or item, with its judgement.
struct Late<'a> {
    judgement: &'a Judgement,
    initiative: Option<&'a Initiative>,
}

/// What is judged late, the worst first, then in 建制順; last what its division calls late and nothing can be judged of.
fn late(dataset: &Dataset) -> Vec<Late<'_>> {
    let initiatives: BTreeMap<&str, &Initiative> =
        dataset.initiatives.iter().map(|initiative| (initiative.id.as_str(), initiative)).collect();
    let with_item =
        |judgement| Late { judgement, initiative: initiatives.get(judgement.id.as_str()).copied() };
    let mut late: Vec<Late> = dataset.judgements.iter().map(with_item).filter(is_late).collect();
    late.sort_by_key(|one| match one.judgement.result {
        Verdict::Behind => 0,
        Verdict::SlightlyBehind => 1,
        _ => 2,
    });
    late
}

fn is_late(one: &Late) -> bool {
    match one.judgement.result {
        Verdict::Behind | Verdict::SlightlyBehind => true,
        Verdict::Undecided => one.initiative.and_then(|i| i.main().status).is_some_and(says_late),
        Verdict::Achieved | Verdict::OnTrack => false,
    }
}

fn says_late(status: Status) -> bool {
    matches!(status, Status::SlightlyDelayed | Status::Delayed | Status::Stalled | Status::NotAchieved)
}

fn late_blocks(dataset: &Dataset) -> Vec<Block> {
    let late = late(dataset);
    let mut blocks = vec![heading("遅れている指標と取組み")];
    if late.is_empty() {
        let text = "遅れ・やや遅れと判定された指標と取組みはありません。";
        blocks.push(Block::Paragraph(Para::plain(text)));
    } else {
        blocks.push(Block::Table(late_table(late.get(..MOST_LATE).unwrap_or(&late))));
        blocks.extend(rest(late.len(), MOST_LATE));
    }
    blocks
}

fn late_table(late: &[Late]) -> Table {
    let column = |width| Column { width, align: Align::Left };
    let columns = vec![column(6), column(17), column(21)];
    let head = vec![["判定", "指標・取組項目", "根拠"].map(|text| HeadCell::one(text, 1)).to_vec()];
    let rows = late.iter().map(|Late { judgement, initiative }| {
        let mut item = Cell::text(&judgement.name);
        item.header = true;
        let program = initiative.map_or("", |initiative| initiative.words().program.as_str());
        let owner = [program, &judgement.department, &judgement.division];
        let owner: Vec<&str> = owner.into_iter().filter(|part| !part.is_empty()).collect();
        item.paras.push(Para::small(owner.join("　")));
        if let Some(main) = initiative.map(Initiative::main) {
            let comment = format!("課のコメント：{}", main.comment);
            item.paras.extend((!main.comment.is_empty()).then(|| Para::small(comment)));
        }
        let verdict = Cell::paras(judgements::verdict(judgement));
        Row { cells: vec![verdict, item, Cell::paras(judgements::brief(judgement))] }
    });
    Table {
        summary: "遅れている指標と取組みの一覧".to_owned(),
        columns,
        head,
        rows: rows.collect(),
        ..Table::default()
    }
}

/// A column of statuses that are counted together.
type Group = (&'static str, fn(Option<Status>) -> bool);

/// Every status stands in exactly one column.
const GROUPS: [Group; 6] = [
    ("◎\n完了", |s| s == Some(Status::Completed)),
    ("○\n順調", |s| matches!(s, Some(Status::OnTrack | Status::Ahead | Status::InProgress))),
    ("▼\nやや遅れ", |s| s == Some(Status::SlightlyDelayed)),
    ("×\n遅れ", |s| matches!(s, Some(Status::Delayed | Status::Stalled | Status::NotAchieved))),
    ("－\n未着手", |s| {
        use Status::{Cancelled, NotStarted, Preparing, Suspended, UnderReview};
        matches!(s, Some(NotStarted | Preparing | Suspended | UnderReview | Cancelled))
    }),
    ("記載\nなし", |s| matches!(s, None | Some(Status::NotReported | Status::Unknown))),
];

/// Departments × counts.
fn matrix(dataset: &Dataset) -> Table {
    let mut columns = vec![Column { width: 9, align: Align::Left }];
    columns.extend(std::iter::repeat_n(Column { width: 5, align: Align::Right }, 10));
    let first = vec![
        HeadCell::one("部局", 2),
        HeadCell { text: "指標".to_owned(), cols: 3, rows: 1 },
        HeadCell { text: "取組項目".to_owned(), cols: 6, rows: 1 },
        HeadCell::one("要確認", 2),
    ];
    let second = ["件数", "仮定", "未読"].into_iter().chain(GROUPS.iter().map(|(text, _)| *text));
    Table {
        summary: "部局ごとの指標と取組項目の件数".to_owned(),
        columns,
        head: vec![first, second.map(|text| HeadCell::one(text, 1)).collect()],
        rows: dataset.departments.iter().map(|department| matrix_row(dataset, &department.name)).collect(),
        ..Table::default()
    }
}

fn matrix_row(dataset: &Dataset, name: &str) -> Row {
    let indicators: Vec<_> = dataset.indicators.iter().filter(|i| i.main().department == name).collect();
    let figures = |wanted| {
        let current = indicators.iter().flat_map(|i| &i.main().figures).filter(|f| f.carried_from.is_none());
        current.filter(|figure| figure.confidence == wanted).count()
    };
    let own = dataset.initiatives.iter().filter(|initiative| initiative.words().department == name);
    let statuses: Vec<Option<Status>> = own.map(|initiative| initiative.main().status).collect();
    let mut counts = vec![indicators.len(), figures(Confidence::Assumed), figures(Confidence::Unread)];
    counts.extend(GROUPS.iter().map(|(_, test)| statuses.iter().filter(|status| test(**status)).count()));
    let doubtful = |finding: &&Finding| finding.department == name && finding.severity < Severity::Note;
    counts.push(dataset.findings.iter().filter(doubtful).count());
    let mut head = Cell::text(name);
    head.header = true;
    let shown = |count: usize| if count == 0 { "－".to_owned() } else { count.to_string() };
    Row {
        cells: std::iter::once(head)
            .chain(counts.into_iter().map(|count| Cell::text(shown(count))))
            .collect(),
    }
}
