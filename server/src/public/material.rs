//! 补充材料, with files: as the other things that are said, but sent with what was photographed.

use std::sync::Arc;

use app::pages::public::Message;
use app::text::public::filing as file_words;
use app::text::public::say as words;
use axum::extract::{Extension, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use case_core::id::VoiceId;
use case_core::matter::{Matter, Says, may_say};
use case_core::public::Asking;
use case_core::text::{Paragraph, TextError};
use case_store::Owner;
use uuid::Uuid;

use super::lookup::admit;
use super::reader::Reader;
use super::said::{Asks, Said};
use super::sent::{Readers, Sent, unread};
use super::tries::Turns;
use super::{say as message, uploads};
use crate::error::ApiError;
use crate::extract::Caller;
use crate::security;
use crate::state::AppState;

/// `POST /c/send`.
pub(super) async fn send(
    State(state): State<AppState>,
    reader: Reader,
    Caller(address): Caller,
    Extension(turns): Extension<Arc<Turns>>,
    Extension(readers): Extension<Arc<Readers>>,
    request: Request,
) -> Response {
    if security::is_foreign(request.headers()) {
        return message(&state, reader, StatusCode::FORBIDDEN, &Message::Forbidden);
    }
    let mut sent = match Sent::read(request, &state, &readers, address).await {
        Ok(sent) => sent,
        Err(status) => return message(&state, reader, status, &unread(status)),
    };
    let said = Said::of(|name| sent.first(name).to_owned());
    let mut questions = said.questions();
    let (matter, unit) = match admit(&state, reader, &turns, address, &mut questions).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    // A form without its id was not made by a page of ours; it is one voice all the same.
    let id = Uuid::parse_str(&said.id).unwrap_or_else(|_| Uuid::now_v7());
    let mut asks = Asks::of(&state, reader, &questions, unit.as_ref(), Asking::Material);
    let matter = match asks.heard_by(matter).await {
        Ok(matter) => matter,
        Err(response) => return response,
    };
    let owner = Owner { matter: matter.id, voice: Some(VoiceId(id)) };
    // Sent again after it was heard: it is answered as before, and nothing is added to it.
    let heard = matter.voices.iter().any(|voice| voice.id == VoiceId(id));
    if !heard {
        if let Err(why) = may_say(&matter, Says::Material, state.now().date()) {
            return asks.cannot(why, &matter).await;
        }
        let trouble = match stage(&state, address, &mut sent, owner, &mut asks).await {
            Ok(trouble) => trouble,
            Err(error) => {
                tracing::error!(%error, "files of a petitioner");
                return asks.again(&said, id, &matter);
            }
        };
        if let Some(trouble) = trouble {
            return asks.page(&said, id, Some(trouble), &matter);
        }
    }
    let typed = match Paragraph::parse_optional(&said.text) {
        Ok(None) if !asks.files.is_empty() => Paragraph::parse_optional(file_words::ONLY_FILES),
        other => other,
    };
    let text = match typed {
        Ok(text) => text,
        Err(TextError::TooLong { .. }) => return asks.page(&said, id, Some(words::TOO_LONG), &matter),
        Err(_) => return asks.page(&said, id, Some(words::STRANGE), &matter),
    };
    let response = asks.tell(&said, Matter::clone(&matter), vec![(VoiceId(id), Says::Material)], text.as_ref()).await;
    if response.status() == StatusCode::OK
        && let Err(error) = state.store.keep_files(owner).await
    {
        // Whoever clears up finds the voice, and keeps them.
        tracing::error!(%error, "keeping files of a petitioner");
    }
    response
}

/// What is wrong with the files, in words.
async fn stage(
    state: &AppState,
    address: std::net::IpAddr,
    sent: &mut Sent,
    owner: Owner,
    asks: &mut Asks<'_>,
) -> Result<Option<&'static str>, ApiError> {
    if sent.has_files() && !uploads::admit(state, address).await? {
        return Ok(Some(file_words::TOO_MANY));
    }
    let trouble = sent.stage(state, owner).await?;
    asks.files = state.store.staged_files(owner).await?;
    Ok(trouble)
}
