//! 办理: 协办, 听证, 办结报告, 调解, 司法确认, 存档.

use case_core::matter::{Command, Keeping, ReturnReason};
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::build::{Begin, Form};
use crate::text;
use crate::text::screen::steps as words;

/// 请单位协办.
pub fn ask_co_handler(mut form: Form, file: &MatterFile) -> AnyView {
    let unit = form.unit("unit", words::HELPER, file.matter.unit);
    let task = form.lines("task", words::TASK, words::TASK_HINT);
    let due = form.day("due", words::ANSWER_BY, Begin::Empty);
    form.done(move |check| {
        let (unit, task, due) = (unit(check), task(check), due(check));
        Some(Command::AskCoHandler { unit: unit?, task: task?, due: due? })
    })
}

/// 不再请协办.
pub fn release_co_handler(mut form: Form, file: &MatterFile) -> AnyView {
    let named = |unit| file.units.iter().find(|known| known.id == unit).map(|known| known.name.as_str().to_owned());
    let open: Vec<(String, String)> = file
        .matter
        .co_handlers
        .iter()
        .enumerate()
        .filter(|(_, helper)| helper.is_open())
        .map(|(at, helper)| {
            let task = helper.task.as_str();
            (at.to_string(), [&named(helper.unit).unwrap_or_default(), "：", task].concat())
        })
        .collect();
    let which = form.select::<u16>("which", words::WHICH_HELPER, Signal::stored(open));
    let reason = form.lines("reason", words::REASON, "");
    form.done(move |check| {
        let (which, reason) = (which(check), reason(check));
        Some(Command::ReleaseCoHandler { co_handler: which?, reason: reason? })
    })
}

/// 退回 of what was agreed to and has not been delivered. What awaits the supervisor is returned on a page of its own.
pub fn take_back(mut form: Form) -> AnyView {
    let why = form.choice("why", words::RETURN_REASON, &ReturnReason::ALL, text::matter::return_reason);
    let said = form.lines("reason", words::REASON, "");
    let due = form.day("due", words::REDO_BY, Begin::Empty);
    form.done(move |check| {
        let (why, text, due) = (why(check), said(check), due(check));
        Some(Command::ReturnClosure { reasons: vec![why?], text: text?, due: due? })
    })
}

/// 协办反馈.
pub fn answer_co_handling(mut form: Form) -> AnyView {
    let answer = form.lines("answer", words::HELPED, words::HELPED_HINT);
    form.done(move |check| Some(Command::AnswerCoHandling { text: answer(check)? }))
}

/// 听证.
pub fn hearing(mut form: Form) -> AnyView {
    let from = form.day("from", words::HEARD_FROM, Begin::Today);
    let until = form.day("until", words::HEARD_UNTIL, Begin::Today);
    let note = form.lines("note", words::HEARD, words::HEARD_HINT);
    form.done(move |check| {
        let (from, until, note) = (from(check), until(check), note(check));
        Some(Command::HoldHearing { from: from?, until: until?, note: note? })
    })
}

/// 办结报告.
pub fn report(mut form: Form) -> AnyView {
    let report = form.lines("report", words::REPORT, words::REPORT_HINT);
    form.done(move |check| Some(Command::FileReport { text: report(check)?, document: None }))
}

/// 开始调解.
pub fn begin_mediation(mut form: Form) -> AnyView {
    let mediator = form.line("mediator", words::MEDIATOR, words::MEDIATOR_HINT);
    let other_side = form.line("other-side", words::OTHER_SIDE, "");
    let petitioner = form.yes("petitioner-consents", words::PETITIONER_CONSENTS);
    let other = form.yes("other-consents", words::OTHER_CONSENTS);
    form.done(move |check| {
        let (mediator, other_side) = (mediator(check), other_side(check));
        let (petitioner, other) = (petitioner(check), other(check));
        Some(Command::BeginMediation {
            mediator: mediator?,
            other_side: other_side?,
            petitioner_consents: petitioner?,
            other_consents: other?,
        })
    })
}

/// 结束调解.
pub fn end_mediation(mut form: Form) -> AnyView {
    let agreement = form.optional_lines("agreement", words::AGREEMENT, words::AGREEMENT_HINT);
    let on = form.day("on", words::MEDIATED_ON, Begin::Today);
    let note = form.optional_lines("note", words::MEDIATION_NOTE, words::MEDIATION_NOTE_HINT);
    form.done(move |check| {
        let (agreement, on, note) = (agreement(check), on(check), note(check));
        Some(Command::EndMediation { agreement: agreement?, on: on?, note: note? })
    })
}

/// 司法确认.
pub fn confirm_agreement(mut form: Form) -> AnyView {
    let on = form.day("on", words::ASKED_COURT_ON, Begin::Today);
    form.done(move |check| Some(Command::ConfirmAgreement { on: on(check)? }))
}

/// 存档.
pub fn archive(mut form: Form) -> AnyView {
    let volume = form.line("volume", words::VOLUME, "");
    let pages = form.number("pages", words::PAGES, "");
    let keep = form.choice("keep", words::KEEP, &Keeping::ALL, text::command::keeping);
    form.done(move |check| {
        let (volume, pages, keep) = (volume(check), pages(check), keep(check));
        Some(Command::Archive { volume: volume?, pages: pages?, keep: Some(keep?) })
    })
}
