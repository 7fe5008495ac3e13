//! 登记 at the door: what somebody brings forward outside a visit, with a query code at once.

use case_core::field::Payload;
use case_core::id::HouseholdId;
use case_offline::DraftKind;
use leptos::prelude::*;

use super::bind::bind;
use super::files::files;
use super::frame::{empty, page as plain_page};
use super::item::Begin;
use super::namecard::namecard_button;
use super::on_phone::use_phone;
use super::plain_form::about_household;
use super::raise::{fields, propose};
use super::sheet::{Sheet, form as form_of, with_draft};
use super::visits::households;
use crate::browser;
use crate::components::field::{Field, Kind, Need};
use crate::components::icon::Icon;
use crate::forms::{CONTENT_LEAST, IntakeForm, ItemForm, Name, Spot};
use crate::text::screen::{field, field_form as words, field_more as more};

/// For whom: somebody of the roster, or nobody of it.
pub(super) fn choose() -> AnyView {
    let body = view! {
        <ul class="cells"><li>
            <a class="cell cell--link" href="/w/intake">
                <span class="cell__body">
                    <span class="cell__title">{more::NOT_LISTED}</span>
                    <span class="cell__note">{more::NOT_LISTED_NOTE}</span>
                </span>
            </a>
        </li></ul>
        {households(|id| ["/w/intake/", id].concat())}
    };
    plain_page(more::INTAKE_WHOM, "/w/visits", None, body.into_any())
}

/// The page.
pub(super) fn page(household: Option<HouseholdId>) -> AnyView {
    let phone = use_phone();
    let card = household.and_then(|id| phone.work().household(id).cloned());
    let back = match household {
        Some(id) => ["/w/household/", &id.to_string()].concat(),
        None => "/w/visits".to_owned(),
    };
    if household.is_some() && card.is_none() {
        return plain_page(more::INTAKE, &back, None, empty(Icon::Matter, field::GONE, field::GONE_NOTE));
    }
    let then = back.clone();
    let body = with_draft(
        DraftKind::Intake { household },
        move |kept: Option<IntakeForm>| {
            let matter = || phone.handle().map(|handle| handle.new_matter_id());
            let mut form = kept.unwrap_or_else(|| {
                let mut form = IntakeForm::begin(matter(), browser::now());
                if let Some(card) = &card {
                    let number = card.phone.as_ref().map(|number| number.as_str().to_owned());
                    propose(&mut form.item, &Begin { petitioner: card.head.as_str().to_owned(), phone: number });
                }
                form
            });
            form.item.raise.id = form.item.raise.id.or_else(matter);
            form
        },
        move |sheet| draw(sheet, household, then.clone()),
    );
    plain_page(more::INTAKE, &back, Some(namecard_button()), body)
}

fn draw(sheet: Sheet<IntakeForm>, household: Option<HouseholdId>, then: String) -> AnyView {
    let Sheet { form, wrongs, .. } = sheet;
    let item = bind(form, |form: &mut IntakeForm| &mut form.item);
    let key = item.with_untracked(|item| item.key);
    let content = bind(item, |item: &mut ItemForm| &mut item.summary);
    let spot = Spot { item: Some(key), name: Name::Content };
    let length = Memo::new(move |_| content.with(|text| text.trim().chars().count()));
    let address = household
        .is_none()
        .then(|| sheet.text(Name::Address, Kind::Line, Need::Optional, "", |form| &mut form.address));
    let finish =
        move |form: &IntakeForm| form.finish(household, browser::now()).map(|intake| Payload::Intake(Box::new(intake)));
    let all = view! {
        <p class="muted">{more::content_hint(CONTENT_LEAST)}</p>
        <Field id=spot.id() label=words::label(Name::Content) value=content kind=Kind::Lines need=Need::Needed
            error=wrongs.at(spot)/>
        <p class="field__count">{move || more::counted(length.get())}</p>
        {fields(item, key, wrongs, false)}
        {address}
        {files(sheet, |form: &mut IntakeForm| &mut form.files, true, Need::Optional)}
        {sheet.text(Name::When, Kind::Moment, Need::Optional, "", |form| &mut form.at)}
        {sheet.end(finish, then)}
    };
    view! { {household.map(about_household)}{form_of(all.into_any())} }.into_any()
}
