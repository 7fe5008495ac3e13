//! Words of the phone's lock: choosing a PIN, opening with it, and why it stays shut.

/// Heading: the first time.
pub const CHOOSE: &str = "设一个手机密码";
/// What for.
pub const CHOOSE_NOTE: &str = "走访记录加密存在这部手机里。没有网的时候，用手机密码打开。别人拿到手机，也看不到记录。";
/// Which digits.
pub const CHOOSE_HINT: &str = "6 到 12 位数字。不要全一样，不要连号。";
/// The PIN.
pub const PIN: &str = "手机密码";
/// Once more.
pub const PIN_AGAIN: &str = "再输一遍";
/// Sets it.
pub const SET: &str = "设好了";
/// While it is done.
pub const DOING: &str = "请稍等";
/// The two differ.
pub const NOT_THE_SAME: &str = "两遍不一样，请再输一遍。";
/// Not a PIN.
pub const BAD_PIN: &str = "要 6 到 12 位数字，不能全一样，也不能连号。";
/// Nothing typed.
pub const NO_PIN: &str = "还没有输手机密码。";

/// Heading: locked.
pub const LOCKED: &str = "请输手机密码";
/// Below it.
pub const LOCKED_NOTE: &str = "没有网也能打开。记录都在这部手机里。";
/// Opens.
pub const OPEN: &str = "打开";
/// The other way.
pub const FORGOTTEN: &str = "忘了手机密码";
/// What the other way needs.
pub const FORGOTTEN_NOTE: &str = "有网的时候，用账号和密码登录，就能打开，再设一个新的手机密码。记录不会丢。";
/// Where the PIN does not open any more.
pub const SIGN_IN: &str = "联网登录";
/// What it needs.
pub const SIGN_IN_NOTE: &str = "有网的时候，用账号和密码登录。记录不会丢。";
/// Too many wrong ones.
pub const NO_MORE_TRIES: &str =
    "手机密码输错太多次，锁住了。请在有网的地方用账号和密码登录，就能打开。记录都在，没有丢。";
/// Wrong, with what follows.
#[must_use]
pub fn wrong(wait_ms: i64, tries_left: u8) -> String {
    if tries_left == 0 {
        return NO_MORE_TRIES.to_owned();
    }
    let left = ["手机密码不对。还可以试 ", &tries_left.to_string(), " 次"].concat();
    if wait_ms <= 0 {
        return [&left, "。"].concat();
    }
    [&left, "，请等 ", &wait(wait_ms), "再试。"].concat()
}
/// 30 秒, 5 分钟.
#[must_use]
pub fn wait(ms: i64) -> String {
    let seconds = (ms.max(0) + 999) / 1_000;
    match seconds {
        0..=90 => [&seconds.to_string(), " 秒"].concat(),
        _ => [&((seconds + 59) / 60).to_string(), " 分钟"].concat(),
    }
}
/// Wait before the next try.
#[must_use]
pub fn waiting(ms: i64) -> String {
    ["请等 ", &wait(ms), "再试。"].concat()
}

/// Heading: no contact for too long.
pub const EXPIRED: &str = "太久没有联网";
/// Why.
#[must_use]
pub fn expired_note(unsent: u32) -> String {
    if unsent == 0 {
        "为了保护群众的信息，责任区已从这部手机移除。联网登录后会重新下载。".to_owned()
    } else {
        [
            "为了保护群众的信息，责任区先锁住了。还有 ",
            &unsent.to_string(),
            " 条记录没发出，都在这部手机里。联网登录后会发出去，责任区也会打开。",
        ]
        .concat()
    }
}

/// Heading: shut out.
pub const REVOKED: &str = "这部手机已停用";
/// What happens.
#[must_use]
pub fn revoked_note(unsent: u32) -> String {
    if unsent == 0 {
        "管理员停用了这部手机。没发出的记录都已送到服务器，手机里的内容已经清除。".to_owned()
    } else {
        ["管理员停用了这部手机。还有 ", &unsent.to_string(), " 条记录正在送到服务器，送到以后手机里的内容会清除。"]
            .concat()
    }
}
/// Another official signs in.
pub const OTHER_PERSON: &str = "换人登录";
/// What becomes of the records.
pub const OTHER_PERSON_NOTE: &str = "您没发出的记录留在手机里，会照您的名字发出。别人看不到。";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_pin_says_what_comes_next() {
        assert_eq!(wrong(0, 9), "手机密码不对。还可以试 9 次。");
        assert_eq!(wrong(30_000, 6), "手机密码不对。还可以试 6 次，请等 30 秒再试。");
        assert_eq!(wrong(300_000, 4), "手机密码不对。还可以试 4 次，请等 5 分钟再试。");
        assert!(wrong(1, 0).contains("没有丢"));
    }

    #[test]
    fn what_is_locked_or_wiped_says_where_the_records_are() {
        assert!(expired_note(3).contains("3 条记录没发出，都在这部手机里"));
        assert!(revoked_note(2).contains("2 条记录正在送到服务器"));
    }
}
