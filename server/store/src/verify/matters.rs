//! The journals of matters, and the records of the field.

use case_core::digest::Digest;
use case_core::id::MatterId;

use super::walk::{Walk, audit_chain};
use super::{Fault, PAGE, Verified};
use crate::db::{Conn, args};
use crate::error::Result;
use crate::journal::inspect;
use crate::receipts::{ReceiptRow, select_receipt};
use crate::told::Told;

pub(super) async fn journals(
    conn: &mut Conn,
    walk: &mut Walk<'_>,
    mut told: Told,
    done: &mut Verified,
    tell: &mut (dyn FnMut(Fault) + Send),
) -> Result<()> {
    let mut known = std::mem::take(&mut told.journals);
    let mut grown: Vec<(MatterId, u32)> = Vec::new();
    let mut after = String::new();
    loop {
        let rows =
            conn.all("SELECT id FROM matter WHERE id > $1 ORDER BY id LIMIT $2", args![after.as_str(), PAGE]).await?;
        let Some(end) = rows.last() else { break };
        after = end.text(0)?;
        for row in &rows {
            let matter = row.parsed(0, "a matter's id")?;
            let end = known.remove(&matter);
            let Some(found) = inspect(conn, matter, end).await? else { continue };
            done.matters += 1;
            done.entries += u64::from(found.length);
            let end = end.map_or(0, |(length, _)| length);
            if found.length > end {
                grown.push((matter, end));
            }
            for what in found.faults {
                tell(Fault::Journal { number: found.number.clone(), what });
            }
        }
    }
    for matter in known.into_keys() {
        tell(Fault::MatterMissing { matter });
    }
    // What has come since the audit chain was read says more of journals.
    if !grown.is_empty() {
        done.audit += audit_chain(conn, walk, &mut told, tell).await?;
    }
    for (matter, end) in grown {
        let now = told.journals.remove(&matter);
        let Some(found) = inspect(conn, matter, now).await? else { continue };
        let end = now.map_or(end, |(length, _)| length);
        // One that has grown once more since is looked at the next time; one that nobody told of is found.
        if found.length > end && now.is_none() {
            tell(Fault::Unknown { number: found.number, seq: end + 1 });
        }
    }
    Ok(())
}

pub(super) async fn records(conn: &mut Conn, walk: &mut Walk<'_>, tell: &mut (dyn FnMut(Fault) + Send)) -> Result<u64> {
    let mut count = 0;
    loop {
        let sql = select_receipt!(", r.body", "WHERE p.seq > $1 ORDER BY p.seq LIMIT $2");
        let rows = conn.all(sql, args![walk.at, PAGE]).await?;
        if rows.is_empty() {
            return Ok(count);
        }
        for row in &rows {
            let (seq, record) = (row.int(0)?, row.text(1)?);
            let receipt = ReceiptRow::read(row)?;
            let right = receipt.as_ref().map(|receipt| receipt.link(walk.last.as_ref())).transpose()?;
            walk.step(seq, &row.text(5)?, right, tell);
            count += 1;
            match receipt {
                None => tell(Fault::RecordMissing { seq, record }),
                Some(receipt) if Digest::of_bytes(row.text(14)?.as_bytes()).hex() != receipt.digest => {
                    tell(Fault::RecordAltered { seq, record });
                }
                Some(_) => {}
            }
        }
    }
}
