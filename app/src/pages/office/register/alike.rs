//! Look-alike matters beside the form: found while one types, linked or kept apart before it is saved.

use std::time::Duration;

use case_core::place::DivisionCode;
use case_core::wire::desk::{AlikeMatter, AlikeRequest};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::draft::{Fields, RegisterDraft};
use crate::client::matters;
use crate::text::screen::register as words;
use crate::who::use_who;
use crate::{format, routes, text};

/// So long after the last key the server is asked.
const PAUSE: Duration = Duration::from_millis(600);

/// What was found, and what the clerk made of it.
#[derive(Clone, Copy)]
pub struct Alike {
    /// The most alike first.
    pub found: RwSignal<Vec<AlikeMatter>>,
    /// "None of these": said about exactly what is shown.
    pub apart: RwSignal<bool>,
    /// Saving was stopped until the clerk has said it.
    pub asked: RwSignal<bool>,
}

impl Alike {
    /// Nothing found yet.
    pub fn new() -> Self {
        Self { found: RwSignal::new(Vec::new()), apart: RwSignal::new(false), asked: RwSignal::new(false) }
    }

    /// Begins anew, for the next intake.
    pub fn clear(self) {
        self.show(Vec::new());
        self.asked.set(false);
    }

    /// Shows what was found. What was said about others does not hold for these.
    pub fn show(self, found: Vec<AlikeMatter>) {
        let ids = |list: &[AlikeMatter]| list.iter().map(|alike| alike.row.id).collect::<Vec<_>>();
        if self.found.with_untracked(|before| ids(before)) != ids(&found) {
            self.apart.set(false);
        }
        self.found.set(found);
    }

    /// Asks the server whenever the form rests.
    pub fn follow(self, fields: StoredValue<Fields>) {
        let pause = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move |_| {
            // A report against an official is for the channel's officers alone: nothing of it is looked up.
            let report = fields.with_value(Fields::is_report);
            let request = request(&fields.with_value(Fields::snapshot)).filter(|_| !report);
            pause.update_value(|running| {
                if let Some(running) = running.take() {
                    running.clear();
                }
                let Some(request) = request else {
                    self.show(Vec::new());
                    return;
                };
                let then = move || {
                    leptos::task::spawn_local(async move {
                        // It only suggests: what cannot be read now is asked again before saving.
                        if let Ok(found) = matters::alike(&request).await
                            && self.found.try_get_untracked().is_some()
                        {
                            self.show(found);
                        }
                    });
                };
                *running = set_timeout_with_handle(then, PAUSE).ok();
            });
        });
    }
}

/// What has been typed; nothing while that is too little to go by.
pub fn request(draft: &RegisterDraft) -> Option<AlikeRequest> {
    let text = [draft.title.as_str(), "\n", &draft.content, "\n", &draft.demands.join("\n")].concat();
    let known = |text: &str, least: usize| text.trim().chars().count() >= least;
    if !known(&draft.name, 2) && !known(&draft.phone, 7) && !known(&draft.address, 6) && !known(&text, 6) {
        return None;
    }
    Some(AlikeRequest {
        name: draft.name.clone(),
        phone: draft.phone.clone(),
        address: draft.address.clone(),
        text,
        place: DivisionCode::parse(&draft.place).ok(),
        household: None,
    })
}

/// The panel; nothing while nothing looks alike. `link` takes the one that is the same, `apart` saves as
/// something new.
pub fn panel(
    alike: Alike,
    link: impl Fn(AlikeMatter) + Copy + Send + Sync + 'static,
    apart: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let today = use_who().office_today();
    let one = move |found: AlikeMatter| {
        let why: Vec<_> = found.reasons.iter().map(|reason| text::matter::likeness(*reason)).collect();
        let row = &found.row;
        let when = format::day(found.received_on, today);
        let who = [row.petitioner.as_str(), " · ", &when, " · ", text::stage::stage(row.stage)].concat();
        let title = row.title.as_str().to_owned();
        let label = [words::LINK, "：", &title].concat();
        let (href, linkable) = (routes::matter(row.id), found.linkable);
        let times = words::intakes(found.intakes);
        view! {
            <li class="stack">
                <p><a href=href target="_blank" rel="noopener"><b>{title}</b></a></p>
                <p class="muted">{[&who, " · ", &times].concat()}</p>
                <p>{why.join("、")}</p>
                <button class="btn btn--plain" type="button" aria-label=label hidden=!linkable
                    on:click=move |_| link(found.clone())>{words::LINK}</button>
            </li>
        }
    };
    let list = move || {
        let found = alike.found.get();
        (!found.is_empty()).then(|| {
            let note = move || if alike.asked.get() { words::ALIKE_ASK } else { words::ALIKE_NOTE };
            view! {
                <h2 class="heading" id="alike" tabindex="-1">{words::ALIKE}</h2>
                <p>{note}</p>
                <ul class="stack">{found.into_iter().map(one).collect_view()}</ul>
                <button class="btn btn--plain" type="button" hidden=move || !alike.asked.get()
                    on:click=move |_| apart()>{words::APART}</button>
            }
        })
    };
    view! { <aside class="desk__aside" aria-label=words::ALIKE aria-live="polite">{list}</aside> }.into_any()
}
