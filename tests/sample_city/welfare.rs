//! 地域福祉課: Western years, texts that are numbers, marks with a legend. The hidden row, the struck-out row
//! and the hidden sheet are no figures of this month: the facts leave them out.

use super::pen::{BLANK, Book, Edits, Entry, Num, Pen, Struck, Text};

const WHOLE: &str = "#,##0";

pub fn book(edits: &Edits) -> Book {
    let mut book = Book::new("Meiryo UI", 10.0, 0x00FC_E4D6, "地域福祉課", (2021, 5, 24), edits);
    let mut pen = book.sheet("指標", &[12.0, 34.0, 8.0, 13.0, 13.0, 13.0, 13.0, 13.0], true);
    indicators(&mut pen);
    let mut pen = book.sheet("取組", &[6.0, 28.0, 32.0, 8.0, 10.0, 16.0, 34.0], true);
    initiatives(&mut pen);
    let mut pen = book.sheet("2020年度提出分", &[34.0, 13.0, 13.0], true);
    pen.head(&[("A1", "指標名称"), ("B1", "2019年度\n実績"), ("C1", "2020年度\n目標")]);
    pen.row("A2", &[Text("地域の支え合い活動拠点数"), Num(11.0, WHOLE), Num(15.0, WHOLE)]);
    pen.hide();
    book
}

fn indicators(pen: &mut Pen<'_>) {
    pen.title("A1:H1", "指標管理表（2021年度）");
    pen.cell("A2", "担当部課");
    pen.cell("B2", "健康福祉部　地域福祉課");
    pen.head(&[
        ("A4", "区分"),
        ("B4", "指標名称"),
        ("C4", "単位"),
        ("D4", "2018年度\n実績"),
        ("E4", "2019年度\n実績"),
        ("F4", "2020年度\n実績"),
        ("G4", "2021年度\n目標"),
        ("H4", "2023年度\n目標"),
    ]);
    pen.height("A4", 30.0);
    pen.cell("A5:A6", "成果指標");
    pen.cell("A7:A10", "活動指標");
    pen.cell("A11", "対象指標");
    let n = |value: f64| Num(value, WHOLE);
    let rows: [[Entry; 7]; 7] = [
        [Text("地域の支え合い活動拠点数"), Text("か所"), n(12.0), n(13.0), n(14.0), n(16.0), n(20.0)],
        [Text("生活困窮者の就労決定者数"), Text("人"), Text("38"), Text("41"), Text("35"), n(45.0), n(50.0)],
        [Text("地域福祉懇談会の開催回数"), Text("回"), n(14.0), n(15.0), n(3.0), n(14.0), n(14.0)],
        [Text("福祉電話の設置台数"), Text("台"), n(52.0), n(47.0), n(40.0), n(40.0), n(40.0)],
        [
            Struck("福祉バスの運行回数"),
            Struck("回"),
            Struck("96"),
            Struck("88"),
            Struck("0"),
            Struck("廃止"),
            Struck("廃止"),
        ],
        [
            Text("民生委員・児童委員の相談件数"),
            Text("件"),
            Text("1,240"),
            Text("1,198　"),
            n(1056.0),
            n(1100.0),
            n(1100.0),
        ],
        [Text("避難行動要支援者名簿の登録者数"), Text("人"), n(2340.0), n(2412.0), n(2455.0), BLANK, BLANK],
    ];
    for (row, entries) in (5..).zip(&rows) {
        pen.row(&format!("B{row}"), entries);
        pen.height(&format!("A{row}"), 20.0);
    }
    pen.hide_row(8);
    pen.note("F7", "感染症の影響により、12回を中止した。");
}

fn initiatives(pen: &mut Pen<'_>) {
    pen.title("A1:G1", "取組の進捗（地域福祉課）");
    let heads = ["No.", "事務事業名", "取組内容", "評価", "進捗率", "実施時期", "担当者コメント"];
    for (letter, head) in ["A", "B", "C", "D", "E", "F", "G"].iter().zip(heads) {
        pen.head(&[(&format!("{letter}3"), head)]);
    }
    for (rows, number, program) in [
        ("4:5", 1.0, "地域福祉計画推進事業"),
        ("6:7", 2.0, "生活困窮者自立支援事業"),
        ("8:8", 3.0, "避難行動要支援者支援事業"),
    ] {
        let (top, bottom) = rows.split_once(':').expect("two rows");
        pen.count(&format!("A{top}:A{bottom}"), number);
        pen.cell(&format!("B{top}:B{bottom}"), program);
    }
    let rows = [
        [
            Text("第４期地域福祉計画の策定"),
            Text("A"),
            Num(0.4, "0%"),
            Text("2022年3月末"),
            Text("骨子案を作成した"),
        ],
        [
            Text("地域福祉懇談会の開催"),
            Text("Ｂ"),
            Num(0.15, "0%"),
            Text("2022/2/28"),
            Text("オンラインとの併用を検討している"),
        ],
        [Text("就労準備支援の実施"), Text("A"), Num(0.3, "0%"), Text("2022年3月末"), BLANK],
        [
            Text("家計改善支援の利用促進"),
            Text("C"),
            Num(0.05, "0%"),
            Text("2021年9月末"),
            Text("相談員が欠員となっている"),
        ],
        [Text("個別避難計画の作成"), Text("D"), Num(0.0, "0%"), Text("2021年12月"), Text("６月に着手する")],
    ];
    for (row, entries) in (4..).zip(&rows) {
        pen.row(&format!("C{row}"), entries);
        pen.height(&format!("A{row}"), 22.0);
    }
    pen.line("A10:G10", "※評価　Ａ：順調　Ｂ：やや遅れ　Ｃ：遅れ　Ｄ：未着手");
}
