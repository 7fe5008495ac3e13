//! What the 安全管理员 keeps: who may sign in, with which rights, and who is locked out.

use serde::{Deserialize, Serialize};

use crate::actor::Role;
use crate::id::AccountId;
use crate::text::ShortText;
use crate::time::Moment;

/// `GET /api/v1/accounts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountList {
    /// All accounts, by login.
    pub accounts: Vec<AccountRow>,
    /// What each role may do, in words.
    pub rights: Vec<RoleRights>,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    /// Identity.
    pub account: AccountId,
    /// 账号.
    pub login: String,
    /// 姓名.
    pub name: ShortText,
    /// 工号.
    pub badge: ShortText,
    /// 职务.
    pub office: ShortText,
    /// 角色.
    pub role: Role,
    /// 单位.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<ShortText>,
    /// Whether it may sign in.
    pub active: bool,
    /// Until when it is locked after too many wrong passwords.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked_until: Option<Moment>,
}

/// What a role may do at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRights {
    /// 角色.
    pub role: Role,
    /// In words.
    pub rights: Vec<String>,
}

/// `POST /api/v1/accounts/{account}/active`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetActive {
    /// Whether it may sign in from now on.
    pub active: bool,
}
