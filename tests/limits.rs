//! What a workbook may not do: take the machine down, reach out of its month, run in whoever opens a report, or give
//! away a password.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

use hoshin::model::limits::{Limit, Limits};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::facts::rows;
use crate::support::{Project, book, checkout};

const RUN: &str = "run --input 台帳 --period 2021-05 --as-of 2021-06-07";
const FINDINGS: &str = "reports/2021-05/data/findings.csv";

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("a package").into_inner()
}

/// An xlsx with one sheet.
fn xlsx(sheet: &str) -> Vec<u8> {
    package(&[
        ("xl/workbook.xml", r#"<workbook><sheets><sheet name="表" r:id="a"/></sheets></workbook>"#),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/></Relationships>"#,
        ),
        ("xl/s.xml", sheet),
    ])
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    package(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

/// The findings about a workbook: code, message and cure.
fn said(project: &Project, workbook: &str) -> Vec<(String, String, String)> {
    let all = rows(&project.path(FINDINGS)).into_iter().filter(|row| row["workbook"] == workbook);
    all.map(|row| (row["code"].clone(), row["message"].clone(), row["cure"].clone())).collect()
}

#[test]
fn each_hostile_workbook_is_one_finding_and_the_rest_as_without_it() {
    let deep = format!("{}{}", "<x>".repeat(100_000), "</x>".repeat(100_000));
    let merges: String = (1..=300_000).map(|row| format!("<mergeCell ref=\"A{row}:B{row}\"/>")).collect();
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ああああ\"><!ENTITY b \"&a;&a;\">]><worksheet>&b;</worksheet>";
    let cell = r#"<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>"#;
    let far = format!(r#"<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>"#);
    let blank = format!("<!--{}-->", " ".repeat(1 << 22));
    let hostile = [
        ("圧縮.xlsx", xlsx(&format!("<worksheet><sheetData/>{}</worksheet>", blank.repeat(10))), "ratio"),
        ("入れ子.xlsx", xlsx(&deep), "depth"),
        (
            "結合.xlsx",
            xlsx(&format!("<worksheet><sheetData/><mergeCells>{merges}</mergeCells></worksheet>")),
            "merges",
        ),
        ("実体.xlsx", xlsx(laughs), ""),
        ("全セル.ods", ods(&far), "cells"),
    ];
    let quiet = Project::bare().workbook("台帳/よい.xlsx");
    quiet.run(RUN).exits(0);
    let mut project = Project::bare().workbook("台帳/よい.xlsx");
    for (name, bytes, _) in &hostile {
        project = project.file(&format!("台帳/{name}"), bytes);
    }
    project.run(RUN).exits(0);
    for (name, _, key) in &hostile {
        let found = said(&project, name);
        let [(code, message, cure)] = found.as_slice() else { panic!("{name}: {found:?}") };
        if key.is_empty() {
            assert_eq!(code, "workbook-broken", "{name}");
        } else {
            assert_eq!(code, "workbook-over-limit", "{name}");
            assert!(
                message.contains("上限") && cure.contains(&format!("[limits] に {key} を")),
                "{message} {cure}"
            );
        }
    }
    for data in ["indicators.csv", "initiatives.csv", "judgements.csv"] {
        let of =
            |project: &Project| std::fs::read(project.path("reports/2021-05/data").join(data)).expect("read");
        assert!(of(&quiet) == of(&project), "{data}");
    }
}

#[test]
fn a_limit_says_how_much_is_allowed_and_raising_it_reads_the_workbook() {
    let rows: String = (1..=1_500).map(|row| format!("<row r=\"{row}\"><c><v>{row}</v></c></row>")).collect();
    let large = xlsx(&format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"));
    let config = |cells: u32| format!("[city]\nname = \"試験市\"\n[limits]\ncells = {cells}\n");
    let project = Project::bare()
        .workbook("台帳/よい.xlsx")
        .file("台帳/大.xlsx", &large)
        .file("hoshin.toml", config(1_400));
    project.run(RUN).exits(0);
    let found = said(&project, "大.xlsx");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].1.contains("上限の 1,400 を超えています（少なくとも 1,401）"), "{found:?}");
    let project = project.file("hoshin.toml", config(1_500));
    project.run(RUN).exits(0);
    assert!(said(&project, "大.xlsx").iter().all(|(code, _, _)| code != "workbook-over-limit"));
    project.file("hoshin.toml", "[limits]\ncells = 0\nsecond = 3\n").run(RUN).exits(2).err_says("seconds");
}

#[test]
fn the_guide_lists_every_limit_with_its_default() {
    let guide = std::fs::read_to_string(checkout("docs/guide.ja.md")).expect("the guide");
    for limit in Limit::ALL {
        let value = Limits::default().of(limit) / limit.scale();
        let line = guide.lines().find(|line| line.starts_with(&format!("| `{}`", limit.key())));
        let line = line.unwrap_or_else(|| panic!("{}", limit.key()));
        assert!(line.replace(',', "").contains(&format!("| {value} |")), "{line}");
    }
}

/// Texts that a spreadsheet would calculate, were they typed.
const TEXTS: [&str; 7] = [
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://evil.example/\",\"x\")",
    "+1+cmd|' /C calc'!A0",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
];

/// All parts of all workbooks in the reports but the originals: file, part, text.
fn parts(project: &Project) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for (file, bytes) in project.tree("reports") {
        let is_workbook = Path::new(&file).extension().is_some_and(|end| end == "xlsx");
        if !is_workbook || file.starts_with("原本/") {
            continue;
        }
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
        for index in 0..zip.len() {
            let mut part = zip.by_index(index).expect("a part");
            let (name, mut bytes) = (part.name().expect("text").into_owned(), Vec::new());
            part.read_to_end(&mut bytes).expect("unpacked");
            all.push((file.clone(), name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    all
}

/// What stands between two marks.
fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split(end).next())
}

#[test]
fn texts_that_look_like_formulas_stay_texts_everywhere() {
    let mut project = Project::bare();
    for (index, text) in TEXTS.iter().enumerate() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet
            .set_name(
                text.trim().replace(['/', '\'', ':', '"', '['], "_").chars().take(20).collect::<String>(),
            )
            .expect("a name");
        let lines = [
            ["部名", text, "", ""],
            ["課名", text, "", ""],
            ["指標名", "単位", "R2実績", "R3目標"],
            [text, text, "皆増", text],
            ["相談の件数", text, "12", "15"],
        ];
        for (row, cells) in (0..).zip(lines) {
            for (col, text) in (0..).zip(cells) {
                sheet.write_string(row, col, text).expect("written");
            }
        }
        sheet.insert_note(3, 0, &rust_xlsxwriter::Note::new(*text)).expect("a note");
        let name = format!("台帳/{index}{}.xlsx", text.trim().replace(['/', '|', '"', '*'], "_"));
        project = project.file(&name, workbook.save_to_buffer().expect("a workbook"));
    }
    project.run(RUN).exits(0);
    let parts = parts(&project);
    assert!(parts.iter().any(|(file, _, _)| file.contains("差戻し/")), "return sheets are looked at too");
    assert!(parts.iter().any(|(_, _, text)| text.contains("cmd|")), "the texts are there");
    for (file, part, text) in &parts {
        for formula in between(text, "<f>", "</f>").chain(between(text, "<definedName ", "</definedName>")) {
            let harmful = ["cmd|", "evil.example", "calc'!"].iter().any(|word| formula.contains(word));
            assert!(!harmful, "{file} {part}: {formula}");
        }
        assert!(!file.contains("差戻し/") || !text.contains("<f>"), "{file} {part}: no formula at all");
        for target in between(text, "Target=\"", "\"") {
            let leaves =
                ["http:", "https:", "file:", "mailto:", "\\\\"].iter().any(|start| target.starts_with(start));
            assert!(!leaves || part.contains("docProps"), "{file} {part}: {target}");
        }
        assert!(!part.contains("externalLink") && !part.contains("vbaProject"), "{file} {part}");
    }
    let data = std::fs::read_to_string(project.path("reports/2021-05/data/findings.csv")).expect("read");
    assert!(data.contains("=cmd|' /C calc'!A0"), "verbatim in CSV");
    project.run("form --output 様式").exits(0);
    for (file, bytes) in project.tree("様式") {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
        let mut sheet = String::new();
        zip.by_name("xl/worksheets/sheet1.xml").expect("a sheet").read_to_string(&mut sheet).expect("text");
        for formula in between(&sheet, "<f>", "</f>") {
            assert!(!formula.contains("cmd|") && !formula.contains("evil"), "{file}: {formula}");
        }
    }
}

#[test]
fn names_cannot_reach_into_the_head_of_a_letter() {
    let name = "総合政策部\r\nBcc: evil@example.com\r\n\r\n本文";
    let rows: [&[&str]; 4] = [
        &["部名", name],
        &["課名", "企画課\nTo: evil@example.com"],
        &["指標名", "R2実績", "R3目標"],
        &["件数（件）", "皆増", "15"],
    ];
    let project = Project::bare().file("台帳/a.xlsx", book(&rows));
    project.run(RUN).exits(0);
    let letters: Vec<_> =
        project.tree("reports").into_iter().filter(|(name, _)| name.ends_with(".eml")).collect();
    assert!(!letters.is_empty());
    for (file, bytes) in letters {
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        let head = text.split("\n\n").next().expect("a head");
        assert!(
            !head.lines().any(|line| line.starts_with("Bcc:") || line.starts_with("To: evil")),
            "{file}: {head}"
        );
    }
}

#[test]
fn names_cannot_lead_out_of_the_month() {
    let long = "長".repeat(100);
    let names = [
        "../../外部",
        "..\\..\\外部",
        "/etc/外部",
        "C:\\外部",
        "CON",
        "nul",
        "COM1.部",
        "部.",
        "部 ",
        "部",
        "a:b",
        "ABC部",
        "abc部",
        "\u{202E}部",
        "部\u{0}x",
        "...",
        "*?<>|\"",
        "～部",
        long.as_str(),
    ];
    let mut project = Project::bare();
    for (index, name) in names.iter().enumerate() {
        // A zero byte cannot stand in a workbook at all.
        let name = name.replace('\0', "_");
        let rows: [&[&str]; 4] = [
            &["部名", &name],
            &["課名", &name],
            &["指標名", "R2実績", "R3目標"],
            &["件数（件）", "皆増", "15"],
        ];
        project = project.file(&format!("台帳/{index}.xlsx"), book(&rows));
    }
    project.run(RUN).exits(0);
    let outside: Vec<String> =
        project.tree("").into_keys().filter(|file| !file.starts_with("reports/")).collect();
    assert!(outside.iter().all(|file| file.starts_with("台帳/")), "{outside:?}");
    assert!(!project.path("../外部").exists() && !project.path("外部").exists());
    let files: Vec<String> = project.tree("reports").into_keys().collect();
    let mut folded = BTreeSet::new();
    for file in &files {
        assert!(folded.insert(file.to_lowercase()), "only case tells it apart: {file}");
        for part in file.split('/') {
            let stem = part.split('.').next().unwrap_or_default().trim().to_uppercase();
            assert!(!["CON", "NUL", "COM1", "", ".."].contains(&stem.as_str()), "{file}");
            assert!(!part.ends_with(['.', ' ']) && part.len() <= 255, "{file}");
            let odd = |c: char| c.is_control() || "\\:*?\"<>|\u{202E}".contains(c);
            assert!(!part.contains(odd), "{file}");
        }
    }
    let returned = files.iter().filter(|file| file.contains("差戻し/") && file.ends_with(".xlsx")).count();
    assert!(returned >= names.len() - 2, "each has its own: {files:#?}");
}

#[test]
fn macros_and_links_are_neither_run_nor_handed_on() {
    let sheet = |formula: &str| {
        format!(
            r#"<worksheet><sheetData>
            <row><c t="inlineStr"><is><t>指標名</t></is></c><c t="inlineStr"><is><t>R2実績</t></is></c><c t="inlineStr"><is><t>R3目標</t></is></c></row>
            <row><c t="inlineStr"><is><t>件数（件）</t></is></c><c><f>{formula}</f><v>12</v></c><c><v>15</v></c></row>
            </sheetData><oleObjects><oleObject progId="Package" r:id="x"/></oleObjects></worksheet>"#
        )
    };
    let links = r#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/>
        <Relationship Id="m" Type="x/vbaProject" Target="vbaProject.bin"/>
        <Relationship Id="l" Type="x/externalLink" Target="externalLinks/externalLink1.xml"/>
        <Relationship Id="x" Type="x/externalLinkPath" Target="http://127.0.0.1:9/x.xlsx" TargetMode="External"/></Relationships>"#;
    let dde = r#"<externalLink><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>"#;
    let make = |formula: &str| {
        package(&[
            (
                "xl/workbook.xml",
                r#"<workbook><sheets><sheet name="指標" r:id="a"/></sheets><definedNames><definedName name="Auto_Open">S!A1</definedName></definedNames></workbook>"#,
            ),
            ("xl/_rels/workbook.xml.rels", links),
            ("xl/s.xml", &sheet(formula)),
            ("xl/vbaProject.bin", "MACROMACROMACRO"),
            ("xl/externalLinks/externalLink1.xml", dde),
        ])
    };
    let project = Project::bare()
        .file("台帳/a.xlsm", make("[1]他課!A1"))
        .file("台帳/b.xlsm", make("cmd|'/C calc'!A0"))
        .file("台帳/c.xlsm", make("EXEC(\"calc.exe\")"));
    project.run(RUN).exits(0);
    let values = rows(&project.path("reports/2021-05/data/indicators.csv"));
    for workbook in ["a.xlsm", "b.xlsm", "c.xlsm"] {
        let value = values.iter().find(|row| row["workbook"] == workbook && row["kind"] == "actual");
        assert_eq!(value.map(|row| row["value"].as_str()), Some("12"), "{workbook}: as stored");
    }
    for (file, bytes) in project.tree("reports") {
        let copied = bytes.windows(15).any(|part| part == b"MACROMACROMACRO");
        assert!(!copied || file.starts_with("原本/"), "{file}");
    }
    for (file, part, text) in parts(&project) {
        assert!(!text.contains("127.0.0.1") && !text.contains("ddeLink"), "{file} {part}");
    }
}

/// The program with variables of its environment: exit code, and all that it printed.
fn run_with(project: &Project, variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_hoshin"))
        .args(RUN.split(' '))
        .current_dir(project.path(""))
        .env_remove("HOSHIN_PASSWORD")
        .env_remove("HOSHIN_PASSWORD_FILE")
        .envs(variables.iter().copied())
        .output()
        .expect("the program starts");
    (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

#[test]
fn passwords_come_from_the_environment_or_a_key_file_and_reach_no_output() {
    let fixture =
        |name: &str| std::fs::read(checkout("tests/fixtures/encrypted").join(name)).expect("a fixture");
    let secrets = ["ひみつ-2021", "himitsu", "使われない鍵"];
    let project = || {
        Project::bare()
            .workbook("台帳/よい.xlsx")
            .file("台帳/総合政策部.xlsx", fixture("agile.xlsx"))
            .file("台帳/旧.xlsx", fixture("standard.xlsx"))
    };
    let lines = secrets.join("\r\n");
    let config = "[city]\nname = \"試験市\"\n[run]\npassword_file = \"鍵/鍵.txt\"\n";
    let ways = [
        (project(), vec![], 2),
        (project(), vec![("HOSHIN_PASSWORD", secrets[0])], 1),
        (
            project().file("k.txt", &lines),
            vec![("HOSHIN_PASSWORD_FILE", "k.txt"), ("HOSHIN_PASSWORD", secrets[2])],
            0,
        ),
        (project().file("鍵/鍵.txt", &lines).file("hoshin.toml", config), vec![], 0),
    ];
    for (project, variables, closed) in ways {
        let (code, printed) = run_with(&project, &variables);
        assert_eq!(code, Some(0), "{variables:?}: {printed}");
        let found = rows(&project.path(FINDINGS));
        let shut = found.iter().filter(|row| row["code"] == "workbook-encrypted").count();
        assert_eq!(shut, closed, "{variables:?}");
        let mut written = project.tree("reports");
        written.insert("printed".to_owned(), printed.into_bytes());
        for (file, bytes) in &written {
            for secret in secrets {
                let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_be_bytes).collect();
                let known = bytes.windows(secret.len()).any(|part| part == secret.as_bytes())
                    || bytes.windows(wide.len()).any(|part| part == wide);
                assert!(!known, "{variables:?} {file} holds a password");
            }
        }
        for (file, part, text) in parts(&project) {
            assert!(!secrets.iter().any(|secret| text.contains(secret)), "{file} {part}");
        }
        for (file, bytes) in
            project.tree("reports/原本").into_iter().filter(|(file, _)| file.ends_with(".xlsx"))
        {
            let original = [fixture("agile.xlsx"), fixture("standard.xlsx")].contains(&bytes);
            assert!(original || bytes.starts_with(b"PK"), "{file} stays as it came");
        }
    }
}

#[test]
fn a_key_file_that_cannot_be_read_stops_the_run_without_quoting_it() {
    let project = Project::bare().workbook("台帳/a.xlsx").file("鍵.txt", b"\xFF\xFEh\0i\0m\0i\0");
    for (variables, says) in [
        ([("HOSHIN_PASSWORD_FILE", "ない.txt")], "HOSHIN_PASSWORD_FILE"),
        ([("HOSHIN_PASSWORD_FILE", "鍵.txt")], "UTF-8"),
    ] {
        let (code, printed) = run_with(&project, &variables);
        assert_eq!(code, Some(2), "{printed}");
        assert!(printed.contains(says) && !printed.contains("himi"), "{printed}");
    }
    let named = project.file("hoshin.toml", "[run]\npassword_file = \"ない.txt\"\n");
    let (code, printed) = run_with(&named, &[]);
    assert_eq!(code, Some(2));
    assert!(printed.contains("password_file") && printed.contains("ない.txt"), "{printed}");
    let wrong = named.file("hoshin.toml", "[limits]\nratio = 1\n");
    let (code, printed) = run_with(&wrong, &[("HOSHIN_PASSWORD_FILE", "ない.txt")]);
    assert_eq!(code, Some(2));
    assert!(printed.contains("ratio") && printed.contains("ない.txt"), "all problems at once: {printed}");
}
