//! Many matters for measuring: registered through the same preparation as real ones, in batches. A whole
//! county's work over years, with everything that was done, is made in [`county`].

pub mod county;

use std::ops::Range;

use case_core::matter::{Category, Channel, Demand, Intake, Petitioner, PurposeOfPetition, Registration};
use case_core::place::DivisionCode;
use case_core::text::Text;
use case_store::NewMatter;

use super::register::{Draft, new_id, prepare};
use crate::error::ApiError;
use crate::state::AppState;

const BATCH: usize = 500;
/// A matter every five minutes, back from now: numbers do not run out.
const STEP_MS: i64 = 5 * 60_000;

/// Registers the invented matters with these numbers, whose phones end in 1234, and tells their query codes.
///
/// # Errors
/// [`ApiError`] when the store refuses.
pub async fn matters(state: &AppState, numbers: Range<usize>) -> Result<Vec<String>, ApiError> {
    let mut codes = Vec::with_capacity(numbers.len());
    let mut batch: Vec<NewMatter> = Vec::with_capacity(BATCH);
    let end = numbers.end;
    for n in numbers {
        let world = state.world();
        let cx = world.context();
        let at = cx.now.plus_ms(-STEP_MS * i64::try_from(n).unwrap_or(0));
        let draft = Draft {
            id: new_id(),
            registration: registration(n, at.date())?,
            by: None,
            former_reply: None,
            tail: Vec::new(),
            source_key: Some(format!("seed:{n}")),
            with_code: true,
            numbered_at: Some(at),
        };
        let new = prepare(&state.secrets, state.settings.province, &draft, 0, &cx)?;
        if let Some(code) = &new.code {
            codes.push(state.secrets.query_code(draft.id, code.issue).digits());
        }
        batch.push(new);
        if batch.len() == BATCH || n + 1 == end {
            state.store.register_many(&batch, cx.now).await?;
            batch.clear();
        }
    }
    Ok(codes)
}

fn registration(n: usize, received_on: chrono::NaiveDate) -> Result<Registration, ApiError> {
    let place = format!("99010110120{}", n % 3 + 1);
    Ok(Registration {
        title: text(&format!("第{n}件：村道积水"))?,
        content: text("村道一下雨就积水，老人孩子都摔过，请修排水沟。")?,
        demands: vec![Demand(text("修好排水沟")?)],
        purpose: PurposeOfPetition::Appeal,
        category: Category::ALL[n % Category::ALL.len()],
        channel: Channel::Visit,
        intake: Intake::First,
        petitioner: Petitioner {
            name: text(&format!("测试{n}"))?,
            phone: Some(text(&format!("1380{:03}1234", n % 1_000))?),
            address: None,
        },
        place: DivisionCode::parse(&place).ok(),
        household: None,
        received_on,
        direct: false,
        received_by: None,
        particulars: case_core::matter::Particulars::default(),
    })
}

fn text<const MAX: usize>(raw: &str) -> Result<Text<MAX>, ApiError> {
    Text::parse(raw).map_err(|error| ApiError::Internal(error.to_string()))
}
