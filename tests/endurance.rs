//! Two years of months in a row: each is what a run from scratch with the same earlier months makes, and nothing piles up.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::faults::{Tree, assert_manifests, leftovers, names, part, put};
use crate::support::{Project, book};

const MONTHS: u32 = 24;

/// What changes from month to month: figures each month, rows, files and who hands in now and then.
fn ledgers(month: u32) -> Vec<(&'static str, Vec<u8>)> {
    let figure = |base: u32, step: u32| format!("{}.{}", base + month * step % 17, month % 10);
    let year = if month < 10 { "R3" } else { "R4" };
    let (actual, target) = (format!("{year}実績"), format!("{year}目標"));
    let header = ["指標名", "単位", actual.as_str(), target.as_str()];
    let (satisfaction, minutes, visits) = (figure(50, 3), figure(4, 1), figure(800, 7));
    let rows = [
        ["窓口の満足度", "％", satisfaction.as_str(), "62.5"],
        ["待ち時間", "分", minutes.as_str(), "5"],
        ["健康教室の参加者", "人", visits.as_str(), "820"],
    ];
    // Some months have a row less, in some a figure is not there yet.
    let own: Vec<&[&str]> = std::iter::once(&header[..])
        .chain(rows.iter().take(2 + usize::from(month % 3 != 1)).map(|row| &row[..]))
        .collect();
    let pending = ["出動の件数", "件", "集計中", "900"];
    let count = figure(700, 11);
    let counted = ["出動の件数", "件", count.as_str(), "900"];
    let fire: [&[&str]; 2] = [&header, if month % 4 == 2 { &pending } else { &counted }];
    let status = ["検討中", "実施中", "やや遅れ", "順調", "完了"][month as usize % 5];
    let welfare: [&[&str]; 3] =
        [&["取組項目", "進捗状況"], &["見守りの充実", status], &["相談窓口の開設", "実施中"]];
    let mut ledgers = vec![("市民環境部/市民課.xlsx", book(&own))];
    // Now and then nothing comes: last month's values stand in.
    if month % 5 != 3 {
        ledgers.push(("消防本部/警防課.xlsx", book(&fire)));
    }
    if month % 7 != 5 {
        ledgers.push(("健康福祉部/介護課.xlsx", book(&welfare)));
    }
    ledgers
}

const TOML: &str = r#"
[submission]
day = 10

[[department]]
name = "市民環境部"
divisions = ["市民課"]

[[department]]
name = "健康福祉部"
divisions = ["介護課"]

[[department]]
name = "消防本部"
divisions = ["警防課"]

[[expected]]
department = "市民環境部"
division = "市民課"

[[expected]]
department = "消防本部"
division = "警防課"

[[expected]]
department = "健康福祉部"
division = "介護課"
"#;

/// 2021-04 and what follows it.
fn period(month: u32) -> String {
    format!("{}-{:02}", 2021 + (month + 3) / 12, (month + 3) % 12 + 1)
}

/// The command of a month.
fn run(month: u32) -> String {
    format!("run --period {} --as-of {}-15", period(month), period(month + 1))
}

/// With the workbooks of a month.
fn with_month(project: Project, month: u32) -> Project {
    ledgers(month).into_iter().fold(project, |project, (path, bytes)| {
        project.file(&format!("input/{}/{path}", period(month)), bytes)
    })
}

/// What the manifests of a reports folder name in 原本/.
fn named(tree: &Tree) -> BTreeSet<String> {
    let manifests = tree.iter().filter(|(name, _)| name.ends_with("/manifest.json"));
    let originals = manifests.flat_map(|(_, bytes)| {
        let manifest: Value = serde_json::from_slice(bytes).expect("JSON");
        manifest["originals"].as_array().expect("a list").clone()
    });
    originals.map(|path| path.as_str().expect("a path").to_owned()).collect()
}

#[test]
fn two_years_of_months_leave_two_years_of_right_months() {
    let mut project = Project::bare().file("hoshin.toml", TOML);
    let mut carried = 0;
    for month in 0..MONTHS {
        project = with_month(project, month);
        let name = format!("{}/", period(month));
        if month % 6 == 4 {
            // A month that is made twice, from other workbooks at first, leaves nothing of the first time.
            let first = book(&[&["指標名", "単位", "R3実績"], &["窓口の満足度", "％", "1.5"]]);
            project = project.file(&format!("input/{name}市民環境部/市民課.xlsx"), first);
            project.run(&format!("{} --allow-gaps", run(month))).exits(0);
            project = with_month(project, month);
        }
        let before = project.tree("reports");
        project.run(&run(month)).exits(0);
        let tree = project.tree("reports");

        let scratch = with_month(Project::bare().file("hoshin.toml", TOML), month);
        let earlier =
            before.into_iter().filter(|(path, _)| path.starts_with("20") && !path.starts_with(&name));
        put(&scratch, &earlier.collect());
        scratch.run(&run(month)).exits(0);
        let fresh = part(&scratch.tree("reports"), &name);
        assert_eq!(names(&part(&tree, &name)), names(&fresh), "{name}");
        assert!(part(&tree, &name) == fresh, "{name}");

        assert_manifests(&tree);
        assert_eq!(String::from_utf8_lossy(&tree["latest.txt"]), format!("{}\n", period(month)));
        assert_eq!(leftovers(&project), [""; 0], "{name}");
        let kept: BTreeSet<_> = tree.keys().filter(|path| path.starts_with("原本/")).cloned().collect();
        assert_eq!(kept, named(&tree), "{name}");
        carried += usize::from(
            String::from_utf8_lossy(&fresh[&format!("{name}data/findings.csv")]).contains("carried-over"),
        );
        if month % 3 == 2 {
            project.run(&format!("freeze {} --as-of {}-20", period(month), period(month + 1))).exits(0);
        }
    }
    assert!(carried > 5, "values of earlier months stand in: {carried}");
    let tree = project.tree("reports");
    let months: BTreeSet<_> = tree.keys().filter_map(|path| path.split_once("/manifest.json")).collect();
    assert_eq!(months.len(), MONTHS as usize);
    assert_eq!(tree.keys().filter(|path| path.starts_with("logs/")).count(), 28, "one a run");
}
