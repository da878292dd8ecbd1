//! The files for hosts of many cities, read by the programs that they are meant for.

#![cfg(target_os = "linux")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::checkout;

/// A program's output, or `None` where the machine has no such program: told past the harness, which keeps what a test
/// that passes prints to itself.
fn program(name: &str, words: &[&str], file: &Path) -> Option<Output> {
    let output = Command::new(name).args(words).arg(file).output();
    if output.is_err() {
        _ = writeln!(std::io::stderr(), "skipped: {name} is not installed");
    }
    output.ok()
}

/// A file beside `docs/scale.md` with a word in it replaced, in a folder of its own.
fn copy(folder: &Path, name: &str, (old, new): (&str, &str)) -> PathBuf {
    let text = std::fs::read_to_string(checkout("docs/scale").join(name)).expect("kept");
    assert!(text.contains(old), "{name} does not hold {old}");
    let file = folder.join(name);
    std::fs::write(&file, text.replace(old, new)).expect("written");
    file
}

#[test]
fn systemd_takes_the_instance_units() {
    let folder = tempfile::tempdir().expect("a folder");
    let binary = env!("CARGO_BIN_EXE_hoshin");
    let service = copy(folder.path(), "hoshin@.service", ("/usr/bin/hoshin", binary));
    let timer = copy(folder.path(), "hoshin@.timer", ("Persistent=true", "Persistent=yes"));
    for unit in [&service, &timer] {
        let Some(output) = program("systemd-analyze", &["verify"], unit) else { return };
        assert_eq!((String::from_utf8_lossy(&output.stderr).as_ref(), output.status.code()), ("", Some(0)));
    }
    let Some(output) = program("systemd-analyze", &["security", "--offline=yes", "--threshold=20"], &service)
    else {
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn systemd_tells_what_it_does_not_know() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = copy(folder.path(), "hoshin@.service", ("PrivateNetwork", "PrivateNetwrk"));
    let Some(output) = program("systemd-analyze", &["verify"], &broken) else { return };
    assert!(String::from_utf8_lossy(&output.stderr).contains("PrivateNetwrk"));
}

/// What a unit's service says, but what differs from city to city and from host to host.
fn safety(unit: &str) -> Vec<String> {
    let own = [
        "User",
        "WorkingDirectory",
        "ExecStart",
        "ReadWritePaths",
        "Slice",
        "RuntimeDirectory",
        "MemoryMax",
        "TasksMax",
    ];
    let own = [&own[..], &["PrivateTmp", "ProtectHome", "Environment=RAYON"]].concat();
    let (_, service) = unit.split_once("[Service]\n").expect("a service");
    let lines = service.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut lines: Vec<String> =
        lines.filter(|line| !own.iter().any(|word| line.starts_with(word))).map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
fn an_instance_is_as_safe_as_the_unit_of_one_city() {
    let instance = std::fs::read_to_string(checkout("docs/scale/hoshin@.service")).expect("kept");
    let single = std::fs::read_to_string(checkout("src/commands/schedule/hoshin.service")).expect("kept");
    assert_eq!(safety(&instance), safety(&single));
    assert!(safety(&single).len() > 30, "{:?}", safety(&single));
    assert!(instance.contains("ProtectHome=yes\nPrivateTmp=yes\n"), "cities stand in neither");
}

#[test]
fn kubernetes_takes_the_job() {
    let folder = tempfile::tempdir().expect("a folder");
    let job = checkout("docs/scale/job.yaml");
    let words = ["--strict"];
    let Some(output) = program("kubernetes-validate", &words, Path::new(&job)) else { return };
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
    let broken = copy(folder.path(), "job.yaml", ("completionMode", "completionMod"));
    let output = program("kubernetes-validate", &words, &broken).expect("as before");
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// The Job's script, and a folder of cities in place of its volume, where `hoshin` tells where it stands and what it was
/// asked, and ends with the code in `$CODE`.
struct Job {
    folder: tempfile::TempDir,
    script: String,
}

impl Job {
    fn of(list: &str, cities: &[&str]) -> Self {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let job = std::fs::read_to_string(checkout("docs/scale/job.yaml")).expect("kept");
        let (_, script) = job.split_once("- |\n").expect("a script");
        let lines = script.lines().take_while(|line| line.starts_with("              ")).map(str::trim);
        let script =
            lines.collect::<Vec<_>>().join("\n").replace("/cities", &folder.path().to_string_lossy());
        std::fs::write(folder.path().join("list.txt"), list).expect("written");
        for city in cities {
            std::fs::create_dir(folder.path().join(city)).expect("a folder");
        }
        let stub = folder.path().join("hoshin");
        std::fs::write(&stub, "#!/bin/sh\necho \"${PWD##*/}: $*\"\nexit $CODE\n").expect("written");
        std::fs::set_permissions(&stub, std::fs::Permissions::from_mode(0o755)).expect("set");
        Self { folder, script }
    }

    /// What an index prints and how it ends, where `hoshin` ends with `code`.
    fn index(&self, index: usize, code: i32) -> (String, Option<i32>) {
        let path = format!("{}:{}", self.folder.path().display(), std::env::var("PATH").expect("a path"));
        let mut shell = Command::new("/bin/sh");
        let shell = shell.args(["-euc", &self.script]).env("PATH", path);
        let shell = shell.env("JOB_COMPLETION_INDEX", index.to_string()).env("CODE", code.to_string());
        let output = shell.output().expect("a shell");
        (String::from_utf8(output.stdout).expect("text"), output.status.code())
    }
}

#[test]
fn each_index_works_in_the_folder_of_its_line() {
    let job = Job::of("kita\nminami no machi\n", &["kita", "minami no machi"]);
    for (index, city) in ["kita", "minami no machi"].into_iter().enumerate() {
        assert_eq!(job.index(index, 0), (format!("{city}: run --if-due --jobs 1\n"), Some(0)));
    }
}

#[test]
fn remarks_are_no_failure_and_all_else_is_told() {
    let job = Job::of("kita\n", &["kita"]);
    for (code, told) in [(0, 0), (1, 0), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (137, 137)] {
        assert_eq!(job.index(0, code).1, Some(told), "{code}");
    }
}

#[test]
fn an_index_without_a_city_does_nothing_and_is_not_tried_again() {
    let job = Job::of("kita\n\nhigashi\n", &["kita"]);
    for (index, what) in [(1, "an empty line"), (2, "no folder"), (3, "no line")] {
        assert_eq!(job.index(index, 0), (String::new(), Some(6)), "{what}");
    }
    let policy = std::fs::read_to_string(checkout("docs/scale/job.yaml")).expect("kept");
    assert!(policy.contains("values: [2, 5, 6]"));
}
