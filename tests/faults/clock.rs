//! A wall clock that jumps.

use super::{NEW, Scene};
use crate::support::layer::Layer;

#[test]
fn a_clock_that_jumps_back_and_forth_overwrites_no_log() {
    const YEAR: i64 = 365 * 24 * 3600;
    let scene = Scene::new();
    let Some(layer) = Layer::new() else { return };
    let mut before = scene.project.tree("reports/logs");
    for shift in [0, -10 * YEAR, -10 * YEAR, YEAR, 0, -YEAR] {
        scene.project.run_under(&layer.clone().clock(shift), NEW).exits(0);
        scene.is_as_undisturbed(&format!("shifted by {shift} s"));
        let now = scene.project.tree("reports/logs");
        let (name, newest) = now.last_key_value().expect("a log");
        assert_eq!(now.len(), before.len() + 1, "{:?}", now.keys());
        assert!(
            before.iter().all(|(name, bytes)| now.get(name) == Some(bytes)),
            "an earlier log has changed"
        );
        assert!(before.keys().all(|earlier| earlier < name), "the newest log has the last name: {name}");
        assert!(String::from_utf8_lossy(newest).contains("placed"));
        before = now;
    }
}
