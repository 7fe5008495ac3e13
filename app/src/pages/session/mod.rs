//! Signing in: as a page, and as a dialog above whatever is open when the session ends.

mod again;
#[cfg(not(feature = "desk"))]
mod desk_unreachable;
mod form;
mod sign_in;

pub use again::SignInAgain;
#[cfg(not(feature = "desk"))]
pub use desk_unreachable::desk_unreachable;
pub use form::SignInForm;
pub use sign_in::{SignInPage, entrance};
