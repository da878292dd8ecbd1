//! How the pages look: a change of layout shows as a picture that differs from the accepted one.
//!
//! To accept what the pages look like now: `HOSHIN_ACCEPT_PICTURES=1 cargo test --test hoshin -- pictures`, and look at
//! the pictures of `tests/fixtures/pictures/` before they are committed.

mod picture;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Project, book, checkout};
use crate::torture::every_document;
use picture::Picture;

/// Dots an inch of the accepted pictures.
const DOTS: u32 = 40;

/// The pages that are looked at: accepted picture, document and page.
const PAGES: [(&str, &str, u32); 9] = [
    ("部の運営方針-1", "部局別/市民部.pdf", 1),
    ("部の運営方針-2", "部局別/市民部.pdf", 2),
    ("部の運営方針-3", "部局別/市民部.pdf", 3),
    ("月次進捗報告-1", "月次/市民部.pdf", 1),
    ("月次進捗報告-2", "月次/市民部.pdf", 2),
    ("議会資料-1", "議会/市民部.pdf", 1),
    ("議会資料-2", "議会/市民部.pdf", 2),
    ("全庁概要-1", "全庁概要.pdf", 1),
    ("全庁概要-2", "全庁概要.pdf", 2),
];

/// The pages of 統合.xlsx, as `LibreOffice` prints it.
const SHEETS: [(&str, u32); 2] = [("統合-1", 1), ("統合-2", 2)];

/// By how much the grey of a cell may differ, and how many cells of a thousand may differ by more.
struct Tolerance {
    grey: i32,
    cells: f64,
}

/// Our own pages place every glyph themselves: only the smoothing of edges differs between versions of poppler.
const PAGE: Tolerance = Tolerance { grey: 24, cells: 0.8 };

/// `LibreOffice` also breaks lines and scales sheets to their page in its own way.
const SHEET: Tolerance = Tolerance { grey: 32, cells: 12.0 };

/// A small city of two departments, two months.
fn city(report: &str) -> Project {
    let config = "[city]\nname = \"見本市\"\npublisher = \"政策課\"\n\n\
                  [[department]]\nname = \"市民部\"\ndivisions = [\"市民課\", \"環境課\"]\n\n\
                  [[department]]\nname = \"消防本部\"\ndivisions = [\"警防課\"]\n\n\
                  [[indicator]]\nname = \"窓口の満足度\"\npolarity = \"increase\"\n\n\
                  [[indicator]]\nname = \"ごみの排出量\"\npolarity = \"decrease\"\n";
    let mut project =
        Project::bare().file("hoshin.toml", config).file("templates/report.toml", report.as_bytes());
    for (month, latest, status) in [("2021-05", "作業中", "順調"), ("2021-06", "12480", "遅れ")] {
        let policy: [&[&str]; 8] = [
            &["令和３年度　部の運営方針【市民部】"],
            &[],
            &["Ⅰ　めざす姿"],
            &["・市民の目線に立った、わかりやすく待たせない窓口をめざす。"],
            &["・ごみの減量と資源化を進め、環境への負荷が少ないまちをつくる。"],
            &["Ⅱ　現状と課題"],
            &["・来庁者が増え、待ち時間が長くなっている（前年度比12.5%増）。"],
            &["・在宅時間の増加に伴い、家庭ごみが増えている。"],
        ];
        let figures: [&[&str]; 6] = [
            &["部名", "市民部", "課名", "市民課"],
            &[],
            &["指標名", "単位", "H30実績", "R1実績", "R2目標", "R2実績", "R3目標"],
            &["窓口の満足度", "％", "78.4", "80.1", "82.0", "79.5", "83.0"],
            &["証明書の交付件数", "件", "11020", "11803", "12000", latest, "12500"],
            &["ごみの排出量", "ｇ", "872", "865", "860", "881", "855"],
        ];
        let tasks: [&[&str]; 6] = [
            &["部名", "市民部", "課名", "環境課"],
            &[],
            &["細事業名", "具体的な取組項目", "進捗状況", "期限", "コメント"],
            &["ごみ減量事業", "分別の手引きの作成と全戸への配布", "完了", "R3.5.31", "配布した"],
            &["ごみ減量事業", "事業所の減量計画書の電子申請", status, "R4.3末", "様式を直している"],
            &["環境学習事業", "小学校での出前講座", "未着手", "R4.3末", ""],
        ];
        let rescue: [&[&str]; 5] = [
            &["部名", "消防本部", "課名", "警防課"],
            &[],
            &["指標名", "単位", "R1実績", "R2目標", "R2実績", "R3目標"],
            &["消防団員の充足率", "％", "92.8", "95.0", "91.5", "95.0"],
            &["救急車の現場到着平均時間", "分", "8.3", "8.0", "8.6", "約8"],
        ];
        for (path, rows) in [
            ("市民部/市民部_部の運営方針.xlsx", &policy[..]),
            ("市民部/市民課_指標.xlsx", &figures[..]),
            ("市民部/環境課_取組.xlsx", &tasks[..]),
            ("消防本部/警防課_指標.xlsx", &rescue[..]),
        ] {
            project = project.file(&format!("input/{month}/{path}"), book(rows));
        }
    }
    project.run("run --period 2021-05 --as-of 2021-06-10").exits(0);
    project.run("run --period 2021-06 --as-of 2021-07-09").exits(0);
    project
}

/// A page of a PDF, drawn three times as large and made smaller: pdftoppm moves small letters to whole pixels. `None`, said aloud, where poppler-utils are missing.
fn drawn(pdf: &Path, page: u32, options: &[&str]) -> Option<Picture> {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("page");
    let (page, dots) = (page.to_string(), (3 * DOTS).to_string());
    let output = Command::new("pdftoppm")
        .args(["-r", &dots, "-gray", "-singlefile", "-f", &page, "-l", &page])
        .args(options)
        .arg(pdf)
        .arg(&root)
        .output();
    let Ok(output) = output else {
        eprintln!("skipped: pdftoppm is missing");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let picture = Picture::drawn(&root.with_extension("pgm"));
    Some(picture.unwrap_or_else(|| panic!("{} has no page {page}", pdf.display())).third())
}

/// A workbook as `LibreOffice` prints it, in our own typeface; `None`, said aloud, where it is missing.
fn printed(workbook: &Path, folder: &Path) -> Option<PathBuf> {
    let fonts = format!(
        "<?xml version=\"1.0\"?>\n<fontconfig><dir>{}</dir><cachedir>{}</cachedir></fontconfig>\n",
        checkout("templates/fonts").display(),
        folder.join("fontconfig").display()
    );
    let config = folder.join("fonts.conf");
    std::fs::write(&config, fonts).expect("written");
    // `timeout` ends LibreOffice's own children with it.
    let output = Command::new("timeout")
        .args(["--kill-after=5", "150", "soffice"])
        .arg(format!("-env:UserInstallation=file://{}/profile", folder.display()))
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder)
        .arg(workbook)
        .env("FONTCONFIG_FILE", &config)
        .output();
    // 127: the program that it was to start is missing.
    let Some(output) = output.ok().filter(|output| output.status.code() != Some(127)) else {
        eprintln!("skipped: soffice is missing");
        return None;
    };
    let pdf = folder.join(workbook.with_extension("pdf").file_name().expect("a name"));
    assert!(pdf.is_file(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(pdf)
}

fn accepted(name: &str) -> PathBuf {
    checkout("tests/fixtures/pictures").join(format!("{name}.png"))
}

/// Whether what the pages look like now is to be accepted; then only the test that writes the pictures looks at them.
fn accepting() -> bool {
    std::env::var_os("HOSHIN_ACCEPT_PICTURES").is_some_and(|value| value == "1")
}

/// What is wrong with pictures, each with its name.
fn compared(pictures: &[(&str, Picture)], tolerance: &Tolerance) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut folder = None;
    for (name, picture) in pictures {
        let path = accepted(name);
        let known = Picture::accepted(&path);
        let (cells, seen) = known
            .as_ref()
            .map_or((1000.0, picture.clone()), |known| picture.difference(known, tolerance.grey));
        if cells <= tolerance.cells {
            continue;
        }
        if accepting() {
            picture.write(&path);
            eprintln!("accepted: {}", path.display());
            continue;
        }
        let folder = folder.get_or_insert_with(|| tempfile::tempdir().expect("a folder").keep());
        let (new, difference) =
            (folder.join(format!("{name}.png")), folder.join(format!("{name}.difference.png")));
        picture.write(&new);
        seen.write(&difference);
        wrong.push(format!(
            "{name}: {cells:.1} of 1000 cells differ, {} may. It looks like {}, and differs as in {}",
            tolerance.cells,
            new.display(),
            difference.display()
        ));
    }
    wrong
}

fn holds(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "{}\nTo accept what the pages look like now: HOSHIN_ACCEPT_PICTURES=1 cargo test --test hoshin -- pictures",
        wrong.join("\n")
    );
}

/// The pages of a project that are looked at.
fn pages(project: &Project, options: &[&str]) -> Option<Vec<(&'static str, Picture)>> {
    let month = project.path("reports/2021-06");
    PAGES.iter().map(|(name, path, page)| Some((*name, drawn(&month.join(path), *page, options)?))).collect()
}

#[test]
fn pages_and_sheets_look_as_accepted() {
    let project = city(&every_document());
    let Some(found) = pages(&project, &[]) else { return };
    let mut wrong = compared(&found, &PAGE);
    let folder = tempfile::tempdir().expect("a folder");
    if let Some(pdf) = printed(&project.path("reports/2021-06/統合.xlsx"), folder.path()) {
        let sheets = SHEETS.map(|(name, page)| (name, drawn(&pdf, page, &[]).expect("as before")));
        wrong.extend(compared(&sheets, &SHEET));
    }
    holds(&wrong);
}

/// Other versions of poppler smooth letters differently: pages whose letters are not smoothed at all stand for them.
#[test]
fn the_smoothing_of_letters_is_no_difference() {
    if accepting() {
        return;
    }
    let Some(found) = pages(&city(&every_document()), &["-aa", "no"]) else { return };
    for (name, rough) in found {
        let known = Picture::accepted(&accepted(name)).expect("an accepted picture");
        let (cells, _) = rough.difference(&known, PAGE.grey);
        assert!(cells <= PAGE.cells, "{name}: {cells:.1}");
    }
}

#[test]
fn small_changes_of_the_layout_are_seen() {
    if accepting() {
        return;
    }
    for (from, to, name) in [
        (
            "{ field = \"item\", heading = \"具体的な取組項目\", width = 17 }",
            "{ field = \"item\", heading = \"具体的な取組項目\", width = 16 }",
            "部の運営方針-3",
        ),
        ("title = \"指標の判定\"", "title = \"どの指標がどう判定されたか\"", "部の運営方針-2"),
    ] {
        let report = every_document();
        assert_eq!(report.matches(from).count(), 1, "one edit: {from}");
        let Some(found) = pages(&city(&report.replace(from, to)), &[]) else { return };
        let (_, picture) = found.iter().find(|(page, _)| *page == name).expect("a page");
        let known = Picture::accepted(&accepted(name)).expect("an accepted picture");
        let (cells, _) = picture.difference(&known, PAGE.grey);
        assert!(cells > PAGE.cells, "{from} → {to}: only {cells:.1}");
    }
}

#[test]
fn every_accepted_picture_is_looked_at() {
    if accepting() {
        return;
    }
    let there: BTreeSet<String> = std::fs::read_dir(checkout("tests/fixtures/pictures"))
        .expect("a folder")
        .map(|entry| entry.expect("listed").file_name().to_string_lossy().into_owned())
        .collect();
    let names = PAGES.iter().map(|(name, ..)| *name).chain(SHEETS.iter().map(|(name, _)| *name));
    assert_eq!(there, names.map(|name| format!("{name}.png")).collect());
}
