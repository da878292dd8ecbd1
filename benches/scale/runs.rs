//! Whole runs of the program over cities that lie beside one another, one after the other.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::city::{AS_OF, City, Failure, PERIOD, TOWN, put};
use crate::measure::{median, peak, real, say};

/// How many cities where nothing else is asked for.
const CITIES: [usize; 4] = [1, 2, 5, 10];
/// How often one city is run for its median.
const TIMES: usize = 5;

/// What a run took.
struct Cost {
    wall: f64,
    user: f64,
    system: f64,
    /// Of the program and of its workers, each at its highest, in MB.
    memory: usize,
}

/// Prints what one city costs, then so many of them.
pub fn all(cities: &[usize]) -> Result<(), Failure> {
    let cities = if cities.is_empty() { &CITIES[..] } else { cities };
    let most = cities.iter().copied().max().unwrap_or_default();
    let tree = tempfile::tempdir()?;
    for at in 0..most {
        City { seed: at as u64 + 1, ..TOWN }.write(&tree.path().join(at.to_string()))?;
    }
    alone(&tree.path().join("0"))?;
    again(&tree.path().join("again"))?;
    say("cities   wall s   user s    sys s   s a city   peak MB");
    for count in cities {
        let costs = (0..*count).map(|at| month(&tree.path().join(at.to_string()), &[]));
        let costs = costs.collect::<Result<Vec<_>, _>>()?;
        let sum = |part: fn(&Cost) -> f64| costs.iter().map(part).sum::<f64>();
        let (wall, user, system) = (sum(|it| it.wall), sum(|it| it.user), sum(|it| it.system));
        let memory = costs.iter().map(|it| it.memory).max().unwrap_or_default();
        let each = wall / real(*count);
        say(&format!("{count:>6} {wall:>8.2} {user:>8.2} {system:>8.2} {each:>10.3} {memory:>9}"));
    }
    Ok(())
}

/// Prints the medians of one city, with both cores and with one.
fn alone(city: &Path) -> Result<(), Failure> {
    say("jobs     wall s   user s    sys s   peak MB   (medians)");
    for (label, words) in [("all", &[][..]), ("1", &["--jobs", "1"][..])] {
        let costs = (0..TIMES).map(|_| month(city, words)).collect::<Result<Vec<_>, _>>()?;
        let middle = |part: fn(&Cost) -> f64| median(costs.iter().map(part).collect());
        let memory = costs.iter().map(|it| it.memory).max().unwrap_or_default();
        let (wall, user, system) = (middle(|it| it.wall), middle(|it| it.user), middle(|it| it.system));
        say(&format!("{label:<6} {wall:>8.2} {user:>8.2} {system:>8.2} {memory:>9}"));
    }
    Ok(())
}

/// Prints what a run costs where one of 100 workbooks has changed since the last one.
fn again(folder: &Path) -> Result<(), Failure> {
    let city = City::of(100);
    city.write(folder)?;
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    for turn in 0..TIMES {
        cold.push(month(folder, &[])?);
        let other = City { seed: turn as u64 + 100, ..city }.workbooks()?;
        let (path, bytes) = other.last().ok_or("a city without workbooks")?;
        put(&folder.join("input").join(PERIOD).join(path), bytes)?;
        warm.push(another(folder, &[])?);
    }
    say("100 workbooks     wall s    CPU s   (medians)");
    let middle = |costs: &[Cost], part: fn(&Cost) -> f64| median(costs.iter().map(part).collect());
    let both = |part: fn(&Cost) -> f64| (middle(&cold, part), middle(&warm, part));
    let (wall, cpu) = (both(|it| it.wall), both(|it| it.user + it.system));
    say(&format!("from nothing    {:>8.2} {:>8.2}", wall.0, cpu.0));
    say(&format!("one has changed {:>8.2} {:>8.2}", wall.1, cpu.1));
    say(&format!("ratio           {:>8.2} {:>8.2}", wall.1 / wall.0, cpu.1 / cpu.0));
    Ok(())
}

/// One month of one city, from nothing.
fn month(city: &Path, words: &[&str]) -> Result<Cost, Failure> {
    let reports = city.join("reports");
    if reports.exists() {
        std::fs::remove_dir_all(&reports)?;
    }
    another(city, words)
}

/// One month of one city, over what is there.
fn another(city: &Path, words: &[&str]) -> Result<Cost, Failure> {
    let (user, system) = children();
    let start = Instant::now();
    let mut run = Command::new(env!("CARGO_BIN_EXE_hoshin"))
        .args(["run", "--period", PERIOD, "--as-of", AS_OF])
        .args(words)
        .current_dir(city)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let mut memory = 0;
    let status = loop {
        memory = memory.max(family(run.id()));
        if let Some(status) = run.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let wall = start.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("the run in {} failed: {status}", city.display()).into());
    }
    let after = children();
    Ok(Cost { wall, user: after.0 - user, system: after.1 - system, memory })
}

/// The most memory that a process and those it started held, in MB.
fn family(process: u32) -> usize {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let lists = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    let children: usize = lists.map(|list| list.split_whitespace().map(peak).sum::<usize>()).sum();
    peak(&process.to_string()) + children
}

/// User and system time in seconds of all ended processes that this one started, and of those that they started.
fn children() -> (f64, f64) {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name, which may hold anything.
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
    let mut ticks = fields.split(' ').skip(13).filter_map(|field| field.parse().ok()).map(real);
    let second = ticks_per_second();
    (ticks.next().unwrap_or_default() / second, ticks.next().unwrap_or_default() / second)
}

#[cfg(unix)]
fn ticks_per_second() -> f64 {
    real(usize::try_from(rustix::param::clock_ticks_per_second()).unwrap_or(100))
}

#[cfg(not(unix))]
fn ticks_per_second() -> f64 {
    100.0
}
