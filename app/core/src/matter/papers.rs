//! 文书与程序相连: steps that are nothing without their paper (spec 2.2: A1 "受理告知书 delivered", C1 "opinion signed,
//! numbered", Z3 "卷内目录 complete"; issue 6: each ending with its own notice).
//!
//! The paper was issued here, or it was made outside of the system: then its number and its day are typed in with
//! the step, and stand in the journal before it. Papers are only ever added and replaced, so what was there when it
//! was looked for is there when the step is done. What is in journals already is not asked again.
//!
//! 存 and 撤回 end without a notice: to the first nobody can be found or nothing can be said, the second is the
//! petitioner's own word.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::command::Command;
use super::event::Event;
use super::kind::CommandKind;
use super::refusal::Refusal;
use super::registration::PurposeOfPetition;
use super::stage::Stage;
use super::state::Matter;
use crate::document::DocumentKind;
use crate::id::AccountId;
use crate::text::ShortText;
use crate::time::Moment;

/// 系统外文书, as it is typed in: number and day as they stand on the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsidePaper {
    /// 文号.
    pub number: ShortText,
    /// 成文日期.
    pub on: NaiveDate,
}

/// 系统外文书 in a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideDocument {
    /// What it is.
    pub kind: DocumentKind,
    /// 文号 and 成文日期.
    #[serde(flatten)]
    pub paper: OutsidePaper,
    /// The round of the matter for which it was made.
    pub round: u16,
    /// Who entered it.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// A paper that was issued here and not replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssuedPaper {
    /// What it is.
    pub kind: DocumentKind,
    /// The round of the matter in which it was issued.
    pub round: u16,
    /// When.
    pub at: Moment,
}

/// 还缺的文书: what has to be issued, or named, before a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwedPaper {
    /// Before which step.
    pub command: CommandKind,
    /// Which paper.
    pub kind: DocumentKind,
    /// There is one (卷内目录), but papers came after it: its next version is wanted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outdated: bool,
}

/// The paper that a step hangs on, for the matter as it is; none for most steps.
#[must_use]
pub fn paper_of(matter: &Matter, command: CommandKind) -> Option<DocumentKind> {
    match (command, matter.stage) {
        (CommandKind::Accept, _) => Some(DocumentKind::AcceptanceNotice),
        (CommandKind::Deliver, _) if matter.registration.purpose == PurposeOfPetition::Suggestion => {
            Some(DocumentKind::ReplyLetter)
        }
        (CommandKind::Deliver, _) => Some(DocumentKind::Opinion),
        (CommandKind::NotifyPetitioner, Stage::NotAccepted) => Some(DocumentKind::RefusalNotice),
        (CommandKind::NotifyPetitioner, Stage::NoLongerAccepted) => Some(DocumentKind::FinalityNotice),
        (CommandKind::NotifyPetitioner, Stage::Directed) => Some(DocumentKind::RouteNotice),
        (CommandKind::Archive, _) => Some(DocumentKind::FileContents),
        _ => None,
    }
}

/// What is still owed before a step. `issued` are the papers of the matter that were not replaced.
#[must_use]
pub fn owed(matter: &Matter, command: CommandKind, issued: &[IssuedPaper]) -> Option<OwedPaper> {
    let kind = paper_of(matter, command)?;
    let missing = OwedPaper { command, kind, outdated: false };
    if kind == DocumentKind::FileContents {
        return contents_owed(issued, missing);
    }
    // An ending has one notice, whatever the round; an answer is that of its round.
    let of_now = |round: u16| command == CommandKind::NotifyPetitioner || round == matter.round;
    let here = issued.iter().any(|paper| paper.kind == kind && of_now(paper.round));
    let outside = matter.outside_papers.iter().any(|paper| paper.kind == kind && of_now(paper.round));
    (!here && !outside).then_some(missing)
}

/// 卷内目录 names every paper: one that was issued after it stands on no list.
fn contents_owed(issued: &[IssuedPaper], missing: OwedPaper) -> Option<OwedPaper> {
    let last = |of: fn(DocumentKind) -> bool| issued.iter().filter(|paper| of(paper.kind)).map(|paper| paper.at).max();
    let Some(made) = last(|kind| kind == DocumentKind::FileContents) else { return Some(missing) };
    let others = last(|kind| !matches!(kind, DocumentKind::FileContents | DocumentKind::FileCover));
    (others > Some(made)).then_some(OwedPaper { outdated: true, ..missing })
}

/// The event by which a paper from outside is entered before the step that hangs on it.
///
/// # Errors
/// [`Refusal::DateInFuture`] and [`Refusal::DateTooEarly`]: it bears a day to come, or one before the matter came in.
pub fn outside(
    matter: &Matter,
    command: &Command,
    paper: &OutsidePaper,
    by: AccountId,
    at: Moment,
) -> Result<Option<Event>, Refusal> {
    let Some(kind) = paper_of(matter, command.kind()) else { return Ok(None) };
    let earliest = matter.registration.received_on;
    if paper.on > at.date() {
        return Err(Refusal::DateInFuture { date: paper.on });
    }
    if paper.on < earliest {
        return Err(Refusal::DateTooEarly { date: paper.on, earliest });
    }
    let document = OutsideDocument { kind, paper: paper.clone(), round: matter.round, by, at };
    Ok(Some(Event::PaperNamed(Box::new(document))))
}
