//! 有新进展怎么告诉您: the message itself, and what the petitioner can wish.

/// The message. Always the same: never what a matter is about, nor what happened.
#[must_use]
pub fn sms(base_url: &str, office_phone: &str) -> String {
    [
        "您的信访事项有新的进展，请凭查询码查看：",
        base_url,
        "/c 。电话 ",
        office_phone,
        "。不想再收短信，可在查询页上点“不再给我发短信”。",
    ]
    .concat()
}

/// Heading.
pub const TITLE: &str = "有新进展怎么告诉您";
/// What no message says.
pub const NOTHING_INSIDE: &str = "短信和电话里都不说您反映的是什么事，只请您来这里看。晚九点到早八点不打扰。";
/// No number was given.
pub const NO_PHONE: &str = "您没有留电话，有新进展时没法告诉您。请自己常来看看，或者到窗口补留电话。";
/// Opted out.
pub const STOPPED: &str = "您说过不再收短信，我们就不发，也不打电话。请自己常来看看。";
/// Opt out.
pub const STOP: &str = "不再给我发短信";
/// Beside it.
pub const STOP_NOTE: &str = "也不再打电话告诉。随时可以改回来。";
/// Opt in again.
pub const RESUME: &str = "再给我发短信";
/// Beside it.
pub const RESUME_NOTE: &str = "发到登记时留的电话。";
/// Push.
pub const REMIND: &str = "在这台手机上提醒我";
/// Beside it.
pub const REMIND_NOTE: &str = "有新进展时，手机上跳一句提醒，不写是什么事。";
/// The browser said no.
pub const REMIND_REFUSED: &str = "手机没有同意提醒。可以在浏览器的设置里打开通知，再点一次。";
/// Forget the browsers.
pub const FORGET: &str = "不再在手机上提醒";
/// After opting out.
pub const DONE_STOP: &str = "不再给您发短信了。";
/// After opting in.
pub const DONE_RESUME: &str = "有新进展就给您发短信。";
/// After the browser was noted.
pub const DONE_REMIND: &str = "有新进展就在这台手机上提醒您。";
/// After the browsers were forgotten.
pub const DONE_FORGET: &str = "不再在手机上提醒您了。";
/// Heading of these.
pub const DONE: &str = "记下了";
/// The browser's address is none of a known push service.
pub const CANNOT: &str = "这台手机的浏览器，我们还没法提醒。短信和电话照旧。";

/// To whom it goes: the number is masked.
#[must_use]
pub fn to_phone(masked: &str) -> String {
    ["有新进展时，发短信到 ", masked, "；发不了短信的，打电话告诉。"].concat()
}

/// How many browsers.
#[must_use]
pub fn browsers(count: u32) -> String {
    ["现在有 ", &count.to_string(), " 台手机会收到提醒。"].concat()
}
