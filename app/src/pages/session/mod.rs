//! Signing in: as a page, and as a dialog above whatever is open when the session ends.

mod again;
mod form;
mod sign_in;

pub use again::SignInAgain;
pub use sign_in::SignInPage;
