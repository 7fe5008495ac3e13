//! Stage, role, unit, handler and four eyes: all that does not depend on the command's content.

use crate::actor::{Actor, Role};
use crate::matter::kind::CommandKind;
use crate::matter::proposal::{Pending, Proposal};
use crate::matter::refusal::Refusal;
use crate::matter::stage::Stage;
use crate::matter::state::Matter;
use crate::matter::table;
use crate::time::ClockKind;

use CommandKind as C;

/// Whether the actor could give the command now.
pub(super) fn may(matter: &Matter, actor: &Actor, kind: CommandKind) -> Result<(), Refusal> {
    let row = table::row(kind);
    if !row.from.contains(&matter.stage) {
        return Err(Refusal::IllegalMove { stage: matter.stage, command: kind });
    }
    if !row.roles.contains(&actor.role) {
        return Err(Refusal::RoleMayNot { command: kind });
    }
    if let Some(pending) = &matter.pending
        && stands_in_the_way(pending, kind)
    {
        return Err(Refusal::ProposalPending);
    }
    // Once it was accepted it ends with an answer, also where another unit has to give it (spec 2.2: X1 after A1).
    let other_ends =
        [C::ProposeNotAccepting, C::ProposeNoLongerAccepting, C::ProposeDirecting, C::ProposeAnswer, C::ProposeFiling];
    if other_ends.contains(&kind) && matter.was_accepted() {
        return Err(Refusal::IllegalMove { stage: matter.stage, command: kind });
    }
    match kind {
        C::Recall if matter.unit.is_none() => Err(Refusal::NoUnit),
        C::Recall
        | C::RequestMaterial
        | C::ReceiveMaterial
        | C::StampLetter
        | C::UpholdObjection
        | C::DismissObjection
        | C::RequestReview
        | C::DeliverReview
        | C::WithdrawReview
        | C::Supervise
        | C::Summon
        | C::Advise
        | C::AdmitObserver
        | C::DismissObserver
        | C::VetoSettled
        | C::Archive
        | C::LinkIntake
        | C::ProposeNoLongerAccepting
        | C::ProposeAnswer
        | C::ProposeFiling
        | C::ProposeReopening => Ok(()),
        C::Transfer if actor.role == Role::Registrar => office_transfers(matter),
        C::Transfer => sends_on(matter, actor),
        C::SignFor | C::Accept | C::Assign | C::HandOver | C::ConfirmAgreement => same_unit(matter, actor),
        C::Object => objects(matter, actor),
        C::RequestRecheck if matter.is_final() => Err(Refusal::FinalAlready),
        C::RequestRecheck if matter.recheckable().is_none() => Err(Refusal::NoReviewOpinion),
        C::RequestRecheck => Ok(()),
        C::SignOpinion => signs(matter, actor),
        C::Deliver => {
            same_unit(matter, actor)?;
            if matter.awaits_signature().is_some() { Err(Refusal::NotSigned) } else { Ok(()) }
        }
        C::FileReport => same_unit(matter, actor).or_else(|refusal| office_after_directing(matter, actor, refusal)),
        C::GiveFeedback
        | C::Promise
        | C::SubmitClosure
        | C::AskCoHandler
        | C::ReleaseCoHandler
        | C::BeginMediation
        | C::EndMediation
        | C::ProposeExtension => at_work(matter, actor),
        C::AnswerCoHandling => {
            let asked = |unit| matter.open_co_handlers().any(|helper| helper.unit == unit);
            if actor.unit.is_some_and(asked) { Ok(()) } else { Err(Refusal::OtherUnit) }
        }
        C::NotifyPetitioner | C::KeepPromise => unit_or_official(matter, actor),
        C::HoldHearing => hearing(matter, actor),
        C::TakeReview => {
            let kind = ClockKind::ReviewTake;
            let runs = matter.clocks.iter().any(|clock| clock.kind == kind && clock.is_running());
            if runs { Ok(()) } else { Err(Refusal::NothingRuns { clock: kind }) }
        }
        C::AnswerOversight => answers_oversight(matter, actor),
        C::ReturnClosure if table::HEADS.contains(&actor.role) => takes_back(matter, actor),
        C::ReturnClosure | C::ApproveClosure | C::Close => not_involved_in_handling(matter, actor),
        C::DecideReview => {
            let own = matter.unit.is_some() && matter.unit == actor.unit;
            if own || matter.involves(actor.account) { Err(Refusal::InvolvedBelow) } else { Ok(()) }
        }
        // Before the transfer it is the petition office's to propose; from then on the unit's.
        C::ProposeNotAccepting | C::ProposeDirecting if matter.unit.is_none() => office(actor, kind),
        C::ProposeNotAccepting | C::ProposeDirecting => same_unit(matter, actor),
        C::ProposeWithdrawal if actor.role == Role::Registrar => Ok(()),
        C::ProposeWithdrawal => same_unit(matter, actor),
        C::ApproveProposal | C::RefuseProposal => decides(matter, actor, kind),
        C::RetractProposal => match &matter.pending {
            None => Err(Refusal::NoProposal),
            Some(pending) if pending.by == actor.account => Ok(()),
            Some(_) => Err(Refusal::NotTheProposer),
        },
        C::EnterOldCase if matter.old_case().is_some() => Err(Refusal::ListedAlready),
        C::EnterOldCase => Ok(()),
        C::StrikeOff if matter.old_case().is_none() => Err(Refusal::NotListed),
        C::StrikeOff => not_involved_in_handling(matter, actor),
        C::TakeOn if matter.old_case().is_none() => Err(Refusal::NotListed),
        C::TakeOn if matter.contract().is_some() => Err(Refusal::LedAlready),
        C::TakeOn => Ok(()),
        C::NoteContract | C::SignContract => leads(matter, actor),
        C::ProposeLeader if matter.contract().is_none() => Err(Refusal::NoLeader),
        C::ProposeLeader => Ok(()),
        C::AnswerVoice => super::voice::answers_any(matter, actor),
    }
}

/// Who reads a proposal must find the matter as it was proposed: until it is decided, nothing else moves
/// the matter on. An extension stands in nobody's way, nor does a change of the leader who answers for it.
fn stands_in_the_way(pending: &Pending, kind: CommandKind) -> bool {
    let decides = matches!(kind, C::ApproveProposal | C::RefuseProposal | C::RetractProposal);
    let proposes = table::proposal(kind).is_some();
    let moves = !table::row(kind).to.is_empty();
    let beside = matches!(pending.proposal, Proposal::Extend { .. } | Proposal::Leader { .. });
    // Who is to answer for it is settled before anything is struck off.
    let strikes = kind == C::StrikeOff && matches!(pending.proposal, Proposal::Leader { .. });
    !decides && (proposes || strikes || (moves && !beside))
}

fn decides(matter: &Matter, actor: &Actor, kind: CommandKind) -> Result<(), Refusal> {
    let pending = matter.pending.as_ref().ok_or(Refusal::NoProposal)?;
    let proposed = pending.proposal.kind();
    let row = table::proposal(proposed).ok_or(Refusal::NoProposal)?;
    // An extension may have been overtaken by the closure; then it can only be refused or taken back.
    if kind == C::ApproveProposal && !table::row(proposed).from.contains(&matter.stage) {
        return Err(Refusal::IllegalMove { stage: matter.stage, command: proposed });
    }
    if !row.deciders.contains(&actor.role) {
        return Err(Refusal::RoleMayNot { command: kind });
    }
    if table::HEADS.contains(&actor.role) {
        same_unit(matter, actor)?;
    }
    // What a unit holds its own head decides on; before that, the office's supervisor. Where the petition office
    // itself holds it, its supervisor is that head.
    let of_the_unit = proposed == C::ProposeExtension || (proposed == C::ProposeNotAccepting && matter.unit.is_some());
    if of_the_unit && !heads(matter, actor) {
        return Err(Refusal::RoleMayNot { command: kind });
    }
    // Nobody gives a case to themselves.
    let to_oneself = matches!(&pending.proposal, Proposal::Leader { leader, .. } if *leader == actor.account);
    if pending.by == actor.account || to_oneself {
        return Err(Refusal::OwnProposal);
    }
    not_involved_in_handling(matter, actor)
}

/// Who answers for the unit that holds the matter: its head; and in the petition office, which has none among these
/// roles, a supervisor of that office (四眼: never the one who handles it, [`not_involved_in_handling`]).
fn heads(matter: &Matter, actor: &Actor) -> bool {
    let own = matter.unit.is_some() && matter.unit == actor.unit;
    own && (table::HEADS.contains(&actor.role) || actor.role == Role::Supervisor)
}

/// What lies with a unit already is not sent on by the petition office over its head, but recalled.
fn office_transfers(matter: &Matter) -> Result<(), Refusal> {
    if matter.unit.is_none() { Ok(()) } else { Err(Refusal::OtherUnit) }
}

/// What came to a unit directly it keeps or sends on within its own system (Article 23, first paragraph); a township
/// triages within the township. To which units, the server knows.
fn sends_on(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    let own = actor.unit.is_some() && matter.registration.received_by == actor.unit;
    if !own {
        return Err(Refusal::RoleMayNot { command: C::Transfer });
    }
    if matter.unit.is_none() { Ok(()) } else { same_unit(matter, actor) }
}

/// 异议 is about what was sent to the unit; what came to it directly it can only accept, send on or turn away.
fn objects(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    same_unit(matter, actor)?;
    let clock = ClockKind::Objection;
    if matter.came_directly() { Err(Refusal::NoWindow { clock }) } else { Ok(()) }
}

/// What the supervisor has agreed to and nobody has read yet the head of the unit may still stop.
fn takes_back(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    if matter.stage == Stage::Approved {
        same_unit(matter, actor)
    } else {
        Err(Refusal::RoleMayNot { command: C::ReturnClosure })
    }
}

fn at_work(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    same_unit(matter, actor)?;
    if matter.handler == Some(actor.account) || table::HEADS.contains(&actor.role) {
        Ok(())
    } else {
        Err(Refusal::NotTheHandler)
    }
}

/// 签发: the head of the unit who did not write it. Where the head wrote it (in a small unit the head handles
/// matters too), another head of the unit or a supervisor who took no part; where the petition office itself
/// wrote it, another supervisor.
fn signs(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    let round = matter.awaits_signature().ok_or(Refusal::SignedAlready)?;
    if matter.handler == Some(actor.account) || round.submitted_by == actor.account {
        return Err(Refusal::OwnDraft);
    }
    if table::HEADS.contains(&actor.role) {
        return same_unit(matter, actor);
    }
    if !round.may_be_countersigned() {
        return Err(Refusal::RoleMayNot { command: C::SignOpinion });
    }
    not_involved_in_handling(matter, actor)
}

/// The unit that owes an answer, and the supervisor, to whom those of other organs come on paper.
fn answers_oversight(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    let mut open = matter.oversight.iter().filter(|act| act.answer.is_none()).peekable();
    if open.peek().is_none() {
        return Err(Refusal::NoSuchOversight);
    }
    let owes = open.any(|act| act.unit.is_some() && act.unit == actor.unit);
    if owes || actor.role == Role::Supervisor { Ok(()) } else { Err(Refusal::OtherUnit) }
}

/// 包案领导; 进展 the joint conference notes as well, which asks for it.
fn leads(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    match matter.leader() {
        None => Err(Refusal::NoLeader),
        Some(leader) if leader == actor.account || actor.role == Role::JointOffice => Ok(()),
        Some(_) => Err(Refusal::NotTheLeader),
    }
}

fn hearing(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    match (matter.stage.is_under_review(), actor.role == Role::Reviewer) {
        (true, true) if matter.involves(actor.account) => Err(Refusal::InvolvedBelow),
        (true, true) => Ok(()),
        (true, false) | (false, true) => Err(Refusal::RoleMayNot { command: C::HoldHearing }),
        (false, false) => same_unit(matter, actor),
    }
}

/// The unit that holds it; an official of the area or the office where none does.
fn unit_or_official(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    let of_a_unit = matches!(actor.role, Role::UnitHandler | Role::UnitHead);
    if of_a_unit { same_unit(matter, actor) } else { Ok(()) }
}

/// What came of a matter that was directed elsewhere before any unit had it, the office writes down.
fn office_after_directing(matter: &Matter, actor: &Actor, refusal: Refusal) -> Result<(), Refusal> {
    let office = matches!(actor.role, Role::Registrar | Role::Supervisor);
    if matter.stage == Stage::Directed && office { Ok(()) } else { Err(refusal) }
}

fn office(actor: &Actor, command: CommandKind) -> Result<(), Refusal> {
    if actor.role == Role::Registrar { Ok(()) } else { Err(Refusal::RoleMayNot { command }) }
}

fn not_involved_in_handling(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    if matter.handled_by.contains(&actor.account) { Err(Refusal::OwnHandling) } else { Ok(()) }
}

fn same_unit(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    if matter.unit.is_some() && matter.unit == actor.unit { Ok(()) } else { Err(Refusal::OtherUnit) }
}
