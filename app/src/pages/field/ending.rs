//! The end of a form: what is wrong with it, how its draft stands, and saving: the codes of what it
//! raises, the record, the next screen.

use std::rc::Rc;

use case_core::code::QueryCode;
use case_core::field::Payload;
use case_core::id::MatterId;
use case_offline::{Committed, DraftState, Handle, HandleDraft, PhoneError};
use leptos::prelude::*;
use serde::Serialize;
use wasm_bindgen::JsCast as _;

use super::on_phone::use_phone;
use super::sheet::{Sheet, Wrongs};
use crate::components::notice::{Mark, Tone, notice};
use crate::components::toast::use_toasts;
use crate::forms::{self, Raises, Wrong};
use crate::history;
use crate::text::screen::{field_form as words, field_me};

/// A form that is being saved, as it was when the button was pressed: it becomes a record also when
/// its screen has gone meanwhile. Without its type: forms are many, and each copy of what saves them
/// would be in the bundle.
pub(super) trait Saving {
    /// A matter that still lacks its code.
    fn lacks_code(&mut self) -> Option<MatterId>;
    /// Gives a matter its code, here and in the draft.
    fn give(&mut self, matter: MatterId, code: QueryCode);
    /// The record, or what is wrong.
    fn payload(&self) -> Result<Payload, Vec<Wrong>>;
}

pub(super) struct Pressed<F: Send + Sync + 'static, P> {
    pub(super) now: F,
    pub(super) sheet: Sheet<F>,
    pub(super) draft: HandleDraft,
    pub(super) finish: P,
}

impl<F, P> Saving for Pressed<F, P>
where
    F: Raises + Serialize + Send + Sync + 'static,
    P: Fn(&F) -> Result<Payload, Vec<Wrong>>,
{
    fn lacks_code(&mut self) -> Option<MatterId> {
        self.now.lacks_code()
    }

    fn give(&mut self, matter: MatterId, code: QueryCode) {
        let put = |form: &mut F| form.codes().map(|codes| codes.give(matter, code.clone()));
        let _ = put(&mut self.now);
        let form = self.sheet.form;
        match form.try_update_untracked(put) {
            Some(_) => form.with_untracked(|form| self.draft.keep(form)),
            None => self.draft.keep(&self.now),
        }
    }

    fn payload(&self) -> Result<Payload, Vec<Wrong>> {
        (self.finish)(&self.now)
    }
}

/// Gives each matter that the form raises a code of the phone's reserve, as far as there are any, and
/// makes the record. The codes stand in the draft before the record is made.
async fn save(form: &mut dyn Saving, handle: &Handle, draft: &HandleDraft) -> Result<Committed, String> {
    while let Some(matter) = form.lacks_code() {
        let Some(code) = handle.take_code().await.map_err(|error| failure_words(&error))? else { break };
        form.give(matter, code);
    }
    match form.payload() {
        Ok(payload) => draft.commit(payload).await.map_err(|error| failure_words(&error)),
        // It was looked at before, and a code spoils no field.
        Err(_) => Err(words::NOT_SAVED.to_owned()),
    }
}

/// What the end of a form needs of it.
pub(super) struct Ending {
    pub(super) wrongs: Wrongs,
    pub(super) failure: RwSignal<Option<String>>,
    pub(super) busy: RwSignal<bool>,
    pub(super) draft: StoredValue<HandleDraft>,
    /// What is wrong with the form as it is now; whoever asks follows its changes.
    pub(super) check: Rc<dyn Fn() -> Vec<Wrong>>,
    /// The form as it is now.
    pub(super) press: Rc<dyn Fn() -> Box<dyn Saving>>,
}

impl Ending {
    /// Drawn; once the record is saved, the screen `then` opens, or the codes of what it raised.
    pub(super) fn draw(self, then: String) -> AnyView {
        let go = history::replace();
        let toasts = use_toasts();
        let phone = use_phone();
        let Self { wrongs, failure, busy, draft, check, press } = self;
        // A field that was put right says so at once; new complaints wait for the next try to save.
        Effect::new(move |_| {
            let now = check();
            if wrongs.0.with_untracked(|list| !list.is_empty()) {
                wrongs.0.update(|list| list.retain(|wrong| now.contains(wrong)));
            }
        });
        let target = then.clone();
        let save = move |_| {
            if busy.get_untracked() {
                return;
            }
            failure.set(None);
            let mut form = press();
            if let Err(list) = form.payload() {
                failure.set(Some(words::wrongs(list.len())));
                let first = list.first().map(|wrong| wrong.spot.id());
                wrongs.0.set(list);
                if let Some(id) = first {
                    show(&id);
                }
                return;
            }
            wrongs.0.set(Vec::new());
            let Some(handle) = phone.handle() else { return };
            busy.set(true);
            let (draft, go, target) = (draft.get_value(), go.clone(), target.clone());
            leptos::task::spawn_local(async move {
                match save(&mut *form, &handle, &draft).await {
                    Ok(committed) => {
                        // The next household is found anew.
                        phone.households_typed.set(String::new());
                        toasts.say(words::SAVED);
                        let record = &committed.entry.record;
                        if forms::raised(&record.payload).is_empty() {
                            go(&target);
                        } else {
                            go(&["/w/code/", &record.id.to_string()].concat());
                        }
                    }
                    Err(error) => {
                        let _ = failure.try_set(Some(error));
                        let _ = busy.try_set(false);
                    }
                }
            });
        };
        let failed = move || failure.get().map(|text| notice(Tone::Refuse, text, None));
        view! {
            <div aria-live="assertive">{failed}</div>
            {kept(draft)}
            <div class="actions">
                <a class="btn btn--plain" href=then>{words::LEAVE}</a>
                <button class="btn actions__main" type="button" aria-busy=move || busy.get().then_some("true") on:click=save>
                    {move || if busy.get() { words::SAVING } else { words::SAVE }}
                </button>
            </div>
        }
        .into_any()
    }
}

/// How what is on the screen relates to what is on the phone's disk.
fn kept(draft: StoredValue<HandleDraft>) -> AnyView {
    let phone = use_phone();
    let failed = Memo::new(move |_| {
        phone.draft_written();
        match draft.with_value(HandleDraft::state) {
            DraftState::Failed(error) => Some(field_me::store(&error)),
            _ => None,
        }
    });
    (move || match failed.get() {
        Some(text) => notice(Tone::Refuse, text, None),
        None => view! { <p class="muted">{Mark::Saved.draw()}" "{words::KEPT}</p> }.into_any(),
    })
    .into_any()
}

/// What went wrong with a draft, in words.
pub(super) fn failure_words(error: &PhoneError) -> String {
    match error {
        PhoneError::Server(_) => words::NOT_SAVED.to_owned(),
        other => field_me::phone_error(other),
    }
}

/// Moves to a field, opening what it is folded into.
fn show(id: &str) {
    let Some(element) = document().get_element_by_id(id) else { return };
    let mut fold = element.closest("details").ok().flatten();
    while let Some(open) = fold {
        let _ = open.set_attribute("open", "");
        fold = open.parent_element().and_then(|parent| parent.closest("details").ok().flatten());
    }
    if let Ok(element) = element.dyn_into::<web_sys::HtmlElement>() {
        let _ = element.focus();
        element.scroll_into_view();
    }
}
