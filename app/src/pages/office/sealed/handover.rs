//! 移送 and 办结: what an officer puts on record.

use case_core::id::UnitId;
use case_core::sealed::{Handover, OrganKind, SealedRefusal};
use case_core::text::TextError;
use case_core::wire::sealed::{CloseSealed, HandOverSealed, Passphrase, SealedRow};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::{choices, fail, send_button};
use crate::client::{places, sealed};
use crate::components::case_file::part;
use crate::components::check::{Check, FieldError};
use crate::components::chips::Choice;
use crate::components::field::{Field, Kind, Need, Select};
use crate::components::toast::use_toasts;
use crate::load::load;
use crate::text::screen::{common, sealed as words};
use crate::who::use_who;
use crate::{format, text};

/// 移送.
#[component]
pub fn HandOverForm<F: Fn() + Copy + Send + Sync + 'static>(
    row: SealedRow,
    /// Units that are not offered; the server refuses them as well.
    barred: Vec<UnitId>,
    done: F,
) -> impl IntoView {
    let (who, toasts) = (use_who(), use_toasts());
    let units = load(places::units);
    let options = Signal::derive(move || choices(units, &barred));
    let organ = RwSignal::new(Some(0));
    let [unit, name, passphrase]: [RwSignal<String>; 3] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let on = RwSignal::new(format::input_day(who.office_today()));
    let [w_organ, w_unit, w_name, w_on, w_pass]: [FieldError; 5] = std::array::from_fn(|_| RwSignal::new(None));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None));
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        let mut check = Check::default();
        let kind = organ.get_untracked().and_then(|at: usize| OrganKind::ALL.get(at)).copied();
        let kind = check.chosen("organ", words::ORGAN, kind, w_organ);
        let chosen: Option<UnitId> = unit.get_untracked().parse().ok();
        let other = check.optional("other-organ", words::OTHER_ORGAN, name, w_name);
        let once = other.as_ref().is_none_or(|other| chosen.is_some() != other.is_some());
        check.that("unit", once, w_unit, text::sealed::refusal(SealedRefusal::NoReceiver));
        let day = check.day("handed-on", words::HANDED_ON, on, w_on);
        let typed = passphrase.get_untracked();
        let missing = text::text_error(words::PASSPHRASE, TextError::Empty);
        check.that("hand-pass", !typed.trim().is_empty(), w_pass, &missing);
        if !check.passed() || busy.get_untracked() {
            return;
        }
        let (Some(organ), Some(name), Some(on)) = (kind, other, day) else { return };
        let handover = Handover { organ, unit: chosen, name, on };
        let request = HandOverSealed { passphrase: Passphrase(typed), seen: row.length, handover };
        let id = row.id;
        failure.set(None);
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = sealed::hand_over(id, &request).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(_) => {
                    toasts.say(words::HANDED_OVER);
                    done();
                }
                Err(error) => fail(who, failure, &error),
            }
        });
    };
    let organs = OrganKind::ALL.into_iter().map(text::sealed::organ).collect();
    let body = view! {
        <form class="desk__form" novalidate=true autocomplete="off" on:submit=submit>
            <p class="muted">{words::HAND_OVER_NOTE}</p>
            <Choice id="organ" legend=words::ORGAN options=organs chosen=organ need=Need::Needed error=w_organ/>
            <div class="desk__grid">
                <Select id="unit" label=words::UNIT value=unit options error=w_unit/>
                <Field id="other-organ" label=words::OTHER_ORGAN value=name hint=words::UNIT_NOTE error=w_name/>
                <Field id="handed-on" label=words::HANDED_ON value=on kind=Kind::Day need=Need::Needed error=w_on/>
                <Field id="hand-pass" label=words::PASSPHRASE value=passphrase kind=Kind::Secret need=Need::Needed
                    error=w_pass/>
            </div>
            {send_button(words::HAND_OVER, common::SENDING, busy, failure)}
        </form>
    };
    part(words::HAND_OVER, body.into_any())
}

/// 办结.
#[component]
pub fn CloseForm<F: Fn() + Copy + Send + Sync + 'static>(row: SealedRow, done: F) -> impl IntoView {
    let (who, toasts) = (use_who(), use_toasts());
    let (note, wrong) = (RwSignal::new(String::new()), RwSignal::new(None));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None));
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        let mut check = Check::default();
        let note = check.text("close-note", words::CLOSE_NOTE, note, wrong);
        let (true, Some(note)) = (check.passed() && !busy.get_untracked(), note) else { return };
        let (id, request) = (row.id, CloseSealed { seen: row.length, note });
        failure.set(None);
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = sealed::close(id, &request).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(_) => {
                    toasts.say(words::CLOSED);
                    done();
                }
                Err(error) => fail(who, failure, &error),
            }
        });
    };
    let body = view! {
        <form class="desk__form" novalidate=true autocomplete="off" on:submit=submit>
            <Field id="close-note" label=words::CLOSE_NOTE value=note kind=Kind::Lines need=Need::Needed error=wrong/>
            {send_button(words::CLOSE, common::SENDING, busy, failure)}
        </form>
    };
    part(words::CLOSE, body.into_any())
}
