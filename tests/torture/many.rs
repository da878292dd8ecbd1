//! 200 indicators with long names: four divisions of two departments, eight years, every kind of entry.

use super::{Input, row};

const DIVISIONS: [(&str, &str); 4] = [
    ("都市基盤整備推進部", "公共交通・まちなか回遊推進課"),
    ("都市基盤整備推進部", "上下水道施設長寿命化対策室"),
    ("こども若者未来部", "こども家庭総合支援拠点整備課"),
    ("こども若者未来部", "学校教育・放課後児童対策課"),
];

const YEARS: [&str; 8] = [
    "平成28年度",
    "平成29年度",
    "平成30年度",
    "令和元年度",
    "令和２年度",
    "令和３年度",
    "令和４年度",
    "令和５年度",
];

/// What an indicator is about, whom, and what is counted with its unit.
const ABOUT: [&str; 10] = [
    "地域公共交通計画に基づくコミュニティバス及びデマンド型乗合タクシーの",
    "老朽化した公共施設等の総合的かつ計画的な管理（長寿命化・統廃合を含む。）に関する",
    "産後ケア事業・乳児家庭全戸訪問事業における",
    "「誰一人取り残さない」学びの保障に向けた校内外の教育支援センターの",
    "上水道管路の耐震化と鉛製給水管の取替えに伴う",
    "放課後児童クラブ（学童保育）の待機児童の解消に向けた",
    "中心市街地の空き店舗・低未利用地の利活用を進める",
    "下水道ストックマネジメント計画に位置付けた管渠の",
    "子ども食堂・フードパントリーなど子どもの居場所づくりの",
    "スクールソーシャルワーカーによる家庭訪問と関係機関連携の",
];

const COUNTED: [(&str, &str); 5] = [
    ("利用者満足度（「満足」「やや満足」の合計）", "％"),
    ("延べ利用者数（障害者・高齢者割引の利用を含む。）", "人"),
    ("年間事業費に占める国庫補助金等の特定財源", "千円"),
    ("対前年度増減率", "ポイント"),
    ("整備延長", "km"),
];

pub fn input() -> Input {
    let mut workbooks = Vec::new();
    let mut everywhere = Vec::new();
    for (at, (department, division)) in DIVISIONS.into_iter().enumerate() {
        let mut rows = vec![row(["部名", department, "課名", division]), Vec::new()];
        let mut head = row(["指標名", "単位"]);
        head.extend(YEARS.iter().flat_map(|year| [format!("{year}目標"), format!("{year}実績")]));
        rows.push(head);
        for (number, (about, (counted, unit))) in
            ABOUT.iter().flat_map(|about| COUNTED.iter().map(move |counted| (about, counted))).enumerate()
        {
            let name = format!("{about}{counted}（第{}号）", number + 1);
            everywhere.push((department, name.clone()));
            let mut cells = vec![name, (*unit).to_owned()];
            cells.extend((0..16).map(|column| entry(number + at * 50, number % 5, column)));
            rows.push(cells);
        }
        workbooks.push((format!("{department}/{division}_指標.xlsx"), rows));
    }
    let departments = vec![
        (DIVISIONS[0].0, vec![DIVISIONS[0].1, DIVISIONS[1].1]),
        (DIVISIONS[2].0, vec![DIVISIONS[2].1, DIVISIONS[3].1]),
    ];
    Input { name: "指標200", departments, workbooks, everywhere, chapters: Vec::new() }
}

/// The entry of a column: targets stand at the even ones, actuals at the odd.
fn entry(number: usize, unit: usize, column: usize) -> String {
    let actual = column % 2 == 1;
    let year = column / 2;
    if actual && year > 5 {
        return String::new();
    }
    match (number % 7, column) {
        (1, 11) => return "作業中".to_owned(),
        (2, 11) => return "集計中".to_owned(),
        (3, 12 | 14) => return "70～80".to_owned(),
        (4, 0) => return "－".to_owned(),
        _ => {}
    }
    let step = number * 7 + column * 3;
    match unit {
        0 => format!("{}.{}", 52 + step % 37, step % 10),
        1 => (4_000 + step * 137).to_string(),
        2 => (1_234_000 + step * 98_765).to_string(),
        3 => format!("△{}.{}", step % 6, step % 10),
        _ => format!("{}.{:02}", 3 + step % 40, step % 100),
    }
}
