//! Where a target wants a figure to be: its direction and the line to reach, from polarity and bound.

use rust_decimal::Decimal;

use super::exact;
use crate::model::indicator::Polarity;
use crate::model::quantity::{Bound, Quantity};

/// A target as a line and a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// At least this much, or more than it.
    Up {
        /// The line.
        aim: Decimal,
        /// The line itself does not suffice (超).
        strict: bool,
    },
    /// At most this much, or less than it.
    Down {
        /// The line.
        aim: Decimal,
        /// The line itself does not suffice (未満).
        strict: bool,
    },
    /// From … to ….
    Within {
        /// The lower end.
        low: Decimal,
        /// The upper end.
        high: Decimal,
    },
}

/// Why a target gives no direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoGoal {
    /// Nobody said which way is better, and the target is a bare number.
    NoPolarity,
    /// 増がよい with a target of 以下, or the reverse.
    Contradiction,
}

impl Goal {
    /// The goal of a target. A bound says its own direction (75以上 wants at least 75), and so does a range; a bare
    /// number needs a polarity.
    pub fn new(target: &Quantity, polarity: Option<Polarity>) -> Result<Self, NoGoal> {
        use Polarity::{Decrease, Increase, Maintain};
        let aim = target.value;
        if let Some(other) = target.high {
            let (low, high) = (aim.min(other), aim.max(other));
            return Ok(match polarity {
                Some(Increase) => Self::Up { aim: low, strict: false },
                Some(Decrease) => Self::Down { aim: high, strict: false },
                Some(Maintain) | None => Self::Within { low, high },
            });
        }
        match (target.bound, polarity) {
            (Some(Bound::AtLeast | Bound::Above), Some(Decrease))
            | (Some(Bound::AtMost | Bound::Below), Some(Increase)) => Err(NoGoal::Contradiction),
            (Some(bound @ (Bound::AtLeast | Bound::Above)), _) => {
                Ok(Self::Up { aim, strict: bound == Bound::Above })
            }
            (Some(bound @ (Bound::AtMost | Bound::Below)), _) => {
                Ok(Self::Down { aim, strict: bound == Bound::Below })
            }
            (None | Some(Bound::About), Some(Increase)) => Ok(Self::Up { aim, strict: false }),
            (None | Some(Bound::About), Some(Decrease)) => Ok(Self::Down { aim, strict: false }),
            (None | Some(Bound::About), Some(Maintain)) => Ok(Self::Within { low: aim, high: aim }),
            (None | Some(Bound::About), None) => Err(NoGoal::NoPolarity),
        }
    }

    /// The line that a figure is held against.
    pub fn aim(self, actual: Decimal) -> Decimal {
        match self {
            Self::Up { aim, .. } | Self::Down { aim, .. } => aim,
            Self::Within { low, high } => {
                if actual > high {
                    high
                } else {
                    low
                }
            }
        }
    }

    /// How far a figure is beyond the line (positive) or short of it (negative); inside a range 0. `None` where the
    /// numbers are too large.
    pub fn gain(self, actual: Decimal) -> Option<Decimal> {
        match self {
            Self::Up { aim, .. } => exact::sub(actual, aim),
            Self::Down { aim, .. } => exact::sub(aim, actual),
            Self::Within { low, .. } if actual < low => exact::sub(actual, low),
            Self::Within { high, .. } if actual > high => exact::sub(high, actual),
            Self::Within { .. } => Some(Decimal::ZERO),
        }
    }

    /// Whether a figure meets the target.
    pub fn is_met(self, actual: Decimal) -> bool {
        match self {
            Self::Up { aim, strict } => actual > aim || (actual == aim && !strict),
            Self::Down { aim, strict } => actual < aim || (actual == aim && !strict),
            Self::Within { low, high } => low <= actual && actual <= high,
        }
    }
}
