//! The contract of the store: every promise a sentence, kept on SQLite and on PostgreSQL, and by the SQLite
//! in memory over which the simulation runs (where that is built: in runs of the whole workspace).
//!
//! PostgreSQL takes part when `HUIYIN_TEST_POSTGRES` holds an address (`postgres://…`); each test
//! makes a schema of its own there and drops it at its end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

/// Runs each test on all databases.
macro_rules! contract {
    ($($(#[doc = $doc:literal])* async fn $name:ident($db:ident) $body:block)+) => {$(
        $(#[doc = $doc])*
        mod $name {
            #[allow(unused_imports, reason = "not every sentence needs all of them")]
            use super::*;

            async fn holds($db: &crate::database::TestDb) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                let db = crate::database::TestDb::sqlite().await;
                holds(&db).await;
                db.end().await;
            }

            #[cfg(feature = "simulation")]
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn in_memory() {
                let db = crate::database::TestDb::memory().await;
                holds(&db).await;
                db.end().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                let Some(db) = crate::database::TestDb::postgres().await else { return };
                holds(&db).await;
                db.end().await;
            }
        }
    )+};
}

mod accounts;
mod attachments;
mod audit;
mod codes;
mod commands;
mod database;
mod documents;
mod feeds;
mod fixtures;
mod holidays;
mod journal;
mod kept_aside;
mod lists;
mod migrations;
mod notices;
mod paging;
mod places;
mod publications;
mod receptions;
mod records;
mod records_together;
mod recusals;
mod registering;
mod reports;
mod reserve;
mod roster;
mod roster_import;
mod safety;
mod sealed;
mod sent_files;
