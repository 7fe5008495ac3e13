//! Words of 空白走访单: one page for each household, to be filled by hand.

/// Title.
pub const TITLE: &str = "登门遍访记录单";
/// What leads there.
pub const PRINT: &str = "打印空白走访单";
/// What it is.
pub const PRINT_NOTE: &str = "没有手机、没有信号的日子用，一户一张";
/// Back.
pub const BACK: &str = "回工作台";
/// Above the number.
pub const NUMBER: &str = "纸表编号：";
/// The code.
pub const ENTRY: &str = "扫码补录";
/// Who lives there.
pub const HEAD: &str = "户主";
/// Where.
pub const ADDRESS: &str = "住址";
/// Who calls (三亮).
pub const VISITORS: &str = "走访人员（三亮）";
/// When.
pub const TIMES: &str = "入户时间、离开时间";
/// To be written.
pub const TIMES_ROOM: &str = "　　月　　日　　时　　分　至　　时　　分";
/// Who signs.
pub const SIGNS: [&str; 2] = ["走访人员签名", "被访人签名（不愿签可以不签）"];
/// What it is for.
pub const PLAIN: &str =
    "没有手机、没有信号时用这张纸记。回来后扫右上角的码，或者在“更多”里填纸表编号，照着补录；一张只补录一次。";
/// Nothing chosen.
pub const CHOOSE: &str = "请先选一个村，再打印。可以在“台账与报告”的遍访覆盖里选。";
/// Nobody lives there.
pub const NONE: &str = "这里没有您能看到的户，没有打印。请换一个村，或者请管理员导入花名册。";

/// Too many at once.
#[must_use]
pub fn too_many(most: usize) -> String {
    ["这里的户太多，一次最多打印 ", &most.to_string(), " 户。请一个村一个村地打印。"].concat()
}

/// 林小溪，网格员，工号 0421；同行：
#[must_use]
pub fn three_lights(name: &str, office: &str, badge: &str) -> String {
    [name, "，", office, "，工号 ", badge, "；同行人员："].concat()
}

/// 第 3 户，共 48 户
#[must_use]
pub fn place(at: usize, of: usize) -> String {
    ["第 ", &at.to_string(), " 户，共 ", &of.to_string(), " 户"].concat()
}
