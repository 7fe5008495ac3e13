//! 安排走访, for the page of the village head.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::desk::Named;
use crate::id::{AccountId, HouseholdId};
use crate::text::{ShortText, Title};

/// `GET /api/v1/visit-plan`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitPlan {
    /// The households of the own village, by address.
    pub households: Vec<PlanRow>,
    /// Officials of the village and of the township who go there, by name.
    pub officials: Vec<Named>,
    /// Today, by the server's clock.
    pub today: NaiveDate,
}

/// 一户.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRow {
    /// Identity.
    pub id: HouseholdId,
    /// 户主.
    pub head: ShortText,
    /// Town, village and group in words.
    pub address: Title,
    /// 上次走访.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_visit: Option<NaiveDate>,
    /// Who is to go there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// Whose name is that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<ShortText>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
}

/// `POST /api/v1/visit-plan`: gives households to an official; answered with the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignVisits {
    /// Which.
    pub households: Vec<HouseholdId>,
    /// Whom to; none: nobody from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<AccountId>,
}

/// The most households of one request.
pub const MOST: usize = 2_000;
