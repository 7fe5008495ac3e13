//! A form with files, as a browser sends it (`multipart/form-data`), read with bounds: so many bytes of words, so
//! many files, so many bytes of each. What a form has too much of is left out and said; what was typed is kept.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use app::pages::public::Message;
use app::text::public::filing as words;
use axum::RequestExt as _;
use axum::body::HttpBody as _;
use axum::extract::multipart::Field;
use axum::extract::{Multipart, Request};
use axum::http::StatusCode;
use case_core::public::{MAX_SENT_BYTES, MAX_SENT_FILES};
use case_store::Owner;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use super::tries::network;
use crate::error::ApiError;
use crate::state::AppState;
use crate::use_cases::sent_files::{self, Taken};

/// The longest request, in bytes: a few pictures of a phone.
pub(super) const LONGEST: usize = 33 * 1024 * 1024;
/// All words of a form together, in bytes: the longest text and everything beside it, thrice over.
const LONGEST_WORDS: usize = 48 * 1024;
/// Fields of a form, so that none has thousands of empty ones.
const MOST_FIELDS: usize = 64;
/// Forms with files that are read at a time, so that memory has a bound, and of these from one address: whoever
/// sends slowly on purpose keeps nobody else from sending.
const AT_A_TIME: usize = 16;
const OF_ONE: usize = 2;
/// A form without files is shorter than this, and waits for nobody.
const SMALL: u64 = 128 * 1024;
/// So long one waits for the others, and so long one may take: a picture over a slow line.
const PATIENCE: Duration = Duration::from_secs(20);
const SLOWEST: Duration = Duration::from_secs(600);

/// Who reads a form now.
pub(super) struct Readers {
    all: Semaphore,
    by_address: Mutex<HashMap<String, usize>>,
}

impl Default for Readers {
    fn default() -> Self {
        Self { all: Semaphore::new(AT_A_TIME), by_address: Mutex::default() }
    }
}

/// One who reads a form.
struct Turn<'a> {
    readers: &'a Readers,
    network: String,
    _one: SemaphorePermit<'a>,
}

impl Readers {
    fn of(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.by_address.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn turn(&self, network: String) -> Result<Turn<'_>, StatusCode> {
        if self.of().get(&network).is_some_and(|now| *now >= OF_ONE) {
            return Err(StatusCode::TOO_MANY_REQUESTS);
        }
        let one = timeout(PATIENCE, self.all.acquire()).await.ok().and_then(Result::ok);
        let one = one.ok_or(StatusCode::SERVICE_UNAVAILABLE)?;
        *self.of().entry(network.clone()).or_default() += 1;
        Ok(Turn { readers: self, network, _one: one })
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut by_address = self.readers.of();
        if let Some(now) = by_address.get_mut(&self.network) {
            *now -= 1;
            if *now == 0 {
                by_address.remove(&self.network);
            }
        }
    }
}

/// What to say about a form that could not be read.
pub(super) fn unread(status: StatusCode) -> Message {
    match status {
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => Message::Ours,
        _ => Message::Unreadable,
    }
}

/// What was sent. No `Debug`: it is not for a log.
#[derive(Default)]
pub(super) struct Sent {
    fields: Vec<(String, String)>,
    files: Vec<(String, Vec<u8>)>,
    /// A file was larger than it may be, or there were too many, or all together were too large.
    over: Option<&'static str>,
}

impl Sent {
    /// Reads the request.
    ///
    /// # Errors
    /// The status to answer with: not such a form, or too many words.
    pub(super) async fn read(
        request: Request,
        state: &AppState,
        readers: &Readers,
        address: IpAddr,
    ) -> Result<Self, StatusCode> {
        let is_small = request.body().size_hint().upper().is_some_and(|most| most <= SMALL);
        let _turn = if is_small { None } else { Some(readers.turn(network(address)).await?) };
        timeout(SLOWEST, Self::parts(request, state)).await.map_err(|_| StatusCode::REQUEST_TIMEOUT)?
    }

    async fn parts(request: Request, state: &AppState) -> Result<Self, StatusCode> {
        let mut parts: Multipart =
            request.extract_with_state(state).await.map_err(|_| StatusCode::UNSUPPORTED_MEDIA_TYPE)?;
        let (mut sent, mut length) = (Self::default(), 0);
        loop {
            match parts.next_field().await {
                Ok(None) => return Ok(sent),
                Ok(Some(part)) if part.file_name().is_some() => {
                    // Files come last. Where all of it is too long the words are there.
                    if sent.file(part).await.is_err_and(|status| status != StatusCode::PAYLOAD_TOO_LARGE) {
                        return Err(StatusCode::BAD_REQUEST);
                    }
                }
                Ok(Some(part)) => sent.field(part, &mut length).await?,
                Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE && !sent.fields.is_empty() => {
                    sent.over = Some(words::FILES_TOO_LARGE);
                    return Ok(sent);
                }
                Err(error) => return Err(error.status()),
            }
        }
    }

    async fn field(&mut self, mut part: Field<'_>, length: &mut usize) -> Result<(), StatusCode> {
        let name = part.name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(|error| error.status())? {
            *length += chunk.len();
            if *length > LONGEST_WORDS {
                return Err(StatusCode::PAYLOAD_TOO_LARGE);
            }
            bytes.extend_from_slice(&chunk);
        }
        if self.fields.len() == MOST_FIELDS {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        // What is not text in UTF-8 was not typed into a page of ours.
        let text = String::from_utf8(bytes).map_err(|_| StatusCode::BAD_REQUEST)?;
        // Browsers send line breaks as CR LF.
        self.fields.push((name, text.replace("\r\n", "\n")));
        Ok(())
    }

    async fn file(&mut self, mut part: Field<'_>) -> Result<(), StatusCode> {
        let name = part.file_name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        let mut over = None;
        loop {
            match part.chunk().await {
                Ok(None) => break,
                Ok(Some(chunk)) if bytes.len() + chunk.len() > MAX_SENT_BYTES => {
                    // The rest is read and forgotten: what comes behind it may be right.
                    bytes = Vec::new();
                    over = Some(words::FILE_TOO_LARGE);
                }
                Ok(Some(chunk)) if over.is_none() => bytes.extend_from_slice(&chunk),
                Ok(Some(_)) => {}
                Err(error) => {
                    self.over = Some(words::FILES_TOO_LARGE);
                    return Err(error.status());
                }
            }
        }
        // A field that was left empty is sent as a file without a name.
        if over.is_none() && !bytes.is_empty() {
            if self.files.len() < MAX_SENT_FILES {
                self.files.push((name, bytes));
            } else {
                over = Some(words::FILES_TOO_MANY);
            }
        }
        self.over = self.over.or(over);
        Ok(())
    }

    /// Stages the files, after those that were taken off the form are gone; what is wrong with one of them.
    pub(super) async fn stage(&mut self, state: &AppState, owner: Owner) -> Result<Option<&'static str>, ApiError> {
        for digest in self.all("drop").iter().filter_map(|hex| case_core::digest::Digest::from_hex(hex)) {
            state.store.unstage_file(owner, digest).await?;
        }
        for (name, bytes) in std::mem::take(&mut self.files) {
            match sent_files::take(state, owner, &name, bytes).await? {
                Taken::There => {}
                Taken::Strange => self.over = self.over.or(Some(words::FILE_STRANGE)),
                Taken::Full => self.over = self.over.or(Some(words::FILES_TOO_MANY)),
            }
        }
        Ok(self.over)
    }

    /// Whether there are files to take in.
    pub(super) fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    /// The first field of that name; empty when there is none.
    pub(super) fn first(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// All fields of that name.
    pub(super) fn all(&self, name: &str) -> Vec<String> {
        self.fields.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    }

    /// Whether a box of that name was ticked.
    pub(super) fn is_yes(&self, name: &str) -> bool {
        self.first(name) == "yes"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn two_of_one_address_read_at_a_time_and_others_are_not_kept_waiting() {
        let readers = Readers::default();
        let first = readers.turn("10.0.0.1".to_owned()).await.unwrap();
        let second = readers.turn("10.0.0.1".to_owned()).await.unwrap();
        let third = readers.turn("10.0.0.1".to_owned()).await;
        assert_eq!(third.err(), Some(StatusCode::TOO_MANY_REQUESTS));
        assert!(readers.turn("10.0.0.2".to_owned()).await.is_ok());
        drop(first);
        assert!(readers.turn("10.0.0.1".to_owned()).await.is_ok());
        drop(second);
        assert!(readers.of().is_empty(), "nobody is remembered");
    }
}
