//! 公示, in words for officials: how it stands, and what stands against it.

use case_core::mask::running::Particular;
use case_core::wire::publication::{Hurdle, PublicationState};

/// How it stands.
#[must_use]
pub fn state(state: PublicationState) -> &'static str {
    match state {
        PublicationState::Proposed => "待核对",
        PublicationState::Returned => "退回修改",
        PublicationState::Published => "已公示",
        PublicationState::Withdrawn => "已撤下",
    }
}

/// Why it cannot be published.
#[must_use]
pub fn hurdle(hurdle: Hurdle) -> &'static str {
    match hurdle {
        Hurdle::NoConsent => "信访人没有同意公开，不能公示。问过本人、本人同意了，先记下来。",
        Hurdle::Anonymous => "信访人不愿意留姓名，这件事不公示。",
        Hurdle::Unanswered => "答复还没有送到信访人手里，送到以后才能公示。",
    }
}

/// What is found.
#[must_use]
pub fn particular(kind: Particular) -> &'static str {
    match kind {
        Particular::Name => "姓名",
        Particular::Phone => "电话",
        Particular::Identity => "证件号",
        Particular::Plate => "车牌",
        Particular::Card => "银行卡号",
        Particular::Account => "账号或编号",
        Particular::Address => "住址",
    }
}

/// A particular that is certain is still there.
#[must_use]
pub fn still_there(word: &str) -> String {
    ["公示的文字里还有“", word, "”，这是个人信息。请去掉再提交，改好的内容都还在。"].concat()
}

/// Four eyes.
pub const OWN: &str = "自己提请的，自己不能核对。请另一位审核人员来核对。";
/// Something else stands there now.
pub const CHANGED: &str = "这件公示刚才有人改过。请刷新，看过最新的内容再办。";
/// Sent back without a word.
pub const NO_WORDS: &str = "退回要写明改哪里。请在“要改什么”里写一句。";
