//! What the last run worked out may help the next one, and never shows in what that writes.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::support::{Project, book};

const RUN: &str = "run --period 2021-05 --as-of 2021-06-07";
const DEPARTMENTS: [&str; 4] = ["市民環境部", "総務部", "福祉部", "消防本部"];

/// All files below the reports folder that a run's inputs decide.
type Month = BTreeMap<String, Vec<u8>>;

fn ledger(actual: &str) -> Vec<u8> {
    book(&[&["指標名", "単位", "R2実績", "R3目標"], &["窓口の満足度", "％", actual, "62.5"]])
}

fn path(department: &str) -> String {
    format!("input/2021-05/{department}/{department}_台帳.xlsx")
}

/// A city of which each department has one workbook, each with figures of its own.
fn city() -> Project {
    let figures = ["58.5", "57.25", "41", "60.1"];
    DEPARTMENTS.iter().zip(figures).fold(Project::bare(), |project, (department, actual)| {
        project.file(&path(department), ledger(actual))
    })
}

/// What the run makes of the project.
fn month(project: &Project) -> Month {
    project.run(RUN).exits(0);
    let mut tree = project.tree("reports");
    tree.retain(|name, _| {
        name != ".cache" && !name.starts_with("logs/") && !name.ends_with("/manifest.json")
    });
    assert!(tree.contains_key("2021-05/部局別/総務部.pdf"), "{:?}", tree.keys());
    tree
}

/// What a run makes of the same project in which nothing is at hand.
fn from_scratch(project: &Project) -> Month {
    std::fs::remove_dir_all(project.path("reports")).expect("removed");
    month(project)
}

/// What the last run had at hand: workbooks and documents.
fn at_hand(project: &Project) -> Vec<String> {
    let logs = project.tree("reports/logs");
    let (_, last) = logs.last_key_value().expect("a log");
    let lines = String::from_utf8_lossy(last).into_owned();
    let lines = lines.lines().map(|line| serde_json::from_str(line).expect("JSON"));
    let fields = lines.map(|line: serde_json::Value| line["fields"].clone());
    let told = fields.filter(|fields| fields["message"] == "at hand");
    let names = told.map(|fields| fields["what"].as_str().expect("a name").to_owned());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

/// Entries of the folder that may be deleted.
fn entries(project: &Project) -> BTreeMap<String, Vec<u8>> {
    project.tree("reports/.cache")
}

fn put(project: &Project, name: &str, bytes: &[u8]) {
    std::fs::write(project.path("reports/.cache").join(name), bytes).expect("written");
}

#[test]
fn a_run_after_one_change_does_one_departments_work() {
    let project = city();
    month(&project);
    let project = project.file(&path("総務部"), ledger("12.5"));
    let again = month(&project);
    let at_hand = at_hand(&project);
    let workbooks = at_hand.iter().filter(|name| name.ends_with(".xlsx")).count();
    // One was changed; one was read again to see whether what is at hand is right.
    assert_eq!(workbooks, DEPARTMENTS.len() - 2, "{at_hand:?}");
    for department in DEPARTMENTS {
        for edition in ["部局別", "議会"] {
            let document = format!("{edition}/{department}.pdf");
            assert_eq!(at_hand.contains(&document), department != "総務部", "{document} {at_hand:?}");
        }
    }
    assert_eq!(entries(&project).len(), DEPARTMENTS.len() * 3 + 1, "only what the last run used");
    assert!(again == from_scratch(&project));
}

#[test]
fn each_reading_is_made_again_in_its_turn() {
    let project = city();
    month(&project);
    let mut proved = Vec::new();
    for _ in DEPARTMENTS {
        month(&project);
        let known = at_hand(&project);
        let missing = DEPARTMENTS
            .iter()
            .filter(|name| !known.iter().any(|path| path.ends_with(&format!("{name}_台帳.xlsx"))));
        proved.extend(missing.copied());
    }
    proved.sort_unstable();
    let mut all = DEPARTMENTS.to_vec();
    all.sort_unstable();
    assert_eq!(proved, all);
}

#[test]
fn what_rests_on_other_rules_is_worked_out_again() {
    let project = city();
    month(&project);
    let project = project.file("hoshin.toml", "[limits]\nfile_mb = 9\n");
    month(&project);
    assert!(!at_hand(&project).iter().any(|name| name.ends_with(".xlsx")));
}

/// What becomes of an entry, by its number and its bytes.
type Damage<'a> = dyn Fn(usize, &[u8]) -> Vec<u8> + 'a;

#[test]
fn damage_is_no_harm() {
    let project = city();
    let right = month(&project);
    let whole = entries(&project);
    let names: Vec<&String> = whole.keys().collect();
    let damages: [&Damage; 5] = [
        &|_, _| Vec::new(),
        &|_, bytes| bytes[..bytes.len() / 2].to_vec(),
        &|at, bytes| {
            let mut bytes = bytes.to_vec();
            let place = (at * 97) % bytes.len();
            bytes[place] ^= 1;
            bytes
        },
        &|_, bytes| [bytes, &[7]].concat(),
        // The entry of another.
        &|at, _| whole[names[(at + 1) % names.len()]].clone(),
    ];
    for damage in damages {
        for (at, (name, bytes)) in whole.iter().enumerate() {
            put(&project, name, &damage(at, bytes));
        }
        assert!(month(&project) == right);
        assert!(at_hand(&project).is_empty());
    }
    std::fs::remove_dir_all(project.path("reports/.cache")).expect("removed");
    assert!(month(&project) == right);
    // Nothing can be kept where a file has its name.
    std::fs::remove_dir_all(project.path("reports/.cache")).expect("removed");
    std::fs::write(project.path("reports/.cache"), "").expect("written");
    assert!(month(&project) == right);
}

#[test]
fn entries_that_lie_are_found_out() {
    let project = city();
    let right = month(&project);
    for (name, bytes) in entries(&project) {
        if !name.starts_with("reading-") {
            continue;
        }
        // A figure that no workbook holds, under a seal that is right.
        let content = String::from_utf8(bytes[..bytes.len() - 32].to_vec()).expect("text");
        let digits = ["58.5", "57.25", "60.1", "41"].iter().find(|figure| content.contains(**figure));
        let content = content.replace(digits.expect("its figure"), "99.9");
        let mut seal = Sha256::new();
        seal.update(&name);
        seal.update(&content);
        put(&project, &name, &[content.as_bytes(), &seal.finalize()].concat());
    }
    assert!(month(&project) == right);
}
