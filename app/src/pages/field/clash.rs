//! 户册有两个说法: somebody else changed the roster while this phone was away. Both values stand side
//! by side, and the official says which one is right.

use case_core::field::{Payload, RosterChange, RosterValue};
use case_core::id::RecordId;
use case_core::wire::sync::HouseholdCard;
use case_offline::Clash;
use leptos::prelude::*;

use super::frame::{empty, page as plain_page, skeleton};
use super::on_phone::{OnPhone, use_phone};
use super::plain_form::about_household;
use super::sheet::form as form_of;
use crate::components::chips::{Choice, Look};
use crate::components::icon::Icon;
use crate::components::notice::Failure;
use crate::components::toast::use_toasts;
use crate::forms::{clashing, settle};
use crate::text::screen::{field, field_form, field_me, field_more as words};
use crate::{browser, history};

fn clashes(phone: OnPhone) -> RwSignal<Option<Vec<Clash>>> {
    phone.records(|handle| async move { handle.clashes().await })
}

/// What is open, as rows of 今日; nothing when nothing is.
pub(super) fn rows() -> AnyView {
    let open = clashes(use_phone());
    let row = |clash: &Clash| {
        let href = ["/w/clash/", &clash.edit.record.id.to_string()].concat();
        view! {
            <li><a class="cell cell--link" href=href>
                <span class="cell__body">
                    <span class="cell__title">{words::CLASH}</span>
                    <span class="cell__note">{words::clash_of(&field::home_of(clash.card.head.as_str()))}</span>
                </span>
            </a></li>
        }
    };
    (move || {
        open.with(|open| {
            let rows: Vec<_> = open.iter().flatten().map(row).collect();
            (!rows.is_empty()).then(|| view! { <ul class="cells" id="clashes">{rows}</ul> })
        })
    })
    .into_any()
}

/// The page of one clash.
pub(super) fn page(id: RecordId) -> AnyView {
    let open = clashes(use_phone());
    // What is being settled stays as it was shown, until it is settled.
    let shown = Memo::new(move |_| {
        open.with(|open| open.as_ref().map(|open| open.iter().find(|clash| clash.edit.record.id == id).cloned()))
    });
    let body = move || match shown.get() {
        None => skeleton(),
        Some(None) => empty(Icon::Visit, words::CLASH_OVER, ""),
        Some(Some(clash)) => draw(&clash),
    };
    plain_page(words::CLASH, "/w/today", None, body.into_any())
}

fn side(head: &'static str, value: &RosterValue) -> AnyView {
    view! {
        <div class="beside__side"><h3 class="beside__head">{head}</h3><p>{words::roster_value(value)}</p></div>
    }
    .into_any()
}

fn beside(at: usize, change: &RosterChange, card: &HouseholdCard, chosen: RwSignal<Option<usize>>) -> AnyView {
    let field = words::roster_field(&change.new);
    let choice = view! {
        <Choice id=["clash-", &at.to_string()].concat() legend=words::which(field) options=words::CHOICES.to_vec() chosen
            look=Look::Segmented/>
    };
    view! {
        <h2 class="heading">{field}</h2>
        <div class="beside">
            {side(words::MINE, &change.new)}
            {side(words::NOW, &change.new.on(card))}
        </div>
        {form_of(choice.into_any())}
    }
    .into_any()
}

fn draw(clash: &Clash) -> AnyView {
    let Payload::RosterEdit(edit) = &clash.edit.record.payload else {
        return empty(Icon::Visit, words::CLASH_OVER, "");
    };
    let open = clashing(edit, &clash.card);
    let chosen: Vec<RwSignal<Option<usize>>> = open.iter().map(|_| RwSignal::new(None)).collect();
    let sides: Vec<_> = open
        .iter()
        .zip(&chosen)
        .enumerate()
        .map(|(at, (change, chosen))| beside(at, change, &clash.card, *chosen))
        .collect();
    let note = if open.is_empty() { words::CLASH_SAME } else { words::CLASH_NOTE };
    let (phone, toasts, go) = (use_phone(), use_toasts(), history::replace());
    let failure = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    // Made once: a double tap settles once.
    let new = RecordId(browser::new_uuid_v7());
    let (old, edit, card) = (clash.edit.record.id, edit.clone(), clash.card.clone());
    let save = move |_| {
        let mine: Option<Vec<bool>> = chosen.iter().map(|one| one.get_untracked().map(|at| at == 0)).collect();
        let Some(mine) = mine else {
            failure.set(Some(words::CLASH_CHOOSE.to_owned()));
            return;
        };
        let Some(handle) = phone.handle() else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let payload = Payload::RosterEdit(Box::new(settle(old, &edit, &card, &mine)));
        let go = go.clone();
        leptos::task::spawn_local(async move {
            match handle.commit(new, payload).await {
                Ok(_) => {
                    toasts.say(field_form::SAVED);
                    go("/w/today");
                }
                Err(error) => {
                    let _ = failure.try_set(Some(field_me::phone_error(&error)));
                    let _ = busy.try_set(false);
                }
            }
        });
    };
    view! {
        {about_household(clash.card.id)}
        <p class="section muted">{note}</p>
        {sides}
        <div class="section"><Failure message=failure/></div>
        <div class="actions">
            <button class="btn actions__main" type="button" aria-busy=move || busy.get().then_some("true") on:click=save>
                {move || if busy.get() { field_form::SAVING } else { field_form::SAVE }}
            </button>
        </div>
    }
    .into_any()
}
