//! 台账与报告.

use case_core::id::DocumentId;
use case_core::wire::reports::{IssueReport, IssuedReport, ReportChoices, ShownReport};

use super::{Answer, http};

/// Which report of what, as the query of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(String);

impl Query {
    /// Of a kind.
    #[must_use]
    pub fn of(kind: &str) -> Self {
        Self(["?kind=", kind].concat())
    }

    /// Limited further. Values are days, numbers and codes: nothing in them needs an escape.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        Self([&self.0, "&", name, "=", value].concat())
    }

    /// 空白走访单 of the same place, for the report of how many households were met.
    #[must_use]
    pub fn sheets_address(&self) -> Option<String> {
        self.0.starts_with("?kind=coverage&").then(|| ["/api/v1/visit-sheets", &self.0].concat())
    }

    /// The page to print, or the file, by its name: `print`, `docx`, `csv`.
    #[must_use]
    pub fn address(&self, form: &str) -> String {
        ["/api/v1/reports/", form, &self.0].concat()
    }
}

/// What can be chosen.
///
/// # Errors
/// [`super::ClientError`].
pub async fn choices() -> Answer<ReportChoices> {
    http::get("/reports/choices").await
}

/// A report.
///
/// # Errors
/// [`super::ClientError`].
pub async fn show(query: &Query) -> Answer<ShownReport> {
    http::get(&["/reports", &query.0].concat()).await
}

/// 出具 what was seen; the same request again issues once.
///
/// # Errors
/// [`super::ClientError`].
pub async fn issue(query: &Query, request: &IssueReport) -> Answer<IssuedReport> {
    http::post(&["/reports/issue", &query.0].concat(), request).await
}

/// An issued report: the page to print (`print`), or the file (`docx`).
#[must_use]
pub fn issued_address(id: DocumentId, form: &str) -> String {
    ["/api/v1/reports/issued/", &id.to_string(), "/", form].concat()
}
