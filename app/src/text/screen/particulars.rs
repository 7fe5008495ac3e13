//! Words of the two things that a file has about who may see it: 查看完整信息, 回避.

use case_core::audit::UnmaskReason;
use case_core::time::Moment;
use chrono::NaiveDate;

use crate::format;

/// The button.
pub const UNMASK: &str = "查看完整信息";
/// Why it is asked.
pub const UNMASK_NOTE: &str = "姓名、电话和住址已经隐去一部分。写明用途后可以看全，查看会记录在案。";
/// The choice.
pub const REASON: &str = "用途";
/// The own words.
pub const WORDS: &str = "说明";
/// When the choice is 其他.
pub const WORDS_NEEDED: &str = "选了“其他”，请写明用途。";
/// The full file is on the screen.
pub const SHOWN: &str = "正在显示完整信息，离开这一页后重新隐去。";

/// What somebody needs the particulars for.
#[must_use]
pub fn unmask_reason(reason: UnmaskReason) -> &'static str {
    match reason {
        UnmaskReason::Call => "电话联系",
        UnmaskReason::Visit => "上门走访",
        UnmaskReason::Deliver => "送达文书",
        UnmaskReason::Identify => "核对身份",
        UnmaskReason::Supervise => "督查核实",
        UnmaskReason::Other => "其他",
    }
}

/// The button, and the section.
pub const RECUSE: &str = "回避";
/// What it does.
pub const RECUSE_NOTE: &str = "与信访事项或者信访人有利害关系的，应当回避（《信访工作条例》第二十八条）。声明以后，这件事在你的电脑和手机上都不再出现，只有审核人员可以撤回。";
/// For the supervisor.
pub const RECUSE_OTHERS_NOTE: &str = "声明以后，这件事在这个人的电脑和手机上都不再出现。";
/// Who.
pub const RECUSE_WHO: &str = "谁回避";
/// Oneself, among the people.
pub const MYSELF: &str = "我自己";
/// Why.
pub const RECUSE_REASON: &str = "回避的原因";
/// An example.
pub const RECUSE_HINT: &str = "例如：信访人是我的亲属";
/// Done.
pub const RECUSED: &str = "已声明回避";
/// The heading of the list.
pub const RECUSALS: &str = "已声明回避的人";
/// Undoes it.
pub const LIFT: &str = "撤回";
/// Undone.
pub const LIFTED: &str = "已撤回";

/// A line: who, since when, by whom.
#[must_use]
pub fn recusal(name: &str, by: &str, at: Moment, today: NaiveDate) -> String {
    if name == by {
        [name, "，", &format::moment(at, today), " 本人声明"].concat()
    } else {
        [name, "，", &format::moment(at, today), " 由", by, "声明"].concat()
    }
}
