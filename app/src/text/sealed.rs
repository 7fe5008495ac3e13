//! 检举控告: stages, steps, organs, why the channel refused, and what the petitioner is told.

use case_core::sealed::{OrganKind, SealedRefusal, SealedStage, SealedStep};
use chrono::NaiveDate;

use crate::format;

/// 阶段.
#[must_use]
pub fn stage(stage: SealedStage) -> &'static str {
    match stage {
        SealedStage::Received => "已收",
        SealedStage::Opened => "已拆阅",
        SealedStage::HandedOver => "已移送",
        SealedStage::Closed => "已办结",
    }
}

/// A line of the journal.
#[must_use]
pub fn step(step: SealedStep) -> &'static str {
    match step {
        SealedStep::Register => "登记",
        SealedStep::Read => "拆阅",
        SealedStep::HandOver => "移送",
        SealedStep::Close => "办结",
    }
}

/// 接收机关的性质.
#[must_use]
pub fn organ(organ: OrganKind) -> &'static str {
    match organ {
        OrganKind::Discipline => "纪检监察机关",
        OrganKind::Organisation => "组织（人事）部门",
        OrganKind::Competent => "其他有权处理的机关",
    }
}

/// Why not, and what to do.
#[must_use]
pub fn refusal(why: SealedRefusal) -> &'static str {
    match why {
        SealedRefusal::NotOpen => {
            "保密渠道还没有开通，没有登记，填好的内容还在。请先用纸件封好交给纪检监察机关，并告诉系统管理员开通渠道。"
        }
        SealedRefusal::NobodyMayKnow => {
            "渠道专员都跟被反映的人或者单位有关，不能收这一件，没有登记。请用纸件封好，直接交上一级机关。"
        }
        SealedRefusal::NoAccused => {
            "还没有写被反映的人或者单位。写了，系统才知道不能让谁看到；实在不知道，姓名写“不详”。"
        }
        SealedRefusal::WrongPassphrase => {
            "口令不对，没有打开。请再输一次；口令谁也找不回来，忘了请由另一位渠道专员来拆。"
        }
        SealedRefusal::WeakPassphrase => "新口令太短，没有换。至少十二个字，用几个不相干的词最好。",
        SealedRefusal::ReceiverAccused => "这个单位就是被反映的单位，不能交给它。请另选接收机关。",
        SealedRefusal::ReceiverUnderAccused => "这个单位归被反映的一方管，不能交给它。请另选接收机关。",
        SealedRefusal::ReceiverOfAccused => "被反映的人就在这个单位，不能交给它。请另选接收机关。",
        SealedRefusal::NoReceiver => "没有写清交给哪个机关。请选一个单位，或者写一个机关的名称，只用一种。",
        SealedRefusal::WrongStage => "现在这一步还不能做：先拆阅，再移送，移送以后才能办结。请刷新看看最新情况。",
        SealedRefusal::BadDay => "日期不对：收到和移送的日期不能晚于今天，移送不能早于收到。请改日期。",
        SealedRefusal::Stale => "另一位专员刚刚办了一步，这一步没有做。请重新打开看看，再决定。",
    }
}

/// To the petitioner: it lies with the channel.
pub const PUBLIC_RECEIVED: &str = "已收到您反映的情况";
/// To the petitioner: it was handed over.
pub const PUBLIC_HANDED_OVER: &str = "已转交有权处理的机关";

/// To the petitioner: since when.
#[must_use]
pub fn public_days(received: NaiveDate, handed_over: Option<NaiveDate>) -> String {
    let received = ["收到日期：", &format::full_day(received), "。"].concat();
    match handed_over {
        Some(day) => [&received, "转交日期：", &format::full_day(day), "。结果由该机关按规定告诉您。"].concat(),
        None => [&received, "由专人拆阅，内容不公开。"].concat(),
    }
}
