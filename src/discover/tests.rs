//! What is found in an input folder, and which folder it is.

#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "tests set their own scene")]

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("folders");
        fs::write(path, bytes).expect("written");
    }
    dir
}

fn given(folder: &Path) -> Input {
    Input { folder: folder.to_owned(), plain: false, reports: folder.join("reports") }
}

fn paths(input: &Path) -> Vec<String> {
    workbooks(&given(input)).expect("listed").workbooks.into_iter().map(|found| found.path).collect()
}

#[test]
fn workbooks_are_told_by_name_or_content() {
    let dir = folder(&[
        ("総合政策部/指標.XLSX", b""),
        ("b.ods", b""),
        ("a.xls", b""),
        ("~$a.xls", b""),
        (".hidden/x.xlsx", b""),
        (".x.xlsx", b""),
        ("Thumbs.db", b""),
        ("Desktop.ini", b""),
        ("台帳", b"PK\x03\x04....xl/workbook.xml"),
        ("資料.docx", b"PK\x03\x04....word/document.xml"),
        ("旧台帳.bak", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..W\0o\0r\0k\0b\0o\0o\0k\0\0\0"),
        ("メモ.txt", b"memo"),
    ]);
    assert_eq!(paths(dir.path()), ["a.xls", "b.ods", "台帳", "旧台帳.bak", "総合政策部/指標.XLSX"]);
    assert_eq!(workbooks(&given(dir.path())).expect("listed").others, ["メモ.txt", "資料.docx"]);
}

#[test]
fn paths_are_in_nfc() {
    let dir = folder(&[("か\u{3099}く.xlsx", b"")]);
    assert_eq!(paths(dir.path()), ["がく.xlsx"]);
}

#[test]
fn an_input_that_is_no_folder_is_an_error() {
    let dir = folder(&[("a.xlsx", b"")]);
    let absent = dir.path().join("none");
    assert_eq!(workbooks(&given(&absent)), Err(DiscoverError::Absent(shown(&absent))));
    let file = dir.path().join("a.xlsx");
    assert_eq!(workbooks(&given(&file)), Err(DiscoverError::NotAFolder(shown(&file))));
}

#[cfg(unix)]
#[test]
fn links_are_followed_once_and_never_in_circles() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("d1/a.xlsx", b""), ("d2/b.xlsx", b"")]);
    for (from, to) in [("d1", "d2/x"), ("d1", "d2/y"), ("d2", "d1/x"), ("d2", "d1/y")] {
        symlink(outside.path().join(from), outside.path().join(to)).expect("linked");
    }
    let dir = folder(&[("c.xlsx", b"")]);
    symlink(outside.path().join("d1"), dir.path().join("共有")).expect("linked");
    symlink(dir.path(), dir.path().join("自分")).expect("linked");
    symlink("none", dir.path().join("切れた.xlsx")).expect("linked");
    let listing = workbooks(&given(dir.path())).expect("listed");
    let paths: Vec<_> = listing.workbooks.iter().map(|found| found.path.as_str()).collect();
    assert_eq!(paths, ["c.xlsx", "共有/a.xlsx", "共有/x/b.xlsx"]);
    let broken = TroubleKind::Unreachable("見つかりません".to_owned());
    assert_eq!(listing.troubles, [Trouble { path: "切れた.xlsx".to_owned(), kind: broken }]);
}

#[test]
fn of_names_that_look_the_same_one_is_read_and_the_other_told() {
    let dir = folder(&[("か\u{3099}く.xlsx", b"1"), ("がく.xlsx", b"2"), ("A.xlsx", b""), ("a.xlsx", b"")]);
    let listing = workbooks(&given(dir.path())).expect("listed");
    let paths: Vec<_> = listing.workbooks.iter().map(|found| found.path.as_str()).collect();
    assert_eq!(paths, ["A.xlsx", "a.xlsx", "がく.xlsx"]);
    assert_eq!(load(&listing.workbooks[2], 9).expect("read").bytes, b"2", "the one that is spelled so");
    assert_eq!(listing.troubles, [Trouble { path: "がく.xlsx".to_owned(), kind: TroubleKind::SameName }]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_is_never_waited_for() {
    let dir = folder(&[("a.xlsx", b"")]);
    let made = std::process::Command::new("mkfifo").arg(dir.path().join("管.xlsx")).status();
    assert!(made.expect("mkfifo").success());
    let listing = workbooks(&given(dir.path())).expect("listed");
    assert_eq!(listing.workbooks.len(), 1);
    assert_eq!(listing.troubles, [Trouble { path: "管.xlsx".to_owned(), kind: TroubleKind::NotAFile }]);
    // Something that stalls after it was listed: opening this pipe waits for a writer who never comes.
    let absolute = dir.path().join("管.xlsx");
    let found = Found { path: "管.xlsx".to_owned(), absolute, in_use: false };
    let error = load::load_within(&found, 9, std::time::Duration::ZERO).expect_err("stalled");
    assert_eq!(error.to_string(), "ネットワークの先につながりません");
}

#[test]
fn names_of_255_bytes_and_very_deep_folders_are_read() {
    let long = format!("{}.xlsx", "長".repeat(83));
    let deep = format!("{}a.xlsx", "深い階層/".repeat(120));
    let dir = folder(&[(&long, b""), (&deep, b"1")]);
    assert_eq!(paths(dir.path()), [deep.as_str(), long.as_str()]);
    let listing = workbooks(&given(dir.path())).expect("listed");
    assert_eq!(load(&listing.workbooks[0], 9).expect("read").bytes, b"1");
}

#[test]
fn a_workbook_that_is_open_says_so() {
    let dir =
        folder(&[("a.xlsx", b""), ("~$a.xlsx", b""), ("b.ods", b""), (".~lock.b.ods#", b""), ("c.xls", b"")]);
    let listing = workbooks(&given(dir.path())).expect("listed");
    let in_use: Vec<_> = listing.workbooks.iter().map(|found| (found.path.as_str(), found.in_use)).collect();
    assert_eq!(in_use, [("a.xlsx", true), ("b.ods", true), ("c.xls", false)]);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let dir = folder(&[("a.xlsx", b"1234")]);
    let found = &workbooks(&given(dir.path())).expect("listed").workbooks[0];
    assert!(load(found, 4).is_ok());
    assert!(matches!(load(found, 3), Err(LoadError::TooLarge(4))));
}

#[test]
fn a_file_is_hashed_as_it_is_read() {
    let dir = folder(&[("a.xlsx", b"abc")]);
    let listing = workbooks(&given(dir.path())).expect("listed");
    let loaded = load(&listing.workbooks[0], 3).expect("read");
    assert_eq!(loaded.size, 3);
    assert_eq!(loaded.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn a_month_that_is_over_is_not_read_from_the_plain_folder() {
    let dir = folder(&[("input/2021-04/a.xlsx", b""), ("input/b.xlsx", b"")]);
    let month = |text: &str| text.parse().expect("a month");
    let reports = dir.path().join("reports");
    let ask = |input, period, late| {
        let (root, period, default) = (dir.path(), month(period), month("2021-05"));
        input_folder(&Request { input, root, period, default, late, reports: &reports })
    };
    let found = |below: &str, plain| -> Result<Input, FolderError> {
        Ok(Input { folder: dir.path().join(below), plain, reports: reports.clone() })
    };
    assert_eq!(ask(None, "2021-04", false), found("input/2021-04", false));
    assert_eq!(ask(None, "2021-05", false), found("input", true));
    assert_eq!(ask(None, "2021-06", false), found("input", true));
    assert_eq!(ask(None, "2021-03", true), found("input", true));
    let error = ask(None, "2021-03", false).expect_err("over").to_string();
    assert!(error.contains("2021-03 は過ぎた月です") && error.contains("--late"), "{error}");
    let other = dir.path().join("台帳");
    assert_eq!(ask(Some(&other), "2020-01", false), found("台帳", false));
    let listing = workbooks(&found("input", true).expect("an input")).expect("listed");
    let paths: Vec<_> = listing.workbooks.iter().map(|found| found.path.as_str()).collect();
    assert_eq!(paths, ["b.xlsx"], "other months' workbooks stay out");
}
