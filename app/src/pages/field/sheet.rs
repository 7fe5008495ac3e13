//! An open form: its draft, what is wrong with it, its texts. Nothing here knows which form.

use std::rc::Rc;

use case_core::field::Payload;
use case_offline::{DraftKind, HandleDraft};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

#[cfg(feature = "desk")]
use super::bind::bind;
use super::ending::{Ending, Pressed, failure_words};
use super::on_phone::use_phone;
use crate::components::field::error_words;
#[cfg(feature = "desk")]
use crate::components::field::{Field, Kind, Need};
use crate::components::notice::{Tone, notice};
use crate::forms::{Name, Raises, Spot, Wrong};
use crate::text::screen::{field as list_words, field_form as words};
use crate::{browser, format};

/// What is wrong with the fields, as the fields look it up; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Wrongs(pub(super) RwSignal<Vec<Wrong>>);

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

impl<F: Raises + Serialize + Clone + Send + Sync + 'static> Sheet<F> {
    /// The end of the form: what is wrong, how the draft stands, and the buttons. `finish` makes the
    /// record; once it is saved, the screen `then` opens, or the codes of what it raised.
    pub(super) fn end(
        self,
        finish: impl Fn(&F) -> Result<Payload, Vec<Wrong>> + Copy + 'static,
        then: String,
    ) -> AnyView {
        let form = self.form;
        let ending = Ending {
            wrongs: self.wrongs,
            failure: self.failure,
            busy: self.busy,
            draft: self.draft,
            check: Rc::new(move || form.with(|form| finish(form).err().unwrap_or_default())),
            press: Rc::new(move || {
                Box::new(Pressed { now: form.get_untracked(), sheet: self, draft: self.draft.get_value(), finish })
            }),
        };
        ending.draw(then)
    }
}

impl<F: Send + Sync + 'static> Sheet<F> {
    #[cfg(feature = "desk")]
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

    #[cfg(feature = "desk")]
    /// Waits until what is on the screen is on the phone's disk.
    pub(super) async fn kept_on_disk(self) {
        self.draft.get_value().kept().await;
    }
}

#[cfg(feature = "desk")]
/// The form around its fields: nothing is sent by the browser itself.
pub(super) fn form(body: AnyView) -> AnyView {
    view! { <form class="form" on:submit=|ev: leptos::ev::SubmitEvent| ev.prevent_default()>{body}</form> }.into_any()
}
