//! One look-up that may have been answered before.

use std::net::IpAddr;
use std::sync::Arc;

use app::pages::public::{Message, answer_end, answer_top};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use case_store::ByCode;

use super::packed::Packed;
use super::{Answers, AsOf, Question};
use crate::guard::proof;
use crate::public::lookup::{Drawn, Questions, read};
use crate::public::reader::Reader;
use crate::public::tries::{self, Turns};
use crate::public::{frame, page, say};
use crate::state::AppState;

/// The look-up.
pub(in crate::public) struct Again<'a> {
    state: &'a AppState,
    reader: Reader,
    answers: &'a Answers,
    /// Whether the browser takes it packed.
    gzip: bool,
}

impl<'a> Again<'a> {
    pub(in crate::public) fn new(
        state: &'a AppState,
        reader: Reader,
        answers: &'a Answers,
        headers: &HeaderMap,
    ) -> Self {
        Self { state, reader, answers, gzip: takes_gzip(headers) }
    }

    /// What was answered before, and still is so; and as of when what is made now may be kept. Takes its turn like
    /// any try: otherwise a thousand tries at once would find a kept answer behind the first wrong one.
    pub(in crate::public) async fn kept(
        &self,
        turns: &Turns,
        address: IpAddr,
        questions: &mut Questions,
    ) -> (Option<Arc<Packed>>, Option<AsOf>) {
        let (state, now) = (self.state, self.state.now());
        let Ok(code) = read(&questions.code, &questions.proof) else { return (None, None) };
        let keys = tries::keys(&state.secrets, &code, address);
        let _turn = turns.take(&keys[0], &keys[1]).await;
        let as_of = match self.answers.catch_up(&state.store, now.date()).await {
            Ok(as_of) => as_of,
            Err(error) => {
                tracing::warn!(%error, "what was done since is not known");
                return (None, None);
            }
        };
        let clear = turns.suspects.clear(&keys, now);
        let found = clear.then(|| self.answers.find(&self.question(&keys[0], questions), as_of)).flatten();
        if found.is_some() {
            questions.pass = proof::pass(&state.secrets, &tries::network(address), &code, now);
        }
        (found, Some(as_of))
    }

    fn question<'k>(&self, code: &'k str, questions: &Questions) -> Question<'k> {
        let proof = self.state.secrets.kept_answer(code, &questions.proof);
        Question { code, proof, large: self.reader.large }
    }

    /// An answer that was made now: kept where it depends on nothing but what the chain tells, and sent.
    pub(in crate::public) fn made(
        &self,
        found: &ByCode,
        drawn: Drawn,
        questions: &Questions,
        as_of: Option<AsOf>,
    ) -> Response {
        let state = self.state;
        let top = self.answers.top(self.reader.large, || drawn.answer.top);
        let packed = match Packed::new(&top, &drawn.answer.body) {
            Ok(packed) => Arc::new(packed),
            Err(error) => {
                tracing::error!(%error, "packing an answer");
                return say(state, self.reader, StatusCode::SERVICE_UNAVAILABLE, &Message::Ours);
            }
        };
        // How a place at a reception stands changes with the hour.
        let lasts = drawn.whole && found.beside.bookings == 0;
        if let (Some(as_of), Ok(code)) = (as_of.filter(|_| lasts), read(&questions.code, &questions.proof)) {
            let code = tries::code_key(&state.secrets, &code);
            self.answers.keep(&self.question(&code, questions), found.matter.id, &packed, as_of);
        }
        self.page(&packed, questions)
    }

    /// The page for this asker.
    pub(in crate::public) fn page(&self, packed: &Packed, questions: &Questions) -> Response {
        let (state, reader) = (self.state, self.reader);
        let top = self.answers.top(reader.large, || answer_top(&frame(state, reader, "/c")));
        let end = answer_end(questions.asked());
        let gzip = if self.gzip { packed.gzip(&top, &end) } else { None };
        let packed_up = gzip.is_some();
        let body = match gzip {
            Some(parts) => Body::new(parts),
            None => match packed.plain(&top, &end) {
                Ok(page) => Body::from(page),
                Err(error) => {
                    tracing::error!(%error, "unpacking an answer");
                    return say(state, reader, StatusCode::SERVICE_UNAVAILABLE, &Message::Ours);
                }
            },
        };
        let mut response = page(StatusCode::OK, reader, body);
        let headers = response.headers_mut();
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if packed_up {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }
}

/// Whether a browser takes gzip: named, and not with a weight of nothing.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let named = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    named.flat_map(|value| value.split(',')).any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let nothing = |part: &str| part.strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0));
        (name.eq_ignore_ascii_case("gzip") || name == "*") && !parts.any(nothing)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_sent_to_who_takes_it() {
        let takes = |value: &'static str| {
            takes_gzip(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]))
        };
        assert!(takes("gzip") && takes("br, GZIP;q=0.5, deflate") && takes("*"));
        assert!(!takes("") && !takes("br, gzip;q=0") && !takes("identity") && !takes("gzip; q=0.0"));
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
