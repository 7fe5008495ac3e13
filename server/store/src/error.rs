//! What can go wrong in the store, as types. No SQL and no row's content ever leaves it; the cause
//! goes to the log once, here.

/// Why the store did not do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached, or cannot write (disk full). Trying again later is safe.
    #[error("the database is unavailable")]
    Unavailable,
    /// Others were writing for too long. Trying again is safe.
    #[error("the database is busy")]
    Busy,
    /// Something stored cannot be read back.
    #[error("stored data cannot be read: {what}")]
    Corrupt {
        /// What it should have been.
        what: &'static str,
    },
    /// The address of the database is none that this build understands.
    #[error("not an address of a database: use sqlite:PATH or postgres://…")]
    BadUrl,
    /// The schema could not be brought up to date.
    #[error("the database could not be brought up to date")]
    Migration,
    /// Another account has that login.
    #[error("the login is taken")]
    LoginTaken,
    /// Another matter has that number: try the next.
    #[error("the matter number is taken")]
    NumberTaken,
    /// Another matter has (or had) that query code, or the issue is not newer than the last.
    #[error("the query code is taken")]
    CodeTaken,
    /// Another command of somebody else, or on another matter, had that id.
    #[error("the id of the command is taken")]
    CommandIdTaken,
    /// Another document, of another matter or kind, has that id.
    #[error("the id of the document is taken")]
    DocumentIdTaken,
    /// It names an account, unit or matter that does not exist.
    #[error("it names something that does not exist")]
    UnknownReference,
    /// The database refused the statement: a fault of this program.
    #[error("the database refused")]
    Rejected,
}

/// The store's result.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

impl StoreError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(self) -> bool {
        matches!(self, Self::Unavailable | Self::Busy)
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let mapped = match &error {
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Self::Unavailable
            }
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::ColumnNotFound(_) => {
                Self::Corrupt { what: "a column" }
            }
            sqlx::Error::Database(cause) if cause.is_foreign_key_violation() => Self::UnknownReference,
            sqlx::Error::Database(cause) => of_code(cause.code().as_deref().unwrap_or_default()),
            _ => Self::Rejected,
        };
        match mapped {
            Self::Busy | Self::UnknownReference => tracing::debug!(%error, "store"),
            _ => tracing::error!(%error, "store"),
        }
        mapped
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        tracing::error!(%error, "migration");
        Self::Migration
    }
}

/// SQLite gives (extended) result codes in decimal, PostgreSQL five-character SQLSTATEs.
pub(crate) fn of_code(code: &str) -> StoreError {
    if code.len() == 5 {
        return match code {
            "40001" | "40P01" | "55P03" => StoreError::Busy,
            _ if ["08", "53", "57", "58"].iter().any(|class| code.starts_with(class)) => StoreError::Unavailable,
            _ if code.starts_with("XX") => StoreError::Corrupt { what: "the database itself" },
            _ => StoreError::Rejected,
        };
    }
    // The low byte is the primary result code.
    match code.parse::<u32>().map(|full| full & 0xFF) {
        Ok(5 | 6) => StoreError::Busy,
        // Read-only, input/output error, disk full, cannot open.
        Ok(8 | 10 | 13 | 14) => StoreError::Unavailable,
        Ok(11 | 26) => StoreError::Corrupt { what: "the database itself" },
        _ => StoreError::Rejected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_by_itself_may_be_tried_again_and_what_does_not_may_not() {
        for code in ["5", "517", "40001", "40P01", "57P01", "13", "778"] {
            assert!(of_code(code).is_retryable(), "{code}");
        }
        for code in ["1", "11", "42601", "XX001", "23505", ""] {
            assert!(!of_code(code).is_retryable(), "{code}");
        }
    }
}
