//! Tells the program what it was built from: readings and pages of another build are not taken for its own.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// What decides over what the program reads and writes.
const GROUND: [&str; 4] = ["src", "templates", "Cargo.toml", "Cargo.lock"];

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for place in GROUND {
        println!("cargo::rerun-if-changed={place}");
        for file in files(Path::new(place))? {
            file.to_string_lossy().hash(&mut hasher);
            std::fs::read(&file)?.hash(&mut hasher);
        }
    }
    println!("cargo::rustc-env=HOSHIN_BUILD={:016x}", hasher.finish());
    Ok(())
}

/// A file, or all files below a folder, in the order of their names.
fn files(place: &Path) -> io::Result<Vec<PathBuf>> {
    if !place.is_dir() {
        return Ok(vec![place.to_owned()]);
    }
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(place)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    entries.sort();
    let mut all = Vec::new();
    for entry in entries {
        all.extend(files(&entry)?);
    }
    Ok(all)
}
