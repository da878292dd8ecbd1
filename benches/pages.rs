//! How long a long table takes to be set and written, and how much memory: `cargo bench --bench pages` prints pages
//! per second on one core (at least 200), before that the most memory held (below 1 MB a page).

use std::io::Write;
use std::sync::LazyLock;

use chrono::NaiveDate;
use divan::Bencher;
use divan::counter::ItemsCount;
use hoshin::model::report::{Align, Block, Cell, Column, Document, HeadCell, Para, Row, Table};
use hoshin::pdf::{Anchors, Fonts, Rendered, Theme, render};

/// Rows of the table.
const SIZES: [usize; 2] = [1_000, 10_000];

static FONTS: LazyLock<Option<Fonts>> = LazyLock::new(|| {
    let regular = &include_bytes!("../templates/fonts/BIZUDGothic-Regular.ttf")[..];
    let bold = &include_bytes!("../templates/fonts/BIZUDGothic-Bold.ttf")[..];
    Fonts::new(regular, bold).ok()
});

fn main() {
    let mut out = std::io::stdout();
    for rows in SIZES {
        let pages = set(&document(rows)).map_or(0, |rendered| rendered.pages);
        // A closed pipe is no failure of the measurement.
        let _ = writeln!(out, "{rows} rows: {pages} pages, {} MB at most", peak() / 1024);
    }
    divan::main();
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn pages(bencher: Bencher, rows: usize) {
    let document = document(rows);
    let count = set(&document).map_or(0, |rendered| rendered.pages);
    bencher.counter(ItemsCount::new(count)).bench(|| set(&document));
}

fn set(document: &Document) -> Option<Rendered> {
    let theme = Theme::parse(include_str!("../templates/theme.toml")).ok()?;
    render(document, &theme, FONTS.as_ref()?, &Anchors::new()).ok()
}

/// The most memory that the process held so far, in KiB; 0 where the system does not tell.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

/// Six columns, one or two lines a cell.
fn document(rows: usize) -> Document {
    let column = |width, align| Column { width, align };
    let columns = vec![
        column(4, Align::Center),
        column(12, Align::Left),
        column(8, Align::Left),
        column(6, Align::Right),
        column(6, Align::Left),
        column(14, Align::Left),
    ];
    let words = ["番号", "取組項目", "担当課", "予算額（千円）", "状況", "コメント"];
    let table = Table {
        summary: "取組項目の一覧".to_owned(),
        columns,
        head: vec![words.iter().map(|word| HeadCell::one(*word, 1)).collect()],
        rows: (0..rows).map(row).collect(),
        ..Table::default()
    };
    Document {
        path: "一覧.pdf".to_owned(),
        department: String::new(),
        title: "取組項目の一覧".to_owned(),
        subtitle: String::new(),
        author: "見本市".to_owned(),
        running_title: "取組項目の一覧".to_owned(),
        markings: vec!["内部資料".to_owned()],
        footer: "見本市".to_owned(),
        as_of: NaiveDate::from_ymd_opt(2021, 5, 31).unwrap_or_default(),
        paper: None,
        look: String::new(),
        blocks: vec![Block::Table(table)],
    }
}

fn row(at: usize) -> Row {
    const DIVISIONS: [&str; 5] = ["政策創造課", "企画財政課", "広報広聴課", "参画協働課", "病院改革推進課"];
    const VERDICTS: [&str; 4] = ["◎ 達成", "○ 順調", "▼ やや遅れ", "× 遅れ"];
    let of = |all: &[&str]| all.get(at % all.len()).copied().unwrap_or_default().to_owned();
    Row {
        cells: vec![
            Cell { header: true, ..Cell::text((at + 1).to_string()) },
            Cell::text(format!("第{}次行財政改革の取組その{}", at % 7 + 1, at + 1)),
            Cell::text(of(&DIVISIONS)),
            Cell::text(format!("{},{:03}", at % 900 + 1, at * 7 % 1000)),
            Cell::paras(vec![Para::strong(of(&VERDICTS))]),
            Cell::text(format!("相手方と協議中。{}月に結果を公表する。", at % 12 + 1)),
        ],
    }
}
