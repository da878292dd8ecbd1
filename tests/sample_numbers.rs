//! Counts, rates and differences that the sample's months print, recomputed from `data/*.csv` with whole numbers only.

use std::collections::BTreeSet;

use calamine::{DataType, Reader};
use serde_json::Value;

use crate::facts::Row;
use crate::history::changes;
use crate::sample_months::{data, sheet};
use crate::support::Project;

fn has(rows: &[Row], column: &str, value: &str) -> usize {
    rows.iter().filter(|row| row[column] == value).count()
}

fn distinct(rows: &[Row], column: &str) -> usize {
    rows.iter().map(|row| row[column].as_str()).collect::<BTreeSet<_>>().len()
}

/// The whole numbers of a text, in their order.
fn numbers(text: &str) -> Vec<usize> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

/// The first line that begins with these words.
#[track_caller]
fn line<'t>(text: &'t str, start: &str) -> &'t str {
    text.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{start} is not in\n{text}"))
}

/// 実行結果.txt, manifest.json, 概要, 提出状況 and 差戻し of a month.
#[track_caller]
pub fn agree(project: &Project, month: &str) {
    let folder = project.path(&format!("reports/{month}"));
    let manifest = std::fs::read(folder.join("manifest.json")).expect("a manifest");
    let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    let inputs: BTreeSet<&str> =
        manifest["inputs"].as_array().expect("inputs").iter().filter_map(|i| i["path"].as_str()).collect();
    let [figures, items, findings] =
        ["indicators", "initiatives", "findings"].map(|name| data(project, month, name));
    let (now, before): (Vec<Row>, Vec<Row>) =
        figures.iter().cloned().partition(|row| inputs.contains(row["workbook"].as_str()));
    let read = ["read", "assumed", "unread"].map(|word| has(&now, "confidence", word));
    let severe = ["error", "warning", "note"].map(|word| has(&findings, "severity", word));
    let (indicators, initiatives) = (distinct(&figures, "indicator_id"), distinct(&items, "initiative_id"));

    let counts =
        |key: &str| manifest["counts"][key].as_u64().and_then(|n| usize::try_from(n).ok()).expect(key);
    let said = ["figures_read", "figures_assumed", "figures_unread", "figures_carried"].map(counts);
    assert_eq!(said, [read[0], read[1], read[2], before.len()], "{month}");
    assert_eq!(["errors", "warnings", "notes"].map(counts), severe, "{month}");
    let said = ["workbooks", "failed", "indicators", "initiatives"].map(counts);
    assert_eq!(said, [inputs.len(), 0, indicators, initiatives], "{month}");

    let page = std::fs::read_to_string(folder.join("実行結果.txt")).expect("the page");
    assert_eq!(numbers(line(&page, "エラー ")), severe, "{month}");
    assert_eq!(numbers(line(&page, "指標　")), [indicators], "{month}");
    assert_eq!(numbers(line(&page, "取組み　")), [initiatives], "{month}");
    let quoted =
        page.lines().skip_while(|line| !line.starts_with("数字　")).take_while(|l| !l.starts_with("取組み"));
    let quoted: Vec<usize> = quoted.map(|line| numbers(line)[0]).collect();
    let mut wanted = read.to_vec();
    wanted.extend((!before.is_empty()).then_some(before.len()));
    assert_eq!(quoted, wanted, "{month}");

    let book = folder.join("統合.xlsx");
    let mut opened: calamine::Xlsx<_> = calamine::open_workbook(&book).expect("a workbook");
    let cover = opened.worksheet_range("概要").expect("the cover");
    let told =
        cover.rows().map(|row| row[0].to_string()).find(|text| text.starts_with("指標の値")).expect("told");
    assert_eq!(numbers(&told), wanted, "{month}");
    let heading = opened.worksheet_range("提出状況").expect("the sheet");
    let told =
        heading.rows().map(|row| row[0].to_string()).find(|text| text.starts_with("求めた")).expect("told");
    let rows = sheet(&book, "提出状況", "部局");
    assert_eq!(numbers(&told)[0], rows.len());
    assert_eq!(numbers(line(&page, "求めたブック")), [rows.len()], "{month}");
    for part in told.split('　').skip(1) {
        let status = part.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
        let count = rows.iter().filter(|row| row["状況"].as_string().as_deref() == Some(status)).count();
        assert_eq!(numbers(part), [count], "{month}: {part}");
        let word = status.split_once(' ').expect("a mark and a word").1;
        assert_eq!(numbers(line(&page, word)), [count], "{month}: {word}");
    }
    let absent: usize =
        rows.iter().filter_map(|row| row["前回値：指標の値"].to_string().parse::<usize>().ok()).sum();
    assert_eq!(absent, before.len(), "{month}");
    let absent: usize =
        rows.iter().filter_map(|row| row["前回値：取組項目"].to_string().parse::<usize>().ok()).sum();
    let carried: Vec<Row> =
        items.iter().filter(|row| !inputs.contains(row["workbook"].as_str())).cloned().collect();
    assert_eq!(absent, carried.len(), "{month}");
    returns_agree(project, month, &findings);
}

/// How much each return sheet asks, and how much it leaves out.
fn returns_agree(project: &Project, month: &str, findings: &[Row]) {
    let folder = project.path(&format!("reports/{month}/差戻し"));
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("listed").path();
        if path.extension().is_none_or(|kind| kind != "xlsx") {
            continue;
        }
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let (department, division) = name.split_once('_').expect("a department and a division");
        let mut opened: calamine::Xlsx<_> = calamine::open_workbook(&path).expect("a workbook");
        let cells = opened.worksheet_range("差戻し").expect("the sheet");
        let told = cells.rows().map(|row| row[0].to_string()).find(|text| text.starts_with("確かめて"));
        let own =
            || findings.iter().filter(|row| row["department"] == department && row["division"] == division);
        let notes = own().filter(|row| row["severity"] == "note").count();
        let rows = sheet(&path, "差戻し", "No.");
        for (at, row) in rows.iter().enumerate() {
            assert_eq!(row["No."].to_string(), (at + 1).to_string());
            let of = |column: &str| row[&format!("hoshin:{column}")].to_string();
            let found = own().filter(|finding| {
                ["code", "workbook", "sheet", "cell"].iter().all(|column| finding[*column] == of(column))
            });
            assert_eq!(found.filter(|finding| finding["severity"] != "note").count(), 1, "{month} {name}");
        }
        let mut wanted = vec![rows.len()];
        wanted.extend((notes > 0).then_some(notes));
        assert_eq!(numbers(&told.expect("told")), wanted, "{month} {name}");
    }
}

/// A decimal as millionths.
fn millionths(text: &str) -> i64 {
    let (text, sign) = text.strip_prefix('-').map_or((text, 1), |rest| (rest, -1));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part = format!("{part:0<6}");
    assert!(part.len() == 6, "{text} has more than six decimals");
    sign * (whole.parse::<i64>().expect(text) * 1_000_000 + part.parse::<i64>().expect(text))
}

/// Every figure, share and judgement of the sheet 変化 is that of the two months' data.
#[track_caller]
pub fn changes_agree(project: &Project) {
    let months = ["2021-05", "2021-06", "2021-07", "2021-08", "2021-09"];
    let mut compared = 0;
    for pair in months.windows(2) {
        for row in changes(project, pair[1]).expect("the sheet") {
            let sides = [(pair[0], "then", "from"), (pair[1], "now", "to")];
            for (month, cell, side) in sides {
                compared += usize::from(side_agrees(project, month, &row, &row[cell], &row[side]));
            }
            // What is told as changed has changed, in the direction that it tells.
            if row["what"] == "進捗率" {
                let [from, to] = ["from", "to"].map(|side| millionths(row[side].trim_end_matches('%')));
                assert!(to - from > 0, "{row:?}");
            }
        }
    }
    assert!(compared > 40, "{compared}");
}

/// Whether there was something to compare.
#[track_caller]
fn side_agrees(project: &Project, month: &str, row: &Row, cell: &str, told: &str) -> bool {
    let same = |one: &&Row| one["department"] == row["department"];
    match &*row["what"] {
        "判定" => {
            let judged = data(project, month, "judgements");
            let judged = judged.iter().filter(same).find(|one| one["name"] == row["name"]);
            assert_eq!(judged.expect("judged")["result"], told, "{month} {row:?}");
            true
        }
        "進捗率" => {
            let items = data(project, month, "initiatives");
            let mut own = items.iter().filter(same).filter(|one| one["item"] == row["name"]);
            let percent = millionths(told.trim_end_matches('%'));
            assert!(
                own.any(|one| !one["progress"].is_empty() && millionths(&one["progress"]) == percent),
                "{row:?}"
            );
            true
        }
        "状況" => false,
        _ if told == "記載なし" => false,
        _ => {
            let parts: Vec<&str> = cell.split(" › ").collect();
            let figures = data(project, month, "indicators");
            let place = |one: &&Row| {
                [&one["workbook"], &one["sheet"], &one["cell"]].iter().zip(&parts).all(|(a, b)| *a == b)
            };
            let figure = figures.iter().find(place).expect("the figure");
            if figure["state"] == "value" {
                assert_eq!(
                    millionths(&figure["value"]),
                    millionths(told.trim_end_matches('%')),
                    "{month} {row:?}"
                );
            } else {
                assert_eq!(figure["raw"], told, "{month} {row:?}");
            }
            true
        }
    }
}
