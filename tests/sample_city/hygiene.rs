//! 環境衛生課: unit and the better way stand in the indicator's name; ranges; a direction beside the status.

use super::pen::{BLANK, Book, Day, ERA, Edits, Num, Pen, Text};

const WHOLE: &str = "#,##0;\"▲\"#,##0";
const ONE: &str = "0.0";
const RATE: &str = "0.0%";

pub fn book(edits: &Edits) -> Book {
    let mut book = Book::new("游ゴシック", 11.0, 0x00FF_F2CC, "環境衛生課", (2021, 5, 19), edits);
    let mut pen = book.sheet("成果指標", &[46.0, 13.0, 13.0, 13.0, 13.0, 13.0, 32.0], true);
    indicators(&mut pen);
    let mut pen = book.sheet("取組状況", &[26.0, 32.0, 11.0, 13.0, 13.0, 14.0, 32.0], true);
    initiatives(&mut pen);
    book
}

fn indicators(pen: &mut Pen<'_>) {
    pen.title("A1:G1", "令和３年度　成果指標一覧");
    pen.line("A2", "所管課：環境衛生課");
    pen.head(&[("A4:A5", "成果指標"), ("B4:D4", "実績値"), ("E4:F4", "目標値"), ("G4:G5", "備考")]);
    pen.head(&[
        ("B5", "平成30年度"),
        ("C5", "令和元年度"),
        ("D5", "令和２年度"),
        ("E5", "令和３年度"),
        ("F5", "令和７年度"),
    ]);
    let rows = [
        [
            Text("ごみ排出量（１人１日あたり）【g】　※少ないほど良い"),
            Num(872.0, WHOLE),
            Num(865.0, WHOLE),
            Num(881.0, WHOLE),
            Text("860以下"),
            Num(820.0, WHOLE),
            BLANK,
        ],
        [
            Text("リサイクル率【％】　※多いほど良い"),
            Num(0.214, RATE),
            Num(0.209, RATE),
            Text("集計中"),
            Num(0.22, RATE),
            Num(0.25, RATE),
            Text("国の調査結果の公表後に確定"),
        ],
        [
            Text("公害苦情件数【件】　※少ないほど良い"),
            Num(34.0, WHOLE),
            Num(29.0, WHOLE),
            Text("３１"),
            Text("30以下"),
            Text("25以下"),
            BLANK,
        ],
        [
            Text("環境学習講座の開催回数【回】"),
            Num(14.0, WHOLE),
            Num(11.0, WHOLE),
            Num(4.0, WHOLE),
            Text("10～20"),
            Text("15～20"),
            Text("令和２年度は感染症の影響により縮小"),
        ],
        [
            Text("不法投棄の回収量【ｔ】　※少ないほど良い"),
            Num(12.5, ONE),
            Num(11.25, ONE),
            Num(13.1, ONE),
            Num(11.0, ONE),
            Num(10.0, ONE),
            BLANK,
        ],
        [
            Text("資源物売払事業の収支【千円】"),
            Text("▲1,204"),
            Num(-980.0, WHOLE),
            Text("▲ 1,056"),
            Num(0.0, WHOLE),
            Num(0.0, WHOLE),
            BLANK,
        ],
    ];
    for (row, entries) in (6..).zip(&rows) {
        pen.row(&format!("A{row}"), entries);
        pen.height(&format!("A{row}"), 37.5);
    }
}

fn initiatives(pen: &mut Pen<'_>) {
    pen.title("A1:G1", "令和３年度　取組状況（環境衛生課）");
    let heads = ["事業名", "取組内容", "状況", "進捗率（％）", "期限", "今後の方向性", "コメント"];
    for (letter, head) in ["A", "B", "C", "D", "E", "F", "G"].iter().zip(heads) {
        pen.head(&[(&format!("{letter}3"), head)]);
    }
    pen.cell("A4:A5", "ごみ減量・資源化推進事業");
    pen.cell("A6:A7", "環境学習推進事業");
    let rows = [
        [
            Text("生ごみ処理機の購入補助"),
            Text("順調"),
            Num(45.0, "0"),
            Day(2022, 3, 31, ERA),
            Text("拡充"),
            Text("申請が前年同期の1.5倍"),
        ],
        [
            Text("事業系ごみの搬入検査の強化"),
            Text("やや遅れ"),
            Num(10.0, "0"),
            Day(2021, 9, 30, ERA),
            Text("継続"),
            Text("検査員の確保が課題"),
        ],
        [
            Text("小学校での出前講座の実施"),
            Text("順調"),
            Num(20.0, "0"),
            Day(2022, 2, 28, ERA),
            Text("継続"),
            BLANK,
        ],
        [
            Text("環境フェアのオンライン開催"),
            Text("未着手"),
            Num(0.0, "0"),
            Day(2021, 11, 30, ERA),
            Text("継続"),
            Text("８月に実行委員会を開く"),
        ],
    ];
    for (row, entries) in (4..).zip(&rows) {
        pen.row(&format!("B{row}"), entries);
        pen.height(&format!("A{row}"), 24.0);
    }
}
