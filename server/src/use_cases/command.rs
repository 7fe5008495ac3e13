//! A decision: idempotent by its id, decided by the pure rules inside the transaction.

use std::borrow::Cow;

use case_core::actor::{Actor, Role};
use case_core::code::MatterNumber;
use case_core::document::DocumentKind;
use case_core::id::{DocumentId, MatterId, UnitId};
use case_core::matter::{
    Command, CommandKind, Context, Event, Matter, Petitioner, Proposal, Refusal, RepeatIntake, allowed, decide,
    outside, owed, paper_of, table,
};
use case_core::time::{ClockKind, Moment};
use case_core::wire::desk::{CommandDone, CommandRequest};
use case_core::wire::problem::Problem;
use case_store::{CommandEnvelope, DocumentRow, Executed, StoreError};

use super::{documents, register, visible};
use crate::error::{ApiError, DocumentTrouble};
use crate::state::AppState;

/// Gives a command.
pub(crate) async fn give(
    state: &AppState,
    actor: &Actor,
    id: MatterId,
    request: &CommandRequest,
) -> Result<CommandDone, ApiError> {
    let matter = visible::matter(state, actor, id).await?;
    if let Err(unknown) = names_exist(state, actor, &matter, &request.command).await {
        // What is not possible anyway is said first.
        return Err(allowed(&matter, actor, request.command.kind()).err().map_or(unknown, ApiError::from));
    }
    let report = match &request.command {
        Command::FileReport { .. } => report_of(state, &matter).await?,
        _ => None,
    };
    let world = state.world();
    let cx = world.context();
    let paper = paper_named(state, actor, &matter, request, &cx).await?;
    let mut attempt = 0;
    let executed = loop {
        let (command, keys) = numbered(state, request, report, attempt, cx.now);
        let envelope = CommandEnvelope {
            id: request.id,
            account: actor.account,
            matter: id,
            now: cx.now,
            keys,
            device_at: request.device_at,
        };
        let tried = state
            .store
            .execute(envelope, &|matter| {
                // An approval is refused by what changed, so that the supervisor is told so.
                let names_content = matches!(*command, Command::ApproveClosure { .. });
                if matter.version != request.seen && !names_content {
                    return Err(Refusal::Stale { seen: request.seen, now: matter.version });
                }
                let events = decide(matter, actor, &command, &cx)?;
                Ok(paper.iter().cloned().chain(events).collect())
            })
            .await;
        match tried {
            Err(StoreError::NumberTaken) if attempt < register::ATTEMPTS => attempt += 1,
            other => break other?,
        }
    };
    match executed {
        Executed::Done(done) => Ok(done),
        Executed::Refused(refusal) => Err(refusal.into()),
        Executed::NotFound => Err(Problem::NotFound.into()),
    }
}

/// 文书与程序相连: a step that hangs on a paper is taken when the paper was issued, or made elsewhere and named with
/// the step; then it is entered before it. What is refused anyway says its own reason. Papers are only added, and
/// the version that the person saw is compared inside the transaction, so what is found here still holds there.
async fn paper_named(
    state: &AppState,
    actor: &Actor,
    matter: &Matter,
    request: &CommandRequest,
    cx: &Context<'_>,
) -> Result<Option<Event>, ApiError> {
    let kind = request.command.kind();
    if paper_of(matter, kind).is_none() || decide(matter, actor, &request.command, cx).is_err() {
        return Ok(None);
    }
    match (owed(matter, kind, &documents::papers_of(state, matter).await?), &request.paper) {
        (None, _) => Ok(None),
        (Some(_), Some(paper)) => Ok(outside(matter, &request.command, paper, actor.account, cx.now)?),
        (Some(owed), None) => Err(DocumentTrouble::Owed(owed).into()),
    }
}

/// 重件 gets a number of its own, and the matter is found by it and by who brought it. All other commands are
/// given as they came.
fn numbered<'a>(
    state: &AppState,
    request: &'a CommandRequest,
    report: Option<DocumentId>,
    attempt: u32,
    now: Moment,
) -> (Cow<'a, Command>, String) {
    // Which paper it is, the server knows.
    if let Command::FileReport { text, .. } = &request.command {
        return (Cow::Owned(Command::FileReport { text: text.clone(), document: report }), String::new());
    }
    let Command::LinkIntake { intake } = &request.command else {
        return (Cow::Borrowed(&request.command), String::new());
    };
    let number = MatterNumber::compose(state.settings.province, now, register::serial(request.id.0, attempt));
    let keys = register::intake_keys(&intake.petitioner, intake.title.as_str(), number.as_str());
    let intake = Box::new(RepeatIntake { number: Some(number), ..(**intake).clone() });
    (Cow::Owned(Command::LinkIntake { intake }), keys)
}

/// Whether the unit is the actor's own, or stands under it.
async fn is_below(state: &AppState, actor: &Actor, unit: UnitId) -> Result<bool, ApiError> {
    let Some(own) = actor.unit else { return Ok(false) };
    Ok(unit == own || state.store.unit_tree().await?.is_within(unit, own))
}

/// Whether a 办结报告 is owed.
fn is_ordered(matter: &Matter) -> bool {
    matter.clocks.iter().any(|clock| clock.kind == ClockKind::Order && clock.is_running())
}

/// 办结报告 of the present round, as issued last.
async fn report_of(state: &AppState, matter: &Matter) -> Result<Option<DocumentId>, ApiError> {
    let rows = state.store.documents_of(matter.id).await?;
    let stands = |row: &&DocumentRow| row.kind == DocumentKind::ClosureReport && row.replaced_by.is_none();
    Ok(rows.iter().rev().filter(stands).find(|row| row.round == matter.round).map(|row| row.id))
}

/// The same name, and no other phone.
fn same_person(one: &Petitioner, other: &Petitioner) -> bool {
    let digits = |person: &Petitioner| -> Option<String> {
        Some(person.phone.as_ref()?.as_str().chars().filter(char::is_ascii_digit).collect())
    };
    let phones = digits(one).zip(digits(other));
    one.name == other.name && phones.is_none_or(|(one, other)| one == other)
}

/// Units, places and people that a command names must exist, and be the right ones.
async fn names_exist(state: &AppState, actor: &Actor, matter: &Matter, command: &Command) -> Result<(), ApiError> {
    let found = match command {
        Command::Transfer { unit, .. } | Command::AskCoHandler { unit, .. }
            if state.store.successor(*unit).await?.is_some() =>
        {
            return Err(Refusal::UnitClosed.into());
        }
        // A unit or a township sends on to what stands under it; the petition office to all.
        Command::Transfer { unit, .. } if actor.role != Role::Registrar && !is_below(state, actor, *unit).await? => {
            return Err(Refusal::OutOfSystem.into());
        }
        // 交办: the report is a paper.
        Command::FileReport { .. } if is_ordered(matter) && report_of(state, matter).await?.is_none() => {
            return Err(Refusal::ReportNotIssued.into());
        }
        Command::Transfer { unit, place, .. } => {
            let place_known = match place {
                Some(place) => !state.store.division_names(std::slice::from_ref(place)).await?.is_empty(),
                None => true,
            };
            place_known && state.store.unit(*unit).await?.is_some()
        }
        Command::Assign { handler } | Command::HandOver { handler, .. } => {
            let fits = state.store.account(*handler).await?.is_some_and(|account| {
                let handles = table::row(CommandKind::SubmitClosure).roles.contains(&account.actor.role);
                account.active && handles && account.actor.unit.is_some() && account.actor.unit == matter.unit
            });
            // Who stays away from it does not get it in hand.
            fits && !state.store.is_recused(matter.id, *handler).await?
        }
        Command::AdmitObserver { account, .. } => {
            let account = state.store.account(*account).await?;
            account.is_some_and(|account| account.active && account.actor.role == Role::Observer)
        }
        // 包案领导: a leader for whom the matter exists.
        Command::TakeOn { leader, .. } | Command::Propose { proposal: Proposal::Leader { leader, .. } } => {
            let account = state.store.account(*leader).await?.filter(|account| account.active);
            let today = state.now().date();
            let leads = account.is_some_and(|account| {
                table::LEADERS.contains(&account.actor.role) && visible::sees(&account.actor, matter, today)
            });
            leads && !state.store.is_recused(matter.id, *leader).await?
        }
        Command::AskCoHandler { unit, .. } => state.store.unit(*unit).await?.is_some(),
        // 并入另一件: it stands there already, and the official may see that one.
        Command::Propose { proposal: Proposal::File { into: Some(into), .. } } => {
            let other = state.store.matter(*into).await?;
            other.is_some_and(|other| matter.is_linked_to(&other))
        }
        // 不再受理 hangs on another matter, which ended with a 复核意见 and was the same petitioner's.
        Command::Propose { proposal: Proposal::NoLongerAccept { earlier: Some(earlier), .. } } => {
            let earlier = state.store.matter(*earlier).await?.filter(Matter::is_final);
            let earlier = earlier.ok_or(Refusal::EarlierNotFinal)?;
            let (before, now) = (&earlier.registration.petitioner, &matter.registration.petitioner);
            return if same_person(before, now) { Ok(()) } else { Err(Refusal::OtherPetitioner.into()) };
        }
        // 复查、复核 are for organs above: the unit that answered is none.
        Command::RequestReview { organ, .. } => {
            let unit = match matter.unit {
                Some(unit) => state.store.unit(unit).await?,
                None => None,
            };
            let bare = |name: &str| name.split_whitespace().collect::<String>();
            let own = unit.is_some_and(|unit| bare(unit.name.as_str()) == bare(organ.as_str()));
            return if own { Err(Refusal::SameOrgan.into()) } else { Ok(()) };
        }
        _ => true,
    };
    if found { Ok(()) } else { Err(Problem::Malformed { detail: "unit/place/handler".to_owned() }.into()) }
}
