//! 听证员、律师、代表委员: people from outside who are let in to look at one matter for some time (spec 4).
//! They read it masked, give no command, and take nothing away.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::AccountId;
use crate::text::Paragraph;
use crate::time::Moment;

/// 准许查阅.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObserverAccess {
    /// Who is let in.
    pub account: AccountId,
    /// The last day.
    pub until: NaiveDate,
    /// What for.
    pub reason: Paragraph,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
    /// Ended before the last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<ObserverEnd>,
}

/// 终止查阅.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObserverEnd {
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

impl ObserverAccess {
    /// Whether it opens the matter on the day.
    #[must_use]
    pub fn is_open(&self, today: NaiveDate) -> bool {
        self.ended.is_none() && today <= self.until
    }
}
