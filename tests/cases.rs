//! Golden cases: a workbook written down as text, the facts that a person reads in it, and what must be remarked on it.
//!
//! `tests/cases/NAME/book.txt` is the workbook. `file: 土木部/道路課.xlsx` names it, `sheet: 名` begins a sheet, and each
//! line that starts with `|` is a row. Another `file:` begins another workbook, whose figures `indicators.csv` leaves out.
//!
//!
//! - `| 指標名 | ^ | < |`: `<` belongs to the merged range to its left, `^` to that above; `\n` is a line break in a cell;
//! - `12.5` is a number, `'12.5` a text, `@2021-04-01` a date, `=B2*2 -> 10` a formula with its value, `=B2*2 ->` one that
//!   was never calculated, `=B2 -> #REF!` an error;
//! - behind a cell, `{0.0%}` is its number format, `{struck}` strikes it out, `{comment: 決算待ち}` pins a comment to it,
//!   `{ink: FF0000}` colours its text and `{ground: FFFF00}` its background;
//! - `h|` begins a hidden row, `hidden: C E` names hidden columns, `hidden-sheet: 名` begins a hidden sheet.
//!
//! `indicators.csv` holds the figures as `data/indicators.csv` should, `findings.csv` (`code,sheet,cell`) all findings but
//! notes that lie on no figure.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use hoshin::config;
use hoshin::console::Progress;
use hoshin::discover::{Request, input_folder};
use hoshin::model::fiscal::Period;
use hoshin::model::passwords::Passwords;
use hoshin::pipeline::{Settings, month};
use hoshin::project::Project;
use hoshin::templates::Templates;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, Formula, Note, Workbook, Worksheet};

use crate::facts::{Row, compare, rows};
use crate::support::checkout;

/// One cell as the text describes it.
#[derive(Debug, Clone, Default)]
struct Entry {
    text: String,
    format: Option<String>,
    struck: bool,
    comment: Option<String>,
    ink: Option<String>,
    ground: Option<String>,
}

fn entry(text: &str) -> Entry {
    let mut entry = Entry { text: text.trim().to_owned(), ..Entry::default() };
    while let Some((front, note)) = entry.text.strip_suffix('}').and_then(|text| text.rsplit_once('{')) {
        let (front, note) = (front.trim().to_owned(), note.to_owned());
        if note == "struck" {
            entry.struck = true;
        } else if let Some(comment) = note.strip_prefix("comment: ") {
            entry.comment = Some(comment.to_owned());
        } else if let Some(colour) = note.strip_prefix("ink: ") {
            entry.ink = Some(colour.to_owned());
        } else if let Some(colour) = note.strip_prefix("ground: ") {
            entry.ground = Some(colour.to_owned());
        } else {
            entry.format = Some(note);
        }
        entry.text = front;
    }
    entry.text = entry.text.replace("\\n", "\n");
    entry
}

fn rgb(text: &str) -> Color {
    Color::RGB(u32::from_str_radix(text, 16).expect("a colour"))
}

fn put(sheet: &mut Worksheet, at: (u32, u16), entry: &Entry) {
    let mut format = Format::new();
    if let Some(code) = &entry.format {
        format = format.set_num_format(code);
    }
    if entry.struck {
        format = format.set_font_strikethrough();
    }
    if let Some(colour) = &entry.ink {
        format = format.set_font_color(rgb(colour));
    }
    if let Some(colour) = &entry.ground {
        format = format.set_background_color(rgb(colour));
    }
    let (row, col) = at;
    let written = if let Some(text) = entry.text.strip_prefix('\'') {
        sheet.write_string_with_format(row, col, text, &format)
    } else if let Some(day) = entry.text.strip_prefix('@') {
        let format = if entry.format.is_none() { format.set_num_format("yyyy/m/d") } else { format };
        sheet.write_datetime_with_format(
            row,
            col,
            ExcelDateTime::parse_from_str(day).expect("a day"),
            &format,
        )
    } else if let Some((formula, result)) =
        entry.text.strip_prefix('=').and_then(|text| text.split_once("->"))
    {
        let formula = Formula::new(format!("={}", formula.trim()));
        let formula = if result.trim().is_empty() { formula } else { formula.set_result(result.trim()) };
        sheet.write_formula_with_format(row, col, formula, &format)
    } else if let Ok(number) = entry.text.parse::<f64>() {
        sheet.write_number_with_format(row, col, number, &format)
    } else {
        sheet.write_string_with_format(row, col, &entry.text, &format)
    };
    written.expect("within the sheet");
    if let Some(comment) = &entry.comment {
        sheet.insert_note(row, col, &Note::new(comment)).expect("within the sheet");
    }
}

/// Writes the rows of one sheet: merged ranges first, then their content over them.
fn fill(sheet: &mut Worksheet, grid: &[Vec<Entry>]) {
    let at = |row: usize, col: usize| {
        grid.get(row).and_then(|row: &Vec<Entry>| row.get(col)).map_or("", |e| e.text.as_str())
    };
    for (row, entries) in grid.iter().enumerate() {
        for (col, entry) in entries.iter().enumerate().filter(|(_, e)| {
            !matches!(e.text.as_str(), "<" | "^") && (!e.text.is_empty() || e.comment.is_some())
        }) {
            let wide = (col + 1..entries.len()).take_while(|col| at(row, *col) == "<").count();
            let tall = (row + 1..grid.len()).take_while(|row| at(*row, col) == "^").count();
            let cell = (u32::try_from(row).expect("small"), u16::try_from(col).expect("small"));
            if wide + tall > 0 {
                let end =
                    (u32::try_from(row + tall).expect("small"), u16::try_from(col + wide).expect("small"));
                sheet.merge_range(cell.0, cell.1, end.0, end.1, "", &Format::new()).expect("free");
            }
            put(sheet, cell, entry);
        }
    }
}

/// A sheet: its name, its rows, its hidden columns and its other marks.
#[derive(Default)]
struct Described {
    name: String,
    hidden: bool,
    grid: Vec<Vec<Entry>>,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<String>,
}

/// The workbooks that a text describes.
fn books(text: &str) -> Vec<(String, Vec<u8>)> {
    let mut parts: Vec<String> = Vec::new();
    for line in text.lines() {
        if parts.is_empty() || line.starts_with("file: ") && parts.iter().any(|part| part.contains("file: "))
        {
            parts.push(String::new());
        }
        let part = parts.last_mut().expect("a workbook");
        part.push_str(line);
        part.push('\n');
    }
    parts.iter().map(|part| book(part)).collect()
}

/// The path and the bytes of the workbook that a text describes.
pub fn book(text: &str) -> (String, Vec<u8>) {
    let (mut file, mut book) = (String::new(), Workbook::new());
    let mut sheets: Vec<Described> = Vec::new();
    for line in text.lines() {
        if let Some(path) = line.strip_prefix("file: ") {
            path.clone_into(&mut file);
        } else if let Some(name) = line.strip_prefix("sheet: ") {
            sheets.push(Described { name: name.to_owned(), ..Described::default() });
        } else if let Some(name) = line.strip_prefix("hidden-sheet: ") {
            sheets.push(Described { name: name.to_owned(), hidden: true, ..Described::default() });
        } else if let Some(columns) = line.strip_prefix("hidden: ") {
            sheets.last_mut().expect("a sheet").hidden_columns.extend(columns.split(' ').map(str::to_owned));
        } else if let Some(cells) = line.strip_prefix('|').or_else(|| line.strip_prefix("h|")) {
            let Described { grid, hidden_rows, .. } = sheets.last_mut().expect("a sheet");
            if line.starts_with('h') {
                hidden_rows.push(u32::try_from(grid.len()).expect("small"));
            }
            let cells = cells.trim_end().strip_suffix('|').unwrap_or(cells);
            grid.push(cells.split('|').map(entry).collect());
        }
    }
    for Described { name, hidden, grid, hidden_rows, hidden_columns } in &sheets {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        sheet.set_hidden(*hidden);
        fill(sheet, grid);
        for row in hidden_rows {
            sheet.set_row_hidden(*row).expect("within the sheet");
        }
        for column in hidden_columns {
            let letter = column.bytes().next().expect("a letter");
            sheet.set_column_hidden(u16::from(letter - b'A')).expect("within the sheet");
        }
    }
    (file, book.save_to_buffer().expect("a workbook"))
}

/// The project of the cases: `tests/cases/hoshin.toml` with the built-in words.
pub fn project() -> Project {
    let text = std::fs::read_to_string(checkout("tests/cases/hoshin.toml")).expect("the cases' hoshin.toml");
    let config = config::parse(&text, "hoshin.toml").expect("valid");
    Project::new((config, text), Templates::embedded(), Passwords::default(), "hoshin.toml").expect("valid")
}

/// Reads a folder as the month 2021-05 and leaves `data/` in another.
pub fn read_into(project: &Project, input: &Path, data: &Path) {
    let period: Period = "2021-05".parse().expect("a month");
    let request = Request {
        input: Some(input),
        root: Path::new(""),
        period,
        default: period,
        late: false,
        reports: data,
    };
    let settings = Settings {
        project: project.clone(),
        input: input_folder(&request).expect("a folder"),
        period,
        as_of: chrono::NaiveDate::from_ymd_opt(2021, 6, 10).expect("a day"),
        late: false,
        correcting: None,
        jobs: None,
        apart: None,
        compose: false,
        cache: None,
        keeper: None,
        progress: Progress::silent(),
    };
    let month = month(&settings).expect("a month");
    for (path, bytes) in hoshin::export::tables(&month.dataset).expect("written") {
        let path = data.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("written");
    }
}

type Remark = (String, String, String);

fn remarks(rows: Vec<Row>, counts: impl Fn(&Row) -> bool) -> BTreeMap<Remark, usize> {
    let mut counted = BTreeMap::new();
    for row in rows.into_iter().filter(counts) {
        *counted.entry((row["code"].clone(), row["sheet"].clone(), row["cell"].clone())).or_default() += 1;
    }
    counted
}

/// What is wrong with a case; nothing where all is as it was written down.
fn problems(case: &Path, project: &Project) -> Vec<String> {
    let text = std::fs::read_to_string(case.join("book.txt")).expect("book.txt");
    let folder = tempfile::tempdir().expect("a folder");
    let paths = books(&text).into_iter().map(|(file, bytes)| {
        let path = folder.path().join("input").join(&file);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, bytes).expect("written");
        path
    });
    let paths: Vec<PathBuf> = paths.collect();
    let input = paths.first().expect("a workbook");
    read_into(project, &folder.path().join("input"), folder.path());
    let data = folder.path().join("data");
    let stem = input.file_stem().expect("a name").to_string_lossy().into_owned();
    let facts = rows(&case.join("indicators.csv"));
    let found = rows(&data.join("indicators.csv"));
    let mut problems = Vec::new();
    if facts.is_empty() && !found.is_empty() {
        problems.extend(found.iter().map(|row| format!("invented: {row:?}")));
    }
    problems.extend(compare(&stem, &[("indicators", facts)], &data).lines);
    let figures: BTreeSet<_> = found.iter().map(|row| (row["sheet"].clone(), row["cell"].clone())).collect();
    let told = remarks(rows(&data.join("findings.csv")), |_| true);
    let loud = remarks(rows(&data.join("findings.csv")), |row| {
        row["severity"] != "note" || figures.contains(&(row["sheet"].clone(), row["cell"].clone()))
    });
    let expected = remarks(rows(&case.join("findings.csv")), |_| true);
    for (remark, count) in &expected {
        if told.get(remark) != Some(count) {
            problems.push(format!("not remarked {count} times: {remark:?}"));
        }
    }
    problems.extend(
        loud.keys()
            .filter(|remark| !expected.contains_key(*remark))
            .map(|remark| format!("false alarm: {remark:?}")),
    );
    problems
}

/// The folders of cases that have a workbook.
fn cases() -> Vec<PathBuf> {
    let folders = std::fs::read_dir(checkout("tests/cases"))
        .expect("the cases")
        .map(|entry| entry.expect("listed").path());
    let mut cases: Vec<PathBuf> = folders.filter(|path| path.join("book.txt").exists()).collect();
    cases.sort();
    cases
}

#[test]
fn every_layout_is_read() {
    let only = std::env::var("CASE").unwrap_or_default();
    let (project, mut all) = (project(), Vec::new());
    for case in cases() {
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        let problems = if name.contains(&only) { problems(&case, &project) } else { Vec::new() };
        all.extend(problems.into_iter().map(|problem| format!("{name}: {problem}")));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// Public workbooks of other kinds: statistics, forms, lists of places. None holds an indicator.
#[test]
fn nothing_is_invented_in_public_workbooks() {
    let corpus = checkout("../shared/corpus/real");
    if !corpus.exists() {
        eprintln!("skipped: ../shared is missing");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    read_into(&project(), &corpus, folder.path());
    let figures = rows(&folder.path().join("data/indicators.csv"));
    assert!(figures.is_empty(), "{figures:?}");
}

/// In one line, what each of them is taken for; the largest (02) is left to the test above for its time.
#[test]
fn public_workbooks_are_told_apart_in_one_line() {
    let corpus = checkout("../shared/corpus/real");
    if !corpus.exists() {
        eprintln!("skipped: ../shared is missing");
        return;
    }
    let table = "一覧表・統計表のブック";
    let expected = [
        ("11_takamatsu_wellbeing_2row_header.xlsx", table),
        ("12_takamatsu_evacuation_marks.xlsx", table),
        ("13_takamatsu_moving_metadata_rows.xlsx", table),
        ("14_takamatsu_city_tax_r6.xlsx", table),
        ("15_takamatsu_org_list_r8.xlsx", table),
        ("18_cityform_rinji_unko_3sheets.xls", "様式（2シート）・文章（1シート）のブック"),
        ("19_cityform_kaigo_grid.xlsx", "様式のブック"),
        ("20_cityform_shindansho_172merges.xlsx", "様式のブック"),
        ("22_xlsmapper_horizontal_records.xlsx", "一覧表・統計表（15シート）・様式（1シート）のブック"),
        ("24_cell_formats_wareki.xlsx", "一覧表・統計表（11シート）・様式（3シート）のブック"),
        ("25_ja_worklist_status.xls", table),
        ("25_ja_worklist_status.xlsb", table),
    ];
    for (file, words) in expected {
        let path = corpus.join(file).display().to_string();
        let out =
            crate::support::Project::bare().run_words(&["inspect", "--format", "json", &path]).exits(0).out;
        let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        let told = format!("{words}（指標も取組みもない）：値は取り込みません");
        assert_eq!(report["taken_for"], told.as_str(), "{file}");
    }
}
