//! 关怀模式: chosen by a link, remembered in a cookie that says nothing else.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};

/// How the reader wants the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reader {
    /// Large type.
    pub large: bool,
    /// Chosen just now, so to be remembered.
    chosen: bool,
}

impl Reader {
    pub(crate) fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let asked = uri.query().into_iter().flat_map(|query| query.split('&')).find_map(size);
        if let Some(large) = asked {
            return Self { large, chosen: true };
        }
        let remembered = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .find_map(|pair| size(pair.trim()));
        Self { large: remembered.unwrap_or(false), chosen: false }
    }

    /// What the browser is to remember.
    pub(super) fn cookie(self) -> Option<&'static str> {
        self.chosen.then_some(if self.large {
            "type=large; Path=/; Max-Age=31536000; SameSite=Lax"
        } else {
            "type=normal; Path=/; Max-Age=31536000; SameSite=Lax"
        })
    }
}

/// The same word in the address and in the cookie.
fn size(pair: &str) -> Option<bool> {
    match pair {
        "type=large" => Some(true),
        "type=normal" => Some(false),
        _ => None,
    }
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.uri, &parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn reader(address: &'static str, cookie: &'static str) -> Reader {
        let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(cookie))]);
        Reader::of(&Uri::from_static(address), &headers)
    }

    #[test]
    fn what_was_just_chosen_wins_over_what_is_remembered() {
        assert!(reader("/c?type=large", "type=normal").large);
        assert!(!reader("/c?type=normal", "type=large").large);
        assert!(reader("/c", "a=b; type=large").large);
        assert!(!reader("/c?type=huge&x", "").large);
    }

    #[test]
    fn only_a_choice_is_written_down() {
        assert!(reader("/c?type=large", "").cookie().unwrap().starts_with("type=large;"));
        assert!(reader("/c?type=normal", "").cookie().unwrap().starts_with("type=normal;"));
        assert_eq!(reader("/c", "type=large").cookie(), None);
    }
}
