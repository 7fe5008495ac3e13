//! Signing in.

use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::text::{ShortText, Title};
use crate::time::Moment;
use crate::wire::bytes::Bytes;

/// `POST /api/v1/session`.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignIn {
    /// 账号.
    pub login: String,
    /// 密码.
    pub password: String,
}

/// Never printed: it holds a password.
impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignIn(…)")
    }
}

/// `GET /api/v1/session`: who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The official.
    pub actor: Actor,
    /// The name of their unit.
    pub unit_name: Option<ShortText>,
    /// Names of the places of their area.
    pub area_names: Vec<Title>,
    /// The server's clock.
    pub server_time: Moment,
    /// What a phone needs from the server to keep and send records safely; not for roles that hold
    /// nothing on a device, nor without the header that names the device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneKeys>,
}

/// What a phone needs from the server to keep and send records safely.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneKeys {
    /// The public key of the server's receipts: P-256, uncompressed (65 bytes).
    pub receipts: Bytes,
    /// The public key that records are sealed to: P-256, uncompressed (65 bytes).
    pub sealing: Bytes,
    /// Which database this is; another one means that a backup was restored.
    pub lineage: String,
    /// 32 bytes that open this phone's store after a sign-in, when the PIN is forgotten. Secret.
    pub store_key: Bytes,
    /// 32 bytes that prove, inside a sealed envelope, that the record comes from this official's
    /// phone. Secret.
    pub device_token: Bytes,
    /// After so many days without contact the work area is locked.
    pub cache_days: u16,
}

/// Never printed: it holds secrets.
impl std::fmt::Debug for PhoneKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PhoneKeys(…)")
    }
}
