//! Faults at any moment: afterwards the reports folder holds the old month or the new one, whole, and the next run
//! succeeds and leaves what an undisturbed one leaves.

mod clock;
#[cfg(unix)]
mod disk;
mod holders;
mod kills;
mod open;
mod order;
mod sweep;

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::support::{Project, book};

/// All files below a folder with their bytes.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// The run that made the month that stands.
pub const OLD: &str = "run --input 旧 --period 2021-05 --as-of 2021-06-07";
/// The command that closes it instead.
pub const CLOSE: &str = "freeze 2021-05 --as-of 2021-06-20";
/// The run that replaces it.
pub const NEW: &str = "run --input 新 --period 2021-05 --as-of 2021-06-07";

/// A project whose May stands and is to be replaced; April stands before it.
pub struct Scene {
    /// The project; its reports folder is as it was before the run unless a test has changed that.
    pub project: Project,
    /// The reports folder before an undisturbed run.
    pub old: Tree,
    /// The same after it.
    pub new: Tree,
}

/// Which of the two known months stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// As [`OLD`] made it.
    Old,
    /// As [`NEW`] made it.
    New,
}

impl Scene {
    /// The project before [`NEW`].
    pub fn new() -> Self {
        Self::before(NEW)
    }

    /// The project before a command that replaces May.
    pub fn before(args: &str) -> Self {
        let ledger = |actual: &str| {
            book(&[&["指標名", "単位", "R2実績", "R3目標"], &["窓口の満足度", "％", actual, "62.5"]])
        };
        let other = book(&[&["指標名", "単位", "R2実績", "R3目標"], &["出動の件数", "件", "820", "800"]]);
        let project = Project::bare()
            .file("四月/市民環境部_市民課.xlsx", ledger("57.1"))
            .file("旧/市民環境部_市民課.xlsx", ledger("58.5"))
            .file("旧/消防本部_警防課.xlsx", &other)
            .file("新/市民環境部_市民課.xlsx", ledger("59.5"))
            .file("新/健康福祉部_介護課.xlsx", ledger("44.0"));
        project.run("run --input 四月 --period 2021-04 --as-of 2021-05-07").exits(0);
        project.run(OLD).exits(0);
        let old = project.tree("reports");
        project.run(args).exits(0);
        let new = project.tree("reports");
        assert_ne!(month(&old), month(&new));
        for tree in [&old, &new] {
            assert_manifests(tree);
        }
        let scene = Self { project, old, new };
        scene.reset();
        scene
    }

    /// Puts the reports folder back to what it was before the run.
    pub fn reset(&self) {
        put(&self.project, &self.old);
    }

    /// Asserts that May stands whole, old or new, with all that it needs, and April beside it.
    pub fn stands(&self, what: &str) -> Stands {
        let tree = self.project.tree("reports");
        assert_eq!(part(&tree, "2021-04/"), part(&self.old, "2021-04/"), "{what}");
        let latest = String::from_utf8_lossy(&tree["latest.txt"]).into_owned();
        assert_eq!(latest, "2021-05\n", "{what}");
        assert_manifests(&tree);
        match month(&tree) {
            now if now == month(&self.old) => Stands::Old,
            now if now == month(&self.new) => Stands::New,
            now => panic!("{what}: neither month is whole: {:?}", now.keys()),
        }
    }

    /// Asserts that the reports folder is what an undisturbed run leaves.
    pub fn is_as_undisturbed(&self, what: &str) {
        let tree = self.project.tree("reports");
        assert_eq!(names(&plain(&tree)), names(&plain(&self.new)), "{what}");
        assert!(plain(&tree) == plain(&self.new), "{what}");
        assert_eq!(leftovers(&self.project), [""; 0], "{what}");
    }
}

/// Makes a reports folder hold exactly these files.
pub fn put(project: &Project, tree: &Tree) {
    let root = project.path("reports");
    if root.exists() {
        std::fs::remove_dir_all(&root).expect("removed");
    }
    for (name, bytes) in tree {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().expect("below")).expect("folders");
        std::fs::write(path, bytes).expect("written");
    }
}

/// A reports folder without what tells of the moment of a run: the logs, and the times of manifests.
pub fn plain(tree: &Tree) -> Tree {
    let kept = tree.iter().filter(|(name, _)| !name.starts_with("logs/"));
    kept.map(|(name, bytes)| (name.clone(), timeless(name, bytes))).collect()
}

fn timeless(name: &str, bytes: &[u8]) -> Vec<u8> {
    if !name.ends_with("manifest.json") {
        return bytes.to_vec();
    }
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines().filter(|line| !line.contains("\"started\"") && !line.contains("\"finished\""));
    lines.collect::<Vec<_>>().join("\n").into_bytes()
}

/// The files below a name of a reports folder.
pub fn part(tree: &Tree, below: &str) -> Tree {
    plain(tree).into_iter().filter(|(name, _)| name.starts_with(below)).collect()
}

fn month(tree: &Tree) -> Tree {
    part(tree, "2021-05/")
}

/// The names of a tree: where trees differ, these tell more than bytes.
pub fn names(tree: &Tree) -> Vec<&str> {
    tree.keys().map(String::as_str).collect()
}

/// What lies in a reports folder and is no part of it, folders too.
pub fn leftovers(project: &Project) -> Vec<String> {
    let root = project.path("reports");
    let entries =
        walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(|entry| entry.expect("listed"));
    // What is kept for the next run may stand there at any time.
    let hidden = entries.filter(|entry| {
        entry.file_name().to_string_lossy().starts_with('.') && entry.file_name() != ".cache"
    });
    hidden.map(|entry| entry.path().strip_prefix(&root).expect("below").display().to_string()).collect()
}

/// Asserts that every edition holds exactly what its manifest says, and that the originals it names are there.
pub fn assert_manifests(tree: &Tree) {
    for (name, bytes) in
        tree.iter().filter(|(name, _)| name.ends_with("/manifest.json") && !name.starts_with('.'))
    {
        let folder = name.strip_suffix("manifest.json").expect("just seen");
        let manifest: Value = serde_json::from_slice(bytes).expect("JSON");
        let outputs = manifest["outputs"].as_array().expect("a list");
        for output in outputs {
            let path = format!("{folder}{}", output["path"].as_str().expect("a path"));
            assert_eq!(output["sha256"].as_str(), Some(hash(&tree[&path]).as_str()), "{path}");
        }
        assert_eq!(
            outputs.len() + 1,
            tree.keys().filter(|name| name.starts_with(folder)).count(),
            "{folder}"
        );
        for original in manifest["originals"].as_array().expect("a list") {
            let path = original.as_str().expect("a path");
            assert!(path.contains(&hash(&tree[path])), "{path}");
        }
    }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
