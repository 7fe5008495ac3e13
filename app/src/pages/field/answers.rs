//! The nine questions of a return visit, put to the petitioner one after the other.

use case_core::field::{Fulfilment, HandlerMet, PromiseKept, Rating, Signature};
use case_core::wire::sync::MatterCard;
use leptos::prelude::*;

use super::bind::{bind, choice, names};
use super::item::{Begin, items};
use super::return_form::{ask, one_of, write};
use super::sheet::Sheet;
use crate::browser;
use crate::components::chips::Look;
use crate::components::field::{Field, Kind, Need};
use crate::components::switch::switch;
use crate::forms::{Name, Received, ReturnForm, Spot};
use crate::text;
use crate::text::screen::{field, field_form as words};

/// All nine, the own words and the signature.
pub(super) fn answers(sheet: Sheet<ReturnForm>, card: &MatterCard) -> AnyView {
    let Sheet { form, wrongs, .. } = sheet;
    let reported = bind(form, |form: &mut ReturnForm| &mut form.items);
    let told = bind(form, |form: &mut ReturnForm| &mut form.told_of_review);
    let begin = StoredValue::new(Begin {
        petitioner: card.petitioner.as_str().to_owned(),
        phone: card.phone.as_ref().map(|number| number.as_str().to_owned()),
    });
    let hardship = bind(form, |form: &mut ReturnForm| &mut form.hardship);
    view! {
        {received(sheet)}
        {demands(sheet, card)}
        {ask(sheet, Name::HandlerMet, Look::Segmented, &HandlerMet::ALL, text::field::handler_met, |form| &mut form.handler_met)}
        {promises(card)}
        {ask(sheet, Name::PromiseKept, Look::Segmented, &PromiseKept::ALL, text::field::promise_kept, |form| &mut form.promise_kept)}
        {ratings(sheet, card)}
        {items(reported, wrongs, begin, words::NEW_PROBLEMS)}
        {wrongs.draw(Name::Items)}
        {switch("f-told", words::TOLD, "", told)}
        <Field id=Spot::of(Name::Hardship).id() label=words::HARDSHIP_ASKED value=hardship kind=Kind::Lines
            need=Need::Optional error=wrongs.of(Name::Hardship)/>
        {write(sheet, Name::OwnWords, Kind::Lines, Need::Optional, words::OWN_WORDS_HINT, |form| &mut form.own_words)}
        {ask(sheet, Name::Signature, Look::Segmented, &Signature::ALL, text::field::signature, |form| &mut form.signature)}
    }
    .into_any()
}

fn received(sheet: Sheet<ReturnForm>) -> AnyView {
    let chosen = choice(sheet.form, &Received::ALL, |form: &mut ReturnForm| &mut form.received);
    let day = move || {
        (chosen.get() == Some(0))
            .then(|| write(sheet, Name::ReceivedOn, Kind::Day, Need::Optional, "", |form| &mut form.received_on))
    };
    let options = names(&Received::ALL, words::received);
    let legend = words::label(Name::Received).to_owned();
    view! { {one_of(Name::Received, legend, Look::Segmented, options, chosen, sheet.wrongs)}{day} }.into_any()
}

fn demands(sheet: Sheet<ReturnForm>, card: &MatterCard) -> AnyView {
    let question = |(at, demand): (usize, &case_core::matter::Demand)| {
        let chosen = choice(sheet.form, &Fulfilment::ALL, move |form: &mut ReturnForm| {
            // The form was fitted to the matter when it was opened; a shorter one grows.
            if form.demands.len() <= at {
                form.demands.resize(at + 1, None);
            }
            &mut form.demands[at]
        });
        let legend = words::fulfilled(at, demand.0.as_str());
        let name = Name::Fulfilment(u16::try_from(at).unwrap_or(u16::MAX));
        one_of(name, legend, Look::Grid, names(&Fulfilment::ALL, text::field::fulfilment), chosen, sheet.wrongs)
    };
    card.demands.iter().enumerate().map(question).collect_view().into_any()
}

/// What was promised, before it is asked whether it was kept.
fn promises(card: &MatterCard) -> AnyView {
    let today = browser::today();
    let line = |promise: &case_core::matter::Commitment| {
        view! { <p class="muted">{words::PROMISED_BEFORE}{field::promised(promise.due, today)}"，"{promise.text.as_str().to_owned()}</p> }
    };
    card.commitments.iter().map(line).collect_view().into_any()
}

fn ratings(sheet: Sheet<ReturnForm>, card: &MatterCard) -> AnyView {
    let office = choice(sheet.form, &Rating::ALL, |form: &mut ReturnForm| &mut form.office_rating);
    let unit = choice(sheet.form, &Rating::ALL, |form: &mut ReturnForm| &mut form.unit_rating);
    let options = || names(&Rating::ALL, text::field::rating);
    let office_legend = words::label(Name::OfficeRating).to_owned();
    let unit_legend = words::unit_rating(card.unit.as_ref().map(|unit| unit.as_str()));
    view! {
        {one_of(Name::OfficeRating, office_legend, Look::Grid, options(), office, sheet.wrongs)}
        {move || office.get().is_some().then(|| {
            write(sheet, Name::OfficeReason, Kind::Line, Need::Optional, "", |form| &mut form.office_reason)
        })}
        {one_of(Name::UnitRating, unit_legend, Look::Grid, options(), unit, sheet.wrongs)}
        {move || unit.get().is_some().then(|| {
            write(sheet, Name::UnitReason, Kind::Line, Need::Optional, "", |form| &mut form.unit_reason)
        })}
    }
    .into_any()
}
