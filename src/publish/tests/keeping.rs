//! What is kept, and what goes.

use std::collections::BTreeSet;

use super::super::logs::KEPT_LOGS;
use super::*;

/// The name in 原本/ of a hash that repeats one character.
fn kept(character: char) -> String {
    format!("原本/{}.xlsx", character.to_string().repeat(64))
}

/// A month whose reports link to these.
fn linked(originals: &[char]) -> OutputFile {
    let moment = chrono::DateTime::parse_from_rfc3339("2021-06-07T06:00:00+09:00").expect("a moment");
    let mut manifest = Manifest::new(&dataset(), &[], Times { started: moment, finished: moment });
    manifest.originals = Some(originals.iter().copied().map(kept).collect());
    manifest.to_file()
}

/// The names in a folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("listed").map(|entry| entry.expect("listed").file_name());
    entries.map(|name| name.into_string().expect("UTF-8")).collect()
}

/// A reports folder whose 原本/ holds a to f and a file of somebody else's; April links to a, May to b and c.
fn reports(dir: &Path) -> Reports {
    let reports = Reports::open(dir).expect("opened");
    reports.place(first("2021-04"), &[linked(&['a'])], None).expect("placed");
    reports.place(may(), &[linked(&['b', 'c'])], None).expect("placed");
    fs::create_dir(dir.join("原本")).expect("made");
    for name in ('a'..='f').map(kept).chain(["原本/メモ.xlsx".to_owned()]) {
        fs::write(dir.join(name), "").expect("written");
    }
    reports
}

/// Which of a to f stand after the rules were applied.
fn left(dir: &Path, reports: &Reports) -> String {
    assert!(reports.retire().is_empty());
    assert!(dir.join("原本/メモ.xlsx").exists(), "what is not ours stays");
    ('a'..='f').filter(|character| dir.join(kept(*character)).exists()).collect()
}

#[test]
fn an_original_stays_as_long_as_an_edition_names_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let reports = reports(dir.path());
    assert_eq!(left(dir.path(), &reports), "abc");
    // Values of the month before stand in: its original is linked to from here as well.
    let corrected = Edition { period: may().period, number: 1 };
    reports.place(corrected, &[linked(&['c'])], None).expect("placed");
    reports.place(may(), &[linked(&[])], None).expect("placed");
    assert_eq!(left(dir.path(), &reports), "ac");
    // A closed edition that stands names its originals like any other.
    reports.close(first("2021-04"), dataset().as_of).expect("closed");
    fs::create_dir(dir.path().join(".hoshin-ready-2021-05-0123456789abcdef")).expect("made");
    let waiting = dir.path().join(".hoshin-ready-2021-05-0123456789abcdef/manifest.json");
    fs::write(waiting, linked(&['c']).bytes).expect("written");
    reports.place(corrected, &[linked(&[])], None).expect("placed");
    assert_eq!(left(dir.path(), &reports), "ac", "a month that waits needs its originals");
}

#[test]
fn where_it_is_not_certain_every_original_stays() {
    type Trouble = fn(&Path);
    let troubles: [(&str, Trouble); 6] = [
        ("a manifest is gone", |dir| fs::remove_file(dir.join("2021-04/manifest.json")).expect("removed")),
        ("a manifest is broken", |dir| fs::write(dir.join("2021-04/manifest.json"), "{").expect("written")),
        ("a manifest of an earlier version", |dir| {
            let path = dir.join("2021-04/manifest.json");
            let text = fs::read_to_string(&path).expect("text");
            let mut manifest: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            manifest.as_object_mut().expect("an object").remove("originals").expect("it was there");
            fs::write(path, manifest.to_string()).expect("written");
        }),
        ("a month is no folder", |dir| fs::write(dir.join("2021-03"), "").expect("written")),
        ("the closed months are unknown", |dir| fs::write(dir.join("確定.toml"), "?").expect("written")),
        ("a closed month is elsewhere", |dir| {
            let closed = "[[frozen]]\nperiod = \"2020-12\"\nedition = 0\non = \"2021-01-20\"\n";
            fs::write(dir.join("確定.toml"), closed).expect("written");
        }),
    ];
    for (what, trouble) in troubles {
        let dir = tempfile::tempdir().expect("a folder");
        let reports = reports(dir.path());
        trouble(dir.path());
        assert_eq!(left(dir.path(), &reports), "abcdef", "{what}");
    }
}

#[test]
fn the_newest_logs_are_kept() {
    let dir = tempfile::tempdir().expect("a folder");
    let reports = Reports::open(dir.path()).expect("opened");
    let runs = KEPT_LOGS + 30;
    for run in 0..runs {
        assert!(reports.retire().is_empty());
        // The clock does not move on, and jumps back by a year for a while.
        let start = if run % 40 < 20 { "2021-06-07T060000" } else { "2020-06-07T060000" };
        reports.write_log(start, run.to_string().as_bytes()).expect("written");
        if run == 0 {
            fs::write(dir.path().join("logs/メモ.txt"), "").expect("written");
        }
    }
    let mut names = names(&dir.path().join("logs"));
    assert!(names.remove("メモ.txt"), "what is not ours stays");
    assert_eq!(names.len(), KEPT_LOGS);
    let told = names.iter().map(|name| fs::read_to_string(dir.path().join("logs").join(name)).expect("text"));
    let expected = (runs - KEPT_LOGS..runs).map(|run| run.to_string());
    assert!(told.eq(expected), "names are in the order of the runs: {names:?}");
}

#[test]
fn logs_go_by_the_start_of_their_run() {
    let dir = tempfile::tempdir().expect("a folder");
    let reports = Reports::open(dir.path()).expect("opened");
    for start in ["2021-06-07T060000", "2021-06-07T060000", "2021-06-08T060000", "2021-06-07T070000"] {
        reports.write_log(start, b"").expect("written");
    }
    let expected = [
        "2021-06-07T060000.jsonl",
        "2021-06-07T060000_002.jsonl",
        "2021-06-08T060000.jsonl",
        "2021-06-08T060000_002.jsonl",
    ];
    assert!(names(&dir.path().join("logs")).iter().eq(expected));
}

#[test]
fn what_cannot_be_removed_is_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let reports = reports(dir.path());
    let stubborn = dir.path().join(kept('f'));
    fs::remove_file(&stubborn).expect("removed");
    fs::create_dir(&stubborn).expect("a folder in a file's place");
    let told: Vec<String> = reports.retire().iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("要らなくなった原本を消すことができません。「"), "{told:?}");
}
