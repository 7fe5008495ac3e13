//! 信访人的话: what can be said when, and who answers it.
//!
//! Nothing is refused for its content: only what has no place now (no answer that could be rated, a right
//! whose last day has passed), what says nothing, and what a flood of requests would pile up.

use chrono::NaiveDate;

use super::{Context, Decided, Deciding};
use crate::actor::{Actor, Role};
use crate::id::VoiceId;
use crate::matter::command::Command;
use crate::matter::event::Event;
use crate::matter::kind::CommandKind;
use crate::matter::proposal::Proposal;
use crate::matter::refusal::Refusal;
use crate::matter::review::ReviewLevel;
use crate::matter::stage::Stage;
use crate::matter::state::Matter;
use crate::matter::table;
use crate::matter::voice::{Ear, Rated, Says, Voice, VoiceAnswer};
use crate::text::Paragraph;
use crate::time::ClockKind;

/// Material and complaints that may wait for an answer at the same time; then the phone is the better way. What the
/// law or the rules give a petitioner (to judge, to deny a visit, to say that it is not solved, to ask for a review, to
/// withdraw) is never closed by it: an office that does not answer would end a right by being idle (Articles 35, 36).
const MOST_WAITING: usize = 10;
/// Voices of one sort that a matter keeps; nobody who has something to say comes near it. The rights bound
/// themselves: each waits for its answer, or is the last word of its sort.
const MOST: usize = 200;

/// Why something cannot be said now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsayable {
    /// The matter does not stand where this could be said.
    #[error("not at this stage")]
    NotNow,
    /// The last day for it has passed.
    #[error("the last day was {last_day}")]
    TooLate {
        /// That day.
        last_day: NaiveDate,
    },
    /// The same waits for its answer.
    #[error("said already, and not answered yet")]
    Waiting,
    /// No such visit is on record.
    #[error("no such visit")]
    NoSuchVisit,
    /// It says nothing without words.
    #[error("words are missing")]
    NoWords,
    /// Too much waits already.
    #[error("too much waits for an answer")]
    TooMany,
}

/// What bounds how often something is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// As often as there is something new: material, a complaint.
    Freely,
    /// Again and again about the same visit, as the memory changes.
    AboutVisits,
    /// Again until the last day of judging; the last word counts.
    Judging,
    /// Once, until it is answered.
    Once,
}

impl Sort {
    fn of(says: Says) -> Self {
        match says {
            Says::Material | Says::Complaint => Self::Freely,
            Says::VisitConfirmed { .. } | Says::VisitDenied { .. } => Self::AboutVisits,
            Says::Rating { .. } => Self::Judging,
            Says::NotSolved | Says::AskReview { .. } | Says::Withdraw => Self::Once,
        }
    }
}

/// Whether it can be said on the day, whatever the words.
///
/// # Errors
/// What stands against it.
pub fn may_say(matter: &Matter, says: Says, today: NaiveDate) -> Result<(), Unsayable> {
    let sort = Sort::of(says);
    if says.ear().is_some() && sort != Sort::Freely && matter.open_voices().any(|voice| voice.says == says) {
        return Err(Unsayable::Waiting);
    }
    let same_sort = |voice: &&Voice| Sort::of(voice.says) == sort;
    let waiting = matter.open_voices().filter(same_sort).count();
    let flood = sort == Sort::Freely && waiting >= MOST_WAITING;
    if flood || (sort != Sort::Once && matter.voices.iter().filter(same_sort).count() >= MOST) {
        return Err(Unsayable::TooMany);
    }
    let now = |possible: bool| if possible { Ok(()) } else { Err(Unsayable::NotNow) };
    match says {
        Says::VisitConfirmed { visit } | Says::VisitDenied { visit } => {
            let known = matter.home_visits().any(|known| known.record == visit);
            if known { Ok(()) } else { Err(Unsayable::NoSuchVisit) }
        }
        Says::Rating { of, .. } => {
            now(of == Rated::Office || matter.unit.is_some())?;
            window(matter, &[ClockKind::Evaluation, ClockKind::SilenceEvaluation], today)
        }
        Says::NotSolved => now(matches!(
            matter.stage,
            Stage::AwaitingReturnVisit | Stage::Closed | Stage::Settled | Stage::Archived | Stage::AnsweredOnSpot
        )),
        Says::Material => {
            now(!matches!(matter.stage, Stage::Archived | Stage::Withdrawn | Stage::NoLongerAccepted | Stage::Filed))
        }
        Says::AskReview { level } => {
            let (command, right) = match level {
                ReviewLevel::Review => (CommandKind::RequestReview, ClockKind::ReviewApply),
                ReviewLevel::Recheck => (CommandKind::RequestRecheck, ClockKind::RecheckApply),
            };
            now(table::row(command).from.contains(&matter.stage))?;
            now(match level {
                ReviewLevel::Review => matter.review(level).is_none(),
                ReviewLevel::Recheck => matter.recheckable().is_some(),
            })?;
            window(matter, &[right], today)
        }
        Says::Withdraw => now(table::row(CommandKind::ProposeWithdrawal).from.contains(&matter.stage)),
        Says::Complaint => Ok(()),
    }
}

/// One of the windows is open on the day.
fn window(matter: &Matter, kinds: &[ClockKind], today: NaiveDate) -> Result<(), Unsayable> {
    let windows = || matter.clocks.iter().filter(|clock| kinds.contains(&clock.kind) && clock.is_running());
    if windows().any(|clock| clock.started <= today && today <= clock.due) {
        return Ok(());
    }
    let over = windows().filter(|clock| clock.due < today).map(|clock| clock.due).max();
    Err(over.map_or(Unsayable::NotNow, |last_day| Unsayable::TooLate { last_day }))
}

/// What becomes of something that the petitioner says. The same id again is the same voice, and so is the same
/// word about the same visit, whose buttons carry no id: nothing happens.
///
/// # Errors
/// [`Unsayable`], as [`may_say`]; and [`Unsayable::NoWords`].
pub fn hear(
    matter: &Matter,
    id: VoiceId,
    says: Says,
    text: Option<Paragraph>,
    cx: &Context<'_>,
) -> Result<Vec<Event>, Unsayable> {
    let said_already = match says {
        Says::VisitConfirmed { visit } => matter.visit_confirmed(visit) == Some(true),
        Says::VisitDenied { visit } => matter.visit_confirmed(visit) == Some(false),
        _ => false,
    };
    if said_already || matter.voices.iter().any(|voice| voice.id == id) {
        return Ok(Vec::new());
    }
    may_say(matter, says, cx.today())?;
    if says.needs_words() && text.is_none() {
        return Err(Unsayable::NoWords);
    }
    let voice = Voice { id, says, text, round: matter.round, at: cx.now, answer: None };
    Ok(vec![Event::Voiced(Box::new(voice))])
}

/// Whether the actor may answer it: what is said against the handling is not answered by who handled.
fn may_answer(matter: &Matter, actor: &Actor, voice: &Voice) -> Result<(), Refusal> {
    let command = CommandKind::AnswerVoice;
    let of_the_office = matches!(actor.role, Role::Registrar | Role::Supervisor);
    match voice.waits_for() {
        None => Err(Refusal::NoSuchVoice),
        Some(Ear::Supervisor) if actor.role != Role::Supervisor => Err(Refusal::RoleMayNot { command }),
        Some(Ear::Supervisor) if matter.handled_by.contains(&actor.account) => Err(Refusal::OwnHandling),
        Some(Ear::Office) if !of_the_office && (matter.unit.is_none() || matter.unit != actor.unit) => {
            Err(Refusal::OtherUnit)
        }
        Some(_) => Ok(()),
    }
}

/// Voices that the actor may answer now.
pub fn answerable<'a>(matter: &'a Matter, actor: &'a Actor) -> impl Iterator<Item = &'a Voice> {
    matter.open_voices().filter(move |voice| may_answer(matter, actor, voice).is_ok())
}

/// Whether there is anything that the actor may answer.
pub(super) fn answers_any(matter: &Matter, actor: &Actor) -> Result<(), Refusal> {
    let mut refusal = Refusal::NoSuchVoice;
    for voice in matter.open_voices() {
        match may_answer(matter, actor, voice) {
            Ok(()) => return Ok(()),
            Err(against) => refusal = against,
        }
    }
    Err(refusal)
}

impl Deciding<'_> {
    pub(super) fn answer_voice(&self, voice: VoiceId, text: &Paragraph) -> Decided {
        let voice = self.matter.open_voices().find(|said| said.id == voice).ok_or(Refusal::NoSuchVoice)?;
        may_answer(self.matter, self.actor, voice)?;
        Ok(vec![self.answered(voice.id, Some(text.clone()))])
    }

    fn answered(&self, voice: VoiceId, text: Option<Paragraph>) -> Event {
        let answer = VoiceAnswer { text, by: self.actor.account, at: self.at };
        Event::VoiceAnswered { voice, answer: Box::new(answer) }
    }

    /// Where the deed is the answer, nobody types it a second time. A proposal is no deed yet: it may be refused.
    pub(super) fn voices_answered_by(&self, command: &Command) -> Vec<Event> {
        let asked = match command {
            Command::RequestReview { level, .. } => Says::AskReview { level: *level },
            Command::ReceiveMaterial { .. } => Says::Material,
            Command::ApproveProposal { .. } => match self.matter.pending.as_ref().map(|pending| &pending.proposal) {
                Some(Proposal::Reopen { .. }) => Says::NotSolved,
                Some(Proposal::Withdraw { .. }) => Says::Withdraw,
                _ => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        self.matter
            .open_voices()
            .filter(|voice| voice.says == asked)
            .map(|voice| self.answered(voice.id, None))
            .collect()
    }
}
