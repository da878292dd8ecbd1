//! Single files for people to fill in: written once, never over one that stands.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::PublishError;

/// Writes a file into a folder, which is made where it is absent. `false` where such a file already stands: it stays.
pub fn write_form(folder: &Path, name: &str, bytes: &[u8]) -> Result<bool, PublishError> {
    fs::create_dir_all(folder).map_err(|error| PublishError::io("フォルダーを作る", folder, &error))?;
    let path = folder.join(name);
    let fail = |error| PublishError::io("ファイルを書き込む", &path, &error);
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => {
            let done = file.write_all(bytes).and_then(|()| file.sync_all());
            // Half a file would later be taken for one that stands.
            done.inspect_err(|_| _ = fs::remove_file(&path)).map_err(fail)?;
            Ok(true)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(fail(error)),
    }
}
