//! What each document holds: `templates/report.toml`.

mod kinds;
mod parse;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

pub(crate) use kinds::FieldName;

use crate::model::initiative::Status;
use crate::model::judgement::Verdict;
use crate::model::report::{Align, PaperName, Wide};

/// The documents in the order in which they are made, and the blocks that they are built from.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "hoshin の帳票の中身（report.toml）")]
pub struct Plan {
    #[serde(default, rename = "document")]
    #[schemars(description = "帳票。content に並べたブロックが、上から順に印刷されます")]
    pub(super) documents: Vec<DocumentPlan>,
    #[serde(default, rename = "block")]
    #[schemars(description = "ブロック。名前を content に書くと、その場所に印刷されます")]
    pub(super) blocks: BTreeMap<String, BlockPlan>,
}

/// One kind of document.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentPlan {
    #[schemars(description = "帳票の名前。同じ名前で書くと、もとの帳票と入れ替わります")]
    pub name: String,
    #[schemars(description = "department：部ごとに1冊 ／ city：全庁で1冊")]
    pub scope: Scope,
    #[serde(default)]
    #[schemars(
        description = "internal：庁内 ／ council：議会（要確認・ファイル・セル・課のコメントを印刷しません）"
    )]
    pub edition: Edition,
    #[serde(default = "yes")]
    #[schemars(description = "この帳票を作るか")]
    pub write: bool,
    #[schemars(description = "ファイルの場所。{部} は部の名前になります")]
    pub path: String,
    #[schemars(description = "表題。{市} {部} {年度} {月} {時点} などが使えます")]
    pub title: String,
    #[serde(default)]
    #[schemars(description = "表題の下の行")]
    pub subtitle: String,
    #[serde(default)]
    #[schemars(description = "各ページの上、左の文字")]
    pub running: String,
    #[serde(default)]
    #[schemars(description = "各ページの上、右の文字（暫定・確定・訂正の前）")]
    pub marking: String,
    #[serde(default)]
    #[schemars(description = "各ページの下、左の文字")]
    pub footer: String,
    #[serde(default)]
    #[schemars(description = "紙と向き。書かなければ theme.toml のとおり")]
    pub paper: Option<PaperName>,
    #[serde(default)]
    #[schemars(description = "theme.toml の [look.…] の名前。書かなければ標準の見た目")]
    pub look: String,
    #[schemars(description = "ブロックの名前を、印刷する順に")]
    pub content: Vec<String>,
}

fn yes() -> bool {
    true
}

/// Whom one copy of a document is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Scope {
    Department,
    City,
}

/// For whom a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Edition {
    #[default]
    Internal,
    Council,
}

/// A part of a document. Which keys a kind knows, [`Kind::keys`] says.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BlockPlan {
    #[schemars(description = "ブロックの種類")]
    pub kind: Kind,
    #[serde(default)]
    #[schemars(description = "見出し。空にすると見出しなし")]
    pub title: String,
    #[serde(default)]
    #[schemars(description = "見出しの後ろの、小さな注記")]
    pub note: String,
    #[serde(default = "first")]
    #[schemars(description = "見出しの段階。1：章 ／ 2：節 ／ 3：項", range(min = 1, max = 3))]
    pub level: u8,
    #[serde(default)]
    #[schemars(description = "中身がないときに印刷する文。書かなければ何も印刷しません")]
    pub empty: String,
    #[serde(default)]
    #[schemars(description = "ここから新しいページにするか")]
    pub new_page: bool,
    #[serde(default)]
    #[schemars(description = "ここからの紙と向き（新しいページになります）")]
    pub paper: Option<PaperName>,
    #[serde(default)]
    #[schemars(description = "表の列を、左から順に。書かなければ種類ごとの標準の列")]
    pub columns: Vec<ColumnPlan>,
    #[serde(default)]
    #[schemars(description = "載せるものの条件")]
    pub filter: Filter,
    #[serde(default)]
    #[schemars(
        description = "並べる順。given：建制順 ／ verdict：判定の悪い順 ／ name：名前の順 ／ due：期限の順"
    )]
    pub sort: Sort,
    #[serde(default)]
    #[schemars(description = "載せる件数の上限。残りは件数だけ印刷します", range(min = 1, max = 100_000))]
    pub limit: Option<usize>,
    #[serde(default)]
    #[schemars(description = "幅の広い表を split：分ける ／ turn：横向きのページに置く")]
    pub wide: Wide,
    #[serde(default)]
    #[schemars(description = "課ごとに分け、課の名前を見出しにするか")]
    pub by_division: bool,
    #[serde(default)]
    #[schemars(description = "枠に並べる数字")]
    pub panels: Vec<PanelName>,
    #[serde(default)]
    #[schemars(description = "文章。{市} {部} {年度} などが使えます")]
    pub text: Vec<String>,
    #[serde(default)]
    #[schemars(description = "この節に入れるブロックの名前")]
    pub content: Vec<String>,
    #[serde(default)]
    #[schemars(description = "「指標」の章の後に置くブロックの名前")]
    pub at_indicators: Vec<String>,
    #[serde(default)]
    #[schemars(description = "「具体的な取組み」の章の後に置くブロックの名前")]
    pub at_initiatives: Vec<String>,
}

fn first() -> u8 {
    1
}

/// What a block shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Cover,
    Summary,
    Section,
    Brief,
    Text,
    Comment,
    Submissions,
    SubmissionList,
    JudgementCounts,
    StatusBars,
    StatusMatrix,
    ChangeList,
    PastChangeList,
    StaleList,
    Chapters,
    IndicatorTable,
    IndicatorCards,
    InitiativeTable,
    JudgementList,
    PendingList,
    FindingList,
    FindingCounts,
    Sources,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnPlan {
    #[schemars(description = "何を載せる列か")]
    pub field: FieldName,
    #[serde(default)]
    #[schemars(description = "列の見出し。書かなければ標準の見出し")]
    pub heading: Option<String>,
    #[serde(default)]
    #[schemars(description = "幅（全角の文字数）", range(min = 1, max = 80))]
    pub width: Option<u32>,
    #[serde(default)]
    #[schemars(description = "left：左 ／ center：中央 ／ right：右 ／ decimal：小数点をそろえる")]
    pub align: Option<Align>,
}

/// What a block leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Filter {
    #[schemars(description = "判定がこのどれかのもの")]
    pub verdicts: Vec<Verdict>,
    #[schemars(description = "状況がこのどれかのもの")]
    pub statuses: Vec<Status>,
    #[schemars(description = "この課のもの")]
    pub divisions: Vec<String>,
    #[schemars(description = "判定できず、課が遅れと書いたものも載せるか")]
    pub said_late: bool,
}

/// In which order a block lists things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Sort {
    #[default]
    Given,
    Verdict,
    Name,
    Due,
}

/// A figure of the summary box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum PanelName {
    Workbooks,
    Figures,
    Indicators,
    Initiatives,
    Late,
    Findings,
}
