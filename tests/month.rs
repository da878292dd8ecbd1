//! A month from its input folder to its reports folder.

use std::collections::BTreeMap;
use std::fs::File;

use hoshin::publish::Manifest;

use crate::support::{Project, checkout, workbook};

const MAY: &str = "run --input 台帳 --period 2021-05 --as-of 2021-06-07";

fn manifest(project: &Project, month: &str) -> Manifest {
    let bytes = std::fs::read(project.path(&format!("reports/{month}/manifest.json"))).expect("a manifest");
    serde_json::from_slice(&bytes).expect("valid JSON")
}

#[test]
fn a_run_places_a_month() {
    let project = Project::new().workbook("台帳/a.xlsx").workbook("台帳/部/b.xlsx");
    let outcome = project.run(MAY).exits(0);
    assert!(outcome.out.contains("台帳　2件のうち 2件を読みました"), "{}", outcome.out);
    assert!(outcome.out.contains("報告書は reports/2021-05 にあります"), "{}", outcome.out);

    let manifest = manifest(&project, "2021-05");
    let inputs: Vec<_> = manifest.inputs.iter().map(|input| (input.path.as_str(), input.size)).collect();
    let size = workbook().len() as u64;
    assert_eq!(inputs, [("a.xlsx", size), ("部/b.xlsx", size)]);
    let tree = project.tree("reports");
    assert_eq!(tree["latest.txt"], b"2021-05\n");
    for output in &manifest.outputs {
        assert_eq!(tree[&format!("2021-05/{}", output.path)].len() as u64, output.size, "{}", output.path);
    }
    let originals: Vec<_> = tree.keys().filter(|name| name.starts_with("原本/")).collect();
    assert_eq!(originals, [&manifest.inputs[0].archive], "equal inputs are kept once");
    assert!(tree.contains_key("2021-05/実行結果.txt"));
    let logs: Vec<_> = tree.keys().filter(|name| name.starts_with("logs/")).collect();
    assert_eq!(logs.len(), 1, "{logs:?}");
    assert!(!tree.keys().any(|name| name.starts_with('.')), "nothing is left behind: {:?}", tree.keys());
}

#[test]
fn equal_inputs_give_equal_bytes() {
    let months = [(), ()].map(|()| {
        let project = Project::new().workbook("台帳/a.xlsx");
        project.run(MAY).exits(0);
        let mut tree = project.tree("reports/2021-05");
        tree.remove("manifest.json");
        tree
    });
    for (path, bytes) in &months[0] {
        assert!(months[1][path] == *bytes, "{path} differs");
    }
    assert_eq!(months[0].len(), months[1].len());
}

#[test]
fn what_writes_nothing_writes_nothing() {
    let project = Project::new().workbook("台帳/a.xlsx");
    let outcome = project.run(&format!("{MAY} --dry-run")).exits(0);
    assert!(outcome.out.contains("何も書き込んでいません"), "{}", outcome.out);
    project.run("check --input 台帳 --period 2021-05 --as-of 2021-06-07").exits(0);
    assert!(!project.path("reports").exists());
}

#[test]
fn a_month_that_stands_is_not_due() {
    let project = Project::new().workbook("台帳/a.xlsx");
    project.run(&format!("{MAY} --if-due")).exits(0);
    let before = project.tree("reports");
    project
        .run(&format!("{MAY} --if-due"))
        .exits(0)
        .err("")
        .out("2021-05 の報告書はすでにあります。何もしませんでした。\n");
    assert_eq!(project.tree("reports"), before);
}

#[test]
fn too_little_input_changes_nothing() {
    let project = Project::new().file("空/メモ.txt", "memo").workbook("台帳/a.xlsx");
    project.run("run --input 空 --period 2021-05").exits(6).err_says("台帳（Excel のファイル）がありません");
    project.run("run --input 台帳/a.xlsx").exits(6).err_says("フォルダーではありません");
    assert_eq!(project.tree("reports"), BTreeMap::new());
    assert!(!project.path("reports").exists());

    let project = project.workbook("台帳/b.xlsx").workbook("台帳/c.xlsx");
    project.run(MAY).exits(0);
    let before = project.tree("reports");
    for gone in ["b.xlsx", "c.xlsx"] {
        std::fs::remove_file(project.path("台帳").join(gone)).expect("removed");
    }
    let june = "run --input 台帳 --period 2021-06 --as-of 2021-07-07";
    let outcome = project.run(june).exits(6).err_says("読めた台帳が 1件しかありません（2021-05 は 3件）");
    assert!(outcome.err.contains("\n・b.xlsx\n・c.xlsx\n"), "{}", outcome.err);
    assert_eq!(project.tree("reports"), before);
    project.run(&format!("{june} --allow-gaps")).exits(0);
}

#[test]
fn a_month_that_is_over_needs_its_own_input_or_late() {
    let project = Project::new().workbook("input/a.xlsx");
    project.run("run --period 2021-05").exits(2).err_says("2021-05 は過ぎた月です");
    project.run("run --period 2021-05 --late --as-of 2021-08-01").exits(0);
    assert!(manifest(&project, "2021-05").late);
    let project = project.workbook("input/2021-04/b.xlsx");
    project.run("run --period 2021-04").exits(0);
    let inputs = manifest(&project, "2021-04").inputs;
    assert_eq!(inputs.iter().map(|input| input.path.as_str()).collect::<Vec<_>>(), ["b.xlsx"]);
}

#[test]
fn reports_are_never_read_as_input() {
    let project = Project::new().workbook("a.xlsx").workbook("reports/2021-04/統合.xlsx");
    project.run("run --input . --period 2021-05").exits(0);
    let inputs = manifest(&project, "2021-05").inputs;
    assert_eq!(inputs.iter().map(|input| input.path.as_str()).collect::<Vec<_>>(), ["a.xlsx"]);
    let same = "台帳と報告書のフォルダーが同じ「.」です。--output で別の場所を指定してください\n";
    project.run("run --input . --output . --period 2021-05").exits(2).out("").err(same);
}

#[test]
fn one_run_at_a_time() {
    let project = Project::new().workbook("台帳/a.xlsx").file("reports/.lock", "市役所 番号 1");
    let lock = File::open(project.path("reports/.lock")).expect("opened");
    lock.lock().expect("locked");
    let before = project.tree("reports");
    project.run(MAY).exits(4).err_says("別の hoshin が「reports」を使っています");
    assert_eq!(project.tree("reports"), before);
    drop(lock);
    project.run(MAY).exits(0);
}

#[test]
fn reports_that_cannot_be_written_are_an_error() {
    let project = Project::new().workbook("台帳/a.xlsx").file("reports", "a file where the folder belongs");
    project.run(MAY).exits(3).out("").err_says("報告書のフォルダーを作ることができません");
}

#[test]
fn the_sample_city_is_configured() {
    let text = std::fs::read(checkout("hoshin.toml")).expect("hoshin.toml");
    let project = Project::new().file("hoshin.toml", text).workbook("台帳/a.xlsx");
    project.run(MAY).exits(0);
    assert_eq!(manifest(&project, "2021-05").city, "見本市");
}
