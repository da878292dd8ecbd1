//! A month is placed whole or not at all.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests set their own scene"
)]

mod keeping;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::names::check;
use super::*;
use crate::finding::{Code, Finding, Severity};
use crate::model::dataset::{Dataset, Outcome, Source};

fn file(path: &str, text: &str) -> OutputFile {
    OutputFile::new(path, text.as_bytes().to_vec())
}

fn original(name: &str) -> Original {
    Original { sha256: name.to_owned(), extension: "xlsx".to_owned() }
}

/// A keeper that has taken inputs of these names, each of which holds its name.
fn taken(reports: &Reports, names: &[&str]) -> Keeper {
    let keeper = Keeper::new(reports);
    for name in names {
        keeper.take(&original(name), name.as_bytes()).expect("taken");
    }
    keeper
}

fn may() -> Edition {
    first("2021-05")
}

fn first(period: &str) -> Edition {
    Edition { period: period.parse().expect("a month"), number: 0 }
}

/// All files below a folder with their text.
fn tree(root: &Path) -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.expect("listed"));
    let file = |path: &Path| {
        let name = path.strip_prefix(root).expect("below").to_str().expect("UTF-8").to_owned();
        (name, fs::read_to_string(path).expect("text"))
    };
    entries.filter(|entry| entry.file_type().is_file()).map(|entry| file(entry.path())).collect()
}

fn texts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn a_month_is_placed_and_replaced_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("reports");
    let reports = Reports::open(&root).expect("opened");
    let placed = reports.place(
        may(),
        &[file("a.txt", "1"), file("部局別/総合政策部.pdf", "p")],
        Some(&taken(&reports, &["aa"])),
    );
    assert_eq!(placed.expect("placed"), root.join("2021-05"));
    reports.place(may(), &[file("b.txt", "2")], Some(&taken(&reports, &["aa", "bb"]))).expect("placed again");
    drop(reports);
    assert_eq!(
        tree(&root),
        texts(&[
            ("2021-05/b.txt", "2"),
            ("latest.txt", "2021-05\n"),
            ("原本/aa.xlsx", "aa"),
            ("原本/bb.xlsx", "bb")
        ])
    );
}

#[test]
fn a_kept_input_that_was_changed_is_restored() {
    let dir = tempfile::tempdir().expect("a folder");
    let reports = Reports::open(dir.path()).expect("opened");
    reports.place(may(), &[file("a", "1")], Some(&taken(&reports, &["aa"]))).expect("placed");
    fs::write(dir.path().join("原本/aa.xlsx"), "saved again in Excel").expect("written");
    reports.place(may(), &[file("a", "1")], Some(&taken(&reports, &["aa"]))).expect("placed");
    assert_eq!(fs::read_to_string(dir.path().join("原本/aa.xlsx")).expect("text"), "aa");
    let escaping = Original { extension: "x/../../y".to_owned(), ..original("aa") };
    Keeper::new(&reports).take(&escaping, b"aa").expect_err("out of the folder");
    assert_eq!(fs::read_to_string(dir.path().join("2021-05/a")).expect("text"), "1");
}

#[test]
fn the_newest_month_is_the_latest() {
    let dir = tempfile::tempdir().expect("a folder");
    let reports = Reports::open(dir.path()).expect("opened");
    reports.place(may(), &[file("a", "1")], None).expect("placed");
    reports.place(first("2021-04"), &[file("a", "0")], None).expect("placed");
    assert_eq!(fs::read_to_string(dir.path().join("latest.txt")).expect("text"), "2021-05\n");
    fs::create_dir(dir.path().join("2021-05_訂正1")).expect("an edition");
    fs::create_dir(dir.path().join("2021-05_訂正10")).expect("an edition");
    reports.place(first("2021-04"), &[file("a", "0")], None).expect("placed");
    assert_eq!(fs::read_to_string(dir.path().join("latest.txt")).expect("text"), "2021-05_訂正10\n");
}

#[test]
fn a_failure_changes_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("reports");
    let bad = [file("a", "1"), file("a/b", "2")];
    let reports = Reports::open(&root).expect("opened");
    reports.place(may(), &bad, Some(&taken(&reports, &["aa"]))).expect_err("a is a file");
    drop(reports);
    assert!(!root.exists(), "even the folder itself goes");

    Reports::open(&root).expect("opened").place(may(), &[file("a", "1")], None).expect("placed");
    let before = tree(&root);
    // A folder where latest.txt belongs: the last step fails.
    fs::remove_file(root.join("latest.txt")).expect("removed");
    let reports = Reports::open(&root).expect("opened");
    fs::remove_file(root.join("latest.txt")).expect("removed");
    fs::create_dir_all(root.join("latest.txt/x")).expect("a folder");
    reports
        .place(may(), &[file("a", "2")], Some(&taken(&reports, &["aa"])))
        .expect_err("latest.txt is a folder");
    drop(reports);
    fs::remove_dir_all(root.join("latest.txt")).expect("removed");
    Reports::open(&root).expect("opened");
    assert_eq!(tree(&root), before);
}

#[test]
fn one_run_at_a_time() {
    let dir = tempfile::tempdir().expect("a folder");
    let first = Reports::open(dir.path()).expect("opened");
    let error = Reports::open(dir.path()).expect_err("held");
    let PublishError::Busy { holder, .. } = &error else { panic!("{error}") };
    assert!(holder.contains(&std::process::id().to_string()), "{holder}");
    drop(first);
    Reports::open(dir.path()).expect("free again");
}

#[test]
fn what_dead_runs_left_is_undone_or_finished() {
    let dir = tempfile::tempdir().expect("a folder");
    let put = |path: &str, text: &str| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("below")).expect("folders");
        fs::write(path, text).expect("written");
    };
    put(".hoshin-new-2021-05/a", "half");
    put(".hoshin-old-2021-04/a", "old, its new one is not there");
    put(".hoshin-old-2021-03/a", "old");
    put("2021-03/a", "new");
    put("原本/.hoshin-aa.xlsx", "half");
    put("原本/aa.xlsx", "whole");
    Reports::open(dir.path()).expect("opened");
    assert_eq!(
        tree(dir.path()),
        texts(&[
            ("2021-03/a", "new"),
            ("2021-04/a", "old, its new one is not there"),
            ("latest.txt", "2021-04\n"),
            ("原本/aa.xlsx", "whole"),
        ])
    );
}

#[test]
fn names_are_safe_and_stay_apart() {
    for (text, name) in [
        ("総合政策部", "総合政策部"),
        ("../../etc", "．.／..／etc"),
        ("..", "．．"),
        (".", "．"),
        ("A/B", "A／B"),
        ("A:B", "A：B"),
        ("CON", "＿CON"),
        ("nul.txt", "＿nul.txt"),
        ("com1", "＿com1"),
        ("Console", "Console"),
        ("課. ", "課．"),
        ("か\u{3099}", "が"),
        ("a\u{202e}b\n", "ab"),
        ("　", "名称なし"),
        ("", "名称なし"),
    ] {
        assert_eq!(safe_name(text), name, "{text:?}");
        assert_eq!(safe_name(name), name, "a safe name stays as it is");
    }
    let long = |end: &str| safe_name(&format!("{}{end}", "課".repeat(300)));
    assert!(long("a").len() <= 110 && long("a") != long("b"));
}

#[test]
fn unsafe_paths_are_refused() {
    for path in ["../a", "/a", "a//b", "", "a/../b", "a/NUL", "a/b.", ".hidden", "a\\b", "C:a"] {
        assert_eq!(check([path].into_iter()), Err(NameError::Unsafe(path.to_owned())), "{path}");
    }
    assert_eq!(check(["a/B", "A/b"].into_iter()), Err(NameError::Twice("A/b".to_owned())));
    assert_eq!(check(["差戻し/総合政策部_企画財政課.xlsx"].into_iter()), Ok(()));
}

/// A month of three workbooks, one of which could not be opened.
fn dataset() -> Dataset {
    let source =
        |name: &str, outcome| Source { size: 1, sha256: "aa".to_owned(), outcome, ..Source::unopened(name) };
    let finding = |severity, code, workbook: &str, message: &str| Finding {
        severity,
        code,
        department: "総合政策部".to_owned(),
        division: "企画財政課".to_owned(),
        workbook: workbook.to_owned(),
        sheet: String::new(),
        cell: None,
        related: Vec::new(),
        raw: String::new(),
        reading: String::new(),
        message: message.to_owned(),
        cure: "直してください。".to_owned(),
    };
    Dataset {
        city: "見本市".to_owned(),
        publisher: "総合政策部 政策創造課".to_owned(),
        period: may().period,
        as_of: chrono::NaiveDate::from_ymd_opt(2021, 6, 7).expect("a day"),
        late: false,
        edition: 0,
        frozen: false,
        errata: Vec::new(),
        remarks: Vec::new(),
        departments: Vec::new(),
        indicators: Vec::new(),
        initiatives: Vec::new(),
        sections: Vec::new(),
        judgements: Vec::new(),
        sources: vec![
            source("a.xlsx", Outcome::Read),
            source("b.xlsx", Outcome::Empty),
            source("c.xlsx", Outcome::Failed),
        ],
        submissions: Vec::new(),
        carried_sources: Vec::new(),
        memory: crate::model::memory::Memory::default(),
        findings: vec![
            finding(Severity::Warning, Code::ValueAssumed, "a.xlsx", "前提があります。"),
            finding(Severity::Note, Code::NumberAsText, "a.xlsx", "参考です。"),
            finding(Severity::Error, Code::WorkbookEncrypted, "c.xlsx", "開けません。"),
        ],
        accepted: Vec::new(),
        correspondence: crate::model::correspondence::Correspondence::default(),
    }
}

#[test]
fn the_page_for_people_says_what_happened() {
    let files = [file("統合.xlsx", ""), file("部局別/総合政策部.pdf", ""), file("部局別/消防本部.pdf", "")];
    let expected = "\
見本市　月次集計の実行結果

対象の月　　2021年5月
基準の日　　2021年6月7日
取りまとめ　総合政策部 政策創造課

■ 台帳
3件のうち 2件を読みました。
開けなかったもの。理由は「確かめていただきたいこと」にあります（1件）
　・c.xlsx
開けたが、指標も取組みも見つからなかったもの（1件）
　・b.xlsx

■ 数字と取組み
指標　　　     0件
数字　　　     0件　そのまま読めたもの
　　　　　     0件　前提を置いて読んだもの（前提は指摘に書いてあります）
　　　　　     0件　読めなかったもの（集計には入れていません）
取組み　　     0件

■ 確かめていただきたいこと
エラー 1件　要確認 1件　参考 1件

［エラー］総合政策部 企画財政課　c.xlsx
　開けません。
　→ 直してください。

［要確認］総合政策部 企画財政課　a.xlsx
　前提があります。
　→ 直してください。

すべての指摘は 統合.xlsx と data/findings.csv にあります。

■ できたもの
・統合.xlsx　すべての数字と取組みの一覧（庁内用）
・部局別/ に 2件　部局ごとの報告書（内部資料）
";
    assert_eq!(result_text(&dataset(), &files), expected);
}

#[test]
fn the_manifest_holds_both_sides_and_reads_back() {
    let moment = chrono::DateTime::parse_from_rfc3339("2021-06-07T06:00:00+09:00").expect("a moment");
    let times = Times { started: moment, finished: moment };
    let manifest = Manifest::new(&dataset(), &[file("b", "abc"), file("a", "")], times);
    let outputs: Vec<_> = manifest.outputs.iter().map(|output| (output.path.as_str(), output.size)).collect();
    assert_eq!(outputs, [("a", 0), ("b", 3)]);
    assert_eq!(
        manifest.outputs[1].sha256,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_eq!((manifest.counts.workbooks, manifest.counts.failed, manifest.counts.errors), (2, 1, 1));

    let dir = tempfile::tempdir().expect("a folder");
    assert_eq!(last_before(dir.path(), may().period), None);
    let reports = Reports::open(dir.path()).expect("opened");
    reports.place(may(), &[manifest.to_file()], None).expect("placed");
    let june = "2021-06".parse().expect("a month");
    assert_eq!(last_before(dir.path(), june), Some(manifest));
    assert_eq!(last_before(dir.path(), may().period), None, "only months before count");
}
