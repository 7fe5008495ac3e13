//! Field records on their way to the server: faults, set-aside reasons, flags.

use case_core::field::{Flag, RecordFault, RecordKind};
use case_core::wire::sync::SetAside;

use super::chinese_number;

/// 登门遍访, 上门回访.
#[must_use]
pub fn kind(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::HouseholdVisit => "登门遍访",
        RecordKind::ReturnVisit => "上门回访",
        RecordKind::Reception => "接访",
        RecordKind::Intake => "登记",
        RecordKind::Note => "记事",
        RecordKind::Correction => "更正",
        RecordKind::Evidence => "材料",
        RecordKind::RosterEdit => "户册修改",
    }
}

/// What a form still lacks.
#[must_use]
pub fn fault(fault: &RecordFault) -> String {
    match fault {
        RecordFault::NoDemand { item } => {
            ["反映事项", &chinese_number(usize::from(*item) + 1), "要转成信访事项，请写上要求解决什么。"].concat()
        }
        RecordFault::TooManyItems { max } => ["一次走访最多记 ", &max.to_string(), " 件事，请分开记。"].concat(),
        RecordFault::EndsBeforeStart => "离开时间早于入户时间，请改一下。".to_owned(),
        RecordFault::AnswersDoNotMatch { demands, answers } => {
            ["诉求有 ", &demands.to_string(), " 项，问到了 ", &answers.to_string(), " 项。每项都要问到。"].concat()
        }
        RecordFault::BadPoint => "定位有误，请去掉定位再保存。".to_owned(),
        RecordFault::NoPeople => "来访人数至少是一人，请改一下。".to_owned(),
        RecordFault::NoAttachment => "还没有加照片或录音，加一个再保存。".to_owned(),
        RecordFault::TooManyAttachments { max } => {
            ["一条记录最多带 ", &max.to_string(), " 个照片和录音，请分开记。"].concat()
        }
        RecordFault::AttachmentTooLarge => "有一个照片或录音是空的，或者太大，请拿掉再保存。".to_owned(),
        RecordFault::NoChange => "户册没有改动，不用保存。".to_owned(),
    }
}

/// Why the server set a record aside; it stays on the phone.
#[must_use]
pub fn set_aside(reason: &SetAside) -> String {
    match reason {
        SetAside::Unreadable { .. } => {
            "服务器看不懂这条记录。记录还在本机，请更新软件后再发，还不行就找管理员。".to_owned()
        }
        SetAside::Incomplete { fault: lacking } => ["这条记录还缺内容：", &fault(lacking)].concat(),
        SetAside::IdTaken => "服务器上有一条编号相同、内容不同的记录。这条还在本机，请重新记一次。".to_owned(),
        SetAside::TooLarge => "这条记录太大，服务器没有收。记录还在本机，请删短后再发。".to_owned(),
    }
}

/// What does not fit about a record that was taken in.
#[must_use]
pub fn flag(flag: Flag) -> &'static str {
    match flag {
        Flag::UnknownHousehold => "服务器上没有这一户",
        Flag::UnknownMatter => "服务器上没有这件事",
        Flag::OutOfArea => "不在记录人的责任区",
        Flag::MatterClosed => "记录送到时，这件事已经办结",
        Flag::NotAwaitingReturnVisit => "当时不在待回访，或者问的是上一轮",
        Flag::VisitorIsHandler => "回访人参与过办理，或者是办理单位的人，这次回访不算数",
        Flag::ClockAhead => "手机的时间比服务器快",
        Flag::OtherAuthor => "记录人和登录的人不是同一个",
        Flag::RosterClash => "户册有两个说法，要选一个",
        Flag::CodeNotReserved => "当时给的查询码不能用，换了新的",
        Flag::UnknownRecord => "服务器上没有被更正的那条记录",
        Flag::FileLost => "有照片或录音没有送到",
        Flag::NoFile => "更正的记录没有关联住户或事项，不在任何档案里",
        Flag::TooManyDemands => "诉求太多，多出来的记在事项的“接访、记事和材料”里，请看要不要分开登记",
    }
}
