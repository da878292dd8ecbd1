//! Two runs at once, holders that died, and file systems without locks.

use std::io::Read;
use std::process::{Child, Stdio};

use super::{NEW, OLD, Scene, Stands, leftovers};
use crate::support::Outcome;
use crate::support::layer::{ENOLCK, Layer};

/// A run that has taken the reports folder and waits; it goes on when its standard input is closed.
fn holding(scene: &Scene) -> Option<Child> {
    let words: Vec<_> = NEW.split_whitespace().collect();
    let mut command = scene.project.command(&words);
    // All is written and about to be exchanged.
    let layer = Layer::new()?.changes(&scene.project.path("reports")).only("renameat2").meet_at(1);
    let command =
        layer.over(&mut command).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut run = command.spawn().expect("started");
    let mut byte = [0];
    run.stdout.as_mut().expect("piped").read_exact(&mut byte).expect("it has come so far");
    Some(run)
}

#[test]
fn of_two_runs_at_once_one_is_told_who_holds_the_folder() {
    let scene = Scene::new();
    let Some(run) = holding(&scene) else { return };
    let held = scene.project.run(OLD).exits(4).out("");
    let held = held.err_says("別の hoshin が「reports」を使っています").err_says("分から）");
    held.err_says(&format!("番号 {}、", run.id()));
    scene.project.run("freeze 2021-05").exits(4);
    assert_eq!(scene.stands("while one waits"), Stands::Old);
    let output = run.wait_with_output().expect("over");
    Outcome::new(NEW.to_owned(), output).exits(0);
    scene.is_as_undisturbed("after both");
}

#[test]
fn a_holder_that_was_killed_holds_nothing() {
    let scene = Scene::new();
    let Some(mut run) = holding(&scene) else { return };
    run.kill().expect("killed");
    run.wait().expect("over");
    let left = leftovers(&scene.project);
    assert!([".lock", ".hoshin-holder"].iter().all(|name| left.iter().any(|left| left == name)), "{left:?}");
    assert_eq!(scene.stands("killed"), Stands::Old);
    // Whatever runs next clears up, be it another month's.
    scene.project.run("run --input 四月 --period 2021-04 --as-of 2021-05-07").exits(0);
    assert_eq!(leftovers(&scene.project), [""; 0]);
    scene.project.run(NEW).exits(0);
    scene.is_as_undisturbed("the next run");
}

#[test]
fn a_file_system_without_locks_is_named() {
    let scene = Scene::new();
    let Some(layer) = Layer::new() else { return };
    let outcome = scene.project.run_under(&layer.no_locks(ENOLCK), NEW).exits(3).out("");
    outcome.err_says("「reports」のある場所では").err_says("--output");
    assert!(scene.project.tree("reports") == scene.old, "nothing at all has changed");
}
