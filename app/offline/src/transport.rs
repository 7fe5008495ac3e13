//! The way to the server, as a trait: one request, one reply, nothing interpreted. What a reply
//! means is decided by [`crate::api`], which the tests can therefore reach.

use case_core::id::{AccountId, DeviceId};

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// How.
    pub method: Method,
    /// From the root of the server, for example `/api/v1/sync/push`.
    pub path: String,
    /// The account on whose behalf it is sent (header `huiyin-account`), so that a server can
    /// refuse with 401 when the cookie belongs to somebody else by now.
    pub account: Option<AccountId>,
    /// This browser (header `huiyin-device`), so that a lost phone can be shut out.
    pub device: Option<DeviceId>,
    /// What is sent.
    pub body: Body,
}

/// What a request carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    #[default]
    Empty,
    /// JSON. The transport may compress it.
    Json(String),
    /// A piece of a file, as it is.
    Bytes(Vec<u8>),
}

impl Body {
    /// The JSON, if it is some.
    #[must_use]
    pub fn json(&self) -> Option<&str> {
        match self {
            Self::Json(json) => Some(json),
            _ => None,
        }
    }

    /// The bytes, before they are compressed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Empty => &[],
            Self::Json(json) => json.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// The methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Asks.
    Get,
    /// Does.
    Post,
    /// Ends.
    Delete,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// Seconds of a `Retry-After` header.
    pub retry_after: Option<u32>,
    /// The text.
    pub body: String,
}

/// Nothing came back. Whether the server did the work is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// No connection, or it was cut.
    #[error("no connection")]
    Offline,
    /// No answer in time.
    #[error("no answer in time")]
    Timeout,
}

/// The way to the server.
#[expect(async_fn_in_trait, reason = "one thread in a browser; no future here is ever sent elsewhere")]
pub trait Transport {
    /// Sends and waits, with a time limit of its own.
    async fn send(&self, request: Request) -> Result<Reply, Broken>;
}

/// Reaches nothing: what a computer without a browser has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unplugged;

impl Transport for Unplugged {
    async fn send(&self, _request: Request) -> Result<Reply, Broken> {
        Err(Broken::Offline)
    }
}
