//! The desk: the list of matters, a matter's file with the steps that are possible, registration,
//! 接访, 台账与报告, 保密件.

pub(crate) mod actions;
mod calls;
mod closure;
mod file;
mod list;
mod merging;
mod papers;
mod publish;
mod receptions;
mod register;
mod reports;
mod sealed;
mod waiting;

use case_core::id::MatterId;
use case_core::reception::SittingKey;
use leptos::prelude::*;

/// The list of matters.
#[must_use]
pub fn matters() -> AnyView {
    view! { <list::ListPage/> }.into_any()
}

/// The file of a matter.
#[must_use]
pub fn matter(id: MatterId) -> AnyView {
    view! { <file::FilePage id/> }.into_any()
}

/// 公示: the work list.
#[must_use]
pub fn publications() -> AnyView {
    view! { <publish::ListPage/> }.into_any()
}

/// 公示 of a matter.
#[must_use]
pub fn publication(id: MatterId) -> AnyView {
    view! { <publish::PublishPage id/> }.into_any()
}

/// The registration form.
#[must_use]
pub fn register() -> AnyView {
    view! { <register::RegisterPage/> }.into_any()
}

/// 接访.
#[must_use]
pub fn receptions() -> AnyView {
    view! { <receptions::ReceptionsPage/> }.into_any()
}

/// Who comes to a reception.
#[must_use]
pub fn reception(key: SittingKey) -> AnyView {
    view! { <receptions::DayPage key/> }.into_any()
}

/// 说事点.
#[must_use]
pub fn talk_points() -> AnyView {
    view! { <receptions::PointsPage/> }.into_any()
}

/// 待电话告知.
#[must_use]
pub fn calls() -> AnyView {
    view! { <calls::CallsPage/> }.into_any()
}

/// 台账与报告.
#[must_use]
pub fn reports() -> AnyView {
    view! { <reports::ReportsPage/> }.into_any()
}

/// 待办: the start page of the joint conference and of the county's leaders.
#[must_use]
pub fn waiting() -> AnyView {
    view! { <waiting::WaitingPage/> }.into_any()
}

/// 保密件: the officers' list.
#[must_use]
pub fn sealed() -> AnyView {
    view! { <sealed::ListPage/> }.into_any()
}

/// 保密登记.
#[must_use]
pub fn sealed_new() -> AnyView {
    view! { <sealed::NewPage/> }.into_any()
}
