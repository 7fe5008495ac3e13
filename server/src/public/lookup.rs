//! 查办理情况: code and second factor in, the answer page out.
//!
//! A miss is a miss: whether there is no such code, it was replaced, or the second answer is wrong, the page is the
//! same, and so is the time that it takes. All send the same statements and compare the same number of hashes; and
//! since reading a matter that is there takes longer than not finding one, every miss is answered at a fixed time
//! after it came in. A code whose check digit does not fit is answered before anything is looked up: that follows
//! from what was typed alone, and tells nothing about what there is.
//!
//! An answer that was given before comes out of memory ([`super::answers`]), to who typed the same and has not failed
//! lately.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use app::pages::paper::{PaperBar, paper};
use app::pages::public::{
    Alongside, Answer, Asked, DRAW, Fault, Message, Note, PaperLine, Puzzle, Typed, answer, lookup, sealed_answer,
};
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Extension, Form, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use case_core::code::{QueryCode, QueryCodeError};
use case_core::id::{DocumentId, MatterId, SealedReportId};
use case_core::matter::Matter;
use case_core::public::{is_anonymous, public_status, second_factor_decoy, second_factor_matches};
use case_core::time::Moment;
use case_core::wire::desk::Unit;
use case_store::{Beside, ByCode, DocumentRow, SealedStanding, StoreError};
use serde::Deserialize;
use tokio::time::{Instant, sleep_until};

use super::answers::Answers;
use super::answers::again::Again;
use super::reader::Reader;
use super::tries::{self, Brought, Entry, Turns};
use super::{appointments, frame, living, page, say, wishes};
use crate::error::ApiError;
use crate::extract::Caller;
use crate::guard::proof;
use crate::secrets::digits;
use crate::state::AppState;
use crate::use_cases::documents;

/// Long enough to hide what was found, short enough for a person who mistyped.
pub(super) const MISS_TAKES: Duration = Duration::from_millis(400);

/// What was typed. No `Debug`: neither answer is for a log.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Questions {
    pub(super) code: String,
    pub(super) proof: String,
    /// Of an earlier success: [`crate::guard::proof::pass`].
    pub(super) pass: String,
    /// During an attack: [`crate::guard::proof`].
    pub(super) challenge: String,
    pub(super) work: String,
    /// What the switch to large type asks for.
    pub(super) go: String,
}

impl Questions {
    /// For the forms of the page.
    pub(super) fn asked(&self) -> Asked<'_> {
        Asked { code: &self.code, proof: &self.proof, pass: &self.pass }
    }
}

/// What came of it.
enum Found {
    Matter(Box<ByCode>),
    Sealed(SealedStanding),
    Miss,
    NotNow(Entry),
}

/// `GET /c`.
pub(super) async fn form(State(state): State<AppState>, reader: Reader, Caller(address): Caller) -> Response {
    // Without the database there is no look-up either; the form says so when it is sent.
    let bits = tries::bits_now(&state).await.unwrap_or_default();
    let puzzle = bits.map(|bits| puzzle(&state, address, bits));
    page(StatusCode::OK, reader, lookup(&frame(&state, reader, "/c"), Typed::default(), None, puzzle.as_ref()))
}

fn puzzle(state: &AppState, address: IpAddr, bits: u32) -> Puzzle {
    Puzzle { challenge: proof::challenge(&state.secrets, &tries::network(address), bits, state.now()) }
}

/// `POST /c`.
pub(super) async fn look_up(
    State(state): State<AppState>,
    reader: Reader,
    Caller(address): Caller,
    Extension(turns): Extension<Arc<Turns>>,
    Extension(answers): Extension<Arc<Answers>>,
    headers: HeaderMap,
    typed: Result<Form<Questions>, FormRejection>,
) -> Response {
    let mut questions = match typed {
        Ok(Form(questions)) => questions,
        Err(rejection) => return say(&state, reader, refused(&rejection), &Message::Unreadable),
    };
    if questions.go == DRAW {
        let bits = tries::bits_now(&state).await.unwrap_or_default();
        let puzzle = bits.map(|bits| puzzle(&state, address, bits));
        let typed = Typed { code: &questions.code, proof: &questions.proof };
        return page(StatusCode::OK, reader, lookup(&frame(&state, reader, "/c"), typed, None, puzzle.as_ref()));
    }
    let again = Again::new(&state, reader, &answers, &headers);
    let (kept, as_of) = again.kept(&turns, address, &mut questions).await;
    if let Some(kept) = kept {
        return again.page(&kept, &questions);
    }
    match admit_whole(&state, reader, &turns, address, &mut questions).await {
        Ok(found) => again.made(&found, drawn(&state, reader, &found, None).await, &questions, as_of),
        Err(response) => response,
    }
}

/// An answer, and whether all that stands beside the matter could be read.
pub(super) struct Drawn {
    pub(super) answer: Answer,
    pub(super) whole: bool,
}

/// The page about what was found.
async fn drawn(state: &AppState, reader: Reader, found: &ByCode, note: Option<&Note>) -> Drawn {
    let ByCode { matter, unit, beside } = found;
    let today = state.now().date();
    let status = public_status(matter, unit.as_ref(), today, &state.calendar());
    // What was merged is not kept: what changes its answer are deeds in another matter.
    let (status, kept) = match living::of(state, matter).await {
        Ok(None) => (status, true),
        Ok(Some((into, unit))) => (status.merged(matter, &into, unit.as_ref(), today, &state.calendar()), false),
        Err(error) => {
            tracing::error!(%error, "what a matter was merged into");
            (status, false)
        }
    };
    let (papers, whole): (Vec<PaperLine>, bool) = match beside.documents {
        0 => (Vec::new(), true),
        _ => match state.store.documents_of(matter.id).await {
            Ok(rows) => (documents::for_petitioner(matter, rows).iter().map(paper_line).collect(), true),
            Err(error) => {
                tracing::error!(%error, "documents of an answer");
                (Vec::new(), false)
            }
        },
    };
    let told = wishes::told(state, matter, beside.stopped, beside.browsers);
    let met = if beside.bookings == 0 { Vec::new() } else { appointments::met(state, matter.id).await };
    let beside = Alongside { papers: &papers, told: &told, met: &met };
    Drawn { answer: answer(&frame(state, reader, "/c"), &status, &beside, today, note), whole: whole && kept }
}

/// What the petitioner may see, after what was just said.
pub(super) async fn answer_page(
    state: &AppState,
    reader: Reader,
    matter: &Matter,
    unit: Option<&Unit>,
    questions: &Questions,
    note: Option<&Note>,
) -> Response {
    // Something was just said or wished: what there is beside the matter may be other than it was. Where the database
    // does not answer, as if nothing was wished: the answer itself is what people came for.
    let (stopped, browsers) = state.store.notice_wishes(matter.id).await.unwrap_or_default();
    let beside = Beside { documents: 1, bookings: 1, stopped, browsers };
    let found = ByCode { matter: matter.clone(), unit: unit.cloned(), beside };
    let drawn = drawn(state, reader, &found, note).await;
    page(StatusCode::OK, reader, drawn.answer.whole(questions.asked()))
}

/// The matter for those who prove that it is theirs, or the page that says why not: a slip, a miss, too many
/// tries, a report of which there is only one page. Who got in has a pass in the questions from then on.
pub(super) async fn admit(
    state: &AppState,
    reader: Reader,
    turns: &Turns,
    address: IpAddr,
    questions: &mut Questions,
) -> Result<(Box<Matter>, Option<Unit>), Response> {
    let found = admit_whole(state, reader, turns, address, questions).await?;
    Ok((Box::new(found.matter), found.unit))
}

/// The same, with what there is beside the matter.
async fn admit_whole(
    state: &AppState,
    reader: Reader,
    turns: &Turns,
    address: IpAddr,
    questions: &mut Questions,
) -> Result<Box<ByCode>, Response> {
    let frame = frame(state, reader, "/c");
    let again = |questions: &Questions, fault, bits: Option<u32>| {
        let puzzle = bits.map(|bits| puzzle(state, address, bits));
        let typed = Typed { code: &questions.code, proof: "" };
        let html = lookup(&frame, typed, Some(fault), puzzle.as_ref());
        page(StatusCode::UNPROCESSABLE_ENTITY, reader, html)
    };
    match prove(state, turns, address, questions).await {
        Ok(opened) => Ok(opened),
        // What is asked about the whole server tells nothing about the code.
        Err(Unproven::Slip(fault)) => Err(again(questions, &fault, tries::bits_now(state).await.unwrap_or_default())),
        Err(Unproven::Sealed(standing)) => {
            Err(sealed_page(state, reader, Typed { code: &questions.code, proof: &questions.proof }, &standing))
        }
        Err(Unproven::Miss { bits }) => Err(again(questions, &Fault::Miss, bits)),
        Err(Unproven::NotNow(Entry::ProofNeeded { bits, until })) => {
            let now = state.now();
            let mut response = again(questions, &Fault::Guarded { at: tries::at(now, until) }, Some(bits));
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(tries::seconds(now, until)));
            Err(response)
        }
        Err(Unproven::NotNow(Entry::Closed { until })) => Err(closed(state, reader, until)),
        Err(Unproven::NotNow(Entry::Open)) => Err(again(questions, &Fault::Miss, None)),
        Err(Unproven::Ours) => Err(say(state, reader, StatusCode::SERVICE_UNAVAILABLE, &Message::Ours)),
    }
}

/// Why a matter is not opened.
pub(super) enum Unproven {
    /// Told before anything is looked up.
    Slip(Fault),
    /// Nothing was found; how hard a proof is asked for next.
    Miss { bits: Option<u32> },
    /// It is a report, of which there is one page only.
    Sealed(SealedStanding),
    /// Nothing was looked up.
    NotNow(Entry),
    /// The database.
    Ours,
}

/// The matter for those who prove that it is theirs; a miss takes its time. Who got in has a pass in the questions
/// from then on.
pub(super) async fn prove(
    state: &AppState,
    turns: &Turns,
    address: IpAddr,
    questions: &mut Questions,
) -> Result<Box<ByCode>, Unproven> {
    let came_in = Instant::now();
    let code = read(&questions.code, &questions.proof).map_err(Unproven::Slip)?;
    match seek(state, turns, &code, questions, address).await {
        Ok(Found::Matter(found)) => {
            questions.pass = proof::pass(&state.secrets, &tries::network(address), &code, state.now());
            Ok(found)
        }
        Ok(Found::Sealed(standing)) => Err(Unproven::Sealed(standing)),
        Ok(Found::Miss) => {
            let bits = tries::bits_now(state).await.unwrap_or_default();
            sleep_until(came_in + MISS_TAKES).await;
            Err(Unproven::Miss { bits })
        }
        Ok(Found::NotNow(entry)) => Err(Unproven::NotNow(entry)),
        Err(error) => {
            tracing::error!(%error, "look-up failed");
            Err(Unproven::Ours)
        }
    }
}

/// The one page of a report.
pub(super) fn sealed_page(state: &AppState, reader: Reader, typed: Typed<'_>, standing: &SealedStanding) -> Response {
    let handed_over = standing.handed_over.map(Moment::date);
    let frame = frame(state, reader, "/c");
    page(StatusCode::OK, reader, sealed_answer(&frame, typed, &standing.number, standing.received_on, handed_over))
}

fn paper_line(row: &DocumentRow) -> PaperLine {
    PaperLine { id: row.id, kind: row.kind, number: row.number.clone(), on: row.issued_at.date() }
}

/// `POST /c/documents/{id}`: a document of theirs, for those who prove that the matter is theirs. What is
/// not theirs is a miss like any other.
pub(super) async fn document(
    State(state): State<AppState>,
    reader: Reader,
    Caller(address): Caller,
    Extension(turns): Extension<Arc<Turns>>,
    id: Result<Path<DocumentId>, PathRejection>,
    typed: Result<Form<Questions>, FormRejection>,
) -> Response {
    let (Ok(Path(id)), Ok(Form(questions))) = (id, typed) else {
        return say(&state, reader, StatusCode::NOT_FOUND, &Message::NotFound);
    };
    let mut questions = questions;
    let found = match admit(&state, reader, &turns, address, &mut questions).await {
        Ok((matter, _)) => paper_of(&state, reader, &matter, id, questions.asked()).await,
        // Of a report nothing is handed out here: it has its one page.
        Err(response) => return response,
    };
    match found {
        Ok(Some(html)) => page(StatusCode::OK, reader, html),
        Ok(None) => say(&state, reader, StatusCode::NOT_FOUND, &Message::NotFound),
        Err(error) => {
            tracing::error!(%error, "a petitioner's document");
            say(&state, reader, StatusCode::SERVICE_UNAVAILABLE, &Message::Ours)
        }
    }
}

async fn paper_of(
    state: &AppState,
    reader: Reader,
    matter: &Matter,
    id: DocumentId,
    asked: Asked<'_>,
) -> Result<Option<String>, ApiError> {
    let stored = state.store.document(id).await?.filter(|stored| documents::is_petitioners(matter, &stored.row));
    let Some(stored) = stored else { return Ok(None) };
    let ready = documents::printing(state, stored, None).await?;
    let path = ["/c/documents/", &id.to_string()].concat();
    let bar = PaperBar::Petitioner { frame: &frame(state, reader, &path), asked };
    Ok(Some(paper(&ready.paper, bar)))
}

/// Checks what needs no look-up, and so tells nothing about what there is.
pub(super) fn read(code: &str, proof: &str) -> Result<QueryCode, Fault> {
    let code = QueryCode::parse(code).map_err(|error| match error {
        _ if code.trim().is_empty() => Fault::CodeEmpty,
        QueryCodeError::Length => Fault::CodeLength { digits: code.chars().filter(|c| c.is_numeric()).count() },
        QueryCodeError::CheckDigit => Fault::CodeSlip,
    })?;
    if proof.trim().is_empty() { Err(Fault::ProofEmpty) } else { Ok(code) }
}

/// Two reads when it is right; one more and one write when it is not, whatever is not right.
async fn seek(
    state: &AppState,
    turns: &Turns,
    code: &QueryCode,
    questions: &Questions,
    address: IpAddr,
) -> Result<Found, StoreError> {
    let keys = tries::keys(&state.secrets, code, address);
    let _turn = turns.take(&keys[0], &keys[1]).await;
    let brought = Brought { pass: &questions.pass, challenge: &questions.challenge, work: &questions.work };
    let entry = tries::entry(state, turns, code, address, &keys, brought).await?;
    if entry != Entry::Open {
        return Ok(Found::NotNow(entry));
    }
    let typed = &questions.proof;
    let hash = state.secrets.code_hash(code);
    let found = state.store.matter_by_code(&hash).await?;
    let theirs = match &found {
        Some(found) => proves(state, &found.matter, typed),
        None => second_factor_decoy(typed) | is_word(state, MatterId(uuid::Uuid::nil()), typed) & false,
    };
    if let Some(found) = found.filter(|_| theirs) {
        return Ok(Found::Matter(Box::new(found)));
    }
    let sealed = state.store.sealed_by_code(&hash).await?;
    // Without a report, against one that there is not: its id is nobody's.
    let id = sealed.as_ref().map_or(SealedReportId(uuid::Uuid::nil()), |standing| standing.id);
    let word = state.secrets.sealed_word_hash(id, &digits(typed));
    if let Some(standing) = sealed.filter(|standing| standing.word == word) {
        return Ok(Found::Sealed(standing));
    }
    tries::missed(state, turns, &keys).await?;
    Ok(Found::Miss)
}

/// The name, the phone; where no name was given the word on the receipt. The same is compared in any case.
fn proves(state: &AppState, matter: &Matter, typed: &str) -> bool {
    second_factor_matches(matter, typed) | (is_word(state, matter.id, typed) & is_anonymous(matter))
}

fn is_word(state: &AppState, id: MatterId, typed: &str) -> bool {
    state.secrets.is_filed_word(id, typed)
}

pub(super) fn closed(state: &AppState, reader: Reader, until: Moment) -> Response {
    let (retry_after, message) = tries::wait(state.now(), until);
    let mut response = say(state, reader, StatusCode::TOO_MANY_REQUESTS, &message);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
    response
}

/// Too long, or not a form at all.
pub(super) fn refused(rejection: &FormRejection) -> StatusCode {
    match rejection {
        FormRejection::BytesRejection(bytes) if bytes.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            StatusCode::PAYLOAD_TOO_LARGE
        }
        FormRejection::InvalidFormContentType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        _ => StatusCode::BAD_REQUEST,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_before_anything_is_looked_up() {
        let code = QueryCode::from_number(48_271_593_604);
        let fault = |code: &str, proof: &str| read(code, proof).err();
        assert_eq!(fault(&code.grouped(), "1234"), None);
        assert_eq!(fault("", "1234"), Some(Fault::CodeEmpty));
        assert_eq!(fault(" ", ""), Some(Fault::CodeEmpty));
        assert_eq!(fault("1234 5678", "1234"), Some(Fault::CodeLength { digits: 8 }));
        assert_eq!(fault("不知道", "1234"), Some(Fault::CodeLength { digits: 0 }));
        assert_eq!(fault(&code.grouped(), " \u{3000}"), Some(Fault::ProofEmpty));
        let mut slip = code.digits().into_bytes();
        slip.swap(0, 1);
        assert_eq!(fault(&String::from_utf8(slip).unwrap(), "1234"), Some(Fault::CodeSlip));
    }
}
