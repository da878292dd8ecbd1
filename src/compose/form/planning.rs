//! The planning section's own forms: 補正.xlsx (corrected figures) and 総括.xlsx (comments for the documents).

use super::{Field, choice, text};
use crate::amend::{Purpose, TODAY, WHOLE_CITY};
use crate::compose::reporting;
use crate::model::book::{Book, BookSheet};
use crate::model::dataset::Dataset;
use crate::model::entry::{Input, Rule};
use crate::model::fiscal::Eras;
use crate::model::indicator::{Figure, IndicatorSource};
use crate::model::report::{Align, Cell, Row};

/// Rows to fill in: more corrections than these are work for the divisions.
const ROWS: usize = 40;
/// Lines of text that a comment has room for.
const ROOM: u32 = 6;
/// How many of the heads of 補正.xlsx tell one figure from another.
const KEYS: usize = 4;

/// Both forms, for the month's departments and figures.
pub fn planning(dataset: &Dataset, eras: &Eras) -> [Book; 2] {
    let figures = vec![corrections(dataset), today(dataset, eras)];
    [book(Purpose::Figures, figures, dataset), book(Purpose::Remarks, vec![remarks(dataset)], dataset)]
}

fn book(purpose: Purpose, sheets: Vec<BookSheet>, dataset: &Dataset) -> Book {
    Book {
        path: format!("{}.xlsx", purpose.stem()),
        title: format!("{}の様式", purpose.stem()),
        author: dataset.publisher.clone(),
        as_of: dataset.as_of,
        sheets,
        ..Book::default()
    }
}

/// Where a form belongs.
fn whereto(purpose: Purpose, dataset: &Dataset) -> String {
    format!(
        "書き終わったら、名前を {}.xlsx のまま、その月の入力フォルダー（input/{} など）のいちばん上に置いて実行してください。",
        purpose.stem(),
        dataset.period
    )
}

fn corrections(dataset: &Dataset) -> BookSheet {
    let heads = Purpose::Figures.heads();
    let fields = heads.into_iter().zip(fields(dataset)).map(|(heading, (width, align, note, input))| Field {
        align,
        ..Field::open(heading, width, note, input)
    });
    let fields: Vec<Field> = fields.collect();
    let blank = || Row { cells: fields.iter().map(|_| Cell::text("")).collect() };
    let rows = std::iter::repeat_with(blank).take(ROWS).collect();
    let title = "補正：台帳の値を置き換える".to_owned();
    let mut sheet = super::sheet(Purpose::Figures.stem().to_owned(), title, fields, rows);
    sheet.lines.extend([
        format!("置き換える値ごとに1行ずつ書きます。部局から旧までは、シート「{TODAY}」から写せます。"),
        "旧には、いま台帳に書かれているとおりの値を書きます。台帳が直って旧の値でなくなると、その補正は使わず、お知らせします。".to_owned(),
        "報告書には「補正」と印刷し、元の値・理由・補正した人を脚注に示します。台帳が直ったら、その行を消してください。".to_owned(),
        whereto(Purpose::Figures, dataset),
    ]);
    sheet
}

/// Width, alignment, note and input rule of each column, in the order of the heads.
fn fields(dataset: &Dataset) -> [(u32, Align, &'static str, Input); 9] {
    let departments: Vec<&str> = dataset.departments.iter().map(|it| it.name.as_str()).collect();
    let divisions: Vec<&str> =
        dataset.departments.iter().flat_map(|it| &it.divisions).map(|it| it.name.as_str()).collect();
    let day = Input {
        rule: Rule::Date,
        strict: false,
        prompt: "2021/6/4 のような日付を書いてください。".to_owned(),
        error: "日付ではありません。このまま入れますか。".to_owned(),
    };
    let figure = "書いたままの文字で読みます（59.0、59%、△53、作業中 など）。";
    [
        (8, Align::Left, "値を報告した部局。", choice(&departments, "一覧から選んでください。")),
        (
            8,
            Align::Left,
            "同じ名前の指標が複数の課にあるときは、必ず書きます。",
            choice(&divisions, "分かれば書いてください。"),
        ),
        (16, Align::Left, "台帳にあるとおりの名前。", text("")),
        (
            9,
            Align::Left,
            "R2実績、R3目標 のように、年度と種類を書きます。",
            text("例：R2実績、R3 5月累計実績"),
        ),
        (7, Align::Right, "いま台帳に書かれている値。台帳で空白のときは、空けておきます。", text(figure)),
        (7, Align::Right, "置き換える値。単位は台帳と同じにします。", text(figure)),
        (16, Align::Left, "報告書の脚注に印刷します。必ず書きます。", text("")),
        (9, Align::Left, "報告書の脚注に印刷します。必ず書きます。", text("")),
        (8, Align::Left, "必ず書きます。", day),
    ]
}

/// What the workbooks say, to copy from. Without the other headers it is never taken for corrections.
fn today(dataset: &Dataset, eras: &Eras) -> BookSheet {
    let heads = Purpose::Figures.heads();
    let widths = [10, 10, 20, 12];
    let mut fields: Vec<Field> =
        heads.into_iter().take(KEYS).zip(widths).map(|(head, width)| Field::fixed(head, width, "")).collect();
    fields.push(Field {
        align: Align::Right, ..Field::fixed(TODAY, 10, "台帳に書かれているとおりの値。")
    });
    let mut rows = Vec::new();
    for indicator in &dataset.indicators {
        let others = indicator.sources.iter().enumerate().filter(|(index, _)| *index != indicator.primary);
        let mut told: Vec<&Figure> = Vec::new();
        for source in std::iter::once(indicator.main()).chain(others.map(|(_, source)| source)) {
            for figure in source.figures.iter().filter(|figure| is_open(figure)) {
                if !told.iter().any(|other| agree(other, figure)) {
                    told.push(figure);
                    rows.push(row(source, figure, eras));
                }
            }
        }
    }
    let mut sheet = super::sheet(TODAY.to_owned(), "今の値：台帳に書かれている値".to_owned(), fields, rows);
    sheet.lines = vec![format!(
        "このシートは写すためのもので、読み込みません。シート「{}」へ写してください。",
        Purpose::Figures.stem()
    )];
    sheet
}

/// Whether this month's workbooks have the figure, and a row could name it.
fn is_open(figure: &Figure) -> bool {
    let added = figure.amendment.as_ref().is_some_and(|amendment| amendment.old.is_empty());
    figure.fiscal_year.is_some() && figure.carried_from.is_none() && !added
}

/// Whether two figures of an indicator are one to those who correct it: one row replaces both.
fn agree(one: &Figure, other: &Figure) -> bool {
    let words = |figure: &Figure| figure.quantity.is_none().then(|| figure.raw.trim().to_owned());
    one.slot() == other.slot()
        && (one.state, &one.quantity) == (other.state, &other.quantity)
        && words(one) == words(other)
}

fn row(source: &IndicatorSource, figure: &Figure, eras: &Eras) -> Row {
    let label = figure.slot().label(eras);
    let cells = [source.department.as_str(), &source.division, &source.name, &label, figure.raw.trim()];
    Row { cells: cells.map(Cell::text).to_vec() }
}

fn remarks(dataset: &Dataset) -> BookSheet {
    let comment =
        "その部局の報告書に印刷します。全庁のものは全庁概要に印刷します。空けておくと、何も印刷しません。";
    let specs = [Field::fixed("", 12, ""), Field::open("", 60, comment, text(""))];
    let heads = Purpose::Remarks.heads().into_iter().zip(specs);
    let fields = heads.map(|(heading, field)| Field { heading: heading.to_owned(), ..field }).collect();
    let names = std::iter::once(WHOLE_CITY).chain(reporting(dataset).map(|it| it.name.as_str()));
    let rows = names.map(|name| Row { cells: [name, ""].map(Cell::text).to_vec() }).collect();
    let title = "総括：報告書に載せる文章".to_owned();
    let mut sheet = super::sheet(Purpose::Remarks.stem().to_owned(), title, fields, rows);
    sheet.lines.extend([
        "前の月の総括は入れていません。行を変えるときは Alt を押しながら Enter を押します。".to_owned(),
        whereto(Purpose::Remarks, dataset),
    ]);
    if let Some(entry) = &mut sheet.entry {
        entry.room = ROOM;
    }
    sheet
}
