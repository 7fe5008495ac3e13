//! 登门遍访 on one screen: the result first, then only what that answer needs; the rest is folded.

use case_core::field::{Payload, SpokeWith, VisitResult};
use case_core::id::{HouseholdId, MatterId};
use case_core::wire::sync::HouseholdCard;
use case_offline::DraftKind;
use leptos::prelude::*;

use super::bind::{bind, choice, names};
use super::frame::{empty, page as plain_page};
use super::more::{Begin, files, items, more};
use super::namecard::namecard_button;
use super::on_phone::use_phone;
use super::sheet::{Sheet, with_draft};
use crate::browser;
use crate::components::chips::{Choice, Look};
use crate::components::field::{Field, Kind, Need};
use crate::components::icon::Icon;
use crate::forms::{Name, Spot, VisitForm};
use crate::text;
use crate::text::screen::{field, field_form as words};

/// The page. With `matter`, the visit is about that matter.
pub(super) fn page(household: HouseholdId, matter: Option<MatterId>) -> AnyView {
    let phone = use_phone();
    // As it is now: a pull while somebody writes must not draw the form anew.
    let Some(card) = phone.work().household(household).cloned() else {
        return plain_page(words::VISIT, "/w/visits", None, empty(Icon::Visit, field::GONE, field::GONE_NOTE));
    };
    let back = match matter {
        Some(matter) => ["/w/files/", &matter.to_string()].concat(),
        None => "/w/visits".to_owned(),
    };
    let then = back.clone();
    let body = with_draft(
        DraftKind::HouseholdVisit { household },
        move |kept: Option<VisitForm>| {
            let mut form = kept.unwrap_or_else(|| VisitForm::begin(matter, browser::now()));
            form.matter = matter.or(form.matter);
            form
        },
        move |sheet| draw(sheet, &card, then.clone()),
    );
    plain_page(words::VISIT, &back, Some(namecard_button()), body)
}

fn whom(sheet: Sheet<VisitForm>, card: &HouseholdCard) -> AnyView {
    let matter = sheet.form.with_untracked(|form| form.matter);
    let about = matter.map(|id| {
        let title = use_phone()
            .work()
            .matter(id)
            .map_or_else(|| field::MATTERS.to_owned(), |card| card.title.as_str().to_owned());
        view! { <span class="cell__note">{words::about(&title)}</span> }
    });
    view! {
        <ul class="cells"><li>
            <a class="cell cell--link" href=["/w/household/", &card.id.to_string()].concat()>
                <span class="cell__body">
                    <span class="cell__title"><b>{field::home_of(card.head.as_str())}</b></span>
                    <span class="cell__note">{card.address.as_str().to_owned()}</span>
                    {about}
                </span>
            </a>
        </li></ul>
    }
    .into_any()
}

fn draw(sheet: Sheet<VisitForm>, card: &HouseholdCard, then: String) -> AnyView {
    let Sheet { form, wrongs, .. } = sheet;
    let household = card.id;
    let result = choice(form, &VisitResult::ALL, |form: &mut VisitForm| &mut form.result);
    let spoke_with = choice(form, &SpokeWith::ALL, |form: &mut VisitForm| &mut form.spoke_with);
    let note = bind(form, |form: &mut VisitForm| &mut form.note);
    let next_visit = bind(form, |form: &mut VisitForm| &mut form.next_visit);
    let reported = bind(form, |form: &mut VisitForm| &mut form.items);
    let chosen = Memo::new(move |_| result.get().and_then(|at| VisitResult::ALL.get(at).copied()));
    let begin =
        Begin { petitioner: card.head.as_str().to_owned(), phone: card.phone.as_ref().map(|n| n.as_str().to_owned()) };
    let begin = StoredValue::new(begin);
    // What was written down stays in sight, whatever the result.
    let some = Memo::new(move |_| reported.with(|items| !items.is_empty()));
    let shows_items = Memo::new(move |_| some.get() || chosen.get().is_some_and(VisitResult::met));
    let family = move || {
        (chosen.get() == Some(VisitResult::MetFamily)).then(|| {
            let options = names(&SpokeWith::ALL, text::field::spoke_with);
            view! { <Choice id="f-spoke-with" legend=words::SPOKE_WITH options chosen=spoke_with need=Need::Optional/> }
        })
    };
    let note_field = move |result: Option<VisitResult>| {
        view! {
            <Field id=Spot::of(Name::Note).id() label=words::label(Name::Note) value=note kind=Kind::Lines
                need=Need::Optional hint=words::note_hint(result) error=wrongs.of(Name::Note)/>
        }
    };
    let next_field = move || {
        view! {
            <Field id=Spot::of(Name::NextVisit).id() label=words::label(Name::NextVisit) value=next_visit
                kind=Kind::Day need=Need::Optional error=wrongs.of(Name::NextVisit)/>
        }
    };
    // Nobody was met: why, and when to come again. Otherwise both stand among the rest.
    let unmet = Memo::new(move |_| chosen.get().filter(|result| !result.met()));
    let short = move || {
        unmet.get().map(|result| {
            let again = matches!(result, VisitResult::NotAtHome | VisitResult::Refused).then(next_field);
            view! { {note_field(Some(result))}{again} }
        })
    };
    let items = move || shows_items.get().then(|| items(reported, wrongs, begin, words::ITEMS));
    let rest = move || {
        let result = chosen.get()?;
        let note = result.met().then(|| note_field(None));
        let next = (!matches!(result, VisitResult::NotAtHome | VisitResult::Refused)).then(next_field);
        Some(more(sheet, view! { {note}{next} }.into_any()))
    };
    // Also where nobody was at home: a photo of the door is a record.
    let answered = Memo::new(move |_| chosen.get().is_some());
    let attached =
        move || answered.get().then(|| files(sheet, |form: &mut VisitForm| &mut form.files, true, Need::Optional));
    let finish = move |form: &VisitForm| {
        form.finish(household, browser::now()).map(|visit| Payload::HouseholdVisit(Box::new(visit)))
    };
    view! {
        {whom(sheet, card)}
        <form class="form" on:submit=|ev: leptos::ev::SubmitEvent| ev.prevent_default()>
            <Choice id=Spot::of(Name::Result).id() legend=words::label(Name::Result) look=Look::Grid
                options=names(&VisitResult::ALL, text::field::visit_result) chosen=result
                error=wrongs.of(Name::Result)/>
            {family}{short}{items}
            {wrongs.draw(Name::Items)}
            {rest}
            {attached}
            {sheet.end(finish, then)}
        </form>
    }
    .into_any()
}
