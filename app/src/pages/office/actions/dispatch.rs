//! 转送交办, 受理, 承办人, 异议: between the petition office and the units.

use case_core::matter::{Command, Route};
use case_core::place::DivisionCode;
use case_core::wire::desk::{MatterFile, Named};
use leptos::prelude::*;

use super::build::{Begin, Form};
use crate::client::places;
use crate::load::load;
use crate::text::screen::{forms, steps as words};

/// 转送, or 交办 when a day is named.
pub fn transfer(mut form: Form, file: &MatterFile) -> AnyView {
    let registered = file.matter.registration.place.clone();
    let unit = form.unit("unit", forms::UNIT, None);
    let begun = registered.as_ref().map_or_else(String::new, |code| code.as_str().to_owned());
    let place = form.place("place", begun);
    let report_by = form.optional_day("report-by", words::REPORT_BY, words::REPORT_BY_HINT);
    let simple = file.simple_in_use.then(|| {
        let simple = form.yes("simple", words::SIMPLE);
        form.say(words::SIMPLE_HINT.to_owned());
        simple
    });
    form.done(move |check| {
        let (unit, report_by) = (unit(check), report_by(check));
        let simple = simple.as_ref().map_or(Some(false), |simple| simple(check));
        // Only a place that differs from the registered one is said.
        let place = DivisionCode::parse(&place.get_untracked()).ok().filter(|code| registered.as_ref() != Some(code));
        Some(Command::Transfer { unit: unit?, place, report_by: report_by?, simple: simple? })
    })
}

/// 受理.
pub fn accept(mut form: Form) -> AnyView {
    let on = form.day("notice-day", forms::NOTICE_DAY, Begin::Today);
    form.done(move |check| Some(Command::Accept { notice_delivered_on: on(check)?, route: Route::Petition }))
}

/// 确定承办人.
pub fn assign(mut form: Form, file: &MatterFile) -> AnyView {
    let unit = file.matter.unit;
    let accounts = load(move || async move {
        match unit {
            Some(unit) => places::accounts(unit).await,
            None => Ok(Vec::new()),
        }
    });
    let handler = form.listed("handler", forms::HANDLER, accounts, |named: &Named| {
        Some((named.account.to_string(), [named.name.as_str(), " ", named.office.as_str()].concat()))
    });
    form.done(move |check| Some(Command::Assign { handler: handler(check)? }))
}

/// 转交承办人.
pub fn hand_over(mut form: Form, file: &MatterFile) -> AnyView {
    let (unit, now) = (file.matter.unit, file.matter.handler);
    let accounts = load(move || async move {
        match unit {
            Some(unit) => places::accounts(unit).await,
            None => Ok(Vec::new()),
        }
    });
    let handler = form.listed("handler", words::NEW_HANDLER, accounts, move |named: &Named| {
        let name = [named.name.as_str(), " ", named.office.as_str()].concat();
        (Some(named.account) != now).then(|| (named.account.to_string(), name))
    });
    let reason = form.lines("reason", words::REASON, "");
    form.done(move |check| {
        let (handler, reason) = (handler(check), reason(check));
        Some(Command::HandOver { handler: handler?, reason: reason? })
    })
}

/// 收回: the matter and the unit are named, for it is no tap in passing.
pub fn recall(mut form: Form, file: &MatterFile) -> AnyView {
    let unit = file.unit.as_ref().map_or("", |unit| unit.name.as_str());
    form.say([file.matter.registration.title.as_str(), " · ", unit].concat());
    let reason = form.lines("reason", words::RECALL_REASON, words::TOLD_HINT);
    form.done(move |check| Some(Command::Recall { reason: reason(check)? }))
}

/// 提出异议.
pub fn object(mut form: Form) -> AnyView {
    let reason = form.lines("reason", words::OBJECTION, words::OBJECTION_HINT);
    form.done(move |check| Some(Command::Object { reason: reason(check)? }))
}

/// 同意异议.
pub fn uphold(mut form: Form, file: &MatterFile) -> AnyView {
    said(&mut form, file);
    let reason = form.lines("reason", words::FOUND, "");
    form.done(move |check| Some(Command::UpholdObjection { reason: reason(check)? }))
}

/// 不同意异议.
pub fn dismiss(mut form: Form, file: &MatterFile) -> AnyView {
    said(&mut form, file);
    let reason = form.lines("reason", words::FOUND, "");
    form.done(move |check| Some(Command::DismissObjection { reason: reason(check)? }))
}

/// What the unit said stands before the answer to it.
fn said(form: &mut Form, file: &MatterFile) {
    if let Some(objection) = file.matter.objections.last() {
        form.say([words::UNIT_SAID, objection.reason.as_str()].concat());
    }
}
