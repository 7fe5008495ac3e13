//! What the server does for people: load, decide with the pure rules, append.

pub mod attachments;
pub mod command;
pub mod demo;
pub mod file;
pub mod import;
pub mod pull;
pub mod push;
pub mod receipt;
pub mod register;
pub mod seed;
pub mod visible;
