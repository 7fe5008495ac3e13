//! 复查、复核: asked for, decided; and 不认定化解.

use case_core::matter::{Command, ReviewLevel, ReviewOutcome, Says};
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::build::{Begin, Form};
use crate::text;
use crate::text::screen::steps as words;

/// 登记复查申请, 登记复核申请. Asked for by the code, the day and the words are there already.
pub fn request(mut form: Form, file: &MatterFile, level: ReviewLevel) -> AnyView {
    let asked = file.matter.open_voices().find(|voice| voice.says == Says::AskReview { level });
    let on = form.day("on", words::ASKED_ON, asked.map_or(Begin::Today, |asked| Begin::On(asked.at.date())));
    let begun = asked.and_then(|asked| asked.text.as_ref()).map_or("", |text| text.as_str());
    let reason = form.begun_lines("reason", words::ASKED_WHY, words::OWN_WORDS_HINT, begun);
    let organ = form.line("organ", words::REVIEW_ORGAN, words::REVIEW_ORGAN_HINT);
    form.done(move |check| {
        let (on, reason, organ) = (on(check), reason(check), organ(check));
        Some(Command::RequestReview { level, on: on?, reason: reason?, organ: organ? })
    })
}

/// 决定受理.
pub fn take(mut form: Form) -> AnyView {
    let on = form.day("on", words::TAKEN_ON, Begin::Today);
    form.done(move |check| Some(Command::TakeReview { on: on(check)? }))
}

/// 撤回申请.
pub fn withdraw(mut form: Form) -> AnyView {
    let on = form.day("on", words::REVIEW_WITHDRAWN_ON, Begin::Today);
    let reason = form.lines("reason", words::WITHDRAWN_WHY, words::OWN_WORDS_HINT);
    form.done(move |check| {
        let (on, reason) = (on(check), reason(check));
        Some(Command::WithdrawReview { on: on?, reason: reason? })
    })
}

/// 复查意见, 复核意见.
pub fn decide(mut form: Form) -> AnyView {
    let outcome = form.choice("outcome", words::OUTCOME, &ReviewOutcome::ALL, text::paths::review_outcome);
    let opinion = form.lines("opinion", words::OPINION, words::OPINION_HINT);
    let redo_due = form.optional_day("redo-due", words::REDO_DUE, words::REDO_DUE_HINT);
    form.done(move |check| {
        let (outcome, opinion, redo_due) = (outcome(check), opinion(check), redo_due(check));
        Some(Command::DecideReview { outcome: outcome?, text: opinion?, redo_due: redo_due? })
    })
}

/// 不认定化解.
pub fn veto(mut form: Form) -> AnyView {
    let reason = form.lines("reason", words::NOT_SETTLED, "");
    form.done(move |check| Some(Command::VetoSettled { reason: reason(check)? }))
}
