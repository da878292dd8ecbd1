//! 健康増進課: a base value, a final target, a computed rate of achievement; months as running totals.

use super::pen::{BLANK, Book, Calc, Edits, Entry, Num, Pen, Text};

const ONE: &str = "0.0";
const WHOLE: &str = "#,##0";
const RATE: &str = "0.0%";

pub fn book(edits: &Edits) -> Book {
    let mut book = Book::new("ＭＳ ゴシック", 10.5, 0x00D9_D9D9, "健康増進課", (2021, 5, 28), edits);
    let widths = [6.0, 36.0, 8.0, 12.0, 12.0, 12.0, 12.0, 12.0, 10.0, 24.0];
    let mut pen = book.sheet("KPI", &widths, true);
    indicators(&mut pen);
    let mut pen = book.sheet("月次", &[32.0, 8.0, 12.0, 12.0, 12.0], false);
    months(&mut pen);
    let mut pen = book.sheet("取組", &[6.0, 26.0, 32.0, 12.0, 14.0, 34.0], true);
    initiatives(&mut pen);
    book
}

fn indicators(pen: &mut Pen<'_>) {
    pen.title("A1:J1", "健康増進課　重要業績評価指標（ＫＰＩ）管理表");
    pen.line("A2:C2", "令和３年５月28日作成");
    pen.head(&[
        ("A4", "No"),
        ("B4", "重要業績評価指標（KPI）"),
        ("C4", "単位"),
        ("D4", "基準値\n(H30)"),
        ("E4", "R1実績"),
        ("F4", "R2実績"),
        ("G4", "R3目標"),
        ("H4", "最終目標\n(R6)"),
        ("I4", "達成率"),
        ("J4", "備考"),
    ]);
    pen.height("A4", 30.0);
    let one = |value: f64| Num(value, ONE);
    let whole = |value: f64| Num(value, WHOLE);
    let rows: [[Entry; 9]; 5] = [
        [
            Text("特定健康診査の受診率"),
            Text("％"),
            one(34.2),
            one(35.8),
            Text("集計中"),
            one(40.0),
            one(60.0),
            Text("-"),
            Text("R2は11月に確定"),
        ],
        [
            Text("がん検診精密検査の受診率"),
            Text("％"),
            one(81.5),
            one(83.0),
            one(84.6),
            one(86.0),
            one(90.0),
            Calc("=F6/H6", "0.94", RATE),
            BLANK,
        ],
        [
            Text("健康ポイント事業の参加者数"),
            Text("人"),
            whole(1520.0),
            whole(1873.0),
            whole(2105.0),
            whole(2400.0),
            whole(3000.0),
            Calc("=F7/H7", "0.701666666666667", RATE),
            BLANK,
        ],
        [
            Text("乳児家庭全戸訪問の実施率"),
            Text("％"),
            one(98.9),
            one(99.2),
            one(97.4),
            one(100.0),
            one(100.0),
            Calc("=F8/H8", "0.974", RATE),
            BLANK,
        ],
        [
            Text("食育講座の参加者アンケートの回収数"),
            Text("枚"),
            whole(410.0),
            whole(388.0),
            Text("精査中"),
            Text("400程度"),
            Text("450以上"),
            Text("-"),
            BLANK,
        ],
    ];
    for ((row, number), entries) in (5..).zip([1.0, 2.0, 3.0, 4.0, 5.0]).zip(&rows) {
        pen.count(&format!("A{row}"), number);
        pen.row(&format!("B{row}"), entries);
        pen.height(&format!("A{row}"), 22.0);
    }
}

fn months(pen: &mut Pen<'_>) {
    pen.title("A1:E1", "令和３年度　月別実績（健康増進課）");
    pen.head(&[("A3:A4", "指標"), ("B3:B4", "単位"), ("C3:E3", "令和３年度実績（累計）")]);
    pen.head(&[("C4", "4月"), ("D4", "5月"), ("E4", "6月")]);
    pen.row("A5", &[Text("特定健康診査の受診者数"), Text("人"), Num(112.0, WHOLE), Num(268.0, WHOLE), BLANK]);
    pen.row("A6", &[Text("健康相談の件数"), Text("件"), Num(45.0, WHOLE), Text("９１"), BLANK]);
}

fn initiatives(pen: &mut Pen<'_>) {
    pen.title("A1:F1", "令和３年度　取組状況【健康増進課】");
    let heads = ["番号", "事業名", "取組項目", "状況", "期限", "コメント"];
    for (letter, head) in ["A", "B", "C", "D", "E", "F"].iter().zip(heads) {
        pen.head(&[(&format!("{letter}3"), head)]);
    }
    pen.count("A4:A5", 1.0);
    pen.cell("B4:B5", "特定健診・保健指導事業");
    pen.count("A6", 2.0);
    pen.cell("B6", "健康ポイント事業");
    pen.count("A7", 3.0);
    pen.cell("B7", "新型コロナワクチン接種事業");
    let rows = [
        [Text("受診勧奨通知の送付"), Text("実施中"), Text("R4.3末"), BLANK],
        [Text("集団健診の休日実施"), Text("概ね順調"), Text("R3.11.30"), Text("11月に２回実施する")],
        [Text("アプリ版の導入"), Text("検討中"), Text("令和4年1月"), Text("他市の導入費用を照会している")],
        [Text("高齢者の接種"), Text("順調"), Text("R3.7末"), Text("集団接種会場を２か所設けた")],
    ];
    for (row, entries) in (4..).zip(&rows) {
        pen.row(&format!("C{row}"), entries);
        pen.height(&format!("A{row}"), 22.0);
    }
}
