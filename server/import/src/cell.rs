//! One cell, whatever program it comes from.
use chrono::NaiveDateTime;

use crate::clean;

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Cell {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    Moment(NaiveDateTime),
}

pub(crate) static EMPTY: Cell = Cell::Empty;

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.trim().is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// Empty to a person's eye: also a cell with nothing but blanks or invisible characters.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(|c| clean::is_invisible(c) || c.is_whitespace()),
            Self::Number(_) | Self::Moment(_) => false,
        }
    }

    /// The text as typed, not yet cleaned.
    pub(crate) fn raw(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            // Codes and phone numbers come as numbers: no ".0", no exponent.
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e18 => {
                format!("{number:.0}")
            }
            Self::Number(number) => number.to_string(),
            Self::Moment(at) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
        }
    }

    /// The text in one line, cleaned.
    pub(crate) fn line(&self) -> String {
        clean::line(&self.raw())
    }
}
