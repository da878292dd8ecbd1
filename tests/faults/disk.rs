//! Real file systems: full, read-only.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{NEW, Scene, Stands, leftovers, plain};
use crate::support::layer::{EROFS, Layer};

/// A small file system of its own, gone when dropped.
struct Disk(PathBuf);

impl Disk {
    /// `None`, said aloud, where mounting is not permitted.
    fn mount(at: PathBuf) -> Option<Self> {
        std::fs::create_dir_all(&at).expect("made");
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=4m", "hoshin-test"]).arg(&at).output();
        if mount.is_ok_and(|output| output.status.success()) {
            return Some(Self(at));
        }
        eprintln!("skipped: no tmpfs can be mounted here");
        None
    }

    fn remount(&self, options: &str) {
        let done = Command::new("mount").args(["-o", &format!("remount,{options}")]).arg(&self.0).status();
        assert!(done.expect("mount").success(), "{options}");
    }

    /// Leaves so many bytes free.
    fn leave(&self, bytes: u64) {
        let filler = self.0.join("filler");
        _ = std::fs::remove_file(&filler);
        let free = Command::new("stat").args(["-f", "-c", "%f %S"]).arg(&self.0).output().expect("stat");
        let free = String::from_utf8(free.stdout).expect("text");
        let (blocks, size) = free.trim().split_once(' ').expect("two numbers");
        let free = blocks.parse::<u64>().expect("blocks") * size.parse::<u64>().expect("bytes");
        let length = usize::try_from(free.saturating_sub(bytes)).expect("small");
        std::fs::write(filler, vec![0; length]).expect("there was room");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// The scene with its reports folder on a small disk.
fn on_disk(scene: &Scene) -> Option<Disk> {
    let disk = Disk::mount(scene.project.path("disk"))?;
    copy(&scene.project.path("reports"), &disk.0.join("reports"));
    std::fs::remove_dir_all(scene.project.path("reports")).expect("removed");
    symlink(disk.0.join("reports"), scene.project.path("reports")).expect("linked");
    Some(disk)
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(|entry| entry.expect("listed")) {
        let target = to.join(entry.path().strip_prefix(from).expect("below"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target).expect("made");
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

#[test]
fn a_disk_that_is_full_at_any_point() {
    let scene = Scene::new();
    let Some(disk) = on_disk(&scene) else { return };
    let mut refused = 0;
    let mut free = 0;
    loop {
        disk.leave(free);
        let what = format!("{free} bytes free");
        let outcome = scene.project.run(NEW);
        if outcome.code() == Some(0) {
            break;
        }
        outcome.exits(3).err_says("ディスクの空きが足りません").err_says("「reports/");
        assert_eq!(scene.stands(&what), Stands::Old);
        assert!(plain(&scene.project.tree("reports")) == plain(&scene.old), "{what}");
        refused += 1;
        free += 48 * 1024;
    }
    assert!(refused > 5, "{refused}");
    scene.project.run(NEW).exits(0);
    scene.is_as_undisturbed("with room again");
}

#[test]
fn a_disk_that_is_read_only() {
    let scene = Scene::new();
    let Some(disk) = on_disk(&scene) else { return };
    disk.remount("ro");
    scene
        .project
        .run(NEW)
        .exits(3)
        .out("")
        .err_says("「reports/.lock」")
        .err_says("書き込みのできない場所です");
    scene.project.run("freeze 2021-05").exits(3).out("").err_says("書き込みのできない場所です");
    disk.remount("rw");
    assert!(plain(&scene.project.tree("reports")) == plain(&scene.old));
    scene.project.run(NEW).exits(0);
    scene.is_as_undisturbed("writable again");
}

#[test]
fn a_folder_where_nothing_can_be_changed() {
    let scene = Scene::new();
    let Some(layer) = Layer::new() else { return };
    let layer = layer.changes(&scene.project.path("reports")).fail_from(1, EROFS);
    let outcome = scene.project.run_under(&layer, NEW).exits(3).out("");
    outcome.err_says("「reports").err_says("書き込みのできない場所です");
    assert!(scene.project.tree("reports") == scene.old, "nothing at all has changed");
    assert_eq!(leftovers(&scene.project), [""; 0]);
}
