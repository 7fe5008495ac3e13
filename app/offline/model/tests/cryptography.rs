//! What the model takes for granted of the real thing: a signature over a root holds for one list of
//! receipts only. Two different lists (of other records, of other content under the same ids, in
//! another order, longer or shorter) never have the same signed text.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::collections::HashSet;

use case_core::digest::Digest;
use case_core::id::RecordId;
use case_core::time::Moment;
use case_core::wire::receipt::{Receipt, root, signed_text};
use uuid::Uuid;

/// Three records, two contents of each.
fn leaves() -> Vec<Digest> {
    let receipt = |id: u128, content: &[u8]| Receipt {
        id: RecordId(Uuid::from_u128(id)),
        sequence: 1,
        received_at: Moment(1),
        digest: Digest::of_bytes(content),
        attachments: Vec::new(),
        flags: Vec::new(),
        raised: Vec::new(),
    };
    (0..3).flat_map(|id| [receipt(id, b"a"), receipt(id, b"b")]).map(|receipt| receipt.leaf()).collect()
}

/// All lists of these without repetition, in every order, the empty one included.
fn lists(of: &[Digest]) -> Vec<Vec<Digest>> {
    let mut all = vec![Vec::new()];
    for (at, leaf) in of.iter().enumerate() {
        let rest = [&of[..at], &of[at + 1..]].concat();
        all.extend(lists(&rest).into_iter().map(|tail| [vec![*leaf], tail].concat()));
    }
    all
}

#[test]
fn a_signature_holds_for_one_list_of_receipts_only() {
    let lists = lists(&leaves());
    assert_eq!(lists.len(), 1957);
    let signed: HashSet<Vec<u8>> = lists.iter().map(|list| signed_text(root(list))).collect();
    assert_eq!(signed.len(), lists.len());
}
