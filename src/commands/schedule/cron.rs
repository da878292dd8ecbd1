//! A line for a crontab.

use super::{Failure, Plan, fill, shell_word, unwritable};

const PAGE: &str = include_str!("hoshin.cron");

/// The longest command that cron takes, in bytes.
const LONGEST: usize = 998;

pub(super) fn plan(program: &str, folder: &str) -> Result<Plan, Failure> {
    // What is printed goes to a mail; a day on which nothing is done prints nothing that is not thrown away.
    let notify = word("cat >&2");
    let command =
        format!("cd {} && {} run --if-due --notify-command {notify} >/dev/null", word(folder), word(program));
    if command.len() > LONGEST {
        return Err(unwritable(folder));
    }
    let page = fill(PAGE, &[("command", &command)]);
    Ok(Plan { steps: String::new(), files: vec![("hoshin.cron", page)] })
}

/// A word of the shell within a crontab. crontab(5): `%` is a line break even within quotes, unless a backslash stands
/// before it. Crons differ in what they make of two backslashes, so that one in a path is not written as such.
fn word(text: &str) -> String {
    shell_word(&text.replace('\\', "\0")).replace('%', "\\%").replace('\0', r#"'"$(printf "\134")"'"#)
}
