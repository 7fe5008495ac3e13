//! 记事, 材料, 更正: a few words about a household, a matter, or an earlier record.

use case_core::field::{About, Payload};
use case_core::id::{HouseholdId, MatterId, RecordId};
use case_offline::{DraftKind, Entry};
use leptos::prelude::*;

use super::files::files;
use super::frame::{empty, page as plain_page, skeleton};
use super::on_phone::use_phone;
use super::record::{found, says};
use super::sheet::{Sheet, form as form_of, with_draft};
use crate::browser;
use crate::components::field::{Kind, Need};
use crate::components::icon::Icon;
use crate::forms::{Name, PlainForm, Spot, Wrong, about};
use crate::text::screen::{field, field_more as words};

/// What is being written.
#[derive(Clone, Copy)]
enum What {
    Note(About),
    Evidence(About),
    Correction(RecordId, Option<About>),
}

impl What {
    fn draft(self) -> DraftKind {
        match self {
            Self::Note(about) => DraftKind::Note(about),
            Self::Evidence(about) => DraftKind::Evidence(about),
            Self::Correction(corrects, _) => DraftKind::Correction(corrects),
        }
    }

    fn finish(self, form: &PlainForm) -> Result<Payload, Vec<Wrong>> {
        let now = browser::now();
        match self {
            Self::Note(about) => form.note(about, now).map(|note| Payload::Note(Box::new(note))),
            Self::Evidence(about) => form.evidence(about, now).map(|evidence| Payload::Evidence(Box::new(evidence))),
            Self::Correction(corrects, about) => {
                form.correction(corrects, about).map(|correction| Payload::Correction(Box::new(correction)))
            }
        }
    }
}

/// 记事.
pub(super) fn note(about: About) -> AnyView {
    page(words::NOTE, What::Note(about), about_cell(about), home(about))
}

/// 材料.
pub(super) fn evidence(about: About) -> AnyView {
    page(words::EVIDENCE, What::Evidence(about), about_cell(about), home(about))
}

/// 更正: names the record and shows what it says.
pub(super) fn correction(record: RecordId) -> AnyView {
    let entry = found(use_phone(), record);
    let here = Memo::new(move |_| entry.with(|read| read.as_ref().map(Option::is_some)));
    // Drawn once: what happens to the record while somebody writes must not draw the form anew.
    let body = move || match here.get() {
        None => skeleton(),
        Some(false) => empty(Icon::Echo, field::GONE, ""),
        Some(true) => {
            let entry = entry.with_untracked(|read| read.clone().flatten().map(|(entry, _)| entry));
            entry.map(|entry| correct(&entry)).into_any()
        }
    };
    plain_page(words::CORRECTION, &["/w/record/", &record.to_string()].concat(), None, body.into_any())
}

fn correct(entry: &Entry) -> AnyView {
    let id = entry.record.id;
    let about = about(&entry.record.payload);
    let then = ["/w/record/", &id.to_string()].concat();
    view! {
        <h2 class="heading">{words::RECORD_SAYS}</h2>
        {says(entry)}
        <p class="section muted">{words::CORRECTION_NOTE}</p>
        {form(What::Correction(id, about), then)}
    }
    .into_any()
}

fn page(title: &'static str, what: What, head: AnyView, back: String) -> AnyView {
    let body = view! { {head}{form(what, back.clone())} }.into_any();
    plain_page(title, &back, None, body)
}

fn form(what: What, then: String) -> AnyView {
    with_draft(
        what.draft(),
        |kept: Option<PlainForm>| kept.unwrap_or_else(|| PlainForm::begin(browser::now())),
        move |sheet| draw(sheet, what, then.clone()),
    )
}

fn draw(sheet: Sheet<PlainForm>, what: What, then: String) -> AnyView {
    let (name, kind, hint) = match what {
        What::Note(_) => (Name::Text, Kind::Lines, words::NOTE_HINT),
        What::Evidence(_) => (Name::FileTitle, Kind::Line, words::EVIDENCE_HINT),
        What::Correction(..) => (Name::Right, Kind::Lines, words::RIGHT_HINT),
    };
    let files_need = if matches!(what, What::Evidence(_)) { Need::Needed } else { Need::Optional };
    let attached = (!matches!(what, What::Correction(..))).then(|| {
        view! {
            <div id=Spot::of(Name::Files).id() tabindex="-1">
                {files(sheet, |form: &mut PlainForm| &mut form.files, false, files_need)}
                {sheet.wrongs.draw(Name::Files)}
            </div>
            {sheet.text(Name::When, Kind::Moment, Need::Optional, "", |form| &mut form.at)}
        }
    });
    let fields = view! {
        {sheet.text(name, kind, Need::Needed, hint, |form| &mut form.text)}
        {attached}
        {sheet.end(move |form: &PlainForm| what.finish(form), then)}
    };
    form_of(fields.into_any())
}

/// Where a form about something comes from and goes back to.
fn home(about: About) -> String {
    match about {
        About::Household(id) => ["/w/household/", &id.to_string()].concat(),
        About::Matter(id) => ["/w/files/", &id.to_string()].concat(),
    }
}

fn cell(href: String, title: String, note: String) -> AnyView {
    view! {
        <ul class="cells"><li>
            <a class="cell cell--link" href=href>
                <span class="cell__body">
                    <span class="cell__title"><b>{title}</b></span>
                    <span class="cell__note">{note}</span>
                </span>
            </a>
        </li></ul>
    }
    .into_any()
}

/// The household that a form is about, above it.
pub(super) fn about_household(id: HouseholdId) -> AnyView {
    let (title, note) = use_phone().work().household(id).map_or_else(
        || (field::HOUSEHOLDS.to_owned(), String::new()),
        |card| (field::home_of(card.head.as_str()), card.address.as_str().to_owned()),
    );
    cell(home(About::Household(id)), title, note)
}

/// The matter that a form is about, above it.
pub(super) fn about_matter(id: MatterId) -> AnyView {
    let (title, note) = use_phone().work().matter(id).map_or_else(
        || (field::MATTERS.to_owned(), String::new()),
        |card| (card.title.as_str().to_owned(), card.petitioner.as_str().to_owned()),
    );
    cell(home(About::Matter(id)), title, note)
}

fn about_cell(about: About) -> AnyView {
    match about {
        About::Household(id) => about_household(id),
        About::Matter(id) => about_matter(id),
    }
}
