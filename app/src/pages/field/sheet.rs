//! An open form: its draft, what is wrong with it, and how it is saved. Nothing here knows which form.

use case_core::field::Payload;
use case_offline::{DraftKind, DraftState, Handle, HandleDraft, PhoneError};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast as _;

use super::bind::bind;
use super::on_phone::use_phone;
use crate::components::field::{Field, Kind, Need, error_words};
use crate::components::notice::{Mark, Tone, notice};
use crate::components::toast::use_toasts;
use crate::forms::{self, Name, Raises, Spot, Wrong};
use crate::text::screen::{field as list_words, field_form as words, field_me};
use crate::{browser, format, routes};

/// What is wrong with the fields, as the fields look it up; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Wrongs(RwSignal<Vec<Wrong>>);

impl Wrongs {
    /// What is wrong with one field, in words.
    pub(super) fn at(self, spot: Spot) -> Signal<Option<String>> {
        Signal::derive(move || self.0.with(|list| list.iter().find(|wrong| wrong.spot == spot).map(words::wrong)))
    }

    /// Of a field outside the items.
    pub(super) fn of(self, name: Name) -> Signal<Option<String>> {
        self.at(Spot::of(name))
    }

    /// The error of something that is no field of its own.
    pub(super) fn draw(self, name: Name) -> AnyView {
        error_words(&Spot::of(name).id(), self.of(name))
    }
}

/// An open form; copied freely.
pub(super) struct Sheet<F: Send + Sync + 'static> {
    /// The form as it is on the screen.
    pub(super) form: RwSignal<F>,
    /// What is wrong with it.
    pub(super) wrongs: Wrongs,
    draft: StoredValue<HandleDraft>,
    failure: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl<F: Send + Sync + 'static> Clone for Sheet<F> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<F: Send + Sync + 'static> Copy for Sheet<F> {}

/// Opens the draft of this kind and draws its form; `begin` makes the form out of what was kept.
pub(super) fn with_draft<F>(
    kind: DraftKind,
    begin: impl Fn(Option<F>) -> F + Send + 'static,
    draw: impl Fn(Sheet<F>) -> AnyView + Send + 'static,
) -> AnyView
where
    F: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
{
    let phone = use_phone();
    // Of these there is one draft at a time, whomever it is about: another can be begun at once.
    let loose = matches!(kind, DraftKind::Reception | DraftKind::Intake { household: None });
    let open = RwSignal::new(None::<HandleDraft>);
    let failed = RwSignal::new(None::<String>);
    // Opened anew when a draft was thrown away.
    let again = RwSignal::new(0_u32);
    Effect::new(move |_| {
        again.track();
        let (Some(handle), kind) = (phone.handle(), kind.clone()) else { return };
        leptos::task::spawn_local(async move {
            // The screen may be gone when the answer comes.
            let _ = match handle.open_draft(kind).await {
                Ok(draft) => open.try_set(Some(draft)).is_some(),
                Err(error) => failed.try_set(Some(failure_words(&error))).is_some(),
            };
        });
    });
    let body = move || {
        open.get().map(|draft| {
            let kept = draft.form::<F>();
            let begun = kept.is_some().then(|| draft.draft().updated_at);
            let form = RwSignal::new(begin(kept));
            let sheet = Sheet {
                form,
                wrongs: Wrongs(RwSignal::new(Vec::new())),
                draft: StoredValue::new(draft.clone()),
                failure: RwSignal::new(None),
                busy: RwSignal::new(false),
            };
            Effect::new(move |before: Option<()>| {
                let now = form.get();
                if before.is_some() {
                    draft.keep(&now);
                }
            });
            let asked = begun.map(|at| continued(at, sheet.draft, again, loose));
            view! { {asked}{draw(sheet)} }
        })
    };
    view! { {move || failed.get().map(|text| notice(Tone::Refuse, text, None))}{body} }.into_any()
}

/// Says that a draft is continued; one that has been lying for a day asks.
fn continued(
    at: case_core::time::Moment,
    draft: StoredValue<HandleDraft>,
    again: RwSignal<u32>,
    loose: bool,
) -> AnyView {
    let today = browser::today();
    let days = (today - at.date()).num_days();
    let settled = RwSignal::new(false);
    let sure = RwSignal::new(false);
    let anew = move |_| {
        // What was written today is not thrown away by one slip of the thumb.
        if days <= 0 && !sure.get_untracked() {
            sure.set(true);
            return;
        }
        let draft = draft.get_value();
        leptos::task::spawn_local(async move {
            if draft.discard().await.is_ok() {
                let _ = again.try_update(|n| *n = n.wrapping_add(1));
            }
        });
    };
    (move || {
        if days <= 0 {
            let other = loose.then(|| {
                let label = move || if sure.get() { list_words::THROW_AWAY_SURE } else { words::BEGIN_ANEW };
                view! { " "<button class="btn btn--text" type="button" on:click=anew>{label}</button> }
            });
            let words = words::continued(&format::moment(at, today));
            return Some(view! { <p class="section muted">{words}{other}</p> }.into_any());
        }
        (!settled.get()).then(|| {
            let act = view! {
                <p>
                    <button class="btn btn--plain" type="button" on:click=move |_| settled.set(true)>{words::GO_ON}</button>" "
                    <button class="btn btn--text" type="button" on:click=anew>{words::BEGIN_ANEW}</button>
                </p>
            };
            notice(Tone::Warn, words::old_draft(days), Some(act.into_any()))
        })
    })
    .into_any()
}

fn failure_words(error: &PhoneError) -> String {
    match error {
        PhoneError::Server(_) => words::NOT_SAVED.to_owned(),
        other => field_me::phone_error(other),
    }
}

/// A code of the phone's reserve for each matter that the form raises, as far as there are any. It
/// stands in the draft before the record is made. `saved` is the form as it was when it was saved: it
/// becomes a record also when its screen has gone meanwhile.
async fn give_codes<F>(saved: &mut F, form: RwSignal<F>, handle: &Handle, draft: &HandleDraft) -> Result<(), PhoneError>
where
    F: Raises + Serialize + Send + Sync + 'static,
{
    let give = |form: &mut F, matter, code| form.codes().map(|codes| codes.give(matter, code));
    while let Some(matter) = saved.lacks_code() {
        let Some(code) = handle.take_code().await? else { break };
        let _ = give(saved, matter, code.clone());
        match form.try_update_untracked(|form| give(form, matter, code)) {
            Some(_) => form.with_untracked(|form| draft.keep(form)),
            None => draft.keep(saved),
        }
    }
    Ok(())
}

impl<F: Raises + Serialize + Clone + Send + Sync + 'static> Sheet<F> {
    /// The end of the form: what is wrong, how the draft stands, and the buttons. `finish` makes the
    /// record; once it is saved, the screen `then` opens.
    pub(super) fn end(
        self,
        finish: impl Fn(&F) -> Result<Payload, Vec<Wrong>> + Copy + Send + 'static,
        then: String,
    ) -> AnyView {
        let go = routes::replace();
        let toasts = use_toasts();
        let phone = use_phone();
        let form = self.form;
        // A field that was put right says so at once; new complaints wait for the next try to save.
        Effect::new(move |_| {
            let now = form.with(|form| finish(form).err().unwrap_or_default());
            if self.wrongs.0.with_untracked(|list| !list.is_empty()) {
                self.wrongs.0.update(|list| list.retain(|wrong| now.contains(wrong)));
            }
        });
        let target = then.clone();
        let save = move |_| {
            if self.busy.get_untracked() {
                return;
            }
            self.failure.set(None);
            let mut now = form.get_untracked();
            if let Err(wrongs) = finish(&now) {
                self.failure.set(Some(words::wrongs(wrongs.len())));
                let first = wrongs.first().map(|wrong| wrong.spot.id());
                self.wrongs.0.set(wrongs);
                if let Some(id) = first {
                    show(&id);
                }
                return;
            }
            self.wrongs.0.set(Vec::new());
            let Some(handle) = phone.handle() else { return };
            self.busy.set(true);
            let (draft, go, target) = (self.draft.get_value(), go.clone(), target.clone());
            leptos::task::spawn_local(async move {
                let given = give_codes(&mut now, form, &handle, &draft).await;
                let saved = match (given, finish(&now)) {
                    (Ok(()), Ok(payload)) => draft.commit(payload).await,
                    (Err(error), _) => Err(error),
                    // A code spoils no field.
                    (_, Err(_)) => return,
                };
                match saved {
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
                        let _ = self.failure.try_set(Some(failure_words(&error)));
                        let _ = self.busy.try_set(false);
                    }
                }
            });
        };
        let failure = move || self.failure.get().map(|text| notice(Tone::Refuse, text, None));
        view! {
            <div aria-live="assertive">{failure}</div>
            {self.kept()}
            <div class="actions">
                <a class="btn btn--plain" href=then>{words::LEAVE}</a>
                <button class="btn actions__main" type="button" aria-busy=move || self.busy.get().then_some("true") on:click=save>
                    {move || if self.busy.get() { words::SAVING } else { words::SAVE }}
                </button>
            </div>
        }
        .into_any()
    }
}

impl<F: Send + Sync + 'static> Sheet<F> {
    /// A text of the form.
    pub(super) fn text(
        self,
        name: Name,
        kind: Kind,
        need: Need,
        hint: &'static str,
        part: impl Fn(&mut F) -> &mut String + Copy + 'static,
    ) -> AnyView {
        let value = bind(self.form, part);
        let error = self.wrongs.of(name);
        view! { <Field id=Spot::of(name).id() label=words::label(name) value kind need hint error/> }.into_any()
    }

    /// Waits until what is on the screen is on the phone's disk.
    pub(super) async fn kept_on_disk(self) {
        self.draft.get_value().kept().await;
    }

    /// How what is on the screen relates to what is on the phone's disk.
    fn kept(self) -> AnyView {
        let phone = use_phone();
        let failed = Memo::new(move |_| {
            phone.draft_written();
            match self.draft.with_value(HandleDraft::state) {
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
}

/// The form around its fields: nothing is sent by the browser itself.
pub(super) fn form(body: AnyView) -> AnyView {
    view! { <form class="form" on:submit=|ev: leptos::ev::SubmitEvent| ev.prevent_default()>{body}</form> }.into_any()
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
