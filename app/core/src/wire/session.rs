//! Signing in.

use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::text::{ShortText, Title};
use crate::time::Moment;

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
}
