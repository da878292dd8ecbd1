//! What may be typed, and what is said about it.

use crate::support::{Project, words};

const HELP: &[&str] = &[
    "",
    "--help",
    "-h",
    "--version",
    "run --help",
    "check --help",
    "inspect --help",
    "trace --help",
    "explain --help",
    "render --help",
    "form --help",
    "freeze --help",
    "answers --help",
    "schedule --help",
    "init --help",
    "run -h",
];

/// Wrong usages and the whole of what is said, but for the last line.
const WRONG: &[(&str, &str)] = &[
    ("rum", "「rum」というコマンドはありません。\nもしかして: run\n使い方は hoshin --help で見られます。\n"),
    ("help", "「help」というコマンドはありません。\n使い方は hoshin --help で見られます。\n"),
    (
        "run --perid 2021-05",
        "「--perid」という指定はありません。\nもしかして: --period\n使い方は hoshin run --help で見られます。\n",
    ),
    ("run --period", "「--period <YYYY-MM>」の値がありません。\n使い方は hoshin run --help で見られます。\n"),
    (
        "run --period 2021-13",
        "「--period <YYYY-MM>」の値が正しくありません。「2021-13」は年月ではありません。2021-05 のように書いてください。\n使い方は hoshin run --help で見られます。\n",
    ),
    (
        "run --as-of 2021-02-30",
        "「--as-of <YYYY-MM-DD>」の値が正しくありません。「2021-02-30」という日はありません。2021-06-07 のように書いてください。\n使い方は hoshin run --help で見られます。\n",
    ),
    (
        "run --as-of 2021-6-7",
        "「--as-of <YYYY-MM-DD>」の値が正しくありません。「2021-6-7」という日はありません。2021-06-07 のように書いてください。\n使い方は hoshin run --help で見られます。\n",
    ),
    (
        "run --jobs 0",
        "「--jobs <数>」の値が正しくありません。「0」は使えません。1 から 256 までの数を書いてください。\n使い方は hoshin run --help で見られます。\n",
    ),
    (
        "check --fail-on eror",
        "「--fail-on <重さ>」に「eror」は使えません。使えるのは error、warning、note です。\nもしかして: error\n使い方は hoshin check --help で見られます。\n",
    ),
    ("run --late --late", "「--late」は1回だけ指定できます。\n使い方は hoshin run --help で見られます。\n"),
    (
        "run --late=yes",
        "「--late」に値は付けられません（「yes」）。\n使い方は hoshin run --help で見られます。\n",
    ),
    ("run input", "「input」という指定はありません。\n使い方は hoshin run --help で見られます。\n"),
    ("inspect", "「<台帳>」の指定が必要です。\n使い方は hoshin inspect --help で見られます。\n"),
    (
        "inspect a.xlsx --format xml",
        "「--format <形式>」に「xml」は使えません。使えるのは text、json です。\n使い方は hoshin inspect --help で見られます。\n",
    ),
    (
        "explain value-asumed",
        "「[コード]」の値が正しくありません。「value-asumed」というコードはありません。「value-assumed」の書き誤りではありませんか。\n使い方は hoshin explain --help で見られます。\n",
    ),
    ("schedule", "「--target <種類>」の指定が必要です。\n使い方は hoshin schedule --help で見られます。\n"),
    (
        "schedule --target launchd",
        "「--target <種類>」に「launchd」は使えません。使えるのは systemd、cron、windows です。\n使い方は hoshin schedule --help で見られます。\n",
    ),
    (
        "trase 社会移動数",
        "「trase」というコマンドはありません。\nもしかして: trace\n使い方は hoshin --help で見られます。\n",
    ),
    ("trace", "「<言葉>」の指定が必要です。\n使い方は hoshin trace --help で見られます。\n"),
    ("trace 　", "「<言葉>」の指定が必要です。\n使い方は hoshin trace --help で見られます。\n"),
    ("run --config none.toml", "設定ファイル「none.toml」を読めません: 見つかりません\n"),
    (
        "run --input none",
        "台帳のフォルダー「none」がありません。フォルダーを作って台帳を入れるか、--input で場所を指定してください\n",
    ),
    ("inspect none.xlsx", "台帳「none.xlsx」を読めません: 見つかりません。場所と名前を確かめてください\n"),
    ("inspect templates", "「templates」はフォルダーです。台帳のファイルを1つ指定してください\n"),
];

#[test]
fn wrong_usage_is_told_in_japanese() {
    let project = Project::new();
    for (args, expected) in WRONG {
        let code = if args.contains("none") && !args.contains("config") { 6 } else { 2 };
        project.run(args).exits(code).out("").err(expected);
    }
}

#[test]
fn no_english_sentence_anywhere() {
    let project = Project::new().file("hoshin.toml", "[city]\nnmae = 3\nname = \n[run]\nperiod = 1\n[x");
    for args in
        HELP.iter().copied().chain(WRONG.iter().map(|(args, _)| *args)).chain(["run", "check", "explain"])
    {
        let outcome = project.run(args);
        let english = english(&format!("{}\n{}", outcome.out, outcome.err));
        assert!(english.is_empty(), "hoshin {args}: {english:?}");
    }
}

/// Runs of two or more English words: letters alone, divided by single spaces.
fn english(text: &str) -> Vec<String> {
    // What a person types or names: commands, options, files.
    let names = [
        "hoshin",
        "run",
        "check",
        "inspect",
        "trace",
        "explain",
        "schedule",
        "crontab",
        "systemctl",
        "enable",
    ];
    let is_word = |word: &&str| {
        word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic()) && !names.contains(word)
    };
    let mut found = Vec::new();
    for line in text.lines() {
        let words: Vec<_> = line.split(' ').map(|word| word.trim_end_matches([',', '.', ':', ';'])).collect();
        let pairs = words.windows(2).filter(|pair| pair.iter().all(is_word));
        found.extend(pairs.map(|pair| pair.join(" ")));
    }
    found
}

#[test]
fn the_net_for_english_has_no_holes() {
    assert_eq!(
        english("error: unexpected argument '--x' found"),
        ["error unexpected", "unexpected argument"]
    );
    assert_eq!(english("使い方は hoshin run --help で"), Vec::<String>::new());
}

#[test]
fn help_shows_what_there_is() {
    let project = Project::new();
    project.run("--help").exits(0).err("").out(
        "庁内の課が持つ Excel の台帳を月に一度読み、統合したブックと PDF の報告書を作ります。

使い方: hoshin コマンド [オプション]

コマンド:
  run       台帳をすべて読み、その月の報告書を作る
  check     台帳を読んで確かめ、指摘を表示する（何も書き込まない）
  inspect   1つの台帳をどう読み取ったかを表示する
  trace     指標や取組みの値が、どの台帳のどのセルから来たかを表示する
  explain   指摘のコードの意味と直し方を表示する
  freeze    月を確定する（帳票の「暫定」を消し、作り直せなくする）
  render    作った月の報告書を、snapshot.json だけからもう一度作る
  form      課ごとに、分かっている値を入れた記入用の様式（Excel）を作る
  answers   課から返ってきた差戻しの表を読み、hoshin.toml に貼り付ける行を表示する
  schedule  毎月の自動実行の設定を表示する
  init      hoshin を始めるフォルダー（hoshin.toml・templates・input・reports）を作る

オプション:
  -h, --help     この説明を表示する
  -V, --version  版を表示する

各コマンドの説明は hoshin コマンド --help で見られます。
",
    );
    project.run("inspect --help").exits(0).err("").out(
        "1つの台帳をどう読み取ったかを表示する

使い方: hoshin inspect <台帳> [オプション]

引数:
  <台帳>  調べる台帳（xlsx・xlsm・xls・xlsb・ods）

オプション:
      --format <形式>      表示の形式（text・json。省略すると text）
      --suggest-profile    見出しだけでは読めない表のために、プロファイルの下書きを表示する
      --config <ファイル>  設定ファイル（省略すると hoshin.toml）
  -h, --help               この説明を表示する
",
    );
    project.run("--version").exits(0).err("").out(concat!("hoshin ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn all_problems_of_a_configuration_are_told_at_once() {
    let project = Project::new()
        .file("hoshin.toml", "[city]\nnmae = \"見本市\"\n[run]\nperiod = \"next\"\n")
        .file("templates/theme.toml", "a = 1\na = 2\n");
    project.run("run").exits(2).out("").err(
        "hoshin.toml の2行目: [city] に「nmae」という項目はありません。「name」の書き誤りではありませんか
hoshin.toml の4行目: [run] の period に「next」は使えません。\"previous\"、\"current\" のどれかを書いてください
templates/theme.toml の2行目: 同じ項目が2回書かれています。どちらか一方を消してください（a = 2）
",
    );
    let project = Project::new().file("hoshin.toml", [0x82, 0xa0]);
    project.run("check").exits(2).err_says("文字コードが UTF-8 ではありません");
}

#[test]
fn explain_tells_what_a_code_means() {
    let own = "severity = \"error\"\ntitle = \"開けない台帳\"\nmessage = \"「{raw}」を開けません\"\ncure = \"パスワードを外してください\"\nexplain = \"\"\"\n暗号化されています。\n中は読んでいません。\n\"\"\"\n";
    let project = Project::new().file("templates/findings.toml", words(own));
    let expected = "workbook-encrypted　開けない台帳（エラー）
　表示　「…」を開けません
　対処　パスワードを外してください
　説明　暗号化されています。
　　　　中は読んでいません。
";
    project.run("explain workbook-encrypted").exits(0).err("").out(expected);
    let all = project.run("explain").exits(0).err("");
    assert!(all.out.starts_with(expected) && all.out.matches("\n　対処　").count() > 40, "{}", all.out);
    let project = project.file("hoshin.toml", "[severity]\n\"workbook-encrypted\" = \"note\"\n");
    assert!(project.run("explain workbook-encrypted").out.contains("開けない台帳（参考）"));
}

#[test]
fn schedule_fills_in_where_things_are() {
    let project = Project::new();
    let folder = project.path("").canonicalize().expect("a folder").to_string_lossy().into_owned();
    for (target, line) in [
        ("systemd", format!("WorkingDirectory={folder}\n")),
        ("cron", format!("0 6 * * * cd '{folder}' && '{}' run --if-due\n", env!("CARGO_BIN_EXE_hoshin"))),
        ("windows", format!("<WorkingDirectory>{folder}</WorkingDirectory>")),
    ] {
        let outcome = project.run(&format!("schedule --target {target}")).exits(0).err("");
        assert!(outcome.out.contains(&line), "{line}\nis not in\n{}", outcome.out);
    }
}

#[test]
fn a_new_project_folder_is_valid_and_never_overwritten() {
    let project = Project::bare();
    let said = project.run("init 見本").exits(0).err("").out;
    assert!(said.starts_with("「見本」に hoshin のフォルダーを作りました。"), "{said}");
    let made = project.tree("見本");
    for name in
        ["hoshin.toml", "templates/findings.toml", "templates/vocabulary.toml", "templates/judgement.toml"]
    {
        assert!(made.contains_key(name), "{name}");
    }
    for folder in ["input", "reports"] {
        assert_eq!(project.path(&format!("見本/{folder}")).read_dir().expect("a folder").count(), 0);
    }
    project.run("init 見本").exits(2).out("").err_says("「見本」にはすでに hoshin.toml があります");
    assert_eq!(project.tree("見本"), made);

    // What is written is what hoshin reads, with its examples uncommented too.
    let month = "--input 台帳 --period 2021-05 --as-of 2021-06-07";
    let project = project.workbook("台帳/市民環境部_市民課.xlsx");
    project.run(&format!("check {month} --config 見本/hoshin.toml")).exits(0);
    let text = String::from_utf8(made["hoshin.toml"].clone()).expect("UTF-8");
    let examples = text.lines().map(|line| match line.strip_prefix("# ") {
        Some(rest)
            if rest.starts_with("[[") || rest == "[submission]" || rest == "[limits]" || is_setting(rest) =>
        {
            rest
        }
        _ => line,
    });
    let examples = examples.collect::<Vec<_>>().join("\n");
    for part in ["\n[[department]]\n", "\n[[expected]]\n", "\n[[indicator]]\n", "\npolarity = "] {
        assert!(examples.contains(part), "{part}");
    }
    let project = project.file("見本/hoshin.toml", examples);
    let said = project.run(&format!("check {month} --config 見本/hoshin.toml")).exits(0).out;
    assert!(!said.contains("hoshin.toml の"), "{said}");
}

/// `key = …`, not a sentence about it.
fn is_setting(line: &str) -> bool {
    line.split_once(" = ")
        .is_some_and(|(key, value)| key.chars().all(|c| c.is_ascii_lowercase()) && !value.contains('は'))
}
