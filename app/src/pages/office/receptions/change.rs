//! 调整: one reception is called off, moved, given to another leader, or goes back to what its rule plans.

use case_core::reception::{Change, Leader, Sitting};
use case_core::text::{Paragraph, ShortText, Title};
use case_core::wire::receptions::ChangeRequest;
use chrono::NaiveDate;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::Desk;
use crate::client::receptions;
use crate::components::chips::Choice;
use crate::components::field::{Field, Kind, Need};
use crate::components::notice::Failure;
use crate::format;
use crate::text::screen::{common, receptions as words};

/// Reads 姓名，职务，分管工作.
pub(super) fn read_leader(line: &str) -> Option<Leader> {
    let mut parts = line.splitn(3, ['，', ',']).map(str::trim);
    let name = ShortText::parse(parts.next()?).ok()?;
    let office = ShortText::parse(parts.next()?).ok()?;
    let duty = match parts.next() {
        Some(duty) => Title::parse_optional(duty.trim_start_matches("分管")).ok()?,
        None => None,
    };
    Some(Leader { name, office, duty })
}

/// The form, in a dialog.
#[component]
pub(super) fn ChangeForm(
    /// Which reception.
    sitting: Sitting,
    /// Sends it.
    desk: Desk,
    /// Closes the dialog.
    open: RwSignal<bool>,
    /// The server's today.
    today: NaiveDate,
) -> impl IntoView {
    let what = RwSignal::new(None::<usize>);
    let (day, leader, reason) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<String>);
    let (key, name) = (sitting.key, sitting.leader.name.as_str().to_owned());
    let about = [&format::day(sitting.day, today), " ", &words::times(&sitting), "，", &name].concat();
    let read = move || -> Result<Option<Change>, &'static str> {
        let what = what.get_untracked().ok_or(words::CHOOSE_WHAT)?;
        if what == 3 {
            return Ok(None);
        }
        let why = Paragraph::parse(&reason.get_untracked()).map_err(|_| words::NO_REASON)?;
        let change = Change { off: what == 0, to: None, leader: None, reason: why };
        match what {
            1 => {
                let to = format::read_day(&day.get_untracked()).ok_or(words::NO_DAY)?;
                Ok(Some(Change { to: Some(to), ..change }))
            }
            2 => {
                let who = read_leader(&leader.get_untracked()).ok_or(words::NO_LEADER)?;
                Ok(Some(Change { leader: Some(who), ..change }))
            }
            _ => Ok(Some(change)),
        }
    };
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        match read() {
            Ok(change) => {
                wrong.set(None);
                let request = ChangeRequest { key, change };
                let close = move || open.set(false);
                desk.send(async move { receptions::change(&request).await }, words::SAVED, close);
            }
            Err(words) => wrong.set(Some(words.to_owned())),
        }
    };
    let shows = move |at: usize| what.get() == Some(at);
    view! {
        <form on:submit=submit novalidate=true>
            <div class="dialog__body stack">
                <p>{about}</p>
                <Choice id="change-what" legend=words::WHAT options=words::WHATS.to_vec() chosen=what/>
                {move || shows(1).then(|| view! {
                    <Field id="change-day" label=words::NEW_DAY value=day kind=Kind::Day need=Need::Needed/>
                })}
                {move || shows(2).then(|| view! {
                    <Field id="change-leader" label=words::NEW_LEADER value=leader need=Need::Needed hint=words::LEADER_HINT/>
                })}
                {move || what.get().is_some_and(|at| at < 3).then(|| view! {
                    <Field id="change-reason" label=words::REASON value=reason need=Need::Needed hint=words::REASON_HINT/>
                })}
                <Failure message=wrong/>
                <Failure message=desk.failure/>
            </div>
            <div class="dialog__actions">
                <button class="btn btn--plain" type="button" on:click=move |_| open.set(false)>{common::CANCEL}</button>
                <button class="btn" type="submit">{words::SAVE}</button>
            </div>
        </form>
    }
    .into_any()
}
