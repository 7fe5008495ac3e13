//! 台账与报告.

use case_core::wire::reports::{ReportChoices, ReportSheet};

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
pub async fn show(query: &Query) -> Answer<ReportSheet> {
    http::get(&["/reports", &query.0].concat()).await
}
