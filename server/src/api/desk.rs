//! The office screens.

use axum::Json;
use axum::extract::State;
use case_core::actor::Role;
use case_core::id::{AccountId, MatterId, UnitId};
use case_core::matter::{Decider, Ear, Stage, table};
use case_core::place::DivisionCode;
use case_core::time::NEAR_DAYS;
use case_core::wire::desk::{
    AlikeMatter, AlikeRequest, CommandDone, CommandRequest, Division, FlaggedRecord, MatterFile, MatterList, Named,
    PrintedReceipt, RecusalRequest, RegisterRequest, Unit, UnmaskRequest,
};
use case_core::wire::problem::Problem;
use case_core::wire::waiting::Waiting;
use case_store::{Filter, ListQuery};
use serde::Deserialize;

use crate::error::{ApiError, ApiResult};
use crate::extract::{ApiJson, ApiPath, ApiQuery, SignedIn, malformed};
use crate::state::AppState;
use crate::use_cases::{alike, command, file, masking, receipt, recusal, register, unmask, visible, waiting};

const PAGE_SIZE: u32 = 50;
const MAX_PAGE: u32 = 10_000;
/// Flagged records that are listed.
const FLAGGED: u32 = 100;

#[derive(Debug, Deserialize)]
pub(super) struct ListParams {
    #[serde(default)]
    stage: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    filter: String,
    #[serde(default)]
    page: u32,
}

pub(super) async fn list(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiQuery(params): ApiQuery<ListParams>,
) -> ApiResult<MatterList> {
    let today = state.now().date();
    let filter = match params.filter.as_str() {
        "" | "all" => Filter::All,
        "overdue" => Filter::Overdue(today),
        "near" => Filter::Near(today, u32::from(NEAR_DAYS)),
        "unsolved" => Filter::SaidUnsolved,
        "returned_twice" => Filter::ReturnedTwice,
        "voiced" => Filter::Voiced(match actor.role {
            Role::Supervisor => None,
            _ => Some(Ear::Office),
        }),
        // To those who decide, what is theirs to decide.
        "proposed" if actor.role == Role::Supervisor && actor.unit.is_some() => {
            actor.unit.map_or(Filter::Proposed(Some(Decider::Supervisor)), Filter::ProposedToOffice)
        }
        "proposed" => Filter::Proposed(match actor.role {
            Role::Supervisor => Some(Decider::Supervisor),
            Role::CountyLeader => Some(Decider::CountyLeader),
            role if table::HEADS.contains(&role) => Some(Decider::UnitHead),
            _ => None,
        }),
        "old_cases" => Filter::OldCases(None),
        // 包案: what the leader who asks answers for.
        "mine" => Filter::OldCases(Some(actor.account)),
        _ => return Err(malformed("filter")),
    };
    let stages = params
        .stage
        .split(',')
        .filter(|code| !code.is_empty())
        .map(|code| Stage::from_code(code).ok_or_else(|| malformed("stage")))
        .collect::<Result<_, _>>()?;
    let text = params.q.trim();
    if text.chars().count() > 100 {
        return Err(malformed("q"));
    }
    let query = ListQuery {
        scope: visible::scope(&actor, today)?,
        stages,
        text: (!text.is_empty()).then(|| text.to_owned()),
        filter,
        page: params.page.min(MAX_PAGE),
        page_size: PAGE_SIZE,
        not_for: Some(actor.account),
    };
    let (rows, total) = state.store.list_matters(&query).await?;
    let rows = if visible::lists_names(&actor) {
        rows
    } else {
        rows.into_iter().map(masking::row).collect::<Result<_, _>>()?
    };
    Ok(Json(MatterList { rows, total, page: query.page, page_size: PAGE_SIZE }))
}

pub(super) async fn file(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<MatterId>,
) -> ApiResult<MatterFile> {
    file::load(&state, &actor, id).await.map(Json)
}

pub(super) async fn unmask(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<MatterId>,
    ApiJson(request): ApiJson<UnmaskRequest>,
) -> ApiResult<MatterFile> {
    unmask::show(&state, &actor, id, request).await.map(Json)
}

pub(super) async fn recuse_myself(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<MatterId>,
    ApiJson(request): ApiJson<RecusalRequest>,
) -> ApiResult<()> {
    recusal::declare(&state, &actor, id, actor.account, &request.reason).await.map(Json)
}

pub(super) async fn recuse(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath((id, whom)): ApiPath<(MatterId, AccountId)>,
    ApiJson(request): ApiJson<RecusalRequest>,
) -> ApiResult<()> {
    recusal::declare(&state, &actor, id, whom, &request.reason).await.map(Json)
}

pub(super) async fn lift_recusal(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath((id, whom)): ApiPath<(MatterId, AccountId)>,
) -> ApiResult<()> {
    recusal::lift(&state, &actor, id, whom).await.map(Json)
}

pub(super) async fn register(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<RegisterRequest>,
) -> ApiResult<PrintedReceipt> {
    register::at_desk(&state, &actor, request).await.map(Json)
}

pub(super) async fn alike(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<AlikeRequest>,
) -> ApiResult<Vec<AlikeMatter>> {
    alike::find(&state, &actor, request).await.map(Json)
}

pub(super) async fn command(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<MatterId>,
    ApiJson(request): ApiJson<CommandRequest>,
) -> ApiResult<CommandDone> {
    command::give(&state, &actor, id, &request).await.map(Json)
}

pub(super) async fn reissue(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<MatterId>,
) -> ApiResult<PrintedReceipt> {
    receipt::reissue(&state, &actor, id).await.map(Json)
}

pub(super) async fn intake_receipt(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath((id, place)): ApiPath<(MatterId, u16)>,
) -> ApiResult<PrintedReceipt> {
    receipt::of_intake(&state, &actor, id, place).await.map(Json)
}

pub(super) async fn flagged(State(state): State<AppState>, SignedIn(actor): SignedIn) -> ApiResult<Vec<FlaggedRecord>> {
    let away = state.store.recused_from(actor.account).await?;
    let mut rows = state.store.recent_flagged(FLAGGED).await?;
    rows.retain(|row| row.matter.is_none_or(|matter| !away.contains(&matter)));
    Ok(Json(rows))
}

pub(super) async fn units(State(state): State<AppState>, SignedIn(_): SignedIn) -> ApiResult<Vec<Unit>> {
    Ok(Json(state.store.open_units().await?))
}

/// The people of the own unit: for those who choose a handler there.
pub(super) async fn unit_accounts(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(unit): ApiPath<UnitId>,
) -> ApiResult<Vec<Named>> {
    if actor.unit != Some(unit) {
        return Err(Problem::NotFound.into());
    }
    Ok(Json(state.store.accounts_of_unit(unit).await?))
}

/// Whom one can let in to look at a matter.
pub(super) async fn observers(State(state): State<AppState>, SignedIn(_): SignedIn) -> ApiResult<Vec<Named>> {
    Ok(Json(state.store.accounts_of_role(Role::Observer).await?))
}

/// What waits for the joint conference and for leaders.
pub(super) async fn waiting(State(state): State<AppState>, SignedIn(actor): SignedIn) -> ApiResult<Waiting> {
    waiting::of(&state, &actor).await.map(Json)
}

/// Leaders who can answer for a matter (包案): 谁挂点谁包案, so first those in whose area it lies.
pub(super) async fn leaders(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<MatterId>,
) -> ApiResult<Vec<Named>> {
    let matter = visible::matter(&state, &actor, id).await?;
    visible::leaders(&state, &matter).await.map(Json)
}

#[derive(Debug, Deserialize)]
pub(super) struct DivisionParams {
    #[serde(default)]
    under: String,
}

pub(super) async fn divisions(
    State(state): State<AppState>,
    SignedIn(_): SignedIn,
    ApiQuery(params): ApiQuery<DivisionParams>,
) -> ApiResult<Vec<Division>> {
    let under = match params.under.as_str() {
        "" => None,
        code => Some(DivisionCode::parse(code).map_err(|_| -> ApiError { malformed("under") })?),
    };
    Ok(Json(state.store.divisions_under(under.as_ref()).await?))
}
