//! The fixed words of the screens: titles, labels, hints, buttons. One file per screen.

pub mod common;
pub mod desk;
pub mod field;
pub mod field_form;
pub mod field_me;
pub mod file;
pub mod forms;
pub mod import;
pub mod list;
pub mod place;
pub mod register;
pub mod review;
pub mod sign_in;
