//! Going along a chain, and what the audit chain says on the way.

use std::collections::{BTreeMap, BTreeSet};

use case_core::audit::Deed;
use case_core::digest::Digest;
use case_core::id::MatterId;

use super::{Anchor, Chain, Fault, PAGE};
use crate::audit;
use crate::db::{Conn, args, from_json};
use crate::error::Result;
use crate::told::Told;

/// Going along a chain.
pub(super) struct Walk<'a> {
    chain: Chain,
    pub(super) at: i64,
    pub(super) last: Option<Digest>,
    anchors: Vec<&'a Anchor>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(chain: Chain, anchors: &'a [Anchor]) -> Self {
        Self { chain, at: 0, last: None, anchors: anchors.iter().filter(|anchor| anchor.chain == chain).collect() }
    }

    /// The next entry that is there, with the hash that stands in it. The hash that it should have follows
    /// from the one before; `None`: it cannot be computed.
    pub(super) fn step(&mut self, seq: i64, stored: &str, right: Option<Digest>, tell: &mut (dyn FnMut(Fault) + Send)) {
        let gap = seq != self.at + 1;
        if gap {
            tell(Fault::Missing { chain: self.chain, from: self.at + 1, to: seq - 1 });
        } else if right.is_some_and(|right| right.hex() != stored) {
            tell(Fault::Altered { chain: self.chain, seq });
        }
        self.anchors.retain(|anchor| match anchor.length == seq {
            true if !anchor.fits(stored) => {
                tell(Fault::Anchor((*anchor).clone()));
                false
            }
            met => !met,
        });
        self.at = seq;
        self.last = Digest::from_hex(stored).or(right);
    }

    /// The end, with what was counted before the walk and after it.
    pub(super) fn end(&mut self, before: i64, after: i64, tell: &mut (dyn FnMut(Fault) + Send)) {
        if self.at < before {
            tell(Fault::Missing { chain: self.chain, from: self.at + 1, to: before });
        } else if self.at > after {
            tell(Fault::Beyond { chain: self.chain, seq: after + 1 });
        }
        for anchor in self.anchors.drain(..) {
            tell(Fault::Anchor(anchor.clone()));
        }
    }
}

/// From where the walk stands to the end; what it says of journals is kept. How many entries.
pub(super) async fn audit_chain(
    conn: &mut Conn,
    walk: &mut Walk<'_>,
    told: &mut Told,
    tell: &mut (dyn FnMut(Fault) + Send),
) -> Result<u64> {
    let mut count = 0;
    loop {
        let sql = "SELECT seq, at, by_account, deed, hash, kind FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2";
        let rows = conn.all(sql, args![walk.at, PAGE]).await?;
        let Some(last) = rows.last() else { return Ok(count) };
        let mut listed = listed(conn, walk.at, last.int(0)?).await?;
        for row in &rows {
            let (seq, deed) = (row.int(0)?, row.text(3)?);
            let right = audit::hash(walk.last.as_ref(), seq, row.int(1)?, row.text_opt(2)?.as_deref(), &deed);
            walk.step(seq, &row.text(4)?, Some(right), tell);
            count += 1;
            match from_json::<Deed>(&deed, "a deed") {
                Ok(deed) => {
                    let found = listed.remove(&seq).unwrap_or_default();
                    if row.text(5)? != deed.code() || found != audit::listed(&deed) {
                        tell(Fault::Listed { seq });
                    }
                    told.hear(deed);
                }
                // Altered so that it cannot be read: said already, unless the hash was redone.
                Err(_) if right.hex() == row.text(4)? => tell(Fault::Altered { chain: Chain::Audit, seq }),
                Err(_) => {}
            }
        }
    }
}

/// By which matters entries are found.
pub(super) async fn listed(conn: &mut Conn, after: i64, last: i64) -> Result<BTreeMap<i64, BTreeSet<MatterId>>> {
    let sql = "SELECT seq, matter FROM audit_matter WHERE seq > $1 AND seq <= $2";
    let mut listed: BTreeMap<i64, BTreeSet<MatterId>> = BTreeMap::new();
    for row in conn.all(sql, args![after, last]).await? {
        listed.entry(row.int(0)?).or_default().insert(row.parsed(1, "a matter's id")?);
    }
    Ok(listed)
}
