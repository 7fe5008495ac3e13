//! The one place where commands are decided. Pure: the present comes in as an argument.
//!
//! First [`may`]: the table, the unit, the handler, four eyes, a proposal that is still open. Then, by
//! subject, what depends on the command's content; and the events, each clock among them.

mod closure;
mod dispatch;
mod handling;
mod intake;
mod may;
mod old_case;
mod oversight;
mod proposals;
mod review;
mod settle;
mod voice;

use chrono::NaiveDate;

use crate::actor::Actor;
use crate::matter::command::Command;
use crate::matter::event::Event;
use crate::matter::kind::CommandKind;
use crate::matter::refusal::Refusal;
use crate::matter::state::Matter;
use crate::time::{Calendar, Clock, ClockKind, Moment, Rules};

pub use dispatch::succeed;
pub use intake::{MAX_DEMANDS, keep, register};
pub use settle::settle;
pub use voice::{Unsayable, answerable, hear, may_say};

/// What a decision needs to know of the world.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The server's clock.
    pub now: Moment,
    /// Holidays.
    pub calendar: &'a Calendar,
    /// Lengths of the clocks.
    pub rules: &'a Rules,
}

impl Context<'_> {
    /// Today in Asia/Shanghai.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now.date()
    }

    /// A clock of the length that the rules give it.
    fn clock(&self, kind: ClockKind, started: NaiveDate) -> Event {
        set_clock(kind, started, self.rules.due(kind, started, self.calendar))
    }

    /// The same, if the installation uses it.
    fn local_clock(&self, kind: ClockKind, started: NaiveDate) -> Option<Event> {
        self.rules.runs(kind).then(|| self.clock(kind, started))
    }
}

/// A clock whose last day somebody set.
fn set_clock(kind: ClockKind, started: NaiveDate, due: NaiveDate) -> Event {
    Event::ClockStarted(Clock { kind, started, due, stopped: None })
}

/// Decides a command on a matter.
///
/// # Errors
/// The [`Refusal`] that names what stands against it; the matter is unchanged.
pub fn decide(matter: &Matter, actor: &Actor, command: &Command, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    may::may(matter, actor, command.kind())?;
    let d = Deciding { matter, actor, cx, at: cx.now, today: cx.today() };
    let mut events = by_subject(&d, command)?;
    events.extend(d.voices_answered_by(command));
    Ok(events)
}

fn by_subject(d: &Deciding<'_>, command: &Command) -> Decided {
    match command {
        Command::AnswerVoice { voice, text } => d.answer_voice(*voice, text),
        Command::RequestMaterial { what } => Ok(d.request_material(what)),
        Command::ReceiveMaterial { text } => Ok(d.receive_material(text)),
        Command::NotifyPetitioner { mode, on } => d.notify(*mode, *on),
        Command::StampLetter { stamp, on } => d.stamp_letter(*stamp, *on),
        Command::Transfer { unit, place, report_by, simple } => d.transfer(*unit, place.clone(), *report_by, *simple),
        Command::SignFor => Ok(d.sign_for()),
        Command::Recall { reason } => Ok(d.recall(reason)),
        Command::Object { reason } => d.object(reason),
        Command::UpholdObjection { reason } => Ok(d.decide_objection(true, reason)),
        Command::DismissObjection { reason } => Ok(d.decide_objection(false, reason)),
        Command::Accept { notice_delivered_on, route } => d.accept(*notice_delivered_on, *route),
        Command::Assign { handler } => Ok(vec![Event::Assigned { handler: *handler, at: d.at }]),
        Command::HandOver { handler, reason } => d.hand_over(*handler, reason),
        Command::GiveFeedback { text } => Ok(d.give_feedback(text)),
        Command::Promise { text, due } => d.promise(text, *due),
        Command::KeepPromise { commitment, on, how } => d.keep_promise(*commitment, *on, how),
        Command::HoldHearing { from, until, note } => d.hold_hearing(*from, *until, note),
        Command::FileReport { text, document } => d.file_report(text, *document),
        Command::AskCoHandler { unit, task, due } => d.ask_co_handler(*unit, task, *due),
        Command::ReleaseCoHandler { co_handler, reason } => d.release_co_handler(*co_handler, reason),
        Command::AnswerCoHandling { text } => d.answer_co_handling(text),
        Command::BeginMediation { mediator, other_side, petitioner_consents, other_consents } => {
            d.begin_mediation(mediator, other_side, *petitioner_consents && *other_consents)
        }
        Command::EndMediation { agreement, on, note } => d.end_mediation(agreement.as_ref(), *on, note.as_ref()),
        Command::ConfirmAgreement { on } => d.confirm_agreement(*on),
        Command::SubmitClosure { package } => d.submit(package),
        Command::ReturnClosure { reasons, text, due } => d.send_back(reasons, text, *due),
        Command::ApproveClosure { shown } => d.approve(shown),
        Command::SignOpinion { note } => Ok(d.sign_opinion(note.as_ref())),
        Command::Deliver(delivery) => d.deliver(delivery),
        Command::Close => d.close(),
        Command::VetoSettled { reason } => Ok(d.veto_settled(reason)),
        Command::Archive { volume, pages, keep } => d.archive(volume, *pages, *keep),
        Command::RequestReview { level, on, reason, organ } => d.request_review(*level, *on, reason, organ),
        Command::TakeReview { on } => d.take_review(*on),
        Command::WithdrawReview { on, reason } => d.withdraw_review(*on, reason),
        Command::DecideReview { outcome, text, redo_due } => d.decide_review(*outcome, text, *redo_due),
        Command::DeliverReview(delivery) => d.deliver_review(delivery),
        Command::LinkIntake { intake } => d.link_intake(intake),
        Command::Oversee { act, to, breach, wanted, due } => d.oversee(*act, to.as_ref(), [breach, wanted], *due),
        Command::AnswerOversight { oversight, adoption, on, text } => {
            d.answer_oversight(*oversight, *adoption, *on, text)
        }
        Command::AdmitObserver { account, until, reason } => d.admit_observer(*account, *until, reason),
        Command::DismissObserver { account } => d.dismiss_observer(*account),
        Command::EnterOldCase { ground, problem } => Ok(d.enter_old_case(*ground, problem)),
        Command::TakeOn { leader, contact, plan, since, until } => {
            d.take_on(*leader, contact.as_ref(), plan, [*since, *until])
        }
        Command::NoteContract { text, until } => d.note_contract(text, *until),
        Command::SignContract { agrees, text } => Ok(d.sign_contract(*agrees, text)),
        Command::StrikeOff { text } => d.strike_off(text),
        Command::Propose { proposal } => d.propose(proposal),
        Command::ApproveProposal { reason } => d.approve_proposal(reason.as_ref()),
        Command::RefuseProposal { reason } => {
            Ok(vec![Event::ProposalRefused { by: d.actor.account, reason: reason.clone(), at: d.at }])
        }
        Command::RetractProposal => Ok(vec![Event::ProposalRetracted { at: d.at }]),
    }
}

/// Whether the actor could give a command of the kind now (its content may still be refused).
///
/// # Errors
/// What stands against it, whatever it says.
pub fn allowed(matter: &Matter, actor: &Actor, kind: CommandKind) -> Result<(), Refusal> {
    may::may(matter, actor, kind)
}

/// The commands that the actor could give now (their content may still be refused).
#[must_use]
pub fn permitted(matter: &Matter, actor: &Actor) -> Vec<CommandKind> {
    CommandKind::ALL.into_iter().filter(|kind| may::may(matter, actor, *kind).is_ok()).collect()
}

/// A command with all that is around it. Each subject has its own file of methods.
#[derive(Clone, Copy)]
struct Deciding<'a> {
    matter: &'a Matter,
    actor: &'a Actor,
    cx: &'a Context<'a>,
    at: Moment,
    today: NaiveDate,
}

type Decided = Result<Vec<Event>, Refusal>;

impl Deciding<'_> {
    /// Stops the clocks of that kind that run.
    fn stop(&self, kind: ClockKind) -> Option<Event> {
        self.stop_on(kind, self.today)
    }

    /// The same, on the day of the deed.
    fn stop_on(&self, kind: ClockKind, on: NaiveDate) -> Option<Event> {
        self.runs(kind).then_some(Event::ClockStopped { kind, on, clock: None })
    }

    fn stop_all(&self, kinds: &[ClockKind]) -> impl Iterator<Item = Event> {
        kinds.iter().filter_map(|kind| self.stop(*kind))
    }

    /// The matter ends or rests: every clock of the office stops today, as late as it is, but for those
    /// that `keep` names. What was promised to the petitioner is still owed, and so is a written answer to
    /// what 督办 and 建议 asked for.
    fn stop_the_rest(&self, keep: &[ClockKind]) -> Vec<Event> {
        let mut kinds: Vec<ClockKind> = Vec::new();
        for clock in self.matter.clocks.iter().filter(|clock| clock.is_running()) {
            let owed = [ClockKind::Commitment, ClockKind::SupervisionAnswer, ClockKind::AdviceAnswer];
            let kept = owed.contains(&clock.kind) || keep.contains(&clock.kind) || kinds.contains(&clock.kind);
            if !kept {
                kinds.push(clock.kind);
            }
        }
        self.stop_all(&kinds).collect()
    }

    fn runs(&self, kind: ClockKind) -> bool {
        self.running(kind).is_some()
    }

    fn running(&self, kind: ClockKind) -> Option<&Clock> {
        self.running_at(kind).map(|(_, clock)| clock)
    }

    /// The latest clock of the kind that runs, with its place.
    fn running_at(&self, kind: ClockKind) -> Option<(u16, &Clock)> {
        let (at, clock) =
            self.matter.clocks.iter().enumerate().rev().find(|(_, clock)| clock.kind == kind && clock.is_running())?;
        Some((u16::try_from(at).ok()?, clock))
    }

    /// A right that can still be used on the day.
    fn window(&self, kind: ClockKind, on: NaiveDate) -> Result<(), Refusal> {
        let clock = self.running(kind).ok_or(Refusal::NoWindow { clock: kind })?;
        if on > clock.due { Err(Refusal::WindowClosed { clock: kind, last_day: clock.due }) } else { Ok(()) }
    }

    fn not_in_future(&self, date: NaiveDate) -> Result<(), Refusal> {
        if date > self.today { Err(Refusal::DateInFuture { date }) } else { Ok(()) }
    }

    fn not_in_past(&self, date: NaiveDate) -> Result<(), Refusal> {
        not_before(date, self.today)
    }

    /// A day on which something about the matter can have happened.
    fn since_receipt(&self, date: NaiveDate) -> Result<(), Refusal> {
        self.not_in_future(date)?;
        not_before(date, self.matter.registration.received_on)
    }
}

fn not_before(date: NaiveDate, earliest: NaiveDate) -> Result<(), Refusal> {
    if date < earliest { Err(Refusal::DateTooEarly { date, earliest }) } else { Ok(()) }
}
