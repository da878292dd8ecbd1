//! What becomes of a workbook whose worker does not answer. The workers are little programs of the tests' own.

#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "tests set their own scene")]

use std::os::unix::fs::PermissionsExt;

use super::*;

fn brief(seconds: u64, memory: u64) -> Brief {
    let period = "2021-05".parse().expect("a month");
    Brief {
        config: String::new(),
        templates: BTreeMap::new(),
        period,
        passwords: Vec::new(),
        seconds,
        memory,
    }
}

/// What a pool says of a workbook whose worker is this shell script.
fn asked(script: &str, seconds: u64, memory: u64) -> Result<Vec<u8>, Death> {
    let dir = tempfile::tempdir().expect("a folder");
    let program = dir.path().join("worker");
    std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("written");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("runnable");
    let brief = brief(seconds, memory);
    loop {
        match Pool::new(program.clone(), &brief).ask("a.xlsx", b"bytes") {
            // Another test's new process holds the script open for writing until it runs its own program.
            Err(Death::NoWorker(words)) if words.contains("Text file busy") => {}
            answer => return answer,
        }
    }
}

const PATIENT: u64 = 600;

#[test]
fn each_death_is_told_by_its_cause() {
    let died = |script| asked(script, PATIENT, 1000).expect_err("no answer");
    assert_eq!(died("kill -XCPU $$"), Death::Time);
    assert_eq!(died("echo 'memory allocation of 99 bytes failed' >&2; kill -ABRT $$"), Death::Memory);
    let Death::Crash(words) = died("echo 'thread main has overflowed its stack' >&2; kill -SEGV $$") else {
        unreachable!("a crash")
    };
    assert!(words.contains("signal: 11") && words.contains("overflowed its stack"), "{words}");
    assert!(matches!(died("exit 7"), Death::Crash(words) if words.contains("exit status: 7")));
}

#[test]
fn a_worker_that_says_nothing_is_not_waited_for() {
    assert_eq!(asked("exec tail -f /dev/null", 0, 1000).expect_err("no answer"), Death::Time);
}

#[test]
fn an_answer_larger_than_its_memory_is_not_read() {
    let long = r"head -c 8 /dev/zero | tr '\0' '\177'; exec cat";
    assert_eq!(asked(long, PATIENT, 1000).expect_err("no answer"), Death::Memory);
}

#[test]
fn an_answer_that_is_none_is_a_crash() {
    let nonsense = r"printf '\003\0\0\0\0\0\0\0abc'";
    assert!(matches!(asked(nonsense, PATIENT, 1000), Err(Death::Crash(_))));
}

#[test]
fn a_bug_of_ours_is_told_with_its_place() {
    let answer = r#"{"answer":{"Panicked":"src/x.rs:1:2"},"last":false}"#;
    let script =
        format!(r"printf '\{:03o}\0\0\0\0\0\0\0'; printf '{answer}'; exec cat >/dev/null", answer.len());
    assert_eq!(
        asked(&script, PATIENT, 1000).expect_err("no answer"),
        Death::Crash("src/x.rs:1:2".to_owned())
    );
}

#[test]
fn without_a_program_there_is_no_worker() {
    let pool = Pool::new("/no/such/program".into(), &brief(1, 1));
    assert!(matches!(pool.ask("a.xlsx", b""), Err(Death::NoWorker(_))));
}
