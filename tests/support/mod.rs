//! A project folder of its own for each test, and the program run in it.

pub mod layer;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use hoshin::finding::Code;
use tempfile::TempDir;

use layer::Layer;

/// A project in a temporary folder.
pub struct Project(TempDir);

impl Project {
    /// A project with words for findings and nothing else.
    pub fn new() -> Self {
        let project = Self(tempfile::tempdir().expect("a folder"));
        project.file("templates/findings.toml", words(""))
    }

    /// A project without any file: everything is the program's own.
    pub fn bare() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// With a file.
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("below the project")).expect("folders");
        std::fs::write(path, content).expect("written");
        self
    }

    /// With a workbook of one indicator.
    pub fn workbook(self, path: &str) -> Self {
        self.file(path, workbook())
    }

    /// A path in the project.
    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// All files below a folder with their bytes, but those that hoshin keeps for its next run and never needs.
    pub fn tree(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.path(below);
        let mut tree = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).into_iter().flatten() {
                let path = entry.expect("listed").path();
                if path.is_dir() {
                    folders.extend((!path.ends_with(".cache")).then_some(path));
                } else {
                    let name = path.strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/");
                    tree.insert(name, std::fs::read(&path).expect("read"));
                }
            }
        }
        tree
    }

    /// The program with these arguments, divided by spaces.
    pub fn run(&self, args: &str) -> Outcome {
        self.run_words(&args.split_whitespace().collect::<Vec<_>>())
    }

    /// The program with these arguments.
    pub fn run_words(&self, args: &[&str]) -> Outcome {
        Outcome::of(&mut self.command(args))
    }

    /// The program with these arguments, divided by spaces, under a fault layer.
    pub fn run_under(&self, layer: &Layer, args: &str) -> Outcome {
        Outcome::of(layer.over(&mut self.command(&args.split_whitespace().collect::<Vec<_>>())))
    }

    /// The program, ready to be started in the project.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hoshin"));
        command.args(args).current_dir(self.0.path());
        command
    }
}

/// What a run of the program left.
#[derive(Debug)]
pub struct Outcome {
    args: String,
    code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Outcome {
    /// Runs a command to its end.
    fn of(command: &mut Command) -> Self {
        let output = command.output().expect("the program starts");
        let args: Vec<_> = command.get_args().map(|word| word.to_string_lossy()).collect();
        let args = args.join(" ");
        Self::new(args, output)
    }

    /// What a command that has ended left.
    pub fn new(args: String, output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Self { args, code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The exit code; `None` where the process was killed.
    pub fn code(&self) -> Option<i32> {
        self.code
    }

    /// Asserts the exit code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "hoshin {}\n{}\n{}", self.args, self.out, self.err);
        self
    }

    /// Asserts all of standard output.
    #[track_caller]
    pub fn out(self, expected: &str) -> Self {
        assert_eq!(self.out, expected, "hoshin {}\n{}", self.args, self.err);
        self
    }

    /// Asserts all of standard error.
    #[track_caller]
    pub fn err(self, expected: &str) -> Self {
        assert_eq!(self.err, expected, "hoshin {}\n{}", self.args, self.out);
        self
    }

    /// Asserts that standard error holds some words.
    #[track_caller]
    pub fn err_says(self, words: &str) -> Self {
        assert!(self.err.contains(words), "{words}\nis not in\n{}", self.err);
        self
    }
}

/// A findings.toml with plain words for every code, and an own section for the first.
pub fn words(first: &str) -> String {
    Code::ALL.iter().enumerate().fold(String::new(), |mut text, (index, code)| {
        let plain =
            "severity = \"warning\"\ntitle = \"題\"\nmessage = \"文\"\ncure = \"対処\"\nexplain = \"説明\"\n";
        let words = if index == 0 && !first.is_empty() { first } else { plain };
        _ = write!(text, "[{code}]\n{words}\n");
        text
    })
}

/// A workbook with one indicator in two years.
pub fn workbook() -> Vec<u8> {
    book(&[&["指標名", "単位", "R2実績", "R3目標"], &["窓口の満足度", "％", "58.5", "62.5"]])
}

/// A workbook of one sheet; a text that is a number becomes one.
pub fn book(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let written = rust_xlsxwriter::ExcelDateTime::from_ymd(2021, 6, 1).expect("a day");
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&written));
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (col, text) in (0..).zip(*cells) {
            let cell = match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, col, number),
                Err(_) => sheet.write_string(row, col, *text),
            };
            cell.expect("within the sheet");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// A path of the checkout.
pub fn checkout(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
