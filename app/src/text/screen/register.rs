//! Words of registration and of the receipt.

/// Heading.
pub const TITLE: &str = "登记信访事项";
/// First group.
pub const HOW: &str = "怎么来的";
/// 信访形式.
pub const CHANNEL: &str = "信访形式";
/// 信访日期.
pub const RECEIVED: &str = "信访日期";
/// 初件/重件.
pub const INTAKE: &str = "初件还是重件";
/// Second group.
pub const WHO: &str = "信访人";
/// 姓名.
pub const NAME: &str = "姓名";
/// 联系电话.
pub const PHONE: &str = "联系电话";
/// Why.
pub const PHONE_HINT: &str = "查询进度时要核对后四位；没有电话就核对姓名。";
/// 住址.
pub const ADDRESS: &str = "住址";
/// Third group.
pub const WHAT: &str = "事项";
/// 标题.
pub const MATTER_TITLE: &str = "标题";
/// 投诉内容.
pub const CONTENT: &str = "内容";
/// Help.
pub const CONTENT_HINT: &str = "要求什么，事情的经过，为什么这样要求。";
/// 诉求.
pub const DEMAND: &str = "诉求";
/// Another demand.
pub const MORE_DEMANDS: &str = "再加一项诉求";
/// Removes one.
pub const REMOVE_DEMAND: &str = "去掉这一项";
/// 信访目的.
pub const PURPOSE: &str = "信访目的";
/// 内容分类.
pub const CATEGORY: &str = "内容分类";
/// The button.
pub const DO: &str = "登记并出回执";
/// While it is being done.
pub const DOING: &str = "正在登记";
/// It is done.
pub const REGISTERED: &str = "已经登记";
/// Opens the file.
pub const OPEN: &str = "看这件事";
/// The next one.
pub const ANOTHER: &str = "再登记一件";
/// Heading of the receipt.
pub const RECEIPT: &str = "收件回执";
/// 编号.
pub const NUMBER: &str = "编号";
/// 事项.
pub const RECEIPT_MATTER: &str = "事项";
/// 信访人.
pub const RECEIPT_PETITIONER: &str = "信访人";
/// 登记时间.
pub const RECEIPT_AT: &str = "登记时间";
/// 登记人.
pub const RECEIPT_BY: &str = "登记人";
/// 联系电话.
pub const RECEIPT_PHONE: &str = "联系电话";
/// 查询码.
pub const QUERY_CODE: &str = "查询码";
/// The picture.
pub const QR: &str = "查询二维码";
/// Shown once.
pub const RECEIPT_ONCE: &str = "查询码只显示这一次，请现在打印，或抄给信访人。";
/// Prints.
pub const PRINT: &str = "打印回执";
/// 口令.
pub const WORD: &str = "口令";
/// The second answer.
pub const BY_PHONE: &str = "手机号后四位";
/// The second answer.
pub const BY_NAME: &str = "登记时写的姓名";
/// How to look up; `second` is what is asked beside the code.
#[must_use]
pub fn receipt_say(url: &str, second: &str) -> String {
    ["扫码，或打开 ", url, "，输入查询码和", second, "，就能查办到哪一步。查询码不要给别人看。"].concat()
}
/// 重件: the number of the matter.
pub const LINKED_TO: &str = "并入事项编号";
/// How to look up what a repeated intake was linked to.
#[must_use]
pub fn linked_say(url: &str) -> String {
    ["这件已经并入原来的事项一起办。打开 ", url, "，用第一次登记时给的查询码，就能查办到哪一步。"].concat()
}
/// The place for the seal.
#[must_use]
pub fn seal(office: &str) -> String {
    [office, "（盖章）"].concat()
}
/// 直接收到.
pub const DIRECT: &str = "是信访人直接交到这里的吗";
/// Help.
pub const DIRECT_HINT: &str = "直接交到乡镇或者单位的，收到的机关十五天内要书面告知信访人。别处转来的选“否”。";
/// 初次信访.
pub const FIRST: &str = "是不是第一次信访";
/// 信访人数.
pub const PEOPLE: &str = "来了几个人";
/// Help.
pub const PEOPLE_HINT: &str = "只有一个人来的不用填。";
/// 代表.
pub const REPRESENTATIVES: &str = "推选的代表";
/// Help.
pub const REPRESENTATIVES_HINT: &str = "几个人一起来的，写代表的姓名，一行一位，最多五位。";
/// A number that is none.
pub const NOT_A_NUMBER: &str = "来了几个人要填数字，比如 6。";
/// 纸表编号.
pub const FORM_NUMBER: &str = "纸表的表号";
/// How to fill it in.
pub const FORM_NUMBER_HINT: &str = "照着纸质登记表填的，扫右上角的码，或者抄十位数字。";
/// Not one.
pub const NOT_A_FORM_NUMBER: &str = "表号是十位数字，有一位不对，请对着纸表再看一遍。";
/// Heading of what looks alike.
pub const ALIKE: &str = "看起来像同一件事";
/// Beside the form.
pub const ALIKE_NOTE: &str = "又来反映同一件事的，并进原来的事项，不另登记。";
/// Before it is saved.
pub const ALIKE_ASK: &str = "先看看是不是同一件事，再选一样。填好的内容都还在。";
/// Links.
pub const LINK: &str = "并入这件，算重件";
/// Keeps apart.
pub const APART: &str = "都不是，登记为新事项";
/// It is linked.
pub const LINKED: &str = "已经并入，算重件";
/// 已有 2 件.
#[must_use]
pub fn intakes(n: u16) -> String {
    ["已收 ", &n.to_string(), " 件"].concat()
}

/// Why what came over the network is put away.
#[must_use]
pub fn merged_into(number: &str) -> String {
    ["和编号 ", number, " 是同一件事，已并入那件，算重件。"].concat()
}
