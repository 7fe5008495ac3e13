//! The table of documents: for each kind its word in numbers, whose name stands on it, who reads it, and
//! who may issue it. One row per kind; what has no row does not exist.

use serde::{Deserialize, Serialize};

use crate::actor::Role;

/// In whose name a document is issued, and in whose sequence it is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Organ {
    /// 信访部门.
    Office,
    /// 责任单位.
    Unit,
    /// Whoever issues it: the unit for its people, else 信访部门.
    Issuer,
    /// 复查、复核机关, as the request names it.
    Reviewer,
}

/// For whom a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// 信访人: shown on the petitioner's pages as well.
    Petitioner,
    /// 机关内部: the offices that work on the matter.
    Inside,
    /// 信访部门 alone, not the unit that it is about.
    County,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The kind.
    pub kind: DocumentKind,
    /// A stable word for storage and addresses.
    pub code: &'static str,
    /// The word in its number: 受 in 「县信访局受字〔2026〕12号」.
    pub word: &'static str,
    /// In whose name.
    pub organ: Organ,
    /// For whom.
    pub reader: Reader,
    /// One for each round of a matter: a second one replaces the first, as its next version.
    pub single: bool,
    /// Who may issue it.
    pub issuers: &'static [Role],
}

use Organ::{Issuer, Office, Reviewer, Unit};
use Reader::{County, Inside, Petitioner};
use Role as R;

const DESKS: &[Role] = &[R::Registrar, R::TownClerk, R::VillageHead, R::VillageOfficer];
const REGISTRAR: &[Role] = &[R::Registrar];
const HANDLERS: &[Role] = &[R::UnitHandler, R::UnitHead, R::TownLeader, R::Registrar, R::Supervisor];
/// For a matter that the petition office handles itself, its supervisor: in the name of a unit only its own people
/// issue, so that a supervisor is meant nowhere else.
const HEAD: &[Role] = &[R::UnitHead, R::TownLeader, R::Supervisor];
/// The same, and the reviewing organ for its own hearing and delivery.
const HEAD_OR_REVIEWER: &[Role] = &[R::UnitHead, R::TownLeader, R::Supervisor, R::Reviewer];
const HANDLERS_OR_REVIEWER: &[Role] =
    &[R::UnitHandler, R::UnitHead, R::TownLeader, R::Registrar, R::Supervisor, R::Reviewer];
const OVERSEERS: &[Role] = &[R::Supervisor, R::JointOffice];
/// Who keeps the ledger of old cases, and who answers for one.
const CASE_KEEPERS: &[Role] = &[R::JointOffice, R::Supervisor, R::CountyLeader, R::TownLeader];
const DECIDERS: &[Role] = &[R::UnitHead, R::TownLeader, R::Registrar, R::Supervisor];
const REVIEWER: &[Role] = &[R::Reviewer];
const SUPERVISOR: &[Role] = &[R::Supervisor];
const RECEPTION: &[Role] = &[R::Registrar, R::Supervisor, R::TownClerk, R::TownLeader, R::JointOffice, R::CountyLeader];
const VISITORS: &[Role] = &[
    R::VillageOfficer,
    R::VillageHead,
    R::TownClerk,
    R::TownLeader,
    R::UnitHandler,
    R::UnitHead,
    R::Registrar,
    R::Supervisor,
    R::JointOffice,
    R::CountyLeader,
];
const ARCHIVE: &[Role] = &[R::Registrar, R::Supervisor];

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $code:literal $word:literal $organ:ident $reader:ident $single:literal $issuers:ident;)+) => {
        /// 文书种类 (spec 6).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum DocumentKind {
            $($(#[$doc])* $name,)+
        }

        impl DocumentKind {
            /// All of them in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Its row.
            #[must_use]
            pub fn row(self) -> Row {
                match self {
                    $(Self::$name => Row {
                        kind: self, code: $code, word: $word, organ: $organ, reader: $reader, single: $single,
                        issuers: $issuers,
                    },)+
                }
            }
        }
    };
}

kinds! {
    /// 信访登记表.
    RegistrationForm "registration_form" "登" Office Inside true DESKS;
    /// 收件回执.
    IntakeReceipt "intake_receipt" "收" Office Petitioner true DESKS;
    /// 转送告知书.
    TransferNotice "transfer_notice" "转告" Office Petitioner true REGISTRAR;
    /// 转送函.
    TransferLetter "transfer_letter" "转" Office Inside true REGISTRAR;
    /// 交办告知书.
    AssignmentNotice "assignment_notice" "交告" Office Petitioner true REGISTRAR;
    /// 交办函.
    AssignmentLetter "assignment_letter" "交" Office Inside true REGISTRAR;
    /// 不予受理告知书.
    RefusalNotice "refusal_notice" "不受" Issuer Petitioner true DECIDERS;
    /// 不再受理告知书.
    FinalityNotice "finality_notice" "不再" Office Petitioner true SUPERVISOR;
    /// 导入法定途径告知书.
    RouteNotice "route_notice" "导" Issuer Petitioner true DECIDERS;
    /// 答复意见书: on the spot, or to a suggestion.
    ReplyLetter "reply_letter" "答" Issuer Petitioner true DECIDERS;
    /// 异议函.
    ObjectionLetter "objection_letter" "异" Unit Inside true HEAD;
    /// 退回函.
    ReturnLetter "return_letter" "退" Office Inside true REGISTRAR;
    /// 受理告知书.
    AcceptanceNotice "acceptance_notice" "受" Unit Petitioner true HANDLERS;
    /// 延期办理告知书.
    ExtensionNotice "extension_notice" "延" Unit Petitioner true HEAD;
    /// 延期办理审批表.
    ExtensionForm "extension_form" "延批" Unit Inside true HANDLERS;
    /// 信访处理意见书.
    Opinion "opinion" "意" Unit Petitioner true HEAD;
    /// 送达回证.
    DeliveryReceipt "delivery_receipt" "送" Unit Inside false HANDLERS_OR_REVIEWER;
    /// 调解协议书.
    MediationAgreement "mediation_agreement" "调" Unit Petitioner false HANDLERS;
    /// 和解协议书.
    SettlementAgreement "settlement_agreement" "和" Unit Petitioner false HANDLERS;
    /// 听证通知书.
    HearingNotice "hearing_notice" "听通" Unit Petitioner false HEAD_OR_REVIEWER;
    /// 听证笔录.
    HearingMinutes "hearing_minutes" "听笔" Unit Inside false HANDLERS_OR_REVIEWER;
    /// 听证意见书.
    HearingOpinion "hearing_opinion" "听意" Unit Petitioner false HEAD_OR_REVIEWER;
    /// 复查意见书.
    ReviewOpinion "review_opinion" "复查" Reviewer Petitioner true REVIEWER;
    /// 复核意见书.
    RecheckOpinion "recheck_opinion" "复核" Reviewer Petitioner true REVIEWER;
    /// 督办通知书.
    SupervisionNotice "supervision_notice" "督" Office Inside false OVERSEERS;
    /// 改进工作建议书.
    ImprovementAdvice "improvement_advice" "建改" Office Inside false SUPERVISOR;
    /// 完善政策建议书.
    PolicyAdvice "policy_advice" "建策" Office County false SUPERVISOR;
    /// 追究责任建议书.
    AccountabilityAdvice "accountability_advice" "建责" Office County false SUPERVISOR;
    /// 办结报告.
    ClosureReport "closure_report" "办" Unit Inside true HEAD;
    /// 接访登记表.
    ReceptionRecord "reception_record" "接" Office Inside false RECEPTION;
    /// 下访预案.
    DownVisitPlan "down_visit_plan" "下" Office Inside false RECEPTION;
    /// 包案责任书.
    LeaderContract "leader_contract" "包" Office Inside false CASE_KEEPERS;
    /// 陪访单.
    EscortSheet "escort_sheet" "陪" Office Inside false DESKS;
    /// 登门遍访记录单, to be filled by hand.
    HomeVisitSheet "home_visit_sheet" "访" Office Inside false VISITORS;
    /// 上门回访记录单, to be filled by hand.
    ReturnVisitSheet "return_visit_sheet" "回" Office Inside false VISITORS;
    /// 卷内目录.
    FileContents "file_contents" "目" Office Inside false ARCHIVE;
    /// 案卷封面.
    FileCover "file_cover" "卷" Office Inside false ARCHIVE;
}

impl DocumentKind {
    /// A stable word for storage and addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// Reads [`Self::code`] back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }
}

/// 文号: 县信访局受字〔2026〕12号.
#[must_use]
pub fn document_number(organ: &str, kind: DocumentKind, year: i32, serial: i64) -> String {
    [organ, kind.row().word, "字〔", &year.to_string(), "〕", &serial.to_string(), "号"].concat()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_and_words_tell_the_kinds_apart() {
        let codes: BTreeSet<_> = DocumentKind::ALL.iter().map(|kind| kind.code()).collect();
        let words: BTreeSet<_> = DocumentKind::ALL.iter().map(|kind| kind.row().word).collect();
        assert_eq!((codes.len(), words.len()), (DocumentKind::ALL.len(), DocumentKind::ALL.len()));
        for kind in DocumentKind::ALL.iter().copied() {
            assert_eq!(DocumentKind::from_code(kind.code()), Some(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.code()), "{kind:?}");
            assert!(!kind.row().issuers.is_empty() && !kind.row().issuers.contains(&Role::Admin), "{kind:?}");
        }
    }

    #[test]
    fn the_opinion_is_issued_in_the_name_of_the_unit_by_those_who_may_sign_it() {
        assert_eq!(DocumentKind::Opinion.row().issuers, [Role::UnitHead, Role::TownLeader, Role::Supervisor]);
        assert_eq!(DocumentKind::Opinion.row().organ, Organ::Unit);
    }
}
