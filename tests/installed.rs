//! The program as it stands on a machine: its manual, its completions, and that it needs nothing else there.

use std::process::Command;

use crate::support::Project;

/// A project with the installed files below `share`.
fn installed() -> Project {
    let project = Project::bare();
    project.run("install-files --output share").exits(0).err("");
    project
}

/// What a program prints, or `None`, told aloud, where the machine has no such program.
fn said(program: &str, args: &[&str], project: &Project) -> Option<String> {
    let mut command = Command::new(program);
    command.args(args).current_dir(project.path("")).env("LC_ALL", "C.UTF-8").env("MANWIDTH", "100");
    let Ok(output) = command.output() else {
        eprintln!("skipped: {program} is not installed");
        return None;
    };
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && stderr.is_empty(), "{program}: {stderr}");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn the_manual_is_japanese() {
    let project = installed();
    let pages = project.tree("share/man/ja/man1");
    assert_eq!(pages.len(), 12, "{:?}", pages.keys());
    for (name, page) in &pages {
        let page = String::from_utf8_lossy(page);
        let english = page.lines().filter(|line| line.starts_with(".SH")).find(|line| line.is_ascii());
        assert_eq!(english, None, "{name}");
    }
    if let Some(line) = said("lexgrog", &["share/man/ja/man1/hoshin-run.1"], &project) {
        assert!(line.ends_with("\"hoshin-run - 台帳をすべて読み、その月の報告書を作る\"\n"), "{line}");
    }
    let Some(page) = said("man", &["-l", "share/man/ja/man1/hoshin-schedule.1"], &project) else { return };
    for line in [
        "名前",
        "       hoshin-schedule - 毎月の自動実行の設定を表示する",
        "       hoshin schedule [オプション]",
        "       --target <種類>",
    ] {
        assert!(page.lines().any(|there| there == line), "{line}\nis not in\n{page}");
    }
    for name in pages.keys() {
        // Asked for warnings, the formatter has none.
        said("man", &["--warnings", "-l", &format!("share/man/ja/man1/{name}")], &project);
    }
    let page = said("man", &["-l", "share/man/ja/man1/hoshin.1"], &project).unwrap_or_default();
    assert!(
        page.contains("終了コード") && page.contains("--fail-on で指定した重さ以上の指摘があります"),
        "{page}"
    );
    assert!(!page.contains("install-files"), "{page}");
}

#[test]
fn the_shells_complete() {
    let project = installed();
    let bash = |words: &str, before: &str| {
        let script = format!(
            ". share/bash-completion/completions/hoshin; COMP_WORDS=({words} ''); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _hoshin hoshin '' {before}; echo \"${{COMPREPLY[*]}}\""
        );
        said("bash", &["--norc", "-c", &script], &project)
    };
    if let Some(words) = bash("hoshin schedule --target", "--target") {
        assert_eq!(words, "systemd cron windows\n");
        let words = bash("hoshin", "hoshin").unwrap_or_default();
        assert!(words.contains(" run check inspect trace ") && !words.contains("install-files"), "{words}");
    }
    let fish = "source share/fish/vendor_completions.d/hoshin.fish; complete -C 'hoshin schedule --target '";
    if let Some(words) = said("fish", &["--no-config", "-c", fish], &project) {
        assert_eq!(
            words,
            "cron\tLinux などの cron\nsystemd\tLinux の systemd\nwindows\tWindows のタスク スケジューラ\n"
        );
    }
    said("zsh", &["-f", "-n", "share/zsh/vendor-completions/_hoshin"], &project);
    let powershell = project.tree("share")["doc/hoshin/hoshin-completion.ps1"].clone();
    assert!(String::from_utf8_lossy(&powershell).contains("Register-ArgumentCompleter"));
}

#[test]
fn no_environment_and_no_home_is_needed() {
    let project = Project::bare().workbook("input/2021-05/市民環境部_市民課.xlsx");
    let mut command = Command::new(env!("CARGO_BIN_EXE_hoshin"));
    command.args(["run", "--period", "2021-05", "--as-of", "2021-06-07"]).current_dir(project.path(""));
    // Windows needs these few to start any program.
    let kept = ["SystemRoot", "SystemDrive"].map(|name| (name, std::env::var_os(name)));
    command.env_clear().envs(kept.into_iter().filter_map(|(name, value)| Some((name, value?))));
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(project.path("reports/2021-05/統合.xlsx").is_file());
}

#[cfg(target_os = "linux")]
#[test]
fn no_network_and_no_writable_place_but_the_reports_is_needed() {
    let project = Project::bare().workbook("input/2021-05/市民環境部_市民課.xlsx");
    std::fs::create_dir(project.path("reports")).expect("a folder");
    // A network without interfaces; every file system read-only, then the reports folder again writable.
    let script = "mount --make-rprivate / && mount --bind reports reports && mount -o remount,bind,ro / \
        && mount -o bind,remount,ro \"$(stat -c %m .)\" && ! touch probe 2>/dev/null && exec \"$@\"";
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--net", "--mount", "sh", "-c", script, "sh"]);
    command.args([env!("CARGO_BIN_EXE_hoshin"), "run", "--period", "2021-05", "--as-of", "2021-06-07"]);
    command.current_dir(project.path("")).env_clear().env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
    let output = command.output();
    let said = output
        .as_ref()
        .map_or_else(ToString::to_string, |it| String::from_utf8_lossy(&it.stderr).into_owned());
    if output.is_err() || said.starts_with("unshare:") || said.starts_with("mount:") {
        return eprintln!("skipped: namespaces are not permitted: {said}");
    }
    assert!(output.is_ok_and(|output| output.status.success()), "{said}");
    assert!(project.path("reports/2021-05/統合.xlsx").is_file());
}
