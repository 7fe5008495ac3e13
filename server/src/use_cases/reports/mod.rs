//! 台账与报告: reads what is counted, has `case_core::report` count it, and puts the figures into tables.
//!
//! Who may have them stands in [`crate::permissions`] (those who see the whole county). Names of petitioners are
//! masked as in lists: in full only where the reader has the matter in hand. What the reader stays away from
//! (回避) is counted, since totals are the same for everybody, and shown by nothing but a dash.
//!
//! What is asked for is a draft, without a number. 出具 ([`issue`]) freezes it with a number, a version and a proof.

mod annual;
mod coverage;
mod issue;
mod leader;
mod ledger;
mod load;
mod monthly;
mod old_cases;
mod retention;
mod sheet;

pub(crate) use issue::{edition, issue, take};

use app::text::report as words;
use case_core::actor::Actor;
use case_core::digest::Digest;
use case_core::id::AccountId;
use case_core::place::DivisionCode;
use case_core::report::{Period, ReportKind};
use case_core::wire::problem::Problem;
use case_core::wire::reports::{ReportChoices, ReportSheet, ShownReport};
use chrono::{Datelike as _, NaiveDate};

use self::load::Reader;

use crate::error::ApiError;
use crate::state::AppState;

/// Issued reports that are listed.
const LISTED: u32 = 50;

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
    /// 保管期限到期清单, as of today.
    Retention,
    /// 年度报告.
    Annual {
        /// The present one where none is named.
        year: Option<i32>,
    },
}

impl Asked {
    /// Its kind.
    pub(crate) fn kind(&self) -> ReportKind {
        match self {
            Self::Ledger { .. } => ReportKind::Ledger,
            Self::Monthly { .. } => ReportKind::Monthly,
            Self::Leader { .. } => ReportKind::Leader,
            Self::Coverage { .. } => ReportKind::Coverage,
            Self::OldCases { .. } => ReportKind::OldCases,
            Self::Annual { .. } => ReportKind::Annual,
            Self::Retention => ReportKind::Retention,
        }
    }

    /// Of what it is, the same whenever it is asked: versions of one report share it.
    fn subject(&self, state: &AppState) -> Result<String, ApiError> {
        let today = state.now().date();
        let place = |area: &Option<DivisionCode>| area.as_ref().map_or("", |area| area.as_str()).to_owned();
        let of = match self {
            Self::Ledger { period, area } | Self::Coverage { period, area } => {
                format!("{}:{}:{}", period.from(), period.until(), place(area))
            }
            Self::Monthly { month } => {
                let (year, month) = month.unwrap_or_else(|| Period::month_of(today, state.settings.month_start));
                format!("{year}-{month:02}")
            }
            Self::Leader { leader, year } => format!("{leader}:{}", whole_year(*year, today)?.from().year()),
            Self::Retention => today.year().to_string(),
            Self::OldCases { year } | Self::Annual { year } => whole_year(*year, today)?.from().year().to_string(),
        };
        Ok([self.kind().code(), ":", &of].concat())
    }
}

/// Makes a report as of now: a draft.
pub(crate) async fn make(state: &AppState, actor: &Actor, asked: &Asked) -> Result<ReportSheet, ApiError> {
    make_for(state, Reader { actor, on_paper: false }, asked).await
}

async fn make_for(state: &AppState, reader: Reader<'_>, asked: &Asked) -> Result<ReportSheet, ApiError> {
    let today = state.now().date();
    let start = state.settings.month_start;
    let mut sheet = match asked {
        Asked::Ledger { period, area } => ledger::make(state, reader, *period, area.clone(), today).await?,
        Asked::Monthly { month } => {
            let (year, month) = month.unwrap_or_else(|| Period::month_of(today, start));
            let period = Period::month(year, month, start).ok_or_else(|| malformed("month"))?;
            monthly::make(state, reader, (year, month), period, today).await?
        }
        Asked::Leader { leader, year } => {
            leader::make(state, reader, *leader, whole_year(*year, today)?, today).await?
        }
        Asked::Coverage { period, area } => coverage::make(state, *period, area.clone(), today).await?,
        Asked::Retention => retention::make(state, reader.actor, today).await?,
        Asked::OldCases { year } => old_cases::make(state, reader, whole_year(*year, today)?, today).await?,
        Asked::Annual { year } => annual::make(state, reader, whole_year(*year, today)?, today).await?,
    };
    sheet.plain = words::plain(asked.kind()).to_owned();
    Ok(sheet)
}

/// The report as a screen shows it: the draft, and what was issued of it before.
pub(crate) async fn show(state: &AppState, actor: &Actor, asked: &Asked) -> Result<ShownReport, ApiError> {
    let sheet = make(state, actor, asked).await?;
    let seen = Digest::of(&sheet);
    Ok(ShownReport { sheet, seen, issued: state.store.reports_of(&asked.subject(state)?).await? })
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
        issued: state.store.issued_reports(LISTED).await?,
    })
}

fn whole_year(year: Option<i32>, today: NaiveDate) -> Result<Period, ApiError> {
    let year = year.unwrap_or(today.year());
    Period::year(year).filter(|_| (1..=9999).contains(&year)).ok_or_else(|| malformed("year"))
}

fn malformed(detail: &str) -> ApiError {
    Problem::Malformed { detail: detail.to_owned() }.into()
}
