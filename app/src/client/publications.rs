//! 公示.

use case_core::id::MatterId;
use case_core::wire::publication::{
    AnswerPlea, CheckPublication, ProposePublication, PublicationDesk, PublicationList, PublicationWish,
};

use super::{Answer, http};

fn address(id: MatterId, end: &str) -> String {
    ["/matters/", &id.to_string(), "/publication", end].concat()
}

/// The work list.
///
/// # Errors
/// [`super::ClientError`].
pub async fn list() -> Answer<PublicationList> {
    http::get("/publications").await
}

/// What proposing and checking need.
///
/// # Errors
/// [`super::ClientError`].
pub async fn desk(id: MatterId) -> Answer<PublicationDesk> {
    http::get(&address(id, "")).await
}

/// 提请公示.
///
/// # Errors
/// [`super::ClientError`].
pub async fn propose(id: MatterId, request: &ProposePublication) -> Answer<()> {
    http::post(&address(id, ""), request).await
}

/// 核对.
///
/// # Errors
/// [`super::ClientError`].
pub async fn check(id: MatterId, request: &CheckPublication) -> Answer<()> {
    http::post(&address(id, "/check"), request).await
}

/// 撤下.
///
/// # Errors
/// [`super::ClientError`].
pub async fn withdraw(id: MatterId, request: &AnswerPlea) -> Answer<()> {
    http::post(&address(id, "/withdraw"), request).await
}

/// It stays.
///
/// # Errors
/// [`super::ClientError`].
pub async fn keep(id: MatterId) -> Answer<()> {
    http::post(&address(id, "/keep"), &()).await
}

/// 公开意愿.
///
/// # Errors
/// [`super::ClientError`].
pub async fn wish(id: MatterId, willing: bool) -> Answer<()> {
    http::post(&address(id, "/wish"), &PublicationWish { willing }).await
}
