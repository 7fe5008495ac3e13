//! 角色.

use case_core::actor::Role;

/// The role as it is spoken of.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::VillageOfficer => "村信息员",
        Role::TownClerk => "乡镇信访专干",
        Role::UnitHandler => "责任单位承办人",
        Role::UnitHead => "责任单位负责人",
        Role::Registrar => "县信访局登记分流",
        Role::Supervisor => "县信访局审核督查",
        Role::Admin => "系统管理员",
        Role::VillageHead => "村支书、村主任",
        Role::TownLeader => "乡镇领导",
        Role::JointOffice => "联席会议办公室",
        Role::CountyLeader => "县领导",
        Role::Reviewer => "复查复核机构",
        Role::SealedOfficer => "检举控告专员",
        Role::Observer => "听证员、律师、代表委员",
        Role::SecurityAdmin => "安全管理员",
        Role::AuditAdmin => "审计管理员",
    }
}
