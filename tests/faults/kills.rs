//! Killed from outside, at moments that nobody chose.

use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{NEW, OLD, Scene, Stands};

/// A sequence of numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    /// From 0 to 999.
    fn throw(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % 1000).expect("small")
    }
}

/// Starts a run and kills it, over and over, on what the one before has left.
fn loops(count: usize, seed: u64) {
    let scene = Scene::new();
    let started = Instant::now();
    scene.project.run(NEW).exits(0);
    let length = started.elapsed();
    let mut dice = Dice(seed);
    let mut killed = 0;
    for turn in 0..count {
        let what = format!("turn {turn}");
        let args = if dice.throw() < 500 { OLD } else { NEW };
        let words: Vec<_> = args.split_whitespace().collect();
        let mut command = scene.project.command(&words);
        let mut run = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("started");
        std::thread::sleep(length * dice.throw() / 900 + Duration::from_millis(1));
        run.kill().expect("killed or over");
        killed += usize::from(run.wait().expect("over").code().is_none());
        scene.stands(&what);
        if turn % 5 == 0 {
            scene.project.run(NEW).exits(0);
            assert_eq!(scene.stands(&what), Stands::New);
            scene.is_as_undisturbed(&what);
        }
    }
    assert!(killed > count / 4, "{killed} of {count}");
}

#[test]
fn killed_a_few_dozen_times() {
    loops(48, 20_210_531);
}

#[test]
#[ignore = "minutes: a thousand runs"]
fn killed_a_thousand_times() {
    loops(1000, 20_210_630);
}
