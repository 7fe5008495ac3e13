//! The one place where commands are decided. Pure: the present comes in as an argument.

use chrono::NaiveDate;

use super::command::{Command, CommandKind, Delivery};
use super::event::Event;
use super::refusal::Refusal;
use super::state::{Commitment, Contact, FormerReply, Intake, Matter, Registration, Stage};
use super::{ClosurePackage, ReturnReason, table};
use crate::actor::{Actor, Role};
use crate::code::MatterNumber;
use crate::digest::Digest;
use crate::id::{AccountId, MatterId, UnitId};
use crate::text::Paragraph;
use crate::time::{Calendar, Clock, ClockKind, Moment, Rules};

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

    fn clock(&self, kind: ClockKind, started: NaiveDate) -> Event {
        let due = self.rules.due(kind, started, self.calendar);
        Event::ClockStarted(Clock { kind, started, due, stopped: None })
    }
}

/// The most demands that one matter takes.
pub const MAX_DEMANDS: usize = 20;

/// 登记: the events that begin a matter. `former_reply` is for imports: such a matter is closed on
/// record as the earlier system left it, and has no clocks here.
///
/// # Errors
/// [`Refusal::NoDemand`], [`Refusal::TooManyDemands`], [`Refusal::DateInFuture`].
pub fn register(
    id: MatterId,
    number: MatterNumber,
    registration: Registration,
    by: Option<AccountId>,
    former_reply: Option<FormerReply>,
    cx: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    if registration.demands.is_empty() {
        return Err(Refusal::NoDemand);
    }
    if registration.demands.len() > MAX_DEMANDS {
        return Err(Refusal::TooManyDemands { max: u16::try_from(MAX_DEMANDS).unwrap_or(u16::MAX) });
    }
    let received = registration.received_on;
    if received > cx.today() {
        return Err(Refusal::DateInFuture { date: received });
    }
    let first = registration.intake == Intake::First;
    let replied = former_reply.as_ref().map(|reply| reply.at);
    let mut events =
        vec![Event::Registered { id, number, registration: Box::new(registration), at: cx.now, by, former_reply }];
    if let Some(at) = replied {
        events.push(Event::Closed { by: None, at });
        return Ok(events);
    }
    events.push(cx.clock(ClockKind::Transfer, received));
    if first {
        // The local promise counts from registration (spec 1-11), not from receipt.
        for kind in [ClockKind::Meet, ClockKind::Feedback, ClockKind::Settle] {
            events.push(cx.clock(kind, cx.today()));
        }
    }
    Ok(events)
}

/// Decides a command on a matter.
///
/// # Errors
/// The [`Refusal`] that names what stands against it; the matter is unchanged.
pub fn decide(matter: &Matter, actor: &Actor, command: &Command, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    may(matter, actor, command.kind())?;
    let (at, today) = (cx.now, cx.today());
    let stop = |kind| stop_if_running(matter, kind, today);
    let mut events = Vec::new();
    match command {
        Command::Transfer { unit, place } => {
            events.push(Event::Transferred { unit: *unit, place: place.clone(), at });
            events.extend(stop(ClockKind::Transfer));
            // Sent over the network, it is received the same day; so the unit's fifteen days run
            // whether or not anybody opens it.
            events.push(cx.clock(ClockKind::Notice, today));
        }
        Command::SignFor => events.push(Event::SignedFor { at }),
        Command::Accept { notice_delivered_on } => {
            not_in_future(*notice_delivered_on, today)?;
            not_before(*notice_delivered_on, matter.registration.received_on)?;
            events.push(Event::Accepted { at });
            events.extend(stop_if_running(matter, ClockKind::Notice, *notice_delivered_on));
            events.push(cx.clock(ClockKind::Handling, today));
        }
        Command::Assign { handler } => events.push(Event::Assigned { handler: *handler, at }),
        Command::GiveFeedback { text } => {
            events.push(Event::FeedbackGiven(Contact { text: text.clone(), at, by: actor.account }));
            events.extend(stop(ClockKind::Feedback));
        }
        Command::Promise { text, due } => {
            not_before(*due, today)?;
            events.push(Event::Promised(Commitment { text: text.clone(), due: *due, made_at: at }));
            events.push(Event::ClockStarted(Clock {
                kind: ClockKind::Commitment,
                started: today,
                due: *due,
                stopped: None,
            }));
        }
        Command::SubmitClosure { package } => events.extend(submit(matter, actor, package, cx)?),
        Command::ReturnClosure { reasons, text, due } => {
            events.extend(send_back(matter, actor, reasons, text, *due, cx)?);
        }
        Command::ApproveClosure { shown } => events.extend(approve(matter, actor, shown, cx)?),
        Command::Deliver(delivery) => events.extend(deliver(matter, delivery, cx)?),
        Command::Close => events.extend(close(matter, actor, cx)?),
    }
    Ok(events)
}

/// The commands that the actor could give now (their content may still be refused).
#[must_use]
pub fn permitted(matter: &Matter, actor: &Actor) -> Vec<CommandKind> {
    CommandKind::ALL.into_iter().filter(|kind| may(matter, actor, *kind).is_ok()).collect()
}

/// Stage, role, unit, handler and four eyes: all that does not depend on the command's content.
fn may(matter: &Matter, actor: &Actor, kind: CommandKind) -> Result<(), Refusal> {
    let row = table::row(kind);
    if !row.from.contains(&matter.stage) {
        return Err(Refusal::IllegalMove { stage: matter.stage, command: kind });
    }
    if !row.roles.contains(&actor.role) {
        return Err(Refusal::RoleMayNot { command: kind });
    }
    match kind {
        CommandKind::Transfer => Ok(()),
        CommandKind::SignFor | CommandKind::Accept | CommandKind::Assign | CommandKind::Deliver => {
            same_unit(matter.unit, actor)
        }
        CommandKind::GiveFeedback | CommandKind::Promise | CommandKind::SubmitClosure => {
            same_unit(matter.unit, actor)?;
            if matter.handler == Some(actor.account) || actor.role == Role::UnitHead {
                Ok(())
            } else {
                Err(Refusal::NotTheHandler)
            }
        }
        CommandKind::ReturnClosure | CommandKind::ApproveClosure | CommandKind::Close => {
            if matter.handled_by.contains(&actor.account) { Err(Refusal::OwnHandling) } else { Ok(()) }
        }
    }
}

fn submit(matter: &Matter, actor: &Actor, package: &ClosurePackage, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let today = cx.today();
    if let Some(fault) = package.fault(matter.registration.demands.len(), today) {
        return Err(Refusal::Package(fault));
    }
    let mut events =
        vec![Event::ClosureSubmitted { package: Box::new(package.clone()), by: actor.account, at: cx.now }];
    events.extend(stop_if_running(matter, ClockKind::Rework, today));
    events.push(cx.clock(ClockKind::Review, today));
    Ok(events)
}

fn send_back(
    matter: &Matter,
    actor: &Actor,
    reasons: &[ReturnReason],
    text: &Paragraph,
    due: NaiveDate,
    cx: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let today = cx.today();
    if reasons.is_empty() {
        return Err(Refusal::NoReason);
    }
    not_before(due, today)?;
    // The new day lies within the law's; once that has passed there is no lawful day left, and the
    // supervisor names one all the same: the overdue clock keeps saying so.
    if let Some(latest) = matter.legal_due().filter(|latest| *latest >= today && due > *latest) {
        return Err(Refusal::AfterLegalDue { date: due, latest, clock: ClockKind::Handling });
    }
    let mut reasons = reasons.to_vec();
    reasons.sort_unstable();
    reasons.dedup();
    let mut events = vec![Event::ClosureReturned { by: actor.account, reasons, text: text.clone(), due, at: cx.now }];
    events.extend(stop_if_running(matter, ClockKind::Review, today));
    events.push(Event::ClockStarted(Clock { kind: ClockKind::Rework, started: today, due, stopped: None }));
    Ok(events)
}

fn approve(matter: &Matter, actor: &Actor, shown: &Digest, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    if matter.closure_digest().as_ref() != Some(shown) {
        return Err(Refusal::ContentChanged);
    }
    let today = cx.today();
    let mut events = vec![Event::ClosureApproved { by: actor.account, at: cx.now }];
    events.extend(stop_if_running(matter, ClockKind::Review, today));
    events.extend(stop_if_running(matter, ClockKind::Settle, today));
    Ok(events)
}

fn deliver(matter: &Matter, delivery: &Delivery, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    not_in_future(delivery.on, cx.today())?;
    let approved_on = matter
        .steps
        .iter()
        .rev()
        .find(|step| step.stage == Stage::Approved)
        .map_or(matter.registered_at.date(), |step| step.at.date());
    not_before(delivery.on, approved_on)?;
    let mut events = vec![Event::Delivered { delivery: delivery.clone(), at: cx.now }];
    // The answer counts on the day on which the petitioner had it.
    events.extend(stop_if_running(matter, ClockKind::Handling, delivery.on));
    events.extend(stop_if_running(matter, ClockKind::Feedback, delivery.on));
    events.push(cx.clock(ClockKind::ReturnVisit, delivery.on));
    Ok(events)
}

fn close(matter: &Matter, actor: &Actor, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let (reached, failed): (Vec<_>, Vec<_>) = matter.counting_return_visits().partition(|visit| visit.is_reached());
    let attempts = u8::try_from(failed.len()).unwrap_or(u8::MAX);
    let needed = cx.rules.failed_attempts_to_close;
    if reached.is_empty() && attempts < needed {
        return Err(Refusal::NoReturnVisit { attempts, needed });
    }
    let today = cx.today();
    let mut events = vec![Event::Closed { by: Some(actor.account), at: cx.now }];
    // What was asked for on the way can no longer be done; the clocks end as late as they were.
    for clock in matter.clocks.iter().filter(|c| c.is_running() && c.kind != ClockKind::Commitment) {
        events.push(Event::ClockStopped { kind: clock.kind, on: today });
    }
    Ok(events)
}

/// Stops a running clock of that kind.
pub(crate) fn stop_if_running(matter: &Matter, kind: ClockKind, on: NaiveDate) -> Option<Event> {
    matter
        .clocks
        .iter()
        .any(|clock| clock.kind == kind && clock.is_running())
        .then_some(Event::ClockStopped { kind, on })
}

fn same_unit(unit: Option<UnitId>, actor: &Actor) -> Result<(), Refusal> {
    if unit.is_some() && unit == actor.unit { Ok(()) } else { Err(Refusal::OtherUnit) }
}

fn not_in_future(date: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    if date > today { Err(Refusal::DateInFuture { date }) } else { Ok(()) }
}

fn not_before(date: NaiveDate, earliest: NaiveDate) -> Result<(), Refusal> {
    if date < earliest { Err(Refusal::DateTooEarly { date, earliest }) } else { Ok(()) }
}
