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
    /// How many records it handed in, before it was wiped, that the server could not read and keeps as they are.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub kept: u32,
}

/// Takes a reference because serde does.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}
