//! 台账与报告: reads what is counted, has `case_core::report` count it, and puts the figures into tables.
//!
//! Who may have them stands in [`crate::permissions`] (those who see the whole county). Names of petitioners are
//! masked as in lists: in full only where the reader has the matter in hand. What the reader stays away from
//! (回避) is counted, since totals are the same for everybody, and shown by nothing but a dash.

mod annual;
mod coverage;
mod leader;
mod ledger;
mod load;
mod monthly;
mod old_cases;
mod sheet;

use case_core::actor::Actor;
use case_core::id::AccountId;
use case_core::place::DivisionCode;
use case_core::report::Period;
use case_core::wire::problem::Problem;
use case_core::wire::reports::{ReportChoices, ReportSheet};
use chrono::{Datelike as _, NaiveDate};

use crate::error::ApiError;
use crate::state::AppState;

/// Which report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// 台账 of an area and a period.
    Ledger {
        /// From a day to a day.
        period: Period,
        /// The whole county, or a part of it.
        area: Option<DivisionCode>,
    },
    /// 月研判清单.
    Monthly {
        /// Year and month; the present one where none is named.
        month: Option<(i32, u32)>,
    },
    /// 领导实绩档案.
    Leader {
        /// Whose.
        leader: AccountId,
        /// Of which year; the present one where none is named.
        year: Option<i32>,
    },
    /// 遍访覆盖 of an area and a period.
    Coverage {
        /// From a day to a day.
        period: Period,
        /// The whole county, or a part of it.
        area: Option<DivisionCode>,
    },
    /// 积案和包案台账.
    OldCases {
        /// The present one where none is named.
        year: Option<i32>,
    },
    /// 年度报告.
    Annual {
        /// The present one where none is named.
        year: Option<i32>,
    },
}

/// Makes a report as of now.
pub(crate) async fn make(state: &AppState, actor: &Actor, asked: Asked) -> Result<ReportSheet, ApiError> {
    let today = state.now().date();
    let start = state.settings.month_start;
    match asked {
        Asked::Ledger { period, area } => ledger::make(state, actor, period, area, today).await,
        Asked::Monthly { month } => {
            let (year, month) = month.unwrap_or_else(|| Period::month_of(today, start));
            let period = Period::month(year, month, start).ok_or_else(|| malformed("month"))?;
            monthly::make(state, actor, (year, month), period, today).await
        }
        Asked::Leader { leader, year } => leader::make(state, actor, leader, whole_year(year, today)?, today).await,
        Asked::Coverage { period, area } => coverage::make(state, period, area, today).await,
        Asked::OldCases { year } => old_cases::make(state, actor, whole_year(year, today)?, today).await,
        Asked::Annual { year } => annual::make(state, actor, whole_year(year, today)?, today).await,
    }
}

/// What can be chosen.
pub(crate) async fn choices(state: &AppState) -> Result<ReportChoices, ApiError> {
    let today = state.now().date();
    let (year, month) = Period::month_of(today, state.settings.month_start);
    let period = Period::month(year, month, state.settings.month_start).ok_or_else(|| malformed("month"))?;
    Ok(ReportChoices {
        leaders: leader::all(state).await?,
        month: (year, month),
        from: period.from(),
        until: period.until(),
    })
}

fn whole_year(year: Option<i32>, today: NaiveDate) -> Result<Period, ApiError> {
    let year = year.unwrap_or(today.year());
    Period::year(year).filter(|_| (1..=9999).contains(&year)).ok_or_else(|| malformed("year"))
}

fn malformed(detail: &str) -> ApiError {
    Problem::Malformed { detail: detail.to_owned() }.into()
}
