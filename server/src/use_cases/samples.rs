//! 抽查回访: the supervisor draws, and reads what came of it.

use case_core::actor::Actor;
use case_core::audit::Trace;
use case_core::field::Rating;
use case_core::id::{MatterId, SampleId};
use case_core::matter::{CommandKind, Matter, permitted};
use case_core::sample::{self, Sample, Seed, Wanted};
use case_core::wire::problem::Problem;
use case_core::wire::samples::{SampleList, SampleMark, SampleRequest, SampleResult, SampleView, SampledMatter};
use case_store::{StoredSample, row_of};

use super::masking;
use crate::error::ApiError;
use crate::extract::malformed;
use crate::state::AppState;

/// Matters that are read at once.
const PAGE: u32 = 200;

/// Draws, sends and notes it. Sent again under the same id it draws nothing.
pub(crate) async fn draw(state: &AppState, actor: &Actor, request: &SampleRequest) -> Result<SampleList, ApiError> {
    let wanted = Wanted { count: request.count, days: request.days, unit: request.unit };
    if !wanted.is_sound() {
        return Err(malformed("count, days"));
    }
    if state.store.samples().await?.iter().any(|known| known.id == request.id) {
        return list(state, actor).await;
    }
    let population = population(state, actor, wanted).await?;
    if population.is_empty() {
        // From nothing nothing is drawn: the list comes back without this draw, and the page says so.
        return list(state, actor).await;
    }
    let seed = Seed::of(rand::random());
    let drawn = sample::draw(&seed, &population, wanted.count);
    let able = able(state, actor, &drawn).await?;
    let kept = Sample {
        wanted,
        size: u32::try_from(population.len()).unwrap_or(u32::MAX),
        digest: sample::digest(&population),
        drawn: sample::send(&seed, able),
        seed,
    };
    state.store.keep_sample(request.id, &kept, &population, Trace::by(actor.account, state.now())).await?;
    list(state, actor).await
}

/// What can be drawn: closed in time, not drawn already without a result, and there for who draws.
async fn population(state: &AppState, actor: &Actor, wanted: Wanted) -> Result<Vec<MatterId>, ApiError> {
    let today = state.now().date();
    let mut left_out = state.store.sampled_open().await?;
    left_out.extend(state.store.recused_from(actor.account).await?);
    let mut all = Vec::new();
    for stage in sample::STAGES {
        let mut after = None;
        loop {
            let page = state.store.matters_in(stage, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            let fit = page.iter().filter(|matter| wanted.includes(matter, today) && !left_out.contains(&matter.id));
            all.extend(fit.map(|matter| matter.id));
        }
    }
    all.sort_unstable();
    Ok(all)
}

/// Who may be sent to each. Not who draws: that one reads what the others bring.
async fn able(
    state: &AppState,
    actor: &Actor,
    drawn: &[MatterId],
) -> Result<Vec<(MatterId, Vec<case_core::id::AccountId>)>, ApiError> {
    let accounts = state.store.list_accounts().await?;
    let accounts: Vec<Actor> =
        accounts.into_iter().filter(|account| account.active).map(|account| account.actor).collect();
    let mut all = Vec::with_capacity(drawn.len());
    for id in drawn {
        let matter = state.store.matter(*id).await?.ok_or(Problem::NotFound)?;
        let mut fit = Vec::new();
        for one in accounts.iter().filter(|one| one.account != actor.account && sample::may_visit(one, &matter)) {
            if !state.store.is_recused(*id, one.account).await? {
                fit.push(one.account);
            }
        }
        all.push((*id, fit));
    }
    Ok(all)
}

/// All draws with what came of them.
pub(crate) async fn list(state: &AppState, actor: &Actor) -> Result<SampleList, ApiError> {
    let mut samples = Vec::new();
    for stored in state.store.samples().await? {
        samples.push(view(state, actor, stored).await?);
    }
    Ok(SampleList { samples, server_time: state.now() })
}

/// What could have been drawn, one id a line: with the seed everybody draws the same again.
pub(crate) async fn population_of(state: &AppState, id: SampleId) -> Result<String, ApiError> {
    let samples = state.store.samples().await?;
    let stored = samples.iter().find(|stored| stored.id == id).ok_or(Problem::NotFound)?;
    Ok(sample::lines(&stored.population))
}

async fn view(state: &AppState, actor: &Actor, stored: StoredSample) -> Result<SampleView, ApiError> {
    let Sample { wanted, seed, size, digest, drawn } = &stored.sample;
    let again = sample::draw(seed, &stored.population, wanted.count);
    let agrees = again.iter().eq(drawn.iter().map(|one| &one.matter))
        && sample::digest(&stored.population) == *digest
        && u32::try_from(stored.population.len()) == Ok(*size);
    let unit = match wanted.unit {
        Some(unit) => state.store.unit(unit).await?.map(|unit| unit.name),
        None => None,
    };
    let mut matters = Vec::new();
    for one in drawn {
        let Some(matter) = state.store.matter(one.matter).await? else { continue };
        if state.store.is_recused(matter.id, actor.account).await? {
            continue;
        }
        let unit = match matter.unit {
            Some(unit) => state.store.unit(unit).await?.map(|unit| unit.name),
            None => None,
        };
        let visits = stored.visits.iter().filter(|visit| visit.matter == matter.id);
        let attempts = visits.clone().filter(|visit| !visit.reached).count();
        let mut reached = visits.filter(|visit| visit.reached);
        let result = reached.find_map(|visit| result(&matter, visit.record));
        let visitors = state.store.names(&one.visitors).await?.into_iter().map(|named| named.name).collect();
        let reopenable = permitted(&matter, actor).contains(&CommandKind::ProposeReopening);
        let row = masking::row(row_of(matter, unit))?;
        matters.push(SampledMatter {
            id: row.id,
            number: row.number,
            title: row.title,
            stage: row.stage,
            unit: row.unit,
            visitors,
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
            result,
            reopenable,
        });
    }
    Ok(SampleView {
        id: stored.id,
        number: stored.number,
        at: stored.at,
        by: stored.by,
        days: wanted.days,
        unit,
        wanted: wanted.count,
        seed: seed.as_str().to_owned(),
        size: *size,
        digest: digest.hex(),
        agrees,
        matters,
    })
}

fn result(matter: &Matter, record: case_core::id::RecordId) -> Option<SampleResult> {
    let note = matter.return_visits.iter().find(|note| note.record == record)?;
    let given = note.given();
    Some(SampleResult {
        at: note.at,
        by: note.by_name.clone(),
        demands: given.map(|answers| answers.demands.clone()).unwrap_or_default(),
        dissatisfied: given.is_some_and(|answers| answers.unit_rating.rating == Rating::Dissatisfied),
        refused: note.is_refused(),
    })
}

/// 抽查标志 of a matter, the latest first.
pub(crate) async fn marks(state: &AppState, matter: MatterId) -> Result<Vec<SampleMark>, ApiError> {
    let all = state.store.samples_of(matter).await?;
    Ok(all.into_iter().map(|one| SampleMark { number: one.number, at: one.at, visited: one.reached }).collect())
}
