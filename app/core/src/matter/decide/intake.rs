//! 登记, and what the petition office does before it sends a matter on.

use chrono::NaiveDate;

use super::{Context, Decided, Deciding};
use crate::code::MatterNumber;
use crate::id::{AccountId, MatterId, UnitId};
use crate::matter::delivery::DeliveryMode;
use crate::matter::dispatch::{LetterStamp, MaterialRequest, NoticeGiven};
use crate::matter::event::Event;
use crate::matter::intake::{LinkedIntake, MAX_REPRESENTATIVES, Particulars, RepeatIntake};
use crate::matter::kind::CommandKind;
use crate::matter::refusal::Refusal;
use crate::matter::registration::{Channel, FormerReply, Intake, Registration};
use crate::matter::table;
use crate::text::Paragraph;
use crate::time::ClockKind;

/// The clocks of the four stamps.
const LETTER: [ClockKind; 4] =
    [ClockKind::LetterReceived, ClockKind::LetterReported, ClockKind::LetterForwarded, ClockKind::LetterReplied];

/// The most demands that one matter takes.
pub const MAX_DEMANDS: usize = 20;

/// 登记: the events that begin a matter. `former_reply` is for imports: such a matter is closed on
/// record as the earlier system left it, and has no clocks here.
///
/// # Errors
/// [`Refusal::NoDemand`], [`Refusal::TooManyDemands`], [`Refusal::TooManyRepresentatives`],
/// [`Refusal::DateInFuture`].
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
    represented(registration.channel, &registration.particulars)?;
    let received = registration.received_on;
    if received > cx.today() {
        return Err(Refusal::DateInFuture { date: received });
    }
    let clocks = first_clocks(&registration, cx);
    let replied = former_reply.as_ref().map(|reply| reply.at);
    let mut events =
        vec![Event::Registered { id, number, registration: Box::new(registration), at: cx.now, by, former_reply }];
    match replied {
        Some(at) => events.push(Event::Closed { by: None, at }),
        None => events.extend(clocks),
    }
    Ok(events)
}

/// 推选代表: several people who come in person name who speaks for them, and of a group at most five speak (Article 20).
fn represented(channel: Channel, particulars: &Particulars) -> Result<(), Refusal> {
    let several = particulars.people.is_some_and(|people| people > 1);
    if channel == Channel::Visit && several && particulars.representatives.is_empty() {
        return Err(Refusal::NoRepresentative);
    }
    if particulars.representatives.len() > MAX_REPRESENTATIVES {
        return Err(Refusal::TooManyRepresentatives { max: u16::try_from(MAX_REPRESENTATIVES).unwrap_or(u16::MAX) });
    }
    Ok(())
}

/// 直接收到: the events by which a unit that received a matter itself has it in hand at once. Nobody sends it there, so
/// there is nothing to sign for and nobody to object to; the fifteen days for the written word run from the receipt
/// (Article 23, first and second paragraph).
#[must_use]
pub fn keep(unit: UnitId, cx: &Context<'_>) -> Vec<Event> {
    let (at, on) = (cx.now, cx.today());
    let sent = [ClockKind::Transfer, ClockKind::LocalDecision, ClockKind::LetterForwarded];
    let stops = sent.into_iter().map(|kind| Event::ClockStopped { kind, on, clock: None });
    let kept = Event::Transferred { unit, place: None, at };
    std::iter::once(kept).chain(stops).chain([Event::SignedFor { at }]).collect()
}

fn first_clocks(registration: &Registration, cx: &Context<'_>) -> Vec<Event> {
    let (received, today) = (registration.received_on, cx.today());
    let mut clocks = vec![cx.clock(ClockKind::Transfer, received)];
    if registration.direct {
        clocks.push(cx.clock(ClockKind::DirectNotice, received));
    }
    clocks.extend(cx.local_clock(ClockKind::LocalDecision, received));
    if registration.intake == Intake::First {
        // The local promise counts from registration (spec 1-11), not from receipt.
        clocks.extend([ClockKind::Meet, ClockKind::Feedback, ClockKind::Settle].map(|kind| cx.clock(kind, today)));
    }
    if registration.channel == Channel::Letter {
        clocks.extend(LETTER.into_iter().filter_map(|kind| cx.local_clock(kind, received)));
        // Registering is the stamp of receipt.
        let received = cx.rules.runs(ClockKind::LetterReceived);
        let stamp = Event::ClockStopped { kind: ClockKind::LetterReceived, on: today, clock: None };
        clocks.extend(received.then_some(stamp));
    }
    let silent = cx.rules.silence_from(received);
    clocks.extend(silent.map(|from| cx.clock(ClockKind::SilenceEvaluation, from)));
    clocks
}

impl Deciding<'_> {
    /// 重件: it has none of the local clocks of a first intake. A letter has its four stamps all the same,
    /// where stamps can be set; registering is the first of them, and what lies with a unit already is
    /// forwarded by linking it.
    pub(super) fn link_intake(&self, intake: &RepeatIntake) -> Decided {
        represented(intake.channel, &intake.particulars)?;
        let received = intake.received_on;
        self.not_in_future(received)?;
        let linked = LinkedIntake { intake: intake.clone(), by: self.actor.account, at: self.at };
        let mut events = vec![Event::IntakeLinked(Box::new(linked))];
        let stamped = table::row(CommandKind::StampLetter).from.contains(&self.matter.stage);
        if intake.channel == Channel::Letter && stamped && self.matter.stage.is_open() {
            events.extend(LETTER.into_iter().filter_map(|kind| self.cx.local_clock(kind, received)));
            let forwarded = self.matter.unit.is_some();
            let set = [(ClockKind::LetterReceived, true), (ClockKind::LetterForwarded, forwarded)];
            let set = set.into_iter().filter(|(kind, set)| *set && self.cx.rules.runs(*kind));
            events.extend(set.map(|(kind, _)| Event::ClockStopped { kind, on: self.today, clock: None }));
        }
        Ok(events)
    }

    pub(super) fn request_material(&self, what: &Paragraph) -> Vec<Event> {
        let request = MaterialRequest { what: what.clone(), by: self.actor.account, at: self.at, received: None };
        vec![Event::MaterialRequested(Box::new(request))]
    }

    pub(super) fn receive_material(&self, text: &Paragraph) -> Vec<Event> {
        vec![Event::MaterialReceived { text: text.clone(), at: self.at }]
    }

    pub(super) fn notify(&self, mode: DeliveryMode, on: NaiveDate) -> Decided {
        self.since_receipt(on)?;
        let notices = [ClockKind::Notice, ClockKind::DirectNotice];
        let stops: Vec<_> = notices.into_iter().filter_map(|kind| self.stop_on(kind, on)).collect();
        if stops.is_empty() {
            return Err(Refusal::NothingRuns { clock: ClockKind::Notice });
        }
        let told = Event::Notified(NoticeGiven { mode, on, by: self.actor.account, at: self.at });
        Ok(std::iter::once(told).chain(stops).collect())
    }

    pub(super) fn stamp_letter(&self, stamp: LetterStamp, on: NaiveDate) -> Decided {
        self.since_receipt(on)?;
        let clock = stamp.clock();
        let stop = self.stop_on(clock, on).ok_or(Refusal::NothingRuns { clock })?;
        Ok(vec![Event::LetterStamped { stamp, on, at: self.at }, stop])
    }
}
