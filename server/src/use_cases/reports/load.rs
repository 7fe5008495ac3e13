//! Reading what is counted: page by page, each matter reduced at once.

use std::collections::{BTreeMap, BTreeSet};

use case_core::actor::Actor;
use case_core::document::{Block, Content, Part};
use case_core::id::{AccountId, MatterId, UnitId};
use case_core::matter::Matter;
use case_core::place::DivisionCode;
use case_core::report::Item;
use case_core::time::Moment;
use chrono::NaiveDate;

use crate::error::ApiError;
use crate::state::AppState;
use crate::use_cases::{masking, visible};

/// Matters that are read at once.
const PAGE: u32 = 200;

/// Items and the names that they need.
pub(super) struct Loaded {
    pub items: Vec<Item>,
    /// 回避: counted, not shown.
    pub recused: BTreeSet<MatterId>,
    units: BTreeMap<UnitId, String>,
    places: BTreeMap<DivisionCode, String>,
}

impl Loaded {
    /// All that was received until a day, in an area or everywhere.
    pub async fn until(
        state: &AppState,
        actor: &Actor,
        until: NaiveDate,
        area: Option<&DivisionCode>,
    ) -> Result<Self, ApiError> {
        let mut items = Vec::new();
        let mut after = None;
        loop {
            let page = state.store.matters_received(until, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            for matter in page {
                let place = matter.registration.place.as_ref();
                if area.is_none_or(|area| place.is_some_and(|place| place.is_within(area))) {
                    items.push(item(actor, matter, state.settings.response_days)?);
                }
            }
        }
        let public = state.store.public_answers().await?;
        for item in &mut items {
            let wish = public.get(&item.id);
            (item.may_be_public, item.published) = (wish.is_some(), wish == Some(&true));
        }
        items.sort_by(|a: &Item, b| (a.received, &a.number).cmp(&(b.received, &b.number)));
        let units = state.store.units().await?.into_iter().map(|unit| (unit.id, String::from(unit.name)));
        let places = state.store.all_divisions().await?.into_iter().map(|place| (place.code, String::from(place.name)));
        Ok(Self {
            items,
            recused: state.store.recused_from(actor.account).await?.into_iter().collect(),
            units: units.collect(),
            places: places.collect(),
        })
    }

    /// No matters: for what is counted about households.
    pub async fn names_only(state: &AppState) -> Result<Self, ApiError> {
        let places = state.store.all_divisions().await?.into_iter().map(|place| (place.code, String::from(place.name)));
        Ok(Self { items: Vec::new(), recused: BTreeSet::new(), units: BTreeMap::new(), places: places.collect() })
    }

    pub fn unit(&self, id: UnitId) -> &str {
        self.units.get(&id).map_or("", String::as_str)
    }

    pub fn place<'a>(&'a self, code: &'a DivisionCode) -> &'a str {
        self.places.get(code).map_or(code.as_str(), String::as_str)
    }
}

/// The item, with no more of the petitioner than the reader sees elsewhere.
fn item(actor: &Actor, mut matter: Matter, response_days: u16) -> Result<Item, ApiError> {
    if !visible::needs_particulars(actor, &matter) {
        (matter.registration, matter.old_cases) = masking::counted(&matter.registration, &matter.old_cases)?;
    }
    Ok(Item::of(&matter, response_days))
}

/// Names of accounts.
pub(super) async fn names(
    state: &AppState,
    accounts: impl Iterator<Item = AccountId>,
) -> Result<BTreeMap<AccountId, String>, ApiError> {
    let all: Vec<AccountId> = accounts.collect::<BTreeSet<_>>().into_iter().collect();
    let mut names = BTreeMap::new();
    for part in all.chunks(100) {
        let found = state.store.names(part).await?;
        names.extend(found.into_iter().map(|named| (named.account, String::from(named.name))));
    }
    Ok(names)
}

/// The first and the last moment of some days.
pub(super) fn moments(from: NaiveDate, until: NaiveDate) -> (Moment, Moment) {
    (Moment::start_of(from), Moment::start_of(until.succ_opt().unwrap_or(until)))
}

/// What a part of a document says, in one line.
pub(super) fn said(content: &Content, part: Part) -> String {
    let blocks = content.sections.iter().filter(|section| section.part == part).flat_map(|section| &section.blocks);
    let words: Vec<&str> = blocks
        .flat_map(|block| match block {
            Block::Text { text } => vec![text.as_str()],
            Block::Facts { rows } => rows.iter().map(|(_, value)| value.as_str()).collect(),
            _ => Vec::new(),
        })
        .collect();
    words.join("；")
}
