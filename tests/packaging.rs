//! The Debian package and the list of what the program is made of, as their scripts make them.

#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::support::{Project, checkout};

/// Who answers for the package; any address of a host that can exist.
const MAINTAINER: &str = "hoshin maintainers <hoshin@hoshin.or.jp>";

/// A program's output, or `None`, told aloud, where the machine has no such program.
fn output(command: &mut Command) -> Option<Output> {
    let output = command.output();
    if output.is_err() {
        eprintln!("skipped: {command:?} cannot be started");
    }
    output.ok()
}

fn lines(output: &Output) -> Vec<String> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

/// What `packaging/sbom` prints, `None` without Python.
fn sbom() -> Option<Vec<u8>> {
    output(Command::new("python3").args(["-c", "import tomllib"])).filter(|it| it.status.success())?;
    let output = output(&mut Command::new(checkout("packaging/sbom")))?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(output.stdout)
}

#[test]
fn what_the_program_is_made_of_is_listed() {
    let Some(text) = sbom() else { return };
    assert_eq!(sbom().as_ref(), Some(&text), "equal sources give equal bytes");
    let home = std::env::var("HOME").unwrap_or_default();
    let whole = String::from_utf8_lossy(&text);
    assert!(!whole.contains(&*checkout("").to_string_lossy()) && (home.is_empty() || !whole.contains(&home)));

    let bom: Value = serde_json::from_slice(&text).expect("JSON");
    let string = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    assert_eq!((string(&bom, "bomFormat"), string(&bom, "specVersion")), ("CycloneDX".into(), "1.5".into()));
    let components = bom["components"].as_array().expect("a list");
    let refs: BTreeSet<_> = components.iter().map(|it| string(it, "bom-ref")).collect();
    assert_eq!(refs.len(), components.len(), "each once");
    for name in ["calamine", "printpdf", "BIZ UDGothic Regular", "BIZ UDGothic Bold"] {
        assert!(components.iter().any(|it| string(it, "name") == name), "{name}");
    }
    // What only tests use is not in the program.
    assert!(!components.iter().any(|it| ["proptest", "divan"].contains(&string(it, "name").as_str())));
    for component in components {
        assert!(
            component["hashes"][0]["content"].is_string() && component["licenses"][0].is_object(),
            "{component}"
        );
    }
    let root = string(&bom["metadata"]["component"], "bom-ref");
    for edge in bom["dependencies"].as_array().expect("a list") {
        let ends = edge["dependsOn"].as_array().expect("a list").iter().filter_map(Value::as_str);
        for end in ends.map(str::to_owned).chain([string(edge, "ref")]) {
            assert!(refs.contains(&end) || end == root, "{end}");
        }
    }
}

/// The package, made of the program under test; `None` where a program is missing that makes it.
fn package(project: &Project) -> Option<PathBuf> {
    sbom()?;
    output(Command::new("dpkg-deb").arg("--version"))?;
    output(Command::new("objdump").arg("--version"))?;
    let mut command = Command::new(checkout("packaging/deb"));
    command.args(["--binary", env!("CARGO_BIN_EXE_hoshin"), "--output"]).arg(project.path(""));
    command
        .env("MAINTAINER", MAINTAINER)
        .envs([("DPKG_DEB_COMPRESSOR_TYPE", "gzip"), ("DPKG_DEB_COMPRESSOR_LEVEL", "1")]);
    let made = lines(&output(&mut command)?);
    assert_eq!(made.len(), 2, "{made:?}");
    Some(PathBuf::from(&made[0]))
}

#[test]
fn the_package_installs_and_runs() {
    let project = Project::bare().workbook("input/2021-05/市民環境部_市民課.xlsx");
    let Some(package) = package(&project) else { return };
    let listed = lines(&output(Command::new("dpkg-deb").arg("-c").arg(&package)).expect("as before"));
    let names: Vec<&str> = listed.iter().filter_map(|line| line.split_whitespace().nth(5)).collect();
    for name in [
        "./usr/bin/hoshin",
        "./usr/share/man/ja/man1/hoshin.1.gz",
        "./usr/share/man/man1/hoshin-run.1.gz",
        "./usr/share/bash-completion/completions/hoshin",
        "./usr/share/zsh/vendor-completions/_hoshin",
        "./usr/share/fish/vendor_completions.d/hoshin.fish",
        "./usr/share/doc/hoshin/README.md",
        "./usr/share/doc/hoshin/SECURITY.md",
        "./usr/share/doc/hoshin/operations.ja.md",
        "./usr/share/doc/hoshin/copyright",
        "./usr/share/doc/hoshin/crates-notices.gz",
        "./usr/share/doc/hoshin/hoshin.cdx.json.gz",
    ] {
        assert!(names.contains(&name), "{name} is not in\n{listed:#?}");
    }
    assert!(listed.iter().all(|line| line.contains(" root/root ")), "{listed:#?}");
    let field = |name: &str| {
        let mut command = Command::new("dpkg-deb");
        lines(&output(command.arg("-f").arg(&package).arg(name)).expect("as before")).join("\n")
    };
    assert_eq!(field("Version"), concat!(env!("CARGO_PKG_VERSION"), "-1"));
    assert!(field("Depends").starts_with("libc6 (>= 2."), "{}", field("Depends"));

    let root = project.path("root");
    install(&package, &root);
    let mut command = Command::new(root.join("usr/bin/hoshin"));
    command
        .args(["run", "--period", "2021-05", "--as-of", "2021-06-07"])
        .current_dir(project.path(""))
        .env_clear();
    lines(&output(&mut command).expect("the installed program starts"));
    assert!(project.path("reports/2021-05/統合.xlsx").is_file());
}

/// Installs a package into a folder that stands for a machine on which nothing else is installed.
fn install(package: &Path, root: &Path) {
    std::fs::create_dir_all(root.join("var/lib/dpkg/updates")).expect("folders");
    std::fs::create_dir_all(root.join("var/lib/dpkg/info")).expect("folders");
    std::fs::write(root.join("var/lib/dpkg/status"), "").expect("written");
    let mut dpkg = Command::new("dpkg");
    dpkg.arg(format!("--root={}", root.display()))
        .args(["--force-depends", "--force-not-root", "-i"])
        .arg(package);
    dpkg.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    let said = output(&mut dpkg).expect("dpkg starts");
    if said.status.success() {
        return;
    }
    eprintln!("skipped: dpkg may not install here: {}", String::from_utf8_lossy(&said.stderr));
    let mut unpacked = Command::new("dpkg-deb");
    lines(&output(unpacked.arg("-x").arg(package).arg(root)).expect("as before"));
}

#[test]
fn lintian_has_nothing_to_say() {
    let project = Project::bare();
    if output(Command::new("lintian").arg("--version")).is_none() {
        return;
    }
    let Some(package) = package(&project) else { return };
    let mut lintian = Command::new("lintian");
    // That tag is about uploads to Debian's own archive.
    lintian
        .args(["--fail-on", "error,warning", "--suppress-tags", "initial-upload-closes-no-bugs"])
        .arg(package);
    let said = output(&mut lintian).expect("as before");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stdout));
}
