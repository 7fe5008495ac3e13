//! The journal: one sentence per event.

use case_core::id::{AccountId, UnitId};
use case_core::matter::{Event, FieldNote, FieldNoteKind};
use chrono::NaiveDate;

use super::{clock, command, matter};
use crate::format;

/// Names for the ids in events.
pub struct Names<'a> {
    /// 姓名 of an account.
    pub account: &'a dyn Fn(AccountId) -> Option<String>,
    /// 名称 of a unit.
    pub unit: &'a dyn Fn(UnitId) -> Option<String>,
    /// For dates.
    pub today: NaiveDate,
}

/// What happened. Who did it and when stands beside it in the journal.
#[must_use]
pub fn event(event: &Event, names: &Names<'_>) -> String {
    let day = |date: NaiveDate| format::day(date, names.today);
    match event {
        Event::Registered { registration, former_reply, .. } => {
            let how = matter::channel(registration.channel);
            if former_reply.is_some() {
                ["从旧系统导入：", how, "，当时已有答复"].concat()
            } else {
                ["登记：", how].concat()
            }
        }
        Event::Transferred { unit, .. } => {
            ["转送", &(names.unit)(*unit).unwrap_or_else(|| "责任单位".to_owned())].concat()
        }
        Event::SignedFor { .. } => "责任单位签收".to_owned(),
        Event::Accepted { .. } => "受理".to_owned(),
        Event::Assigned { handler, .. } => {
            ["确定承办人：", &(names.account)(*handler).unwrap_or_else(|| "本单位同事".to_owned())].concat()
        }
        Event::FeedbackGiven(contact) => ["向信访人反馈：", contact.text.as_str()].concat(),
        Event::Promised(promise) => ["承诺 ", &day(promise.due), " 前：", promise.text.as_str()].concat(),
        Event::ClosureSubmitted { .. } => "办理结果报审核".to_owned(),
        Event::ClosureReturned { reasons, text, due, .. } => {
            let listed: Vec<_> = reasons.iter().map(|reason| matter::return_reason(*reason)).collect();
            ["退回重办：", &listed.join("、"), "。", text.as_str(), "（限 ", &day(*due), " 前）"].concat()
        }
        Event::ClosureApproved { .. } => "审核同意".to_owned(),
        Event::Delivered { delivery, .. } => [
            "处理意见书送达：",
            command::delivery_mode(delivery.mode),
            "，",
            &day(delivery.on),
            "，",
            command::signed(delivery.signed),
            "，信访人",
            command::petitioner_opinion(delivery.opinion),
        ]
        .concat(),
        Event::Visited(visit) => {
            let met = if visit.met { "见到了信访人" } else { "没有见到信访人" };
            ["上门走访，", met].concat()
        }
        Event::ReturnVisited(visit) => {
            let reached = if visit.is_refused() {
                "上门回访，信访人拒绝接受回访"
            } else if visit.answers.is_some() {
                "上门回访，问到了意见"
            } else {
                "上门回访，没有见到人"
            };
            let counts = if visit.counts { "" } else { "（不算数）" };
            [reached, counts].concat()
        }
        Event::Closed { by, .. } => if by.is_some() { "办结" } else { "旧系统里已经答复" }.to_owned(),
        Event::ClockStarted(started) => {
            ["“", clock::kind(started.kind), "”期限开始，最后一天 ", &day(started.due)].concat()
        }
        Event::FieldNote(note) => field_note(note),
        Event::ClockStopped { kind, on } => ["“", clock::kind(*kind), "”做到，", &day(*on)].concat(),
    }
}

/// What a record from the field added.
#[must_use]
pub fn field_note(note: &FieldNote) -> String {
    let what = match note.kind {
        FieldNoteKind::Reception => "接访：",
        FieldNoteKind::Intake => "在外登记：",
        FieldNoteKind::Note => "记事：",
        FieldNoteKind::Correction => "更正：",
        FieldNoteKind::Evidence => "收到材料：",
    };
    let opinion = note.opinion.as_ref().map_or("", |opinion| opinion.as_str());
    let before = if opinion.is_empty() { "" } else { "。处理意见：" };
    let files =
        if note.files > 0 { ["（附件 ", &note.files.to_string(), " 个）"].concat() } else { String::new() };
    [what, note.text.as_str(), before, opinion, &files].concat()
}
