//! Headers and checks that hold for every answer.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use case_core::digest::Digest;
use case_core::wire::bytes::Bytes;
use case_core::wire::problem::Problem;

use crate::error::ApiError;
use crate::state::AppState;

/// Nothing from elsewhere, and nothing inline but the one style sheet that stands in the petitioners' pages.
/// `wasm-unsafe-eval` lets WebAssembly compile and no more; `blob:` shows a photo or plays a recording that
/// has not left the phone.
pub(crate) fn content_policy(sheet: &str) -> HeaderValue {
    // The policy wants the usual alphabet, padded: 32 bytes are 43 letters and one sign.
    let hash = Bytes(Digest::of_bytes(sheet.as_bytes()).bytes().to_vec()).text().replace('-', "+").replace('_', "/");
    let policy = [
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'sha256-",
        &hash,
        "='; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
         font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ];
    // Only letters, digits and signs of the alphabet are filled in.
    HeaderValue::from_str(&policy.concat()).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// Adds the security headers.
pub(crate) async fn headers(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // An answer that has a stricter policy keeps it.
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert_with(|| state.policy.clone());
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(
        "permissions-policy",
        HeaderValue::from_static("geolocation=(self), camera=(self), microphone=(self), payment=()"),
    );
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    if state.settings.base_url.starts_with("https://") {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// Against requests that another site makes in the official's name: whatever changes something
/// must come from our own pages. `SameSite=Strict` says the same; this holds where it does not.
pub(crate) async fn same_origin(request: Request, next: Next) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if changes && !is_same_origin(request.headers()) {
        return ApiError::Problem(Problem::Forbidden).into_response();
    }
    next.run(request).await
}

fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    // Old browsers do not say where a request comes from, but send the origin with what changes.
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => {
            origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host))
        }
        // Without either, only something that no form can send: our own header.
        _ => text("x-huiyin").is_some(),
    }
}

/// Whether another site's page sent a form of the petitioners' pages. Old phones say nothing of where a form comes
/// from, or say `null`: that is no proof of anything, and they must be able to send it.
pub(crate) fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let says = text("sec-fetch-site").is_some() || text("origin").is_some_and(|origin| origin != "null");
    says && !is_same_origin(headers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_one_sheet() {
        let policy = content_policy("p{color:#fff}");
        let policy = policy.to_str().unwrap();
        // printf 'p{color:#fff}' | openssl dgst -sha256 -binary | base64
        assert!(
            policy.contains("style-src 'self' 'sha256-3ixHWk4IdecRW/Sz2UxX+3cy7kA8LDQWMDJ3xdOz/1A='; img-src"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe-inline"));
    }

    fn with(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_form_of_another_site_is_foreign_and_an_old_phones_is_not() {
        assert!(is_foreign(&with(&[("sec-fetch-site", "cross-site")])));
        assert!(is_foreign(&with(&[("origin", "https://evil.example"), ("host", "xf.example")])));
        assert!(!is_foreign(&with(&[("origin", "https://xf.example"), ("host", "xf.example")])));
        assert!(!is_foreign(&with(&[("origin", "null"), ("host", "xf.example")])));
        assert!(!is_foreign(&HeaderMap::new()));
    }

    #[test]
    fn only_our_own_pages_may_change_anything() {
        assert!(is_same_origin(&with(&[("sec-fetch-site", "same-origin")])));
        assert!(!is_same_origin(&with(&[("sec-fetch-site", "cross-site")])));
        assert!(!is_same_origin(&with(&[("sec-fetch-site", "same-site"), ("x-huiyin", "1")])));
        assert!(is_same_origin(&with(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")])));
        assert!(!is_same_origin(&with(&[("origin", "http://evil.example"), ("host", "127.0.0.1:3000")])));
        assert!(!is_same_origin(&with(&[("origin", "null"), ("host", "127.0.0.1:3000")])));
        assert!(!is_same_origin(&HeaderMap::new()));
        assert!(is_same_origin(&with(&[("x-huiyin", "1")])));
    }
}
