//! What the phone knows of a household.

use case_core::id::HouseholdId;
use case_core::wire::sync::{HouseholdCard, Member};
use case_offline::{Subject, WorkArea};
use leptos::prelude::*;

use super::frame::{empty, fact, heading, page as plain_page};
use super::on_phone::use_phone;
use super::own_edits::own_edits;
use super::rows::{FILES, entry_row, matter_list, matter_rows};
use crate::browser;
use crate::components::icon::Icon;
use crate::components::notice::{Tone, notice};
use crate::forms::with_own;
use crate::text::screen::{field as words, field_more as more};
use crate::{format, text};

/// The page.
pub(super) fn page(id: HouseholdId) -> AnyView {
    let phone = use_phone();
    let title = phone
        .work()
        .household(id)
        .map_or_else(|| words::HOUSEHOLDS.to_owned(), |card| words::home_of(card.head.as_str()));
    let here = Memo::new(move |_| phone.work().household(id).is_some());
    let own = own_edits(phone, id);
    let body = move || {
        let work = phone.work();
        match work.household(id) {
            Some(card) => {
                let own = own.get().unwrap_or_default();
                let waits = (!own.is_empty()).then(|| notice(Tone::Plain, more::ROSTER_WAITS, None));
                view! { {waits}{known(&with_own(card, &own), &work)} }.into_any()
            }
            None => empty(Icon::Visit, words::GONE, words::GONE_NOTE),
        }
    };
    let act = move || {
        here.get().then(|| {
            let href = ["/w/visit/", &id.to_string()].concat();
            view! { <div class="actions"><a class="btn actions__main" href=href>{words::SWEEP}</a></div> }
        })
    };
    let more = move || {
        here.get().then(|| {
            let of = |path: &str| [path, &id.to_string()].concat();
            acts(vec![
                (of("/w/intake/"), more::INTAKE),
                (of("/w/note/household/"), more::NOTE),
                (of("/w/evidence/household/"), more::EVIDENCE),
                (of("/w/roster/"), more::ROSTER),
            ])
        })
    };
    let all = view! { {body}{more}{records(Subject::Household(id))}{act} };
    plain_page(&title, "/w/visits", None, all.into_any())
}

/// What else can be written down about somebody or something.
pub(super) fn acts(list: Vec<(String, &'static str)>) -> AnyView {
    let row = |(href, name): (String, &'static str)| {
        view! { <li><a class="cell cell--link" href=href><span class="cell__body">{name}</span></a></li> }
    };
    let rows = list.into_iter().map(row).collect_view();
    view! { <h2 class="heading">{more::MORE_ACTS}</h2><ul class="cells">{rows}</ul> }.into_any()
}

/// A link that calls a number, when it is a whole one.
pub(super) fn call(number: &str) -> AnyView {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if number.contains('*') || digits.len() < 7 {
        return number.to_owned().into_any();
    }
    view! { {number.to_owned()}" "<a href=["tel:", &digits].concat()>{words::CALL}</a> }.into_any()
}

fn member(member: &Member) -> AnyView {
    let born = member.birth_year.map(words::born);
    let parts: Vec<&str> =
        [member.relation.as_ref().map(|text| text.as_str()), born.as_deref()].into_iter().flatten().collect();
    let phone = member.phone.as_ref().map(|number| view! { " "{call(number.as_str())} });
    view! { <p>{member.name.as_str().to_owned()}" "<span class="muted">{parts.join("，")}</span>{phone}</p> }.into_any()
}

fn known(card: &HouseholdCard, work: &WorkArea) -> AnyView {
    let today = browser::today();
    let day = |date: chrono::NaiveDate| format::day(date, today);
    let matters: Vec<_> = work.matters_of(card.id).map(|matter| (matter, FILES)).collect();
    let theirs = (!matters.is_empty()).then(|| {
        let count = words::pieces(matters.len());
        view! { {heading(words::THEIR_MATTERS, count)}{matter_list(matter_rows(matters.into_iter(), today))} }
    });
    let members =
        (!card.members.is_empty()).then(|| fact(words::MEMBERS, card.members.iter().map(member).collect_view()));
    view! {
        <section class="panel">
            <dl class="facts">
                {fact(words::HEAD, card.head.as_str().to_owned())}
                {fact(words::ADDRESS, card.address.as_str().to_owned())}
                {card.phone.as_ref().map(|number| fact(words::PHONE, call(number.as_str())))}
                {members}
                {card.remark.as_ref().map(|remark| fact(words::REMARK, remark.as_str().to_owned()))}
                {fact(words::LAST_VISIT, card.last_visit.map_or_else(|| words::NOT_VISITED.to_owned(), day))}
                {card.next_visit.map(|next| fact(words::NEXT_VISIT, day(next)))}
            </dl>
        </section>
        {theirs}
    }
    .into_any()
}

/// What was recorded on this phone about somebody or something, newest first.
pub(super) fn records(about: Subject) -> AnyView {
    let phone = use_phone();
    let entries = phone.records(move |handle| async move { handle.records_about(about).await });
    (move || {
        let (work, today) = (phone.work(), browser::today());
        entries.with(|entries| {
            let rows: Vec<_> =
                entries.iter().flatten().map(|entry| entry_row(phone, entry, &work, false, today, None)).collect();
            (!rows.is_empty()).then(|| {
                let count = text::screen::field_me::entries(rows.len());
                view! { {heading(words::RECORDS_HERE, count)}<ul class="cells">{rows}</ul> }
            })
        })
    })
    .into_any()
}
