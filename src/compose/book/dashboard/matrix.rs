//! Departments × verdicts, counted by formulas over the tables of the book.

use super::super::{details, findings, indicators, initiatives, sources};
use super::{COLUMNS, computed};
use crate::compose::{judgement_book, words};
use crate::model::book::{BoardTable, Formula, Term};
use crate::model::dataset::Dataset;
use crate::model::judgement::{Judgement, Subject, Verdict};
use crate::model::report::{Align, Cell, Column, HeadCell, Row, Table};

/// What stands for a department where none is known.
const UNKNOWN: &str = "所属不明";
/// Where the columns of verdicts begin: of indicators, of initiatives.
const VERDICTS: [usize; 2] = [4, 10];

/// The columns of a subject's verdicts, in the order of [`Verdict::ALL`].
pub fn verdict_columns(subject: Subject) -> [usize; 5] {
    let [indicators, initiatives] = VERDICTS;
    let first = match subject {
        Subject::Indicator => indicators,
        Subject::Initiative => initiatives,
    };
    [first, first + 1, first + 2, first + 3, first + 4]
}

/// The departments that have a row, in 建制順; last the empty name, where something names no department.
pub fn departments(dataset: &Dataset) -> Vec<&str> {
    let mut names: Vec<&str> = dataset.departments.iter().map(|known| known.name.as_str()).collect();
    let nobodys = dataset.sources.iter().any(|source| source.department.is_empty())
        || dataset.findings.iter().any(|finding| finding.department.is_empty())
        || dataset.indicators.iter().any(|indicator| indicator.main().department.is_empty())
        || dataset.initiatives.iter().any(|initiative| initiative.main().department.is_empty())
        || dataset.judgements.iter().any(|judgement| judgement.department.is_empty());
    names.extend(nobodys.then_some(""));
    names
}

/// The table: a row a department, below them the whole city.
pub fn table(dataset: &Dataset) -> BoardTable {
    let names = departments(dataset);
    let mut rows: Vec<Row> = names.iter().map(|name| row(dataset, name)).collect();
    rows.push(total(&rows));
    let verdicts =
        || Verdict::ALL.iter().map(|one| HeadCell::one(format!("{}\n{}", one.mark(), one.label()), 1));
    let group = |text: &str| HeadCell { text: text.to_owned(), cols: 6, rows: 1 };
    let below = |text: &str| [HeadCell::one(text, 1)].into_iter().chain(verdicts());
    let upper = [HeadCell::one("部局", 2), HeadCell::one("ブック", 2), HeadCell::one("指標の値", 2)];
    let upper =
        upper.into_iter().chain([group("指標の判定"), group("取組項目の判定"), HeadCell::one("要確認", 2)]);
    let columns =
        (0..COLUMNS).map(|col| Column { width: 0, align: if col == 0 { Align::Left } else { Align::Right } });
    let table = Table {
        summary: "部局ごとの件数と判定".to_owned(),
        columns: columns.collect(),
        head: vec![upper.collect(), below("件数").chain(below("件数")).collect()],
        rows,
        ..Table::default()
    };
    BoardTable {
        title: "部局別の件数と判定".to_owned(), spans: vec![1; COLUMNS], table, shades: Vec::new()
    }
}

fn row(dataset: &Dataset, name: &str) -> Row {
    let label = if name.is_empty() { UNKNOWN } else { name };
    let count = |count: usize, table: &str, terms: &[(&str, &str)]| counted(name, count, table, terms);
    let used = ("使う値", super::super::USED);
    let mine = || dataset.indicators.iter().filter(|indicator| indicator.main().department == name);
    let mut cells = vec![
        Cell { header: true, ..Cell::text(label) },
        count(
            dataset.sources.iter().filter(|source| source.department == name).count(),
            sources::TABLE,
            &[("ブック", "<>"), ("結果", &format!("<>{}", sources::CARRIED))],
        ),
        count(mine().map(|indicator| indicator.main().figures.len()).sum(), details::TABLE, &[used]),
    ];
    let items = dataset.initiatives.iter().filter(|item| item.main().department == name).count();
    let subjects = [
        (Subject::Indicator, count(mine().count(), indicators::TABLE, &[used])),
        (Subject::Initiative, count(items, initiatives::TABLE, &[used])),
    ];
    for (subject, all) in subjects {
        cells.push(all);
        cells.extend(Verdict::ALL.map(|verdict| {
            let of =
                |one: &&Judgement| one.department == name && one.subject == subject && one.result == verdict;
            let number = dataset.judgements.iter().filter(of).count();
            let kind = ("種類", judgement_book::subject(subject));
            count(number, judgement_book::TABLE, &[kind, ("判定", &words::verdict(verdict))])
        }));
    }
    let open = dataset.findings.iter().filter(|finding| finding.department == name).count();
    cells.push(count(open, findings::TABLE, &[("コード", "<>")]));
    Row { cells }
}

/// `COUNTIFS(判定表[部局],$A9,判定表[種類],"指標")`. A name that COUNTIFS would take for a condition or a pattern gets
/// the number alone, and so does no name: programs differ in what they take for an empty cell.
fn counted(name: &str, count: usize, table: &str, terms: &[(&str, &str)]) -> Cell {
    if name.is_empty()
        || name.starts_with(['=', '<', '>'])
        || name.contains(['*', '?', '~', '＊', '？', '～'])
    {
        return Cell::count(count);
    }
    let start = Term::Text(format!("COUNTIFS({table}[部局],"));
    let terms: Vec<String> =
        terms.iter().map(|(column, words)| format!(",{table}[{column}],\"{words}\"")).collect();
    let terms = terms.concat();
    computed(count, Formula(vec![start, Term::Here(0), Term::Text(format!("{terms})"))]))
}

/// The sums of the columns.
fn total(rows: &[Row]) -> Row {
    let sum = |col: usize| {
        let numbers = rows.iter().filter_map(|row| row.cells.get(col)?.plain_text().parse::<usize>().ok());
        let terms = vec![Term::Text("SUM(".to_owned()), Term::Above(col), Term::Text(")".to_owned())];
        if rows.is_empty() { Cell::count(0) } else { computed(numbers.sum(), Formula(terms)) }
    };
    let label = Cell { header: true, ..Cell::text("全庁") };
    Row { cells: std::iter::once(label).chain((1..COLUMNS).map(sum)).collect() }
}
