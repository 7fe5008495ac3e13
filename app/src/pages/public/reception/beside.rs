//! 约好的接访 in the answer to a look-up: when, where, by whom, and whether it holds.

use case_core::reception::Told;
use chrono::NaiveDate;
use leptos::prelude::*;

use super::mine::Standing;
use crate::format;
use crate::text::public::reception as words;

/// An appointment of the matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// 预约号.
    pub number: String,
    /// When and where; of what is not held, when it was to be.
    pub told: Option<Told>,
    /// How it stands.
    pub standing: Standing,
}

/// The part; nothing where nothing was booked. A booking with a code opens by what opened the answer, which stands in
/// the answer's form.
pub(in crate::pages::public) fn meetings(met: &[Met], today: NaiveDate) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = met.iter().map(|one| row(one, today)).collect();
    (!rows.is_empty()).then(|| view! { <h2>{words::YOURS}</h2><ul class="cells">{rows}</ul> })
}

fn row(one: &Met, today: NaiveDate) -> impl IntoView + use<> {
    let (class, mark) = match one.standing {
        Standing::Holds => ("badge badge--ok", words::HOLDS),
        Standing::Changed => ("badge badge--near", words::MOVED),
        Standing::CalledOff => ("badge badge--over", words::CALLED_OFF),
        Standing::Cancelled => ("badge", words::CANCELLED),
        Standing::Attended => ("badge", words::ATTENDED),
        Standing::Absent => ("badge", words::ABSENT),
        Standing::Over => ("badge", words::OVER),
        Standing::Invited => ("badge badge--near", words::INVITED),
        Standing::Declined => ("badge", words::DECLINED),
    };
    let when = one.told.as_ref().map(|told| [&format::day(told.day, today), " ", &told.time.to_string()].concat());
    let place = one.told.as_ref().map(|told| [told.leader.as_str(), "，", told.place.as_str()].concat());
    view! {
        <li>
            <button
                class="cell cell--act"
                type="submit"
                formaction="/jf/mine"
                name="number"
                value=one.number.clone()
            >
                <span class="cell__body">
                    <span class="cell__title">{when}" "<span class=class>{mark}</span></span>
                    {place.map(|place| view! { <span class="cell__note">{place}</span> })}
                </span>
            </button>
        </li>
    }
}
