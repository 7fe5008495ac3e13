//! Words of photos, recordings and the signature pad.

/// Heading.
pub const TITLE: &str = "照片和录音";
/// What happens to them.
pub const NOTE: &str = "照片会缩小，位置信息会去掉，不进手机相册。";
/// Takes one.
pub const TAKE_PHOTO: &str = "拍照";
/// Chooses one.
pub const CHOOSE_PHOTO: &str = "选照片";
/// Adds a recording.
pub const RECORDING: &str = "加录音";
/// The pad.
pub const SIGN: &str = "手写签名";
/// On the pad.
pub const SIGN_HERE: &str = "请在框里签名";
/// For those who cannot draw.
pub const SIGN_NOTE: &str = "不愿签、不会签都可以不签。";
/// Wipes the pad.
pub const SIGN_CLEAR: &str = "重写";
/// Takes it.
pub const SIGN_DONE: &str = "签好了";
/// While one is being prepared.
pub const PREPARING: &str = "正在存到手机";
/// Takes it out again.
pub const REMOVE: &str = "拿掉";
/// Too large.
pub const TOO_LARGE: &str = "这个文件太大，最多 10 兆。录音请录短一些。";
/// Not a picture or sound.
pub const NOT_TAKEN: &str = "这个文件不是照片，也不是录音，加不了。";
/// Too many.
#[must_use]
pub fn too_many(max: usize) -> String {
    ["最多加 ", &max.to_string(), " 个。"].concat()
}
/// No longer on the phone.
pub const NOT_HERE: &str = "这部手机里已经没有这个文件了。";
/// 照片 1.
#[must_use]
pub fn name(kind: case_core::field::AttachmentKind, place: usize) -> String {
    let kind = match kind {
        case_core::field::AttachmentKind::Photo => "照片",
        case_core::field::AttachmentKind::Recording => "录音",
        case_core::field::AttachmentKind::Signature => "签名",
    };
    [kind, " ", &(place + 1).to_string()].concat()
}
