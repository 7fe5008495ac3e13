//! The truth line (发送实况): saved on this phone, being sent, confirmed; nothing else, always visible.

use case_offline::{Connection, Status};
use leptos::prelude::*;

use super::on_phone::use_phone;
use crate::browser;
use crate::components::notice::Mark;
use crate::text::screen::field as words;

/// One fact of the line.
#[derive(Clone, PartialEq)]
struct Fact {
    class: &'static str,
    mark: Mark,
    text: String,
    number: Option<u32>,
}

const PLAIN: &str = "truth__fact";
/// A line of the phone holds so many.
const MOST: usize = 3;

fn facts(status: &Status) -> Vec<Fact> {
    let plain = |mark, text: &str| Fact { class: PLAIN, mark, text: text.to_owned(), number: None };
    let mut facts = Vec::new();
    match status.connection {
        Connection::Offline { .. } => facts.push(plain(Mark::Off, words::OFFLINE)),
        Connection::Troubled { .. } => facts.push(plain(Mark::Off, words::TROUBLED)),
        Connection::NeedsSignIn => facts.push(plain(Mark::Warn, words::NEEDS_SIGN_IN)),
        Connection::NeedsUpdate => facts.push(plain(Mark::Warn, words::NEEDS_UPDATE)),
        Connection::Unknown | Connection::Online => {}
    }
    if status.set_aside > 0 {
        let text = words::refused(status.set_aside);
        facts.push(Fact { class: "truth__fact truth__fact--refused", mark: Mark::No, text, number: None });
    }
    let counted = |class, mark, text: &str, n: u32| Fact { class, mark, text: text.to_owned(), number: Some(n) };
    if status.saved > 0 {
        facts.push(counted("truth__fact truth__fact--saved", Mark::Saved, words::SAVED, status.saved));
    }
    if status.sending > 0 {
        facts.push(counted("truth__fact truth__fact--sending", Mark::Sending, words::SENDING, status.sending));
    }
    if let Some(at) = status.last_confirmed {
        let all = status.saved == 0 && status.set_aside == 0;
        let text = words::confirmed(at, browser::today(), all);
        facts.push(Fact { class: "truth__fact truth__fact--confirmed", mark: Mark::Ok, text, number: None });
    } else if facts.is_empty() {
        facts.push(plain(Mark::Info, words::NOTHING_YET));
    }
    facts.truncate(MOST);
    facts
}

/// The line; a tap opens the list of what is unsent.
pub(super) fn truth() -> AnyView {
    let phone = use_phone();
    let known = Memo::new(move |_| facts(&phone.status()));
    let quiet = move || matches!(phone.status().connection, Connection::Offline { .. } | Connection::Troubled { .. });
    let draw = |fact: Fact| {
        view! { <span class=fact.class>{fact.mark.draw()}" "{fact.text}{fact.number.map(|n| view! { " "<b>{n}</b> })}</span> }
    };
    view! {
        <a class=move || if quiet() { "truth truth--offline" } else { "truth" } href="/w/unsent">
            <span class="truth__facts" role="status">{move || known.get().into_iter().map(draw).collect_view()}</span>
        </a>
    }
    .into_any()
}
