//! A department whose policy document has headings and nothing below them, and one that handed nothing in.

use super::{Input, row};

pub fn input() -> Input {
    let own = vec![
        row(["部名", "市民部", "課名", "市民課"]),
        Vec::new(),
        row(["指標名", "単位", "R2目標", "R2実績", "R3目標", "R3実績"]),
        row(["窓口の満足度", "％", "60.0", "58.5", "62.5", "63.1"]),
        row(["証明書の交付件数", "件", "12000", "11803", "12500", "作業中"]),
    ];
    let vacant = vec![
        row(["令和３年度　部の運営方針【行政委員会事務局】"]),
        Vec::new(),
        row(["Ⅰ　行政委員会事務局のめざす姿"]),
        Vec::new(),
        row(["Ⅱ　めざす姿に向けた指標（ＫＧＩ）"]),
        row(["指標", "単位", "R2実績", "R3目標"]),
        Vec::new(),
        row(["Ⅲ　現状と課題"]),
        Vec::new(),
        row(["Ⅳ　取組項目"]),
        row(["細事業名", "具体的な取組項目", "状況", "期限"]),
        Vec::new(),
    ];
    Input {
        name: "空の部",
        departments: vec![
            ("市民部", vec!["市民課"]),
            ("行政委員会事務局", vec!["選挙課", "監査課"]),
            ("会計管理室", vec!["会計課"]),
        ],
        workbooks: vec![
            ("市民部/市民課_指標.xlsx".to_owned(), own),
            ("行政委員会事務局/行政委員会事務局_部の運営方針.xlsx".to_owned(), vacant),
        ],
        everywhere: vec![("市民部", "窓口の満足度".to_owned()), ("市民部", "証明書の交付件数".to_owned())],
        chapters: Vec::new(),
    }
}
