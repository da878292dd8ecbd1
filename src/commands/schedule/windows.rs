//! XML for Windows' Task Scheduler, by [MS-TSCH] 2.5.

use super::{Failure, Plan, fill, unwritable};

const TASK: &str = include_str!("hoshin.xml");

/// The longest path that a task may name, in UTF-16 units.
const LONGEST: usize = 260;

pub(super) fn plan(program: &str, folder: &str) -> Result<Plan, Failure> {
    for path in [program, folder] {
        if path.encode_utf16().count() > LONGEST || path.contains(['\u{fffe}', '\u{ffff}']) {
            return Err(unwritable(path));
        }
    }
    let (program, folder) = (escaped(program), escaped(folder));
    let task = fill(TASK, &[("program", &program), ("folder", &folder)]);
    Ok(Plan { steps: String::new(), files: vec![("hoshin.xml", task)] })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
