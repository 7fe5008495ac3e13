//! Importing files.

use case_core::id::ImportId;
use case_core::wire::desk::ImportProgress;
use web_sys::File;

use super::{Answer, http};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    /// 行政区划.
    Divisions,
    /// 住户.
    Households,
    /// 信访事项.
    Matters,
}

impl ImportKind {
    /// All of them, in the order in which they are needed.
    pub const ALL: [Self; 3] = [Self::Divisions, Self::Households, Self::Matters];

    /// Its word in a URL.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Divisions => "divisions",
            Self::Households => "households",
            Self::Matters => "matters",
        }
    }
}

/// Uploads a file and begins to import it.
///
/// # Errors
/// [`super::ClientError`].
pub async fn start(kind: ImportKind, file: &File) -> Answer<ImportProgress> {
    let path = ["/imports?kind=", kind.code(), "&name=", &http::encoded(&file.name())].concat();
    http::upload(&path, file).await
}

/// How an import stands.
///
/// # Errors
/// [`super::ClientError`].
pub async fn progress(id: ImportId) -> Answer<ImportProgress> {
    http::get(&["/imports/", &id.to_string()].concat()).await
}
