//! 督办, 约谈, 建议, and their written answers; 准许查阅.

use case_core::id::AccountId;
use case_core::matter::{Adoption, Command, OversightAct};
use case_core::wire::desk::{MatterFile, Named};
use leptos::prelude::*;

use super::build::{Begin, Form};
use crate::client::places;
use crate::components::case_file;
use crate::load::load;
use crate::text;
use crate::text::screen::steps as words;

/// 督办.
pub fn supervise(form: Form) -> AnyView {
    act(form, OversightAct::Supervision, words::WANTED)
}

/// 约谈.
pub fn summon(form: Form) -> AnyView {
    act(form, OversightAct::Interview, words::SUMMON_WANTED)
}

fn act(mut form: Form, act: OversightAct, label: &'static str) -> AnyView {
    let breach = form.lines("breach", words::BREACH, words::BREACH_HINT);
    let wanted = form.lines("wanted", label, "");
    let due = form.day("due", words::ANSWERED_BY, Begin::Empty);
    form.done(move |check| {
        let (breach, wanted, due) = (breach(check), wanted(check), due(check));
        Some(Command::Oversee { act, to: None, breach: breach?, wanted: wanted?, due: due? })
    })
}

/// 建议: to the unit, or to the organ that can follow it.
pub fn advise(mut form: Form) -> AnyView {
    let act = form.choice("act", words::ADVICE, &OversightAct::ADVICE, text::paths::oversight);
    let to = form.optional_line("to", words::ADDRESSEE, words::ADDRESSEE_HINT);
    let breach = form.lines("breach", words::BREACH, words::BREACH_HINT);
    let wanted = form.lines("wanted", words::ADVISED, "");
    let due = form.day("due", words::ANSWERED_BY, Begin::Empty);
    form.done(move |check| {
        let (act, to) = (act(check), to(check));
        let (breach, wanted, due) = (breach(check), wanted(check), due(check));
        Some(Command::Oversee { act: act?, to: to?, breach: breach?, wanted: wanted?, due: due? })
    })
}

/// 书面回复, to one of those that are open.
pub fn answer(mut form: Form, file: &MatterFile) -> AnyView {
    let open: Vec<(String, String)> = file
        .matter
        .oversight
        .iter()
        .enumerate()
        .filter(|(_, act)| act.answer.is_none())
        .map(|(at, act)| (at.to_string(), [text::paths::oversight(act.act), "：", act.wanted.as_str()].concat()))
        .collect();
    let advice = file.matter.oversight.iter().any(|act| act.answer.is_none() && act.act.is_advice());
    let which = form.select::<u16>("which", words::WHICH_OVERSIGHT, Signal::stored(open));
    let on = form.day("on", words::OVERSIGHT_ANSWERED_ON, Begin::Today);
    let said = form.lines("answer", words::OVERSIGHT_ANSWER, "");
    let adoption = advice.then(|| {
        form.say(words::ADOPTION_HINT.to_owned());
        form.optional_choice("adoption", words::ADOPTION, &Adoption::ALL, text::paths::adoption)
    });
    form.done(move |check| {
        let (which, on, text) = (which(check), on(check), said(check));
        let adoption = adoption.as_ref().map_or(Some(None), |adoption| adoption(check));
        Some(Command::AnswerOversight { oversight: which?, adoption: adoption?, on: on?, text: text? })
    })
}

/// 准许查阅.
pub fn admit(mut form: Form) -> AnyView {
    let who = form.listed("observer", words::OBSERVER, load(places::observers), |named: &Named| {
        Some((named.account.to_string(), [named.name.as_str(), " ", named.office.as_str()].concat()))
    });
    let until = form.day("until", words::OBSERVES_UNTIL, Begin::Empty);
    let reason = form.lines("reason", words::OBSERVES_FOR, "");
    form.done(move |check| {
        let (account, until, reason) = (who(check), until(check), reason(check));
        Some(Command::AdmitObserver { account: account?, until: until?, reason: reason? })
    })
}

/// 终止查阅.
pub fn dismiss(mut form: Form, file: &MatterFile) -> AnyView {
    let today = file.server_time.date();
    let open: Vec<(String, String)> = file
        .matter
        .observers
        .iter()
        .filter(|access| access.is_open(today))
        .map(|access| (access.account.to_string(), case_file::name(file, access.account).unwrap_or_default()))
        .collect();
    let who = form.select::<AccountId>("observer", words::OBSERVER_ENDS, Signal::stored(open));
    form.done(move |check| Some(Command::DismissObserver { account: who(check)? }))
}
