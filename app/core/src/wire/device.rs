//! Devices: which browsers an account has been used in, and shutting one of them out.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, DeviceId};
use crate::text::ShortText;
use crate::time::Moment;

/// A browser that an account has been used in (`GET /api/v1/devices`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The browser.
    pub id: DeviceId,
    /// The account.
    pub account: AccountId,
    /// 姓名.
    pub name: ShortText,
    /// What it says of itself, shortened: for people to tell phones apart.
    pub label: String,
    /// First contact.
    pub first_seen: Moment,
    /// Last contact.
    pub last_seen: Moment,
    /// Since when it is shut out.
    #[serde(default)]
    pub revoked_at: Option<Moment>,
}
