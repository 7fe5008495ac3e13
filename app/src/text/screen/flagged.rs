//! Words of the list of records that did not fit.

/// Heading.
pub const TITLE: &str = "需要留意的记录";
/// What it is.
pub const NOTE: &str = "下面的记录都已经收下，只是有地方对不上。请看一看，要不要问记录人。";
/// Nothing.
pub const EMPTY: &str = "没有需要留意的记录";
/// How they get here.
pub const EMPTY_NOTE: &str = "走访和回访的记录有对不上的地方，或者照片、录音丢了，会出现在这里。";
/// Opens the matter.
pub const OPEN: &str = "看事项：";
/// Before what an earlier record says.
pub const WAS: &str = "原来的";
/// Before what the record says.
pub const SAYS: &str = "这条";
/// Older ones are not listed.
#[must_use]
pub fn latest(n: usize) -> String {
    ["这里是最近的 ", &n.to_string(), " 条，更早的在各件事项里看。"].concat()
}
