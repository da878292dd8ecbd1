//! The letter, read back by another program.
#![allow(clippy::expect_used, reason = "tests state what must be there")]

use std::process::Command;

use super::*;

fn letter(to: &str) -> Letter {
    Letter {
        path: "差戻し/総合政策部_政策創造課.eml".to_owned(),
        from: "kikaku@city.example.jp".to_owned(),
        to: to.to_owned(),
        cc: String::new(),
        subject: "【確認のお願い】令和3年5月分の指標・取組みの台帳について（総合政策部　政策創造課）"
            .to_owned(),
        body: "お疲れさまです。\n\n確かめていただきたい所が 3件 あります。\n".to_owned(),
        attachment: "総合政策部_政策創造課.xlsx".to_owned(),
        as_of: chrono::NaiveDate::from_ymd_opt(2021, 6, 7).expect("a day"),
    }
}

#[test]
fn equal_letters_give_equal_bytes_and_others_differ() {
    let of = |letter: &Letter, workbook: &[u8]| write(letter, workbook).expect("written");
    let first = letter("shimin@city.example.jp");
    assert!(of(&first, b"PK") == of(&first, b"PK"));
    let id = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).expect("ASCII");
        text.lines().find(|line| line.starts_with("Message-ID")).map(str::to_owned).expect("an id")
    };
    assert_ne!(id(of(&first, b"PK")), id(of(&first, b"PK2")));
}

const LOOK: &str = r#"
import sys, email, email.policy
mail = email.message_from_bytes(open(sys.argv[1], "rb").read(), policy=email.policy.default)
assert not mail.defects, mail.defects
assert mail["X-Unsent"] == "1"
assert mail["Subject"] == "【確認のお願い】令和3年5月分の指標・取組みの台帳について（総合政策部　政策創造課）", mail["Subject"]
assert mail["To"] == sys.argv[2], mail["To"]
assert mail["From"] == "kikaku@city.example.jp", mail["From"]
assert mail["Date"].datetime.isoformat() == "2021-06-07T00:00:00+00:00", mail["Date"]
assert mail["MIME-Version"] == "1.0", mail["MIME-Version"]
parts = list(mail.iter_parts())
assert [part.get_content_type() for part in parts] == ["text/plain", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]
assert parts[0].get_content_charset() == "utf-8"
assert parts[0].get_content().replace("\r\n", "\n").rstrip("\n") == "お疲れさまです。\n\n確かめていただきたい所が 3件 あります。", parts[0].get_content()
assert parts[1].get_filename() == "総合政策部_政策創造課.xlsx", parts[1].get_filename()
assert parts[1].get_content() == bytes(range(256)) * 40
for part in parts:
    assert not part.defects, part.defects
"#;

/// Python's own reader of messages, where there is one; says so where there is none.
#[test]
#[allow(
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a skipped test says so; other programs read files"
)]
fn python_reads_it() {
    if !Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: python3 is missing");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.eml");
    let workbook: Vec<u8> = (0..=255).cycle().take(256 * 40).collect();
    for to in ["shimin@city.example.jp", ""] {
        std::fs::write(&path, write(&letter(to), &workbook).expect("written")).expect("saved");
        let output = Command::new("python3").args(["-c", LOOK]).arg(&path).arg(to).output().expect("runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
