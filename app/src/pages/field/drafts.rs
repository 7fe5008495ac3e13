//! Drafts in lists: where they go on, and the question that an old one asks.

use case_core::field::{About, RecordKind};
use case_offline::{Draft, DraftKind, WorkArea};
use leptos::prelude::*;

use super::frame::heading;
use super::on_phone::use_phone;
use crate::text::screen::field as words;
use crate::{browser, text};

/// Where a draft goes on; other screens' drafts are not ours.
fn address(kind: &DraftKind) -> Option<String> {
    match kind {
        DraftKind::HouseholdVisit { household } => Some(["/w/visit/", &household.to_string()].concat()),
        DraftKind::ReturnVisit { matter } => Some(["/w/return/", &matter.to_string()].concat()),
        DraftKind::Reception => Some("/w/reception".to_owned()),
        DraftKind::Intake { household: None } => Some("/w/intake".to_owned()),
        DraftKind::Intake { household: Some(household) } => Some(["/w/intake/", &household.to_string()].concat()),
        DraftKind::Note(about) => Some(of_about("/w/note/", *about)),
        DraftKind::Evidence(about) => Some(of_about("/w/evidence/", *about)),
        DraftKind::Correction(corrects) => Some(["/w/correct/", &corrects.to_string()].concat()),
        DraftKind::RosterEdit(household) => Some(["/w/roster/", &household.to_string()].concat()),
        DraftKind::Free { .. } => None,
    }
}

/// The address of a form about a household or a matter.
fn of_about(path: &str, about: About) -> String {
    match about {
        About::Household(id) => [path, "household/", &id.to_string()].concat(),
        About::Matter(id) => [path, "matter/", &id.to_string()].concat(),
    }
}

fn title(kind: &DraftKind, work: &WorkArea) -> String {
    let (kind, about) = match kind {
        DraftKind::HouseholdVisit { household } => (words::SWEEP, Some(About::Household(*household))),
        DraftKind::ReturnVisit { matter } => (words::RETURN, Some(About::Matter(*matter))),
        DraftKind::Reception => (text::record::kind(RecordKind::Reception), None),
        DraftKind::Intake { household } => (text::record::kind(RecordKind::Intake), household.map(About::Household)),
        DraftKind::Note(about) => (text::record::kind(RecordKind::Note), Some(*about)),
        DraftKind::Evidence(about) => (text::record::kind(RecordKind::Evidence), Some(*about)),
        DraftKind::Correction(_) => (text::record::kind(RecordKind::Correction), None),
        DraftKind::RosterEdit(household) => {
            (text::record::kind(RecordKind::RosterEdit), Some(About::Household(*household)))
        }
        DraftKind::Free { .. } => (words::DRAFTS, None),
    };
    let about = about.and_then(|about| match about {
        About::Household(id) => work.household(id).map(|card| words::home_of(card.head.as_str())),
        About::Matter(id) => work.matter(id).map(|card| card.title.as_str().to_owned()),
    });
    about.map_or_else(|| kind.to_owned(), |about| [kind, " · ", &about].concat())
}

/// How many days a draft has been lying.
pub(super) fn age(draft: &Draft) -> i64 {
    (browser::today() - draft.updated_at.date()).num_days()
}

/// The drafts of visits, newest first; nothing when there are none.
pub(super) fn drafts() -> AnyView {
    let phone = use_phone();
    let known = phone.drafts(|handle| async move { handle.drafts().await });
    let sure = RwSignal::new(None);
    let row = move |draft: &Draft, href: String| {
        let (id, days) = (draft.id, age(draft));
        let throw = move |_| {
            if sure.get_untracked() != Some(id) {
                sure.set(Some(id));
                return;
            }
            let Some(handle) = phone.handle() else { return };
            leptos::task::spawn_local(async move {
                // What could not be thrown away is still listed.
                let _ = handle.delete_draft(id).await;
            });
        };
        let asks = (days > 0).then(|| {
            view! {
                <div class="section">
                    <p class="muted">{words::DRAFT_ASKS}</p>
                    <a class="btn btn--plain" href=href.clone()>{words::GO_ON}</a>" "
                    <button class="btn btn--text" type="button" on:click=throw>
                        {move || if sure.get() == Some(id) { words::THROW_AWAY_SURE } else { words::THROW_AWAY }}
                    </button>
                </div>
            }
        });
        let lying = (days > 0).then(|| view! { <span class="badge badge--near">{words::lying(days)}</span> });
        view! {
            <li>
                <a class="cell cell--link" href=href>
                    <span class="cell__body">
                        <span class="cell__title">{title(&draft.kind, &phone.work())}</span>
                        <span class="cell__note">{words::written(draft.updated_at, browser::today())}</span>
                    </span>
                    {lying}
                </a>
                {asks}
            </li>
        }
    };
    (move || {
        known.with(|list| {
            let rows: Vec<_> = list
                .iter()
                .flatten()
                .rev()
                .filter_map(|draft| address(&draft.kind).map(|href| row(draft, href)))
                .collect();
            (!rows.is_empty()).then(|| {
                view! { {heading(words::DRAFTS, words::drafts(rows.len()))}<ul class="cells" id="drafts">{rows}</ul> }
            })
        })
    })
    .into_any()
}
