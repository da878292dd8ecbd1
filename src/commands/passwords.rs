//! Passwords of encrypted workbooks: from the environment or from key files, never from the command line, where every
//! user of the machine could read them.

use std::path::Path;

use crate::config::Config;
use crate::discover::shown;
use crate::io_reason::io_reason;
use crate::model::passwords::Passwords;

/// One password.
const ONE: &str = "HOSHIN_PASSWORD";
/// The path of a file with one password on each line, in UTF-8.
const FILE: &str = "HOSHIN_PASSWORD_FILE";

/// All passwords, in the order in which they are tried: the environment's, those of its file, those of the file that
/// hoshin.toml (at `config_path`) names.
pub(super) fn load(config: &Config, config_path: &Path) -> Result<Passwords, String> {
    let own = std::env::var_os(ONE).map(|one| {
        one.into_string()
            .map_err(|_| format!("環境変数 {ONE} の文字コードが正しくありません。設定し直してください"))
    });
    let mut list: Vec<String> = own.transpose()?.into_iter().collect();
    if let Some(path) = std::env::var_os(FILE).filter(|path| !path.is_empty()) {
        list.extend(read(Path::new(&path), FILE)?);
    }
    if let Some(name) = &config.password_file {
        let path = config_path.parent().unwrap_or(Path::new("")).join(name);
        list.extend(read(&path, "[run] の password_file")?);
    }
    Ok(Passwords::new(list))
}

/// The passwords of a file; `said` is where its name stands. No message ever quotes the file.
fn read(path: &Path, said: &str) -> Result<Vec<String>, String> {
    let name = shown(path);
    let bytes = std::fs::read(path).map_err(|error| {
        format!("{said} にあるパスワードのファイル「{name}」を読めません: {}", io_reason(&error))
    })?;
    let text = String::from_utf8(bytes).map_err(|_| {
        format!("パスワードのファイル「{name}」の文字コードが UTF-8 ではありません。メモ帳の「名前を付けて保存」で UTF-8 を選んで保存し直してください")
    })?;
    Ok(Passwords::from_lines(&text).collect())
}
