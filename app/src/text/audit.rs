//! 审计: what a look through everything found.

/// The audit chain.
pub const AUDIT: &str = "审计链";
/// The receipts.
pub const RECEIPTS: &str = "回执链";
/// Nothing was found.
pub const WHOLE: &str = "全部完整，没有发现改动。";
/// For the end of the command.
pub const FAULTS_FOUND: &str = "有改动或缺失，见上面各行";

/// An entry that was altered.
#[must_use]
pub fn altered(chain: &str, seq: i64) -> String {
    [chain, "第 ", &seq.to_string(), " 条：内容被改动"].concat()
}

/// Entries that are not there.
#[must_use]
pub fn missing(chain: &str, from: i64, to: i64) -> String {
    let (from, to) = (from.to_string(), to.to_string());
    if from == to {
        [chain, "第 ", &from, " 条：缺失，它后面一条无法核对"].concat()
    } else {
        [chain, "第 ", &from, " 条到第 ", &to, " 条：缺失，后面一条无法核对"].concat()
    }
}

/// Entries that nobody counted.
#[must_use]
pub fn beyond(chain: &str, seq: i64) -> String {
    [chain, "从第 ", &seq.to_string(), " 条起：是后来塞进来的"].concat()
}

/// The chain is another than the one that was written down.
#[must_use]
pub fn other_chain(chain: &str, length: i64, anchor: &str) -> String {
    [chain, "第 ", &length.to_string(), " 条：与当时记下的锚点 ", anchor, " 不符，整条链被截断或重写过"].concat()
}

/// An entry of a matter's journal.
#[must_use]
pub fn journal_altered(number: &str, seq: u32) -> String {
    ["信访件 ", number, " 流程记录第 ", &seq.to_string(), " 条：被改动、删除或插入"].concat()
}

/// The end of a matter's journal.
#[must_use]
pub fn journal_cut(number: &str) -> String {
    ["信访件 ", number, "：流程记录的末尾缺失"].concat()
}

/// The matter's row.
#[must_use]
pub fn state_differs(number: &str) -> String {
    ["信访件 ", number, "：现在的内容与流程记录不符"].concat()
}

/// The matter's line in the lists.
#[must_use]
pub fn list_differs(number: &str) -> String {
    ["信访件 ", number, "：列表里的一行与信访件不符"].concat()
}

/// An event that was never noted.
#[must_use]
pub fn unknown(number: &str, seq: u32) -> String {
    ["信访件 ", number, " 流程记录从第 ", &seq.to_string(), " 条起：审计链里没有，是后来塞进来的"].concat()
}

/// A matter is gone.
#[must_use]
pub fn matter_missing(matter: &str) -> String {
    ["信访件 ", matter, "：整件缺失"].concat()
}

/// A record is gone.
#[must_use]
pub fn record_missing(seq: i64, record: &str) -> String {
    ["回执第 ", &seq.to_string(), " 号：记录 ", record, " 缺失"].concat()
}

/// A record says something else.
#[must_use]
pub fn record_altered(seq: i64, record: &str) -> String {
    ["回执第 ", &seq.to_string(), " 号：记录 ", record, " 的内容被改动"].concat()
}

/// A record without a receipt.
#[must_use]
pub fn no_receipt(record: &str) -> String {
    ["记录 ", record, "：没有回执，是后来塞进来的，或者回执被删了"].concat()
}

/// An entry that lists would not find, or find as another.
#[must_use]
pub fn listed_wrong(seq: i64) -> String {
    ["审计链第 ", &seq.to_string(), " 条：检索用的种类或信访件被改动"].concat()
}

/// A line of a sealed report's journal.
#[must_use]
pub fn sealed_altered(number: &str, line: u32) -> String {
    ["保密件 ", number, " 记录第 ", &line.to_string(), " 条：被改动、删除或插入"].concat()
}

/// The end of a sealed report's journal.
#[must_use]
pub fn sealed_cut(number: &str) -> String {
    ["保密件 ", number, "：记录的末尾缺失"].concat()
}

/// A sealed report's row.
#[must_use]
pub fn sealed_differs(number: &str) -> String {
    ["保密件 ", number, "：现在的阶段与记录不符"].concat()
}

/// A sealed report is gone.
#[must_use]
pub fn sealed_missing(report: &str) -> String {
    ["保密件 ", report, "：整件缺失"].concat()
}

/// The journal of the sealed channel's keys.
#[must_use]
pub fn sealed_keys(line: u32) -> String {
    ["保密渠道密钥记录第 ", &line.to_string(), " 条：被改动、删除或插入"].concat()
}

/// A document that was altered.
#[must_use]
pub fn document_altered(number: &str, version: u16) -> String {
    ["文书 ", number, " 第 ", &version.to_string(), " 版：内容与出具时不符"].concat()
}

/// A document that is gone.
#[must_use]
pub fn document_missing(document: &str) -> String {
    ["文书 ", document, "：整份缺失"].concat()
}

/// What was looked at beside.
#[must_use]
pub fn looked_at_beside(sealed: u64, documents: u64) -> String {
    ["还核对了保密件 ", &sealed.to_string(), " 件（不用钥匙，不看内容），文书 ", &documents.to_string(), " 份。"]
        .concat()
}

/// What was looked at.
#[must_use]
pub fn looked_at(audit: u64, matters: u64, entries: u64, receipts: u64, anchors: usize) -> String {
    [
        "核对了审计 ",
        &audit.to_string(),
        " 条，信访件 ",
        &matters.to_string(),
        " 件（流程记录 ",
        &entries.to_string(),
        " 条），一线记录 ",
        &receipts.to_string(),
        " 条，锚点 ",
        &anchors.to_string(),
        " 个。",
    ]
    .concat()
}

/// How much does not fit.
#[must_use]
pub fn faults(count: u64) -> String {
    ["发现 ", &count.to_string(), " 处改动或缺失。"].concat()
}

/// The anchors, for paper.
#[must_use]
pub fn write_down(anchors: &str) -> String {
    ["今天的锚点，请抄在纸上，下个月用 --anchor 核对：\n", anchors].concat()
}

/// After a restore.
#[must_use]
pub fn anchors_kept(file: &str) -> String {
    ["恢复以前的锚点改存到 ", file].concat()
}
