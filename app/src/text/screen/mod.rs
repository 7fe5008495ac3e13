//! The fixed words of the screens: titles, labels, hints, buttons. One file per screen.

pub mod common;
pub mod desk;
pub mod devices;
pub mod field;
pub mod field_form;
pub mod field_me;
pub mod field_more;
pub mod field_record;
pub mod file;
pub mod files;
pub mod flagged;
pub mod forms;
pub mod import;
pub mod life;
pub mod list;
pub mod lock;
pub mod place;
pub mod record_files;
pub mod register;
pub mod review;
pub mod sealed;
pub mod sign_in;
pub mod steps;
pub mod this_phone;
