//! 检举控告 at the desk. What is typed here, and what is read here, lives in the page alone: no draft, no copy on
//! the device.

mod accused;
mod form;
mod handover;
mod list;
mod opened;
mod passphrase;
mod slip;

use case_core::id::UnitId;
use case_core::wire::desk::Unit;
use leptos::prelude::*;

pub use form::{Carried, SealedForm};
pub use list::ListPage;

use crate::client::ClientError;
use crate::components::page::{DeskPage, Section};
use crate::load::{Load, Loader};
use crate::text::screen::sealed as words;
use crate::who::Who;

/// `/w/sealed/new`.
#[component]
pub fn NewPage() -> impl IntoView {
    view! {
        <DeskPage section=Section::Sealed title=Signal::stored(words::FORM_TITLE.to_owned())>
            <SealedForm carried=Carried::default() sealed=|()| ()/>
        </DeskPage>
    }
    .into_any()
}

/// Units to choose from, but those that are kept out.
fn choices(units: Loader<Vec<Unit>>, out: &[UnitId]) -> Vec<(String, String)> {
    units.state.with(|state| match state {
        Load::Ready(all) => {
            let left = all.iter().filter(|unit| !out.contains(&unit.id));
            left.map(|unit| (unit.id.to_string(), unit.name.as_str().to_owned())).collect()
        }
        Load::Waiting | Load::Failed(_) => Vec::new(),
    })
}

/// What a form says when its request failed.
fn fail(who: Who, failure: RwSignal<Option<String>>, error: &ClientError) {
    who.heed(error);
    let _ = failure.try_set(Some(error.message()));
}

/// A button that sends a form, and what went wrong with it.
fn send_button(
    words: &'static str,
    doing: &'static str,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<String>>,
) -> AnyView {
    view! {
        <crate::components::notice::Failure message=failure/>
        <div>
            <button class="btn" type="submit" aria-busy=move || busy.get().then_some("true")>
                {move || if busy.get() { doing } else { words }}
            </button>
        </div>
    }
    .into_any()
}
