//! 退回重办: reasons from the list, a sentence, a day. What was typed stays when the dialog closes.

use case_core::matter::{Command, ReturnReason};
use case_core::wire::desk::MatterFile;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::decide::names;
use crate::components::check::Check;
use crate::components::chips::Choices;
use crate::components::dialog::Dialog;
use crate::components::field::{Field, Kind, Need};
use crate::components::notice::Failure;
use crate::load::Loader;
use crate::send::Sender;
use crate::text;
use crate::text::screen::{common, review as words};

/// The dialog.
#[component]
pub fn SendBack(
    /// What is shown.
    file: Loader<MatterFile>,
    /// Sends it.
    sender: Sender,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let reasons = RwSignal::new(Vec::new());
    let (said, due) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (wrong_reasons, wrong_said, wrong_due) = (RwSignal::new(None), RwSignal::new(None), RwSignal::new(None));
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        let mut check = Check::default();
        let chosen: Vec<_> = reasons.with_untracked(|list: &Vec<usize>| {
            list.iter().filter_map(|at| ReturnReason::ALL.get(*at)).copied().collect()
        });
        check.that("reasons", !chosen.is_empty(), wrong_reasons, words::NO_REASON);
        let said = check.text("return-words", words::WORDS, said, wrong_said);
        let due = check.day("return-due", words::DUE, due, wrong_due);
        if let (true, Some(text), Some(due)) = (check.passed(), said, due) {
            let done = move || {
                let _ = open.try_set(false);
            };
            sender.send_then(Command::ReturnClosure { reasons: chosen, text, due }, done);
        }
    };
    let listed = || ReturnReason::ALL.into_iter().map(text::matter::return_reason).collect();
    view! {
        <Dialog open id="send-back" title=Signal::stored(words::SEND_BACK.to_owned())>
            <form class="stack" on:submit=submit novalidate=true>
                <div class="dialog__body"><p><b>{move || names(file)}</b></p></div>
                <Choices id="reasons" legend=words::REASONS options=listed() chosen=reasons need=Need::Needed
                    error=wrong_reasons/>
                <Field id="return-words" label=words::WORDS value=said kind=Kind::Lines need=Need::Needed error=wrong_said/>
                <Field id="return-due" label=words::DUE value=due kind=Kind::Day need=Need::Needed error=wrong_due/>
                <Failure message=sender.failure/>
                <div class="dialog__actions">
                    <button class="btn btn--plain" type="button" on:click=move |_| open.set(false)>
                        {common::LOOK_AGAIN}
                    </button>
                    <button class="btn btn--danger" type="submit" aria-busy=move || sender.busy.get().then_some("true")>
                        {move || if sender.busy.get() { common::SENDING } else { words::SEND_BACK }}
                    </button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}
