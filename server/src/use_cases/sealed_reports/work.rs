//! What an officer of the channel does: list, open, hand over, close.

use case_core::actor::Actor;
use case_core::id::SealedReportId;
use case_core::sealed::{Accused, Party, SealedBody, SealedContent, SealedRefusal, SealedStage, SealedStep, UnitTree};
use case_core::text::Paragraph;
use case_core::time::ClockKind;
use case_core::wire::desk::Unit;
use case_core::wire::problem::Problem;
use case_core::wire::sealed::{
    CloseSealed, HandOverSealed, OpenSealed, Passphrase, SealedDue, SealedLine, SealedList, SealedOpened, SealedRow,
};
use case_store::{SealedAppended, SealedFile, SealedNote};

use super::keys::{held, unlock};
use super::{everybody, internal, seal, unseal};
use crate::error::ApiError;
use crate::state::AppState;

/// How often a line is sealed anew when a further officer came in between.
const ATTEMPTS: u32 = 3;

/// 保密件 that this officer may open.
pub(crate) async fn list(state: &AppState, actor: &Actor) -> Result<SealedList, ApiError> {
    let rows = state.store.sealed_reports(actor.account).await?;
    Ok(SealedList { rows: rows.into_iter().map(|row| timed(state, row)).collect() })
}

/// The line with the last day by which it is to be handed over, as long as it is not.
fn timed(state: &AppState, row: SealedRow) -> SealedRow {
    let waits = matches!(row.stage, SealedStage::Received | SealedStage::Opened);
    let last_day = state.rules.due(ClockKind::Transfer, row.received_on, &state.calendar());
    let days_left = (last_day - state.now().date()).num_days();
    SealedRow { hand_over: waits.then_some(SealedDue { last_day, days_left }), ..row }
}

/// 拆阅: notes who reads it and why, then shows it.
pub(crate) async fn open(
    state: &AppState,
    actor: &Actor,
    id: SealedReportId,
    request: OpenSealed,
) -> Result<SealedOpened, ApiError> {
    let read = read(state, actor, id, request.passphrase).await?;
    let body = SealedBody::Read { reason: request.reason };
    // Before anything is shown it is on record that it was.
    let row = append(state, actor, id, None, SealedStep::Read, &body).await?;
    let now = state.now();
    let barred = |unit: &Unit| read.accused.may_receive(unit.id, &read.tree).is_err();
    let mut journal: Vec<SealedLine> =
        read.notes.iter().map(|(note, body)| line(note.sequence, note, body, &read.units)).collect();
    journal.push(SealedLine {
        sequence: row.length,
        at: now,
        by: actor.name.clone(),
        step: SealedStep::Read,
        words: words(&body, &read.units),
        organ: None,
        on: None,
    });
    let named = |unit: &Unit| {
        let persons = &read.content.accused_persons;
        read.content.accused_units.contains(&unit.id) || persons.iter().any(|person| person.unit == Some(unit.id))
    };
    Ok(SealedOpened {
        row: timed(state, row),
        units: read.units.iter().filter(|unit| named(unit)).cloned().collect(),
        barred: read.units.iter().filter(|unit| barred(unit)).map(|unit| unit.id).collect(),
        content: read.content,
        journal,
    })
}

/// 移送.
pub(crate) async fn hand_over(
    state: &AppState,
    actor: &Actor,
    id: SealedReportId,
    request: HandOverSealed,
) -> Result<SealedRow, ApiError> {
    let read = read(state, actor, id, request.passphrase).await?;
    let handover = request.handover;
    if handover.unit.is_some_and(|unit| !read.units.iter().any(|known| known.id == unit)) {
        return Err(SealedRefusal::NoReceiver.into());
    }
    let known: Vec<_> = read.units.iter().map(|unit| (unit.id, unit.name.clone())).collect();
    read.accused.may_hand_over(&handover, &known, &read.tree)?;
    if handover.on < read.row.received_on || handover.on > state.now().date() {
        return Err(SealedRefusal::BadDay.into());
    }
    let body = SealedBody::HandOver { handover };
    append(state, actor, id, Some(request.seen), SealedStep::HandOver, &body).await
}

/// 办结. The words are sealed like all others; nothing is opened for that.
pub(crate) async fn close(
    state: &AppState,
    actor: &Actor,
    id: SealedReportId,
    request: CloseSealed,
) -> Result<SealedRow, ApiError> {
    held(state, actor).await?;
    let body = SealedBody::Close { note: request.note };
    append(state, actor, id, Some(request.seen), SealedStep::Close, &body).await
}

/// A report that was opened, and what decides whom it may go to.
struct Read {
    row: SealedRow,
    content: SealedContent,
    notes: Vec<(SealedNote, SealedBody)>,
    accused: Accused,
    tree: UnitTree,
    units: Vec<Unit>,
}

/// Opens a report with the officer's passphrase.
async fn read(state: &AppState, actor: &Actor, id: SealedReportId, passphrase: Passphrase) -> Result<Read, ApiError> {
    held(state, actor).await?;
    let SealedFile { row, notes, .. } = state.store.sealed_file(id, actor.account).await?.ok_or(Problem::NotFound)?;
    let key = unlock(state, actor, passphrase).await?;
    let notes: Vec<(SealedNote, SealedBody)> = notes
        .into_iter()
        .map(|note| unseal(&key, &note).map(|(_, body)| (note, body)))
        .collect::<Option<_>>()
        .ok_or_else(|| internal("a line does not open"))?;
    let Some((_, SealedBody::Register { content })) = notes.first() else {
        return Err(internal("it does not begin with a registration"));
    };
    let content = content.clone();
    let (tree, units) = (state.store.unit_tree().await?, state.store.units().await?);
    let accused = Accused::of(&content, &everybody(&state.store).await?);
    // Since it was sealed the officer may have moved into an accused unit, or that unit above the officer's.
    let me = Party { account: actor.account, unit: actor.unit };
    accused.may_know(me, &tree).map_err(|_| Problem::NotFound)?;
    Ok(Read { row, content, notes, accused, tree, units })
}

/// Seals a further line for all who may know of the report, and writes it.
async fn append(
    state: &AppState,
    actor: &Actor,
    id: SealedReportId,
    seen: Option<u32>,
    step: SealedStep,
    body: &SealedBody,
) -> Result<SealedRow, ApiError> {
    for _ in 0..ATTEMPTS {
        let file = state.store.sealed_file(id, actor.account).await?.ok_or(Problem::NotFound)?;
        let entry = seal(step, body, &file.readers)?;
        match state.store.append_sealed(id, actor.account, seen, &entry, state.now()).await? {
            SealedAppended::Done(row) => return Ok(row),
            SealedAppended::Refused(why) => return Err(why.into()),
            SealedAppended::NotFound => return Err(Problem::NotFound.into()),
            SealedAppended::OtherReaders => {}
        }
    }
    Err(SealedRefusal::Stale.into())
}

fn line(sequence: u32, note: &SealedNote, body: &SealedBody, units: &[Unit]) -> SealedLine {
    let handover = match body {
        SealedBody::HandOver { handover } => Some(handover),
        SealedBody::Register { .. } | SealedBody::Read { .. } | SealedBody::Close { .. } => None,
    };
    SealedLine {
        sequence,
        at: note.at,
        by: note.by.clone(),
        step: note.step,
        words: words(body, units),
        organ: handover.map(|handover| handover.organ),
        on: handover.map(|handover| handover.on),
    }
}

/// Why it was read, to whom it went, what came of it.
fn words(body: &SealedBody, units: &[Unit]) -> Option<Paragraph> {
    match body {
        SealedBody::Register { .. } => None,
        SealedBody::Read { reason } => Some(reason.clone()),
        SealedBody::Close { note } => Some(note.clone()),
        SealedBody::HandOver { handover } => {
            let unit = units.iter().find(|unit| Some(unit.id) == handover.unit).map(|unit| &unit.name);
            handover.name.as_ref().or(unit).and_then(|name| Paragraph::parse(name.as_str()).ok())
        }
    }
}
