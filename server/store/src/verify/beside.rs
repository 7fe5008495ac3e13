//! The journals of the sealed channel, and documents: against what the audit chain says of them.

use super::walk::{Walk, audit_chain};
use super::{Fault, Verified};
use crate::db::Conn;
use crate::documents::{self, SpoiltDocument};
use crate::error::Result;
use crate::sealed_chain::{SealedInspection, inspect_keys, inspect_reports};
use crate::told::Told;
use crate::views::JournalCheck;

/// The journals of the sealed channel. What the audit chain never told of is of an earlier schema, and answers
/// for itself only.
pub(super) async fn sealed_channel(
    conn: &mut Conn,
    walk: &mut Walk<'_>,
    told: &mut Told,
    done: &mut Verified,
    tell: &mut (dyn FnMut(Fault) + Send),
) -> Result<()> {
    let keys = inspect_keys(conn, told.keys).await?;
    let mut found = inspect_reports(conn, &told.sealed).await?;
    let grown = |one: &SealedInspection, told: &Told| told.sealed.get(&one.id).is_some_and(|(at, _)| one.length > *at);
    if found.iter().any(|one| grown(one, told)) {
        // Read since, or put in: the chain has been told of it by now, or never will be.
        done.audit += audit_chain(conn, walk, told, tell).await?;
        found = inspect_reports(conn, &told.sealed).await?;
    }
    for one in &mut found {
        if one.check == JournalCheck::Intact && grown(one, told) {
            let first = told.sealed.get(&one.id).map_or(1, |(at, _)| at + 1);
            one.check = JournalCheck::BrokenAt(first);
        }
        told.sealed.remove(&one.id);
    }
    done.sealed = u64::try_from(found.len()).unwrap_or(u64::MAX);
    for SealedInspection { number, check, .. } in found {
        if check != JournalCheck::Intact {
            tell(Fault::Sealed { number, what: check });
        }
    }
    for report in std::mem::take(&mut told.sealed).into_keys() {
        tell(Fault::SealedMissing { report });
    }
    if let Some(line) = keys {
        tell(Fault::SealedKeys { line });
    }
    Ok(())
}

pub(super) async fn documents_there(
    conn: &mut Conn,
    told: &mut Told,
    done: &mut Verified,
    tell: &mut (dyn FnMut(Fault) + Send),
) -> Result<()> {
    let mut spoilt = Vec::new();
    done.documents = documents::inspect(conn, &mut told.documents, &mut |one| spoilt.push(one)).await?;
    for SpoiltDocument { number, version } in spoilt {
        tell(Fault::Document { number, version });
    }
    for document in std::mem::take(&mut told.documents).into_keys() {
        tell(Fault::DocumentMissing { document });
    }
    Ok(())
}
