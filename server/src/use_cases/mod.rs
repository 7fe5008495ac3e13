//! What the server does for people: load, decide with the pure rules, append.

pub(crate) mod absorbing;
pub(crate) mod alike;
pub mod attachments;
pub mod command;
pub(crate) mod compare;
pub mod demo;
pub(crate) mod documents;
pub mod file;
pub mod holidays;
pub mod import;
pub(crate) mod masking;
pub(crate) mod publication;
pub mod pull;
pub mod push;
pub mod receipt;
pub mod recusal;
pub mod register;
pub(crate) mod reserve;
pub(crate) mod sealed;
pub mod sealed_reports;
pub mod seed;
pub mod settle;
pub mod unmask;
pub mod verify;
pub mod visible;
