//! 市民環境部's policy document: chapters Ⅰ to Ⅴ, years above 実績 and 目標, several items beside one merged number.

use super::pen::{Book, Edits, Num, Pen, Text};

const ONE: &str = "0.0";
const TRIANGLE: &str = "0.0;\"▲\"0.0";

pub fn book(edits: &Edits) -> Book {
    let mut book = Book::new("ＭＳ Ｐ明朝", 11.0, 0x00DD_EBF7, "市民環境部", (2021, 4, 26), edits);
    let widths = [5.0, 16.0, 16.0, 8.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0];
    let mut pen = book.sheet("運営方針", &widths, false);
    pen.title("A1:J1", "令和３年度　部の運営方針【市民環境部】");
    pen.line("I2", "作成日");
    pen.day("J2", 2021, 4, 26);
    chapters(&mut pen);
    goals(&mut pen);
    initiatives(&mut pen);
    book
}

fn bullets(pen: &mut Pen<'_>, first_row: u32, lines: &[&str]) {
    for (row, line) in (first_row..).zip(lines) {
        pen.line(&format!("A{row}:J{row}"), line);
    }
}

fn chapters(pen: &mut Pen<'_>) {
    pen.heading("A4:J4", "Ⅰ　市民環境部のめざす姿");
    bullets(
        pen,
        5,
        &[
            "＜市民サービスに関すること＞",
            "・市民の目線に立った、わかりやすく待たせない窓口をめざす。",
            "・マイナンバーカードを活用し、来庁しなくても手続きができる環境を整える。",
            "＜生活環境に関すること＞",
            "・ごみの減量と資源化を進め、環境への負荷が少ないまちをめざす。",
            "・2050年のゼロカーボンシティの実現に向け、市民・事業者とともに取り組む。",
        ],
    );
    pen.heading("A12:J12", "Ⅱ　めざす姿に向けた指標（ＫＧＩ）");
    indicators(pen);
    pen.heading("A20:J20", "Ⅲ　現状と課題（令和２年度の振り返り）");
    bullets(
        pen,
        21,
        &[
            "＜市民サービスに関すること＞",
            "(1) 窓口の混雑緩和と感染症対策の両立",
            "(2) マイナンバーカードの交付体制の強化",
            "＜生活環境に関すること＞",
            "(1) 在宅時間の増加に伴う家庭ごみの増加",
            "(2) 不法投棄・野焼きに関する苦情への対応",
            "(3) 老朽化したごみ収集車の計画的な更新",
        ],
    );
}

fn indicators(pen: &mut Pen<'_>) {
    pen.head(&[
        ("A13:C14", "指標"),
        ("D13:D14", "単位"),
        ("E13", "平成30年度"),
        ("F13", "令和元年度"),
        ("G13:H13", "令和２年度"),
        ("I13", "令和３年度"),
        ("J13", "令和６年度"),
    ]);
    pen.head(&[
        ("E14", "実績"),
        ("F14", "実績"),
        ("G14", "目標"),
        ("H14", "実績"),
        ("I14", "目標"),
        ("J14", "目標"),
    ]);
    let whole = "#,##0";
    let rows = [
        (
            "・証明書のコンビニ交付率",
            "％",
            [Num(8.2, ONE), Num(12.5, ONE), Num(20.0, ONE), Num(18.6, ONE), Num(25.0, ONE), Num(40.0, ONE)],
        ),
        (
            "・窓口サービスの満足度",
            "％",
            [Num(78.4, ONE), Num(80.1, ONE), Num(82.0, ONE), Text("調査中"), Num(83.0, ONE), Num(85.0, ONE)],
        ),
        (
            "・１人１日あたりのごみ排出量",
            "ｇ",
            [
                Num(872.0, whole),
                Num(865.0, whole),
                Num(860.0, whole),
                Num(881.0, whole),
                Num(855.0, whole),
                Num(820.0, whole),
            ],
        ),
        (
            "・温室効果ガス排出量の増減（平成25年度比）",
            "％",
            [
                Text("▲8.4"),
                Num(-10.2, TRIANGLE),
                Num(-13.0, TRIANGLE),
                Text("集計中"),
                Num(-15.0, TRIANGLE),
                Num(-26.0, TRIANGLE),
            ],
        ),
    ];
    for (row, (name, unit, figures)) in (15..).zip(&rows) {
        pen.cell(&format!("A{row}:C{row}"), name);
        pen.cell(&format!("D{row}"), unit);
        pen.row(&format!("E{row}"), figures);
        pen.height(&format!("A{row}"), 28.5);
    }
}

fn goals(pen: &mut Pen<'_>) {
    pen.heading("A29:J29", "Ⅳ　令和３年度の重点目標");
    bullets(
        pen,
        30,
        &[
            "＜市民サービスに関すること＞",
            "・マイナンバーカードの交付率を40％まで引き上げる",
            "・窓口の平均待ち時間を15分以内に短縮する",
            "＜生活環境に関すること＞",
            "・家庭ごみの排出量を前年度より３％減らす",
            "・環境学習講座を通じて、環境に配慮した行動を広める",
        ],
    );
}

fn initiatives(pen: &mut Pen<'_>) {
    pen.heading("A37:J37", "Ⅴ　重点目標の達成に向けた具体的な取組");
    pen.head(&[
        ("A38", "№"),
        ("B38:C38", "細事業名"),
        ("D38:E38", "担当課"),
        ("F38:J38", "具体的な取組項目"),
    ]);
    let programs: [(f64, &str, &str, &[&str]); 4] = [
        (
            1.0,
            "窓口サービス改善事業",
            "市民課",
            &["窓口業務の一部委託の検討", "証明書コンビニ交付の利用促進", "おくやみ窓口の開設準備"],
        ),
        (2.0, "マイナンバーカード交付推進事業", "市民課", &["出張申請サポートの実施", "休日交付窓口の拡充"]),
        (
            3.0,
            "ごみ減量・資源化推進事業",
            "環境衛生課",
            &["生ごみ処理機の購入補助", "事業系ごみの搬入検査の強化"],
        ),
        (4.0, "環境学習推進事業", "環境衛生課", &["①小学校での出前講座の実施\n②環境フェアのオンライン開催"]),
    ];
    let mut top = 39;
    for (number, program, division, items) in programs {
        let bottom = top + items.len() - 1;
        pen.count(&format!("A{top}:A{bottom}"), number);
        pen.cell(&format!("B{top}:C{bottom}"), program);
        pen.cell(&format!("D{top}:E{bottom}"), division);
        for (row, item) in (top..).zip(items) {
            pen.cell(&format!("F{row}:J{row}"), item);
            pen.height(&format!("A{row}"), if item.contains('\n') { 33.0 } else { 21.0 });
        }
        top = bottom + 1;
    }
}
