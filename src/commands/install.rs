//! `hoshin install-files`: what a package puts beside the program, from the same words as `--help`.

use clap_complete::Shell;
use clap_mangen::Man;

use super::{Exit, Failure};
use crate::cli::{self, InstallFilesArgs};
use crate::{console, publish};

/// Headings of man pages as they come, and in Japanese.
const HEADINGS: &[(&str, &str)] = &[
    ("NAME", "名前"),
    ("SYNOPSIS", "書式"),
    ("DESCRIPTION", "説明"),
    ("VERSION", "版"),
    ("EXTRA", "関連項目"),
];

/// Where the shells look for completions, below `/usr/share`.
const COMPLETIONS: &[(Shell, &str, &str)] = &[
    (Shell::Bash, "bash-completion/completions", "hoshin"),
    (Shell::Zsh, "zsh/vendor-completions", "_hoshin"),
    (Shell::Fish, "fish/vendor_completions.d", "hoshin.fish"),
    (Shell::PowerShell, "doc/hoshin", "hoshin-completion.ps1"),
];

pub(super) fn install_files(args: &InstallFilesArgs) -> Result<Exit, Failure> {
    let mut command = cli::described();
    command.build();
    for (name, page) in pages(&command)? {
        publish::write_form(&args.output.join("man/ja/man1"), &name, &page)?;
    }
    for (shell, folder, name) in COMPLETIONS {
        let mut text = Vec::new();
        clap_complete::generate(*shell, &mut cli::offered(), "hoshin", &mut text);
        publish::write_form(&args.output.join(folder), name, &text)?;
    }
    console::out(&format!("「{}」に、マニュアルと補完のファイルを書き込みました。", args.output.display()));
    Ok(Exit::Done)
}

/// The man pages by their names: one for the program, one for each command.
fn pages(command: &clap::Command) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let below = command.get_subcommands().filter(|below| !below.is_hide_set());
    std::iter::once(command).chain(below).map(page).collect()
}

fn page(command: &clap::Command) -> Result<(String, Vec<u8>), Failure> {
    let program = command.get_name() == "hoshin";
    let name = command.get_display_name().unwrap_or("hoshin").to_owned();
    let man = Man::new(command.clone()).title(&name).manual("hoshin 使い方").source(version());
    let mut text = Vec::new();
    man.render(&mut text).map_err(|error| Failure::new(Exit::NotWritten, error.to_string()))?;
    if program || command.get_name() == "run" {
        text.extend_from_slice(exits().as_bytes());
    }
    let page: String = String::from_utf8_lossy(&text).lines().map(japanese).collect();
    Ok((format!("{name}.1"), page.into_bytes()))
}

fn version() -> &'static str {
    concat!("hoshin ", env!("CARGO_PKG_VERSION"))
}

/// A line of a man page, its heading in Japanese; Japanese lines are not stretched.
fn japanese(line: &str) -> String {
    if let Some(title) = line.strip_prefix(".TH ") {
        // Without a date the title's later parts would move up.
        return format!(".TH {}\n.ad l\n.nh\n", title.replacen("  ", " \"\" ", 1));
    }
    let heading = line.strip_prefix(".SH ").and_then(|heading| {
        HEADINGS.iter().find(|(english, _)| *english == heading).map(|(_, japanese)| *japanese)
    });
    match heading {
        Some(heading) => format!(".SH {heading}\n"),
        // What indexes of manuals read has no marks of the formatter.
        None if line.starts_with('.') || line.contains(" \\- ") => format!("{line}\n"),
        // Lines may break behind these; not every formatter knows how Japanese is set.
        None => format!("{line}\n").replace('、', "、\\:").replace('。', "。\\:"),
    }
}

/// The exit codes as a chapter.
fn exits() -> String {
    let lines = Exit::ALL
        .iter()
        .map(|exit| format!(".TP\n{}\n{}。\n{}\n", exit.code(), exit.meaning(), exit.advice()));
    let lines = lines.collect::<String>().replace('-', "\\-");
    format!(".SH 終了コード\n{lines}.PP\n2 から 6 のときは、何も変わっていません。\n")
}
