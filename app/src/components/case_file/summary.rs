//! The top of a file: what is asked, where it stands, who is on it, who asks.

use case_core::matter::Stage;
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::{fact, name, part, today};
use crate::components::notice::{Tone, notice};
use crate::text::screen::{file as words, life, list};
use crate::{format, text};

/// The facts at the top.
#[must_use]
pub fn summary(file: &MatterFile) -> AnyView {
    let matter = &file.matter;
    let registration = &matter.registration;
    let demands = registration
        .demands
        .iter()
        .enumerate()
        .map(|(at, demand)| {
            view! { <p><b>{text::demand_name(at)}</b>" "{demand.0.as_str().to_owned()}</p> }
        })
        .collect_view();
    let mut stands = vec![text::stage::stage(matter.stage).to_owned()];
    if matter.round > 1 {
        stands.push(list::round(matter.round));
    }
    // A matter that another system closed has not passed through our steps.
    if !(matter.stage == Stage::Closed && matter.former_reply.is_some()) {
        let unsigned = matter.awaits_signature().is_some();
        let next = if unsigned { life::AWAITS_SIGNATURE } else { text::stage::next(matter.stage) };
        stands.push(next.to_owned());
    }
    let on_it = match (&file.unit, matter.handler.and_then(|handler| name(file, handler))) {
        (Some(unit), Some(handler)) => [unit.name.as_str(), " ", &handler].concat(),
        (Some(unit), None) => unit.name.as_str().to_owned(),
        (None, _) => words::NOBODY.to_owned(),
    };
    let phone = registration.petitioner.phone.as_ref().map(|phone| {
        let phone = phone.as_str();
        // A number with stars in it can be read and not be called.
        let dial = (!phone.contains('*')).then(|| ["tel:", &phone.replace(' ', "")].concat());
        match dial {
            Some(dial) => view! { " "<a href=dial rel="external">{phone.to_owned()}</a> }.into_any(),
            None => view! { " "{phone.to_owned()} }.into_any(),
        }
    });
    let came = words::came(
        &format::day(registration.received_on, today(file)),
        text::matter::channel(registration.channel),
        text::matter::category(registration.category),
        text::matter::intake(registration.intake),
    );
    let address = registration.petitioner.address.as_ref();
    view! {
        <section class="panel">
            <dl class="facts">
                {fact(words::ASKED, demands)}
                {fact(words::STANDS, stands.join(" · "))}
                {fact(words::ON_IT, on_it)}
                {fact(words::PETITIONER, view! { {registration.petitioner.name.as_str().to_owned()}{phone} })}
                {matter.route.map(|route| fact(life::ROUTE, text::paths::route(route)))}
                {address.map(|address| fact(words::ADDRESS, address.as_str().to_owned()))}
                {file.place_name.as_ref().map(|place| fact(words::PLACE, place.as_str().to_owned()))}
                {fact(words::CAME, came)}
                {fact(words::NUMBER, view! { <span class="num">{format::in_fours(matter.number.as_str())}</span> })}
            </dl>
        </section>
    }
    .into_any()
}

/// What was written or said, word for word; and a reply that an earlier system gave.
#[must_use]
pub fn content(file: &MatterFile) -> AnyView {
    let matter = &file.matter;
    let words_of = matter.registration.content.as_str().to_owned();
    let former = matter.former_reply.as_ref().map(|reply| {
        let more = view! {
            <p>{format::day(reply.at.date(), today(file))}</p>
            <blockquote class="words">{reply.text.as_str().to_owned()}</blockquote>
        };
        notice(Tone::Plain, words::FORMER_REPLY, Some(more.into_any()))
    });
    let body = view! { <div class="panel"><blockquote class="words">{words_of}</blockquote></div>{former} };
    part(words::CONTENT, body.into_any())
}
