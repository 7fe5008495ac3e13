//! 报批 and 批复: what one person proposes and somebody else decides.

use case_core::matter::{Command, FilingGround, FinalOpinion, NotAcceptGround, Proposal, ReopenGround, Route, Stage};
use case_core::wire::desk::{MatterFile, MatterRow};
use leptos::prelude::*;

use super::build::{Begin, Form};
use crate::client::matters::{self, ListQuery};
use crate::text;
use crate::text::screen::steps as words;

/// The five ways of Article 31 that do not end here.
const ELSEWHERE: [Route; 5] =
    [Route::Litigation, Route::Arbitration, Route::PartyAppeal, Route::Administrative, Route::Protection];

fn propose(proposal: Proposal) -> Option<Command> {
    Some(Command::Propose { proposal })
}

/// 申请延期.
pub fn extend(mut form: Form) -> AnyView {
    let days = form.number("days", words::DAYS, words::DAYS_HINT);
    let reason = form.lines("reason", words::REASON, words::TOLD_HINT);
    form.done(move |check| {
        let (days, reason) = (days(check), reason(check));
        propose(Proposal::Extend { days: days?, reason: reason? })
    })
}

/// 不予受理.
pub fn not_accept(mut form: Form) -> AnyView {
    let ground = form.choice("ground", words::GROUND, &NotAcceptGround::ALL, text::paths::not_accept_ground);
    let organ = form.line("organ", words::WHERE_TO, words::WHERE_TO_HINT);
    let reason = form.lines("reason", words::REASON, words::TOLD_HINT);
    form.done(move |check| {
        let (ground, organ, reason) = (ground(check), organ(check), reason(check));
        propose(Proposal::NotAccept { ground: ground?, organ: organ?, reason: reason? })
    })
}

/// 不再受理: the earlier matter is chosen among those that have ended. The same petitioner's are listed at first;
/// others are found by their number.
pub fn no_longer_accept(mut form: Form, file: &MatterFile) -> AnyView {
    let own = file.matter.id;
    let name = file.matter.registration.petitioner.name.as_str();
    // A name with stars in it finds nobody.
    let begun = if name.contains('*') { String::new() } else { name.to_owned() };
    form.say(words::EARLIER_HINT.to_owned());
    let earlier = form.find("find", words::FIND_BY, begun, |typed| async move {
        let stages = vec![Stage::Closed, Stage::Settled, Stage::Archived];
        // Numbers stand in fours on paper.
        let number = typed.chars().all(|c| c.is_ascii_digit() || c.is_whitespace());
        let typed = if number { typed.split_whitespace().collect() } else { typed };
        let query = ListQuery { stages, typed, ..ListQuery::default() };
        matters::list(&query).await.map(|list| list.rows)
    });
    let earlier = form.optional_listed("earlier", words::EARLIER, earlier, move |row: &MatterRow| {
        let number = crate::format::in_fours(row.number.as_str());
        let name = [row.title.as_str(), " · ", row.petitioner.as_str(), " · ", &number].concat();
        (row.id != own).then(|| (row.id.to_string(), name))
    });
    form.say(words::ON_PAPER.to_owned());
    let organ = form.optional_line("organ", words::FINAL_ORGAN, "");
    let number = form.optional_line("number", words::FINAL_NUMBER, "");
    let on = form.optional_day("on", words::FINAL_DAY, "");
    let reason = form.lines("reason", words::REASON, words::TOLD_HINT);
    form.done(move |check| {
        let (earlier, reason) = (earlier(check), reason(check));
        let (organ, number, on) = (organ(check)?, number(check)?, on(check)?);
        // Half of a paper is none: the server says what is missing.
        let opinion = organ.zip(number).zip(on).map(|((organ, number), on)| FinalOpinion { organ, number, on });
        propose(Proposal::NoLongerAccept { earlier: earlier?, opinion, reason: reason? })
    })
}

/// 导入法定途径.
pub fn direct(mut form: Form) -> AnyView {
    let route = form.choice("route", words::ROUTE, &ELSEWHERE, text::paths::route);
    let organ = form.line("organ", words::ROUTE_ORGAN, "");
    let limit = form.optional_day("limit", words::LIMIT, words::LIMIT_HINT);
    let reason = form.lines("reason", words::ROUTE_REASON, words::TOLD_HINT);
    form.done(move |check| {
        let (route, organ, limit, reason) = (route(check), organ(check), limit(check), reason(check));
        propose(Proposal::Direct { route: route?, organ: organ?, limit: limit?, reason: reason? })
    })
}

/// 当场答复.
pub fn answer_on_spot(mut form: Form) -> AnyView {
    let answer = form.lines("answer", words::ANSWER, words::ANSWER_HINT);
    form.done(move |check| propose(Proposal::AnswerOnSpot { answer: answer(check)? }))
}

/// 存.
pub fn file_away(mut form: Form) -> AnyView {
    let ground = form.choice("ground", words::GROUND, &FilingGround::ALL, text::paths::filing_ground);
    let reason = form.lines("reason", words::REASON, "");
    form.done(move |check| {
        let (ground, reason) = (ground(check), reason(check));
        propose(Proposal::File { ground: ground?, reason: reason?, into: None })
    })
}

/// 撤回.
pub fn withdraw(mut form: Form) -> AnyView {
    let on = form.day("on", words::WITHDRAWN_ON, Begin::Today);
    let reason = form.lines("reason", words::WITHDRAWN_WHY, words::OWN_WORDS_HINT);
    form.done(move |check| {
        let (on, reason) = (on(check), reason(check));
        propose(Proposal::Withdraw { on: on?, reason: reason? })
    })
}

/// 重开.
pub fn reopen(mut form: Form) -> AnyView {
    let ground = form.choice("ground", words::GROUND, &ReopenGround::ALL, text::paths::reopen_ground);
    let due = form.day("due", words::NEW_DUE, Begin::Empty);
    let reason = form.lines("reason", words::REASON, "");
    form.done(move |check| {
        let (ground, due, reason) = (ground(check), due(check), reason(check));
        propose(Proposal::Reopen { ground: ground?, due: due?, reason: reason? })
    })
}

/// 批准.
pub fn approve(mut form: Form, file: &MatterFile) -> AnyView {
    proposed(&mut form, file);
    let reason = form.optional_lines("reason", words::RULING, "");
    form.done(move |check| Some(Command::ApproveProposal { reason: reason(check)? }))
}

/// 不批准.
pub fn refuse(mut form: Form, file: &MatterFile) -> AnyView {
    proposed(&mut form, file);
    let reason = form.lines("reason", words::REFUSAL, "");
    form.done(move |check| Some(Command::RefuseProposal { reason: reason(check)? }))
}

/// 撤回报批.
pub fn retract(mut form: Form, file: &MatterFile) -> AnyView {
    proposed(&mut form, file);
    form.done(|_| Some(Command::RetractProposal))
}

/// What is decided stands in the dialog: nobody decides by heart.
fn proposed(form: &mut Form, file: &MatterFile) {
    if let Some(pending) = &file.matter.pending {
        form.say(text::paths::proposal(&pending.proposal, file.server_time.date()));
    }
}
