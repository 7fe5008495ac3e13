//! Labels of the forms at a matter's file.

/// 告知书送达日期.
pub const NOTICE_DAY: &str = "受理告知书送达日期";
/// 责任单位.
pub const UNIT: &str = "责任单位";
/// 承办人.
pub const HANDLER: &str = "承办人";
/// 反馈.
pub const FEEDBACK: &str = "告诉信访人什么";
/// Help.
pub const FEEDBACK_HINT: &str = "用大白话写，信访人凭查询码能看到。";
/// 承诺.
pub const PROMISE: &str = "答应了什么";
/// Help.
pub const PROMISE_HINT: &str = "信访人凭查询码能看到，到期会提醒。";
/// Until when.
pub const PROMISE_DAY: &str = "哪天以前做到";
/// 送达方式.
pub const MODE: &str = "怎么送的";
/// 送达日期.
pub const DELIVERED: &str = "送达日期";
/// 签收 or 拒收.
pub const SIGNED: &str = "签收还是拒收";
/// 信访人意见.
pub const OPINION_OF_PETITIONER: &str = "信访人意见";
/// Heading of the closure form.
pub const CLOSURE: &str = "报审核";
/// What it is.
pub const CLOSURE_NOTE: &str = "每项诉求都要写明查明的事实、答复和依据。写的内容随时存在本机。";
/// 查明的事实.
pub const FINDING: &str = "查明的事实";
/// 支持、解释、不支持.
pub const CONCLUSION: &str = "怎么答复";
/// 依据.
pub const BASIS: &str = "法律法规依据";
/// 落实.
pub const PERFORMED: &str = "落实情况";
/// Done.
pub const DONE: &str = "已落实";
/// Promised.
pub const PROMISED: &str = "答应落实";
/// Nothing to do.
pub const NOTHING: &str = "不需要落实";
/// When it was done.
pub const DONE_ON: &str = "哪天落实的";
/// What proves it.
pub const EVIDENCE: &str = "有什么凭据";
/// Until when.
pub const PROMISED_BY: &str = "哪天以前落实";
/// 处理意见书.
pub const OPINION: &str = "处理意见书";
/// Help.
pub const OPINION_HINT: &str = "信访人会拿到这份书面答复。";
/// 化解手段.
pub const MEASURES: &str = "化解手段";
/// 送达方案.
pub const DELIVERY_PLAN: &str = "准备怎么送达";
