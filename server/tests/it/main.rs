//! The real router over a real database: SQLite always, PostgreSQL when `HUIYIN_TEST_POSTGRES`
//! names one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs, reason = "tests")]

mod support;

mod abuse;
mod desk;
mod importing;
mod lookup;
mod petitioner;
mod phones;
mod security;
