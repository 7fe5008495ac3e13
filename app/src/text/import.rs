//! Importing: row problems, notes and file errors, from plain arguments. The import crate has its
//! own types; the server matches them and calls these.

/// What can be imported.
#[must_use]
pub fn kind(code: &str) -> &'static str {
    match code {
        "divisions" => "行政区划",
        "households" => "住户",
        "matters" => "信访事项",
        _ => "其他",
    }
}

/// 缺少.
#[must_use]
pub fn missing(field: &str) -> String {
    ["没有填“", field, "”"].concat()
}

/// Not a day: such as 30 February.
#[must_use]
pub fn impossible_date(value: &str) -> String {
    ["没有“", value, "”这一天"].concat()
}

/// A date in a form that is not known.
#[must_use]
pub fn bad_date(value: &str) -> String {
    ["看不懂日期“", value, "”，请写成 2025-05-03 这样"].concat()
}

/// A day that has not come.
#[must_use]
pub fn future_date(value: &str) -> String {
    ["日期“", value, "”还没有到"].concat()
}

/// 代码有误.
#[must_use]
pub fn bad_code(value: &str, digits: usize) -> String {
    ["代码“", value, "”不对，应当是 ", &digits.to_string(), " 位数字"].concat()
}

/// 代码丢位.
#[must_use]
pub fn code_lost_digits(value: &str) -> String {
    ["代码变成了“", value, "”，后面的数字丢了。请把这一列设成文本再存"].concat()
}

/// 村代码不在乡镇代码之下.
#[must_use]
pub fn code_not_under_town(village: &str, town: &str) -> String {
    ["村代码“", village, "”不在乡镇代码“", town, "”之下"].concat()
}

/// 同一代码名称不同.
#[must_use]
pub fn same_code_other_name(first_row: u32, first_name: &str, name: &str) -> String {
    ["代码和第 ", &first_row.to_string(), " 行相同，那里叫“", first_name, "”，这里叫“", name, "”"].concat()
}

/// 同一编号内容不同.
#[must_use]
pub fn same_key_other_content(first_row: u32) -> String {
    ["编号和第 ", &first_row.to_string(), " 行相同，内容不同"].concat()
}

/// 同一户的村不同.
#[must_use]
pub fn places_differ(first_row: u32, first_place: &str, place: &str) -> String {
    ["同一户在第 ", &first_row.to_string(), " 行写的是“", first_place, "”，这里写的是“", place, "”"].concat()
}

/// No such place.
#[must_use]
pub fn unknown_place(town: &str, village: &str) -> String {
    ["找不到“", town, " ", village, "”，请先导入行政区划，或者核对地名"].concat()
}

/// 编号是身份证号.
pub const KEY_IS_ID_NUMBER: &str = "编号是身份证号，不能用。请换成户编号";
/// 字符无法识别.
pub const DAMAGED_CHARACTERS: &str = "有的字已经损坏，认不出来";
/// 引号没有成对.
pub const UNCLOSED_QUOTE: &str = "引号没有成对，后面的内容分不清";
/// 这一行不完整.
pub const TRUNCATED: &str = "这一行不完整，后面断了";
/// 这一行格式不对.
pub const BAD_LINE: &str = "这一行的格式不对";
/// 不是一条记录.
pub const NOT_A_RECORD: &str = "这一行不是一条记录";
/// Neither text nor a number.
pub const WRONG_TYPE: &str = "这里应当是文字或数字";

/// 内容太长.
#[must_use]
pub fn too_long(limit: usize, found: usize) -> String {
    ["有 ", &found.to_string(), " 个字，最多 ", &limit.to_string(), " 个"].concat()
}

/// 这一行太长.
#[must_use]
pub fn line_too_long(limit: usize) -> String {
    ["这一行太长，超过了 ", &crate::format::bytes(limit as u64)].concat()
}

/// A problem in a column: 手机号：….
#[must_use]
pub fn in_field(field: &str, reason: &str) -> String {
    [field, "：", reason].concat()
}

/// 提示 about a row.
#[must_use]
pub fn in_row(row: u32, note: &str) -> String {
    ["第 ", &row.to_string(), " 行：", note].concat()
}

/// 重复行.
#[must_use]
pub fn repeated_row(first_row: u32) -> String {
    ["和第 ", &first_row.to_string(), " 行一样，只算一次"].concat()
}

/// 没有户主.
pub const HEAD_ASSUMED: &str = "没有写户主，把第一个人当作户主";
/// 编号取自上一行.
pub const KEY_FROM_ABOVE: &str = "没有编号，算作上一行那一户";
/// 组别不同.
pub const GROUPS_DIFFER: &str = "同一户的组别不同，用了第一个";
/// 答复早于留言.
pub const REPLY_BEFORE_MESSAGE: &str = "答复时间早于信访时间，照原样导入";
/// 有答复没有答复时间.
pub const REPLY_WITHOUT_TIME: &str = "有答复，没有答复时间";
/// 合计、制表人等行.
pub const FOOTER_LEFT_OUT: &str = "表尾的合计、制表人等，没有导入";

/// 两个户主.
#[must_use]
pub fn second_head(first_row: u32) -> String {
    ["户主已经在第 ", &first_row.to_string(), " 行，这个人算作家庭成员"].concat()
}

/// 出生日期只取年份.
#[must_use]
pub fn birth_year_only(value: &str) -> String {
    ["出生日期“", value, "”有疑问，只取年份"].concat()
}

/// 看不懂，未录入.
#[must_use]
pub fn not_understood(value: &str) -> String {
    ["“", value, "”看不懂，没有录入"].concat()
}

/// 内容已截短.
#[must_use]
pub fn cut_short(kept: usize) -> String {
    ["内容太长，只留了前 ", &kept.to_string(), " 个字"].concat()
}

/// 证件号码未录入.
#[must_use]
pub fn id_numbers_left_out(cells: usize) -> String {
    ["有 ", &cells.to_string(), " 个身份证号，按规定没有录入"].concat()
}

/// 银行卡号未录入.
#[must_use]
pub fn bank_cards_left_out(cells: usize) -> String {
    ["有 ", &cells.to_string(), " 个银行卡号，按规定没有录入"].concat()
}

/// 文字里的证件号或卡号已去掉.
#[must_use]
pub fn long_numbers_removed(cells: usize) -> String {
    ["有 ", &cells.to_string(), " 处文字里夹着证件号或卡号，已经去掉"].concat()
}

/// 不认识的列.
#[must_use]
pub fn columns_left_out(names: &[String]) -> String {
    ["这些列没有导入：", &names.join("、")].concat()
}

/// 其他工作表未读.
#[must_use]
pub fn sheets_left_out(names: &[String]) -> String {
    ["只读了一张工作表，这些没有读：", &names.join("、")].concat()
}

/// 空文件.
pub const FILE_EMPTY: &str = "文件是空的。";
/// 不支持的格式.
pub const FILE_UNKNOWN_FORMAT: &str = "这种文件读不了。请用电子表格存成表格文件或逗号分隔的文本。";
/// 网页表格.
pub const FILE_WEB_PAGE: &str = "这是一个网页，不是表格。请打开后另存为表格文件。";
/// 文件有密码.
pub const FILE_PASSWORD: &str = "文件有密码。请去掉密码再导入。";
/// 文件已损坏.
pub const FILE_DAMAGED: &str = "文件坏了，打不开。请重新导出一份。";
/// 没有工作表.
pub const FILE_NO_SHEET: &str = "文件里没有工作表。";
/// 编码无法识别.
pub const FILE_UNKNOWN_ENCODING: &str = "文件的文字编码认不出来。请存成表格文件再导入。";

/// 文件太大.
#[must_use]
pub fn file_too_large(limit: u64) -> String {
    ["文件太大，最多 ", &crate::format::bytes(limit), "。请分成几个文件。"].concat()
}

/// 行数太多.
#[must_use]
pub fn file_too_many_rows(limit: usize) -> String {
    ["行数太多，一次最多 ", &limit.to_string(), " 行。请分成几个文件。"].concat()
}

/// 找不到表头.
#[must_use]
pub fn file_no_header(nearest_row: Option<u32>, missing: &[&str]) -> String {
    let listed = missing.join("、");
    match nearest_row {
        Some(row) => ["第 ", &row.to_string(), " 行像是表头，但是缺少这些列：", &listed, "。"].concat(),
        None => ["找不到表头。表里要有这些列：", &listed, "。"].concat(),
    }
}

/// 上门改过的和这次导入的不一样.
#[must_use]
pub fn kept(head: &str, address: &str, field: &str, here: &str, brought: &str) -> String {
    [head, "家（", address, "）的", field, "：现在是“", here, "”，这次导入的是“", brought, "”，没有改，请核对"].concat()
}

/// More of these than are listed.
#[must_use]
pub fn more_kept(n: usize) -> String {
    ["还有 ", &n.to_string(), " 处和现在的户册不一样，也没有改"].concat()
}

/// How an import stands: 640 / 1500 行 · 新增 631 · 已有 7 · 改了 0 · 错 2.
#[must_use]
pub fn progress(done: u32, total: u32, added: u32, unchanged: u32, updated: u32, bad: u32) -> String {
    let n = |count: u32| count.to_string();
    let mut words = [n(done).as_str(), " / ", &n(total), " · 新增 ", &n(added), " · 已有 ", &n(unchanged)].concat();
    if updated > 0 {
        words = [&words, " · 更新 ", &n(updated)].concat();
    }
    [&words, " · 错 ", &n(bad)].concat()
}

/// 对得上的不止一个.
#[must_use]
pub fn ambiguous_place(town: &str, village: &str, candidates: &[String]) -> String {
    ["“", town, " ", village, "”对得上的不止一个：", &candidates.join("、"), "。请写全名"].concat()
}

/// A row of a division list that names no division.
pub const NOT_A_DIVISION: &str = "这一行的代码或名称用不了";
/// A household that cannot be kept.
pub const NOT_A_HOUSEHOLD: &str = "这一户的户主姓名或地址用不了";
/// A matter that cannot be kept.
pub const NOT_A_MATTER: &str = "这一件的标题或内容用不了";
/// The store failed in the middle.
pub const STORE_FAILED: &str = "服务器暂时存不进去，前面的已经存好。请过一会儿再导入同一个文件，不会重复。";

/// A column, by its code.
#[must_use]
pub fn field(code: &str) -> &'static str {
    match code {
        "village_code" => "村级代码",
        "village" => "村（社区）",
        "town_code" => "乡镇街道代码",
        "town" => "乡镇街道",
        "county" => "县区",
        "city" => "市",
        "province" => "省",
        "source_key" => "编号",
        "group" => "组别",
        "name" => "姓名",
        "head_name" => "户主姓名",
        "relation" => "与户主关系",
        "sex" => "性别",
        "ethnicity" => "民族",
        "birth" => "出生日期",
        "phone" => "联系电话",
        "remark" => "备注",
        "id_number" => "身份证号",
        "bank_card" => "银行卡号",
        "title" => "标题",
        "body" => "内容",
        "received_at" => "信访日期",
        "reply" => "答复意见",
        "replied_at" => "答复时间",
        "petitioner" => "信访人",
        "category" => "问题类别",
        _ => "这一列",
    }
}
