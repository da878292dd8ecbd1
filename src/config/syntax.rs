//! What TOML itself does not allow, said in Japanese.

/// What the parser complains of (a part of its message) and how a person who is no programmer is told.
/// The first match wins.
const WORDS: &[(&str, &str)] = &[
    ("duplicate key", "同じ項目が2回書かれています。どちらか一方を消してください"),
    ("unquoted key", "項目の名前に使えない文字があります。日本語や記号を含む名前は \"…\" で囲んでください"),
    ("string values must be quoted", "文字は \"…\" で囲んでください"),
    ("invalid boolean", "はい・いいえは、小文字で true か false と書いてください"),
    ("escape", "\"…\" の中に半角の \\ は書けません。\\\\ と2つ重ねるか、全体を '…' で囲んでください"),
    ("string", "文字を囲む \" が足りません。始まりと終わりの両方に半角の \" を付けてください"),
    ("quote", "文字を囲む \" が足りません。始まりと終わりの両方に半角の \" を付けてください"),
    ("unexpected key or value", "1行に書けるのは1つの項目だけです。行を分けてください"),
    ("array table", "[[…]] の括弧が閉じていません"),
    ("unclosed table", "[…] の括弧が閉じていません"),
    ("array", "[ … ] の中の書き方が正しくありません。項目は半角の , で区切り、最後を ] で閉じてください"),
    (
        "inline table",
        "{ … } の中の書き方が正しくありません。項目は半角の , で区切り、最後を } で閉じてください",
    ),
    ("value", "= の右側に値がありません。文字なら \"…\"、はい・いいえなら true か false を書いてください"),
    ("key", "「項目 = 値」の形になっていません。= は半角で書いてください"),
];

/// The Japanese sentence for the parser's English one; `line` is the text that stands there.
pub(super) fn explain(message: &str, line: &str) -> String {
    let reason = WORDS.iter().find(|(part, _)| message.contains(part)).map_or(
        "書き方が TOML の決まりに合っていません。全角の記号や括弧の閉じ忘れがないか確かめてください",
        |(_, words)| words,
    );
    format!("{reason}（{}）", line.trim())
}
