//! `run --notify-command`: who waits for the month is told, whatever came of it.

#![cfg(unix)]

use crate::support::Project;

const MONTH: &str = "--period 2021-05 --as-of 2021-06-07";
/// Keeps what it is given.
const KEEP: &str = "cat > told.txt; echo \"$HOSHIN_EXIT $HOSHIN_PERIOD $HOSHIN_REPORTS\" > facts.txt";

/// `run` with more words and a command that is told.
fn run(project: &Project, words: &str, command: &str) -> crate::support::Outcome {
    let words = format!("run {words}");
    let mut args: Vec<&str> = words.split_whitespace().collect();
    args.extend(["--notify-command", command]);
    project.run_words(&args)
}

fn file(project: &Project, path: &str) -> String {
    std::fs::read_to_string(project.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn city() -> Project {
    Project::new()
        .workbook("input/2021-05/市民環境部_市民課.xlsx")
        .file("hoshin.toml", "[city]\nname = \"見本市\"\n")
}

#[test]
fn the_month_is_told_with_its_own_page() {
    let project = city();
    run(&project, MONTH, KEEP).exits(0).err_says("読んでいます");
    assert_eq!(file(&project, "told.txt"), file(&project, "reports/2021-05/実行結果.txt"));
    let reports = project.path("reports").canonicalize().expect("a folder");
    assert_eq!(file(&project, "facts.txt"), format!("0 2021-05 {}\n", reports.display()));

    // The same page where findings make the exit code 1; the words of this project are warnings.
    let project = Project::new().workbook("input/2021-05/市民課.xlsx");
    run(&project, &format!("{MONTH} --fail-on note"), KEEP).exits(1);
    assert_eq!(file(&project, "told.txt"), file(&project, "reports/2021-05/実行結果.txt"));
    assert!(file(&project, "facts.txt").starts_with("1 2021-05 "));
}

#[test]
fn a_failure_is_told_too() {
    let project = city();
    let said = run(&project, &format!("{MONTH} --input 無い"), KEEP).exits(6);
    let reason = said.err.trim_end();
    assert!(!project.path("reports").exists());
    assert_eq!(
        file(&project, "told.txt"),
        format!(
            "見本市　月次集計の実行結果\n\n対象の月　　2021年5月\n終了コード　6（台帳がない、開けない、または前の月の半分もありません）\n報告書　　　新しいものはできていません。「reports」の報告書は前のままです。\n\n■ 起きたこと\n{reason}\n\n■ していただきたいこと\n台帳のフォルダーや共有につながるか、台帳がそろっているかを確かめて、もう一度実行します。\n"
        )
    );

    // A broken configuration: all its problems, before anything is known of the month.
    let project = city().file("hoshin.toml", "[city]\nnmae = \"見本市\"\n");
    let said = run(&project, MONTH, KEEP).exits(2);
    assert!(file(&project, "told.txt").contains(said.err.trim_end()));
    assert!(file(&project, "facts.txt").starts_with("2 2021-05 "), "{}", file(&project, "facts.txt"));
}

#[test]
fn each_exit_code_is_told_with_what_to_do() {
    let project = city();
    run(&project, MONTH, "true").exits(0);
    project.run("freeze 2021-05 --as-of 2021-06-08").exits(0);
    run(&project, MONTH, KEEP).exits(5);
    let told = file(&project, "told.txt");
    assert!(
        told.starts_with(
            "見本市　月次集計の実行結果\n\n対象の月　　2021年5月\n終了コード　5（その月は確定しています）\n"
        ),
        "{told}"
    );
    assert!(told.contains("hoshin run --correct"), "{told}");

    // Nothing to correct is no failure, and still somebody waits.
    run(&project, &format!("{MONTH} --correct"), KEEP).exits(0);
    let told = file(&project, "told.txt");
    assert!(
        told.contains("訂正の版は作りませんでした。") && !told.contains("していただきたいこと"),
        "{told}"
    );

    // A file stands where the reports folder should be.
    let project = city().file("reports", "");
    run(&project, MONTH, KEEP).exits(3);
    assert!(file(&project, "told.txt").contains("終了コード　3（報告書を書き込めませんでした）"));
}

#[test]
fn nobody_is_told_of_nothing() {
    let project = city();
    run(&project, &format!("{MONTH} --dry-run"), KEEP).exits(0);
    run(&project, MONTH, "true").exits(0);
    run(&project, &format!("{MONTH} --if-due"), KEEP).exits(0).err("");
    assert!(!project.path("told.txt").exists());
}

#[test]
fn what_becomes_of_the_command_changes_nothing() {
    let quiet = city();
    let plain = run(&quiet, MONTH, "cat >/dev/null").exits(0).err;
    let tree = |project: &Project| {
        let mut tree = project.tree("reports");
        tree.retain(|name, _| !name.starts_with("logs/") && !name.ends_with("manifest.json"));
        tree
    };
    let whole = tree(&quiet);
    assert!(whole.len() > 5);
    for (command, complaint) in [
        (
            "exit 7",
            "知らせの命令（--notify-command）が終了コード 7 で失敗しました。報告書と終了コードには影響ありません。\n",
        ),
        (
            "kill -s KILL $$",
            "知らせの命令（--notify-command）が途中で止められました。報告書と終了コードには影響ありません。\n",
        ),
        ("exec <&-", ""),
        ("true", ""),
    ] {
        let project = city();
        let outcome = run(&project, MONTH, command).exits(0);
        assert_eq!(outcome.err, format!("{plain}{complaint}"), "{command}");
        assert_eq!(tree(&project), whole, "{command}");
    }
}

/// Takes the full minute that a command may take.
#[test]
#[ignore = "a minute long"]
fn a_command_that_hangs_is_ended() {
    let project = city();
    let outcome = run(&project, MONTH, "sleep 3600").exits(0);
    assert!(outcome.err.ends_with(
        "知らせの命令（--notify-command）が 60秒たっても終わらないので、止めました。報告書と終了コードには影響ありません。\n"
    ), "{}", outcome.err);
}
