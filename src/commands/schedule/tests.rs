//! Awkward paths in each format.

use super::*;

#[test]
fn systemd_reads_paths_as_they_are() {
    let plan = systemd::plan("/opt/方針 50%/ho\"shin", "/srv/部 \\a%n", "kikaku").expect("a plan");
    let (name, text) = &plan.files[0];
    assert_eq!(*name, "hoshin.service");
    for line in [
        "WorkingDirectory=/srv/部 \\a%%n",
        "ExecStart=\"/opt/方針 50%%/ho\\\"shin\" run --if-due --notify-command \"cat > %t/hoshin/notice.txt\"",
        "ReadWritePaths=\"/srv/部 \\\\a%%n/reports\"",
        "User=kikaku",
        "PrivateTmp=yes",
    ] {
        assert!(text.lines().any(|there| there == line), "{line}\nis not in\n{text}");
    }
    assert!(plan.steps.contains("mkdir -p '/srv/部 \\a%n/reports'"), "{}", plan.steps);
}

#[test]
fn a_private_tmp_would_hide_a_project_there() {
    for (folder, line) in [
        ("/tmp/x", "PrivateTmp=no\n"),
        ("/var/tmp", "PrivateTmp=no\n"),
        ("/tmpx", "PrivateTmp=yes\n"),
        ("/srv/tmp/x", "PrivateTmp=yes\n"),
    ] {
        let plan = systemd::plan("/p", folder, "root").expect("a plan");
        assert!(plan.files[0].1.contains(line), "{folder}");
    }
}

#[test]
fn cron_reads_paths_as_they_are() {
    let plan = cron::plan("/opt/50%/ho'shin", "/srv/部 1\\%").expect("a plan");
    let line = r#"
0 6 * * * cd '/srv/部 1'"$(printf "\134")"'\%' && '/opt/50\%/ho'\''shin' run --if-due --notify-command 'cat >&2' >/dev/null
"#;
    assert!(plan.files[0].1.ends_with(line), "{}", plan.files[0].1);
}

#[test]
fn the_task_is_well_formed_whatever_the_paths() {
    let plan = windows::plan("C:\\R&D\\<x>\\hoshin.exe", "C:\\台帳 \"1\"{program}").expect("a plan");
    let text = &plan.files[0].1;
    assert!(text.contains("<Command>C:\\R&amp;D\\&lt;x&gt;\\hoshin.exe</Command>"), "{text}");
    assert!(text.contains("<WorkingDirectory>C:\\台帳 &quot;1&quot;{program}</WorkingDirectory>"), "{text}");
    let comment =
        text.split_once("<!--").and_then(|(_, rest)| rest.split_once("-->")).map(|(inside, _)| inside);
    assert!(comment.is_some_and(|inside| !inside.contains("--")), "XML forbids -- in comments");
}

#[test]
fn what_a_format_cannot_hold_is_refused() {
    let long = format!("/{}", "長".repeat(333));
    assert!(systemd::plan("/p", "/srv/a ", "root").is_err());
    assert!(systemd::plan("/p", "/srv/a\\", "root").is_err());
    assert!(cron::plan("/p", &long).is_err());
    assert!(windows::plan("/p", &long).is_err());
    assert!(plain(Path::new("/srv/a\nb")).is_err());
    assert!(systemd::plan("/p", &long, "root").is_ok());
}
