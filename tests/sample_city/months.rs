//! What the sample city's clerks type after May: each month's workbooks are those of the month before with these edits.
//!
//! June: a late figure arrives, a past one is corrected, an initiative falls behind, 地域福祉課 hands nothing in.
//! July: 地域福祉課 is back, an indicator has another name, dues pass. August: 警防課 and 予防課 are one division.

use super::pen::{Calc, Edits, Num, Text};

const ONE: &str = "0.0";
const WHOLE: &str = "#,##0";
const RATE: &str = "0.0%";

/// A workbook's edits, by its path below the month's folder; `None` where it is not handed in.
pub fn edits(month: &str, path: &str) -> Option<Edits> {
    let mut edits = Edits::default();
    for (name, typed) in
        [("2021-06", june as fn(&str, &mut Edits) -> bool), ("2021-07", july), ("2021-08", august)]
    {
        if name > month {
            break;
        }
        let handed_in = typed(path, &mut edits);
        if name == month && !handed_in {
            return None;
        }
    }
    Some(edits)
}

/// Types a month's edits of a workbook; whether it is handed in.
fn june(path: &str, edits: &mut Edits) -> bool {
    match path {
        "市民環境部/市民課_指標・取組進捗.xlsx" => {
            edits.saved = Some((2021, 7, 2));
            edits.cells.extend([
                ("指標", "F6", Num(16.0, WHOLE)),
                ("取組進捗", "E5", Num(0.4, "0%")),
                ("取組進捗", "G5", Text("委託できる業務を洗い出した")),
                ("取組進捗", "E7", Num(0.15, "0%")),
            ]);
        }
        "市民環境部/環境衛生課_成果指標.xlsx" => {
            edits.saved = Some((2021, 7, 6));
            edits.cells.extend([
                ("成果指標", "C10", Num(11.75, ONE)),
                ("取組状況", "C5", Text("遅れ")),
                ("取組状況", "G5", Text("検査員が見つからず、検査を始められない")),
                ("取組状況", "D4", Num(50.0, "0")),
            ]);
        }
        "健康福祉部/健康増進課_KPI管理表.xlsx" => {
            edits.saved = Some((2021, 7, 13));
            edits.cells.extend([("月次", "E5", Num(431.0, WHOLE)), ("月次", "E6", Num(140.0, WHOLE))]);
        }
        "消防本部/消防本部_目標管理シート.xlsx" => {
            edits.saved = Some((2021, 6, 30));
            edits.cells.extend([("警防課", "F9", Num(0.504, RATE)), ("警防課", "G13", Text("契約した"))]);
        }
        "健康福祉部/地域福祉課_目標管理表.xlsx" => return false,
        _ => {}
    }
    true
}

fn july(path: &str, edits: &mut Edits) -> bool {
    match path {
        "市民環境部/市民課_指標・取組進捗.xlsx" => {
            edits.saved = Some((2021, 8, 3));
            edits.cells.extend([
                ("指標", "B10", Text("休日・夜間窓口の利用者数")),
                ("取組進捗", "D7", Text("遅れ")),
                ("取組進捗", "E8", Num(0.5, "0%")),
            ]);
        }
        "健康福祉部/地域福祉課_目標管理表.xlsx" => {
            edits.saved = Some((2021, 8, 5));
            edits.cells.extend([
                ("取組", "E7", Num(0.1, "0%")),
                ("取組", "D8", Text("B")),
                ("取組", "E8", Num(0.2, "0%")),
            ]);
        }
        "健康福祉部/健康増進課_KPI管理表.xlsx" => {
            edits.saved = Some((2021, 8, 2));
            edits.cells.extend([
                ("KPI", "F9", Num(372.0, WHOLE)),
                ("取組", "D7", Text("完了")),
                ("取組", "F7", Text("希望者全員の接種を終えた")),
            ]);
        }
        _ => {}
    }
    true
}

fn august(path: &str, edits: &mut Edits) -> bool {
    match path {
        "消防本部/消防本部_目標管理シート.xlsx" => {
            edits.saved = Some((2021, 9, 1));
            edits.sheets.extend([("警防課", "消防課（警防）"), ("予防課", "消防課（予防）")]);
            edits.cells.extend([
                ("警防課", "A1", Text("令和３年度　目標管理シート　【消防本部　消防課】")),
                ("予防課", "A1", Text("令和３年度　目標管理シート　【消防本部　消防課】")),
                ("警防課", "E13", Text("順調")),
                ("予防課", "E15", Text("着手")),
            ]);
        }
        "健康福祉部/健康増進課_KPI管理表.xlsx" => {
            edits.saved = Some((2021, 9, 2));
            edits.cells.extend([
                ("KPI", "F5", Num(33.1, ONE)),
                ("KPI", "I5", Calc("=F5/H5", "0.551666666666667", RATE)),
            ]);
        }
        _ => {}
    }
    true
}
