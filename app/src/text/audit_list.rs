//! 审计: what each entry says, for the list. Never what stands in a matter.

use case_core::actor::Role;
use case_core::audit::{Deed, PaperForm, PublicationStep, UnmaskReason};
use case_core::id::AccountId;
use case_core::matter::Event;
use case_core::sealed::SealedStep;
use case_core::wire::audit::AuditGroup;

use super::{actor, document, reception, screen};
use crate::format;

/// 种类.
#[must_use]
pub fn group(group: AuditGroup) -> &'static str {
    match group {
        AuditGroup::Matters => "信访件办理",
        AuditGroup::Records => "一线记录",
        AuditGroup::Unmasked => "查看完整信息",
        AuditGroup::Documents => "文书",
        AuditGroup::Codes => "查询码",
        AuditGroup::Sealed => "保密件",
        AuditGroup::SignIns => "登录",
        AuditGroup::Accounts => "账号和手机",
        AuditGroup::Recusals => "回避",
        AuditGroup::Receptions => "接访和说事点",
        AuditGroup::Settings => "导入和设置",
        AuditGroup::Notices => "通知信访人",
        AuditGroup::Upkeep => "备份和核验",
    }
}

/// Who did it, where nobody was signed in.
pub const NOBODY: &str = "系统";

/// What was done.
#[must_use]
pub fn deed(deed: &Deed, name: &dyn Fn(AccountId) -> String) -> String {
    let count = |n: usize| n.to_string();
    match deed {
        Deed::Adopted { matters } => ["旧库接入审计，", &count(matters.len()), " 件"].concat(),
        Deed::MattersMoved { matters } => ["办理 ", &count(matters.len()), " 件"].concat(),
        Deed::SignedIn { .. } => "登录".to_owned(),
        Deed::SignInFailed { account: Some(account) } => ["密码输错，账号：", &name(*account)].concat(),
        Deed::SignInFailed { account: None } => "登录失败，没有这个账号".to_owned(),
        Deed::AccountMade { login, role, .. } => ["新建账号 ", login, "，", role_words(*role)].concat(),
        Deed::PasswordSet { account } => ["改密码：", &name(*account)].concat(),
        Deed::AccountActive { account, active: true } => ["启用账号：", &name(*account)].concat(),
        Deed::AccountActive { account, active: false } => ["停用账号：", &name(*account)].concat(),
        Deed::AccountUnlocked { account } => ["解除锁定：", &name(*account)].concat(),
        Deed::UnitSet { .. } => "设置单位".to_owned(),
        Deed::DeviceRevoked { account, .. } => ["停用手机：", &name(*account)].concat(),
        Deed::RecordKept { account, .. } => ["原样留存一条读不懂的记录，交来的人：", &name(*account)].concat(),
        Deed::DeviceRestored { account, .. } => ["恢复手机：", &name(*account)].concat(),
        Deed::ImportBegan { name, .. } => ["开始导入：", name].concat(),
        Deed::ImportEnded { added, updated, bad, .. } => {
            ["导入结束：新增 ", &added.to_string(), "，更新 ", &updated.to_string(), "，没进去 ", &bad.to_string()]
                .concat()
        }
        Deed::CodeReissued { .. } => "重新打印查询码".to_owned(),
        Deed::CodesReserved { from, to, .. } => {
            ["给手机预发查询码 ", &to.saturating_sub(*from).saturating_add(1).to_string(), " 个"].concat()
        }
        Deed::Unmasked { .. } => "查看完整信息".to_owned(),
        Deed::Recused { account, .. } => ["回避：", &name(*account)].concat(),
        Deed::RecusalLifted { account, .. } => ["取消回避：", &name(*account)].concat(),
        Deed::HolidaysSet { year: Some(year), .. } => ["导入节假日：", &year.to_string(), " 年"].concat(),
        Deed::HolidaysSet { year: None, .. } => "放入最初的节假日表".to_owned(),
        Deed::SettingSet { name, .. } => ["改设置：", name].concat(),
        Deed::DocumentIssued { kind, number, version, replaces, .. } => [
            if replaces.is_some() { "换发" } else { "出具" },
            document::kind(*kind),
            " ",
            number,
            "，第 ",
            &version.to_string(),
            " 版",
        ]
        .concat(),
        Deed::DocumentTaken { form: PaperForm::Page, .. } => "打开文书打印页".to_owned(),
        Deed::DocumentTaken { form: PaperForm::File, .. } => "下载文书".to_owned(),
        Deed::FileTaken { .. } => "打开照片、录音或者信访人的材料".to_owned(),
        Deed::Publication { step, .. } => ["公示：", publication(*step)].concat(),
        Deed::SealedMoved { step, .. } => ["保密件：", sealed_step(*step)].concat(),
        Deed::SealedKey { account, what, .. } => {
            let what = match what.as_str() {
                "init" => "开通保密渠道：",
                "add" => "增加渠道专员：",
                _ => "改保密口令：",
            };
            [what, &name(*account)].concat()
        }
        Deed::Verified { faults: 0, .. } => "核验：全部完整".to_owned(),
        Deed::Verified { faults, .. } => ["核验：发现 ", &faults.to_string(), " 处改动或缺失"].concat(),
        Deed::ReceptionRuleSet { .. } => "设置接访安排".to_owned(),
        Deed::ReceptionChanged { reception, off, to, reason } => {
            let planned = format::full_day(reception.planned);
            let what = match (reason, off, to) {
                (None, ..) => "恢复原来的安排".to_owned(),
                (_, true, _) => "取消".to_owned(),
                (_, _, Some(to)) => ["改到 ", &format::full_day(*to)].concat(),
                _ => "换人接访".to_owned(),
            };
            ["接访（原定 ", &planned, "）：", &what].concat()
        }
        Deed::ReceptionBooked { .. } => "接访预约".to_owned(),
        Deed::ReceptionBookingSet { told: true, .. } => "接访预约：已告知本人".to_owned(),
        Deed::ReceptionBookingSet { to: Some(_), .. } => "接访预约：本人改到另一次".to_owned(),
        Deed::ReceptionBookingSet { state, .. } => ["接访预约：", reception::state(*state)].concat(),
        Deed::TalkPointSet { closed: true, .. } => "停用说事点".to_owned(),
        Deed::TalkPointSet { .. } => "设置说事点".to_owned(),
        Deed::PetitionerPhoned { told: true, .. } => "电话告知信访人".to_owned(),
        Deed::PetitionerPhoned { told: false, tries, .. } => {
            ["打电话告知，没打通，第 ", &tries.to_string(), " 次"].concat()
        }
        Deed::NoticesStopped { stopped: true, .. } => "信访人不再收短信".to_owned(),
        Deed::NoticesStopped { stopped: false, .. } => "信访人又收短信".to_owned(),
        Deed::RemindersSet { browsers: 0, .. } => "信访人的手机不再提醒".to_owned(),
        Deed::RemindersSet { browsers, .. } => ["提醒信访人的手机，共 ", &browsers.to_string(), " 部"].concat(),
        Deed::BackedUp => "备份".to_owned(),
        Deed::Restored { .. } => "恢复备份".to_owned(),
    }
}

fn role_words(role: Role) -> &'static str {
    actor::role(role)
}

fn sealed_step(step: SealedStep) -> &'static str {
    match step {
        SealedStep::Register => "登记",
        SealedStep::Read => "拆阅",
        SealedStep::HandOver => "移送",
        SealedStep::Close => "办结",
    }
}

/// Why it was done, where that is kept in plain.
#[must_use]
pub fn why(deed: &Deed) -> Option<String> {
    match deed {
        Deed::Unmasked { reason: UnmaskReason::Other, words: Some(words), .. } => Some(words.as_str().to_owned()),
        Deed::Unmasked { reason, words, .. } => {
            let reason = screen::particulars::unmask_reason(*reason);
            Some(words.as_ref().map_or_else(|| reason.to_owned(), |words| [reason, "，", words.as_str()].concat()))
        }
        Deed::Recused { reason, .. } => Some(reason.as_str().to_owned()),
        Deed::ReceptionChanged { reason, .. } => reason.as_ref().map(|reason| reason.as_str().to_owned()),
        _ => None,
    }
}

/// What happened to a matter, without what was said; nothing for clocks, which follow from it.
#[must_use]
pub fn step(event: &Event) -> Option<&'static str> {
    Some(match event {
        Event::Registered { .. } => "登记",
        Event::Transferred { .. } => "转送",
        Event::SignedFor { .. } => "签收",
        Event::Accepted { .. } => "受理",
        Event::Assigned { .. } => "确定承办人",
        Event::FeedbackGiven(_) => "反馈",
        Event::Promised(_) => "承诺",
        Event::ClosureSubmitted { .. } => "报审",
        Event::ClosureReturned { .. } => "退回",
        Event::ClosureApproved { .. } => "审核同意",
        Event::Delivered { .. } => "送达",
        Event::Visited(_) => "走访",
        Event::ReturnVisited(_) => "回访",
        Event::Closed { .. } => "办结",
        Event::ClockStarted(_) | Event::ClockStopped { .. } | Event::ClockMoved { .. } => return None,
        Event::FieldNote(_) => "记事",
        Event::MaterialRequested(_) => "要求补充材料",
        Event::MaterialReceived { .. } => "收到补充材料",
        Event::Ordered(_) => "交办",
        Event::Notified(_) => "书面告知",
        Event::PaperNamed(_) => "登记系统外文书",
        Event::LetterStamped { .. } => "来信戳记",
        Event::Objected(_) => "提出异议",
        Event::ObjectionDecided(_) => "答复异议",
        Event::Recalled(_) => "收回",
        Event::Succeeded(_) => "单位承继",
        Event::CoHandlerAsked(_) => "请单位协办",
        Event::CoHandlerReleased { .. } => "收回协办",
        Event::CoHandlerAnswered { .. } => "协办反馈",
        Event::PromiseKept(_) => "承诺兑现",
        Event::HearingHeld(_) => "听证",
        Event::Reported(_) => "报告",
        Event::MediationBegun(_) => "开始调解",
        Event::MediationEnded(_) => "结束调解",
        Event::AgreementConfirmed { .. } => "司法确认",
        Event::ReviewRequested(_) => "申请复查复核",
        Event::ReviewDecided(_) => "复查复核意见",
        Event::ReviewDelivered { .. } => "复查复核意见送达",
        Event::Proposed(_) => "报批",
        Event::ProposalApproved { .. } => "批准",
        Event::ProposalRefused { .. } => "不批准",
        Event::ProposalRetracted { .. } => "撤回报批",
        Event::Extended(_) => "延期",
        Event::Reopened(_) => "重开",
        Event::Settled { .. } => "化解",
        Event::SettleVetoed(_) => "不认定化解",
        Event::Archived(_) => "存档",
        Event::IntakeLinked(_) => "并入重件",
        Event::HandedOver(_) => "换承办人",
        Event::OpinionSigned(_) => "签发处理意见书",
        Event::ReviewTaken { .. } => "受理复查复核申请",
        Event::ReviewWithdrawn(_) => "撤回复查复核申请",
        Event::Overseen(_) => "督办",
        Event::OversightAnswered { .. } => "答复督办",
        Event::OldCaseEntered(_) => "列入积案台账",
        Event::CaseTakenOn(_) => "领导包案",
        Event::ContractNoted(_) => "包案进展和意见",
        Event::StruckOff(_) => "积案销号",
        Event::ObserverAdmitted(_) => "请人旁听查看",
        Event::ObserverDismissed { .. } => "结束旁听查看",
        Event::Voiced(_) => "信访人的话",
        Event::VoiceAnswered { .. } => "答复信访人的话",
    })
}

fn publication(step: PublicationStep) -> &'static str {
    match step {
        PublicationStep::Read => "查看原文",
        PublicationStep::Agreed => "信访人同意公开",
        PublicationStep::Refused => "信访人不同意公开",
        PublicationStep::Proposed => "提请",
        PublicationStep::Returned => "退回修改",
        PublicationStep::Published => "核对公示",
        PublicationStep::Withdrawn => "撤下",
        PublicationStep::Pleaded => "有人请求撤下",
        PublicationStep::Kept => "不撤下",
    }
}
