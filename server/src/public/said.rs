//! 信访人的话: the page that asks, and taking in what is said. Each request proves anew that the matter is
//! theirs, as a look-up does.

use std::sync::Arc;

use app::pages::public::{Message, Note, Saying, rating, say as saying_page};
use app::text::public::say as words;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Extension, Form, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use case_core::field::Rating;
use case_core::id::{RecordId, VoiceId};
use case_core::matter::{Matter, Rated, Says, Unsayable, hear, may_say};
use case_core::public::{Asking, SentFile};
use case_core::text::{Paragraph, TextError};
use case_core::wire::desk::Unit;
use case_store::Owner;
use serde::Deserialize;
use uuid::Uuid;

use super::lookup::{Questions, admit, answer_page, refused};
use super::reader::Reader;
use super::tries::Turns;
use super::{frame, living, page, say as message};
use crate::extract::Caller;
use crate::state::AppState;

/// What was typed. No `Debug`: it is not for a log.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Said {
    pub(super) code: String,
    pub(super) proof: String,
    pub(super) pass: String,
    pub(super) id: String,
    pub(super) text: String,
    office: String,
    unit: String,
    /// `yes` or `no`, and the id of the visit.
    came: String,
}

impl Said {
    /// What every question has, out of the fields of a form.
    pub(super) fn of(field: impl Fn(&str) -> String) -> Self {
        let (code, proof, pass) = (field("code"), field("proof"), field("pass"));
        Self { code, proof, pass, id: field("id"), text: field("text"), ..Self::default() }
    }

    /// What opens the matter.
    pub(super) fn questions(&self) -> Questions {
        let (code, proof, pass) = (self.code.clone(), self.proof.clone(), self.pass.clone());
        Questions { code, proof, pass, ..Questions::default() }
    }
}

/// `POST /c/ask/{what}`: the page with the question, and with what was typed on it already, when only its type was
/// made larger.
pub(super) async fn ask(
    State(state): State<AppState>,
    reader: Reader,
    Caller(address): Caller,
    Extension(turns): Extension<Arc<Turns>>,
    what: Result<Path<String>, PathRejection>,
    typed: Result<Form<Said>, FormRejection>,
) -> Response {
    let said = match typed {
        Ok(Form(said)) => said,
        Err(rejection) => return message(&state, reader, refused(&rejection), &Message::Unreadable),
    };
    let mut questions = said.questions();
    // Visits are asked about beside each visit, not on a page of their own.
    let asking = what.ok().and_then(|Path(what)| Asking::from_word(&what)).filter(|asking| *asking != Asking::Visit);
    let Some(asking) = asking else {
        return message(&state, reader, StatusCode::NOT_FOUND, &Message::NotFound);
    };
    let (matter, unit) = match admit(&state, reader, &turns, address, &mut questions).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let mut asks = Asks::of(&state, reader, &questions, unit.as_ref(), asking);
    let matter = match asks.heard_by(matter).await {
        Ok(matter) => matter,
        Err(response) => return response,
    };
    if asking == Asking::Material
        && let Ok(id) = said.id.parse()
    {
        // What came already stays with the form, whatever its type.
        let owner = Owner { matter: matter.id, voice: Some(VoiceId(id)) };
        asks.files = state.store.staged_files(owner).await.unwrap_or_default();
    }
    let today = state.now().date();
    let representative = asking.says().unwrap_or(Says::Rating { of: Rated::Office, rating: Rating::Satisfied });
    match may_say(&matter, representative, today) {
        Ok(()) => asks.page(&said, said.id.parse().unwrap_or_else(|_| Uuid::now_v7()), None, &matter),
        Err(why) => asks.cannot(why, &matter).await,
    }
}

/// `POST /c/say/{what}`: takes it in, and shows the answer page with it.
pub(super) async fn say(
    State(state): State<AppState>,
    reader: Reader,
    Caller(address): Caller,
    Extension(turns): Extension<Arc<Turns>>,
    what: Result<Path<String>, PathRejection>,
    typed: Result<Form<Said>, FormRejection>,
) -> Response {
    let said = match typed {
        Ok(Form(said)) => said,
        Err(rejection) => return message(&state, reader, refused(&rejection), &Message::Unreadable),
    };
    let Some(asking) = what.ok().and_then(|Path(what)| Asking::from_word(&what)) else {
        return message(&state, reader, StatusCode::NOT_FOUND, &Message::NotFound);
    };
    let mut questions = said.questions();
    let (matter, unit) = match admit(&state, reader, &turns, address, &mut questions).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let mut asks = Asks::of(&state, reader, &questions, unit.as_ref(), asking);
    let matter = match asks.heard_by(matter).await {
        Ok(matter) => matter,
        Err(response) => return response,
    };
    // A form without its id was not made by a page of ours; it is one voice all the same.
    let id = Uuid::parse_str(&said.id).unwrap_or_else(|_| Uuid::now_v7());
    // The buttons beside a visit bring no words.
    let typed = if asking == Asking::Visit { "" } else { &said.text };
    let text = match Paragraph::parse_optional(typed) {
        Ok(text) => text,
        Err(TextError::TooLong { .. }) => return asks.page(&said, id, Some(words::TOO_LONG), &matter),
        Err(_) => return asks.page(&said, id, Some(words::STRANGE), &matter),
    };
    let Some(voices) = asks.voices(&said, id) else {
        return match asking {
            Asking::Rate => asks.page(&said, id, Some(words::NOTHING_RATED), &matter),
            _ => message(&state, reader, StatusCode::BAD_REQUEST, &Message::Unreadable),
        };
    };
    asks.tell(&said, *matter, voices, text.as_ref()).await
}

/// One request about one page.
pub(super) struct Asks<'a> {
    state: &'a AppState,
    reader: Reader,
    questions: &'a Questions,
    unit: Option<&'a Unit>,
    asking: Asking,
    /// What came with the form already.
    pub(super) files: Vec<SentFile>,
    /// The matter whose page is shown, where another one hears what is said ([`living::hearing`]).
    pub(super) shown: Option<Box<Matter>>,
}

impl<'a> Asks<'a> {
    pub(super) fn of(
        state: &'a AppState,
        reader: Reader,
        questions: &'a Questions,
        unit: Option<&'a Unit>,
        asking: Asking,
    ) -> Self {
        Self { state, reader, questions, unit, asking, files: Vec::new(), shown: None }
    }

    /// The matter that hears it.
    pub(super) async fn heard_by(&mut self, opened: Box<Matter>) -> Result<Box<Matter>, Response> {
        match living::hearing(self.state, opened, self.asking).await {
            Ok((hears, shown)) => {
                self.shown = shown;
                Ok(hears)
            }
            Err(error) => {
                tracing::error!(%error, "who hears a petitioner");
                Err(message(self.state, self.reader, StatusCode::SERVICE_UNAVAILABLE, &Message::Ours))
            }
        }
    }

    /// Takes it in, and shows the answer page with it.
    pub(super) async fn tell(
        &self,
        said: &Said,
        mut after: Matter,
        voices: Vec<(VoiceId, Says)>,
        text: Option<&Paragraph>,
    ) -> Response {
        let mut heard = None;
        for (at, (id, says)) in voices.into_iter().enumerate() {
            let world = self.state.world();
            let cx = world.context();
            // The words stand once, with the first of two ratings.
            let words_here = text.filter(|_| at == 0);
            let hears = |matter: &Matter| hear(matter, id, says, words_here.cloned(), &cx);
            match self.state.store.hear(after.id, cx.now, &hears).await {
                Ok(Some(Ok(now))) => {
                    after = now;
                    heard = heard.or(Some(says));
                }
                // A visit has no page of its own to go back to.
                Ok(Some(Err(why))) if self.asking == Asking::Visit => return self.cannot(why, &after).await,
                Ok(Some(Err(why))) => return self.page(said, id.0, Some(&self.words(why)), &after),
                Ok(None) => return message(self.state, self.reader, StatusCode::NOT_FOUND, &Message::NotFound),
                Err(error) => {
                    tracing::error!(%error, "taking in what a petitioner says");
                    return self.again(said, id.0, &after);
                }
            }
        }
        let note = heard.map(Note::Heard);
        self.shows(&after, note.as_ref()).await
    }

    async fn shows(&self, matter: &Matter, note: Option<&Note>) -> Response {
        let shown = self.shown.as_deref().unwrap_or(matter);
        answer_page(self.state, self.reader, shown, self.unit, self.questions, note).await
    }

    /// What is said, each with its id; none where nothing was chosen, or what was chosen cannot be read.
    fn voices(&self, said: &Said, id: Uuid) -> Option<Vec<(VoiceId, Says)>> {
        if let Some(says) = self.asking.says() {
            return Some(vec![(VoiceId(id), says)]);
        }
        match self.asking {
            Asking::Visit => {
                let (came, visit) = said.came.split_once(' ')?;
                let visit: RecordId = visit.parse().ok()?;
                let says = match came {
                    "yes" => Says::VisitConfirmed { visit },
                    "no" => Says::VisitDenied { visit },
                    _ => return None,
                };
                Some(vec![(VoiceId(id), says)])
            }
            _ => {
                // Two voices of one form: the second id follows from the first.
                let unit = rating(&said.unit).filter(|_| self.unit.is_some());
                let unit = unit.map(|rating| Says::Rating { of: Rated::Unit, rating });
                let office = rating(&said.office).map(|rating| Says::Rating { of: Rated::Office, rating });
                let second = Uuid::from_u128(id.as_u128() ^ 1);
                let voices: Vec<_> = unit.into_iter().chain(office).zip([id, second]).collect();
                (!voices.is_empty()).then(|| voices.into_iter().map(|(says, id)| (VoiceId(id), says)).collect())
            }
        }
    }

    /// The question, with what was typed before and what is wrong with it.
    pub(super) fn page(&self, said: &Said, id: Uuid, fault: Option<&str>, matter: &Matter) -> Response {
        let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        self.with(status, said, id, fault, matter)
    }

    /// The server could not: nothing typed is lost, and sent again it is one voice.
    pub(super) fn again(&self, said: &Said, id: Uuid, matter: &Matter) -> Response {
        let fault = app::text::public::message::OURS;
        self.with(StatusCode::SERVICE_UNAVAILABLE, said, id, Some(fault), matter)
    }

    fn with(&self, status: StatusCode, said: &Said, id: Uuid, fault: Option<&str>, matter: &Matter) -> Response {
        let saying = Saying {
            asking: self.asking,
            id: VoiceId(id),
            text: &said.text,
            office: rating(&said.office).or_else(|| matter.rated(Rated::Office)),
            unit: rating(&said.unit).or_else(|| matter.rated(Rated::Unit)),
            unit_name: self.unit.map(|unit| unit.name.as_str()),
            fault,
            files: &self.files,
        };
        let html = saying_page(&frame(self.state, self.reader, "/c"), self.questions.asked(), &saying);
        page(status, self.reader, html)
    }

    /// It has no place now: said above the answer.
    pub(super) async fn cannot(&self, why: Unsayable, matter: &Matter) -> Response {
        let note = Note::Unsaid(self.words(why));
        self.shows(matter, Some(&note)).await
    }

    fn words(&self, why: Unsayable) -> String {
        words::unsayable(why, &self.state.settings.office_phone, self.state.now().date())
    }
}
