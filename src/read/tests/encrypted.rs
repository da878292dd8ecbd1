//! Workbooks under a password.

use std::path::Path;

use super::{ReadError, eras, open, shared, text};
use crate::model::limits::Limits;
use crate::model::passwords::Passwords;
use crate::model::sheet::Workbook;

fn with(path: &Path, passwords: &[&str]) -> Result<Workbook, ReadError> {
    let bytes = std::fs::read(path).expect("a file");
    let passwords = Passwords::new(passwords.iter().map(|&password| password.to_owned()));
    open("a workbook".into(), &bytes, &eras(), &Limits::default(), &passwords)
}

#[test]
fn each_way_of_encryption_is_opened_by_its_password_among_others() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/encrypted");
    for (file, password) in [("agile.xlsx", "ひみつ-2021"), ("standard.xlsx", "himitsu")] {
        let book = with(&folder.join(file), &["別の鍵", password]).expect(file);
        assert_eq!(text(&book, "指標", "B3"), "12");
        for wrong in [&[][..], &["himitsu ", "ひみつ-2022", "HIMITSU"]] {
            assert_eq!(with(&folder.join(file), wrong).err(), Some(ReadError::Encrypted), "{file} {wrong:?}");
        }
    }
}

#[test]
fn workbooks_that_others_encrypted() {
    let Some(folder) = shared("corpus/hostile") else { return };
    for (file, password) in [
        ("poi_protected_passtika.xlsx", "tika"),
        ("poi_protected_passtika.xlsb", "tika"),
        ("calamine_pass_protected.xlsx", "123"),
    ] {
        let book = with(&folder.join(file), &[password]);
        assert!(book.is_ok(), "{file}: {:?}", book.err());
    }
    // These are encrypted in ways that are not read.
    for file in ["poi_password.xls", "calamine_pass_protected.ods"] {
        assert_eq!(
            with(&folder.join(file), &["password", "123"]).err(),
            Some(ReadError::Encrypted),
            "{file}"
        );
    }
}

#[test]
fn a_damaged_package_under_a_password_is_broken_or_stays_closed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/encrypted/standard.xlsx");
    let bytes = std::fs::read(path).expect("a file");
    let passwords = Passwords::new(["himitsu".to_owned()]);
    for part in 1..40 {
        let cut = &bytes[..bytes.len() * part / 40];
        let error = open("x".into(), cut, &eras(), &Limits::default(), &passwords).err();
        let refused = error.as_ref().is_none_or(|error| {
            matches!(error, ReadError::Broken(_) | ReadError::Encrypted | ReadError::NotAWorkbook(_))
        });
        assert!(refused && !format!("{error:?}").contains("panicked"), "{part}: {error:?}");
    }
}
