//! Who acts: the official, the role, the area.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, UnitId};
use crate::place::Area;
use crate::text::ShortText;

/// 角色 (spec 4). The side paths of later work add roles; each has its row in the permission table
/// of [`crate::matter::table`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 村(社区)信息员/网格员: visits, registers, nothing more.
    VillageOfficer,
    /// 乡镇信访专干: registers within the township, home and return visits.
    TownClerk,
    /// 责任单位承办人.
    UnitHandler,
    /// 责任单位负责人.
    UnitHead,
    /// 县信访局登记分流.
    Registrar,
    /// 县信访局审核(督查).
    Supervisor,
    /// 系统管理员: accounts and imports, no matter's content.
    Admin,
}

impl Role {
    /// All of them, for tables and tests.
    pub const ALL: [Self; 7] = [
        Self::VillageOfficer,
        Self::TownClerk,
        Self::UnitHandler,
        Self::UnitHead,
        Self::Registrar,
        Self::Supervisor,
        Self::Admin,
    ];

    /// Whether the role goes out on visits and so holds a work area on the phone.
    #[must_use]
    pub fn visits(self) -> bool {
        !matches!(self, Self::Admin)
    }

    /// Whether the role sees the matters of the whole county.
    #[must_use]
    pub fn sees_county(self) -> bool {
        matches!(self, Self::Registrar | Self::Supervisor)
    }
}

/// The official who asks for something. 三亮 (工号、姓名、职务) are part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account.
    pub account: AccountId,
    /// 姓名.
    pub name: ShortText,
    /// 工号.
    pub badge: ShortText,
    /// 职务.
    pub office: ShortText,
    /// What the account may do.
    pub role: Role,
    /// The organisation it belongs to, when it acts for one.
    pub unit: Option<UnitId>,
    /// 责任区.
    pub area: Area,
}
