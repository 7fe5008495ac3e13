//! Between the petition office, the units and the petitioner: 补充材料, 书面告知, the stamps of a letter,
//! 交办 and its report, 异议, 协办; and who from outside may look at it.

use case_core::matter::{Channel, CoHandler, Objection};
use case_core::time::{Clock, ClockKind};
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::visits::line;
use super::{name, part, signed_at, today, unit_name};
use crate::text::screen::life as words;
use crate::{format, text};

/// The four stamps of a letter, in the order of the day.
const STAMPS: [ClockKind; 4] =
    [ClockKind::LetterReceived, ClockKind::LetterReported, ClockKind::LetterForwarded, ClockKind::LetterReplied];

/// All of it, oldest first within each; nothing where there was none.
#[must_use]
pub fn between(file: &MatterFile) -> AnyView {
    let lines: Vec<AnyView> = letter(file)
        .into_iter()
        .chain(materials(file))
        .chain(notices(file))
        .chain(file.matter.objections.iter().map(|objection| self::objection(file, objection)))
        .chain(moves(file))
        .chain(orders(file))
        .chain(observers(file))
        .chain(file.matter.co_handlers.iter().map(|helper| co_handler(file, helper)))
        .collect();
    if lines.is_empty() {
        return ().into_any();
    }
    part(words::BETWEEN, view! { <section class="panel"><ol class="timeline">{lines}</ol></section> }.into_any())
}

/// One line with all four stamps, as each stands.
fn letter(file: &MatterFile) -> Option<AnyView> {
    let today = today(file);
    let stamp = |kind: ClockKind| -> Option<String> {
        let clock: &Clock = file.matter.clocks.iter().rev().find(|clock| clock.kind == kind)?;
        let stands = match clock.stopped {
            Some(on) => format::day(on, today),
            None => words::NO_STAMP.to_owned(),
        };
        Some([text::clock::kind(kind), "：", &stands].concat())
    };
    let stamps: Vec<_> = STAMPS.into_iter().filter_map(stamp).collect();
    let is_letter = file.matter.registration.channel == Channel::Letter && !stamps.is_empty();
    is_letter.then(|| {
        let received = format::day(file.matter.registration.received_on, today);
        line(words::LETTER.to_owned(), received, Some(stamps.join("；")), None)
    })
}

fn materials(file: &MatterFile) -> impl Iterator<Item = AnyView> + '_ {
    file.matter.materials.iter().map(|request| {
        let came = match &request.received {
            Some(came) => [words::CAME, came.as_str()].concat(),
            None => words::NOT_CAME.to_owned(),
        };
        let what = [words::MATERIAL, request.what.as_str()].concat();
        line(what, signed_at(file, request.at, request.by), Some(came), None)
    })
}

fn notices(file: &MatterFile) -> impl Iterator<Item = AnyView> + '_ {
    file.matter.notices.iter().map(|notice| {
        let on = format::day(notice.on, today(file));
        let what = [words::NOTIFIED, text::command::delivery_mode(notice.mode), "，", &on].concat();
        line(what, signed_at(file, notice.at, notice.by), None, None)
    })
}

fn objection(file: &MatterFile, objection: &Objection) -> AnyView {
    let unit = objection.unit.and_then(|unit| unit_name(file, unit)).unwrap_or_else(|| words::UNIT.to_owned());
    let verdict = match &objection.verdict {
        None => words::NO_VERDICT.to_owned(),
        Some(verdict) => {
            let by = name(file, verdict.by).unwrap_or_default();
            [words::verdict(verdict.agreed), verdict.reason.as_str(), "（", &by, "）"].concat()
        }
    };
    let what = [&unit, words::OBJECTED, objection.reason.as_str()].concat();
    line(what, signed_at(file, objection.at, objection.by), Some(verdict), None)
}

/// 交办, and the reports.
fn orders(file: &MatterFile) -> impl Iterator<Item = AnyView> + '_ {
    let order = file.matter.order.iter().map(|order| {
        let what = words::ordered(&format::day(order.due, today(file)));
        line(what, signed_at(file, order.at, order.by), None, None)
    });
    let reports = file.matter.reports.iter().map(|report| {
        let said = report.text.as_str().to_owned();
        line(words::REPORT.to_owned(), signed_at(file, report.at, report.by), Some(said), None)
    });
    order.chain(reports)
}

/// 收回 and 承继.
fn moves(file: &MatterFile) -> impl Iterator<Item = AnyView> + '_ {
    let named = |unit| unit_name(file, unit).unwrap_or_else(|| words::UNIT.to_owned());
    let recalls = file.matter.recalls.iter().map(move |recall| {
        let what = words::recalled(&recall.unit.map(named).unwrap_or_default());
        line(what, signed_at(file, recall.at, recall.by), Some(recall.reason.as_str().to_owned()), None)
    });
    let successions = file.matter.successions.iter().map(move |one| {
        let what = words::succeeded(&named(one.from), &named(one.to));
        let on = format::day(one.at.date(), today(file));
        line(what, on, Some(one.reason.as_str().to_owned()), None)
    });
    recalls.chain(successions)
}

/// Who from outside was let in to look at it.
fn observers(file: &MatterFile) -> impl Iterator<Item = AnyView> + '_ {
    file.matter.observers.iter().map(|access| {
        let today = today(file);
        let who = name(file, access.account).unwrap_or_default();
        let what = words::admitted(&who, &format::day(access.until, today));
        let ended = access.ended.map(|end| words::dismissed(&signed_at(file, end.at, end.by)));
        let why = access.reason.as_str().to_owned();
        let note = ended.map_or_else(|| why.clone(), |ended| [&why, "；", &ended].concat());
        line(what, signed_at(file, access.at, access.by), Some(note), None)
    })
}

fn co_handler(file: &MatterFile, helper: &CoHandler) -> AnyView {
    let unit = unit_name(file, helper.unit).unwrap_or_else(|| words::UNIT.to_owned());
    let due = format::day(helper.due, today(file));
    let what = words::helps(&unit, &due, helper.task.as_str());
    let answer = match (&helper.answer, &helper.released) {
        (None, None) => words::NO_ANSWER.to_owned(),
        (None, Some(let_go)) => {
            [words::RELEASED, let_go.text.as_str(), "（", &signed_at(file, let_go.at, let_go.by), "）"].concat()
        }
        (Some(answer), _) => {
            [words::ANSWERED, answer.text.as_str(), "（", &signed_at(file, answer.at, answer.by), "）"].concat()
        }
    };
    line(what, signed_at(file, helper.at, helper.by), Some(answer), None)
}
