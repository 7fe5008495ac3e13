//! The real router over a real database: SQLite always, PostgreSQL when `HUIYIN_TEST_POSTGRES`
//! names one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs, reason = "tests")]

mod office;
mod old_cases;
mod phone;
#[path = "../../../app/core/tests/support/mod.rs"]
mod rules;
mod support;

mod abuse;
mod acts;
mod attachments;
mod audit;
mod codes;
mod county;
mod desk;
mod devices;
mod documents;
mod filing;
mod fuzz;
mod guard;
mod holidays;
mod illegal_moves;
mod importing;
mod keepers;
mod kept_answers;
mod kinds;
mod large_type;
mod law;
mod law_more;
mod lookup;
mod masking;
mod merged;
mod notices;
mod owed;
mod packing;
mod permissions;
mod petitioner;
mod phones;
mod publications;
mod receipts;
mod receptions;
mod recusal;
mod reports;
mod sealed;
mod sealed_reports;
mod security;
mod side_paths;
mod unseen;
mod voices;
