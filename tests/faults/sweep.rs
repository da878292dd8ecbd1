//! Every file operation of a run in its turn: the process dies at it, or it fails.

use super::{Scene, Stands, leftovers, names, part, plain};
use crate::support::layer::{EACCES, EINVAL, EIO, ENOSPC, EROFS, Layer};

/// How the old month is exchanged for the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// In one step.
    Exchange,
    /// In two, as where the file system cannot do it in one.
    Aside,
}

/// A command that places May.
struct Act {
    args: &'static str,
    way: Way,
}

impl Act {
    fn layer(&self, scene: &Scene) -> Option<Layer> {
        let layer = Layer::new()?.changes(&scene.project.path("reports"));
        Some(if self.way == Way::Aside { layer.no_exchange(EINVAL) } else { layer })
    }

    /// The numbers of the operations to be disturbed: all that are not one of many alike, and of those every twelfth; all
    /// of them where `every` is set.
    fn moments(&self, scene: &Scene, layer: &Layer, every: bool) -> Vec<usize> {
        let trace = scene.project.path("trace");
        scene.project.run_under(&layer.clone().trace(&trace), self.args).exits(0);
        scene.reset();
        let trace = std::fs::read_to_string(trace).expect("written");
        let moments: Vec<usize> = trace
            .lines()
            .map(|line| {
                let mut parts = line.split('\t');
                let mut next = || parts.next().expect("three parts");
                (next().parse().expect("a number"), next(), next())
            })
            .filter(|(k, operation, path)| {
                let alike = (path.contains("/.hoshin-new-") || path.contains("/.hoshin-old-"))
                    && !operation.starts_with("rename");
                every || !alike || k % 12 == 0
            })
            .map(|(k, ..)| k)
            .collect();
        assert!(moments.len() > 15, "{trace}");
        moments
    }
}

/// Kills the run at each of its moments.
fn kills(act: &Act, every: bool) {
    let scene = Scene::before(act.args);
    let Some(layer) = act.layer(&scene) else { return };
    let (mut seen, mut aside) = (Vec::new(), 0);
    for k in act.moments(&scene, &layer, every) {
        let what = format!("killed at {k}");
        let outcome = scene.project.run_under(&layer.clone().kill_at(k), act.args);
        assert_eq!(outcome.code(), None, "{what}");
        if is_set_aside(&scene, act.way) {
            // Whatever runs next puts it back.
            scene.project.run("run --input 四月 --period 2021-04 --as-of 2021-05-07").exits(0);
            assert_eq!(scene.stands(&what), Stands::Old);
            aside += 1;
        } else {
            let stands = scene.stands(&what);
            let closed = scene.project.path("reports/確定.toml").exists();
            assert!(!closed || stands == Stands::New, "{what}: closed, but its pages say 暫定");
            seen.push(stands);
        }
        scene.project.run(act.args).exits(0);
        scene.is_as_undisturbed(&what);
        scene.reset();
    }
    assert_eq!(aside, usize::from(act.way == Way::Aside), "killed between the two steps");
    let first_new =
        seen.iter().position(|stands| *stands == Stands::New).expect("late kills leave the new month");
    assert!(first_new > 0 && seen[first_new..].iter().all(|stands| *stands == Stands::New), "{seen:?}");
}

/// Between the two steps the old month is beside its place, whole, until the next run.
fn is_set_aside(scene: &Scene, way: Way) -> bool {
    let aside = way == Way::Aside && !scene.project.path("reports/2021-05").exists();
    if aside {
        let beside = super::plain(&scene.project.tree("reports/.hoshin-old-2021-05"));
        let old = super::part(&scene.old, "2021-05/");
        let old = old.into_iter().map(|(name, bytes)| (name["2021-05/".len()..].to_owned(), bytes));
        assert!(beside == old.collect(), "the old month is whole");
    }
    aside
}

/// Lets each moment fail once, with one error after the other or, where `every` is set, with all of them.
fn failures(act: &Act, every: bool) {
    let scene = Scene::before(act.args);
    let Some(layer) = act.layer(&scene) else { return };
    let errors = [
        (ENOSPC, "ディスクの空きが足りません"),
        (EIO, "番号 5"),
        (EACCES, "権限"),
        (EROFS, "書き込みのできない"),
    ];
    let mut refused = 0;
    for (turn, k) in act.moments(&scene, &layer, every).into_iter().enumerate() {
        for (index, (errno, reason)) in errors.into_iter().enumerate() {
            if !every && index != turn % errors.len() {
                continue;
            }
            let what = format!("errno {errno} at {k}");
            let outcome = scene.project.run_under(&layer.clone().fail_at(k, errno), act.args);
            match outcome.code() {
                Some(3) => {
                    refused += 1;
                    outcome.err_says("「reports").err_says(reason);
                    assert_eq!(scene.stands(&what), Stands::Old);
                    if is_unchanged(&scene, &what) {
                        // The next run starts from where this one has.
                        continue;
                    }
                }
                Some(0) => assert_eq!(scene.stands(&what), Stands::New),
                code => panic!("{what}: exit code {code:?}"),
            }
            scene.project.run(act.args).exits(0);
            scene.is_as_undisturbed(&what);
            scene.reset();
        }
    }
    assert!(refused > 10, "{refused}");
}

/// Whether nothing at all has changed. Asserts that else a whole month waits with its originals, and no more.
fn is_unchanged(scene: &Scene, what: &str) -> bool {
    let left = leftovers(&scene.project);
    let tree = plain(&scene.project.tree("reports"));
    let mut old = plain(&scene.old);
    let waits = !left.is_empty();
    if waits {
        assert!(left.len() == 1 && left[0].starts_with(".hoshin-ready-2021-05-"), "{what}: {left:?}");
        let new = part(&scene.new, "2021-05/").into_iter();
        let new = new.map(|(name, bytes)| (name.replacen("2021-05", &left[0], 1), bytes));
        old.extend(new.chain(part(&scene.new, "原本/")));
    }
    assert_eq!(names(&tree), names(&old), "{what}");
    assert!(tree == old, "{what}");
    !waits
}

/// From each moment on nothing can be changed any more: the disk is full, or gone.
fn endings(act: &Act, every: bool) {
    let scene = Scene::before(act.args);
    let Some(layer) = act.layer(&scene) else { return };
    for (turn, k) in act.moments(&scene, &layer, every).into_iter().enumerate() {
        let errno = [ENOSPC, EIO, EROFS][turn % 3];
        let what = format!("errno {errno} from {k} on");
        let outcome = scene.project.run_under(&layer.clone().fail_from(k, errno), act.args);
        let code = outcome.code();
        assert!(matches!(code, Some(0 | 3)), "{what}: {code:?}");
        if !is_set_aside(&scene, act.way) {
            let stands = scene.stands(&what);
            assert!(code != Some(0) || stands == Stands::New, "{what}");
        }
        scene.project.run(act.args).exits(0);
        scene.is_as_undisturbed(&what);
        scene.reset();
    }
}

const EXCHANGE: Act = Act { args: super::NEW, way: Way::Exchange };
const ASIDE: Act = Act { args: super::NEW, way: Way::Aside };
const CLOSE: Act = Act { args: super::CLOSE, way: Way::Exchange };

#[test]
fn killed_at_any_operation() {
    kills(&EXCHANGE, false);
}

#[test]
fn killed_at_any_operation_where_folders_cannot_be_exchanged() {
    kills(&ASIDE, false);
}

#[test]
fn killed_at_any_operation_while_a_month_is_closed() {
    kills(&CLOSE, false);
}

#[test]
fn any_operation_fails_once() {
    failures(&EXCHANGE, false);
}

#[test]
fn any_operation_fails_once_where_folders_cannot_be_exchanged() {
    failures(&ASIDE, false);
}

#[test]
fn any_operation_and_all_after_it_fail() {
    endings(&EXCHANGE, false);
}

#[test]
#[ignore = "minutes: every operation, every error, both ways"]
fn every_operation_of_both_ways() {
    for act in [&EXCHANGE, &ASIDE, &CLOSE] {
        kills(act, true);
        failures(act, true);
        endings(act, true);
    }
}
