//! 有新进展怎么告诉您: what a petitioner wishes about messages, by code like everything here.

use std::sync::Arc;

use app::pages::public::{Message, Note, Telling};
use app::text::public::notice as words;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Extension, Form, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use case_core::mask;
use case_core::matter::Matter;
use case_core::notice::has_phone;
use case_store::StoreError;
use serde::Deserialize;

use super::lookup::{Questions, admit, answer_page, refused};
use super::reader::Reader;
use super::say as message;
use super::tries::Turns;
use crate::extract::Caller;
use crate::notices::push;
use crate::state::AppState;

/// What comes with a button. No `Debug`: it is not for a log.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wished {
    code: String,
    proof: String,
    pass: String,
    endpoint: String,
}

/// `POST /c/notices/{what}`: writes it down, and shows the answer page with it.
pub(super) async fn wish(
    State(state): State<AppState>,
    reader: Reader,
    Caller(address): Caller,
    Extension(turns): Extension<Arc<Turns>>,
    what: Result<Path<String>, PathRejection>,
    typed: Result<Form<Wished>, FormRejection>,
) -> Response {
    let wished = match typed {
        Ok(Form(wished)) => wished,
        Err(rejection) => return message(&state, reader, refused(&rejection), &Message::Unreadable),
    };
    let Some(wish) = what.ok().and_then(|Path(what)| Wish::from_word(&what)) else {
        return message(&state, reader, StatusCode::NOT_FOUND, &Message::NotFound);
    };
    let mut questions = Questions { code: wished.code, proof: wished.proof, pass: wished.pass, ..Questions::default() };
    let (matter, unit) = match admit(&state, reader, &turns, address, &mut questions).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let note = match wish.fulfil(&state, &matter, &wished.endpoint).await {
        Ok(Some(done)) => Note::Wished(done),
        Ok(None) => Note::Unsaid(words::CANNOT.to_owned()),
        Err(error) => {
            tracing::error!(%error, "a petitioner's wish about messages");
            return message(&state, reader, StatusCode::SERVICE_UNAVAILABLE, &Message::Ours);
        }
    };
    answer_page(&state, reader, &matter, unit.as_ref(), &questions, Some(&note)).await
}

#[derive(Clone, Copy)]
enum Wish {
    Stop,
    Resume,
    Remind,
    Forget,
}

impl Wish {
    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "stop" => Self::Stop,
            "resume" => Self::Resume,
            "remind" => Self::Remind,
            "forget" => Self::Forget,
            _ => return None,
        })
    }

    /// What to say of it; nothing where it cannot be done.
    async fn fulfil(
        self,
        state: &AppState,
        matter: &Matter,
        endpoint: &str,
    ) -> Result<Option<&'static str>, StoreError> {
        let (store, now) = (&state.store, state.now());
        match self {
            Self::Stop => store.stop_notices(matter.id, true, now).await.map(|()| Some(words::DONE_STOP)),
            Self::Resume => store.stop_notices(matter.id, false, now).await.map(|()| Some(words::DONE_RESUME)),
            Self::Forget => store.forget_pushes(matter.id, now).await.map(|()| Some(words::DONE_FORGET)),
            Self::Remind => {
                let Some(endpoint) = state.outbox.pusher.allowed(endpoint) else { return Ok(None) };
                store.add_push(matter.id, &endpoint.address(matter.id), now).await?;
                Ok(Some(words::DONE_REMIND))
            }
        }
    }
}

/// How the petitioner of a matter is told of news.
pub(super) fn told(state: &AppState, matter: &Matter, stopped: bool, browsers: u32) -> Telling {
    let phone = matter.registration.petitioner.phone.as_ref().filter(|_| has_phone(matter));
    Telling {
        phone: phone.map(|phone| mask::phone(phone.as_str())),
        stopped,
        browsers,
        push_key: state.outbox.pusher.is_on().then(|| push::public_key(&state.secrets)),
    }
}
