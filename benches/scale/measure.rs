//! Time, memory, medians, and lines on standard output.

use std::io::Write;
use std::time::Duration;

/// A line on standard output.
pub fn say(line: &str) {
    // A closed pipe is no failure of the measurement.
    _ = writeln!(std::io::stdout(), "{line}");
}

/// What `work` gives and the seconds of CPU time that this process takes for it: other load on the machine counts less.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let before = now();
    let done = work();
    (done, now().saturating_sub(before).as_secs_f64())
}

#[cfg(unix)]
fn now() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    clock_gettime(ClockId::ProcessCPUTime).try_into().unwrap_or_default()
}

#[cfg(not(unix))]
fn now() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

/// The most memory that a process held so far, in MB; 0 where the system does not tell.
pub fn peak(process: &str) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kibibytes.unwrap_or(0_usize) / 1024
}

/// The median; 0 of none.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// A count as a measure.
pub fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
