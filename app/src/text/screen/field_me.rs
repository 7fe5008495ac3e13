//! Words of sending and of the account: 发送实况, 记录, 我的.

use case_core::field::{Payload, ReturnVisitOutcome};
use case_core::time::Moment;
use case_offline::{AsideReason, Connection, EntryState, Failure, FilesState, PhoneError, StoreError};
use chrono::NaiveDate;

use crate::format;
use crate::text;

/// 发送实况.
pub const UNSENT: &str = "发送实况";
/// Nothing is unsent.
pub const ALL_SENT: &str = "没有没发出的";
/// Why.
pub const ALL_SENT_NOTE: &str = "保存的记录都得到了服务器的回执。";
/// Some are unsent.
pub const SAFE: &str = "都存在这部手机里，丢不了";
/// What happens next, by connection.
#[must_use]
pub fn outlook(connection: Connection) -> &'static str {
    match connection {
        Connection::Unknown | Connection::Online => "会自己发，不用守着。",
        Connection::Offline { .. } => "现在连不上服务器。有网时会自己发，不用守着。",
        Connection::Troubled { .. } => "服务器现在忙不过来，过一会儿会自己再发。",
        Connection::NeedsSignIn => "登录过期了。重新登录后会自己发。",
        Connection::NeedsUpdate => "软件要更新才能发。有网时关掉再打开一次。",
    }
}
/// When the next try is due.
#[must_use]
pub fn next_try(at: Moment) -> String {
    ["下次 ", &format::time(at), " 再试。"].concat()
}
/// Tries now.
pub const TRY_NOW: &str = "现在发一次";
/// Heading.
pub const WAITING: &str = "等着发送";
/// Heading.
pub const TO_HANDLE: &str = "要您看一眼";
/// Heading.
pub const CONFIRMED: &str = "服务器已确认";
/// Sends one more time.
pub const RETRY: &str = "再发一次";
/// 2 条.
#[must_use]
pub fn entries(n: usize) -> String {
    [&n.to_string(), " 条"].concat()
}
/// Where a record stands, with its reason. One with files is all there when the last of them is.
#[must_use]
pub fn state(state: &EntryState, files: &FilesState, sending: bool, today: NaiveDate) -> String {
    match state {
        EntryState::Waiting if sending => "正在发送".to_owned(),
        EntryState::Waiting => "已保存在这台手机，等待发送".to_owned(),
        EntryState::Confirmed { receipt, .. } => {
            let way = (files.total > files.arrived + files.lost)
                .then(|| ["照片还在传 ", &files.arrived.to_string(), "/", &files.total.to_string()].concat());
            ["已送达，", &way.unwrap_or_else(|| format::moment(receipt.received_at, today))].concat()
        }
        EntryState::SetAside { reason, .. } => aside(reason),
    }
}
/// Files of a record that will never arrive; none: says nothing.
#[must_use]
pub fn lost(files: &FilesState) -> Option<String> {
    (files.lost > 0).then(|| {
        ["有 ", &files.lost.to_string(), " 个照片或录音丢了，没有送到，这部手机上也没有了。记录本身都在。"].concat()
    })
}
/// Why a record was set aside.
#[must_use]
pub fn aside(reason: &AsideReason) -> String {
    match reason {
        AsideReason::Server { reason } => text::record::set_aside(reason),
        AsideReason::Mismatch => {
            "服务器回执里的内容和本机的不一样，不能算送达。记录还在本机，请告诉管理员。".to_owned()
        }
        AsideReason::TooLarge => "这条记录太大，服务器没有收。记录还在本机。".to_owned(),
        AsideReason::Malformed { .. } => "服务器看不懂这条记录。记录还在本机，更新软件后再发一次。".to_owned(),
    }
}
/// A record in one line.
#[must_use]
pub fn summary(payload: &Payload) -> String {
    let reported = |what: &str, n: usize| match n {
        0 => what.to_owned(),
        n => [what, "，反映 ", &n.to_string(), " 件"].concat(),
    };
    match payload {
        Payload::HouseholdVisit(visit) => {
            let result = text::field::visit_result(visit.result);
            match visit.items.len() {
                0 if visit.result.met() => [result, "，没有反映事项"].concat(),
                n => reported(result, n),
            }
        }
        Payload::Reception(reception) => reported(reception.visitor.as_str(), reception.items.len()),
        Payload::Intake(intake) => [intake.matter.petitioner.as_str(), "，", intake.matter.title.as_str()].concat(),
        Payload::Note(note) => begin(note.text.as_str()),
        Payload::Correction(correction) => begin(correction.text.as_str()),
        Payload::Evidence(evidence) => {
            [evidence.title.as_str(), "，", &evidence.attachments.len().to_string(), " 个"].concat()
        }
        Payload::RosterEdit(edit) => {
            let fields: Vec<_> =
                edit.changes.iter().map(|change| super::field_more::roster_field(&change.new)).collect();
            let how = if edit.settles.is_some() { "定了：" } else { "改了：" };
            [how, &fields.join("、")].concat()
        }
        Payload::ReturnVisit(visit) => match &visit.outcome {
            ReturnVisitOutcome::NotReached { .. } => "没问到".to_owned(),
            ReturnVisitOutcome::Refused { .. } => super::file::REFUSED.to_owned(),
            ReturnVisitOutcome::Reached { judgement, .. } => ["问到了，", text::field::judgement(*judgement)].concat(),
        },
    }
}
/// A list shows so many characters of a longer text.
const SHOWN: usize = 24;

fn begin(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    match first.char_indices().nth(SHOWN) {
        Some((end, _)) => [&first[..end], "…"].concat(),
        None => first.to_owned(),
    }
}
/// When a record was saved.
#[must_use]
pub fn saved_at(at: Moment, today: NaiveDate) -> String {
    [&format::moment(at, today), " 存下"].concat()
}
/// A matter was raised.
pub const RAISED: &str = "请抄给信访人";
/// Below the code.
pub const RAISED_NOTE: &str = "凭查询码和电话后四位（或姓名）能查办到哪一步。";
/// 查询码.
pub const QUERY_CODE: &str = "查询码";
/// 信访件编号.
pub const NUMBER: &str = "信访件编号";

/// 记录.
pub const SENT: &str = "发出的记录";
/// None yet.
pub const NO_SENT: &str = "还没有送达的记录";
/// How they get here.
pub const NO_SENT_NOTE: &str = "保存的走访发到服务器、拿到回执以后，列在这里。";

/// Heading.
pub const SENDING: &str = "发送";
/// The list of the unsent.
pub const UNSENT_LIST: &str = "没发出的";
/// 责任区.
pub const AREA: &str = "责任区";
/// 128 户 · 14 件事项.
#[must_use]
pub fn area(households: usize, matters: usize) -> String {
    [&households.to_string(), " 户 · ", &matters.to_string(), " 件事项"].concat()
}
/// 今天 8:01 更新.
#[must_use]
pub fn updated(at: Moment, today: NaiveDate) -> String {
    [&format::moment(at, today), " 更新"].concat()
}
/// Not yet downloaded.
pub const NOT_UPDATED: &str = "还没有下载";
/// The phone's clock is wrong.
#[must_use]
pub fn clock_wrong(ahead_ms: i64) -> String {
    let minutes = (ahead_ms.abs() / 60_000).max(1).to_string();
    let how = if ahead_ms > 0 { "快" } else { "慢" };
    ["手机的时间比服务器", how, " ", &minutes, " 分钟，请在手机设置里校准。"].concat()
}
/// Heading.
pub const THIS_PHONE: &str = "这部手机";
/// Large type.
pub const LARGE_TYPE: &str = "大字";
/// What it does.
pub const LARGE_TYPE_NOTE: &str = "字大一号，按钮也大";
/// Heading.
pub const OFFICE: &str = "办公";
/// A section of the desk, told apart from the tab of the same name.
#[must_use]
pub fn office(section: &str) -> String {
    [OFFICE, "：", section].concat()
}
/// Heading.
pub const ACCOUNT: &str = "账号";
/// 单位.
pub const UNIT: &str = "单位";
/// Signs out.
pub const SIGN_OUT: &str = "退出登录";
/// Asks first.
pub const SIGN_OUT_SURE: &str = "退出登录？";
/// What stays.
#[must_use]
pub fn sign_out_note(unsent: u32) -> String {
    if unsent == 0 {
        "没有没发出的记录。退出后这部手机不再显示您的责任区。".to_owned()
    } else {
        ["还有 ", &unsent.to_string(), " 条没发出。它们留在这部手机里，您下次在这部手机登录后会接着发。"].concat()
    }
}

/// Why a sign-in was not done.
#[must_use]
pub fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Broken(_) => text::problem::OFFLINE.to_owned(),
        Failure::Refused(body) => body.message.clone(),
        Failure::TooMany { retry_after } => {
            ["试的次数太多，请过", &text::problem::wait(retry_after.unwrap_or(60)), "再试。"].concat()
        }
        Failure::DeviceRevoked => text::problem::problem(&case_core::wire::problem::Problem::DeviceRevoked),
        Failure::NeedsUpdate => super::field::UPDATE_TO_SEND.to_owned(),
        Failure::SignInAgain => "账号或密码不对，请再输一次。".to_owned(),
        Failure::Trouble { .. } | Failure::TooLarge | Failure::Nonsense { .. } => {
            "服务器现在忙不过来，没有登录上。请过一会儿再试。".to_owned()
        }
    }
}

/// The phone was locked meanwhile.
pub const LOCKED: &str = "手机上的内容锁着，没有存上。请先开锁，写的都还在。";
/// Why a wish was not done on this phone.
#[must_use]
pub fn phone_error(error: &PhoneError) -> String {
    match error {
        PhoneError::Incomplete(fault) => text::record::fault(fault),
        PhoneError::Store(error) => store(error).to_owned(),
        PhoneError::NotSignedIn => super::field::SIGN_IN_TO_SEND.to_owned(),
        PhoneError::Server(failed) => failure(failed),
        PhoneError::WrongPin { wait_ms, tries_left } => super::lock::wrong(*wait_ms, *tries_left),
        PhoneError::BadPin => super::lock::BAD_PIN.to_owned(),
        PhoneError::Locked => LOCKED.to_owned(),
    }
}

/// Why the phone's store failed.
#[must_use]
pub fn store(error: &StoreError) -> &'static str {
    match error {
        StoreError::Full => super::field::STORE_FULL,
        StoreError::Closed(_) => "手机里的存储被浏览器关上了。请关掉再打开一次，已保存的都在。",
        StoreError::Cleared => {
            "浏览器把这台手机上的存储清掉了，现在什么也存不上。已送达的都在服务器上。请关掉再打开，重新登录。"
        }
        StoreError::Unreadable(_) => "手机里有内容这个版本读不出来。请有网时更新软件，内容都在。",
        StoreError::Locked | StoreError::Expired | StoreError::WrongPin { .. } | StoreError::WrongKey => LOCKED,
        StoreError::Failed(_) => "手机没有存上。请再试一次，还不行就关掉再打开。",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_claims_delivery_before_a_receipt() {
        let today = Moment(0).date();
        for sending in [true, false] {
            assert!(!state(&EntryState::Waiting, &FilesState::default(), sending, today).contains("送达"));
        }
        assert!(aside(&AsideReason::TooLarge).contains("还在本机"));
        for reason in [Connection::Unknown, Connection::NeedsSignIn, Connection::NeedsUpdate] {
            assert!(!outlook(reason).contains("送达"));
        }
    }

    #[test]
    fn signing_out_says_what_stays() {
        assert!(sign_out_note(2).contains("还有 2 条"));
        assert!(clock_wrong(-20 * 60_000).contains("慢 20 分钟"));
        assert!(clock_wrong(1_000).contains("快 1 分钟"));
    }
}
