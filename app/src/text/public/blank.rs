//! 信访事项登记表, the paper.

/// Its name.
pub const TITLE: &str = "信访事项登记表";
/// How to use it.
pub const HOW: &str = "打印出来，用笔填，送到信访局窗口，交给来走访的干部，或者寄来都行。窗口当场给您回执。";
/// The button.
pub const PRINT: &str = "打印这张表";
/// Without a script.
pub const KEEP: &str = "用浏览器菜单里的“打印”，一张纸正好。家里没有打印机，村委会、信访局窗口都能要到这张表。";
/// The other way.
pub const ONLINE: &str = "在网上填";
/// In every page's foot.
pub const LINK: &str = "打印纸质登记表";
/// 编号.
pub const NUMBER: &str = "表号";
/// What the code is.
pub const CODE: &str = "表号的二维码，登记时扫";
/// 姓名.
pub const NAME: &str = "姓名";
/// 电话.
pub const PHONE: &str = "电话";
/// 住址.
pub const ADDRESS: &str = "住址";
/// 属地.
pub const PLACE: &str = "事情在哪里";
/// 目的.
pub const PURPOSE: &str = "哪一类";
/// 内容.
pub const TEXT: &str = "什么事（什么时候、在哪里、怎么回事，找过谁）";
/// 诉求.
pub const DEMANDS: &str = "想要怎么解决";
/// 公开意愿.
pub const PUBLISH: &str = "办完能不能公开";
/// Off where nothing is ticked.
pub const PUBLISH_CHOICE: &str = "□ 同意隐去姓名、电话、住址后公开　（不勾就不公开）";
/// 代填人.
pub const HELPER: &str = "代填人和关系（自己填的空着）";
/// Signature.
pub const SIGN: &str = "本人签名或按指印";
/// Date.
pub const DATE: &str = "　　　　年　　月　　日";
/// Where it goes.
pub const WHERE: &str = "交到或寄到：";
/// 检举控告.
pub const NOT_HERE: &str = "举报干部、单位违纪违法的，不要写在这张表上，请到窗口说“要保密登记”，或打 12388。";

/// 致.
#[must_use]
pub fn to(office: &str) -> String {
    ["致：", office].concat()
}
