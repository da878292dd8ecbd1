//! Fiscal years (年度), months and reporting periods.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A fiscal year (年度), named by the Western year in which it starts on 1 April: 令和3年度 is 2021.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FiscalYear(pub i32);

impl FiscalYear {
    /// The fiscal year in which a day falls: 2021-03-31 is fiscal 2020.
    pub fn of(day: NaiveDate) -> Self {
        Self(if day.month() >= 4 { day.year() } else { day.year() - 1 })
    }

    /// 31 March, or `None` outside chrono's calendar.
    pub fn last_day(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.0.checked_add(1)?, 3, 31)
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A reporting month such as `2021-05`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// Western calendar year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Period {
    /// The month in which a day falls.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Self {
        if self.month == 1 {
            Self { year: self.year - 1, month: 12 }
        } else {
            Self { year: self.year, month: self.month - 1 }
        }
    }

    /// The month's last day (月末), or `None` outside chrono's calendar.
    pub fn last_day(self) -> Option<NaiveDate> {
        let (year, month) = if self.month == 12 { (self.year + 1, 1) } else { (self.year, self.month + 1) };
        NaiveDate::from_ymd_opt(year, month, 1)?.pred_opt()
    }

    /// The fiscal year that this month reports on.
    pub fn fiscal_year(self) -> FiscalYear {
        FiscalYear(if self.month >= 4 { self.year } else { self.year - 1 })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// The text is no month such as `2021-05`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」は年月ではありません。2021-05 のように書いてください")]
pub struct PeriodError(String);

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || PeriodError(text.to_owned());
        let (year, month) = text.split_once('-').ok_or_else(bad)?;
        let digits = |part: &str, len| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(bad());
        }
        let (year, month): (i32, u32) = (year.parse().map_err(|_| bad())?, month.parse().map_err(|_| bad())?);
        if (1..=12).contains(&month) && year > 0 { Ok(Self { year, month }) } else { Err(bad()) }
    }
}

impl Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The stretch of a fiscal year that a figure covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Span {
    /// The whole fiscal year (年度).
    #[default]
    Year,
    /// First half (上半期), April to September.
    H1,
    /// Second half (下半期).
    H2,
    /// First quarter (第1四半期), April to June.
    Q1,
    /// Second quarter.
    Q2,
    /// Third quarter.
    Q3,
    /// Fourth quarter, January to March.
    Q4,
    /// One month.
    Month,
}

/// How a month's or quarter's figure adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// That stretch alone (単月).
    Single,
    /// From the year's start (累計).
    Cumulative,
    /// At a point in time (時点).
    AsOf,
}

/// A year of the Japanese calendar in which eras begin; data of `templates/vocabulary.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Era {
    /// 令和.
    pub name: String,
    /// R.
    pub letter: String,
    /// 令, as in 令4.
    pub short: String,
    /// First day of the era.
    pub first_day: NaiveDate,
}

/// All eras, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Eras(pub Vec<Era>);

impl Eras {
    /// The era and the year in it of a day: 2021-03-31 → 令和, 3.
    pub fn of(&self, day: NaiveDate) -> Option<(&Era, i32)> {
        let era = self.0.iter().rev().find(|era| era.first_day <= day)?;
        Some((era, day.year() - era.first_day.year() + 1))
    }

    /// The era and the year in it of a fiscal year: the newest era that began in or before its Western year, so that
    /// 2019 is 令和元年度 and 1988, whose last months were 平成, is 昭和63年度.
    fn of_fiscal(&self, year: FiscalYear) -> Option<(&Era, i32)> {
        let era = self.0.iter().rev().find(|era| era.first_day.year() <= year.0)?;
        Some((era, year.0 - era.first_day.year() + 1))
    }

    /// The short name of a fiscal year as sheets write it: 2021 → `R3`, 2019 → `R1`, 2018 → `H30`.
    pub fn short(&self, year: FiscalYear) -> String {
        self.of_fiscal(year)
            .map_or_else(|| format!("{year}年度"), |(era, number)| format!("{}{number}", era.letter))
    }

    /// The long name of a fiscal year: 2019 → `令和元年度`.
    pub fn long(&self, year: FiscalYear) -> String {
        let name = self.of_fiscal(year);
        name.map_or_else(
            || format!("{year}年度"),
            |(era, number)| format!("{}{}年度", era.name, first(number)),
        )
    }

    /// A day as documents print it: `令和3年5月31日`.
    pub fn day(&self, day: NaiveDate) -> String {
        format!("{}{}日", self.month(Period::of(day), day), day.day())
    }

    /// A month as documents print it: `令和3年5月`; `day` decides the era in the month in which one begins.
    pub fn month(&self, period: Period, day: NaiveDate) -> String {
        match self.of(day) {
            Some((era, year)) => format!("{}{}年{}月", era.name, first(year), period.month),
            None => format!("{}年{}月", period.year, period.month),
        }
    }

    /// A day in the short form of sheets: `R3.12.28`.
    pub fn short_day(&self, day: NaiveDate) -> String {
        match self.of(day) {
            Some((era, year)) => format!("{}{year}.{}.{}", era.letter, day.month(), day.day()),
            None => day.format("%Y.%-m.%-d").to_string(),
        }
    }
}

/// 元 for an era's first year, else the number.
fn first(year: i32) -> String {
    if year == 1 { "元".to_owned() } else { year.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fiscal_years_are_named_by_their_era() {
        let era = |name: &str, letter: &str, day: &str| Era {
            name: name.to_owned(),
            letter: letter.to_owned(),
            short: String::new(),
            first_day: day.parse().expect("a day"),
        };
        let eras = Eras(vec![
            era("昭和", "S", "1926-12-25"),
            era("平成", "H", "1989-01-08"),
            era("令和", "R", "2019-05-01"),
        ]);
        for (year, short, long) in [
            (1988, "S63", "昭和63年度"),
            (1989, "H1", "平成元年度"),
            (2018, "H30", "平成30年度"),
            (2019, "R1", "令和元年度"),
            (2021, "R3", "令和3年度"),
            (1900, "1900年度", "1900年度"),
        ] {
            assert_eq!(
                (eras.short(FiscalYear(year)), eras.long(FiscalYear(year))),
                (short.into(), long.into())
            );
        }
    }

    #[test]
    fn fiscal_years_start_in_april() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a day");
        assert_eq!(FiscalYear::of(day(2021, 3, 31)), FiscalYear(2020));
        assert_eq!(FiscalYear::of(day(2021, 4, 1)), FiscalYear(2021));
        assert_eq!("2021-01".parse::<Period>().expect("month").previous().to_string(), "2020-12");
        assert_eq!("2024-02".parse::<Period>().expect("month").last_day(), Some(day(2024, 2, 29)));
        for bad in ["2021-13", "2021-00", "2021", "21-05", "2021-5", "2021/05", "+021-05"] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
    }
}
