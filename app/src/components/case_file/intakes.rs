//! 信访件: the first that made the matter, and every one that came again.

use case_core::matter::Particulars;
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::visits::line;
use super::{name, part, signed_at, today};
use crate::text::screen::life as words;
use crate::{format, text};

/// All intakes, the first one first; nothing where there is only a plain first one.
#[must_use]
pub fn intakes(file: &MatterFile) -> AnyView {
    let (matter, today) = (&file.matter, today(file));
    let registration = &matter.registration;
    if matter.intakes.is_empty() && registration.particulars.is_empty() {
        return ().into_any();
    }
    // Nobody registered what came over the network.
    let by = matter.registered_by.and_then(|by| name(file, by)).map(|by| [" · ", &by].concat()).unwrap_or_default();
    let first = [
        text::matter::intake(registration.intake),
        "：",
        text::matter::channel(registration.channel),
        "，",
        registration.petitioner.name.as_str(),
    ]
    .concat();
    let when = format::day(registration.received_on, today) + &by;
    let first = line(first, when, columns(&registration.particulars), None);
    let again = matter.intakes.iter().map(|linked| {
        let intake = &linked.intake;
        let phone = intake.petitioner.phone.as_ref().map_or_else(String::new, |phone| [" ", phone.as_str()].concat());
        let what = [
            words::REPEAT,
            text::matter::channel(intake.channel),
            "，",
            intake.petitioner.name.as_str(),
            &phone,
            "，",
            intake.title.as_str(),
        ]
        .concat();
        let when = words::came_on(&format::day(intake.received_on, today), &signed_at(file, linked.at, linked.by));
        let said = view! { <blockquote class="words">{intake.content.as_str().to_owned()}</blockquote> };
        line(what, when, columns(&intake.particulars), Some(said.into_any()))
    });
    let lines: Vec<AnyView> = std::iter::once(first).chain(again).collect();
    let body = view! { <section class="panel"><ol class="timeline">{lines}</ol></section> };
    part(words::intakes(matter.intakes.len() + 1), body.into_any())
}

/// The further columns, as far as they are filled.
fn columns(of: &Particulars) -> Option<String> {
    let mut said = Vec::new();
    said.extend(of.people.map(words::people));
    if !of.representatives.is_empty() {
        let names: Vec<_> = of.representatives.iter().map(|one| one.as_str()).collect();
        said.push([words::REPRESENTATIVES, &names.join("、")].concat());
    }
    said.extend(of.first_in_country.filter(|first| *first).map(|_| words::FIRST_IN_COUNTRY.to_owned()));
    said.extend(of.first_here.filter(|first| *first).map(|_| words::FIRST_HERE.to_owned()));
    if let Some(online) = &of.online {
        said.push(words::FILED_ONLINE.to_owned());
        said.extend(online.anonymous.then(|| words::ANONYMOUS.to_owned()));
        said.extend(online.helper.as_ref().map(|helper| {
            let phone = helper.phone.as_ref().map_or("", |phone| phone.as_str());
            words::helper(helper.name.as_str(), helper.relation.as_str(), phone)
        }));
    }
    said.extend(of.form_number.as_ref().map(|number| words::form_number(number.as_str())));
    (!said.is_empty()).then(|| said.join("；"))
}
