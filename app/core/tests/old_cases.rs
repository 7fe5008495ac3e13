//! 积案 and 包案: who may enter, take on, change, strike off; and that nothing ends over the leader's head.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use case_core::matter::*;
use case_core::prelude::*;
use support::*;

fn refused(world: &World, matter: &Matter, actor: &Actor, command: &Command) -> Refusal {
    decide(matter, actor, command, &world.cx()).unwrap_err()
}

/// Entered, and taken on by the leader of the county.
fn taken_on(world: &World, stage: Stage) -> Matter {
    let matter = step(world, matter_at(world, stage), CommandKind::EnterOldCase);
    step(world, matter, CommandKind::TakeOn)
}

#[test]
fn a_case_is_entered_taken_on_and_struck_off() {
    let mut world = World::new();
    let matter = taken_on(&world, Stage::Handling);
    assert_eq!(matter.stage, Stage::Handling, "beside the path");
    assert_eq!(matter.leader(), Some(leader().account));
    let today = world.now.date();
    let again = command(CommandKind::EnterOldCase, &matter, today);
    assert_eq!(refused(&world, &matter, &joint_office(), &again), Refusal::ListedAlready);
    let strike = command(CommandKind::StrikeOff, &matter, today);
    let early = refused(&world, &matter, &joint_office(), &strike);
    assert_eq!(early, Refusal::IllegalMove { stage: Stage::Handling, command: CommandKind::StrikeOff });

    // The closure waits for the leader's yes, given after it was handed in.
    let before = step(&world, matter, CommandKind::SignContract);
    world.now = world.now.plus_ms(60_000);
    let submitted = step(&world, before, CommandKind::SubmitClosure);
    let approve = command(CommandKind::ApproveClosure, &submitted, today);
    assert_eq!(refused(&world, &submitted, &supervisor(), &approve), Refusal::LeaderHasNotAgreed);
    let no = Command::SignContract { agrees: false, text: text("还没有见到人") };
    let objected = world.give(submitted, &leader(), &no);
    let approve = command(CommandKind::ApproveClosure, &objected, today);
    assert_eq!(refused(&world, &objected, &supervisor(), &approve), Refusal::LeaderHasNotAgreed);
    let agreed = step(&world, objected, CommandKind::SignContract);
    let mut matter = step(&world, agreed, CommandKind::ApproveClosure);
    for kind in [CommandKind::SignOpinion, CommandKind::Deliver] {
        matter = step(&world, matter, kind);
    }
    let asked = return_visit(700, &visitor(), &matter, world.now, reached(case_core::field::Rating::Satisfied));
    matter = absorb_into(&world, matter, &visitor(), &asked).0;
    matter = step(&world, matter, CommandKind::Close);
    matter = step(&world, matter, CommandKind::StrikeOff);
    assert_eq!((matter.old_case(), matter.leader()), (None, None));
    let case = matter.old_cases.last().unwrap();
    assert_eq!(case.contract().unwrap().state(case, today), ContractState::Solved);
    // It can stand there again.
    let matter = step(&world, matter, CommandKind::EnterOldCase);
    assert_eq!(matter.old_cases.len(), 2);
}

#[test]
fn nothing_is_struck_off_over_the_leaders_head_nor_archived_out_of_the_ledger() {
    let world = World::new();
    let today = world.now.date();
    let matter = taken_on(&world, Stage::Closed);
    let strike = command(CommandKind::StrikeOff, &matter, today);
    assert_eq!(refused(&world, &matter, &joint_office(), &strike), Refusal::LeaderHasNotAgreed);
    let later = World { now: world.now.plus_ms(200 * 86_400_000), ..World::new() };
    let archive = command(CommandKind::Archive, &matter, later.now.date());
    let open = Refusal::NotArchivable { gap: ArchiveGap::OldCaseOpen };
    assert_eq!(refused(&later, &matter, &registrar(), &archive), open);
    let agreed = step(&world, matter, CommandKind::SignContract);
    assert!(step(&world, agreed, CommandKind::StrikeOff).old_case().is_none());
    // Without a leader the joint conference answers for it.
    let alone = step(&world, matter_at(&world, Stage::Closed), CommandKind::EnterOldCase);
    assert!(step(&world, alone, CommandKind::StrikeOff).old_case().is_none());
}

#[test]
fn another_leader_needs_a_reason_and_somebody_who_approves() {
    let world = World::new();
    let matter = taken_on(&world, Stage::Handling);
    let take = command(CommandKind::TakeOn, &matter, world.now.date());
    assert_eq!(refused(&world, &matter, &joint_office(), &take), Refusal::LedAlready);
    let same = Command::Propose { proposal: Proposal::Leader { leader: leader().account, reason: text("不换") } };
    assert_eq!(refused(&world, &matter, &joint_office(), &same), Refusal::LedAlready);
    let proposed = step(&world, matter, CommandKind::ProposeLeader);
    assert_eq!(proposed.decider(), Some(Decider::CountyLeader));
    assert_eq!(proposed.leader(), Some(leader().account), "not before it is approved");
    let approve = Command::ApproveProposal { reason: None };
    for somebody in [supervisor(), head(), other_leader(), joint_office()] {
        let refusal = refused(&world, &proposed, &somebody, &approve);
        assert_eq!(refusal, Refusal::RoleMayNot { command: CommandKind::ApproveProposal }, "{:?}", somebody.role);
    }
    // It stands in nobody's way.
    let handled = step(&world, proposed, CommandKind::SubmitClosure);
    let back = step(&world, handled, CommandKind::ReturnClosure);
    let changed = step(&world, back, CommandKind::ApproveProposal);
    assert_eq!(changed.leader(), Some(other_leader().account));
    let case = changed.old_case().unwrap();
    assert_eq!(case.contracts.len(), 2, "the earlier one stays on record");
    assert_eq!(case.contracts[0].state(case, world.now.date()), ContractState::HandedOver);
    assert!(case.contracts[1].change.is_some());
    let opinion = command(CommandKind::SignContract, &changed, world.now.date());
    assert_eq!(refused(&world, &changed, &leader(), &opinion), Refusal::NotTheLeader);
    // Nobody gives a case to themselves.
    let to_me = step(&world, changed, CommandKind::ProposeLeader);
    assert_eq!(refused(&world, &to_me, &leader(), &approve), Refusal::OwnProposal);
}

#[test]
fn leaders_speak_for_themselves() {
    let world = World::new();
    let today = world.now.date();
    let matter = matter_at(&world, Stage::Handling);
    let take = command(CommandKind::TakeOn, &matter, today);
    assert_eq!(refused(&world, &matter, &leader(), &take), Refusal::NotListed);
    let listed = step(&world, matter, CommandKind::EnterOldCase);
    assert_eq!(refused(&world, &listed, &other_leader(), &take), Refusal::NotTheLeader);
    for command in
        [command(CommandKind::NoteContract, &listed, today), command(CommandKind::SignContract, &listed, today)]
    {
        assert_eq!(refused(&world, &listed, &leader(), &command), Refusal::NoLeader);
    }
    let led = world.give(listed, &leader(), &take);
    // The joint conference notes how it goes; the opinion is the leader's own.
    let noted = world.give(led.clone(), &joint_office(), &command(CommandKind::NoteContract, &led, today));
    assert_eq!(noted.contract().unwrap().notes.len(), 1);
    let opinion = command(CommandKind::SignContract, &led, today);
    let role = Refusal::RoleMayNot { command: CommandKind::SignContract };
    assert_eq!(refused(&world, &led, &joint_office(), &opinion), role);
    assert_eq!(refused(&world, &led, &other_leader(), &opinion), Refusal::NotTheLeader);
}

#[test]
fn a_contract_runs_to_its_last_day_and_may_be_prolonged() {
    let world = World::new();
    let matter = taken_on(&world, Stage::Handling);
    let until = matter.contract().unwrap().until;
    let state = |matter: &Matter, day| {
        let case = matter.old_case().unwrap();
        case.contract().unwrap().state(case, day)
    };
    assert_eq!(state(&matter, until), ContractState::Running);
    assert_eq!(state(&matter, until.succ_opt().unwrap()), ContractState::Overdue);
    let late = Command::NoteContract { text: text("早该做完"), until: world.now.date().pred_opt() };
    assert!(matches!(refused(&world, &matter, &leader(), &late), Refusal::DateTooEarly { .. }));
    let more = Command::NoteContract { text: text("等测绘"), until: Some(until + chrono::TimeDelta::days(30)) };
    let longer = world.give(matter, &leader(), &more);
    assert_eq!(longer.contract().unwrap().until, until + chrono::TimeDelta::days(30));
    assert_eq!(state(&longer, until.succ_opt().unwrap()), ContractState::Prolonged);
}
