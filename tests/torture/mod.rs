//! Three inputs that strain the pages, each a whole project: many indicators with long names, a department without
//! content, and texts that are hard to set.
//!
//! `HOSHIN_WRITE_TORTURE=FOLDER cargo test --test hoshin -- torture` writes them, for docs/pages.sh and .ci/run.

mod checks;
mod hard;
mod many;
mod vacant;

use std::path::Path;

use crate::support::{Project, book};

/// A project to strain the pages with.
pub struct Input {
    /// Its name, and that of its folder.
    pub name: &'static str,
    /// Departments in 建制順, each with its divisions.
    departments: Vec<(&'static str, Vec<&'static str>)>,
    /// Workbooks: the path below the month's folder and the rows of the only sheet.
    workbooks: Vec<(String, Vec<Vec<String>>)>,
    /// Texts that every document of these departments must hold, white space aside.
    pub everywhere: Vec<(&'static str, String)>,
    /// The same, for what the policy documents say in running text.
    pub chapters: Vec<(&'static str, String)>,
}

impl Input {
    /// Every file of the project: path and content.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let departments = self
            .departments
            .iter()
            .map(|(name, divisions)| {
                format!("\n[[department]]\nname = \"{name}\"\ndivisions = {divisions:?}\n")
            })
            .collect::<Vec<_>>()
            .concat();
        let config = format!(
            "[city]\nname = \"見本市\"\npublisher = \"政策課\"\n\n[run]\narchive_inputs = false\n{departments}"
        );
        let mut files = vec![("hoshin.toml".to_owned(), config.into_bytes())];
        for (path, rows) in &self.workbooks {
            let rows: Vec<Vec<&str>> =
                rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
            let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
            files.push((format!("input/2021-05/{path}"), book(&rows)));
        }
        files
    }

    /// The project in a folder of its own, every document of the template switched on.
    pub fn project(&self) -> Project {
        let project = Project::bare().file("templates/report.toml", every_document());
        self.files().into_iter().fold(project, |project, (path, content)| project.file(&path, content))
    }
}

/// All inputs.
pub fn inputs() -> Vec<Input> {
    vec![many::input(), vacant::input(), hard::input()]
}

/// The built-in report.toml with every document written.
pub fn every_document() -> String {
    let text = hoshin::templates::Templates::embedded().text("report.toml").to_owned();
    text.lines().filter(|line| *line != "write = false").collect::<Vec<_>>().join("\n")
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

#[test]
fn inputs_are_written_where_somebody_asks_for_them() {
    let Some(folder) = std::env::var_os("HOSHIN_WRITE_TORTURE") else { return };
    for input in inputs() {
        for (path, content) in input.files() {
            let file = Path::new(&folder).join(input.name).join(path);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("created");
            std::fs::write(file, content).expect("written");
        }
    }
}
