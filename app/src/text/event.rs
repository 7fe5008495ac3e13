//! The journal: one sentence per event.

use case_core::id::{AccountId, UnitId};
use case_core::matter::{Event, FieldNote, FieldNoteKind};
use chrono::NaiveDate;

use super::{clock, command, document, matter, paths};
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
                let online = registration.particulars.online.is_some();
                [if online { "网上提交，自动登记：" } else { "登记：" }, how].concat()
            }
        }
        Event::Transferred { unit, .. } => {
            ["转送", &(names.unit)(*unit).unwrap_or_else(|| "责任单位".to_owned())].concat()
        }
        Event::SignedFor { .. } => "责任单位签收".to_owned(),
        Event::Accepted { suggestion: false, .. } => "受理".to_owned(),
        Event::Accepted { suggestion: true, .. } => "受理，按建议意见研究答复".to_owned(),
        Event::Assigned { handler, .. } => {
            ["确定承办人：", &(names.account)(*handler).unwrap_or_else(|| "本单位同事".to_owned())].concat()
        }
        Event::HandedOver(over) => {
            let to = (names.account)(over.to).unwrap_or_else(|| "本单位同事".to_owned());
            ["转交", &to, "承办：", over.reason.as_str()].concat()
        }
        Event::FeedbackGiven(contact) => ["向信访人反馈：", contact.text.as_str()].concat(),
        Event::Promised(promise) => ["承诺 ", &day(promise.due), " 前：", promise.text.as_str()].concat(),
        Event::ClosureSubmitted { .. } => "办理结果报审核".to_owned(),
        Event::ClosureReturned { reasons, text, due, .. } => {
            let listed: Vec<_> = reasons.iter().map(|reason| matter::return_reason(*reason)).collect();
            ["退回重办：", &listed.join("、"), "。", text.as_str(), "（限 ", &day(*due), " 前）"].concat()
        }
        Event::ClosureApproved { .. } => "审核同意".to_owned(),
        Event::OpinionSigned(_) => "处理意见书签发".to_owned(),
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
        Event::Visited(visit) => matter::meeting(visit.meeting()),
        Event::ReturnVisited(visit) => {
            let counts = if visit.counts { "" } else { "（不算数）" };
            [&matter::meeting(visit.meeting()), counts].concat()
        }
        Event::Closed { by, .. } => if by.is_some() { "办结" } else { "旧系统里已经答复" }.to_owned(),
        Event::ClockStarted(started) => {
            ["“", clock::kind(started.kind), "”期限开始，最后一天 ", &day(started.due)].concat()
        }
        Event::FieldNote(note) => field_note(note),
        Event::ClockStopped { kind, on, .. } => ["“", clock::kind(*kind), "”到此为止，", &day(*on)].concat(),
        Event::ClockMoved { due, .. } => ["最后一天改为 ", &day(*due)].concat(),
        beside => side(beside, names),
    }
}

/// What lies beside the main path.
fn side(event: &Event, names: &Names<'_>) -> String {
    let day = |date: NaiveDate| format::day(date, names.today);
    let unit = |id: UnitId| (names.unit)(id).unwrap_or_else(|| "其他单位".to_owned());
    let because = |reason: Option<&str>| reason.map_or_else(String::new, |reason| ["：", reason].concat());
    match event {
        Event::MaterialRequested(request) => ["请信访人补充材料：", request.what.as_str()].concat(),
        Event::MaterialReceived { text, .. } => ["补充材料：", text.as_str()].concat(),
        Event::Ordered(order) => ["交办，限 ", &day(order.due), " 前报告办理结果"].concat(),
        Event::Reported(report) => ["办结报告：", report.text.as_str()].concat(),
        Event::Notified(notice) => {
            ["书面告知信访人：", command::delivery_mode(notice.mode), "，", &day(notice.on)].concat()
        }
        Event::PaperNamed(named) => {
            let what = document::kind(named.kind);
            ["系统外的", what, "：", named.paper.number.as_str(), "，", &day(named.paper.on)].concat()
        }
        Event::LetterStamped { stamp, on, .. } => [command::letter_stamp(*stamp), "，", &day(*on)].concat(),
        Event::Objected(objection) => ["提出异议：", objection.reason.as_str()].concat(),
        Event::ObjectionDecided(verdict) => {
            let found = if verdict.agreed { "异议成立，收回重新转送：" } else { "异议不成立：" };
            [found, verdict.reason.as_str()].concat()
        }
        Event::Recalled(recall) => ["收回，另行转送：", recall.reason.as_str()].concat(),
        Event::Succeeded(one) => [&unit(one.from), "的事由", &unit(one.to), "接着办：", one.reason.as_str()].concat(),
        Event::CoHandlerAsked(helper) => {
            ["请", &unit(helper.unit), "协办，限 ", &day(helper.due), " 前：", helper.task.as_str()].concat()
        }
        Event::CoHandlerReleased { release, .. } => ["不再请协办：", release.text.as_str()].concat(),
        Event::CoHandlerAnswered { answer, .. } => ["协办反馈：", answer.text.as_str()].concat(),
        Event::IntakeLinked(linked) => {
            let intake = &linked.intake;
            [
                "重件：",
                matter::channel(intake.channel),
                "，",
                intake.petitioner.name.as_str(),
                "，",
                intake.title.as_str(),
            ]
            .concat()
        }
        Event::Overseen(act) => {
            let until = ["，限 ", &day(act.due), " 前回复"].concat();
            [paths::oversight(act.act), "：", act.breach.as_str(), "。要求：", act.wanted.as_str(), &until].concat()
        }
        Event::OversightAnswered { answer, .. } => {
            let adopted = answer.adoption.map_or("", paths::adoption);
            let before = if adopted.is_empty() { "" } else { "，" };
            ["督办建议的回复，", &day(answer.on), before, adopted, "：", answer.text.as_str()].concat()
        }
        Event::OldCaseEntered(case) => {
            ["列入积案台账，", paths::old_case_ground(case.ground), "：", case.problem.as_str()].concat()
        }
        Event::CaseTakenOn(contract) => {
            let who = (names.account)(contract.leader).unwrap_or_else(|| "领导".to_owned());
            let change = because(contract.change.as_ref().map(|reason| reason.as_str()));
            [&who, "包案，", &day(contract.until), " 前化解", &change].concat()
        }
        Event::ContractNoted(note) => {
            let what = note.agrees.map_or("包案进展：", paths::leader_agrees);
            let until = note.until.map_or_else(String::new, |until| ["，延期到 ", &day(until)].concat());
            [what, note.text.as_str(), &until].concat()
        }
        Event::StruckOff(struck) => ["积案销号：", struck.text.as_str()].concat(),
        Event::ObserverAdmitted(access) => {
            let who = (names.account)(access.account).unwrap_or_default();
            ["准许", &who, "查阅到 ", &day(access.until), "：", access.reason.as_str()].concat()
        }
        Event::ObserverDismissed { account, .. } => {
            ["终止", &(names.account)(*account).unwrap_or_default(), "的查阅"].concat()
        }
        Event::PromiseKept(kept) => ["承诺兑现，", &day(kept.on), "：", kept.how.as_str()].concat(),
        Event::HearingHeld(hearing) => {
            ["听证，", &day(hearing.from), "到", &day(hearing.until), "：", hearing.note.as_str()].concat()
        }
        Event::MediationBegun(mediation) => {
            ["双方同意，开始调解，调解人", mediation.mediator.as_str(), "，对方", mediation.other_side.as_str()]
                .concat()
        }
        Event::MediationEnded(end) => match (&end.agreement, &end.note) {
            (Some(agreement), _) => ["调解达成协议：", agreement.as_str()].concat(),
            (None, note) => ["调解没有谈成", &because(note.as_ref().map(|note| note.as_str()))].concat(),
        },
        Event::AgreementConfirmed { on, .. } => ["双方向法院申请确认协议，", &day(*on)].concat(),
        Event::Proposed(pending) => ["报批：", &paths::proposal(&pending.proposal, names.today)].concat(),
        Event::ProposalApproved { reason, .. } => {
            ["批准", &because(reason.as_ref().map(|reason| reason.as_str()))].concat()
        }
        Event::ProposalRefused { reason, .. } => ["没有批准：", reason.as_str()].concat(),
        Event::ProposalRetracted { .. } => "收回报批".to_owned(),
        Event::Extended(extension) => {
            ["延期，最后一天从 ", &day(extension.from), " 改为 ", &day(extension.due)].concat()
        }
        Event::ReviewRequested(review) => {
            ["申请", paths::review_level(review.level), "，", &day(review.requested_on), "：", review.reason.as_str()]
                .concat()
        }
        Event::ReviewTaken { on, .. } => ["决定受理复查复核申请，", &day(*on)].concat(),
        Event::ReviewWithdrawn(withdrawal) => {
            ["信访人撤回复查复核申请，", &day(withdrawal.on), "：", withdrawal.reason.as_str()].concat()
        }
        Event::ReviewDecided(opinion) => ["复查复核结论：", paths::review_outcome(opinion.outcome)].concat(),
        Event::ReviewDelivered { delivery, .. } => {
            ["复查复核意见送达，", &day(delivery.on), "，", command::signed(delivery.signed)].concat()
        }
        Event::Reopened(reopening) => [
            "重开，",
            paths::reopen_ground(reopening.ground),
            "，限 ",
            &day(reopening.due),
            " 前",
            &because(reopening.reason.as_ref().map(|reason| reason.as_str())),
        ]
        .concat(),
        Event::Settled { .. } => "观察期满，认定已化解".to_owned(),
        Event::SettleVetoed(veto) => ["不认定化解：", veto.reason.as_str()].concat(),
        Event::Archived(archive) => {
            ["存档，卷号", archive.volume.as_str(), "，共 ", &archive.pages.to_string(), " 页"].concat()
        }
        Event::Voiced(voice) => {
            let said = voice.text.as_ref().map_or_else(String::new, |text| ["。", text.as_str()].concat());
            ["信访人用查询码：", &matter::says(voice.says, names.today, std::iter::empty()), &said].concat()
        }
        Event::VoiceAnswered { answer, .. } => {
            ["答复信访人的话", &because(answer.text.as_ref().map(|text| text.as_str()))].concat()
        }
        // Those of the main path have their words above.
        _ => String::new(),
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
