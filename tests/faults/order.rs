//! The order of a run's file operations, and what a share that is gone does to it.

use super::{Scene, Stands};
use crate::support::layer::{EHOSTDOWN, Layer};

#[test]
fn all_is_on_the_disk_before_it_stands_and_latest_follows() {
    let scene = Scene::new();
    let Some(layer) = Layer::new() else { return };
    let trace = scene.project.path("trace");
    let layer = layer.changes(&scene.project.path("reports")).trace(&trace);
    scene.project.run_under(&layer, "run --input 新 --period 2021-06 --as-of 2021-07-07").exits(0);
    let trace = std::fs::read_to_string(trace).expect("written");
    let operations: Vec<(&str, &str)> = trace
        .lines()
        .map(|line| {
            let (operation, path) = line.split_once('\t').expect("a number").1.split_once('\t').expect("two");
            (operation, path.split_once("/reports").expect("below").1)
        })
        .collect();
    let at = |wanted: (&str, &str)| operations.iter().position(|known| *known == wanted);
    let last = |path: &str, operation: &str| operations.iter().rposition(|known| *known == (operation, path));
    let placed = at(("rename", "/2021-06")).expect("placed");
    let written: Vec<&str> = operations[..placed]
        .iter()
        .filter(|(operation, _)| *operation == "open")
        .map(|(_, path)| *path)
        .collect();
    let own =
        written.iter().filter(|path| path.starts_with("/.hoshin-new-2021-06/") || path.starts_with("/原本/"));
    assert!(own.clone().count() > 10, "{trace}");
    for file in own {
        let synced = last(file, "fsync").unwrap_or_else(|| panic!("{file} is never synced"));
        assert!(last(file, "write").expect("written") < synced && synced < placed, "{file}");
        let folder = file.rsplit_once('/').expect("a folder").0;
        let folder = operations[..placed]
            .iter()
            .rposition(|known| *known == ("fsync", folder))
            .unwrap_or_else(|| panic!("{folder} is never synced"));
        assert!(synced < folder && folder < placed, "{file}");
    }
    let told = at(("rename", "/latest.txt")).expect("told");
    let synced = operations[placed..told].contains(&("fsync", ""));
    assert!(placed < told && synced, "latest.txt is written last");
    assert!(operations[told..].contains(&("fsync", "")), "and on the disk");
}

#[test]
fn a_share_that_is_gone_changes_nothing() {
    let scene = Scene::new();
    let Some(layer) = Layer::new() else { return };
    let gone = layer.reads(&scene.project.path("新"), 1, &format!("{EHOSTDOWN}+"));
    scene.project.run_under(&gone, super::NEW).exits(6).out("");
    assert_eq!(scene.stands("gone"), Stands::Old);
    assert!(scene.project.tree("reports") == scene.old, "nothing at all has changed");
}
