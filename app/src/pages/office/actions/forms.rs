//! The small forms: acceptance, feedback, promise.

use case_core::matter::{Command, CommandKind, Route};
use leptos::prelude::*;

use super::frame;
use crate::components::check::{Check, FieldError};
use crate::components::field::{Field, Kind, Need};
use crate::format;
use crate::send::Sender;
use crate::text::screen::forms as words;
use crate::who::use_who;

type Open = RwSignal<Option<CommandKind>>;

fn no_error() -> FieldError {
    RwSignal::new(None)
}

/// 受理.
pub fn accept(sender: Sender, open: Open) -> AnyView {
    let day = RwSignal::new(format::input_day(use_who().office_today()));
    let wrong = no_error();
    let fields = view! {
        <Field id="notice-day" label=words::NOTICE_DAY value=day kind=Kind::Day need=Need::Needed error=wrong/>
    };
    frame(CommandKind::Accept, sender, open, fields.into_any(), move || {
        let mut check = Check::default();
        let on = check.day("notice-day", words::NOTICE_DAY, day, wrong);
        check.passed();
        Some(Command::Accept { notice_delivered_on: on?, route: Route::Petition })
    })
}

/// 反馈.
pub fn feedback(sender: Sender, open: Open) -> AnyView {
    let text = RwSignal::new(String::new());
    let wrong = no_error();
    let fields = view! {
        <Field id="feedback" label=words::FEEDBACK value=text kind=Kind::Lines need=Need::Needed
            hint=words::FEEDBACK_HINT error=wrong/>
    };
    frame(CommandKind::GiveFeedback, sender, open, fields.into_any(), move || {
        let mut check = Check::default();
        let said = check.text("feedback", words::FEEDBACK, text, wrong);
        check.passed();
        Some(Command::GiveFeedback { text: said? })
    })
}

/// 承诺.
pub fn promise(sender: Sender, open: Open) -> AnyView {
    let (text, day) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (wrong_text, wrong_day) = (no_error(), no_error());
    let fields = view! {
        <Field id="promise" label=words::PROMISE value=text kind=Kind::Lines need=Need::Needed
            hint=words::PROMISE_HINT error=wrong_text/>
        <Field id="promise-day" label=words::PROMISE_DAY value=day kind=Kind::Day need=Need::Needed error=wrong_day/>
    };
    frame(CommandKind::Promise, sender, open, fields.into_any(), move || {
        let mut check = Check::default();
        let said = check.text("promise", words::PROMISE, text, wrong_text);
        let due = check.day("promise-day", words::PROMISE_DAY, day, wrong_day);
        check.passed();
        Some(Command::Promise { text: said?, due: due? })
    })
}
