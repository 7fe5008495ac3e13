//! The officers' keys.
//!
//! Each officer has a key of the own, under a passphrase of the own. The first is made from the command line; for
//! every further one an officer who is there gives the passphrase as well, for the reports that are there must
//! be opened to be sealed for the new officer too, except those of which the new one may not know. A forgotten
//! passphrase cannot be brought back by anybody: another officer reads on, which is why there should be two.

use case_core::actor::{Actor, Role};
use case_core::id::AccountId;
use case_core::sealed::{Accused, MIN_PASSPHRASE, SealedBody, SealedRefusal};
use case_core::time::Moment;
use case_core::wire::problem::Problem;
use case_core::wire::sealed::Passphrase;
use case_store::{Account, SealedOfficer, Store, StoreError};
use p256::SecretKey;
use tokio::sync::Mutex;

use super::{INFO, everybody, internal, party, unseal};
use crate::error::ApiError;
use crate::state::AppState;
use crate::{envelope, keyring, limits};

/// Wrong passphrases in a quarter of an hour.
const TRIES: u32 = 5;
/// Tries follow one another: a thousand sent at once would all find the door open.
static TURN: Mutex<()> = Mutex::const_new(());

/// Why a key was not made or not changed, on the command line.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// No such account, or it is not active.
    #[error("no active account has the login {0}")]
    NoAccount(String),
    /// Only officers of the channel have keys.
    #[error("the account has another role than sealed_officer")]
    OtherRole,
    /// The channel is open: further officers come in by one who is there.
    #[error("the channel is open already; `sealed-channel add` makes further officers")]
    AlreadyOpen,
    /// The account has a key.
    #[error("this account has a key already")]
    HasKey,
    /// The account has no key.
    #[error("this account has no key")]
    NoKey,
    /// The passphrase does not open the key.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// Too easily guessed.
    #[error("a passphrase has at least {MIN_PASSPHRASE} characters")]
    WeakPassphrase,
    /// A report came in meanwhile.
    #[error("something came in meanwhile; nothing was changed, please try again")]
    TryAgain,
    /// What is stored does not open with its own key.
    #[error("a report does not open: the database was altered")]
    Altered,
    /// A primitive refused.
    #[error("the key could not be made")]
    Key,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

async fn account(store: &Store, login: &str) -> Result<Account, KeyError> {
    let login = login.trim().to_lowercase();
    match store.account_by_login(&login).await?.filter(|account| account.active) {
        Some(account) if account.actor.role == Role::SealedOfficer => Ok(account),
        Some(_) => Err(KeyError::OtherRole),
        None => Err(KeyError::NoAccount(login)),
    }
}

fn strong(passphrase: &str) -> bool {
    passphrase.trim().chars().count() >= MIN_PASSPHRASE
}

fn new_officer(account: AccountId, passphrase: &str) -> Result<SealedOfficer, KeyError> {
    if !strong(passphrase) {
        return Err(KeyError::WeakPassphrase);
    }
    let key = envelope::new_key();
    let wrapped = keyring::wrap(&key, passphrase, account).ok_or(KeyError::Key)?;
    Ok(SealedOfficer { account, public: envelope::point(&key), wrapped })
}

/// Opens the channel with its first officer.
///
/// # Errors
/// [`KeyError`].
pub async fn init(store: &Store, login: &str, passphrase: &str, now: Moment) -> Result<AccountId, KeyError> {
    let first = account(store, login).await?.actor.account;
    if !store.sealed_officers().await?.is_empty() {
        return Err(KeyError::AlreadyOpen);
    }
    let lines = store.sealed_lines().await?;
    let officer = new_officer(first, passphrase)?;
    if store.add_sealed_officer(&officer, None, Vec::new(), lines, now).await? {
        Ok(first)
    } else {
        Err(KeyError::HasKey)
    }
}

/// Makes a further officer; `by` is one who is there, with the passphrase of that one. Reports of which the new
/// one may not know stay closed to the new one. How many were opened.
///
/// # Errors
/// [`KeyError`].
pub async fn add(
    store: &Store,
    login: &str,
    passphrase: &str,
    by: (&str, &str),
    now: Moment,
) -> Result<usize, KeyError> {
    let new = account(store, login).await?;
    let there = account(store, by.0).await?.actor.account;
    let held = store.sealed_officer(there).await?.ok_or(KeyError::NoKey)?;
    let key = keyring::unwrap(&held.wrapped, by.1, there).ok_or(KeyError::WrongPassphrase)?;
    let lines = store.sealed_lines().await?;
    let officer = new_officer(new.actor.account, passphrase)?;
    let (tree, everybody) = (store.unit_tree().await?, everybody(store).await?);
    let (mut copies, mut opened) = (Vec::new(), 0);
    for row in store.sealed_reports(there).await? {
        let file = store.sealed_file(row.id, there).await?.ok_or(KeyError::TryAgain)?;
        let read: Option<Vec<_>> = file.notes.iter().map(|note| Some((note.sequence, unseal(&key, note)?))).collect();
        let read = read.ok_or(KeyError::Altered)?;
        let Some((_, (_, SealedBody::Register { content }))) = read.first() else { return Err(KeyError::Altered) };
        if Accused::of(content, &everybody).may_know(party(&new), &tree).is_err() {
            continue;
        }
        for (sequence, (plain, _)) in &read {
            let copy = envelope::seal(&officer.public, INFO, plain).ok_or(KeyError::Key)?;
            copies.push((row.id, *sequence, copy));
        }
        opened += 1;
    }
    if store.sealed_officer(officer.account).await?.is_some() {
        return Err(KeyError::HasKey);
    }
    if store.add_sealed_officer(&officer, Some(there), copies, lines, now).await? {
        Ok(opened)
    } else {
        Err(KeyError::TryAgain)
    }
}

/// Puts an officer's key under another passphrase.
///
/// # Errors
/// [`KeyError`].
pub async fn change_passphrase(
    store: &Store,
    officer: AccountId,
    old: &str,
    new: &str,
    now: Moment,
) -> Result<(), KeyError> {
    if !strong(new) {
        return Err(KeyError::WeakPassphrase);
    }
    let held = store.sealed_officer(officer).await?.ok_or(KeyError::NoKey)?;
    let key = keyring::unwrap(&held.wrapped, old, officer).ok_or(KeyError::WrongPassphrase)?;
    let wrapped = keyring::wrap(&key, new, officer).ok_or(KeyError::Key)?;
    if store.rewrap_sealed_officer(&held, &wrapped, now).await? { Ok(()) } else { Err(KeyError::TryAgain) }
}

/// The same, asked for by the officer over HTTP.
pub(crate) async fn change_own(
    state: &AppState,
    actor: &Actor,
    old: Passphrase,
    new: Passphrase,
) -> Result<(), ApiError> {
    if !strong(&new.0) {
        return Err(SealedRefusal::WeakPassphrase.into());
    }
    let held = held(state, actor).await?;
    let key = unlock(state, actor, old).await?;
    let account = actor.account;
    let wrapped = state.heavy.run("wrapping", move || keyring::wrap(&key, &new.0, account)).await?;
    let wrapped = wrapped.ok_or_else(|| internal("wrapping"))?;
    if state.store.rewrap_sealed_officer(&held, &wrapped, state.now()).await? {
        Ok(())
    } else {
        Err(SealedRefusal::Stale.into())
    }
}

/// The key of an officer of the channel, wrapped. An account that was given another role has lost the use of it.
///
/// # Errors
/// [`Problem::Forbidden`].
pub(super) async fn held(state: &AppState, actor: &Actor) -> Result<SealedOfficer, ApiError> {
    if actor.role != Role::SealedOfficer {
        return Err(Problem::Forbidden.into());
    }
    Ok(state.store.sealed_officer(actor.account).await?.ok_or(Problem::Forbidden)?)
}

/// The officer's key, for this one request.
///
/// # Errors
/// [`Problem::Forbidden`] for somebody without a key; [`SealedRefusal::WrongPassphrase`];
/// [`Problem::TooMany`] for whoever guesses.
pub(super) async fn unlock(state: &AppState, actor: &Actor, passphrase: Passphrase) -> Result<SecretKey, ApiError> {
    let officer = held(state, actor).await?;
    let _turn = TURN.lock().await;
    let guess = state.secrets.limiter_key("sealed-passphrase", &actor.account.to_string());
    limits::check(state, &[(guess.clone(), TRIES)]).await?;
    let account = actor.account;
    match state.heavy.run("unwrapping", move || keyring::unwrap(&officer.wrapped, &passphrase.0, account)).await? {
        Some(key) => {
            state.store.clear_failures(&[guess]).await?;
            Ok(key)
        }
        None => {
            state.store.record_failure(&[guess], state.now()).await?;
            Err(SealedRefusal::WrongPassphrase.into())
        }
    }
}
