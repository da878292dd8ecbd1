//! 統合.xlsx: 概要, 指標, 取組, 判定, 変化, 要確認, 出典, with true numbers and a link from each figure to its source cell.

use std::collections::BTreeSet;

use super::judgements::Judged;
use super::{as_of, change_book, figures, judgement_book, lists, submissions, words};
use crate::model::dataset::{Dataset, Source};
use crate::model::fiscal::{Eras, Period};
use crate::model::indicator::{Indicator, IndicatorSource, Slot};
use crate::model::initiative::{Initiative, InitiativeSource};
use crate::model::place::{CellRef, Place};
use crate::model::report::{Align, Book, BookSheet, Cell, Column, HeadCell, Row, Table, Value};
use crate::model::sheet::Format;

/// The consolidated workbook.
pub fn book(dataset: &Dataset, eras: &Eras) -> Book {
    Book {
        path: "統合.xlsx".to_owned(),
        title: format!("{}　指標・取組み　統合（{}）", dataset.city, as_of(dataset, eras)),
        author: dataset.publisher.clone(),
        as_of: dataset.as_of,
        sheets: [
            Some(overview(dataset, eras)),
            Some(indicators(dataset, eras)),
            Some(initiatives(dataset, eras)),
            Some(judgement_book::sheet(dataset, eras)),
            change_book::sheet(dataset, eras),
            submissions::sheet(dataset, eras),
            Some(findings(dataset)),
            Some(sources(dataset)),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

fn count(value: usize) -> Cell {
    let mut cell = Cell::text(value.to_string());
    cell.value = Some(Value::Number { value: value.into(), decimals: 0, percent: false });
    cell
}

fn column(width: u32, align: Align) -> Column {
    Column { width, align }
}

fn head(words: &[&str]) -> Vec<Vec<HeadCell>> {
    vec![words.iter().map(|text| HeadCell::one(*text, 1)).collect()]
}

fn overview(dataset: &Dataset, eras: &Eras) -> BookSheet {
    let rows = dataset.departments.iter().map(|department| {
        let name = department.name.as_str();
        let figures: usize = dataset
            .indicators
            .iter()
            .filter(|indicator| indicator.main().department == name)
            .map(|indicator| indicator.main().figures.len())
            .sum();
        let cells = vec![
            Cell::text(name),
            count(dataset.sources.iter().filter(|source| source.department == name).count()),
            count(dataset.indicators.iter().filter(|indicator| indicator.main().department == name).count()),
            count(figures),
            count(
                dataset.initiatives.iter().filter(|initiative| initiative.words().department == name).count(),
            ),
            count(dataset.findings.iter().filter(|finding| finding.department == name).count()),
        ];
        Row { cells }
    });
    let mut columns = vec![column(14, Align::Left)];
    columns.extend(std::iter::repeat_n(column(7, Align::Right), 5));
    let counts = dataset.counts();
    BookSheet {
        name: "概要".to_owned(),
        title: format!("{}　指標・取組みの統合", dataset.city),
        lines: vec![
            format!("{}　（{}現在で作成）", as_of(dataset, eras), eras.day(dataset.as_of)),
            format!(
                "指標の値：そのまま読んだ {}、仮定をおいた {}、未読 {}{}",
                counts.read,
                counts.assumed,
                counts.unread,
                words::carried_count(counts.carried).replace('　', "、")
            ),
            format!("{}各値のリンクから、原本の該当するセルを開けます。", standing(dataset)),
        ],
        landscape: false,
        frozen_cols: 1,
        entry: None,
        table: Table {
            summary: "部局ごとの件数".to_owned(),
            columns,
            head: head(&["部局", "ブック", "指標", "指標の値", "取組項目", "要確認"]),
            rows: rows.collect(),
            ..Table::default()
        },
    }
}

/// Whether the month is frozen, and which edition it is, in a sentence.
fn standing(dataset: &Dataset) -> String {
    let edition = match dataset.edition {
        0 => String::new(),
        number => format!("訂正{number}の版です。"),
    };
    let frozen = if dataset.frozen {
        "確定：この月は確定しています。"
    } else {
        "暫定：この月はまだ確定していません。"
    };
    format!("{frozen}{edition}")
}

fn indicators(dataset: &Dataset, eras: &Eras) -> BookSheet {
    let all = || dataset.indicators.iter().flat_map(|i| &i.sources).flat_map(|s| &s.figures);
    let slots: BTreeSet<(_, Slot)> = all().map(|figure| (figure.fiscal_year, figure.slot())).collect();
    let slots: Vec<Slot> = slots.into_iter().map(|(_, slot)| slot).collect();
    let fixed = [
        ("部局", 9),
        ("課", 9),
        ("指標", 20),
        ("単位", 5),
        ("よい方向", 6),
        ("判定", 7),
        ("使う値", 4),
        ("出典", 14),
    ];
    let mut columns: Vec<Column> = fixed.iter().map(|(_, width)| column(*width, Align::Left)).collect();
    columns.extend(slots.iter().map(|_| column(6, Align::Right)));
    columns.push(column(8, Align::Left));
    let mut years: Vec<HeadCell> = fixed.iter().map(|(text, _)| HeadCell::one(*text, 2)).collect();
    for (index, slot) in slots.iter().enumerate() {
        match years.last_mut().filter(|_| index > 0 && slots[index - 1].time(eras) == slot.time(eras)) {
            Some(last) => last.cols += 1,
            None => years.push(HeadCell::one(slot.time(eras), 1)),
        }
    }
    years.push(HeadCell::one("指標ID", 2));
    let kinds = slots.iter().map(|slot| HeadCell::one(slot.kind.label(), 1)).collect();
    let judged = Judged::of(dataset);
    let rows = dataset.indicators.iter().flat_map(|indicator| {
        let slots = &slots;
        let verdict = verdict(&judged, &indicator.id);
        indicator
            .sources
            .iter()
            .enumerate()
            .map(move |(index, source)| indicator_row(indicator, index, source, slots, &verdict))
    });
    BookSheet {
        name: "指標".to_owned(),
        title: "指標".to_owned(),
        lines: vec!["△はマイナスです。値のセルから原本の該当するセルを開けます。".to_owned()],
        landscape: true,
        frozen_cols: 3,
        entry: None,
        table: Table {
            summary: "指標の値".to_owned(),
            columns,
            head: vec![years, kinds],
            rows: rows.collect(),
            ..Table::default()
        },
    }
}

/// `◎ 達成`; empty for what is not judged.
fn verdict(judged: &Judged<'_>, id: &str) -> String {
    judged.get(id).map_or_else(String::new, |judgement| words::verdict(judgement.result))
}

fn indicator_row(
    indicator: &Indicator,
    index: usize,
    source: &IndicatorSource,
    slots: &[Slot],
    verdict: &str,
) -> Row {
    let unit = source.unit.as_ref().map_or("", |unit| unit.0.as_str());
    let used = if index == indicator.primary { "○" } else { "" };
    let mut cells: Vec<Cell> =
        [&source.department, &source.division, &source.name].map(|text| Cell::text(text.as_str())).to_vec();
    cells.extend([unit, words::polarity(source.polarity), verdict, used].map(Cell::text));
    let mut origin = Cell::text(origin(&source.place, source.carried_from));
    origin.link = Some(source.place.clone());
    cells.push(origin);
    cells.extend(slots.iter().map(|slot| {
        let figure = source.figures.iter().find(|figure| figure.slot() == *slot);
        figure.map_or_else(|| Cell::text(""), |figure| figures::book_cell(figure, source))
    }));
    cells.push(Cell::text(&indicator.id));
    Row { cells }
}

/// Where a source stands; of an earlier month (前回値) with that month in front.
fn origin(place: &Place, carried_from: Option<Period>) -> String {
    match carried_from {
        Some(from) => format!("前回値（{}年{}月）{place}", from.year, from.month),
        None => place.to_string(),
    }
}

fn initiatives(dataset: &Dataset, eras: &Eras) -> BookSheet {
    let fixed = [
        ("部局", 9, Align::Left),
        ("課", 9, Align::Left),
        ("番号", 4, Align::Center),
        ("細事業名", 16, Align::Left),
        ("項目番号", 4, Align::Center),
        ("具体的な取組項目", 26, Align::Left),
        ("状況", 7, Align::Left),
        ("判定", 7, Align::Left),
        ("方向性", 5, Align::Left),
        ("進捗率", 5, Align::Right),
        ("期限", 7, Align::Left),
        ("期限（原文）", 8, Align::Left),
        ("課のコメント", 16, Align::Left),
        ("位置づけ", 8, Align::Left),
        ("使う値", 4, Align::Center),
        ("出典", 14, Align::Left),
        ("取組ID", 8, Align::Left),
    ];
    let judged = Judged::of(dataset);
    let rows = dataset.initiatives.iter().flat_map(|initiative| {
        let sources = initiative.sources.iter().enumerate();
        let verdict = verdict(&judged, &initiative.id);
        sources.map(move |(index, source)| initiative_row(initiative, index, source, &verdict, eras))
    });
    BookSheet {
        name: "取組".to_owned(),
        title: "取組み".to_owned(),
        lines: vec![
            "「状況」は課の書いたもの、「判定」は規則による計算です（シート「判定」に根拠）。".to_owned(),
        ],
        landscape: true,
        frozen_cols: 4,
        entry: None,
        table: Table {
            summary: "取組項目の状況".to_owned(),
            columns: fixed.iter().map(|(_, width, align)| column(*width, *align)).collect(),
            head: head(&fixed.map(|(text, ..)| text)),
            rows: rows.collect(),
            ..Table::default()
        },
    }
}

fn initiative_row(
    initiative: &Initiative,
    index: usize,
    source: &InitiativeSource,
    verdict: &str,
    eras: &Eras,
) -> Row {
    let status = source.status.map_or_else(String::new, words::status);
    let mut progress =
        Cell::text(source.progress.map_or_else(String::new, |p| format!("{}%", p.normalize())));
    let scale = |value: rust_decimal::Decimal| value.normalize().scale();
    progress.value =
        source.progress.map(|value| Value::Number { value, decimals: scale(value), percent: true });
    let mut due = Cell::text(words::due(&source.due, "", eras));
    due.value = source.due.parse().ok().map(Value::Date);
    let mut origin = Cell::text(origin(&source.place, source.carried_from));
    origin.link = Some(source.place.clone());
    let mut status = Cell::text(status);
    status.link = source.status_cell.map(|cell| Place { cell, ..source.place.clone() });
    let item_no = if source.item_no == 0 { String::new() } else { source.item_no.to_string() };
    let kind = if initiative.added_by_division { "課の追加項目" } else { "" };
    let used = if index == initiative.primary { "○" } else { "" };
    let texts = |list: &[&str]| list.iter().map(|text| Cell::text(*text)).collect::<Vec<_>>();
    let mut cells = texts(&[
        &source.department,
        &source.division,
        &source.number,
        &source.program,
        &item_no,
        &source.item,
    ]);
    cells.push(status);
    cells.extend(texts(&[verdict, source.direction.map_or("", words::direction)]));
    cells.extend([progress, due]);
    cells.extend(texts(&[&source.due_raw, &source.comment, kind, used]));
    cells.push(origin);
    cells.extend(texts(&[&initiative.id]));
    Row { cells }
}

fn findings(dataset: &Dataset) -> BookSheet {
    let fixed = [
        ("重要度", 5),
        ("コード", 10),
        ("部局", 9),
        ("課", 9),
        ("内容", 30),
        ("直し方", 30),
        ("原文", 12),
        ("読み方", 12),
        ("場所", 18),
    ];
    let rows = dataset.findings.iter().map(|finding| {
        let place = [finding.workbook.clone(), lists::place(finding)];
        let mut place =
            Cell::text(place.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" › "));
        place.link = (!finding.workbook.is_empty() && !finding.sheet.is_empty()).then(|| Place {
            workbook: finding.workbook.as_str().into(),
            sheet: finding.sheet.as_str().into(),
            cell: finding.cell.unwrap_or(CellRef::new(0, 0)),
        });
        let texts: [&str; 8] = [
            finding.severity.label(),
            finding.code.as_str(),
            &finding.department,
            &finding.division,
            &finding.message,
            &finding.cure,
            &finding.raw,
            &finding.reading,
        ];
        Row { cells: texts.into_iter().map(Cell::text).chain([place]).collect() }
    });
    BookSheet {
        name: "要確認".to_owned(),
        title: "要確認".to_owned(),
        lines: vec!["直すのは課のブックです。直したら、もう一度実行してください。".to_owned()],
        landscape: true,
        frozen_cols: 0,
        entry: None,
        table: Table {
            summary: "確認が必要なことの一覧".to_owned(),
            columns: fixed.iter().map(|(_, width)| column(*width, Align::Left)).collect(),
            head: head(&fixed.map(|(text, _)| text)),
            rows: rows.collect(),
            ..Table::default()
        },
    }
}

/// What the sheet 出典 lists.
const SOURCES: &str = "この月に読んだすべてのブックです。中身は 原本 フォルダーにそのまま残しています。";

fn sources(dataset: &Dataset) -> BookSheet {
    let fixed = [
        ("ブック", 26),
        ("部局", 9),
        ("課", 9),
        ("形式", 5),
        ("大きさ（バイト）", 8),
        ("指標の値", 6),
        ("取組項目", 6),
        ("結果", 8),
        ("SHA-256", 34),
    ];
    let own = dataset.sources.iter().map(|source| (source, false));
    let earlier = dataset.carried_sources.iter().map(|source| (source, true));
    BookSheet {
        name: "出典".to_owned(),
        title: "出典".to_owned(),
        lines: vec![SOURCES.to_owned()],
        landscape: true,
        frozen_cols: 1,
        entry: None,
        table: Table {
            summary: "読んだブックの一覧".to_owned(),
            columns: fixed.iter().map(|(_, width)| column(*width, Align::Left)).collect(),
            head: head(&fixed.map(|(text, _)| text)),
            rows: own.chain(earlier).map(|(source, carried)| source_row(source, carried)).collect(),
            ..Table::default()
        },
    }
}

/// A workbook that was read, or one of an earlier month whose values stand in.
fn source_row(source: &Source, carried: bool) -> Row {
    let mut book = Cell::text(&source.workbook);
    book.link = (!source.archive.is_empty()).then(|| Place {
        workbook: source.workbook.as_str().into(),
        sheet: "".into(),
        cell: CellRef::new(0, 0),
    });
    let format = source.format.map_or("", Format::extension);
    let mut size = Cell::text(source.size.to_string());
    size.value = Some(Value::Number { value: source.size.into(), decimals: 0, percent: false });
    Row {
        cells: vec![
            book,
            Cell::text(&source.department),
            Cell::text(&source.division),
            Cell::text(format),
            size,
            count(source.figures),
            count(source.initiatives),
            Cell::text(if carried { "前回値の台帳" } else { lists::outcome(source.outcome) }),
            Cell::text(&source.sha256),
        ],
    }
}
