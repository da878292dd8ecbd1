//! Every command of the README and of the guide does what it says, on the sample city.

use std::path::Path;

use crate::support::{Project, checkout};

/// The lines of the `sh` blocks of a document.
fn commands(document: &str) -> Vec<String> {
    let text = std::fs::read_to_string(checkout(document)).expect("the document");
    let mut commands = Vec::new();
    let mut inside = false;
    for line in text.lines().map(str::trim) {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            "" => {}
            _ if inside => commands.push(line.to_owned()),
            _ => {}
        }
    }
    commands
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("listed") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

#[test]
fn commands_of_the_documents_run() {
    let project = Project::new();
    for folder in ["input", "templates"] {
        copy(&checkout(folder), &project.path(folder));
    }
    std::fs::copy(checkout("hoshin.toml"), project.path("hoshin.toml")).expect("copied");
    let mut run = 0;
    for document in ["README.md", "docs/guide.ja.md", "docs/judgement.ja.md", "docs/operations.ja.md"] {
        for command in commands(document) {
            let words: Vec<&str> = command.split_whitespace().map(|word| word.trim_matches('"')).collect();
            let args = match words.as_slice() {
                ["cargo", "run", "--release", "--", args @ ..] | ["hoshin", args @ ..] => args,
                // This test is a part of that command.
                ["cargo", "test"] => continue,
                _ => panic!("{document} has a command that no test runs: {command}"),
            };
            if args.first() == Some(&"answers") {
                // What the divisions sent back: their sheets, not answered yet.
                copy(&project.path("reports/2021-05/差戻し"), &project.path("返信"));
            }
            project.run_words(args).exits(0);
            run += 1;
        }
    }
    assert_eq!(run, 29, "commands");
    assert!(project.path("reports/2021-05/統合.xlsx").is_file());
}

#[test]
fn pictures_of_the_documents_exist() {
    let text = std::fs::read_to_string(checkout("README.md")).expect("the README");
    let links: Vec<&str> =
        text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link).collect();
    assert!(!links.is_empty());
    for link in links.into_iter().filter(|link| !link.starts_with("http")) {
        assert!(checkout(link).exists(), "{link}");
    }
}
