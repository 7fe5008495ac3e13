//! Signing in and out: Argon2id passwords, sessions on the server, one `__Host-` cookie.

use std::time::Duration;

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Argon2, Params};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use case_core::actor::Actor;
use case_core::audit::{Deed, Trace};
use case_core::id::DeviceId;
use case_core::wire::problem::Problem;
use case_core::wire::session::{PhoneKeys, Session, SignIn};

use crate::error::{ApiError, ApiResult};
use crate::extract::{ApiJson, Caller, SignedIn};
use crate::state::AppState;
use crate::{device, limits};

/// `__Host-` makes the browser insist on Secure, Path=/ and no Domain.
const COOKIE: &str = "__Host-huiyin";
/// A session lasts thirty days: officials are away from signal for weeks, and the phone is theirs.
const SESSION: Duration = Duration::from_secs(30 * 86_400);
pub(crate) const TRIES_PER_LOGIN: u32 = 10;
const TRIES_PER_ADDRESS: u32 = 30;

/// The session token of a request, if it has one.
#[must_use]
pub fn token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE && !value.is_empty()).then_some(value))
}

/// `POST /api/v1/session`.
pub(crate) async fn sign_in(
    State(state): State<AppState>,
    Caller(address): Caller,
    headers: HeaderMap,
    ApiJson(request): ApiJson<SignIn>,
) -> Result<Response, ApiError> {
    let now = state.now();
    let login = request.login.trim().to_lowercase();
    let keys = [login_key(&state, &login), state.secrets.limiter_key("sign-in-address", &address.to_string())];
    limits::check(&state, &[(keys[0].clone(), TRIES_PER_LOGIN), (keys[1].clone(), TRIES_PER_ADDRESS)]).await?;
    let known = state.store.account_by_login(&login).await?;
    let tried = known.as_ref().map(|account| account.actor.account);
    let account = known.filter(|account| account.active);
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    if !verify(&state, request.password, hash).await? {
        state.store.record_failure(&keys, now).await?;
        state.store.note(Trace::system(now), &Deed::SignInFailed { account: tried }).await?;
        return Err(Problem::WrongPassword.into());
    }
    let Some(account) = account else { return Err(Problem::WrongPassword.into()) };
    state.store.clear_failures(&keys[..1]).await?;
    let id = account.actor.account;
    let device = device::named(&headers);
    if let Some(device) = device {
        device::admit(&state, id, device, &headers).await?;
    }
    let token = new_token();
    let lifetime = i64::try_from(SESSION.as_millis()).unwrap_or(i64::MAX);
    state.store.create_session(state.secrets.token_hash(&token), id, device, now, now.plus_ms(lifetime)).await?;
    let cookie = format!("{COOKIE}={token}; Path=/; Max-Age={}; Secure; HttpOnly; SameSite=Strict", SESSION.as_secs());
    let body = describe(&state, account.actor, device).await?;
    Ok(([(header::SET_COOKIE, cookie)], Json(body)).into_response())
}

/// Under which key wrong passwords for a login are counted.
pub(crate) fn login_key(state: &AppState, login: &str) -> String {
    state.secrets.limiter_key("login", login)
}

/// `GET /api/v1/session`.
pub(crate) async fn who(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    headers: HeaderMap,
) -> ApiResult<Session> {
    Ok(Json(describe(&state, actor, device::named(&headers)).await?))
}

/// `DELETE /api/v1/session`.
pub(crate) async fn sign_out(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, ApiError> {
    if let Some(token) = token(&headers) {
        state.store.end_session(&state.secrets.token_hash(token)).await?;
    }
    let cookie = format!("{COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict");
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

async fn describe(state: &AppState, actor: Actor, device: Option<DeviceId>) -> Result<Session, ApiError> {
    let unit_name = match actor.unit {
        Some(unit) => state.store.unit(unit).await?.map(|unit| unit.name),
        None => None,
    };
    let area_names =
        state.store.division_names(&actor.area.0).await?.into_iter().map(|division| division.name).collect();
    let phone = match device.filter(|_| actor.role.visits()) {
        Some(device) => Some(PhoneKeys {
            receipts: state.secrets.phones().receipts_public(),
            sealing: state.secrets.phones().sealing_public(),
            lineage: state.store.lineage().await?,
            store_key: state.secrets.store_key(actor.account, device),
            device_token: state.secrets.device_token(actor.account, device),
            cache_days: state.settings.cache_days,
        }),
        None => None,
    };
    Ok(Session { actor, unit_name, area_names, server_time: state.now(), phone })
}

/// Argon2id as OWASP asks for (19 MiB, 2 passes).
fn hasher() -> Argon2<'static> {
    Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, Params::default())
}

/// Hashes a new password.
///
/// # Errors
/// [`ApiError::Internal`] when the hash cannot be made.
pub fn hash_password(password: &str) -> Result<String, ApiError> {
    let salt = SaltString::encode_b64(&rand::random::<[u8; 16]>())
        .map_err(|error| ApiError::Internal(format!("salt: {error}")))?;
    hasher()
        .hash_password(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|error| ApiError::Internal(format!("password hash: {error}")))
}

/// Checks a password off the async threads. An unknown login costs the same as a wrong password.
async fn verify(state: &AppState, password: String, hash: Option<String>) -> Result<bool, ApiError> {
    let check = move || match hash {
        Some(hash) => {
            PasswordHash::new(&hash).is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok())
        }
        None => {
            let _ = hash_password(&password);
            false
        }
    };
    state.heavy.run("hashing", check).await
}

/// 256 random bits.
fn new_token() -> String {
    let bytes: [u8; 32] = rand::random();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_verifies_and_another_does_not() {
        let hash = hash_password("正确的密码").unwrap();
        assert!(hash.starts_with("$argon2id$"));
        let parsed = PasswordHash::new(&hash).unwrap();
        assert!(hasher().verify_password("正确的密码".as_bytes(), &parsed).is_ok());
        assert!(hasher().verify_password("别的".as_bytes(), &parsed).is_err());
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=b; __Host-huiyin=xyz; c=d".parse().unwrap());
        assert_eq!(token(&headers), Some("xyz"));
        assert_eq!(token(&HeaderMap::new()), None);
    }
}
