//! 我的: sending, this phone, the account.

use case_offline::Work;
use leptos::prelude::*;

use super::frame::{Tab, fact, tabbed};
use super::namecard::namecard_button;
use super::on_phone::use_phone;
use crate::browser;
use crate::components::dialog::Dialog;
use crate::components::notice::{Tone, notice};
use crate::components::page::{Section, sections};
use crate::components::switch::switch;
use crate::text;
use crate::text::screen::{common, field_me as words, this_phone as this_phone_words};
use crate::who::use_who;

/// Skews below this are nobody's business: two minutes.
const SKEW_MS: u64 = 120_000;

/// The tab.
pub(super) fn page() -> AnyView {
    let body = view! { {sending()}{this_phone()}{office()}{account()} };
    tabbed(Tab::Me, Some(namecard_button()), body.into_any())
}

fn link(href: &'static str, title: impl Into<String>, value: AnyView) -> AnyView {
    view! {
        <li><a class="cell cell--link" href=href>
            <span class="cell__body"><span class="cell__title">{title.into()}</span></span>
            <span class="cell__value">{value}</span>
        </a></li>
    }
    .into_any()
}

fn sending() -> AnyView {
    let phone = use_phone();
    let unsent = Memo::new(move |_| {
        let status = phone.status();
        words::entries(usize::try_from(status.saved + status.set_aside).unwrap_or(usize::MAX))
    });
    let area = move || {
        let work = phone.work();
        let count = |of: fn(&Work) -> bool| work.all().iter().filter(|item| of(item)).count();
        words::area(count(Work::is_household), count(Work::is_matter))
    };
    let pulled = Memo::new(move |_| phone.status().last_pull);
    let updated =
        move || pulled.get().map_or_else(|| words::NOT_UPDATED.to_owned(), |at| words::updated(at, browser::today()));
    let skew = Memo::new(move |_| phone.status().clock_ahead_ms.filter(|ahead| ahead.unsigned_abs() > SKEW_MS));
    view! {
        {move || skew.get().map(|ahead| notice(Tone::Warn, words::clock_wrong(ahead), None))}
        <h2 class="heading">{words::SENDING}</h2>
        <ul class="cells">
            {link("/w/unsent", words::UNSENT_LIST, (move || unsent.get()).into_any())}
            {link("/w/sent", words::SENT, ().into_any())}
            <li><div class="cell">
                <span class="cell__body"><span class="cell__title">{words::AREA}</span><span class="cell__note">{area}</span></span>
                <span class="cell__value">{updated}</span>
            </div></li>
        </ul>
    }
    .into_any()
}

fn this_phone() -> AnyView {
    let large = RwSignal::new(browser::large_type());
    Effect::new(move |before: Option<bool>| {
        let now = large.get();
        if before.is_some_and(|before| before != now) {
            browser::set_large_type(now);
        }
        now
    });
    view! {
        <h2 class="heading">{words::THIS_PHONE}</h2>
        <ul class="cells">
            <li>{switch("large-type", words::LARGE_TYPE, words::LARGE_TYPE_NOTE, large)}</li>
            {link("/w/phone", this_phone_words::NOTE, ().into_any())}
        </ul>
    }
    .into_any()
}

/// The sections of the desk that the role has; they need a network.
fn office() -> AnyView {
    let who = use_who();
    (move || {
        let others: Vec<_> = who
            .role()
            .map(sections)
            .unwrap_or_default()
            .iter()
            .filter(|section| **section != Section::Field)
            .map(|section| link(section.address(), words::office(section.name()), ().into_any()))
            .collect();
        (!others.is_empty()).then(|| view! { <h2 class="heading">{words::OFFICE}</h2><ul class="cells">{others}</ul> })
    })
    .into_any()
}

fn account() -> AnyView {
    let phone = use_phone();
    let who = use_who();
    let asking = RwSignal::new(false);
    let facts = move || {
        who.session().map(|session| {
            let actor = session.actor;
            let places: Vec<_> = session.area_names.iter().map(|name| name.as_str()).collect();
            let name = [actor.name.as_str(), "，", actor.office.as_str()].concat();
            view! {
                <section class="panel"><dl class="facts">
                    {fact(text::actor::role(actor.role), name)}
                    {session.unit_name.as_ref().map(|unit| fact(words::UNIT, unit.as_str().to_owned()))}
                    {(!places.is_empty()).then(|| fact(words::AREA, places.join("、")))}
                </dl></section>
            }
        })
    };
    let leave = move |_| {
        asking.set(false);
        leptos::task::spawn_local(phone.sign_out(who));
    };
    let unsent = move || {
        let status = phone.status();
        words::sign_out_note(status.saved + status.set_aside)
    };
    view! {
        <h2 class="heading">{words::ACCOUNT}</h2>
        {facts}
        <ul class="cells"><li>
            <button class="cell cell--act" type="button" on:click=move |_| asking.set(true)>
                <span class="cell__body">{words::SIGN_OUT}</span>
            </button>
        </li></ul>
        <Dialog open=asking id="sign-out" title=Signal::stored(words::SIGN_OUT_SURE.to_owned())>
            <div class="dialog__body"><p>{unsent}</p></div>
            <div class="dialog__actions">
                <button class="btn btn--plain" type="button" on:click=move |_| asking.set(false)>{common::CANCEL}</button>
                <button class="btn" type="button" on:click=leave>{words::SIGN_OUT}</button>
            </div>
        </Dialog>
    }
    .into_any()
}
