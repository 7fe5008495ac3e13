//! Signatures of what is being written right now.
#![allow(missing_docs, unused_variables, clippy::unused_async, clippy::missing_errors_doc)]

use case_core::digest::Digest;
use case_core::id::{AccountId, HouseholdId, MatterId};
use case_core::matter::{Matter, Stage};
use case_core::place::Area;
use case_core::time::Moment;
use case_core::wire::desk::{FlaggedRecord, JournalEntry, MatterRow, Unit};
use case_core::wire::sync::HouseholdCard;

use crate::{
    Absorb, CodeHash, CommandEnvelope, Counts, Decide, Executed, JournalCheck, ListQuery, NewHousehold, NewMatter,
    PullPage, RecordEnvelope, RecordNames, Registered, Result, Scope, Store, StoreError, Taken,
};

type R<T> = Result<T>;
const NOT_YET: StoreError = StoreError::Unavailable;

impl Store {
    /// The id is kept for a known source key; unchanged rows make no change-feed entry.
    pub async fn upsert_households(&self, households: &[NewHousehold]) -> R<Counts> { Err(NOT_YET) }
    pub async fn household(&self, id: HouseholdId) -> R<Option<HouseholdCard>> { Err(NOT_YET) }
    /// CodeTaken, NumberTaken, UnknownReference (unit, account) besides the common ones.
    pub async fn register(&self, new: &NewMatter, now: Moment) -> R<Registered> { Err(NOT_YET) }
    /// All or nothing per call (send chunks of some hundred); idempotent by source_key.
    pub async fn register_many(&self, new: &[NewMatter], now: Moment) -> R<Counts> { Err(NOT_YET) }
    pub async fn matter(&self, id: MatterId) -> R<Option<Matter>> { Err(NOT_YET) }
    pub async fn matter_by_code(&self, hash: &Digest) -> R<Option<(Matter, Option<Unit>)>> { Err(NOT_YET) }
    /// UnknownReference without such a matter; CodeTaken when the issue is not newer.
    pub async fn issue_code(&self, matter: MatterId, code: CodeHash, by: AccountId, now: Moment) -> R<()> { Err(NOT_YET) }
    pub async fn code_issue(&self, matter: MatterId) -> R<Option<u32>> { Err(NOT_YET) }
    pub async fn execute(&self, envelope: CommandEnvelope, decide: Decide<'_>) -> R<Executed> { Err(NOT_YET) }
    pub async fn take_record(&self, envelope: RecordEnvelope<'_>, names: RecordNames, absorb: Absorb<'_>) -> R<Taken> { Err(NOT_YET) }
    pub async fn pull(&self, account: AccountId, area: &Area, cursor: Option<&str>, limit: u32) -> R<PullPage> { Err(NOT_YET) }
    pub async fn list_matters(&self, query: &ListQuery) -> R<(Vec<MatterRow>, u64)> { Err(NOT_YET) }
    pub async fn journal(&self, matter: MatterId) -> R<Vec<JournalEntry>> { Err(NOT_YET) }
    pub async fn verify_journal(&self, matter: MatterId) -> R<JournalCheck> { Err(NOT_YET) }
    pub async fn flagged_records(&self, matter: MatterId) -> R<Vec<FlaggedRecord>> { Err(NOT_YET) }
    pub async fn recent_flagged(&self, limit: u32) -> R<Vec<FlaggedRecord>> { Err(NOT_YET) }
    pub async fn record_count(&self) -> R<u64> { Err(NOT_YET) }
    pub async fn counts_by_stage(&self, scope: &Scope) -> R<Vec<(Stage, u64)>> { Err(NOT_YET) }
}
