//! The fixed words of the screens: titles, labels, hints, buttons. One file per screen.

pub mod common;
pub mod desk;
pub mod sign_in;
