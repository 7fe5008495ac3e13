//! 信访事项 from another system: open ones begin at 登记, answered ones are closed on record with
//! the reply as it was given. Whether that reply solved anything is not known, and nothing says so.

use std::collections::BTreeMap;

use case_core::matter::{Category, Channel, Demand, FormerReply, Intake, Petitioner, PurposeOfPetition, Registration};
use case_core::place::DivisionCode;
use case_core::text::{LongText, Paragraph, ShortText, Title};
use case_core::time::Moment;
use case_import::{MatterRow, Parsed, PlaceIndex, PlaceName, VillageCode};
use case_store::{Counts, NewMatter, StoreError};

use super::{BATCH, ImportError, Report};
use crate::state::AppState;
use crate::use_cases::register::{Draft, new_id, prepare};

/// Writes them.
pub(super) async fn write(state: &AppState, parsed: Parsed<MatterRow>, report: &mut Report) -> Result<(), ImportError> {
    report.parsed(&parsed);
    let places = places(state).await?;
    let today = state.now().date();
    let mut batch: Vec<Draft> = Vec::with_capacity(BATCH);
    for (row, matter) in &parsed.rows {
        let place = match (&matter.town, &matter.village) {
            (Some(town), Some(village)) => match places.find(town, village) {
                Ok(code) => Some(code),
                Err(problem) => {
                    report.place_problem(*row, &problem);
                    continue;
                }
            },
            _ => None,
        };
        match draft(matter, place) {
            Some(draft) if draft.registration.received_on > today => {
                report.refused(*row, app::text::import::future_date(&matter.received_at.date().to_string()));
            }
            Some(draft) => batch.push(draft),
            None => report.refused(*row, app::text::import::NOT_A_MATTER.to_owned()),
        }
        if batch.len() == BATCH {
            let counts = flush(state, &batch).await?;
            report.batch(batch.len(), counts);
            batch.clear();
        }
    }
    let counts = flush(state, &batch).await?;
    report.batch(batch.len(), counts);
    Ok(())
}

/// Stores a batch. Files that give days without a time put hundreds of matters into one minute, where
/// some of the four digits are taken by chance: then the halves are stored one after the other.
async fn flush(state: &AppState, batch: &[Draft]) -> Result<Counts, ImportError> {
    let mut counts = Counts::default();
    let mut open = vec![batch];
    while let Some(part) = open.pop() {
        match try_numbers(state, part).await? {
            Some(stored) => counts += stored,
            None if part.len() > 1 => {
                let (first, second) = part.split_at(part.len() / 2);
                open.extend([second, first]);
            }
            None => return Err(StoreError::NumberTaken.into()),
        }
    }
    Ok(counts)
}

/// Stores all of them or none: nothing comes back when a number was taken at every try.
async fn try_numbers(state: &AppState, batch: &[Draft]) -> Result<Option<Counts>, ImportError> {
    let world = state.world();
    let cx = world.context();
    // A part is rather halved than tried again; a single matter finds a number even in a full minute.
    let most = if batch.len() > 1 { 2 } else { 200 };
    for attempt in 0..most {
        let mut number_of: BTreeMap<String, u32> = BTreeMap::new();
        let mut news: Vec<NewMatter> = Vec::with_capacity(batch.len());
        for draft in batch {
            // Numbers must differ within the batch too.
            let mut tries = attempt * 50;
            // What the domain refuses was told row by row before.
            while let Ok(new) = prepare(&state.secrets, state.settings.province, draft, tries, &cx) {
                if number_of.insert(new.matter.number.as_str().to_owned(), tries).is_none() {
                    news.push(new);
                    break;
                }
                tries += 1;
            }
        }
        match state.store.register_many(&news, cx.now).await {
            Ok(counts) => return Ok(Some(counts)),
            Err(StoreError::NumberTaken) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Ok(None)
}

fn draft(row: &MatterRow, place: Option<VillageCode>) -> Option<Draft> {
    let title = Title::parse(&row.title.chars().take(200).collect::<String>()).ok()?;
    let former_reply = row.reply.as_ref().and_then(|reply| {
        let at = reply.at.unwrap_or(row.received_at);
        Some(FormerReply { text: LongText::parse(&reply.text).ok()?, at: Moment::of_local(at) })
    });
    let name = row.petitioner.as_deref().unwrap_or("匿名");
    Some(Draft {
        id: new_id(),
        registration: Registration {
            demands: vec![Demand(Paragraph::parse(title.as_str()).ok()?)],
            title,
            content: LongText::parse(&row.body).ok()?,
            purpose: PurposeOfPetition::Appeal,
            category: row.category.as_deref().and_then(app::text::matter::category_named).unwrap_or(Category::Other),
            channel: Channel::Online,
            intake: Intake::First,
            petitioner: Petitioner {
                name: ShortText::parse(name).ok()?,
                phone: row.phone.as_deref().and_then(|phone| ShortText::parse(phone).ok()),
                address: None,
            },
            place: place.and_then(|code| DivisionCode::parse(code.as_str()).ok()),
            household: None,
            received_on: row.received_at.date(),
            direct: false,
            received_by: None,
            particulars: case_core::matter::Particulars::default(),
        },
        by: None,
        former_reply,
        tail: Vec::new(),
        source_key: Some(format!("messages:{}", row.source_key)),
        with_code: false,
        numbered_at: Some(Moment::of_local(row.received_at)),
    })
}

/// All villages with their towns, for matching by name.
pub(super) async fn places(state: &AppState) -> Result<PlaceIndex, StoreError> {
    let divisions = state.store.all_divisions().await?;
    let towns: BTreeMap<&str, &str> =
        divisions.iter().filter(|d| d.code.as_str().len() == 9).map(|d| (d.code.as_str(), d.name.as_str())).collect();
    Ok(PlaceIndex::new(divisions.iter().filter(|d| d.code.as_str().len() == 12).filter_map(|village| {
        Some(PlaceName {
            code: village.code.as_str().parse::<VillageCode>().ok()?,
            town: (*towns.get(village.code.town()?)?).to_owned(),
            village: village.name.as_str().to_owned(),
        })
    })))
}
