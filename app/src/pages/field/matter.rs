//! A matter's file on the phone: what is asked, where it stands, its clocks, what was promised, and
//! what can be done at the door.

use case_core::id::MatterId;
use case_core::matter::Stage;
use case_core::wire::sync::MatterCard;
use case_offline::Subject;
use leptos::prelude::*;

use super::frame::{empty, fact, heading, page as plain_page};
use super::household::{acts, call, records};
use super::on_phone::use_phone;
use super::rows::waiting;
use crate::browser;
use crate::components::deadline::deadline;
use crate::components::icon::Icon;
use crate::components::notice::{Tone, notice};
use crate::text::screen::{field as words, field_more as more};
use crate::{format, text};

/// The page.
pub(super) fn page(id: MatterId) -> AnyView {
    let phone = use_phone();
    let waiting = waiting(phone);
    let asked = Memo::new(move |_| waiting.with(|here| here.matters.contains(&id)));
    let mine = move |card: &MatterCard| phone.account().is_some_and(|me| card.handled_by.contains(&me));
    let body = move || match phone.work().matter(id) {
        Some(card) => known(card, mine(card), asked.get()),
        None => empty(Icon::Matter, words::GONE, words::GONE_NOTE),
    };
    let act = move || phone.work().matter(id).map(|card| actions(card, mine(card), asked.get()));
    let here = Memo::new(move |_| phone.work().matter(id).is_some());
    let more = move || {
        here.get().then(|| {
            let of = |path: &str| [path, &id.to_string()].concat();
            acts(vec![
                (of("/w/appointment/"), more::APPOINTMENT),
                (of("/w/note/matter/"), more::NOTE),
                (of("/w/evidence/matter/"), more::EVIDENCE),
            ])
        })
    };
    let body = view! { {body}{more}{records(Subject::Matter(id))}{act} };
    plain_page(words::MATTERS, "/w/files", None, body.into_any())
}

/// Where a visit about the matter begins.
fn visit_address(card: &MatterCard) -> String {
    let matter = card.id.to_string();
    match card.household {
        Some(household) => ["/w/visit/", &household.to_string(), "/", &matter].concat(),
        None => ["/w/visits/new/", &matter].concat(),
    }
}

fn demands(card: &MatterCard) -> AnyView {
    let one = card.demands.len() == 1;
    let row = |(at, demand): (usize, &case_core::matter::Demand)| {
        let name = (!one).then(|| view! { <span class="demand__no">{text::demand_name(at)}</span>" " });
        view! { <p>{name}{demand.0.as_str().to_owned()}</p> }
    };
    card.demands.iter().enumerate().map(row).collect_view().into_any()
}

fn clocks(card: &MatterCard) -> AnyView {
    let today = browser::today();
    let mut all: Vec<_> = card.clocks.iter().collect();
    all.sort_by_key(|clock| (!clock.is_running(), clock.due, clock.kind));
    if all.is_empty() {
        return view! { <p class="muted">{words::NO_CLOCKS}</p> }.into_any();
    }
    let row = |clock: &case_core::time::Clock| {
        view! { <div>{deadline(clock, today)}<p class="muted">{words::source(text::clock::source(clock.kind))}</p></div> }
    };
    view! { <div class="stack">{all.into_iter().map(row).collect_view()}</div> }.into_any()
}

fn actions(card: &MatterCard, mine: bool, asked: bool) -> AnyView {
    let returns = card.stage == Stage::AwaitingReturnVisit;
    let see = visit_address(card);
    if returns && !mine && !asked {
        let ask = ["/w/return/", &card.id.to_string()].concat();
        return view! {
            <div class="actions">
                <a class="btn btn--plain" href=see>{words::GO_AND_SEE}</a>
                <a class="btn actions__main" href=ask>{words::GO_AND_ASK}</a>
            </div>
        }
        .into_any();
    }
    view! { <div class="actions"><a class="btn actions__main" href=see>{words::GO_AND_SEE}</a></div> }.into_any()
}

fn known(card: &MatterCard, mine: bool, asked: bool) -> AnyView {
    let today = browser::today();
    let unit = card.unit.as_ref().map_or_else(|| words::NO_UNIT.to_owned(), |unit| unit.as_str().to_owned());
    let stands = [text::stage::stage(card.now()), "。", text::stage::next(card.now())].concat();
    let why_not = (card.stage == Stage::AwaitingReturnVisit && mine).then(|| {
        let more = view! { <p>{words::NOT_ONESELF_NOTE}</p> }.into_any();
        notice(Tone::Warn, words::NOT_ONESELF, Some(more))
    });
    let here = asked.then(|| notice(Tone::Plain, words::ASKED_HERE, None));
    let promises = (!card.commitments.is_empty()).then(|| {
        let row = |promise: &case_core::matter::Commitment| {
            view! {
                <li><div class="cell"><span class="cell__body">
                    <span class="cell__title">{promise.text.as_str().to_owned()}</span>
                    <span class="cell__note">{words::promised(promise.due, today)}</span>
                </span></div></li>
            }
        };
        let rows = card.commitments.iter().map(row).collect_view();
        view! { {heading(words::PROMISES, words::pieces(card.commitments.len()))}<ul class="cells">{rows}</ul> }
    });
    let opinion = card.opinion.as_ref().map(|opinion| {
        view! {
            <h2 class="heading">{words::OPINION}</h2>
            <section class="panel"><p>{opinion.as_str().to_owned()}</p></section>
        }
    });
    view! {
        {here}{why_not}
        <section class="panel stack">
            <h2>{card.title.as_str().to_owned()}</h2>
            <dl class="facts">
                {fact(words::ASKED, demands(card))}
                {fact(words::STANDS, stands)}
                {fact(words::UNIT, unit)}
                {fact(words::PETITIONER, card.petitioner.as_str().to_owned())}
                {card.phone.as_ref().map(|number| fact(words::PHONE, call(number.as_str())))}
                {card.address.as_ref().map(|address| fact(words::ADDRESS, address.as_str().to_owned()))}
                {fact(words::NUMBER, format::in_fours(card.number.as_str()))}
            </dl>
        </section>
        <h2 class="heading">{words::CLOCKS}</h2>
        <section class="panel">{clocks(card)}</section>
        {promises}
        {opinion}
        <h2 class="heading">{words::CONTENT}</h2>
        <section class="panel"><blockquote class="words">{card.excerpt.as_str().to_owned()}</blockquote></section>
    }
    .into_any()
}
