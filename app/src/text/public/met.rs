//! Who met, sought or called the petitioner, and how: said as what it was.

use case_core::matter::{Reached, Way};

/// 上门走访，见到了您.
#[must_use]
pub fn met(way: Way, reached: Reached) -> String {
    let how = match way {
        Way::AtHome => "上门走访",
        Way::Received => "接待来访",
        Way::BroughtForward => "当面听您反映，登记下来",
        Way::Phone => "打电话联系",
        Way::Chat => "用微信联系",
        Way::Video => "用视频联系",
        Way::Other => "用别的办法联系",
        Way::Unsaid => "走访",
    };
    // Who brought it forward is said in the same breath.
    if way == Way::BroughtForward {
        return how.to_owned();
    }
    let whom = match (way.in_person(), reached) {
        (true, Reached::Petitioner) => "，见到了您",
        (true, Reached::Family) => "，见到了您家里人，没有见到您",
        (true, Reached::Other) => "，来的不是您本人",
        (true, Reached::Nobody) => "，没有见到您",
        (false, Reached::Petitioner) => "，和您说上了话",
        (false, Reached::Family) => "，和您家里人说上了话，没有和您说上",
        (false, Reached::Other | Reached::Nobody) => "，没有联系上您",
        (_, Reached::Refused) => "，没有谈成",
        (_, Reached::Unclear) => "，见到了您或者您家里人",
    };
    [how, whom].concat()
}

/// 上门回访，问了您的意见.
#[must_use]
pub fn asked(way: Way, reached: Reached) -> String {
    let how = match way {
        Way::AtHome | Way::Unsaid => "上门回访",
        Way::Received | Way::BroughtForward => "当面回访",
        Way::Phone => "打电话回访",
        Way::Chat => "用微信回访",
        Way::Video => "用视频回访",
        Way::Other => "回访",
    };
    let whom = match reached {
        Reached::Petitioner | Reached::Unclear => "，问了您的意见",
        Reached::Family | Reached::Other => "，问了替您说话的人的意见",
        Reached::Refused => "，没有问成",
        Reached::Nobody => "，没有找到您",
    };
    [how, whom].concat()
}
