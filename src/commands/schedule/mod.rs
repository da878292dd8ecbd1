//! `hoshin schedule`: the units, crontab line or task of the monthly run.
//!
//! It runs every day and does nothing where the month stands, so that a machine that was off on the first catches up.

mod cron;
mod systemd;
mod windows;

#[cfg(test)]
mod tests;

use std::path::Path;

use super::{Exit, Failure};
use crate::cli::{ScheduleArgs, Target};
use crate::discover::shown;
use crate::io_reason::io_reason;
use crate::{console, publish};

/// What one scheduler needs.
struct Plan {
    /// How to install it, where that does not stand in a file.
    steps: String,
    /// Files by name, each a whole.
    files: Vec<(&'static str, String)>,
}

impl Plan {
    /// Everything on one page. Of several files each begins under a line with its name.
    fn page(&self) -> String {
        match self.files.as_slice() {
            [(_, only)] => format!("{}{only}", self.steps),
            files => files.iter().fold(self.steps.clone(), |page, (name, text)| {
                format!("{page}\n#  ┏━━━━ ここから {name} ━━━━\n{text}#  ┗━━━━ ここまで {name} ━━━━\n")
            }),
        }
    }
}

pub(super) fn schedule(args: &ScheduleArgs) -> Result<Exit, Failure> {
    let fail = |error: &std::io::Error| {
        Failure::new(Exit::Usage, format!("プログラムの場所が分かりません: {}", io_reason(error)))
    };
    let program = std::env::current_exe().map_err(|error| fail(&error))?;
    let here = std::env::current_dir().map_err(|error| fail(&error))?;
    let (program, folder) = (plain(&program)?, plain(&here)?);
    let plan = match args.target {
        Target::Systemd => systemd::plan(&program, &folder, &systemd::owner(&here))?,
        Target::Cron => cron::plan(&program, &folder)?,
        Target::Windows => windows::plan(&program, &folder)?,
    };
    match &args.output {
        Some(output) => write(&plan, output)?,
        None => console::out(&plan.page()),
    }
    Ok(Exit::Done)
}

/// Writes each file under its name; none where one of them stands.
fn write(plan: &Plan, output: &Path) -> Result<(), Failure> {
    let stands = |name: &str| std::fs::symlink_metadata(output.join(name)).is_ok();
    if let Some((name, _)) = plan.files.iter().find(|(name, _)| stands(name)) {
        return Err(Failure::new(
            Exit::Usage,
            format!(
                "「{}」にはすでに {name} があります。何も書き込みませんでした。消すか、--output で別のフォルダーを指定してください",
                shown(output)
            ),
        ));
    }
    for (name, text) in &plan.files {
        publish::write_form(output, name, text.as_bytes())?;
    }
    let names: Vec<_> = plan.files.iter().map(|(name, _)| *name).collect();
    console::out(&format!("{}「{}」に {} を書き込みました。", plan.steps, shown(output), names.join("、")));
    Ok(())
}

/// A path as text; none of the three formats can hold a line break in one.
fn plain(path: &Path) -> Result<String, Failure> {
    match path.to_str() {
        Some(text) if !text.chars().any(char::is_control) => Ok(text.to_owned()),
        _ => Err(unwritable(&path.display().to_string())),
    }
}

/// A path that a format cannot hold.
fn unwritable(path: &str) -> Failure {
    let message = format!(
        "「{path}」は、自動実行の設定に書けない文字があるか、長すぎます。フォルダーの名前や場所を変えてください"
    );
    Failure::new(Exit::Usage, message)
}

/// A template with its `{names}` replaced, in one pass: a path that holds `{folder}` stays as it is.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let found = values.iter().find_map(|(name, value)| {
            after.strip_prefix(name).and_then(|after| after.strip_prefix('}')).map(|after| (*value, after))
        });
        let (value, after) = found.unwrap_or(("{", after));
        text.push_str(value);
        rest = after;
    }
    text + rest
}

/// A word of a shell's command line, whatever it holds.
fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
