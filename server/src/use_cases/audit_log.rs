//! What the 审计管理员 sees: the audit chain and the records of the field in words, and looking through
//! everything from the page.
//!
//! An entry says who, when by both clocks, what and why. What stands in matters, records and sealed reports is
//! not shown: of a matter the number and the step.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use app::text::audit_list as words;
use app::text::record;
use case_core::audit::{Deed, Trace};
use case_core::code::MatterNumber;
use case_core::id::{AccountId, MatterId};
use case_core::text::ShortText;
use case_core::time::Moment;
use case_core::wire::audit::{AuditGroup, AuditLine, AuditPage, Verification, VerificationResult};
use case_store::{AuditEntry, AuditQuery, RecordEntry, Store, StoreError};
use chrono::{Days, NaiveDate};

use super::verify;
use crate::error::ApiError;
use crate::extract::malformed;
use crate::state::AppState;

/// Lines of a page.
const PAGE: u32 = 50;
/// Matters of one entry that are named.
const NAMED: usize = 3;
/// People whom one name can mean.
const NAMESAKES: usize = 50;
/// Findings that are remembered.
const REMEMBERED: usize = 100;

/// What is asked for, as the address has it.
#[derive(Debug, Default, serde::Deserialize)]
pub(crate) struct AuditParams {
    #[serde(default)]
    group: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    before: String,
}

/// A page of the list.
pub(crate) async fn page(state: &AppState, params: AuditParams) -> Result<AuditPage, ApiError> {
    let group = match params.group.as_str() {
        "" => None,
        code => Some(AuditGroup::from_code(code).ok_or_else(|| malformed("group"))?),
    };
    let nothing = AuditPage { lines: Vec::new(), next: None };
    let matter = match params.number.trim() {
        "" => None,
        typed => {
            let number = MatterNumber::parse(typed).map_err(|_| malformed("number"))?;
            match state.store.matter_by_number(number.as_str()).await? {
                Some(matter) => Some(matter),
                None => return Ok(nothing),
            }
        }
    };
    let query = AuditQuery {
        kinds: group.map(|group| group.deeds().to_vec()).unwrap_or_default(),
        from: day(&params.from, "from")?.map(Moment::start_of),
        until: day(&params.until, "until")?.and_then(|day| day.checked_add_days(Days::new(1))).map(Moment::start_of),
        by: people(&state.store, params.person.trim()).await?,
        matter,
        before: cursor(&params.before)?,
        limit: PAGE + 1,
    };
    let whole = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let (mut lines, mut ends) = (Vec::new(), Vec::new());
    if group == Some(AuditGroup::Records) {
        for entry in state.store.record_page(&query).await? {
            ends.push((entry.at, entry.sequence));
            lines.push(of_record(&state.store, entry).await?);
        }
    } else {
        let entries = state.store.audit_page(&query).await?;
        let names = names(&state.store, &entries).await?;
        for entry in entries {
            ends.push((entry.at, entry.sequence));
            lines.push(of_entry(&state.store, entry, &names).await?);
        }
    }
    let next = (lines.len() > whole).then(|| ends.get(whole - 1)).flatten().map(|(at, seq)| format!("{}:{seq}", at.0));
    lines.truncate(whole);
    Ok(AuditPage { lines, next })
}

fn day(typed: &str, field: &'static str) -> Result<Option<NaiveDate>, ApiError> {
    match typed.trim() {
        "" => Ok(None),
        typed => typed.parse().map(Some).map_err(|_| malformed(field)),
    }
}

fn cursor(typed: &str) -> Result<Option<(Moment, i64)>, ApiError> {
    if typed.is_empty() {
        return Ok(None);
    }
    let parts = typed.split_once(':').and_then(|(at, seq)| Some((Moment(at.parse().ok()?), seq.parse().ok()?)));
    parts.map(Some).ok_or_else(|| malformed("before"))
}

/// Whom a name, a login or a badge means; `None` when nothing was typed.
async fn people(store: &Store, typed: &str) -> Result<Option<Vec<AccountId>>, StoreError> {
    if typed.is_empty() {
        return Ok(None);
    }
    let is_meant = |account: &case_store::Account| {
        account.login == typed.to_lowercase()
            || account.actor.badge.as_str() == typed
            || account.actor.name.as_str().contains(typed)
    };
    let all = store.list_accounts().await?;
    let meant = all.iter().filter(|account| is_meant(account)).map(|account| account.actor.account);
    Ok(Some(meant.take(NAMESAKES).collect()))
}

/// The names of the accounts that entries are about.
async fn names(store: &Store, entries: &[AuditEntry]) -> Result<BTreeMap<AccountId, String>, StoreError> {
    let ids: BTreeSet<AccountId> = entries.iter().filter_map(|entry| whom(&entry.deed)).collect();
    let ids: Vec<AccountId> = ids.into_iter().collect();
    let named = store.names(&ids).await?;
    Ok(named.into_iter().map(|one| (one.account, one.name.as_str().to_owned())).collect())
}

fn whom(deed: &Deed) -> Option<AccountId> {
    match deed {
        Deed::SignInFailed { account } => *account,
        Deed::AccountMade { account, .. }
        | Deed::PasswordSet { account }
        | Deed::AccountActive { account, .. }
        | Deed::AccountUnlocked { account }
        | Deed::DeviceRevoked { account, .. }
        | Deed::DeviceRestored { account, .. }
        | Deed::RecordKept { account, .. }
        | Deed::Recused { account, .. }
        | Deed::RecusalLifted { account, .. }
        | Deed::SealedKey { account, .. } => Some(*account),
        _ => None,
    }
}

async fn of_entry(
    store: &Store,
    entry: AuditEntry,
    names: &BTreeMap<AccountId, String>,
) -> Result<AuditLine, ApiError> {
    let matters: Vec<MatterId> = entry.deed.matters().into_iter().take(NAMED).collect();
    let mut what = words::deed(&entry.deed, &|id| names.get(&id).cloned().unwrap_or_else(|| id.to_string()));
    let mut device_at = None;
    if let (Deed::MattersMoved { matters: all }, [matter]) = (&entry.deed, matters.as_slice())
        && all.len() == 1
    {
        let (events, made_at) = store.steps_at(*matter, entry.at).await?;
        // A record of the field brings the phone's, a decision at a desk that of its own device.
        device_at = made_at.or(all.iter().find_map(|moved| moved.device_at));
        let steps: Vec<&str> = events.iter().filter_map(words::step).collect();
        if !steps.is_empty() {
            what = steps.join("、");
        }
    }
    let numbers = store.numbers_of(&matters).await?.into_iter().map(|(_, number)| number).collect();
    Ok(AuditLine {
        sequence: entry.sequence,
        at: entry.at,
        device_at,
        by: name(entry.name),
        why: words::why(&entry.deed),
        what,
        numbers,
    })
}

async fn of_record(store: &Store, entry: RecordEntry) -> Result<AuditLine, ApiError> {
    let matter: Vec<MatterId> = entry.matter.into_iter().collect();
    let numbers = store.numbers_of(&matter).await?.into_iter().map(|(_, number)| number).collect();
    Ok(AuditLine {
        sequence: entry.sequence,
        at: entry.at,
        device_at: Some(entry.made_at),
        by: name(entry.name),
        what: record::kind(entry.kind).to_owned(),
        why: None,
        numbers,
    })
}

fn name(name: Option<String>) -> Option<ShortText> {
    name.and_then(|name| ShortText::parse(&name).ok())
}

/// Looking through everything from the page: at most one at a time; what the last one found is remembered until
/// the server ends, and its figures for good in the audit chain.
#[derive(Clone, Debug, Default)]
pub struct Verifying(Arc<Mutex<Verification>>);

impl Verifying {
    fn get(&self) -> Verification {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether it was free, and is taken now.
    fn begin(&self) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        !std::mem::replace(&mut state.running, true)
    }

    fn end(&self, result: VerificationResult) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Verification { running: false, last: Some(result) };
    }
}

/// How it stands.
pub(crate) async fn standing(state: &AppState) -> Result<Verification, ApiError> {
    let now = state.verifying.get();
    if now.last.is_some() {
        return Ok(now);
    }
    let query = AuditQuery { kinds: vec!["verified"], limit: 1, ..AuditQuery::default() };
    let last = state.store.audit_page(&query).await?.pop().and_then(|entry| match entry.deed {
        Deed::Verified { entries, matters, receipts, faults } => Some(VerificationResult {
            at: entry.at,
            entries,
            matters,
            receipts,
            faults,
            lines: Vec::new(),
            failed: false,
        }),
        _ => None,
    });
    Ok(Verification { last, ..now })
}

/// Begins to look through everything, unless that is going on.
pub(crate) async fn begin(state: &AppState, trace: Trace) -> Result<Verification, ApiError> {
    if state.verifying.begin() {
        let state = state.clone();
        tokio::spawn(async move {
            let result = look(&state, trace).await;
            state.verifying.end(result);
        });
    }
    standing(state).await
}

async fn look(state: &AppState, trace: Trace) -> VerificationResult {
    let mut lines = Vec::new();
    let mut say = |line: String| {
        if lines.len() < REMEMBERED {
            lines.push(line);
        }
    };
    let found = verify::run_noted(&state.store, &state.settings.anchors_file(), Vec::new(), trace, &mut say).await;
    let at = state.now();
    match found {
        Ok(done) => VerificationResult {
            at,
            entries: done.audit,
            matters: done.matters,
            receipts: done.receipts,
            faults: done.faults,
            lines,
            failed: false,
        },
        Err(error) => {
            tracing::error!(%error, "not looked through to the end");
            VerificationResult { at, entries: 0, matters: 0, receipts: 0, faults: 0, lines, failed: true }
        }
    }
}
