//! What the city's workbooks say, whatever their layout.

use super::City;
use super::pen::Ink;
use super::words::{ACTIONS, COMMENTS, DEPARTMENTS, DIVISIONS, DUES, MEASURES, PROGRAMS, STATUSES, SUBJECTS};

/// The fiscal year that the month lies in.
const NOW: usize = 2021;
/// Initiatives of one program.
const OF_PROGRAM: usize = 3;

/// The name of a department.
pub fn department(one: usize) -> String {
    let name = pick(&DEPARTMENTS, one);
    match one / DEPARTMENTS.len() {
        0 => name.to_owned(),
        round => format!("第{}{name}", round + 1),
    }
}

/// The name of a department's division.
pub fn division(department: usize, one: usize) -> String {
    let (subject, kind) = (pick(&SUBJECTS, department), pick(&DIVISIONS, one));
    let subject: String = subject.chars().take(2).collect();
    match one / DIVISIONS.len() {
        0 => format!("{subject}{kind}課"),
        round => format!("{subject}{kind}第{}課", round + 1),
    }
}

/// What one workbook says: the policy document of a department is its 0th, then its divisions' ledgers follow.
pub struct Facts {
    city: City,
    /// The department's number.
    department: usize,
    /// The workbook's number within it.
    book: usize,
    /// Of the city's seed and the workbook.
    seed: u64,
}

/// An indicator of a workbook.
pub struct Indicator {
    /// Its name, unlike all others of the department.
    pub name: String,
    pub unit: &'static str,
    /// Less is better.
    pub decreases: bool,
    /// For each year what was aimed at and what came, as clerks type them; nothing came yet in years to come.
    pub years: Vec<(Ink, Option<Ink>)>,
}

/// An initiative of a workbook.
pub struct Initiative {
    pub number: usize,
    pub program: String,
    pub item: String,
    pub status: &'static str,
    pub progress: usize,
    pub due: &'static str,
    pub comment: &'static str,
}

impl Facts {
    pub fn new(city: &City, department: usize, book: usize) -> Self {
        let seed = [department, book].iter().fold(city.seed, |seed, n| step(seed ^ step(*n as u64)));
        Self { city: *city, department, book, seed }
    }

    pub fn department(&self) -> String {
        department(self.department)
    }

    /// Of a division's ledger.
    pub fn division(&self) -> String {
        division(self.department, self.book.saturating_sub(1))
    }

    /// The fiscal years, oldest first.
    pub fn years(&self) -> impl Iterator<Item = usize> {
        let first = NOW - self.behind();
        first..first + self.city.years
    }

    /// How many of the years are over.
    pub fn behind(&self) -> usize {
        self.city.years * 5 / 8
    }

    pub fn indicators(&self) -> impl Iterator<Item = Indicator> {
        (0..self.city.indicators).map(|at| self.indicator(at))
    }

    fn indicator(&self, at: usize) -> Indicator {
        let all = self.book * self.city.indicators + at;
        let round = all / MEASURES.len();
        let (what, unit, way, size, code) = pick(&MEASURES, all);
        let subject = pick(&SUBJECTS, self.department * 5 + round);
        let name = match round / SUBJECTS.len() {
            0 => format!("{subject}の{what}"),
            more => format!("{subject}の{what}（第{}地区）", more + 1),
        };
        let mut seed = step(self.seed ^ at as u64);
        let mut figure = |year: usize, aim: bool| {
            seed = step(seed);
            figure(seed, size * (1.0 + f64::from(u32::try_from(year).unwrap_or(0)) / 50.0), code, aim)
        };
        let years = (0..self.city.years).map(|year| {
            let aim = figure(year, true);
            (aim, (year < self.behind()).then(|| figure(year, false)))
        });
        Indicator { name, unit, decreases: way == "減少", years: years.collect() }
    }

    /// A division's initiatives; a policy document holds the first ones of each of its divisions.
    pub fn initiatives(&self) -> impl Iterator<Item = Initiative> {
        (0..self.city.initiatives).map(|at| {
            let (program, seed) = (at / OF_PROGRAM, step(self.seed ^ 0xACE5 ^ at as u64));
            let subject = pick(&SUBJECTS, self.department * 5 + self.book * 3 + program / PROGRAMS.len());
            let status = pick(&STATUSES, draw(seed, STATUSES.len()));
            Initiative {
                number: program + 1,
                program: format!("{subject}{}", pick(&PROGRAMS, program)),
                item: format!("{subject}の{}", pick(&ACTIONS, at + at / ACTIONS.len() * 7)),
                status,
                progress: progress(status, draw(step(seed), 9) * 10 + 10),
                due: pick(&DUES, draw(step(seed ^ 1), DUES.len())),
                comment: pick(&COMMENTS, draw(step(seed ^ 2), COMMENTS.len())),
            }
        })
    }

    /// The same by program: how many there are of each.
    pub fn programs(&self) -> Vec<Vec<Initiative>> {
        let mut programs: Vec<Vec<Initiative>> = Vec::new();
        for one in self.initiatives() {
            match programs.last_mut() {
                Some(last) if last.first().is_some_and(|first| first.number == one.number) => last.push(one),
                _ => programs.push(vec![one]),
            }
        }
        programs
    }
}

/// How far an initiative is, in percent, as its status has it.
fn progress(status: &str, under_way: usize) -> usize {
    match status {
        "完了" => 100,
        "未着手" | "準備中" | "検討中" => 0,
        _ => under_way,
    }
}

/// A figure as a clerk types it: most are numbers.
fn figure(seed: u64, size: f64, code: &'static str, aim: bool) -> Ink {
    let parts = f64::from(u32::try_from(draw(seed, 4_000)).unwrap_or(0)) / 10_000.0;
    let number = size * (0.8 + parts);
    let number = if code == "0.0" { (number * 10.0).round() / 10.0 } else { number.round() };
    match (draw(step(seed), 40), aim) {
        (0 | 1, false) => "集計中".into(),
        (2, false) => wide(number).into(),
        (0..=2, true) => format!("{number}以上").into(),
        _ => Ink::Number(number, code),
    }
}

/// A number in full-width digits.
fn wide(number: f64) -> String {
    let full = |c: char| match c {
        '.' => '．',
        _ => c.to_digit(10).and_then(|digit| char::from_u32(0xFF10 + digit)).unwrap_or(c),
    };
    number.to_string().chars().map(full).collect()
}

/// One of a list that repeats for ever.
pub fn pick<T: Copy + Default>(list: &[T], at: usize) -> T {
    list.get(at % list.len()).copied().unwrap_or_default()
}

/// A number below `below`.
fn draw(seed: u64, below: usize) -> usize {
    usize::try_from(seed >> 33).unwrap_or(0) % below
}

/// The next of a sequence without pattern (splitmix64).
fn step(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
