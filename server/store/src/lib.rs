//! The store: the only place with SQL. One [`Store`] over SQLite or PostgreSQL.
//!
//! What it promises, on both databases alike (`tests/` holds it to each promise):
//! - **Records** ([`Store::take_record`]) are taken in exactly once; the same id gets the same
//!   receipt, however often and however concurrently it is sent.
//! - **Commands** ([`Store::execute`]) are decided inside the transaction, on the matter as it is,
//!   under a lock; the same id gets the same answer.
//! - **The journal** of a matter is append-only and chained by hashes; the matter's row is what the
//!   journal tells.
//! - **Change feeds** ([`Store::pull`]) lose nothing that commits late.
//! - What is acknowledged is on the disk.
//!
//! No transaction leaks out: a method is a whole deed. The rules of the domain come in as pure
//! functions ([`Decide`], [`Absorb`]).
//!
//! ```text
//! open      addresses, safety settings, schema        db  arg  the narrow door to both databases
//! statements                                          which statements a deed sends
//! accounts  sessions  devices  limiter                who may come in
//! places    households                                what imports bring
//! matters   journal  codes  reserve                   matters, their history, their query codes
//! commands  records  compare                          the two kinds of writing
//! audit     audit_list                                the audit chain, and as a list
//! receipts  verify    told                    what is noted for good, and how it is checked
//! documents                                           文书, numbered without gaps
//! attachments  uploads                                files of records: what is said of them, their bytes
//! sent_files                                          files of petitioners' forms
//! feed      pull  cursor  cards                       what phones download
//! lists  flagged  recusals                            what desks look at, and who does not
//! notices                                             通知: messages to petitioners, written with the event
//! reports                                             what ledgers and figures are counted from
//! holidays                                            the yearly table and the settings
//! publications                                        公示: what everybody reads
//! sealed_reports  sealed_officers  sealed_chain       检举控告: envelopes, who may open them, their journals
//! receptions  bookings  talk_points                   接访: rules, changes, places; 说事点
//! unit_tree                                           which unit stands under which
//! backup                                              copies of a database in use
//! types     views                                     what goes in, what is shown
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests"))]

mod accounts;
mod anchor;
mod arg;
mod attachments;
mod audit;
mod audit_list;
mod backup;
mod bookings;
mod cards;
mod codes;
mod commands;
mod compare;
mod cursor;
mod db;
mod devices;
mod documents;
mod error;
mod feed;
mod flagged;
mod holidays;
mod households;
mod journal;
mod kept_aside;
mod limiter;
mod lists;
mod matters;
#[cfg(feature = "simulation")]
mod memory;
mod merge;
mod notices;
mod open;
mod places;
mod publications;
mod pull;
mod receipts;
mod receptions;
mod records;
mod recusals;
mod reports;
mod reserve;
mod sealed_chain;
mod sealed_officers;
mod sealed_reports;
mod sent_files;
mod sessions;
#[cfg(feature = "simulation")]
pub mod simulation;
pub mod statements;
mod talk_points;
mod told;
mod types;
mod unit_tree;
mod uploads;
mod verify;
mod views;

pub use attachments::FilePlace;
pub use audit::{AuditEntry, Since};
pub use audit_list::{AuditQuery, RecordEntry};
pub use backup::fresh_postgres_schema;
pub use bookings::{Booked, Room};
pub use codes::{Beside, ByCode};
pub use devices::Standing;
pub use documents::{DocumentRow, Fill, Issuing, NewDocument, StoredDocument};
pub use error::{Result, StoreError};
pub use kept_aside::KeptAside;
pub use limiter::{Guarded, Watch};
pub use lists::row_of;
pub use open::SqliteSettings;
pub use places::Closing;
pub use publications::{Proposal, Published, Stepped};
pub use receptions::Receptions;
pub use reports::ReportedDocument;
pub use sealed_officers::{KeyDeed, KeyLine, SealedOfficer};
pub use sealed_reports::{
    NewSealed, SealedAppended, SealedCopy, SealedEntry, SealedFile, SealedNote, SealedRegistered, SealedStanding,
};
pub use sent_files::{Owner, Staged, StagedFile};
pub use types::*;
pub use unit_tree::Placed;
pub use uploads::{Checked, Claim, Finding};
pub use verify::{Anchor, AnchorError, Chain, Fault, Verified};
pub use views::*;

/// A database that is open. Cloning it is cheap; clones share their connections.
#[derive(Clone)]
pub struct Store {
    pools: Pools,
    commits: db::Commits,
}

#[derive(Clone)]
enum Pools {
    /// One writer, several readers.
    Sqlite { read: sqlx::SqlitePool, write: sqlx::SqlitePool },
    /// PostgreSQL keeps writers apart by itself.
    Postgres(sqlx::PgPool),
    /// SQLite without a disk.
    #[cfg(feature = "simulation")]
    Memory(memory::Memory),
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.pools {
            Pools::Sqlite { .. } => "Store(SQLite)",
            Pools::Postgres(_) => "Store(PostgreSQL)",
            #[cfg(feature = "simulation")]
            Pools::Memory(_) => "Store(memory)",
        })
    }
}
