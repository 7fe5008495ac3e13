//! Files up, piece by piece ([`crate::upload`] decides; this asks, sends and writes down).

use case_core::time::Moment;
use case_core::wire::problem::Problem;
use case_core::wire::sync::Upload;

use super::exchange::Path;
use super::{Did, Engine, FileMark, earlier};
use crate::api::{self, Failure};
use crate::environment::Environment;
use crate::store::{FileState, LocalStore, StoreError};
use crate::transport::{Body, Method, Transport};
use crate::upload::{self, After, Known, MIN_PIECE, Next};

impl<S: LocalStore, T: Transport + 'static, E: Environment> Engine<S, T, E> {
    /// The next file, and when there is one to be worked on. One after the other: a half of each of
    /// ten photos is worth less than five whole ones.
    pub(super) async fn next_file(&self) -> Result<(Option<FileMark>, Option<Moment>), StoreError> {
        let now = self.environment.now();
        let mut ready_at = None;
        for file in self.store.files_pending().await? {
            match self.state.borrow().later_files.get(&file.sealed) {
                Some(gate) if !gate.is_open(now) => {
                    // A wipe does not wait for what another official of this phone has to mend.
                    let state = self.state.borrow();
                    if !state.revoked || state.owner == Some(file.account) {
                        ready_at = earlier(ready_at, gate.closed_until);
                    }
                }
                _ => return Ok((Some(file), Some(now))),
            }
        }
        Ok((None, ready_at))
    }

    pub(super) async fn upload(&self, file: &FileMark) -> Result<Did, StoreError> {
        if file.state == FileState::Lost || !file.here {
            return self.tell_lost(file).await;
        }
        let tried = self.state.borrow().later_files.contains_key(&file.sealed);
        let known = Known { total: file.total, have: (!tried).then_some(file.sent) };
        let size = self.state.borrow().piece.max(MIN_PIECE);
        let asked = self.environment.now();
        let (method, path, body) = match upload::next(known, size) {
            Next::Ask => (Method::Get, api::upload_path(file.sealed, ""), Body::Empty),
            Next::Send { at, bytes } => {
                let len = u32::try_from(bytes).unwrap_or(u32::MAX);
                let piece = self.store.file_piece(file.account, file.sealed, at, len).await?;
                match piece.filter(|piece| !piece.is_empty()) {
                    Some(piece) => {
                        let query = ["?at=", &at.to_string()].concat();
                        (Method::Post, api::upload_path(file.sealed, &query), Body::Bytes(piece))
                    }
                    // The browser has cleared it away, or it was cut off on disk.
                    None => {
                        let lost = FileState::Lost;
                        self.store.file_progress(file.account, file.sealed, file.sent, lost).await?;
                        return Ok(Did::Uploaded);
                    }
                }
            }
        };
        let sends = method == Method::Post;
        let answer: Result<Upload, Failure> = api::send(&*self.transport, self.sender(None), method, &path, body).await;
        let took = asked.ms_until(self.environment.now());
        if sends {
            self.state.borrow_mut().piece = upload::piece(size, answer.is_ok().then_some(took));
        }
        let after = match answer {
            Ok(answer) => upload::after(known, &answer),
            Err(failure) => return self.file_failed(file, failure).await,
        };
        let (sent, state) = match after {
            After::GoOn { have } => (have, FileState::Ready),
            After::Arrived => (file.total, FileState::Delivered),
            After::GivenUp => (file.sent, FileState::Refused),
            After::Nonsense => return self.file_failed(file, Failure::Nonsense { status: 200 }).await,
        };
        self.store.file_progress(file.account, file.sealed, sent, state).await?;
        let seed = self.seed();
        let now = self.environment.now();
        let mut state = self.state.borrow_mut();
        state.reached();
        state.pieces.succeed();
        state.later_files.remove(&file.sealed);
        if sends && matches!(after, After::GoOn { have } if have <= file.sent) {
            // A piece that did not bring it on: not at once again, and ask first.
            state.later_files.entry(file.sealed).or_default().fail(now, seed, None);
        }
        Ok(Did::Uploaded)
    }

    async fn tell_lost(&self, file: &FileMark) -> Result<Did, StoreError> {
        let path = api::upload_path(file.sealed, "/lost");
        let answer: Result<Upload, Failure> =
            api::send(&*self.transport, self.sender(None), Method::Post, &path, Body::Empty).await;
        let state = match answer.as_ref().map(|answer| upload::after(Known { total: file.total, have: None }, answer)) {
            // It had arrived after all; only the answer was lost.
            Ok(After::Arrived) => FileState::Delivered,
            Ok(_) => FileState::LostKnown,
            Err(failure) => return self.file_failed(file, failure.clone()).await,
        };
        self.store.file_progress(file.account, file.sealed, file.sent, state).await?;
        let mut state = self.state.borrow_mut();
        state.reached();
        state.pieces.succeed();
        Ok(Did::Uploaded)
    }

    async fn file_failed(&self, file: &FileMark, failure: Failure) -> Result<Did, StoreError> {
        // No record there names it: the server has lost the record.
        let unknown = matches!(&failure, Failure::Refused(body) if body.problem == Problem::NotFound);
        if unknown && self.is_beyond_help(file).await? {
            self.store.file_progress(file.account, file.sealed, file.sent, FileState::LostKnown).await?;
            let mut state = self.state.borrow_mut();
            state.reached();
            state.later_files.remove(&file.sealed);
            return Ok(Did::Uploaded);
        }
        let own = !failure.concerns_all();
        let did = if own { Did::Failed(failure) } else { self.fail(failure, Path::Pieces) };
        let (now, seed) = (self.environment.now(), self.seed());
        let mut state = self.state.borrow_mut();
        if own {
            state.later_files.entry(file.sealed).or_default().fail(now, seed, None);
        } else {
            // No wait of its own, but where the server stands is asked first.
            state.later_files.entry(file.sealed).or_default();
        }
        state.compare_wish |= unknown;
        Ok(did)
    }

    /// Whether nobody can bring back the record that the server has lost: no record here names the file, or the
    /// official is shut out and none that can still go out does. It is not believed at the first asking: a record
    /// that is here was to be compared and sent again meanwhile.
    async fn is_beyond_help(&self, file: &FileMark) -> Result<bool, StoreError> {
        let shut_out = {
            let state = self.state.borrow();
            if state.later_files.get(&file.sealed).is_none_or(|gate| gate.failures == 0) {
                return Ok(false);
            }
            state.revoked && state.owner == Some(file.account)
        };
        Ok(!self.store.is_named(file.account, file.sealed, shut_out).await?)
    }
}
