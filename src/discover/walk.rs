//! Walks an input folder.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

use super::folder::is_same;
use super::patience::{STALL, watched};
use super::{DiscoverError, Found, Input, Listing, Trouble, TroubleKind, shown};
use crate::io_reason::io_reason;
use crate::model::fiscal::Period;

/// Files with these names are workbooks, whatever they hold; reading tells what is wrong with them.
const EXTENSIONS: &[&str] = &["xlsx", "xlsm", "xls", "xlsb", "ods"];

/// Files that programs leave beside workbooks.
const LITTER: &[&str] = &["thumbs.db", "desktop.ini"];

/// What a workbook of the ZIP kind names within its first or last bytes.
const ZIP_MARKS: &[&[u8]] = &[b"xl/workbook.", b"application/vnd.oasis.opendocument.spreadsheet"];

/// The streams of a workbook of the old kind, as its directory writes them.
const CFB_MARKS: &[&[u8]] = &[b"W\0o\0r\0k\0b\0o\0o\0k\0\0\0", b"B\0o\0o\0k\0\0\0"];

/// How much of each end of a file without a known name is looked at, in bytes.
const SNIFF: u64 = 4 << 20;

/// Lists the workbooks below a folder, by name or else by content, sorted by path.
///
/// Excel's lock files (`~$…`), hidden files and folders and what Windows leaves behind are passed over. Links are
/// followed, each folder outside once. Plain `input/` is read without the folders of other months. What cannot be
/// reached below the folder is a trouble, not an error.
pub fn workbooks(input: &Input) -> Result<Listing, DiscoverError> {
    let own = input.clone();
    let mut result = None;
    // An entry listed, or the result, is the sign of life.
    let done = watched(
        STALL,
        move |say| {
            let listing = list(&own, || _ = say.send(None));
            _ = say.send(Some(listing));
        },
        |said| {
            result = said.or_else(|| result.take());
            Ok(())
        },
    );
    match (result, done) {
        (Some(result), _) => result,
        (None, _) => Err(DiscoverError::Stalled(shown(&input.folder))),
    }
}

fn list(input: &Input, alive: impl Fn()) -> Result<Listing, DiscoverError> {
    let Input { folder: input, plain, reports } = input;
    let root = root(input)?;
    let mut seen = BTreeSet::new();
    let mut listing = Listing::default();
    let walk = WalkDir::new(input).follow_links(true).sort_by_file_name();
    let walk = walk.into_iter().filter_entry(|entry| match entry.depth() {
        0 => true,
        1 if *plain && is_month(entry) => false,
        _ if entry.file_type().is_dir() && is_same(entry.path(), reports) => false,
        _ => wanted(entry, &root, &mut seen),
    });
    for entry in walk {
        alive();
        match entry {
            Ok(entry) if entry.file_type().is_file() => listing.add(input, entry.path()),
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if is_named_so(entry.path()) => {
                listing.trouble(relative(input, entry.path()), TroubleKind::NotAFile);
            }
            Ok(_) => {}
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => {
                let path = error.path().map(|path| relative(input, path)).unwrap_or_default();
                let reason = error.io_error().map(io_reason).unwrap_or_default();
                listing.trouble(path, TroubleKind::Unreachable(reason));
            }
        }
    }
    listing.tell_apart();
    listing.others.sort();
    listing.troubles.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(listing)
}

/// The input folder's own real path, or why it cannot be read.
fn root(input: &Path) -> Result<PathBuf, DiscoverError> {
    let unreadable =
        |error: &io::Error| DiscoverError::Unreadable { folder: shown(input), reason: io_reason(error) };
    match std::fs::metadata(input) {
        Ok(data) if !data.is_dir() => return Err(DiscoverError::NotAFolder(shown(input))),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(DiscoverError::Absent(shown(input)));
        }
        Err(error) => return Err(unreadable(&error)),
    }
    std::fs::read_dir(input).map_err(|error| unreadable(&error))?;
    input.canonicalize().map_err(|error| unreadable(&error))
}

/// Whether an entry is to be looked at. A linked folder counts only outside the input, and only the first time: links
/// that lead to each other would else multiply without end.
fn wanted(entry: &DirEntry, root: &Path, seen: &mut BTreeSet<PathBuf>) -> bool {
    let name = entry.file_name().to_string_lossy();
    if name.starts_with('.') || name.starts_with("~$") || LITTER.contains(&name.to_lowercase().as_str()) {
        return false;
    }
    if !entry.file_type().is_dir() || !entry.path_is_symlink() {
        return true;
    }
    match entry.path().canonicalize() {
        Ok(real) => !real.starts_with(root) && !root.starts_with(&real) && seen.insert(real),
        Err(_) => true,
    }
}

/// Whether an entry is the folder of a month.
fn is_month(entry: &DirEntry) -> bool {
    entry.file_type().is_dir()
        && entry.file_name().to_str().is_some_and(|name| name.parse::<Period>().is_ok())
}

impl Listing {
    fn add(&mut self, input: &Path, path: &Path) {
        let relative = relative(input, path);
        if is_named_so(path) || looks_like_workbook(path).unwrap_or(false) {
            let in_use = is_in_use(path);
            self.workbooks.push(Found { path: relative, absolute: path.to_owned(), in_use });
        } else {
            self.others.push(relative);
        }
    }

    fn trouble(&mut self, path: String, kind: TroubleKind) {
        self.troubles.push(Trouble { path, kind });
    }

    /// Sorts the workbooks by path. Of files whose paths are the same in NFC only one can be told by its path: the one
    /// that is spelled so, else the first.
    fn tell_apart(&mut self) {
        let spelled = |found: &Found| {
            !found.absolute.to_string_lossy().nfc().eq(found.absolute.to_string_lossy().chars())
        };
        self.workbooks
            .sort_by_cached_key(|found| (found.path.clone(), spelled(found), found.absolute.clone()));
        let mut last: Option<String> = None;
        let (kept, doubles) = std::mem::take(&mut self.workbooks).into_iter().partition(|found| {
            let first = last.as_ref() != Some(&found.path);
            last = Some(found.path.clone());
            first
        });
        self.workbooks = kept;
        let doubles: Vec<Found> = doubles;
        for double in doubles {
            self.trouble(double.path, TroubleKind::SameName);
        }
    }
}

/// Whether a file is named like a workbook.
fn is_named_so(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
}

/// Whether a program has put the file beside a workbook that says so: `~$台帳.xlsx` (Excel), `.~lock.台帳.xlsx#`
/// (`LibreOffice`).
fn is_in_use(path: &Path) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy()) else { return false };
    [format!("~${name}"), format!(".~lock.{name}#")].iter().any(|mark| path.with_file_name(mark).exists())
}

/// A path below the input folder, with `/`, in NFC.
fn relative(input: &Path, path: &Path) -> String {
    let below = path.strip_prefix(input).unwrap_or(path);
    below.iter().map(|part| part.to_string_lossy().nfc().collect::<String>()).collect::<Vec<_>>().join("/")
}

/// Whether a file that is not named like a workbook is one nevertheless. Word and `PowerPoint` files share the
/// containers, so the magic number alone does not tell.
fn looks_like_workbook(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut magic = [0; 8];
    if file.read_exact(&mut magic).is_err() {
        return Ok(false);
    }
    let marks = match magic {
        [b'P', b'K', 3, 4, ..] => ZIP_MARKS,
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] => CFB_MARKS,
        _ => return Ok(false),
    };
    let size = file.metadata()?.len();
    for start in [0, size.saturating_sub(SNIFF)] {
        file.seek(SeekFrom::Start(start))?;
        let mut part = Vec::new();
        (&mut file).take(SNIFF).read_to_end(&mut part)?;
        if marks.iter().any(|mark| part.windows(mark.len()).any(|window| window == *mark)) {
            return Ok(true);
        }
    }
    Ok(false)
}
