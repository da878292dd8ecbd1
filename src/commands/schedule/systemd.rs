//! A service, its timer, and the unit that tells of it.

use std::path::Path;

use super::{Failure, Plan, fill, shell_word, unwritable};

const STEPS: &str = include_str!("steps.txt");
const SERVICE: &str = include_str!("hoshin.service");
const TIMER: &str = include_str!("hoshin.timer");
const NOTIFY: &str = include_str!("hoshin-notify@.service");

pub(super) fn plan(program: &str, folder: &str, user: &str) -> Result<Plan, Failure> {
    // systemd.syntax(7): a value's outer white space is dropped, and a backslash at its end joins the next line.
    if folder.ends_with([' ', '\\']) {
        return Err(unwritable(folder));
    }
    let reports = format!("{}/reports", folder.trim_end_matches('/'));
    let values = [
        ("program", quoted(program)),
        ("folder", specifiers(folder)),
        ("quoted_folder", quoted(folder)),
        ("reports", quoted(&reports)),
        ("user", user.to_owned()),
        ("private_tmp", if is_temporary(folder) { "no" } else { "yes" }.to_owned()),
    ];
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Ok(Plan {
        steps: fill(STEPS, &[("reports", &shell_word(&reports))]),
        files: vec![
            ("hoshin.service", fill(SERVICE, &values)),
            ("hoshin.timer", TIMER.to_owned()),
            ("hoshin-notify@.service", NOTIFY.to_owned()),
        ],
    })
}

/// systemd.unit(5): `%` starts a specifier.
fn specifiers(text: &str) -> String {
    text.replace('%', "%%")
}

/// A word in systemd's quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", specifiers(text).replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether a private `/tmp` would hide the project.
fn is_temporary(folder: &str) -> bool {
    ["/tmp", "/var/tmp"].iter().any(|tmp| Path::new(folder).starts_with(tmp))
}

/// Whom the project belongs to: by name where the machine's own list has it, else by number.
#[cfg(unix)]
pub(super) fn owner(folder: &Path) -> String {
    use std::os::unix::fs::MetadataExt;
    let Ok(found) = std::fs::metadata(folder) else { return "root".to_owned() };
    let number = found.uid().to_string();
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let name = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == number).then(|| name.to_owned())
    });
    name.unwrap_or(number)
}

/// Whom the project belongs to cannot be asked here.
#[cfg(not(unix))]
pub(super) fn owner(_folder: &Path) -> String {
    "root".to_owned()
}
