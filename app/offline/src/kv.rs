//! The disk under the store: named stores of keys and bytes, and one way to change them.
//!
//! [`Kv::apply`] is the only change: a list of writes that is carried out whole or not at all, and only
//! if everything that the writer has looked at is still as it was. So whoever changes something reads,
//! computes (and encrypts, which takes its time and must not happen inside a browser's transaction),
//! applies; and begins again when another tab was faster.

use case_core::id::AccountId;

use crate::store::StoreError;

/// Device, sequence, profile, and small values by name.
pub const META: &str = "meta";
/// Account, draft id: drafts.
pub const DRAFTS: &str = "drafts";
/// Account, sequence: records that wait.
pub const WAITING: &str = "waiting";
/// Account, sequence: confirmed records.
pub const CONFIRMED: &str = "confirmed";
/// Account, sequence: records that were set aside.
pub const ASIDE: &str = "aside";
/// Account, record id: its sequence, for every record ever committed.
pub const KNOWN: &str = "known";
/// Account, kind, id: items of the work area, as version 1 kept them.
pub const ITEMS: &str = "items";
/// Account, number: pages of the work area.
pub const SEGMENTS: &str = "segments";
/// Account, digest: encrypted files.
pub const FILES: &str = "files";
/// Account, digest: how a file stands.
pub const MARKS: &str = "marks";
/// Account, sequence: what became of sealed records while their official's part was locked.
pub const FOLDS: &str = "folds";

/// The stores of version 1.
pub const FIRST_STORES: [&str; 7] = [META, DRAFTS, WAITING, CONFIRMED, ASIDE, KNOWN, ITEMS];
/// Those that version 2 adds.
pub const SECOND_STORES: [&str; 4] = [SEGMENTS, FILES, MARKS, FOLDS];

/// A part of a [`Key`]. Numbers come before texts, as in a browser.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A number.
    Number(u64),
    /// A text.
    Text(String),
}

/// A key: one part (a name) or several, the first of them an account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub Vec<Part>);

impl Key {
    /// A name.
    #[must_use]
    pub fn name(name: &str) -> Self {
        Self(vec![Part::Text(name.to_owned())])
    }

    /// A name of something that an official has one of.
    #[must_use]
    pub fn of(name: &str, owner: AccountId) -> Self {
        Self(vec![Part::Text([name, " ", &owner.to_string()].concat())])
    }

    /// Something of an official by number.
    #[must_use]
    pub fn number(owner: AccountId, number: u64) -> Self {
        Self(vec![Part::Text(owner.to_string()), Part::Number(number)])
    }

    /// Something of an official by name.
    #[must_use]
    pub fn text(owner: AccountId, text: String) -> Self {
        Self(vec![Part::Text(owner.to_string()), Part::Text(text)])
    }

    /// The number at its end.
    #[must_use]
    pub fn last_number(&self) -> Option<u64> {
        match self.0.last() {
            Some(Part::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// The text at its end.
    #[must_use]
    pub fn last_text(&self) -> Option<&str> {
        match self.0.last() {
            Some(Part::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The official at its beginning.
    #[must_use]
    pub fn owner(&self) -> Option<AccountId> {
        match self.0.first() {
            Some(Part::Text(text)) => text.parse().ok(),
            _ => None,
        }
    }

    /// What a value is bound to when it is encrypted: its place.
    #[must_use]
    pub fn bound(&self, store: &str) -> Vec<u8> {
        let mut text = store.to_owned();
        for part in &self.0 {
            text.push('/');
            match part {
                Part::Number(number) => text.push_str(&number.to_string()),
                Part::Text(part) => text.push_str(part),
            }
        }
        text.into_bytes()
    }
}

/// Which keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Those of one official, or everybody's.
    pub owner: Option<AccountId>,
    /// Only numbers above this one (with an owner).
    pub above: Option<u64>,
    /// At most so many.
    pub limit: Option<u32>,
}

impl Range {
    /// Everything of an official.
    #[must_use]
    pub fn of(owner: AccountId) -> Self {
        Self { owner: Some(owner), above: None, limit: None }
    }

    /// Everybody's.
    #[must_use]
    pub fn all() -> Self {
        Self { owner: None, above: None, limit: None }
    }

    /// Whether it holds a key (without regard to the limit).
    #[must_use]
    pub fn holds(&self, key: &Key) -> bool {
        self.owner.is_none_or(|owner| key.0.len() > 1 && key.owner() == Some(owner))
            && self.above.is_none_or(|above| key.0.get(1) > Some(&Part::Number(above)))
    }
}

/// A key and its value.
pub type Pair = (Key, Vec<u8>);

/// What must still be so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The store.
    pub store: &'static str,
    /// The key.
    pub key: Key,
    /// The value that was read there.
    pub value: Option<Vec<u8>>,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// Writes a value.
    Put(&'static str, Key, Vec<u8>),
    /// Removes a value.
    Delete(&'static str, Key),
    /// Removes everything of an official.
    Clear(&'static str, AccountId),
}

impl Op {
    /// The store that it changes.
    #[must_use]
    pub fn store(&self) -> &'static str {
        match self {
            Self::Put(store, ..) | Self::Delete(store, _) | Self::Clear(store, _) => store,
        }
    }
}

/// A disk.
#[expect(async_fn_in_trait, reason = "one thread in a browser; no future here is ever sent elsewhere")]
pub trait Kv {
    /// The values at some keys, as of one moment.
    async fn get(&self, asks: &[(&'static str, Key)]) -> Result<Vec<Option<Vec<u8>>>, StoreError>;
    /// The values of a range, in the order of their keys.
    async fn range(&self, store: &'static str, range: Range) -> Result<Vec<Pair>, StoreError>;
    /// The keys of a range.
    async fn keys(&self, store: &'static str, range: Range) -> Result<Vec<Key>, StoreError>;
    /// How many values each range has (without regard to its limit), as of one moment.
    async fn counts(&self, asks: &[(&'static str, Range)]) -> Result<Vec<u32>, StoreError>;
    /// How many values a range has.
    async fn count(&self, store: &'static str, range: Range) -> Result<u32, StoreError> {
        Ok(self.counts(&[(store, range)]).await?.pop().unwrap_or(0))
    }
    /// Carries out the changes in one transaction that is on disk when this resolves, if every check
    /// still holds; else changes nothing and answers false.
    async fn apply(&self, checks: &[Check], ops: &[Op]) -> Result<bool, StoreError>;
}
