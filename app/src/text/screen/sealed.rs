//! Words of the sealed channel's screens.

/// The section, and the name of every line in it.
pub const TITLE: &str = "保密件";
/// What this list is.
pub const NOTE: &str = "这里只列您可以拆阅的检举控告件。每拆一次，都记下谁、什么时候、为什么。";
/// None.
pub const NONE: &str = "现在没有您可以拆阅的保密件。";
/// Registers one.
pub const REGISTER: &str = "保密登记";
/// 收到日期.
pub const RECEIVED: &str = "收到日期";
/// 移送期限.
pub const HAND_OVER_BY: &str = "最晚移送（《信访工作条例》第二十二条，收到起十五天）";
/// Opens one.
pub const OPEN: &str = "拆阅";
/// Opens that one, for who hears the button only.
#[must_use]
pub fn open_which(number: &str) -> String {
    ["拆阅 ", number].concat()
}
/// The officer's passphrase.
pub const PASSPHRASE: &str = "您的口令";
/// About it.
pub const PASSPHRASE_HINT: &str = "不是登录密码。系统不保存，忘了谁也找不回来。";
/// 拆阅事由.
pub const REASON: &str = "为什么拆阅";
/// While it is opened.
pub const OPENING: &str = "正在拆阅";
/// Wipes it from the screen.
pub const PUT_AWAY: &str = "看完，收起";
/// About what is on the screen.
pub const ON_SCREEN: &str = "内容只显示这一次，收起或者离开这一页就没有了。请不要拍照、抄传。";
/// Heading.
pub const CONTENT: &str = "反映的内容";
/// Heading.
pub const ACCUSED: &str = "被反映方";
/// 反映人.
pub const PETITIONER: &str = "反映人";
/// No name.
pub const ANONYMOUS: &str = "匿名";
/// Named.
pub const NAMED: &str = "实名";
/// Who reports.
pub const HOW_NAMED: &str = "实名还是匿名";
/// Heading.
pub const JOURNAL: &str = "经过";
/// Hands over.
pub const HAND_OVER: &str = "记下移送";
/// What that is.
pub const HAND_OVER_NOTE: &str = "材料请按规定当面或者机要送交，系统不发送，这里只记下交给了谁。";
/// 接收机关的性质.
pub const ORGAN: &str = "接收机关的性质";
/// A unit of the county.
pub const UNIT: &str = "本县的单位";
/// Another organ.
pub const OTHER_ORGAN: &str = "别的机关";
/// About the list of units.
pub const UNIT_NOTE: &str = "被反映的一方和归它管的单位不在里面。";
/// 移送日期.
pub const HANDED_ON: &str = "移送日期";
/// It was put on record.
pub const HANDED_OVER: &str = "移送已记下。";
/// Closes.
pub const CLOSE: &str = "办结";
/// 办结说明.
pub const CLOSE_NOTE: &str = "办结说明";
/// It was closed.
pub const CLOSED: &str = "已办结。";
/// Changes the passphrase.
pub const CHANGE: &str = "换口令";
/// As it is.
pub const OLD: &str = "原来的口令";
/// As it shall be.
pub const NEW: &str = "新口令";
/// About the new one.
pub const NEW_HINT: &str = "至少十二个字，用几个不相干的词最好。";
/// Once more.
pub const AGAIN: &str = "再输一遍新口令";
/// They differ.
pub const DIFFERS: &str = "两遍不一样，请再输一遍。";
/// It was changed.
pub const CHANGED: &str = "口令已换。";

/// Heading of the form.
pub const FORM_TITLE: &str = "保密登记（检举控告）";
/// What becomes of it.
pub const FORM_NOTE: &str = "检举、控告干部或者单位的，在这里登记。交上去以后只有渠道专员能看，您自己也看不到了；这台设备上不留底稿，请一次填完。";
/// For who registers other matters only.
pub const ELSEWHERE: &str = "检举控告不在这里登记，也不要写进事项里。请信访人当面或者写信交县信访局保密登记，或者直接向纪检监察机关反映。这里写的没有存下来，也没有交上去。";
/// The purpose, in the form for all others.
pub const PURPOSE: &str = "检举控告";
/// Back to that form.
pub const BACK: &str = "不是检举控告，回普通登记";
/// 信访形式.
pub const CHANNEL: &str = "信访形式";
/// 反映的内容.
pub const TEXT: &str = "反映的内容";
/// About it.
pub const TEXT_HINT: &str = "照原话原文记，不改、不删。";
/// Heading.
pub const WHOM: &str = "反映谁";
/// Why that matters.
pub const WHOM_NOTE: &str = "请写全。写了的人和单位，连同归它管的单位，都看不到这一件，也不会转给它们。";
/// A person.
pub const PERSON: &str = "被反映人姓名";
/// 职务.
pub const OFFICE: &str = "职务";
/// 所在单位.
pub const PERSON_UNIT: &str = "所在单位";
/// 被反映的单位.
pub const ACCUSED_UNIT: &str = "被反映的单位";
/// Another person.
pub const MORE_PERSONS: &str = "再加一个人";
/// Another unit.
pub const MORE_UNITS: &str = "再加一个单位";
/// Removes one.
pub const REMOVE: &str = "去掉";
/// 姓名.
pub const NAME: &str = "姓名";
/// 联系电话.
pub const PHONE: &str = "联系电话";
/// 住址.
pub const ADDRESS: &str = "住址";
/// The button.
pub const DO: &str = "封存并出回执";
/// While it is done.
pub const DOING: &str = "正在封存";
/// It is done.
pub const DONE: &str = "已经封存，交给渠道专员";
/// The next one.
pub const ANOTHER: &str = "再登记一件";
/// 查询口令.
pub const WORD: &str = "查询口令";
/// How to look up.
#[must_use]
pub fn slip_say(url: &str) -> String {
    ["扫码，或打开 ", url, "，输入查询码，第二格填查询口令，就能查转交了没有。查询码和口令不要给别人看。"].concat()
}
