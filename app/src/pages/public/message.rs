//! Pages that are one message: what happened, and what to do.

use leptos::prelude::*;

use super::frame::{Frame, phone_link};
use crate::text::public as words;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// 429.
    TooMany {
        /// Seconds to wait.
        retry_after: u32,
        /// The time of day from which it goes on (14:35).
        at: String,
    },
    /// 404.
    NotFound,
    /// 400, 413, 415: what was sent cannot be read.
    Unreadable,
    /// 405.
    WrongWay,
    /// 403: another site asked.
    Forbidden,
    /// 5xx.
    Ours,
}

impl Message {
    /// In its address.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::TooMany { .. } => "too-many",
            Self::NotFound => "not-found",
            Self::Unreadable => "unreadable",
            Self::WrongWay => "wrong-way",
            Self::Forbidden => "forbidden",
            Self::Ours => "ours",
        }
    }
}

/// The page.
#[must_use]
pub fn message(frame: &Frame<'_>, what: &Message) -> String {
    use words::message as m;
    let (title, text, to_lookup) = match what {
        Message::TooMany { retry_after, at } => (m::TOO_MANY, words::too_many(*retry_after, at), false),
        Message::NotFound => (m::NOT_FOUND, m::NOT_FOUND_DO.to_owned(), true),
        Message::Unreadable => (m::UNREADABLE, m::UNREADABLE_DO.to_owned(), true),
        Message::WrongWay => (m::WRONG_WAY, m::UNREADABLE_DO.to_owned(), true),
        Message::Forbidden => (m::FORBIDDEN, m::FORBIDDEN_DO.to_owned(), true),
        Message::Ours => (m::OURS, m::OURS_DO.to_owned(), true),
    };
    let main = view! {
        <h1 class="answer__say">{title}</h1>
        <p class="answer__why">{text}</p>
        <div class="answer__call">
            <p>{frame.office.name.to_owned()}</p>
            <p class="answer__phone">{phone_link(frame.office.phone)}</p>
        </div>
        <p>
            {to_lookup.then(|| view! { <a href="/c">{m::TO_LOOKUP}</a>" " })}
            <a href="/">{words::HOME}</a>
        </p>
    };
    frame.page(title, main)
}
