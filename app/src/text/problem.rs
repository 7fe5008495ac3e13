//! Problems of a request: what happened, what was kept, what to do.

use case_core::wire::problem::{Problem, ProblemBody};

/// The words of a problem.
#[must_use]
pub fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Malformed { detail } if detail.is_empty() => "填写的内容有误，没有提交。请检查后再试。".to_owned(),
        Problem::Malformed { detail } => ["填写的内容有误，没有提交：", detail].concat(),
        Problem::SignInAgain => "登录已经过期，请重新登录。没有交的内容还在。".to_owned(),
        Problem::WrongPassword => "账号或密码不对，请再输一次。忘了密码请找管理员。".to_owned(),
        Problem::Forbidden => "您的账号不能做这件事。".to_owned(),
        Problem::DeviceRevoked => "这部手机已经被管理员停用。没送达的记录会先送走，再从手机上清掉。".to_owned(),
        Problem::NotFound => "没有找到，可能已经不归您办。".to_owned(),
        Problem::ClientTooOld => "页面版本太旧。请关掉再打开一次，填好的内容还在。".to_owned(),
        Problem::Refused { refusal } => super::refusal::refusal(refusal),
        #[cfg(not(target_arch = "wasm32"))]
        Problem::Sealed { why } => super::sealed::refusal(*why).to_owned(),
        Problem::TooLarge => "内容太大，没有收下。请删减一些，或者分开提交。".to_owned(),
        Problem::TooMany { retry_after } => ["试的次数太多，请过", &wait(*retry_after), "再试。"].concat(),
        Problem::Unavailable => "服务器现在忙不过来，没有办成。请过一会儿再试，重复提交不会算两次。".to_owned(),
    }
}

/// A problem with its words, as it is sent.
#[must_use]
pub fn body(problem: Problem) -> ProblemBody {
    let message = self::problem(&problem);
    ProblemBody { problem, message }
}

/// Seconds as people say them.
#[must_use]
pub fn wait(seconds: u32) -> String {
    match seconds {
        0..=90 => [" ", &seconds.max(1).to_string(), " 秒"].concat(),
        91..=5_400 => [" ", &seconds.div_ceil(60).to_string(), " 分钟"].concat(),
        _ => [" ", &seconds.div_ceil(3_600).to_string(), " 小时"].concat(),
    }
}

/// No answer came back.
pub const OFFLINE: &str = "现在连不上服务器，没有办成。填好的内容还在，请有网时再试。";
/// An answer came that this build cannot read.
pub const UNREADABLE: &str = "服务器的回答看不懂，不知道办成没有。请刷新看看最新情况。";
