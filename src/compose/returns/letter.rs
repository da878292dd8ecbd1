//! The letter that carries a return sheet: what, how many, until when, how to answer.

use std::fmt::Write;

use super::Desk;
use crate::compose::as_of;
use crate::finding::Severity;
use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::letter::Letter;

/// The letter of one division; `name` is the file name of its sheet without extension.
pub(super) fn letter(dataset: &Dataset, desk: &Desk<'_>, name: &str, eras: &Eras) -> Letter {
    let addresses = &dataset.correspondence;
    let department = addresses.address(desk.department, "");
    let division = addresses.address(desk.department, desk.division);
    // Where only the department's address is known, it is the one to act.
    let (to, cc) = match (division, department) {
        ("", department) => (department, ""),
        (division, department) if division == department => (division, ""),
        both => both,
    };
    Letter {
        path: format!("差戻し/{name}.eml"),
        from: addresses.publisher.clone(),
        to: to.to_owned(),
        cc: cc.to_owned(),
        subject: format!(
            "【確認のお願い】指標・取組みの台帳（{}）　{}",
            as_of(dataset, eras),
            desk.name("　")
        ),
        body: body(dataset, desk, name, eras),
        attachment: format!("{name}.xlsx"),
        as_of: dataset.as_of,
    }
}

fn body(dataset: &Dataset, desk: &Desk<'_>, name: &str, eras: &Eras) -> String {
    let count = |severity| desk.findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let from = if dataset.publisher.is_empty() { "取りまとめの担当" } else { &dataset.publisher };
    let mut text = String::new();
    _ = writeln!(text, "{}　御中\n", desk.name("　"));
    _ = writeln!(text, "お疲れさまです。{from}です。");
    _ = writeln!(
        text,
        "指標・取組みの台帳（{}）に、確かめていただきたい所が {} 件あります。",
        as_of(dataset, eras),
        errors + warnings
    );
    _ = writeln!(text, "（読めない・食い違っている所 {errors} 件、確認が必要な所 {warnings} 件）\n");
    _ = writeln!(text, "お願い");
    _ = writeln!(text, "１．添付の「{name}.xlsx」を開き、一つずつ確かめてください。");
    _ = writeln!(text, "２．誤りは、課の台帳の方を直してください。");
    _ = writeln!(text, "３．表の「回答」を選び、「このままで正しい」のときは理由も書いてください。");
    match dataset.correspondence.answer_by(dataset.as_of) {
        Some(day) => _ = writeln!(text, "４．表を {}までにご返信ください。", eras.day(day)),
        None => _ = writeln!(text, "４．表をご返信ください。"),
    }
    _ = writeln!(text, "\nお忙しいところ恐れ入りますが、よろしくお願いいたします。\n");
    if !dataset.publisher.is_empty() {
        _ = writeln!(text, "{}　{}", dataset.city, dataset.publisher);
    }
    text
}
