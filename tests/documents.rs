//! What templates make of documents, and what the council must never see.

use std::path::Path;

use hoshin::templates::Templates;

use crate::printed::text_of;
use crate::sample::month;
use crate::support::{Project, checkout};

/// The sample city with templates of its own.
fn city(files: &[(&str, String)]) -> Project {
    let mut project =
        Project::bare().file("hoshin.toml", std::fs::read(checkout("hoshin.toml")).expect("read"));
    for (name, text) in files {
        project = project.file(&format!("templates/{name}"), text);
    }
    project
}

/// The month of the sample city under these templates.
fn printed(files: &[(&str, String)]) -> Project {
    let project = city(files);
    let input = checkout("input/2021-05");
    let input = input.to_str().expect("UTF-8");
    project.run_words(&["run", "--period", "2021-05", "--as-of", "2021-06-10", "--input", input]).exits(0);
    project
}

fn pdf(project: &Project, path: &str) -> Option<String> {
    text_of(&project.path("reports/2021-05").join(path))
}

/// The built-in report.toml with one edit.
fn edited(from: &str, to: &str) -> (&'static str, String) {
    ("report.toml", one_edit("report.toml", from, to))
}

fn one_edit(name: &str, from: &str, to: &str) -> String {
    let text = Templates::embedded().text(name).to_owned();
    assert_eq!(text.matches(from).count(), 1, "one edit: {from}");
    text.replace(from, to)
}

const POLICY: &str = "部局別/健康福祉部.pdf";

#[test]
fn a_heading_is_renamed_by_one_edit() {
    let project = printed(&[edited(
        "{ field = \"item\", heading = \"具体的な取組項目\"",
        "{ field = \"item\", heading = \"何をするか\"",
    )]);
    let Some(text) = pdf(&project, POLICY) else { return };
    assert!(text.contains("何をするか") && !text.contains("具体的な取組項目"), "{text}");
}

#[test]
fn blocks_are_reordered_by_one_edit() {
    let order = |text: &str| Some(text.find("要確認（課で")?.cmp(&text.find("出典（読み取った")?));
    let Some(before) = pdf(&printed(&[]), POLICY) else { return };
    let project = printed(&[edited(
        "\"運営方針の章\", \"要確認\", \"参考\", \"出典\",",
        "\"運営方針の章\", \"出典\", \"要確認\", \"参考\",",
    )]);
    let after = pdf(&project, POLICY).expect("as before");
    assert_eq!(order(&before), Some(std::cmp::Ordering::Less));
    assert_eq!(order(&after), Some(std::cmp::Ordering::Greater));
}

#[test]
fn a_column_is_added_by_one_edit() {
    let old = "{ field = \"due\", heading = \"期限\", width = 6 },";
    let new = format!("{old} {{ field = \"comment\", heading = \"課の言葉\", width = 8 }},");
    let project = printed(&[edited(old, &new)]);
    let Some(text) = pdf(&project, POLICY) else { return };
    assert!(text.contains("課の言葉"), "{text}");
    // The same block stands in the council's document: the column is not for it.
    let outside = pdf(&project, "議会/健康福祉部.pdf").expect("as before");
    assert!(outside.contains("具体的な取組項目") && !outside.contains("課の言葉"), "{outside}");
}

#[test]
fn a_city_writes_only_what_differs() {
    let own = "[block.\"取組の一覧\"]\nkind = \"initiative_table\"\ntitle = \"取組みと担当\"\n\
               columns = [{ field = \"item\" }, { field = \"division\", heading = \"担当\" }]\n\n\
               [[document]]\nname = \"一覧\"\nscope = \"city\"\npath = \"一覧.pdf\"\ntitle = \"取組み一覧\"\npaper = \"A3横\"\n\
               content = [\"取組の一覧\"]\n";
    let project = printed(&[("report.toml", own.to_owned())]);
    let Some(text) = pdf(&project, "一覧.pdf") else { return };
    assert!(text.contains("取組みと担当") && text.contains("担当") && text.contains("地域福祉課"), "{text}");
    assert!(project.path("reports/2021-05/部局別/健康福祉部.pdf").exists(), "the built-in documents stay");
    assert_eq!(paper(&project.path("reports/2021-05/一覧.pdf")), Some((420, 297)));
}

/// The width and height of a document's first page in whole millimetres, as pdfinfo tells it.
fn paper(pdf: &Path) -> Option<(u32, u32)> {
    let output = std::process::Command::new("pdfinfo").arg(pdf).output();
    let Ok(output) = output else {
        eprintln!("skipped: pdfinfo is missing");
        return None;
    };
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let line = text.lines().find_map(|line| line.strip_prefix("Page size:")).expect("a size");
    let mut points = line.split_whitespace().filter_map(|word| word.parse::<f64>().ok());
    let mut side = || {
        points
            .next()
            .map(|length| (1_u32..2000).find(|mm| (f64::from(*mm) / 25.4 * 72.0 - length).abs() < 1.0))
    };
    Some((side()??, side()??))
}

#[test]
fn the_paper_is_changed_by_one_edit() {
    let project =
        printed(&[edited("path = \"部局別/{部}.pdf\"", "path = \"部局別/{部}.pdf\"\npaper = \"A3横\"")]);
    let Some(size) = paper(&project.path("reports/2021-05").join(POLICY)) else { return };
    assert_eq!(size, (420, 297));
    assert_eq!(paper(&project.path("reports/2021-05/全庁概要.pdf")), Some((210, 297)));
}

#[test]
fn a_colour_is_changed_by_one_edit() {
    let red = ("theme.toml", one_edit("theme.toml", "accent = \"#1F3A5F\"", "accent = \"#C00000\""));
    let project = printed(&[red]);
    let reports = project.path("reports/2021-05");
    let reddish = |path: &str| -> Option<usize> {
        let output = std::process::Command::new("pdftoppm")
            .args(["-r", "40", "-f", "1", "-l", "1"])
            .arg(reports.join(path))
            .output();
        let Ok(output) = output else {
            eprintln!("skipped: pdftoppm is missing");
            return None;
        };
        // The picture's three lines of header aside, three bytes a pixel.
        let pixels = output.stdout.splitn(4, |byte| *byte == b'\n').nth(3).expect("a picture");
        Some(
            pixels.chunks_exact(3).filter(|pixel| pixel[0] > 150 && pixel[1] < 100 && pixel[2] < 100).count(),
        )
    };
    let Some(red) = reddish(POLICY) else { return };
    assert!(red > 100, "headings and rules are red: {red}");
    assert_eq!(reddish("議会/健康福祉部.pdf"), Some(0), "the council's pages have no colour");
}

#[test]
fn mistakes_are_told_with_their_lines_and_what_would_be_right() {
    let own = "[[document]]\nname = \"誤り\"\nscope = \"department\"\nedition = \"council\"\npath = \"誤り.pdf\"\n\
               title = \"{局}\"\nlook = \"議会\"\ncontent = [\"概況\", \"要確認\", \"取組の票\"]\n\n\
               [block.\"表\"]\nkind = \"initiative_table\"\ntext = [\"a\"]\nlevel = 4\n\
               columns = [{ field = \"figures\" }, { field = \"itm\" }]\n\n[block.\"輪\"]\nkind = \"section\"\ncontent = [\"輪\"]\n";
    let told = city(&[("report.toml", own.to_owned())]).run("check --input input").exits(2).err;
    // What the shape of the file forbids is told first, all at once.
    for words in [
        "templates/report.toml の13行目: [block.表] の level は 1 から 3 までの整数で書いてください",
        "templates/report.toml の14行目: [block.表] の columns の field に「itm」は使えません。「item」の書き誤りではありませんか",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    let own = own.replace("level = 4", "level = 3").replace("\"itm\"", "\"item\"");
    let told = city(&[("report.toml", own)]).run("check --input input").exits(2).err;
    for words in [
        "の5行目: [[document]]「誤り」 の 部ごとの帳票の path には {部} を入れてください",
        "の6行目: [[document]]「誤り」 の title の {局} は使えません。使えるのは {市} {部} ",
        "の8行目: [[document]]「誤り」 の content の「取組の票」というブロックはありません。「取組の表」の書き誤りではありませんか",
        "の8行目: [[document]]「誤り」 の ブロック「要確認」には庁内だけの内容が入ります",
        "の12行目: [block.表] の種類では「text」は使えません。使えるのは kind、title、",
        "の14行目: [block.表] の columns に「figures」は使えません。使えるのは number、program、item、",
        "の18行目: [block.輪] が、めぐりめぐって自分自身を含んでいます",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
}

/// Texts that must not leave the house, each where a clerk would leave it.
const SECRETS: [&str; 9] = [
    "秘密のコメント",
    "秘密の吹き出し",
    "秘密の取消線",
    "秘密の行",
    "秘密の列",
    "秘密のシート",
    "秘密の備考",
    "秘密の状況",
    "秘密の期限",
];

/// A division's workbook with all of them, and figures that need an assumption.
fn planted() -> Vec<u8> {
    use rust_xlsxwriter::{Format, Note, Workbook};
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("秘密の名前の表").expect("a name");
    let struck = Format::new().set_font_strikethrough();
    let rows: [&[&str]; 7] = [
        &["部名", "健康福祉部", "課名", "秘密課"],
        &[],
        &["指標名", "単位", "30年度実績", "2年度実績", "3年度目標", "備考"],
        &["見守りの件数", "件", "120", "作業中（秘密の備考）", "150", "秘密の備考"],
        &["相談の件数", "件", "80", "約90", "△5", "秘密の備考"],
        &["秘密の行の件数", "件", "1", "2", "3", ""],
        &["訪問の件数", "件", "7", "8", "9", "秘密の取消線"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (col, text) in (0..).zip(cells) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, col, number).expect("written"),
                Err(_) => sheet.write_string(row, col, *text).expect("written"),
            };
        }
    }
    sheet.write_string_with_format(6, 0, "秘密の取消線", &struck).expect("written");
    sheet.set_row_hidden(5).expect("hidden");
    sheet.write_string(2, 7, "秘密の列").expect("written");
    sheet.set_column_hidden(7).expect("hidden");
    sheet.insert_note(3, 2, &Note::new("秘密の吹き出し")).expect("a note");
    let rows: [&[&str]; 4] = [
        &["部名", "健康福祉部", "課名", "秘密課"],
        &[],
        &["細事業名", "具体的な取組項目", "進捗状況", "期限", "コメント"],
        &["見守り事業", "見守りの輪を広げる", "順調（秘密の状況）", "秘密の期限まで", "秘密のコメント"],
    ];
    let sheet = book.add_worksheet().set_name("取組").expect("a name");
    for (row, cells) in (0..).zip(rows) {
        for (col, text) in (0..).zip(cells) {
            sheet.write_string(row, col, *text).expect("written");
        }
    }
    let hidden = book.add_worksheet().set_name("秘密のシート").expect("a name");
    hidden.write_string(0, 0, "秘密のシート").expect("written").set_hidden(true);
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn what_clerks_leave_behind_never_reaches_the_council() {
    let config = "[city]\nname = \"見本市\"\npublisher = \"政策課\"\n\n[[department]]\nname = \"健康福祉部\"\ndivisions = [\"秘密課\"]\n";
    let remark = "見本市";
    let project = Project::bare()
        .file("hoshin.toml", config)
        .file("input/2021-05/健康福祉部/秘密の台帳.xlsx", planted());
    project.run("run --period 2021-05 --as-of 2021-06-10").exits(0);
    let Some(inside) = pdf(&project, POLICY) else { return };
    let outside = pdf(&project, "議会/健康福祉部.pdf").expect("as before");
    // The plants are real: the house sees them.
    for secret in ["秘密のコメント", "秘密の台帳", "要確認"] {
        assert!(inside.contains(secret), "{secret}: {inside}");
    }
    assert!(
        outside.contains("見守りの件数")
            && outside.contains("見守りの輪を広げる")
            && outside.contains(remark)
    );
    for secret in SECRETS.into_iter().chain([
        "秘密の台帳",
        "秘密の名前の表",
        "xlsx",
        "要確認",
        "内部資料",
        "未読",
        "仮定）",
        "SHA-256",
        "セル",
        "シート",
        "規則rate",
        "規則initiative",
        "hoshin",
    ]) {
        assert!(!outside.contains(secret), "{secret}: {outside}");
    }
    // An assumed figure carries a footnote.
    let assumed =
        std::fs::read_to_string(project.path("reports/2021-05/data/indicators.csv")).expect("the data");
    let assumed = assumed.lines().filter(|line| line.contains(",assumed,")).count();
    assert!(assumed > 0, "the plant holds an assumed figure");
    assert!(outside.contains("※1") && outside.contains("と解して載せています"), "{outside}");
    assert!(!outside.contains(&format!("※{}", assumed + 2)), "{outside}");
    // Nor anywhere else in the file: titles, alternative texts, names.
    let bytes = std::fs::read(project.path("reports/2021-05/議会/健康福祉部.pdf")).expect("the file");
    let file = lopdf::Document::load_mem(&bytes).expect("a PDF");
    let texts: Vec<u8> =
        file.objects.values().flat_map(|object| format!("{object:?}").into_bytes()).collect();
    let utf16 = "秘密".encode_utf16().map(|unit| format!("{unit:04X}")).collect::<Vec<_>>().concat();
    assert!(!String::from_utf8_lossy(&texts).contains(&utf16));
}

#[test]
fn the_council_gets_every_department_of_the_month() {
    let project = Project::new();
    let folder = month(&project, "2", "reports");
    for name in ["総合政策部", "市民環境部", "健康福祉部", "消防本部"] {
        let Some(text) = text_of(&folder.join(format!("議会/{name}.pdf"))) else { return };
        for word in ["内部資料", "要確認", "課のコメント", "SHA-256", ".xlsx", "規則rate", "規則initiative"]
        {
            assert!(!text.contains(word), "{name}: {word}");
        }
        assert!(text.contains("暫定"), "{name}");
    }
}
