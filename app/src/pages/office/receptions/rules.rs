//! 接访安排: the rules, a new one, other words for one, the end of one.

use case_core::reception::Recurrence;
use case_core::wire::receptions::{ReceptionDesk, RuleRow};
use leptos::prelude::*;

use super::Desk;
use super::rule_form::RuleForm;
use crate::client::receptions;
use crate::components::dialog::Dialog;
use crate::text::screen::{common, receptions as words};

/// The part.
pub(super) fn part(shown: &ReceptionDesk, desk: Desk) -> AnyView {
    let (form, ending) = (RwSignal::new(false), RwSignal::new(false));
    let chosen = RwSignal::new(None::<RuleRow>);
    let (keeps, today) = (shown.keeps, shown.today);
    let lines: Vec<_> = shown.rules.iter().map(|row| line(row, keeps, chosen, form, ending)).collect();
    let none = lines.is_empty().then(|| view! { <p role="status">{words::NO_RULES}</p> });
    let fresh = keeps.then(|| {
        let begin = move |_| {
            chosen.set(None);
            form.set(true);
        };
        view! { <div><button class="btn" type="button" on:click=begin>{words::NEW_RULE}</button></div> }
    });
    let end = move |_| {
        let Some(row) = chosen.get_untracked() else { return };
        // A single day that is still ahead ends before it comes.
        let last = match row.rule.when {
            Recurrence::On(day) => day.pred_opt().unwrap_or(day).min(today),
            _ => today,
        };
        desk.send(receptions::end_rule(row.id, last), words::ENDED, move || ending.set(false));
    };
    let heading =
        Signal::derive(
            move || {
                if chosen.with(Option::is_some) { words::EDIT.to_owned() } else { words::NEW_RULE.to_owned() }
            },
        );
    view! {
        <section class="stack" aria-label=words::RULES>
            <h2>{words::RULES}</h2>
            <p class="muted">{words::HOLIDAY_NOTE}</p>
            {none}
            <ul class="cells">{lines}</ul>
            {fresh}
            <Dialog open=form id="rule" title=heading>
                {move || view! { <RuleForm row=chosen.get_untracked() desk open=form today/> }}
            </Dialog>
            <Dialog open=ending id="end" title=Signal::stored(words::END_TITLE.to_owned())>
                <div class="dialog__body"><p>{words::END_NOTE}</p></div>
                <div class="dialog__actions">
                    <button class="btn btn--plain" type="button" on:click=move |_| ending.set(false)>{common::CANCEL}</button>
                    <button class="btn" type="button" on:click=end>{words::END}</button>
                </div>
            </Dialog>
        </section>
    }
    .into_any()
}

fn line(
    row: &RuleRow,
    keeps: bool,
    chosen: RwSignal<Option<RuleRow>>,
    form: RwSignal<bool>,
    ending: RwSignal<bool>,
) -> AnyView {
    let title = words::rule(&row.rule);
    let button = |verb: &'static str, opens: RwSignal<bool>| {
        let (row, label) = (row.clone(), [verb, " ", &title].concat());
        let act = move |_| {
            chosen.set(Some(row.clone()));
            opens.set(true);
        };
        view! { <button class="btn btn--text" type="button" aria-label=label on:click=act>{verb}</button> }
    };
    let buttons = keeps.then(|| view! { {button(words::EDIT, form)}{button(words::END, ending)} });
    view! {
        <li class="cell">
            <span class="cell__body">
                <span class="cell__title">{title.clone()}</span>
                <span class="cell__note">{words::rule_note(&row.rule)}</span>
            </span>
            {buttons}
        </li>
    }
    .into_any()
}
