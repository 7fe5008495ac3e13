//! 列入积案, 包案, 进展, 包案领导意见, 销号, 更换包案领导.

use case_core::actor::Role;
use case_core::id::AccountId;
use case_core::matter::{Command, OldCaseGround, Proposal};
use case_core::wire::desk::{MatterFile, Named};
use leptos::prelude::*;

use super::build::{Begin, Form, Reader};
use crate::client::places;
use crate::load::load;
use crate::text;
use crate::text::screen::steps as words;
use crate::who::use_who;

/// 列入积案台账.
pub fn enter(mut form: Form) -> AnyView {
    let ground = form.choice("ground", words::OLD_CASE_GROUND, &OldCaseGround::ALL, text::paths::old_case_ground);
    let problem = form.lines("problem", words::PROBLEM, words::PROBLEM_HINT);
    form.done(move |check| {
        let (ground, problem) = (ground(check), problem(check));
        Some(Command::EnterOldCase { ground: ground?, problem: problem? })
    })
}

/// 包案: leaders for themselves, the joint conference for any of them.
pub fn take_on(mut form: Form, file: &MatterFile) -> AnyView {
    let myself = use_who().actor().filter(|actor| actor.role != Role::JointOffice).map(|actor| actor.account);
    let leader: Reader<AccountId> = match myself {
        Some(account) => Box::new(move |_| Some(account)),
        None => leaders(&mut form, file, words::LEADER, None),
    };
    let contact = form.optional_line("contact", words::CONTACT, "");
    let plan = form.lines("plan", words::PLAN, words::PLAN_HINT);
    let since = form.day("since", words::LED_SINCE, Begin::Today);
    let until = form.day("until", words::LED_UNTIL, Begin::Empty);
    form.done(move |check| {
        let (leader, contact, plan) = (leader(check), contact(check), plan(check));
        let (since, until) = (since(check), until(check));
        Some(Command::TakeOn { leader: leader?, contact: contact?, plan: plan?, since: since?, until: until? })
    })
}

/// 挂点领导 first: those whose area the matter lies in, as the server lists them.
fn leaders(form: &mut Form, file: &MatterFile, label: &'static str, but: Option<AccountId>) -> Reader<AccountId> {
    let id = file.matter.id;
    form.say(words::LEADER_HINT.to_owned());
    form.listed("leader", label, load(move || places::leaders(id)), move |named: &Named| {
        (Some(named.account) != but)
            .then(|| (named.account.to_string(), [named.name.as_str(), " ", named.office.as_str()].concat()))
    })
}

/// 进展.
pub fn note(mut form: Form) -> AnyView {
    let said = form.lines("progress", words::PROGRESS, "");
    let until = form.optional_day("until", words::PROLONGED, words::PROLONGED_HINT);
    form.done(move |check| {
        let (text, until) = (said(check), until(check));
        Some(Command::NoteContract { text: text?, until: until? })
    })
}

/// 包案领导意见.
pub fn sign(mut form: Form) -> AnyView {
    let agrees = form.choice("agrees", words::AGREES, &[true, false], text::paths::leader_agrees_short);
    let said = form.lines("opinion", words::LEADER_OPINION, "");
    form.done(move |check| {
        let (agrees, text) = (agrees(check), said(check));
        Some(Command::SignContract { agrees: agrees?, text: text? })
    })
}

/// 销号.
pub fn strike_off(mut form: Form) -> AnyView {
    let said = form.lines("solved", words::SOLVED, words::SOLVED_HINT);
    form.done(move |check| Some(Command::StrikeOff { text: said(check)? }))
}

/// 更换包案领导.
pub fn change_leader(mut form: Form, file: &MatterFile) -> AnyView {
    let leader = leaders(&mut form, file, words::NEW_LEADER, file.matter.leader());
    let reason = form.lines("reason", words::REASON, "");
    form.done(move |check| {
        let (leader, reason) = (leader(check), reason(check));
        Some(Command::Propose { proposal: Proposal::Leader { leader: leader?, reason: reason? } })
    })
}
