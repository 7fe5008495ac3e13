//! 开门接访 and 专门约访: who came, what was said, what was decided at once.

use case_core::field::{Payload, ReceptionKind};
use case_core::id::MatterId;
use case_core::wire::sync::MatterCard;
use case_offline::DraftKind;
use leptos::prelude::*;

use super::bind::{bind, names, settled};
use super::files::files;
use super::frame::page as plain_page;
use super::item::{Begin, items};
use super::namecard::namecard_button;
use super::on_phone::use_phone;
use super::plain_form::about_matter;
use super::sheet::{Sheet, form as form_of, with_draft};
use crate::browser;
use crate::components::chips::{Choice, Look};
use crate::components::field::{Kind, Need};
use crate::forms::{Name, ReceptionForm};
use crate::text;
use crate::text::screen::{field_form as words, field_more as more};
use crate::who::use_who;

/// The page. With `matter`, the petitioner of that matter was asked to come.
pub(super) fn page(kind: ReceptionKind, matter: Option<MatterId>) -> AnyView {
    let phone = use_phone();
    let card = matter.and_then(|id| phone.work().matter(id).cloned());
    let back = match &card {
        Some(card) => ["/w/files/", &card.id.to_string()].concat(),
        None => "/w/visits".to_owned(),
    };
    let then = back.clone();
    // Most are received where the official works; it can be changed.
    let unit = untrack(|| use_who().session()).and_then(|session| session.unit_name);
    let place = unit.map(|unit| unit.as_str().to_owned()).unwrap_or_default();
    let body = with_draft(
        DraftKind::Reception,
        move |kept: Option<ReceptionForm>| {
            kept.unwrap_or_else(|| {
                let mut form = ReceptionForm::begin(kind, &place, browser::now());
                if let Some(card) = &card {
                    invited(&mut form, card);
                }
                form
            })
        },
        move |sheet| draw(sheet, then.clone()),
    );
    plain_page(more::reception(kind), &back, Some(namecard_button()), body)
}

fn invited(form: &mut ReceptionForm, card: &MatterCard) {
    form.matter = Some(card.id);
    form.household = card.household;
    form.visitor = card.petitioner.as_str().to_owned();
    let whole = card.phone.as_ref().map(|number| number.as_str()).filter(|number| !number.contains('*'));
    form.phone = whole.unwrap_or_default().to_owned();
}

fn draw(sheet: Sheet<ReceptionForm>, then: String) -> AnyView {
    let Sheet { form, wrongs, .. } = sheet;
    let kind = settled(form, &ReceptionKind::ALL, |form: &mut ReceptionForm| &mut form.kind);
    let reported = bind(form, |form: &mut ReceptionForm| &mut form.items);
    let begin = StoredValue::new(Begin::default());
    Effect::new(move |_| {
        let (petitioner, phone) = form.with(|form| (form.visitor.clone(), form.phone.clone()));
        begin.set_value(Begin { petitioner, phone: Some(phone) });
    });
    let head = form.with_untracked(|form| form.matter).map(about_matter);
    let finish = move |form: &ReceptionForm| {
        form.finish(browser::now()).map(|reception| Payload::Reception(Box::new(reception)))
    };
    let fields = view! {
        <Choice id="f-reception" legend=more::RECEPTION_KIND options=names(&ReceptionKind::ALL, text::field::reception_kind)
            chosen=kind look=Look::Segmented/>
        {sheet.text(Name::Visitor, Kind::Line, Need::Needed, more::VISITOR_HINT, |form| &mut form.visitor)}
        {sheet.text(Name::People, Kind::Number, Need::Needed, "", |form| &mut form.people)}
        {sheet.text(Name::ContactPhone, Kind::Phone, Need::Optional, words::PHONE_HINT, |form| &mut form.phone)}
        {sheet.text(Name::PlaceText, Kind::Line, Need::Needed, "", |form| &mut form.place)}
        {sheet.text(Name::Subject, Kind::Lines, Need::Needed, more::SUBJECT_HINT, |form| &mut form.subject)}
        {items(reported, wrongs, begin, words::ITEMS)}
        {wrongs.draw(Name::Items)}
        {sheet.text(Name::Opinion, Kind::Lines, Need::Optional, more::OPINION_HINT, |form| &mut form.opinion)}
        {sheet.text(Name::Unit, Kind::Line, Need::Optional, "", |form| &mut form.unit)}
        {sheet.text(Name::Due, Kind::Day, Need::Optional, "", |form| &mut form.due)}
        {files(sheet, |form: &mut ReceptionForm| &mut form.files, true, Need::Optional)}
        <details class="fold">
            <summary class="fold__head">{words::MORE}</summary>
            <div class="fold__body">
                {sheet.text(Name::Companions, Kind::Line, Need::Optional, more::COMPANIONS_HINT, |form| &mut form.companions)}
                {sheet.text(Name::When, Kind::Moment, Need::Optional, "", |form| &mut form.at)}
            </div>
        </details>
        {sheet.end(finish, then)}
    };
    view! { {head}{form_of(fields.into_any())} }.into_any()
}
