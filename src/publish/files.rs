//! Single files and folders: written, synced, replaced, removed.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{OutputFile, PublishError, TEMPORARY};

/// So many files are written before the first of them is waited for: the disk takes them together.
const AT_A_TIME: usize = 64;

/// A folder or file being written; removed unless it was renamed into place.
pub(super) struct Staging(pub PathBuf);

impl Staging {
    /// A new folder with these files, all of it on the disk.
    pub fn filled(path: PathBuf, files: &[OutputFile]) -> Result<Self, PublishError> {
        remove(&path)?;
        let staging = Self(path);
        for some in files.chunks(AT_A_TIME) {
            let written = some.iter().map(|file| staging.write(file)).collect::<Result<Vec<_>, _>>()?;
            for (path, file) in written {
                file.sync_all().map_err(|error| unwritten(&path, &error))?;
            }
        }
        sync_tree(&staging.0)?;
        Ok(staging)
    }

    /// Writes a file, which still has to reach the disk.
    fn write(&self, file: &OutputFile) -> Result<(PathBuf, File), PublishError> {
        let path = file.path.split('/').fold(self.0.clone(), |path, part| path.join(part));
        if let Some(parent) = path.parent() {
            create_folder(parent)?;
        }
        let open = written(&path, &file.bytes).map_err(|error| unwritten(&path, &error))?;
        Ok((path, open))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        _ = remove(&self.0);
    }
}

fn unwritten(path: &Path, error: &io::Error) -> PublishError {
    PublishError::io("報告書を書き込む", path, error)
}

/// Replaces a file's content whole or not at all.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let fail = |error: io::Error| PublishError::io("ファイルを書き込む", path, &error);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = Staging(path.with_file_name(format!("{TEMPORARY}{name}")));
    write(&beside.0, bytes).map_err(fail)?;
    std::fs::rename(&beside.0, path).map_err(fail)?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// Writes a file anew and waits until it is on the disk.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    written(path, bytes)?.sync_all()
}

/// A file written anew, open as it still has to reach the disk.
fn written(path: &Path, bytes: &[u8]) -> io::Result<File> {
    let mut file = create(path)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// A file to be written anew.
pub(super) fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(true).open(path)
}

pub(super) fn create_folder(path: &Path) -> Result<(), PublishError> {
    std::fs::create_dir_all(path).map_err(|error| PublishError::io("フォルダーを作る", path, &error))
}

/// Removes a file or a folder with all it holds; what is not there is fine.
pub(super) fn remove(path: &Path) -> Result<(), PublishError> {
    let done = match std::fs::symlink_metadata(path) {
        Ok(data) if data.is_dir() => std::fs::remove_dir_all(path),
        Ok(_) => std::fs::remove_file(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    };
    done.map_err(|error| PublishError::io("書きかけのものを片付ける", path, &error))
}

fn sync_tree(folder: &Path) -> Result<(), PublishError> {
    for entry in walkdir::WalkDir::new(folder).contents_first(true).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_dir() {
            sync_folder(entry.path())?;
        }
    }
    Ok(())
}

/// Waits until the names in a folder are on the disk.
pub(super) fn sync_folder(folder: &Path) -> Result<(), PublishError> {
    sync(folder).map_err(|error| PublishError::io("フォルダーを書き込む", folder, &error))
}

/// Windows has no such call and needs none.
fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// All names in a folder, sorted. One that cannot be told is an error: it may be a month.
pub(super) fn names(folder: &Path) -> Result<Vec<String>, PublishError> {
    let fail = |error: io::Error| PublishError::io("報告書のフォルダーの中を調べる", folder, &error);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        // A name that is not Unicode is none of ours.
        names.extend(entry.map_err(fail)?.file_name().into_string());
    }
    names.sort();
    Ok(names)
}
