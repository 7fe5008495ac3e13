//! 回执: the server's signed proof that it has a record.
//!
//! Many receipts are signed at once: they are the leaves of a Merkle tree (RFC 6962, section 2.1), and
//! the signature is over its root. So a push of five hundred records costs one signature on the wire
//! and one verification on an old phone, and still every receipt is a proof of its own: the phone
//! keeps it with the hashes along its way to the root.
//!
//! The phone makes the receipts itself, out of its own ids and digests and what the answer adds; so
//! a signature that verifies says that the server holds, byte for byte, what the phone holds.

use serde::{Deserialize, Serialize};

use super::bytes::Bytes;
use super::sync::{Raised, Stored};
use crate::digest::Digest;
use crate::field::{Flag, Record};
use crate::id::RecordId;
use crate::time::Moment;

/// 回执.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The record.
    pub id: RecordId,
    /// Its place in the order in which the server took records in.
    pub sequence: i64,
    /// The server's clock when it was taken in.
    pub received_at: Moment,
    /// [`Record::digest`] of what was stored.
    pub digest: Digest,
    /// The digest of each of its files.
    #[serde(default)]
    pub attachments: Vec<Digest>,
    /// What does not fit; the supervisor sees it.
    #[serde(default)]
    pub flags: Vec<Flag>,
    /// Matters that it raised.
    #[serde(default)]
    pub raised: Vec<Raised>,
}

/// What makes a [`Receipt`] a proof: how it hangs together with a signature of the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Its place among the receipts of one answer.
    pub place: u32,
    /// How many receipts that answer had.
    pub of: u32,
    /// The neighbours' hashes on the way to the root, nearest first.
    pub path: Vec<Digest>,
    /// The signature of the root: P-256, r and s (64 bytes).
    pub signature: Bytes,
}

impl Receipt {
    /// The receipt for a record: its own id, digest and files, and what the server adds.
    #[must_use]
    pub fn new(record: &Record, digest: Digest, stored: &Stored) -> Self {
        Self {
            id: record.id,
            sequence: stored.sequence,
            received_at: stored.received_at,
            digest,
            attachments: record.payload.attachments().iter().map(|file| file.digest).collect(),
            flags: stored.flags.clone(),
            raised: stored.raised.clone(),
        }
    }

    /// Its leaf in the tree. Query codes are left out: a proof can be shown to anybody.
    #[must_use]
    pub fn leaf(&self) -> Digest {
        let raised = self.raised.iter().map(|one| Raised { query_code: None, ..one.clone() }).collect();
        let body = crate::json::write(&Self { raised, ..self.clone() }).unwrap_or_default();
        Digest::of_bytes(&[&[0], body.as_bytes()].concat())
    }
}

/// The leaf of a record that is kept as it is ([`super::sync::Outcome::Kept`]). Never that of a receipt, which
/// begins with a brace.
#[must_use]
pub fn kept_leaf(id: RecordId, digest: Digest) -> Digest {
    Digest::of_bytes(["\0kept ", &id.to_string(), " ", &digest.hex()].concat().as_bytes())
}

fn node(left: Digest, right: Digest) -> Digest {
    let mut bytes = [1_u8; 65];
    bytes[1..33].copy_from_slice(&left.bytes());
    bytes[33..].copy_from_slice(&right.bytes());
    Digest::of_bytes(&bytes)
}

/// The largest power of two below `n`, for `n` above 1.
fn split(n: usize) -> usize {
    n.next_power_of_two() / 2
}

/// The root of the tree; of no leaves, the hash of nothing.
#[must_use]
pub fn root(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => Digest::of_bytes(&[]),
        [only] => *only,
        many => {
            let (left, right) = many.split_at(split(many.len()));
            node(root(left), root(right))
        }
    }
}

/// The neighbours of the leaf at `place` on its way to the root, nearest first.
#[must_use]
pub fn path(leaves: &[Digest], place: usize) -> Vec<Digest> {
    if leaves.len() < 2 || place >= leaves.len() {
        return Vec::new();
    }
    let at = split(leaves.len());
    let (left, right) = leaves.split_at(at);
    let (mut way, neighbour) =
        if place < at { (path(left, place), root(right)) } else { (path(right, place - at), root(left)) };
    way.push(neighbour);
    way
}

/// The root that a leaf, its place and its path lead to; `None` when they do not fit together.
#[must_use]
pub fn root_of(leaf: Digest, proof: &Proof) -> Option<Digest> {
    fn climb(leaf: Digest, place: usize, of: usize, path: &[Digest]) -> Option<Digest> {
        if of < 2 {
            return (place == 0 && path.is_empty()).then_some(leaf);
        }
        let (neighbour, below) = path.split_last()?;
        let at = split(of);
        if place < at {
            Some(node(climb(leaf, place, at, below)?, *neighbour))
        } else {
            Some(node(*neighbour, climb(leaf, place - at, of - at, below)?))
        }
    }
    climb(leaf, usize::try_from(proof.place).ok()?, usize::try_from(proof.of).ok()?, &proof.path)
}

/// What the server signs (ECDSA over P-256 with SHA-256) for a root.
#[must_use]
pub fn signed_text(root: Digest) -> Vec<u8> {
    [b"huiyin receipts 1".as_slice(), &root.bytes()].concat()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn every_leaf_leads_to_the_root_and_no_other_does() {
        for count in 1..40_usize {
            let leaves: Vec<Digest> = (0..count).map(|n| Digest::of(&n)).collect();
            let top = root(&leaves);
            for (place, leaf) in leaves.iter().enumerate() {
                let proof = Proof {
                    place: u32::try_from(place).unwrap(),
                    of: u32::try_from(count).unwrap(),
                    path: path(&leaves, place),
                    signature: Bytes::default(),
                };
                assert_eq!(root_of(*leaf, &proof), Some(top));
                assert_ne!(root_of(Digest::of(&"other"), &proof), Some(top));
                let short = Proof { path: proof.path.iter().skip(1).copied().collect(), ..proof.clone() };
                assert!(count == 1 || root_of(*leaf, &short) != Some(top));
                let long = Proof { path: [proof.path.clone(), vec![top]].concat(), ..proof };
                assert_ne!(root_of(*leaf, &long), Some(top));
            }
        }
    }

    #[test]
    fn the_tree_is_that_of_rfc_6962() {
        let d: Vec<Digest> = (0..3).map(|n| Digest::of(&n)).collect();
        assert_eq!(root(&d), node(node(d[0], d[1]), d[2]));
        assert_eq!(root(&[]).hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
