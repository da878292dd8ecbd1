//! The inputs through the program: every text stands on the pages, nothing leaves its box.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Input, hard, many, vacant};
use crate::facts::rows;
use crate::printed::text_of;
use crate::support::Project;

/// The month of an input.
fn month(input: &Input) -> (Project, PathBuf) {
    let project = input.project();
    project.run("run --period 2021-05 --as-of 2021-06-10").exits(0);
    let folder = project.path("reports/2021-05");
    let overflow: Vec<_> = rows(&folder.join("data/findings.csv"))
        .into_iter()
        .filter(|row| row["code"] == "layout-overflow")
        .collect();
    assert!(overflow.is_empty(), "{overflow:?}");
    (project, folder)
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Every text of the input that a document prints is in it; said aloud where poppler-utils are missing.
fn texts_are_there(input: &Input, month: &Path) {
    let folders = [("部局別", true), ("議会", true), ("月次", false)];
    // Each document is read once.
    let mut read: BTreeMap<String, String> = BTreeMap::new();
    for (folder, chapters) in folders {
        let running = input.chapters.iter().filter(|_| chapters);
        for (department, text) in input.everywhere.iter().chain(running) {
            let name = format!("{folder}/{department}.pdf");
            if !read.contains_key(&name) {
                let Some(printed) = text_of(&month.join(&name)) else { return };
                read.insert(name.clone(), printed);
            }
            // A text of several pages has their headers and footers between its pieces: at most one is cut on each page.
            let text: Vec<char> = squeezed(text).chars().collect();
            let lost =
                text.chunks(60).filter(|piece| !read[&name].contains(&String::from_iter(*piece))).count();
            assert!(lost <= text.len() / 600, "{name}: {lost} of {}", String::from_iter(&text));
        }
    }
}

#[test]
fn two_hundred_indicators_with_long_names() {
    let input = many::input();
    assert_eq!(input.everywhere.len(), 200);
    let (_project, month) = month(&input);
    texts_are_there(&input, &month);
}

#[test]
fn texts_that_are_hard_to_set() {
    let input = hard::input();
    let (_project, month) = month(&input);
    texts_are_there(&input, &month);
}

#[test]
fn a_department_without_content_leaves_the_others_whole() {
    let input = vacant::input();
    let (_project, month) = month(&input);
    texts_are_there(&input, &month);
    let Some(city) = text_of(&month.join("全庁概要.pdf")) else { return };
    for name in ["市民部", "行政委員会事務局", "会計管理室"] {
        assert!(city.contains(name), "{name}: {city}");
    }
    for folder in ["部局別", "議会"] {
        let vacant = text_of(&month.join(folder).join("行政委員会事務局.pdf")).expect("as before");
        assert_eq!(vacant.matches("記載はありません。").count(), 4, "{folder}: {vacant}");
        assert!(!month.join(folder).join("会計管理室.pdf").exists(), "nothing was handed in");
    }
}
