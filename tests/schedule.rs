//! What `schedule` prints, read by the programs that it is meant for.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::{Project, checkout};

/// A folder's name that holds what shells, units and markup treat as their own.
const AWKWARD: &str = "部 1's \"方針\" 50%n $HOME & <a> \\x; #{folder}";

/// A program's output, or `None`, told aloud, where the machine has no such program.
fn program(name: &str, args: &[&str]) -> Option<Output> {
    let output = Command::new(name).args(args).output();
    if output.is_err() {
        eprintln!("skipped: {name} is not installed");
    }
    output.ok()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// The project in a folder of an awkward name; the folder itself.
fn awkward() -> (Project, PathBuf) {
    let project = Project::bare().workbook(&format!("{AWKWARD}/input/市民環境部_市民課.xlsx"));
    let folder = project.path(AWKWARD);
    std::fs::create_dir(folder.join("reports")).expect("a folder");
    (project, folder)
}

/// What hoshin prints in a folder.
fn printed(folder: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_hoshin")).args(args).current_dir(folder).output();
    let output = output.expect("the program starts");
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// The units, each in its own file below `units`.
fn units(folder: &Path) -> PathBuf {
    printed(folder, &["schedule", "--target", "systemd", "--output", "units"]);
    folder.join("units")
}

#[test]
fn systemd_takes_the_units_as_they_are() {
    let (_project, folder) = awkward();
    let units = units(&folder);
    let names = ["hoshin.service", "hoshin.timer", "hoshin-notify@success.service"];
    let paths = names.map(|name| units.join(name).to_string_lossy().into_owned());
    let mut args = vec!["verify"];
    args.extend(paths.iter().map(String::as_str));
    let Some(output) = program("systemd-analyze", &args) else { return };
    assert_eq!((text(&output.stderr).as_str(), output.status.code()), ("", Some(0)));

    // What it takes for a mistake is told, so that the silence above means something.
    let service = units.join("hoshin.service");
    let broken = std::fs::read_to_string(&service)
        .expect("read")
        .replace("[Service]\n", "[Service]\nPrivateNetwrk=yes\n");
    std::fs::write(&service, broken).expect("written");
    let output = program("systemd-analyze", &args).expect("as before");
    assert!(text(&output.stderr).contains("PrivateNetwrk"), "{}", text(&output.stderr));
}

#[test]
fn systemd_holds_the_service_for_safe() {
    let (_project, folder) = awkward();
    let service = units(&folder).join("hoshin.service");
    let args = ["security", "--offline=yes", "--threshold=20", "--no-pager", &service.to_string_lossy()];
    let Some(output) = program("systemd-analyze", &args) else { return };
    assert!(output.status.success(), "{}", text(&output.stdout));
}

#[test]
fn systemd_understands_the_time() {
    let (_project, folder) = awkward();
    let timer = std::fs::read_to_string(units(&folder).join("hoshin.timer")).expect("read");
    assert!(timer.lines().any(|line| line == "Persistent=true"), "{timer}");
    let time = timer.lines().find_map(|line| line.strip_prefix("OnCalendar=")).expect("a time");
    let args = ["calendar", "--base-time=2021-06-01 05:59:59", "--iterations=2", time];
    let Some(output) = program("systemd-analyze", &args) else { return };
    let said = text(&output.stdout);
    assert!(said.contains("2021-06-01 06:00:00") && said.contains("2021-06-02 06:00:00"), "{said}");
}

#[test]
fn every_unit_stands_on_the_page_under_its_name() {
    let (_project, folder) = awkward();
    let page = printed(&folder, &["schedule", "--target", "systemd"]);
    let units = units(&folder);
    let mut rest = page.as_str();
    for name in ["hoshin.service", "hoshin.timer", "hoshin-notify@.service"] {
        let begin = format!("#  ┏━━━━ ここから {name} ━━━━\n");
        let end = format!("#  ┗━━━━ ここまで {name} ━━━━\n");
        let part = rest.split_once(&begin).and_then(|(_, rest)| rest.split_once(&end));
        let (unit, after) = part.unwrap_or_else(|| panic!("{name} is not in\n{rest}"));
        assert_eq!(unit, std::fs::read_to_string(units.join(name)).expect("read"));
        rest = after;
    }
    assert_eq!(rest, "");
}

#[test]
fn files_that_stand_are_kept() {
    let project = Project::bare().file("units/hoshin.timer", "own");
    project
        .run("schedule --target systemd --output units")
        .exits(2)
        .out("")
        .err("「units」にはすでに hoshin.timer があります。何も書き込みませんでした。消すか、--output で別のフォルダーを指定してください\n");
    assert_eq!(project.tree("units").len(), 1);
    project.run("schedule --target cron --output units").exits(0);
    project.run("schedule --target windows --output units").exits(0);
    assert_eq!(project.tree("units").len(), 3);
}

#[test]
fn cron_takes_the_line() {
    let (_project, folder) = awkward();
    printed(&folder, &["schedule", "--target", "cron", "--output", "."]);
    let path = folder.join("hoshin.cron");
    let check = || program("crontab", &["-n", &path.to_string_lossy()]);
    let Some(output) = check() else { return };
    assert!(output.status.success(), "{}", text(&output.stderr));

    let broken = std::fs::read_to_string(&path).expect("read").replace("\n0 6 ", "\n0 25 ");
    std::fs::write(&path, broken).expect("written");
    assert!(!check().expect("as before").status.success());
}

/// What cron gives to the shell. `doubled` tells the two kinds of cron apart: whether `\\` becomes `\`.
fn as_cron_passes_it(command: &str, doubled: bool) -> String {
    let mut passed = String::new();
    let mut rest = command.chars();
    while let Some(c) = rest.next() {
        let next = rest.clone().next();
        let escaped = next == Some('%') || (doubled && next == Some('\\'));
        match c {
            '\\' if escaped => passed.extend(rest.next()),
            '%' => break,
            c => passed.push(c),
        }
    }
    passed
}

#[cfg(unix)]
#[test]
fn the_command_of_the_line_does_the_month() {
    for doubled in [false, true] {
        let (project, folder) = awkward();
        let page = printed(&folder, &["schedule", "--target", "cron"]);
        let line = page.lines().last().expect("a line");
        let command = as_cron_passes_it(line.strip_prefix("0 6 * * * ").expect("every day at six"), doubled);
        let run = || {
            let mut shell = Command::new("/bin/sh");
            shell.args(["-c", &command]).current_dir("/").env_clear().env("HOME", "/nonexistent");
            shell.env("PATH", "/usr/bin:/bin").output().expect("the shell starts")
        };
        let first = run();
        assert_eq!(
            (first.status.code(), text(&first.stdout)),
            (Some(0), String::new()),
            "{}",
            text(&first.stderr)
        );
        let newest = std::fs::read_to_string(folder.join("reports/latest.txt")).expect("a month");
        let page = std::fs::read_to_string(folder.join(format!("reports/{}/実行結果.txt", newest.trim())));
        assert!(text(&first.stderr).contains(&page.expect("its page")), "cron mails what is printed");

        // On all other days it does nothing and says nothing.
        let before = project.tree("");
        let second = run();
        assert_eq!(
            (second.status.code(), text(&second.stdout), text(&second.stderr)),
            (Some(0), String::new(), String::new())
        );
        assert_eq!(project.tree(""), before);
    }
}

#[test]
fn the_task_is_valid() {
    let (_project, folder) = awkward();
    printed(&folder, &["schedule", "--target", "windows", "--output", "."]);
    let schema = checkout("tests/fixtures/schedule/task.xsd");
    let path = folder.join("hoshin.xml");
    let check =
        || program("xmllint", &["--noout", "--schema", &schema.to_string_lossy(), &path.to_string_lossy()]);
    let Some(output) = check() else { return };
    assert!(output.status.success(), "{}", text(&output.stderr));

    // Read back, each path is what it was.
    let read = |element: &str| {
        let path = path.to_string_lossy();
        let expression = format!("string(//*[local-name()='{element}'])");
        let output = program("xmllint", &["--xpath", &expression, &path]).expect("as before");
        text(&output.stdout).trim_end_matches('\n').to_owned()
    };
    let folder = folder.canonicalize().expect("a folder");
    assert_eq!(read("WorkingDirectory"), folder.to_string_lossy());
    assert_eq!(read("Command"), env!("CARGO_BIN_EXE_hoshin"));
    assert_eq!(read("Arguments"), "run --if-due");
    for (element, value) in [
        ("StartWhenAvailable", "true"),
        ("MultipleInstancesPolicy", "IgnoreNew"),
        ("RunLevel", "LeastPrivilege"),
        ("ExecutionTimeLimit", "PT2H"),
    ] {
        assert_eq!(read(element), value);
    }

    let whole = std::fs::read_to_string(&path).expect("read");
    for (right, wrong) in
        [("IgnoreNew", "IgnoreOld"), ("<DaysInterval>1<", "<DaysInterval>0<"), ("PT2H", "2h")]
    {
        std::fs::write(&path, whole.replace(right, wrong)).expect("written");
        assert!(!check().expect("as before").status.success(), "{wrong}");
    }
}

#[test]
fn the_task_may_be_kept_in_utf_16() {
    let project = Project::bare();
    let page = project.run("schedule --target windows").exits(0).out;
    let units = std::iter::once(0xfeff).chain(page.encode_utf16()).flat_map(u16::to_le_bytes);
    let project = project.file("hoshin.xml", units.collect::<Vec<u8>>());
    let path = project.path("hoshin.xml");
    if let Some(output) = program("xmllint", &["--noout", &path.to_string_lossy()]) {
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
}
