//! 检举控告: sealing what is reported, opening it for an officer of the channel, handing it over.
//!
//! ```text
//! keys      the officers' keys: made, shared, put under another passphrase, unlocked for one request
//! register  a report comes in: who may know of it is decided here, and sealed into it
//! work      list, open, hand over, close
//! ```
//! Against what this protects: whoever has the database, a backup of it, or both and the secret file, reads
//! number, day and stage of a report, and nothing of what it says; nor does any official without a key,
//! administrators among them, nor an officer of the channel who is accused. Against what it does not: the
//! server sees a report while it is typed in and while an officer reads it. Somebody who has taken the
//! running server over sees what passes through it from then on, passphrases too.
//!
//! A line's words are JSON beside 32 random bytes ([`Words`]). The digest over both stands in plain in the
//! chained journal: an envelope with other words, or from another line, does not fit it, and without the
//! random bytes nobody can try out which words would.

mod keys;
mod register;
mod work;

pub(crate) use keys::change_own;
pub use keys::{KeyError, add, change_passphrase, init};
pub(crate) use register::register;
pub(crate) use work::{close, hand_over, list, open};

use case_core::digest::Digest;
use case_core::id::AccountId;
use case_core::sealed::{Party, SealedBody, SealedRefusal, SealedStep};
use case_core::text::ShortText;
use case_core::wire::bytes::Bytes;
use case_core::wire::problem::Problem;
use case_store::{Account, SealedCopy, SealedEntry, SealedNote, Store, StoreError};
use p256::SecretKey;
use serde::{Deserialize, Serialize};

use crate::envelope;
use crate::error::ApiError;

/// Keeps these envelopes apart from those of phones.
const INFO: &[u8] = b"huiyin report 1";

/// What an envelope holds. No `Debug`.
#[derive(Serialize, Deserialize)]
struct Words {
    /// 32 random bytes.
    blind: Bytes,
    /// The JSON of a [`SealedBody`], as it was written.
    body: String,
}

impl Words {
    fn digest(&self) -> Digest {
        Digest::of_bytes(&[self.blind.0.as_slice(), self.body.as_bytes()].concat())
    }
}

impl From<SealedRefusal> for ApiError {
    fn from(why: SealedRefusal) -> Self {
        Self::Problem(Problem::Sealed { why })
    }
}

fn internal(what: &str) -> ApiError {
    ApiError::Internal(format!("sealed report: {what}"))
}

/// Seals the words of a line for all who may know of the report.
fn seal(step: SealedStep, body: &SealedBody, readers: &[(AccountId, Vec<u8>)]) -> Result<SealedEntry, ApiError> {
    let body = serde_json::to_string(body).map_err(|_| internal("words"))?;
    let words = Words { blind: Bytes(rand::random::<[u8; 32]>().to_vec()), body };
    let plain = serde_json::to_vec(&words).map_err(|_| internal("words"))?;
    let copies = readers
        .iter()
        .map(|(account, public)| {
            let envelope = envelope::seal(public, INFO, &plain).ok_or_else(|| internal("a public key"))?;
            Ok(SealedCopy { account: *account, envelope })
        })
        .collect::<Result<_, ApiError>>()?;
    Ok(SealedEntry { step, sealed: words.digest(), copies })
}

/// The bytes in an officer's copy, and what they say. `None`: not this key's, or not this line's.
fn unseal(key: &SecretKey, note: &SealedNote) -> Option<(Vec<u8>, SealedBody)> {
    let plain = envelope::open(key, INFO, &note.envelope)?;
    let words: Words = serde_json::from_slice(&plain).ok()?;
    if words.digest() != note.sealed {
        return None;
    }
    let body = serde_json::from_str(&words.body).ok()?;
    Some((plain, body))
}

fn party(account: &Account) -> Party {
    Party { account: account.actor.account, unit: account.actor.unit }
}

/// Everybody with an account: whoever of them is accused is known by it.
async fn everybody(store: &Store) -> Result<Vec<(Party, ShortText)>, StoreError> {
    Ok(store.list_accounts().await?.into_iter().map(|account| (party(&account), account.actor.name)).collect())
}

#[cfg(test)]
mod tests {
    use case_core::text::{Paragraph, ShortText};
    use case_core::time::Moment;

    use super::*;
    use crate::envelope::{new_key, point};

    #[test]
    fn an_envelope_that_belongs_elsewhere_does_not_open_here() {
        let (me, key, other) = (AccountId(uuid::Uuid::from_u128(1)), new_key(), new_key());
        let body = |text: &str| SealedBody::Close { note: Paragraph::parse(text).unwrap() };
        let line = |text: &str| {
            let entry = seal(SealedStep::Close, &body(text), &[(me, point(&key))]).unwrap();
            SealedNote {
                sequence: 1,
                at: Moment(0),
                by: ShortText::parse("甲").unwrap(),
                step: entry.step,
                sealed: entry.sealed,
                envelope: entry.copies[0].envelope.clone(),
            }
        };
        let (first, second) = (line("一"), line("二"));
        assert_eq!(unseal(&key, &first).map(|(_, words)| words), Some(body("一")));
        assert!(unseal(&other, &first).is_none(), "another's key");
        let swapped = SealedNote { envelope: second.envelope.clone(), ..first };
        assert!(unseal(&key, &swapped).is_none(), "another line's words");
        // The same words twice have nothing in common that could be compared.
        let again = line("二");
        assert!(again.sealed != second.sealed && again.envelope != second.envelope);
    }
}
