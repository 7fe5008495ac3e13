//! Lists, files, registration and commands.

use case_core::id::{AccountId, MatterId};
use case_core::matter::Stage;
use case_core::wire::desk::{
    AlikeMatter, AlikeRequest, CommandDone, CommandRequest, FlaggedRecord, MatterFile, MatterList, PrintedReceipt,
    RecusalRequest, RegisterRequest, UnmaskRequest,
};

use super::{Answer, http};
use crate::browser;
pub use crate::client_filter::Filter;

/// What a list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Any of these stages; none: all.
    pub stages: Vec<Stage>,
    /// One of the special lists.
    pub filter: Option<Filter>,
    /// What was typed.
    pub typed: String,
    /// From 0.
    pub page: u32,
}

impl ListQuery {
    fn path(&self) -> String {
        let stages: Vec<_> = self.stages.iter().map(|stage| stage.code()).collect();
        let mut path = ["/matters?page=", &self.page.to_string()].concat();
        if !stages.is_empty() {
            path = [&path, "&stage=", &stages.join(",")].concat();
        }
        if let Some(filter) = self.filter {
            path = [&path, "&filter=", filter.code()].concat();
        }
        if !self.typed.trim().is_empty() {
            path = [&path, "&q=", &http::encoded(self.typed.trim())].concat();
        }
        path
    }
}

/// A page of matters, the nearest deadline first.
///
/// # Errors
/// [`super::ClientError`].
pub async fn list(query: &ListQuery) -> Answer<MatterList> {
    http::get(&query.path()).await
}

/// The file of a matter.
///
/// # Errors
/// [`super::ClientError`].
pub async fn file(id: MatterId) -> Answer<MatterFile> {
    http::get(&["/matters/", &id.to_string()].concat()).await
}

/// Matters that look like what is being registered, the most alike first.
///
/// # Errors
/// [`super::ClientError`].
pub async fn alike(request: &AlikeRequest) -> Answer<Vec<AlikeMatter>> {
    http::post("/matters/alike", request).await
}

/// Registers a matter; sending the same request again registers once.
///
/// # Errors
/// [`super::ClientError`].
pub async fn register(request: &RegisterRequest) -> Answer<PrintedReceipt> {
    http::post("/matters", request).await
}

/// Gives a command, with the clock of this device; sending the same request again does it once.
///
/// # Errors
/// [`super::ClientError`].
pub async fn command(id: MatterId, request: &CommandRequest) -> Answer<CommandDone> {
    let request = CommandRequest { device_at: Some(browser::now()), ..request.clone() };
    http::post(&["/matters/", &id.to_string(), "/commands"].concat(), &request).await
}

/// The file with the petitioners' particulars; noted with the reason.
///
/// # Errors
/// [`super::ClientError`].
pub async fn unmask(id: MatterId, request: &UnmaskRequest) -> Answer<MatterFile> {
    http::post(&["/matters/", &id.to_string(), "/unmask"].concat(), request).await
}

/// Declares 回避: for somebody, or for oneself.
///
/// # Errors
/// [`super::ClientError`].
pub async fn recuse(id: MatterId, other: Option<AccountId>, request: &RecusalRequest) -> Answer<()> {
    let path = match other {
        None => ["/matters/", &id.to_string(), "/recusal"].concat(),
        Some(other) => ["/matters/", &id.to_string(), "/recusals/", &other.to_string()].concat(),
    };
    http::post(&path, request).await
}

/// Takes a declaration of 回避 back.
///
/// # Errors
/// [`super::ClientError`].
pub async fn lift_recusal(id: MatterId, account: AccountId) -> Answer<()> {
    http::post(&["/matters/", &id.to_string(), "/recusals/", &account.to_string(), "/lift"].concat(), &()).await
}

/// A receipt with a new query code; the old code stops.
///
/// # Errors
/// [`super::ClientError`].
pub async fn receipt(id: MatterId) -> Answer<PrintedReceipt> {
    http::post(&["/matters/", &id.to_string(), "/receipt"].concat(), &()).await
}

/// The slip of a 重件.
///
/// # Errors
/// [`super::ClientError`].
pub async fn intake_receipt(id: MatterId, place: u16) -> Answer<PrintedReceipt> {
    http::get(&["/matters/", &id.to_string(), "/intakes/", &place.to_string(), "/receipt"].concat()).await
}

/// Records that did not fit.
///
/// # Errors
/// [`super::ClientError`].
pub async fn flagged() -> Answer<Vec<FlaggedRecord>> {
    http::get("/flagged").await
}
