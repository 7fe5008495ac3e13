//! 要打电话告知的人: whoever was invited and does not know it, or booked and waits for something else than what will be.

use case_core::reception::BookingState;
use case_core::wire::receptions::{BookingAct, BookingRow, ReceptionDesk};
use chrono::NaiveDate;
use leptos::prelude::*;

use super::Desk;
use crate::client::receptions;
use crate::text::screen::receptions as words;

/// The part; nothing where nobody waits.
pub(super) fn part(shown: &ReceptionDesk, desk: Desk) -> AnyView {
    if shown.to_tell.is_empty() {
        return ().into_any();
    }
    let lines: Vec<_> = shown.to_tell.iter().map(|row| line(row, shown.keeps, shown.today, desk)).collect();
    view! {
        <section class="stack" aria-label=words::TO_TELL>
            <h2>{words::TO_TELL}</h2>
            <p class="muted">{words::TO_TELL_NOTE}</p>
            <ul class="cells">{lines}</ul>
        </section>
    }
    .into_any()
}

fn line(row: &BookingRow, keeps: bool, today: NaiveDate, desk: Desk) -> AnyView {
    let booking = &row.booking;
    let says = |told: &Option<case_core::reception::Told>| {
        told.as_ref().map_or_else(|| words::NOT_HELD.to_owned(), |told| words::told(told, today))
    };
    let invited = booking.state == BookingState::Invited && booking.told.is_none();
    let before = match invited {
        true => words::INVITED_UNTOLD.to_owned(),
        false => [words::TOLD_BEFORE, "：", &says(&booking.told)].concat(),
    };
    let now = [words::STANDS_NOW, "：", &says(&row.now)].concat();
    let phone = booking.phone.as_ref().map_or(words::NO_PHONE, |phone| phone.as_str()).to_owned();
    let why = row.reason.as_ref().map(|why| [words::REASON, "：", why.as_str()].concat());
    let button = keeps.then(|| {
        let (id, stands) = (booking.id, row.now.clone());
        let label = [words::TOLD, "：", booking.name.as_str()].concat();
        let tell = move |_| {
            let act = BookingAct::Told(stands.clone());
            let request = async move {
                receptions::act(id, &act).await?;
                receptions::desk().await
            };
            desk.send(request, words::TOLD_DONE, || ());
        };
        view! { <button class="btn btn--plain" type="button" aria-label=label on:click=tell>{words::TOLD}</button> }
    });
    view! {
        <li class="cell">
            <span class="cell__body">
                <span class="cell__title">{booking.name.as_str().to_owned()}" "<span class="num">{phone}</span></span>
                <span class="cell__note">{before}</span>
                <span class="cell__note"><b>{now}</b></span>
                {why.map(|why| view! { <span class="cell__note">{why}</span> })}
            </span>
            {button}
        </li>
    }
    .into_any()
}
