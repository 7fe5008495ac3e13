//! 积案 and 包案: why it stands in the ledger, who answers for it, how it goes, 销号.

use case_core::matter::{ContractNote, LeaderContract, OldCase};
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::visits::line;
use super::{name, part, signed_at, today};
use crate::text::screen::life as words;
use crate::{format, text};

/// All of it; nothing where it never stood there.
#[must_use]
pub fn old_case(file: &MatterFile) -> AnyView {
    let cases = &file.matter.old_cases;
    if cases.is_empty() {
        return ().into_any();
    }
    let lines: Vec<AnyView> = cases.iter().flat_map(|case| one(file, case)).collect();
    part(words::OLD_CASE, view! { <section class="panel"><ol class="timeline">{lines}</ol></section> }.into_any())
}

fn one(file: &MatterFile, case: &OldCase) -> Vec<AnyView> {
    let ground = words::listed(text::paths::old_case_ground(case.ground));
    let problem = [words::PROBLEM, case.problem.as_str()].concat();
    let mut lines = vec![line(ground, signed_at(file, case.at, case.by), Some(problem), None)];
    lines.extend(case.contracts.iter().map(|contract| taken_on(file, case, contract)));
    if let Some(struck) = &case.struck {
        let said = struck.text.as_str().to_owned();
        lines.push(line(words::STRUCK_OFF.to_owned(), signed_at(file, struck.at, struck.by), Some(said), None));
    }
    lines
}

fn taken_on(file: &MatterFile, case: &OldCase, contract: &LeaderContract) -> AnyView {
    let today = today(file);
    let who = name(file, contract.leader).unwrap_or_default();
    let state = text::paths::contract_state(contract.state(case, today));
    let what = words::led(&who, &format::day(contract.since, today), &format::day(contract.until, today), state);
    let change = contract
        .change
        .as_ref()
        .map(|reason| view! { <p class="timeline__note">{[words::BECAUSE, reason.as_str()].concat()}</p> });
    let contact = contract
        .contact
        .as_ref()
        .map(|contact| view! { <p class="timeline__note">{[words::CONTACT, contact.as_str()].concat()}</p> });
    let notes: Vec<_> = contract.notes.iter().map(|note| said(file, note)).collect();
    let more = view! { {change} {contact} {notes} };
    let plan = [words::PLAN, contract.plan.as_str()].concat();
    line(what, signed_at(file, contract.at, contract.by), Some(plan), Some(more.into_any()))
}

fn said(file: &MatterFile, note: &ContractNote) -> AnyView {
    let head = note.agrees.map_or(words::PROGRESS, text::paths::leader_agrees);
    let until = note.until.map_or_else(String::new, |until| words::prolonged(&format::day(until, today(file))));
    view! {
        <p class="timeline__note"><b>{head}</b>{note.text.as_str().to_owned()}{until}</p>
        <p class="timeline__when">{signed_at(file, note.at, note.by)}</p>
    }
    .into_any()
}
