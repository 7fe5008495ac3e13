//! Every variant has its words, and they are Chinese.
#![allow(clippy::unwrap_used, reason = "tests")]

use case_core::actor::Role;
use case_core::field::*;
use case_core::matter::*;
use case_core::sealed::{OrganKind, SealedRefusal, SealedStage, SealedStep};
use case_core::text::{Paragraph, TextError};
use case_core::time::{Clock, ClockKind, ClockState};
use case_core::wire::problem::Problem;
use case_core::wire::sync::SetAside;
use chrono::NaiveDate;

use super::*;

/// Not empty, no foreign letters, and a sentence does not end in the middle of a list.
#[track_caller]
fn chinese(text: &str) {
    assert!(!text.trim().is_empty());
    assert!(!text.chars().any(|c| c.is_ascii_alphabetic()), "{text}");
    assert!(text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{text}");
    assert!(!text.ends_with(['，', '、', '：']), "{text}");
}

/// All distinct as well: two choices with one name cannot be told apart.
#[track_caller]
fn all<T: Copy>(values: &[T], name: impl Fn(T) -> &'static str) {
    let mut names: Vec<_> = values.iter().map(|value| name(*value)).collect();
    names.iter().for_each(|text| chinese(text));
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), values.len(), "{names:?}");
}

fn date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 3).unwrap()
}

#[test]
fn names_of_the_office() {
    all(&Role::ALL, actor::role);
    all(&Stage::ALL, stage::stage);
    all(&StageGroup::ALL, stage::group);
    all(&Stage::ALL, stage::entered);
    all(&Stage::ALL, stage::next);
    all(&Stage::ALL, stage::petitioner_step);
    all(&ClockKind::ALL, clock::kind);
    all(&ClockKind::ALL, clock::to_petitioner);
    ClockKind::ALL.into_iter().for_each(|kind| chinese(clock::source(kind)));
    all(&CommandKind::ALL, command::name);
    all(&CommandKind::ALL, command::explain);
    all(&CommandKind::ALL, command::done);
    all(&DeliveryMode::ALL, command::delivery_mode);
    all(&PetitionerOpinion::ALL, command::petitioner_opinion);
    all(&[true, false], command::signed);
    all(&LetterStamp::ALL, command::letter_stamp);
    all(&Route::ALL, paths::route);
    all(&Route::ALL, paths::route_to_petitioner);
    all(&NotAcceptGround::ALL, paths::not_accept_ground);
    all(&FilingGround::ALL, paths::filing_ground);
    all(&ReopenGround::ALL, paths::reopen_ground);
    all(&ReviewLevel::ALL, paths::review_level);
    all(&ReviewOutcome::ALL, paths::review_outcome);
    all(&ArchiveGap::ALL, paths::archive_gap);
    all(&case_core::wire::waiting::WaitingKind::ALL, |kind| screen::waiting::kind(kind).0);
    all(&case_core::wire::waiting::WaitingKind::ALL, |kind| screen::waiting::kind(kind).1);
    all(&OversightAct::ALL, paths::oversight);
    all(&Adoption::ALL, paths::adoption);
    all(&OldCaseGround::ALL, paths::old_case_ground);
    all(&ContractState::ALL, paths::contract_state);
    all(&[true, false], paths::leader_agrees_short);
    all(&Channel::ALL, matter::channel);
    all(&PurposeOfPetition::ALL, matter::purpose);
    all(&Category::ALL, matter::category);
    all(&[Intake::First, Intake::Repeat], matter::intake);
    all(&case_core::alike::Likeness::ALL, matter::likeness);
    all(&Conclusion::ALL, matter::conclusion);
    all(&Measure::ALL, matter::measure);
    all(&ReturnReason::ALL, matter::return_reason);
    all(&case_core::audit::UnmaskReason::ALL, screen::particulars::unmask_reason);
}

#[test]
fn names_of_the_field() {
    all(&VisitMode::ALL, field::visit_mode);
    all(&VisitResult::ALL, field::visit_result);
    all(&Purpose::ALL, field::purpose);
    all(&SpokeWith::ALL, field::spoke_with);
    all(&ItemKind::ALL, field::item_kind);
    all(&Urgency::ALL, field::urgency);
    all(&Question::ALL, field::question);
    all(&Question::ALL, field::question_asked);
    all(&ReadBack::ALL, field::read_back);
    all(&Respondent::ALL, field::respondent);
    all(&Fulfilment::ALL, field::fulfilment);
    all(&HandlerMet::ALL, field::handler_met);
    all(&PromiseKept::ALL, field::promise_kept);
    all(&Rating::ALL, field::rating);
    all(&Signature::ALL, field::signature);
    all(&Judgement::ALL, field::judgement);
    let received = [OpinionReceived::Yes { on: None }, OpinionReceived::No, OpinionReceived::Unsure];
    received.iter().for_each(|answer| chinese(field::opinion_received(answer)));
    all(&RecordKind::ALL, record::kind);
    all(&ReceptionKind::ALL, field::reception_kind);
    let reason = || Paragraph::parse("赶着下地").unwrap();
    chinese(&field::answer(&Answer::Given { text: reason() }));
    chinese(&field::answer(&Answer::NotAsked { reason: reason() }));
    chinese(&field::answer(&Answer::Declined { reason: reason() }));
}

#[test]
fn every_stage_has_a_sentence_for_the_petitioner() {
    for at in Stage::ALL {
        chinese(&stage::to_petitioner(at, None));
        assert!(stage::to_petitioner(at, Some("县住建局")).ends_with('。'));
    }
    assert_eq!(stage::to_petitioner(Stage::Handling, Some("县住建局")), "县住建局正在办理。");
}

#[test]
fn clocks_say_how_they_stand() {
    assert_eq!(clock::state(ClockState::Running { days_left: 0 }), "今天到期");
    assert_eq!(clock::state(ClockState::Running { days_left: 2 }), "还有 2 天");
    assert_eq!(clock::state(ClockState::Overdue { days: 3 }), "已超期 3 天");
    chinese(&clock::state(ClockState::Met));
    chinese(&clock::state(ClockState::MetLate { days: 1 }));
    let running = Clock { kind: ClockKind::Meet, started: date(), due: date(), stopped: None };
    assert_eq!(clock::due(&running, date()), "5月3日 周日 · 今天到期");
    assert_eq!(clock::level(running.state(date())), clock::Level::Near);
}

#[test]
fn every_refusal_says_what_happened_and_what_to_do() {
    let (at, asked) = (Stage::Closed, CommandKind::Deliver);
    let faults = [
        PackageFault::AnswersDoNotMatch { demands: 2, answers: 1 },
        PackageFault::SupportWithoutPerformance { demand: 0 },
        PackageFault::DoneInFuture { demand: 1 },
        PackageFault::PromiseInPast { demand: 10 },
    ];
    let mut refusals = vec![
        Refusal::IllegalMove { stage: at, command: asked },
        Refusal::RoleMayNot { command: asked },
        Refusal::OtherUnit,
        Refusal::TooManyRepresentatives { max: 5 },
        Refusal::NotTheHandler,
        Refusal::OwnDraft,
        Refusal::SignedAlready,
        Refusal::NotSigned,
        Refusal::HandledAlready,
        Refusal::NoAddressee,
        Refusal::NoSuchOversight,
        Refusal::ListedAlready,
        Refusal::NotListed,
        Refusal::LedAlready,
        Refusal::NoLeader,
        Refusal::NotTheLeader,
        Refusal::LeaderHasNotAgreed,
        Refusal::AdoptionUnneeded,
        Refusal::AdoptionNeeded,
        Refusal::AdmittedAlready,
        Refusal::NotAdmitted,
        Refusal::OwnHandling,
        Refusal::ContentChanged,
        Refusal::Stale { seen: 1, now: 2 },
        Refusal::NoReason,
        Refusal::DateInFuture { date: date() },
        Refusal::DateTooEarly { date: date(), earliest: date() },
        Refusal::AfterLegalDue { date: date(), latest: date(), clock: ClockKind::Handling },
        Refusal::NoReturnVisit { attempts: 1, needed: 3 },
        Refusal::NoDemand,
        Refusal::TooManyDemands { max: 20 },
        Refusal::OutOfArea,
        Refusal::ProposalPending,
        Refusal::NoProposal,
        Refusal::OwnProposal,
        Refusal::NotTheProposer,
        Refusal::WindowClosed { clock: ClockKind::ReviewApply, last_day: date() },
        Refusal::NoWindow { clock: ClockKind::Objection },
        Refusal::NothingRuns { clock: ClockKind::Order },
        Refusal::NotInUse { clock: ClockKind::SimpleAccept },
        Refusal::ExtensionTooLong { max: 30 },
        Refusal::ExtendedAlready,
        Refusal::PastDue { clock: ClockKind::Handling, last_day: date() },
        Refusal::RouteEndsHere { route: Route::Arbitration },
        Refusal::RouteIsOurs,
        Refusal::CoHandlingOpen,
        Refusal::LeadHelpsNot,
        Refusal::HelpsAlready,
        Refusal::NoUnit,
        Refusal::ReportMissing,
        Refusal::NoConsent,
        Refusal::SameOpinion,
        Refusal::InvolvedBelow,
        Refusal::NoReviewOpinion,
        Refusal::FinalAlready,
        Refusal::ReviewedAlready,
        Refusal::NotAnAppeal,
        Refusal::RedoDueNeeded,
        Refusal::RedoDueUnneeded,
        Refusal::EarlierNotFinal,
        Refusal::NoSuchPromise,
        Refusal::DatesSwapped,
        Refusal::NoSuchVoice,
        Refusal::NoSuchHelper,
        Refusal::ToBeObjected,
        Refusal::SameOrgan,
        Refusal::NoEarlierOpinion,
        Refusal::OtherPetitioner,
        Refusal::NoRepresentative,
        Refusal::OutOfSystem,
        Refusal::UnitClosed,
        Refusal::ReportNotIssued,
    ];
    refusals.extend(ArchiveGap::ALL.map(|gap| Refusal::NotArchivable { gap }));
    refusals.extend(faults.map(Refusal::Package));
    for refusal in refusals {
        let words = refusal::refusal(&refusal);
        chinese(&words);
        assert!(words.ends_with('。'), "{words}");
    }
}

#[test]
fn every_problem_has_its_sentence() {
    let problems = [
        Problem::Malformed { detail: String::new() },
        Problem::Malformed { detail: "标题太长".into() },
        Problem::SignInAgain,
        Problem::WrongPassword,
        Problem::Forbidden,
        Problem::DeviceRevoked,
        Problem::NotFound,
        Problem::ClientTooOld,
        Problem::Refused { refusal: Refusal::OtherUnit },
        Problem::TooLarge,
        Problem::TooMany { retry_after: 0 },
        Problem::TooMany { retry_after: 900 },
        Problem::Unavailable,
    ];
    problems.iter().for_each(|problem| chinese(&problem::problem(problem)));
    for why in SealedRefusal::ALL {
        let words = problem::problem(&Problem::Sealed { why });
        chinese(&words);
        assert!(words.ends_with('。'), "{words}");
    }
    chinese(problem::OFFLINE);
    chinese(problem::UNREADABLE);
    assert_eq!(problem::wait(900), " 15 分钟");
}

#[test]
fn the_sealed_channel_has_words_for_all_that_it_shows() {
    all(&SealedStage::ALL, sealed::stage);
    all(&SealedStep::ALL, sealed::step);
    all(&OrganKind::ALL, sealed::organ);
    all(&SealedRefusal::ALL, sealed::refusal);
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    for words in [sealed::public_days(day, None), sealed::public_days(day, Some(day))] {
        chinese(&words);
    }
}

#[test]
fn every_fault_flag_and_gap_has_words() {
    let faults = [
        RecordFault::NoDemand { item: 0 },
        RecordFault::TooManyItems { max: 20 },
        RecordFault::EndsBeforeStart,
        RecordFault::AnswersDoNotMatch { demands: 2, answers: 0 },
        RecordFault::BadPoint,
        RecordFault::NoPeople,
        RecordFault::NoAttachment,
        RecordFault::TooManyAttachments { max: 12 },
        RecordFault::AttachmentTooLarge,
        RecordFault::NoChange,
    ];
    faults.iter().for_each(|fault| chinese(&record::fault(fault)));
    let reasons = [
        SetAside::Unreadable { detail: "line 1".into() },
        SetAside::Incomplete { fault: RecordFault::BadPoint },
        SetAside::IdTaken,
        SetAside::TooLarge,
    ];
    reasons.iter().for_each(|reason| chinese(&record::set_aside(reason)));
    let flags = [
        Flag::UnknownHousehold,
        Flag::UnknownMatter,
        Flag::OutOfArea,
        Flag::MatterClosed,
        Flag::NotAwaitingReturnVisit,
        Flag::VisitorIsHandler,
        Flag::ClockAhead,
        Flag::OtherAuthor,
        Flag::RosterClash,
        Flag::CodeNotReserved,
        Flag::UnknownRecord,
        Flag::FileLost,
        Flag::NoFile,
        Flag::TooManyDemands,
    ];
    all(&flags, record::flag);
    let gaps = [
        Gap::SaysNotSolved,
        Gap::VisitDenied,
        Gap::VoiceUnanswered,
        Gap::NotMet,
        Gap::NoFeedback,
        Gap::Late { clock: ClockKind::Meet },
        Gap::NotPerformed { demand: 0 },
    ];
    gaps.iter().for_each(|gap| chinese(&matter::gap(gap)));
}

#[test]
fn answers_say_whether_they_were_kept() {
    let done = Performance::Done { on: date(), evidence: Paragraph::parse("照片两张").unwrap() };
    assert!(matter::performance(&done, date()).contains("照片两张"));
    chinese(&matter::performance(&Performance::Promised { by: date() }, date()));
    chinese(&matter::performance(&Performance::Nothing, date()));
}

#[test]
fn numbers_and_typed_texts() {
    assert_eq!(chinese_number(1), "一");
    assert_eq!(chinese_number(10), "十");
    assert_eq!(chinese_number(20), "二十");
    assert_eq!(demand_name(11), "诉求十二");
    chinese(&text_error("标题", TextError::Empty));
    assert_eq!(text_error("标题", TextError::TooLong { max: 200 }), "标题太长，最多 200 个字，请删短一些。");
}
