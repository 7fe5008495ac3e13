//! Signing in and out.

use case_core::wire::session::{Session, SignIn};

use super::{Answer, http};

/// Signs in.
///
/// # Errors
/// [`super::ClientError`]; a wrong name or password is a problem with its words.
pub async fn sign_in(login: String, password: String) -> Answer<Session> {
    http::post("/session", &SignIn { login, password }).await
}

/// Who is signed in.
///
/// # Errors
/// [`super::ClientError`].
pub async fn who() -> Answer<Session> {
    http::get("/session").await
}

/// Signs out.
///
/// # Errors
/// [`super::ClientError`].
pub async fn sign_out() -> Answer<()> {
    http::delete("/session").await
}
