//! How values are written. The first byte tells: 2 is a ciphertext, 3 a ciphertext behind a plain head;
//! anything else is plain JSON, of version 1 or because there is nothing to hide.

use case_core::digest::Digest;
use case_core::field::Record;
use case_core::id::RecordId;
use case_core::json;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::store::StoreError;

/// First byte of a ciphertext.
pub const SEALED: u8 = 2;
/// First byte of a ciphertext behind a plain head.
pub const HEADED: u8 = 3;

pub fn write(value: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    json::write(value).map(String::into_bytes).map_err(|error| StoreError::Failed(error.to_string()))
}

pub fn read<A: DeserializeOwned>(json: &[u8]) -> Result<A, StoreError> {
    let json = std::str::from_utf8(json).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    json::read(json).map_err(|error| StoreError::Unreadable(error.to_string()))
}

pub fn read_some<A: DeserializeOwned>(json: Option<&[u8]>) -> Result<Option<A>, StoreError> {
    json.map(read).transpose()
}

/// What stands in the clear before a kept record: enough to send it and to compare it, and no word of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub id: RecordId,
    pub digest: Digest,
    /// The digests of its files before encryption.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plain: Vec<Digest>,
    /// Its files by the name of the upload.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Digest>,
}

impl Head {
    pub fn of(record: &Record) -> Self {
        let files = record.payload.attachments();
        Self {
            id: record.id,
            digest: record.digest(),
            plain: files.iter().map(|file| file.digest).collect(),
            files: files.iter().map(|file| file.sealed).collect(),
        }
    }
}

/// A kept record: its head, its envelope, its ciphertext.
pub struct Parts<'a> {
    pub head: Head,
    /// The head as it is written: the ciphertext is bound to it.
    pub head_json: &'a [u8],
    pub blob: &'a [u8],
    pub cipher: &'a [u8],
}

/// Puts them together.
pub fn join(head_json: &[u8], blob: &[u8], cipher: &[u8]) -> Vec<u8> {
    let size = |part: &[u8]| u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes();
    [&[HEADED][..], &size(head_json), &size(blob), head_json, blob, cipher].concat()
}

/// Takes them apart; `None`: a record of version 1, in plain JSON.
pub fn split(value: &[u8]) -> Result<Option<Parts<'_>>, StoreError> {
    let Some(rest) = value.strip_prefix(&[HEADED]) else { return Ok(None) };
    let parts = || {
        let (head, rest) = rest.split_first_chunk()?;
        let (blob, rest) = rest.split_first_chunk()?;
        let (head, rest) = rest.split_at_checked(u32::from_le_bytes(*head) as usize)?;
        let (blob, cipher) = rest.split_at_checked(u32::from_le_bytes(*blob) as usize)?;
        Some((head, blob, cipher))
    };
    let (head_json, blob, cipher) = parts().ok_or_else(|| StoreError::Unreadable("a kept record".to_owned()))?;
    Ok(Some(Parts { head: read(head_json)?, head_json, blob, cipher }))
}
