//! A month whose place is in use: the new one waits beside, whole, and takes its place later.

use super::{NEW, OLD, Scene, Stands, leftovers};
use crate::support::layer::{EACCES, EINVAL, Layer};

const DUE: &str = "run --input 新 --period 2021-05 --as-of 2021-06-07 --if-due";
const OTHER: &str = "run --input 四月 --period 2021-04 --as-of 2021-05-07";

/// The scene after a run that could not move the old month; `None` where there is no fault layer.
fn waiting() -> Option<(Scene, Layer)> {
    let scene = Scene::new();
    let stuck = Layer::new()?.changes(&scene.project.path("reports")).only("renameat2").fail_from(1, EACCES);
    let outcome = scene.project.run_under(&stuck, NEW).exits(3).out("");
    outcome.err_says("「reports/2021-05」").err_says("次に hoshin を実行したときに入れ替えます");
    assert_eq!(scene.stands("in use"), Stands::Old);
    assert_eq!(ready(&scene).len(), 1);
    Some((scene, stuck))
}

/// The months that wait, by their folders' names.
fn ready(scene: &Scene) -> Vec<String> {
    let left = leftovers(&scene.project);
    left.into_iter().filter(|name| name.starts_with(".hoshin-ready-2021-05-")).collect()
}

#[test]
fn the_next_run_puts_it_in_place_and_says_so() {
    let Some((scene, stuck)) = waiting() else { return };
    // Still in use: said again, by exit code too, since nothing else was to be done.
    scene.project.run_under(&stuck, DUE).exits(3).out("").err_says("「reports/2021-05」");
    // Another month is made all the same.
    scene.project.run_under(&stuck, OTHER).exits(3);
    assert_eq!(scene.stands("still in use"), Stands::Old);
    let placed = scene.project.run(DUE).exits(0);
    let placed = placed.out("2021-05 の報告書はすでにあります。何もしませんでした。\n");
    placed.err_says("前の実行で入れ替えられなかった 2021-05 の新しい報告書を、いま入れ替えました");
    assert_eq!(scene.stands("placed"), Stands::New);
    assert_eq!(leftovers(&scene.project).len(), 0, "{:?}", leftovers(&scene.project));
    scene.project.run(DUE).exits(0).err("");
}

#[test]
fn a_newer_run_takes_its_turn() {
    let Some((scene, stuck)) = waiting() else { return };
    let first = ready(&scene);
    scene.project.run_under(&stuck, OLD).exits(3);
    let second = ready(&scene);
    assert!(second.len() == 1 && first != second, "{first:?} {second:?}");
    scene.project.run_under(&stuck, NEW).exits(3);
    scene.project.run(OLD).exits(0);
    assert_eq!(scene.stands("the last word"), Stands::Old);
    assert_eq!(leftovers(&scene.project), [""; 0]);
}

#[test]
fn it_never_replaces_a_closed_edition() {
    let Some((scene, stuck)) = waiting() else { return };
    // What would be closed is not the newest.
    scene.project.run_under(&stuck, "freeze 2021-05").exits(3).out("").err_says("「reports/2021-05」");
    assert!(!scene.project.path("reports/確定.toml").exists());
    let register = "[[frozen]]\nperiod = \"2021-05\"\nedition = 0\non = \"2021-06-20\"\n";
    std::fs::write(scene.project.path("reports/確定.toml"), register).expect("written");
    scene.project.run(DUE).exits(0).err_says("2021-05 は確定しているので");
    assert_eq!(scene.stands("closed"), Stands::Old);
    assert_eq!(leftovers(&scene.project), [""; 0]);
}

#[test]
fn freezing_puts_it_in_place_first() {
    let Some((scene, _)) = waiting() else { return };
    scene.project.run("freeze 2021-05 --as-of 2021-06-20").exits(0).err_says("いま入れ替えました");
    let indicators = std::fs::read_to_string(scene.project.path("reports/2021-05/data/indicators.csv"));
    assert!(indicators.expect("read").contains("59.5"), "what is closed is the newest");
    assert_eq!(leftovers(&scene.project), [""; 0]);
}

#[test]
fn pages_being_closed_do_not_wait() {
    let scene = Scene::new();
    let Some(layer) = Layer::new() else { return };
    let stuck = layer.changes(&scene.project.path("reports")).only("renameat2").fail_from(1, EACCES);
    let outcome = scene.project.run_under(&stuck, "freeze 2021-05").exits(3).out("");
    outcome.err_says("閉じてから、もう一度実行してください");
    assert!(scene.project.tree("reports") == scene.old, "nothing at all has changed");
    assert_eq!(leftovers(&scene.project), [""; 0]);
}

#[test]
fn one_that_was_damaged_is_not_placed() {
    let Some((scene, _)) = waiting() else { return };
    let manifest = scene.project.path("reports").join(&ready(&scene)[0]).join("manifest.json");
    std::fs::write(manifest, "{}").expect("written");
    scene.project.run(DUE).exits(0).err_says("壊れていたので");
    assert_eq!(scene.stands("damaged"), Stands::Old);
    assert_eq!(leftovers(&scene.project), [""; 0]);
}

#[test]
fn killed_at_any_operation_while_it_is_put_in_place() {
    let Some((scene, _)) = waiting() else { return };
    let before = scene.project.tree("reports");
    for way in [None, Some(EINVAL)] {
        let layer = Layer::new().expect("as before").changes(&scene.project.path("reports"));
        let layer = way.map_or(layer.clone(), |errno| layer.no_exchange(errno));
        for k in 1.. {
            let what = format!("{way:?}: killed at {k}");
            let done = scene.project.run_under(&layer.clone().kill_at(k), DUE).code();
            if way.is_none() {
                scene.stands(&what);
            }
            scene.project.run(DUE).exits(0);
            assert_eq!(scene.stands(&what), Stands::New);
            // A run that has nothing to do does not take the folder; the next that has tidies it up.
            if !leftovers(&scene.project).is_empty() {
                scene.project.run(NEW).exits(0);
                scene.is_as_undisturbed(&what);
            }
            super::put(&scene.project, &before);
            if done == Some(0) {
                assert!(k > 20, "{k}");
                break;
            }
        }
    }
}
