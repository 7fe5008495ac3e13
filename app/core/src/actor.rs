//! Who acts: the official, the role, the area.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, UnitId};
use crate::place::Area;
use crate::text::ShortText;

/// 角色 (spec 4). Which commands each may give stands in [`crate::matter::table`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 村(社区)信息员/网格员、调解员: visits, registers, nothing more.
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
    /// 村支书、村主任: as the village's officer, and says what the village has solved.
    VillageHead,
    /// 乡镇领导: reception, and for what the township holds what a unit's head does.
    TownLeader,
    /// 联席办: sees the county, and can propose that a matter is reopened.
    JointOffice,
    /// 县领导: reception and a look at everything but sealed matters.
    CountyLeader,
    /// 复查复核机构: reads what is brought before it, and gives its opinion.
    Reviewer,
    /// 纪检、组织渠道专员: the only one who opens what is sealed; sees no plain matter.
    SealedOfficer,
    /// 听证员、律师、代表委员: looks on, one matter at a time, when let in.
    Observer,
    /// 安全管理员 (三员): keys and sign-ins, no matter's content.
    SecurityAdmin,
    /// 审计管理员 (三员): reads the audit log, no matter's content.
    AuditAdmin,
}

impl Role {
    /// All of them, for tables and tests.
    pub const ALL: [Self; 16] = [
        Self::VillageOfficer,
        Self::TownClerk,
        Self::UnitHandler,
        Self::UnitHead,
        Self::Registrar,
        Self::Supervisor,
        Self::Admin,
        Self::VillageHead,
        Self::TownLeader,
        Self::JointOffice,
        Self::CountyLeader,
        Self::Reviewer,
        Self::SealedOfficer,
        Self::Observer,
        Self::SecurityAdmin,
        Self::AuditAdmin,
    ];

    /// Whether the role goes out on visits and so holds a work area on the phone.
    #[must_use]
    pub fn visits(self) -> bool {
        matches!(
            self,
            Self::VillageOfficer
                | Self::VillageHead
                | Self::TownClerk
                | Self::TownLeader
                | Self::UnitHandler
                | Self::UnitHead
                | Self::Registrar
                | Self::Supervisor
                | Self::JointOffice
                | Self::CountyLeader
        )
    }

    /// Whether the role sees the matters of the whole county.
    #[must_use]
    pub fn sees_county(self) -> bool {
        matches!(self, Self::Registrar | Self::Supervisor | Self::JointOffice | Self::CountyLeader)
    }

    /// 三员: they keep the system and read no matter.
    #[must_use]
    pub fn keeps_the_system(self) -> bool {
        matches!(self, Self::Admin | Self::SecurityAdmin | Self::AuditAdmin)
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
