//! A month is closed, and corrected by a new edition.

use calamine::{DataType, Reader};
use serde_json::Value;

use crate::printed::text_of;
use crate::support::{Project, book};

const MAY: &str = "run --input 台帳 --period 2021-05 --as-of 2021-06-07";
const LEDGER: &str = "台帳/市民環境部_市民課.xlsx";

fn ledger(actual: &str, target: &str) -> Vec<u8> {
    book(&[&["指標名", "単位", "R2実績", "R3目標"], &["窓口の満足度", "％", actual, target]])
}

fn snapshot(project: &Project, edition: &str) -> Value {
    let bytes = std::fs::read(project.path(&format!("reports/{edition}/data/snapshot.json"))).expect("read");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// Every PDF of an edition with its text; `None` where poppler-utils are missing.
fn pages(project: &Project, edition: &str) -> Option<Vec<(String, String)>> {
    let tree = project.tree(&format!("reports/{edition}"));
    let is_pdf = |path: &String| std::path::Path::new(path).extension().is_some_and(|end| end == "pdf");
    let pdfs = tree.into_keys().filter(is_pdf);
    pdfs.map(|path| Some((path.clone(), text_of(&project.path(&format!("reports/{edition}/{path}")))?)))
        .collect()
}

#[test]
fn a_closed_month_is_no_longer_provisional_and_stays() {
    let project = Project::bare().file(LEDGER, ledger("58.5", "62.5"));
    project.run(MAY).exits(0);
    for (path, text) in pages(&project, "2021-05").unwrap_or_default() {
        assert!(text.contains("暫定"), "{path}");
    }
    let outcome = project.run("freeze 2021-05 --as-of 2021-06-20").exits(0);
    assert!(outcome.out.starts_with("2021-05 を確定しました。"), "{}", outcome.out);
    for (path, text) in pages(&project, "2021-05").unwrap_or_default() {
        assert!(!text.contains("暫定") && text.contains("確定"), "{path}");
    }
    let register = std::fs::read_to_string(project.path("reports/確定.toml")).expect("written");
    assert!(
        register.contains("[[frozen]]\nperiod = \"2021-05\"\nedition = 0\non = \"2021-06-20\"\n"),
        "{register}"
    );

    let before = project.tree("reports");
    project.run(MAY).exits(5).out("").err_says("2021-05 は確定しているので、作り直せません");
    project.run("freeze 2021-05").exits(0).out("2021-05 はすでに確定しています。何もしませんでした。\n");
    assert_eq!(project.tree("reports"), before);
}

#[test]
fn a_correction_is_a_new_edition_with_its_errata() {
    let project = Project::bare().file(LEDGER, ledger("58.5", "62.5"));
    project.run(MAY).exits(0);
    project.run(&format!("{MAY} --correct")).exits(2).err_says("まだ確定していない");
    project.run("freeze 2021-05 --as-of 2021-06-20").exits(0);
    let closed = project.tree("reports");
    let outcome = project.run(&format!("{MAY} --correct")).exits(0);
    assert_eq!(outcome.out, "2021-05 の確定した版と違うところがありません。訂正の版は作りませんでした。\n");
    assert_eq!(project.tree("reports"), closed);

    let project = project.file(LEDGER, ledger("59.5", "62.5"));
    project.run(&format!("{MAY} --correct")).exits(0);
    let corrected = snapshot(&project, "2021-05_訂正1");
    let errata = corrected["dataset"]["errata"].as_array().expect("a list");
    let told: Vec<[&str; 5]> = errata
        .iter()
        .map(|e| ["department", "name", "label", "old", "new"].map(|key| e[key].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(told[0], ["市民環境部", "窓口の満足度", "R2実績", "58.5%", "59.5%"]);
    assert_eq!(errata[0]["place"]["cell"], "C2");
    let latest = std::fs::read_to_string(project.path("reports/latest.txt")).expect("written");
    assert_eq!(latest, "2021-05_訂正1\n");
    let untouched = |tree: std::collections::BTreeMap<String, Vec<u8>>| -> Vec<(String, Vec<u8>)> {
        tree.into_iter().filter(|(path, _)| path.starts_with("2021-05/")).collect()
    };
    assert_eq!(untouched(project.tree("reports")), untouched(closed), "the closed edition stays as it is");
    if let Some(text) = text_of(&project.path("reports/2021-05_訂正1/正誤表.pdf")) {
        for part in ["窓口の満足度", "R2実績", "58.5%", "59.5%", "訂正1", "暫定"] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }
    let sheet = project.path("reports/2021-05_訂正1/正誤表.xlsx");
    let mut sheet: calamine::Xlsx<_> = calamine::open_workbook(sheet).expect("a workbook");
    let cells = sheet.worksheet_range("正誤表").expect("the sheet");
    assert!(cells.cells().any(|(.., cell)| cell.as_string().as_deref() == Some("59.5%")), "{cells:?}");

    // An edition that is not closed yet is made again; once closed, the next one follows it.
    let project = project.file(LEDGER, ledger("59.8", "62.5"));
    project.run(&format!("{MAY} --correct")).exits(0);
    assert!(!project.path("reports/2021-05_訂正2").exists());
    project.run("freeze 2021-05 --as-of 2021-06-25").exits(0);
    let project = project.file(LEDGER, ledger("60.0", "62.5"));
    project.run(&format!("{MAY} --correct")).exits(0);
    let second = snapshot(&project, "2021-05_訂正2");
    assert_eq!(second["dataset"]["errata"][0]["old"], "59.8%", "against the edition that was closed last");
}

#[test]
fn what_cannot_be_closed_says_why() {
    let project = Project::bare().file(LEDGER, ledger("58.5", "62.5"));
    project.run("freeze 2021-05").exits(2).err_says("2021-05 の報告書が「reports」にありません");
    assert!(!project.path("reports").exists());
    project.run(MAY).exits(0);
    let project = project.file("reports/確定.toml", "[[frozen]]\nperiod = 5\n");
    project.run(MAY).exits(3).err_says("どの月が確定しているか分かりません");
}

#[test]
fn a_correction_that_changes_a_judgement_says_so() {
    let toml = "[[indicator]]\nname = \"窓口の満足度\"\npolarity = \"increase\"\n";
    let project = Project::bare().file("hoshin.toml", toml).file(LEDGER, ledger("58.5", "62.5"));
    project.run(MAY).exits(0);
    project.run("freeze 2021-05 --as-of 2021-06-20").exits(0);
    let project = project.file(LEDGER, ledger("30.0", "62.5"));
    project.run(&format!("{MAY} --correct")).exits(0);
    let told = snapshot(&project, "2021-05_訂正1");
    let errata = told["dataset"]["errata"].as_array().expect("corrections").clone();
    let judged: Vec<_> = errata.iter().filter(|one| one["subject"] == "judgement").collect();
    assert_eq!((errata.len(), judged.len()), (2, 1), "{errata:?}");
    assert_eq!(judged[0]["label"], "判定");
    assert_eq!((&judged[0]["old"], &judged[0]["new"]), (&"○ 順調".into(), &"× 遅れ".into()));
    if let Some(text) = text_of(&project.path("reports/2021-05_訂正1/正誤表.pdf")) {
        assert!(text.contains("○順調") && text.contains("×遅れ"), "{text}");
    }
}
