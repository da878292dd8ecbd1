//! Inputs that move: on a share that goes away or stalls, open in Excel, linked in circles, named alike.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;
use std::time::SystemTime;

use crate::facts::rows;
use crate::support::layer::{EHOSTDOWN, Layer};
use crate::support::{Project, book, workbook};

const RUN: &str = "run --input input --period 2021-05 --as-of 2021-06-07";

/// A city of two departments.
fn city() -> Project {
    let other = book(&[&["指標名", "単位", "R2実績", "R3目標"], &["出動の件数", "件", "820", "800"]]);
    let config = "[[department]]\nname = \"市民環境部\"\n\n[[department]]\nname = \"消防本部\"\n";
    Project::bare()
        .file("hoshin.toml", config)
        .file("input/市民環境部/市民課.xlsx", workbook())
        .file("input/消防本部/警防課.xlsx", other)
}

/// File and code of each finding about a whole file.
fn told(project: &Project) -> Vec<(String, String)> {
    let about_files = |code: &str| code.starts_with("file-") || code.starts_with("workbook-");
    let findings = rows(&project.path("reports/2021-05/data/findings.csv"));
    let found = findings.into_iter().filter(|row| about_files(&row["code"]));
    let mut found: Vec<_> = found.map(|row| (row["workbook"].clone(), row["code"].clone())).collect();
    found.sort();
    found
}

fn pairs(found: &[(String, String)]) -> Vec<(&str, &str)> {
    found.iter().map(|(file, code)| (file.as_str(), code.as_str())).collect()
}

/// All files with what would change if somebody wrote to them.
fn stamps(folder: &Path) -> BTreeMap<String, (u64, SystemTime)> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        let data = entry.metadata().unwrap();
        let size = if data.is_dir() { 0 } else { data.len() };
        found.insert(entry.path().display().to_string(), (size, data.modified().unwrap()));
    }
    found
}

#[test]
fn the_input_is_never_written_to() {
    let project = city();
    let before = stamps(&project.path("input"));
    project.run(RUN).exits(0);
    project.run(&format!("check {}", &RUN[4..])).exits(0);
    project.run("form --output 様式").exits(0);
    assert_eq!(stamps(&project.path("input")), before);
}

#[test]
fn a_share_that_is_gone_leaves_the_month_as_it_is() {
    let project = city();
    project.run(RUN).exits(0);
    let before = project.tree("reports");
    let Some(layer) = Layer::new() else { return };
    let gone = layer.reads(&project.path("input"), 1, &format!("{EHOSTDOWN}+"));
    project.run_under(&gone, RUN).exits(6);
    assert!(project.tree("reports") == before, "exit 6 changes nothing");
}

#[test]
fn wherever_a_share_goes_away_nothing_is_lost_silently() {
    let whole = city();
    whole.run(RUN).exits(0);
    let inputs = whole.tree("input").len();
    let Some(layer) = Layer::new() else { return };
    let mut ends = Vec::new();
    for at in 1.. {
        let project = city();
        let gone = layer.clone().reads(&project.path("input"), at, &format!("{EHOSTDOWN}+"));
        let outcome = project.run_under(&gone, RUN);
        let code = outcome.code();
        ends.push(code);
        if code == Some(6) {
            assert!(project.tree("reports").is_empty(), "read {at}");
            continue;
        }
        outcome.exits(0);
        let manifest = std::fs::read_to_string(project.path("reports/2021-05/manifest.json")).unwrap();
        let read = manifest.matches("\"outcome\": \"read\"").count();
        let told = told(&project);
        assert_eq!(read + told.len(), inputs, "read {at}: {told:?}");
        if told.is_empty() {
            break;
        }
    }
    assert!(ends.contains(&Some(6)) && ends.len() > 3, "{ends:?}");
}

#[test]
fn a_share_that_stalls_is_not_waited_for() {
    let project = city();
    let stalled = project.path("input/消防本部");
    let Some(layer) = Layer::new() else { return };
    // The listing goes through; the workbook's own bytes never come.
    let reads = layer.reads(&stalled.join("警防課.xlsx"), 1, "meet");
    let mut command = project.command(&RUN.split_whitespace().collect::<Vec<_>>());
    let command = reads.over(&mut command).stdin(Stdio::piped());
    let mut run = command.stdout(Stdio::piped()).spawn().unwrap();
    let held = run.stdin.take();
    let status = run.wait().unwrap();
    drop(held);
    assert_eq!(status.code(), Some(0));
    assert_eq!(pairs(&told(&project)), [("消防本部/警防課.xlsx", "file-unreachable")]);
}

#[test]
fn a_file_that_changes_while_it_is_read_is_read_again() {
    let Some(layer) = Layer::new() else { return };
    let (old, new) =
        (workbook(), book(&[&["指標名", "R2実績", "R3目標"], &["別の指標の件数（件）", "7", "9"]]));
    let known = [&old, &new].map(|bytes| hoshin::discover::sha256(bytes));
    let mut met = BTreeMap::new();
    for at in 1.. {
        let project = Project::bare().file("input/a.xlsx", &old);
        let path = project.path("input/a.xlsx");
        let mut command = project.command(&RUN.split_whitespace().collect::<Vec<_>>());
        let meeting = layer.clone().reads(&path, at, "meet");
        let command = meeting.over(&mut command).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut run = command.spawn().unwrap();
        let mut said = [0];
        run.stdout.as_mut().unwrap().read_exact(&mut said).unwrap();
        let has_met = said == *b"@";
        if has_met {
            // In place, as a copy over a share writes: half of it is there before the other.
            std::fs::write(&path, &new).unwrap();
        }
        drop(run.stdin.take());
        assert_eq!(run.wait_with_output().unwrap().status.code(), Some(0));
        if !has_met {
            break;
        }
        let manifest = std::fs::read_to_string(project.path("reports/2021-05/manifest.json")).unwrap();
        let version = known.iter().position(|hash| manifest.contains(&format!("\"sha256\": \"{hash}\"")));
        *met.entry(version).or_insert(0) += 1;
    }
    // Whatever was read first, the change is seen, and the whole file read again.
    assert!(met.len() == 1 && met.get(&Some(1)).is_some_and(|times| *times > 2), "{met:?}");
}

#[cfg(unix)]
#[test]
fn each_oddity_of_a_folder_is_read_or_told() {
    use std::os::unix::fs::symlink;
    let deep = format!("input/市民環境部/{}深い.xlsx", "階層/".repeat(60));
    let long = format!("input/消防本部/{}.xlsx", "長".repeat(83));
    let ledger = |name: &str| book(&[&["指標名", "単位", "R2実績", "R3目標"], &[name, "件", "1", "2"]]);
    let project = city()
        .file(&deep, ledger("深い場所の件数"))
        .file(&long, ledger("長い名前の件数"))
        .file("input/消防本部/が.xlsx", ledger("合成済みの件数"))
        .file("input/消防本部/か\u{3099}.xlsx", ledger("結合文字の件数"))
        .file("input/消防本部/~$警防課.xlsx", "lock")
        .file("共有/指令課.xlsx", ledger("通報の件数"));
    let input = project.path("input");
    symlink(project.path("共有"), input.join("消防本部/共有")).unwrap();
    symlink(&input, input.join("消防本部/輪")).unwrap();
    symlink("どこにもない", input.join("消防本部/切れた.xlsx")).unwrap();
    assert!(
        std::process::Command::new("mkfifo").arg(input.join("消防本部/管.xlsx")).status().unwrap().success()
    );
    project.run(RUN).exits(0);
    let found = told(&project);
    assert_eq!(
        pairs(&found),
        [
            ("消防本部/が.xlsx", "file-same-name"),
            ("消防本部/切れた.xlsx", "file-unreachable"),
            ("消防本部/管.xlsx", "file-unreachable"),
            ("消防本部/警防課.xlsx", "file-in-use"),
        ]
    );
    let names: Vec<_> = rows(&project.path("reports/2021-05/data/indicators.csv"))
        .into_iter()
        .map(|row| row["indicator"].clone())
        .collect();
    for name in ["深い場所の件数", "長い名前の件数", "合成済みの件数", "通報の件数", "窓口の満足度"]
    {
        assert!(names.iter().any(|known| known == name), "{name}: {names:?}");
    }
    assert!(!names.iter().any(|name| name == "結合文字の件数"));
}

#[test]
fn fewer_than_half_of_last_months_workbooks_are_no_month() {
    let ledger = |name: &str| book(&[&["指標名", "単位", "R2実績", "R3目標"], &[name, "件", "1", "2"]]);
    let project = city()
        .file("input/市民環境部/環境衛生課.xlsx", ledger("収集の件数"))
        .file("input/消防本部/予防課.xlsx", ledger("査察の件数"));
    project.run("run --input input --period 2021-04 --as-of 2021-05-07").exits(0);
    std::fs::remove_dir_all(project.path("input/市民環境部")).unwrap();
    project.run(RUN).exits(0);
    std::fs::remove_file(project.path("input/消防本部/警防課.xlsx")).unwrap();
    let before = project.tree("reports");
    project.run(RUN).exits(6);
    assert!(project.tree("reports") == before, "exit 6 changes nothing");
}
