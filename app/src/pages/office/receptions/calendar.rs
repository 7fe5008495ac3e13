//! 日程: the receptions of the last days and the coming weeks.

use case_core::reception::Sitting;
use case_core::wire::receptions::{ReceptionDesk, SittingRow};
use chrono::NaiveDate;
use leptos::prelude::*;

use super::change::ChangeForm;
use super::{Desk, table};
use crate::components::dialog::Dialog;
use crate::text::screen::receptions as words;
use crate::{format, routes};

/// The part.
pub(super) fn part(shown: &ReceptionDesk, desk: Desk) -> AnyView {
    let asking = RwSignal::new(None::<Sitting>);
    let open = RwSignal::new(false);
    let (keeps, today) = (shown.keeps, shown.today);
    let body = if shown.sittings.is_empty() {
        view! { <p role="status">{words::NO_SITTINGS}</p> }.into_any()
    } else {
        let ask = move |sitting: Sitting| {
            asking.set(Some(sitting));
            open.set(true);
        };
        let rows: Vec<_> = shown.sittings.iter().map(|row| line(row, keeps, today, ask)).collect();
        table(words::CALENDAR, &words::COLUMNS, rows.into_any())
    };
    view! {
        <div class="stack">
            <h2>{words::CALENDAR}</h2>
            {body}
            <Dialog open id="change" title=Signal::stored(words::CHANGE_TITLE.to_owned())>
                {move || asking.get().map(|sitting| view! { <ChangeForm sitting desk open today/> })}
            </Dialog>
        </div>
    }
    .into_any()
}

fn line(row: &SittingRow, keeps: bool, today: NaiveDate, ask: impl Fn(Sitting) + Copy + 'static) -> AnyView {
    let sitting = &row.sitting;
    let day = format::day(sitting.day, today);
    let mark = match (sitting.off, sitting.is_moved(), sitting.reason.is_some()) {
        (true, ..) => Some(words::OFF),
        (false, true, false) => Some(words::BY_HOLIDAY),
        _ => None,
    };
    let planned = sitting.is_moved().then(|| words::planned(sitting.key.planned, today));
    let notes: Vec<String> = mark
        .map(str::to_owned)
        .into_iter()
        .chain(planned)
        .chain(sitting.reason.as_ref().map(|reason| reason.as_str().to_owned()))
        .collect();
    let note = (!notes.is_empty()).then(|| view! { <br/><span class="muted">{notes.join("，")}</span> });
    let list = [words::OPEN, " ", &day, " ", sitting.leader.name.as_str()].concat();
    let change = (keeps && sitting.day >= today).then(|| {
        let (shown, label) = (sitting.clone(), [words::CHANGE, " ", &day, " ", sitting.leader.name.as_str()].concat());
        view! {
            <button class="btn btn--text" type="button" aria-label=label on:click=move |_| ask(shown.clone())>
                {words::CHANGE}
            </button>
        }
    });
    view! {
        <tr>
            <th scope="row" class="num">{day}{note}</th>
            <td class="num">{words::times(sitting)}</td>
            <td>{words::leader(&sitting.leader)}</td>
            <td>{sitting.place.as_str().to_owned()}</td>
            <td class="num">{words::booked(row.booked, sitting.slots)}</td>
            <td>
                <a class="btn btn--text" href=routes::reception(sitting.key) aria-label=list>{words::OPEN}</a>
                {change}
            </td>
        </tr>
    }
    .into_any()
}
