//! `huiyin audit verify`: everything that is chained, looked through and told in words.

use std::path::Path;

use app::text::audit as words;
use case_core::audit::{Deed, Trace};
use case_store::{Anchor, Chain, Fault, JournalCheck, Store, StoreError, Verified};

use crate::anchors::{self, AnchorsError};

/// Why it could not be looked through.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file of anchors.
    #[error(transparent)]
    Anchors(#[from] AnchorsError),
}

/// Looks through everything, against the anchors of the file and those given. Each finding is a line, then
/// what was looked at, then the anchors of today.
///
/// # Errors
/// [`VerifyError`].
pub async fn run(
    store: &Store,
    file: &Path,
    given: Vec<Anchor>,
    say: &mut (dyn FnMut(String) + Send),
) -> Result<Verified, VerifyError> {
    let mut all = anchors::read(file)?;
    all.extend(given);
    // Taken before, so that what is written down was looked through.
    let heads = store.anchors().await?;
    let done = store.verify(&all, &mut |fault| say(line(&fault))).await?;
    say(words::looked_at(done.audit, done.matters, done.entries, done.receipts, all.len()));
    say(words::looked_at_beside(done.sealed, done.documents));
    if done.faults == 0 {
        say(words::WHOLE.to_owned());
        let heads: Vec<String> = heads.iter().map(ToString::to_string).collect();
        say(words::write_down(&heads.join("  ")));
    } else {
        say(words::faults(done.faults));
    }
    Ok(done)
}

/// The same, and what came of it is noted.
///
/// # Errors
/// [`VerifyError`].
pub async fn run_noted(
    store: &Store,
    file: &Path,
    given: Vec<Anchor>,
    trace: Trace,
    say: &mut (dyn FnMut(String) + Send),
) -> Result<Verified, VerifyError> {
    let done = run(store, file, given, say).await?;
    let Verified { audit: entries, matters, receipts, faults, .. } = done;
    store.note(trace, &Deed::Verified { entries, matters, receipts, faults }).await?;
    Ok(done)
}

fn line(fault: &Fault) -> String {
    match fault {
        Fault::Altered { chain, seq } => words::altered(name(*chain), *seq),
        Fault::Missing { chain, from, to } => words::missing(name(*chain), *from, *to),
        Fault::Beyond { chain, seq } => words::beyond(name(*chain), *seq),
        Fault::Anchor(anchor) => words::other_chain(name(anchor.chain), anchor.length, &anchor.to_string()),
        Fault::Journal { number, what } => match what {
            JournalCheck::BrokenAt(seq) => words::journal_altered(number, *seq),
            JournalCheck::CutShort => words::journal_cut(number),
            JournalCheck::StateDiffers => words::state_differs(number),
            JournalCheck::ListDiffers => words::list_differs(number),
            JournalCheck::NotFound => words::matter_missing(number),
            JournalCheck::Intact => String::new(),
        },
        Fault::Unknown { number, seq } => words::unknown(number, *seq),
        Fault::MatterMissing { matter } => words::matter_missing(&matter.to_string()),
        Fault::RecordMissing { seq, record } => words::record_missing(*seq, record),
        Fault::RecordAltered { seq, record } => words::record_altered(*seq, record),
        Fault::NoReceipt { record } => words::no_receipt(record),
        Fault::Listed { seq } => words::listed_wrong(*seq),
        Fault::Sealed { number, what } => match what {
            JournalCheck::BrokenAt(line) => words::sealed_altered(number, *line),
            JournalCheck::CutShort => words::sealed_cut(number),
            JournalCheck::StateDiffers | JournalCheck::ListDiffers => words::sealed_differs(number),
            JournalCheck::NotFound => words::sealed_missing(number),
            JournalCheck::Intact => String::new(),
        },
        Fault::SealedMissing { report } => words::sealed_missing(&report.to_string()),
        Fault::SealedKeys { line } => words::sealed_keys(*line),
        Fault::Document { number, version } => words::document_altered(number, *version),
        Fault::DocumentMissing { document } => words::document_missing(&document.to_string()),
    }
}

fn name(chain: Chain) -> &'static str {
    match chain {
        Chain::Audit => words::AUDIT,
        Chain::Receipts => words::RECEIPTS,
    }
}
