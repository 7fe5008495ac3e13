//! 审计 and 核验.

use case_core::wire::audit::{AuditGroup, AuditPage, Verification};

use super::{Answer, http};

/// What the list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// 种类; none: all.
    pub group: Option<AuditGroup>,
    /// A day; empty: any.
    pub from: String,
    /// A day; empty: any.
    pub until: String,
    /// 人员, as typed.
    pub person: String,
    /// 信访件编号, as typed.
    pub number: String,
    /// Where the page begins; none: at the latest.
    pub before: Option<String>,
}

impl AuditQuery {
    fn path(&self) -> String {
        let before = self.before.as_deref().unwrap_or_default();
        let mut path = ["/audit?group=", self.group.map(AuditGroup::code).unwrap_or_default()].concat();
        for (name, value) in [
            ("from", self.from.as_str()),
            ("until", &self.until),
            ("person", &self.person),
            ("number", &self.number),
            ("before", before),
        ] {
            if !value.trim().is_empty() {
                path = [&path, "&", name, "=", &http::encoded(value.trim())].concat();
            }
        }
        path
    }
}

/// A page, the latest first.
///
/// # Errors
/// [`super::ClientError`].
pub async fn page(query: &AuditQuery) -> Answer<AuditPage> {
    http::get(&query.path()).await
}

/// How looking through everything stands.
///
/// # Errors
/// [`super::ClientError`].
pub async fn verification() -> Answer<Verification> {
    http::get("/audit/verification").await
}

/// Begins to look through everything.
///
/// # Errors
/// [`super::ClientError`].
pub async fn verify() -> Answer<Verification> {
    http::post("/audit/verification", &()).await
}
