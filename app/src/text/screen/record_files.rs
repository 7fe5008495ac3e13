//! Words of the files of records, as desks see them.

use case_core::field::AttachmentKind;

use crate::text::chinese_number;

/// Files of records that stand nowhere else in the file of a matter.
pub const TITLE: &str = "照片和录音";
/// Receptions, notes, corrections, evidence.
pub const NOTES: &str = "接访、记事和材料";
/// 领导处理意见.
pub const OPINION: &str = "领导意见：";
/// Below a photo.
pub const LOST: &str = "文件丢失：手机上已经没有了";
/// What came is not what the record says.
pub const REFUSED: &str = "文件丢失：送到的不是记录里的那个文件";

/// Not opened by who reads the matter without particulars.
pub const SAY_WHY: &str = "写明用途（点“查看完整信息”）以后可以打开";

/// 照片, 录音, 签名.
#[must_use]
pub fn kind(kind: AttachmentKind) -> &'static str {
    match kind {
        AttachmentKind::Photo => "照片",
        AttachmentKind::Recording => "录音",
        AttachmentKind::Signature => "签名",
    }
}

/// 照片一: counted from 0 among those of its kind.
#[must_use]
pub fn name(of: AttachmentKind, place: usize) -> String {
    [kind(of), &chinese_number(place + 1)].concat()
}

/// 照片 1/2 已到.
#[must_use]
pub fn arrived(of: AttachmentKind, there: usize, all: usize) -> String {
    [kind(of), " ", &there.to_string(), "/", &all.to_string(), " 已到"].concat()
}

/// For who does not see the picture: 照片一，点开看大图.
#[must_use]
pub fn enlarge(name: &str) -> String {
    [name, "，点开看大图"].concat()
}

/// 信访人的材料.
pub const SENT: &str = "信访人交来的照片、文件";
/// What to heed.
pub const SENT_NOTE: &str = "从网上交来，内容没有核对过。照片里的拍摄地点已经去掉。扫描文件先存下来再打开。";
/// With the form that made the matter.
pub const SENT_FIRST: &str = "网上提交时";
/// 补充材料.
pub const SENT_LATER: &str = "补充材料";

/// What a link saves.
#[must_use]
pub fn save(name: &str) -> String {
    ["存下 ", name].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_counted_and_named() {
        assert_eq!(arrived(AttachmentKind::Photo, 1, 2), "照片 1/2 已到");
        assert_eq!(name(AttachmentKind::Recording, 0), "录音一");
        assert_eq!(enlarge(&name(AttachmentKind::Signature, 1)), "签名二，点开看大图");
    }
}
