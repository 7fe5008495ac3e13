//! What the server does for people: load, decide with the pure rules, append.

pub(crate) mod absorbing;
pub mod attachments;
pub mod command;
pub(crate) mod compare;
pub mod demo;
pub mod file;
pub mod import;
pub mod pull;
pub mod push;
pub mod receipt;
pub mod register;
pub(crate) mod reserve;
pub(crate) mod sealed;
pub mod sealed_reports;
pub mod seed;
pub mod settle;
pub mod visible;
