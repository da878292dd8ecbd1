//! `hoshin init`: a new project folder, ready to be filled in.

use std::fs;
use std::path::Path;

use super::{Exit, Failure};
use crate::cli::InitArgs;
use crate::discover::shown;
use crate::io_reason::io_reason;
use crate::templates::Templates;
use crate::{console, publish, schemas};

/// What a project's hoshin.toml starts as.
const CONFIG: &str = include_str!("init.toml");
const CONFIG_NAME: &str = "hoshin.toml";

pub(super) fn init(args: &InitArgs) -> Result<Exit, Failure> {
    let folder = args.folder.as_path();
    if fs::symlink_metadata(folder.join(CONFIG_NAME)).is_ok() {
        let message = format!(
            "「{}」にはすでに hoshin.toml があります。何もしませんでした。別のフォルダーを指定してください",
            shown(folder)
        );
        return Err(Failure::new(Exit::Usage, message));
    }
    for name in ["input", "reports"] {
        make(&folder.join(name))?;
    }
    let templates = Templates::embedded();
    let mut kept = Vec::new();
    // The fonts stay inside the program: a city that wants other ones puts them beside these.
    let is_toml = |name: &&str| Path::new(name).extension().is_some_and(|end| end == "toml");
    for name in templates.names("").filter(is_toml) {
        let path = folder.join("templates").join(name);
        if !write(&path, templates.bytes(name))? {
            kept.push(format!("・templates/{name}"));
        }
    }
    for (name, text) in schemas::files() {
        write(&folder.join("templates").join(name), text.as_bytes())?;
    }
    // Last: a folder that has it is whole.
    write(&folder.join(CONFIG_NAME), CONFIG.as_bytes())?;
    console::out(&said(folder, &kept));
    Ok(Exit::Done)
}

fn make(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| {
        let message = format!("フォルダー「{}」を作れません: {}", shown(folder), io_reason(&error));
        Failure::new(Exit::NotWritten, message)
    })
}

/// Writes a file unless one stands there; `false` where one does.
fn write(path: &Path, bytes: &[u8]) -> Result<bool, Failure> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Ok(false) };
    Ok(publish::write_form(folder, &name.to_string_lossy(), bytes)?)
}

fn said(folder: &Path, kept: &[String]) -> String {
    let mut lines = vec![
        format!("「{}」に hoshin のフォルダーを作りました。", shown(folder)),
        "1. hoshin.toml に市の名前と部局・課を書きます。".to_owned(),
        "2. input に年月のフォルダー（2021-05 など）を作り、台帳を入れます。".to_owned(),
        "3. このフォルダーで hoshin check、次に hoshin run を実行します。".to_owned(),
        "templates の書き換えない部分は、消しても構いません（hoshin が持っているものを使います）。"
            .to_owned(),
    ];
    if !kept.is_empty() {
        lines.push("次のファイルはすでにあるので、そのままにしました。".to_owned());
        lines.extend_from_slice(kept);
    }
    lines.join("\n")
}
