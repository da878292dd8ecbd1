//! The files for hosts of many cities, read by the programs that they are meant for.

#![cfg(target_os = "linux")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::checkout;

/// A program's output, or `None`, told aloud, where the machine has no such program.
fn program(name: &str, words: &[&str], file: &Path) -> Option<Output> {
    let output = Command::new(name).args(words).arg(file).output();
    if output.is_err() {
        eprintln!("skipped: {name} is not installed");
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

#[test]
fn kubernetes_takes_the_job() {
    let folder = tempfile::tempdir().expect("a folder");
    let job = checkout("docs/scale/job.yaml");
    let words = ["--strict"];
    let Some(output) = program("kubernetes-validate", &words, Path::new(&job)) else { return };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let broken = copy(folder.path(), "job.yaml", ("completionMode", "completionMod"));
    let output = program("kubernetes-validate", &words, &broken).expect("as before");
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn each_index_works_in_the_folder_of_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let job = std::fs::read_to_string(checkout("docs/scale/job.yaml")).expect("kept");
    let (_, script) = job.split_once("- |\n").expect("a script");
    let lines = script.lines().take_while(|line| line.starts_with("              ")).map(str::trim);
    let script = lines.collect::<Vec<_>>().join("\n").replace("/cities", &folder.path().to_string_lossy());
    std::fs::write(folder.path().join("list.txt"), "kita\nminami no machi\n").expect("written");
    for (index, city) in [("0", "kita"), ("1", "minami no machi")] {
        std::fs::create_dir(folder.path().join(city)).expect("a folder");
        let script = script.replace("hoshin run --if-due --jobs 1", "pwd");
        let output =
            Command::new("/bin/sh").args(["-euc", &script]).env("JOB_COMPLETION_INDEX", index).output();
        let output = output.expect("a shell");
        let place = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        assert!(place.ends_with(city), "{place}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
