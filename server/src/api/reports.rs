//! 台账与报告: on the screen, to print, as a file.

use app::pages::report::report;
use axum::Json;
use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};
use case_core::id::AccountId;
use case_core::place::DivisionCode;
use case_core::report::Period;
use case_core::wire::reports::{ReportChoices, ReportSheet};
use chrono::NaiveDate;
use serde::Deserialize;

use super::documents::download;
use crate::error::{ApiError, ApiResult};
use crate::extract::{ApiQuery, SignedIn, malformed};
use crate::papers::{csv, docx};
use crate::state::AppState;
use crate::use_cases::reports::{self, Asked};

/// Which report of what.
#[derive(Debug, Deserialize)]
pub(super) struct Params {
    kind: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    /// 2026-03.
    #[serde(default)]
    month: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    leader: String,
}

impl Params {
    fn read(&self) -> Result<Asked, ApiError> {
        match self.kind.as_str() {
            "ledger" | "coverage" => {
                let day = |text: &str, name| text.parse::<NaiveDate>().map_err(|_| malformed(name));
                let (from, until) = (day(&self.from, "from")?, day(&self.until, "until")?);
                let period = Period::new(from, until).ok_or_else(|| malformed("until"))?;
                let area = given(&self.area).map(DivisionCode::parse).transpose().map_err(|_| malformed("area"))?;
                if self.kind == "coverage" {
                    Ok(Asked::Coverage { period, area })
                } else {
                    Ok(Asked::Ledger { period, area })
                }
            }
            "monthly" => {
                let month = given(&self.month).map(|text| {
                    let (year, month) = text.split_once('-')?;
                    Some((year.parse().ok()?, month.parse().ok()?))
                });
                let month = month.map(|read| read.ok_or_else(|| malformed("month"))).transpose()?;
                Ok(Asked::Monthly { month })
            }
            "leader" => {
                let leader: AccountId = self.leader.parse().map_err(|_| malformed("leader"))?;
                Ok(Asked::Leader { leader, year: self.year()? })
            }
            "old_cases" => Ok(Asked::OldCases { year: self.year()? }),
            "annual" => Ok(Asked::Annual { year: self.year()? }),
            _ => Err(malformed("kind")),
        }
    }

    fn year(&self) -> Result<Option<i32>, ApiError> {
        given(&self.year).map(str::parse).transpose().map_err(|_| malformed("year"))
    }
}

fn given(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

pub(super) async fn choices(State(state): State<AppState>, SignedIn(_): SignedIn) -> ApiResult<ReportChoices> {
    reports::choices(&state).await.map(Json)
}

pub(super) async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiQuery(params): ApiQuery<Params>,
) -> ApiResult<ReportSheet> {
    reports::make(&state, &actor, params.read()?).await.map(Json)
}

pub(super) async fn print(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiQuery(params): ApiQuery<Params>,
) -> Result<Response, ApiError> {
    let sheet = reports::make(&state, &actor, params.read()?).await?;
    Ok(Html(report(&sheet)).into_response())
}

pub(super) async fn docx(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiQuery(params): ApiQuery<Params>,
) -> Result<Response, ApiError> {
    let sheet = reports::make(&state, &actor, params.read()?).await?;
    Ok(download(docx::write_report(&sheet)?, docx::MIME, &name(&sheet, ".docx")))
}

/// Only the ledgers begin with a table that has a line for each matter; that one.
pub(super) async fn csv(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiQuery(params): ApiQuery<Params>,
) -> Result<Response, ApiError> {
    let asked = params.read()?;
    if !matches!(asked, Asked::Ledger { .. } | Asked::OldCases { .. }) {
        return Err(malformed("kind"));
    }
    let mut sheet = reports::make(&state, &actor, asked).await?;
    sheet.sections.truncate(1);
    Ok(download(csv::write(&sheet), csv::MIME, &name(&sheet, ".csv")))
}

fn name(sheet: &ReportSheet, ending: &str) -> String {
    [sheet.title.as_str(), " ", &sheet.made_on.to_string(), ending].concat()
}
