//! The month of the sample city, end to end.

use std::path::PathBuf;

use crate::facts::{compare, facts_of};
use crate::support::{Project, checkout};

/// The project of the repository, its month in a temporary folder.
pub fn month(project: &Project, jobs: &str, output: &str) -> PathBuf {
    let input = checkout("input/2021-05");
    let config = checkout("hoshin.toml");
    let output = project.path(output);
    let [input, config, folder] = [&input, &config, &output].map(|path| path.to_str().expect("UTF-8"));
    let args = [
        "run",
        "--period",
        "2021-05",
        "--as-of",
        "2021-06-10",
        "--input",
        input,
        "--config",
        config,
        "--output",
        folder,
        "--jobs",
        jobs,
    ];
    project.run_words(&args).exits(0);
    output.join("2021-05")
}

/// All workbooks of the sample with their facts: how many, and how many remarks at most.
const FACTS: [(&str, usize, usize); 8] = [
    ("総合政策部_部の運営方針", 85, 10),
    ("企画財政課_指標・進捗", 35, 10),
    ("市民環境部_部の運営方針", 48, 2),
    ("市民課_指標・取組進捗", 44, 1),
    ("環境衛生課_成果指標", 34, 2),
    ("地域福祉課_目標管理表", 28, 2),
    ("健康増進課_KPI管理表", 33, 2),
    ("消防本部_目標管理シート", 42, 1),
];

#[test]
fn every_fact_is_read() {
    let project = Project::new();
    let data = month(&project, "2", "reports").join("data");
    for (book, facts, remarks) in FACTS {
        compare(book, &facts_of(&checkout("tests/cases/sample/facts"), book), &data)
            .all_right(facts, remarks);
    }
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let project = Project::new();
    let months = ["1", "2"].map(|jobs| {
        month(&project, jobs, &format!("reports{jobs}"));
        let mut tree = project.tree(&format!("reports{jobs}/2021-05"));
        tree.remove("manifest.json");
        tree
    });
    assert_eq!(months[0].keys().collect::<Vec<_>>(), months[1].keys().collect::<Vec<_>>());
    for (path, bytes) in &months[0] {
        assert!(months[1][path] == *bytes, "{path} differs");
    }
}
