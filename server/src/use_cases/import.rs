//! Imports: divisions, household rosters, matters. The parsing crate says what is in the file; here
//! it is matched with what the store has, and written in batches, so that progress can be shown and
//! a cut leaves whole rows. Importing the same file again adds nothing.

mod divisions;
mod households;
mod matters;
mod words;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use app::text;
use case_core::audit::{Deed, Trace};
use case_core::digest::Digest;
use case_core::id::{AccountId, ImportId};
use case_core::wire::desk::{ImportProblem, ImportProgress};
use case_import::{FileError, Kind, Note, Parsed, PlaceProblem, RowNumber, RowProblem};
use case_store::{Counts, StoreError};
use uuid::Uuid;

use crate::state::AppState;

pub use households::keys_of;

/// Rows in one transaction.
const BATCH: usize = 200;
/// Problems and notes that are listed; beyond them only the count is told.
const LISTED: usize = 200;

/// Why an import as a whole failed.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Imports under way and ended since the start of the server.
#[derive(Clone, Debug, Default)]
pub struct Imports(Arc<Mutex<HashMap<ImportId, (AccountId, ImportProgress)>>>);

/// How many ended imports are remembered.
const REMEMBERED: usize = 50;

impl Imports {
    /// How an import stands, for the account that began it.
    #[must_use]
    pub fn progress(&self, id: ImportId, account: AccountId) -> Option<ImportProgress> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&id).filter(|(owner, _)| *owner == account).map(|(_, progress)| progress.clone())
    }

    fn put(&self, account: AccountId, progress: &ImportProgress) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED
            && let Some(oldest) = all.iter().filter(|(_, (_, p))| p.finished).map(|(id, _)| *id).min()
        {
            all.remove(&oldest);
        }
        all.insert(progress.id, (account, progress.clone()));
    }
}

/// Begins an import in the background.
pub(crate) fn begin(state: &AppState, account: AccountId, kind: Kind, name: String, bytes: Vec<u8>) -> ImportProgress {
    let first = empty_progress();
    state.imports.put(account, &first);
    let (state, mut last) = (state.clone(), first.clone());
    tokio::spawn(async move {
        let imports = state.imports.clone();
        let mut report = Report::new(last.id, Box::new(move |progress| imports.put(account, progress)));
        let result = run(&state, Some(account), kind, &name, bytes, &mut report).await;
        last = report.finish(result);
        state.imports.put(account, &last);
    });
    first
}

fn empty_progress() -> ImportProgress {
    ImportProgress {
        id: ImportId(Uuid::now_v7()),
        total: 0,
        done: 0,
        added: 0,
        unchanged: 0,
        updated: 0,
        bad: 0,
        problems: Vec::new(),
        notes: Vec::new(),
        finished: false,
        failed: None,
    }
}

/// Collects what happens and tells it on.
pub struct Report {
    progress: ImportProgress,
    /// Edits that were kept but not listed any more.
    more_kept: usize,
    tell: Box<dyn FnMut(&ImportProgress) + Send>,
}

impl Report {
    /// `tell` is called after each batch.
    #[must_use]
    pub fn for_terminal(tell: Box<dyn FnMut(&ImportProgress) + Send>) -> Self {
        Self { progress: empty_progress(), more_kept: 0, tell }
    }

    fn new(id: ImportId, tell: Box<dyn FnMut(&ImportProgress) + Send>) -> Self {
        Self { progress: ImportProgress { id, ..empty_progress() }, more_kept: 0, tell }
    }

    fn counts(&self) -> Counts {
        let ImportProgress { added, updated, unchanged, .. } = self.progress;
        Counts { added, updated, unchanged }
    }

    /// Takes over what the parser found.
    fn parsed<T>(&mut self, parsed: &Parsed<T>) {
        self.progress.total = u32::try_from(parsed.rows.len()).unwrap_or(u32::MAX);
        for problem in &parsed.problems {
            self.row_problem(problem);
        }
        for note in &parsed.notes {
            self.note(note);
        }
        (self.tell)(&self.progress);
    }

    fn row_problem(&mut self, problem: &RowProblem) {
        self.bad(problem.row, || words::row_problem(problem));
    }

    fn place_problem(&mut self, row: RowNumber, problem: &PlaceProblem) {
        self.progress.done += 1;
        self.bad(row, || words::place_problem(problem));
    }

    /// A row that the domain refused.
    fn refused(&mut self, row: RowNumber, why: String) {
        self.progress.done += 1;
        self.bad(row, || why);
    }

    fn bad(&mut self, row: RowNumber, reason: impl FnOnce() -> String) {
        self.progress.bad += 1;
        if self.progress.problems.len() < LISTED {
            self.progress.problems.push(ImportProblem { row: row.get(), reason: reason() });
        }
    }

    fn note(&mut self, note: &Note) {
        if self.progress.notes.len() < LISTED {
            self.progress.notes.push(words::note(note));
        }
    }

    /// What was changed at the door and stands against the import.
    fn kept(&mut self, words: impl FnOnce() -> String) {
        if self.progress.notes.len() < LISTED {
            self.progress.notes.push(words());
        } else {
            self.more_kept += 1;
        }
    }

    fn batch(&mut self, rows: usize, counts: Counts) {
        self.progress.done += u32::try_from(rows).unwrap_or(u32::MAX);
        self.progress.added += counts.added;
        self.progress.updated += counts.updated;
        self.progress.unchanged += counts.unchanged;
        (self.tell)(&self.progress);
    }

    /// Ends, with the reason when the whole failed.
    #[must_use]
    pub fn finish(mut self, result: Result<(), ImportError>) -> ImportProgress {
        self.progress.finished = true;
        if self.more_kept > 0 {
            self.progress.notes.push(text::import::more_kept(self.more_kept));
        }
        self.progress.failed = match result {
            Ok(()) => None,
            Err(ImportError::File(error)) => Some(words::file_error(&error)),
            Err(ImportError::Store(error)) => {
                tracing::error!(%error, "import stopped");
                Some(text::import::STORE_FAILED.to_owned())
            }
        };
        (self.tell)(&self.progress);
        self.progress
    }
}

/// Runs an import to its end.
///
/// # Errors
/// [`ImportError`] when the file cannot be read at all or the store fails; what was written before
/// stays, and importing again goes on from there.
pub async fn run(
    state: &AppState,
    by: Option<AccountId>,
    kind: Kind,
    name: &str,
    bytes: Vec<u8>,
    report: &mut Report,
) -> Result<(), ImportError> {
    let digest = Digest::of_bytes(&bytes);
    let trace = || Trace { by, at: state.now() };
    let began = Deed::ImportBegan { kind: kind.as_str().to_owned(), name: name.chars().take(200).collect(), digest };
    state.store.note(trace(), &began).await?;
    let result = write(state, kind, name.to_owned(), bytes, report).await;
    let Counts { added, updated, .. } = report.counts();
    let ended = Deed::ImportEnded { digest, added, updated, bad: report.progress.bad, whole: result.is_ok() };
    state.store.note(trace(), &ended).await?;
    result
}

async fn write(
    state: &AppState,
    kind: Kind,
    name: String,
    bytes: Vec<u8>,
    report: &mut Report,
) -> Result<(), ImportError> {
    match kind {
        Kind::Divisions => {
            let parsed = parse(move || case_import::read_divisions(&name, &bytes)).await?;
            divisions::write(state, parsed, report).await
        }
        Kind::Households => {
            let parsed = parse(move || case_import::read_households(&name, &bytes)).await?;
            households::write(state, parsed, report).await
        }
        Kind::Matters => {
            let parsed = parse(move || case_import::read_matters(&name, &bytes)).await?;
            matters::write(state, parsed, report).await
        }
    }
}

/// Parses off the async threads: a workbook takes seconds.
async fn parse<T: Send + 'static>(
    read: impl FnOnce() -> Result<Parsed<T>, FileError> + Send + 'static,
) -> Result<Parsed<T>, ImportError> {
    match tokio::task::spawn_blocking(read).await {
        Ok(parsed) => Ok(parsed?),
        Err(_) => Err(FileError::Empty.into()),
    }
}
