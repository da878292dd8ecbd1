//! Texts that are hard to set: 3,000 characters in a row, rare kanji, half-width kana, long addresses and words.

use super::{Input, row};

const DEPARTMENT: &str = "髙﨑まちづくり部";
const DIVISION: &str = "𠮷野地区整備課";

const SENTENCE: &str = "「選択と集中」を合言葉に、事業の再構築（スクラップ・アンド・ビルド）を進め、12.5%の経費節減と△53百万円の収支改善を見込む。";

/// As many sentences as make 3,000 characters.
fn long_text() -> String {
    let mut text = String::new();
    while text.chars().count() < 3_000 {
        text.push_str(SENTENCE);
    }
    text
}

const ADDRESS: &str = "https://www.city.mihon.example.lg.jp/soshiki/machizukuri/seibi/1012345/1023456/kekka-houkoku_2021-05.html?lang=ja&category=keikaku&sub=shingikai#section-12";
const UNBROKEN: &str =
    "ElectronicDocumentManagementSystemIntegrationSpecificationVersion20210531FinalRevisedEditionForApproval";

pub fn input() -> Input {
    let lines = [
        format!("・{}", long_text()),
        "・髙﨑市長と𠮷田副市長、葛\u{e0100}城地区・辻\u{e0100}地区の代表者が、㈱まちづくり公社と協定を結ぶ。".to_owned(),
        format!("・詳しくは {ADDRESS} に載せている。"),
        "・ｶﾞｷﾞｸﾞの表記、①から⑳までの番号、120㎡、△5.5、10～20人、Ⅳ期、㌔、℡、〒、々、ゝ、ヶをそのまま載せる。"
            .to_owned(),
        format!("・{UNBROKEN}"),
    ];
    let names = [
        "㈱まちづくり公社の延床面積（①本館～③別館の合計㎡）",
        "ｶﾞｷﾞｸﾞ・ﾊﾟﾋﾟﾌﾟ講座の受講者数",
        "葛\u{e0100}城地区・𠮷野地区・髙﨑地区の人口増減",
    ];
    let items = [
        long_text(),
        format!("様式は {ADDRESS} から取り出す"),
        UNBROKEN.to_owned(),
        "△5.5％～①②③の㎡単価をｶﾞｲﾄﾞﾗｲﾝに合わせる".to_owned(),
    ];
    let mut policy =
        vec![row([&format!("令和３年度　部の運営方針【{DEPARTMENT}】")]), Vec::new(), row(["Ⅰ　めざす姿"])];
    policy.extend(lines.iter().map(|line| vec![line.clone()]));
    let figures = vec![
        row(["部名", DEPARTMENT, "課名", DIVISION]),
        Vec::new(),
        row(["指標名", "単位", "R2目標", "R2実績", "R3目標", "R3実績"]),
        row([names[0], "㎡", "1200", "1180.5", "1250", "1262.25"]),
        row([names[1], "人", "10～20", "15", "20", "△5"]),
        row([names[2], "人", "△53", "△1234", "△10", "作業中"]),
    ];
    let mut tasks = vec![
        row(["部名", DEPARTMENT, "課名", DIVISION]),
        Vec::new(),
        row(["細事業名", "具体的な取組項目", "進捗状況", "期限", "コメント"]),
    ];
    for (item, program) in items.iter().zip([
        "地区整備事業",
        "地区整備事業",
        "ＤＸ推進事業（ＩＣＴの利活用を含む。）",
        "ｶﾞｲﾄﾞ事業",
    ]) {
        tasks.push(row([program, item, "順調", "R4.3末", "－"]));
    }
    let mine = |text: &String| (DEPARTMENT, text.clone());
    let everywhere = names.iter().map(|name| (DEPARTMENT, (*name).to_owned())).chain(items.iter().map(mine));
    let bare = |line: &String| (DEPARTMENT, line.trim_start_matches('・').to_owned());
    Input {
        name: "長い文章",
        departments: vec![(DEPARTMENT, vec![DIVISION])],
        everywhere: everywhere.collect(),
        chapters: lines.iter().map(bare).collect(),
        workbooks: vec![
            (format!("{DEPARTMENT}/{DEPARTMENT}_部の運営方針.xlsx"), policy),
            (format!("{DEPARTMENT}/{DIVISION}_指標.xlsx"), figures),
            (format!("{DEPARTMENT}/{DIVISION}_取組.xlsx"), tasks),
        ],
    }
}
