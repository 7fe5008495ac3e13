//! One request: `fetch`, a deadline, the mark that tells our own pages from foreign ones, JSON.

use case_core::json;
use case_core::wire::problem::{Problem, ProblemBody};
use gloo::timers::callback::Timeout;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, File, Headers, RequestInit, Response};

use super::{Answer, ClientError};

/// A desk waits this long for an answer; then it says that there is no connection.
const DEADLINE_MS: u32 = 30_000;
/// A file of some megabytes over a slow line.
const UPLOAD_DEADLINE_MS: u32 = 600_000;

enum Body<'a> {
    None,
    Json(String),
    File(&'a File),
}

/// Only the words of a problem whose code this build does not know.
#[derive(serde::Deserialize)]
struct Words {
    message: String,
}

pub(super) async fn get<T: DeserializeOwned>(path: &str) -> Answer<T> {
    read(&call("GET", path, Body::None).await?)
}

pub(super) async fn post<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Answer<T> {
    let json = json::write(body).map_err(|_| ClientError::Unreadable)?;
    read(&call("POST", path, Body::Json(json)).await?)
}

/// Sends something to which there is no answer but that it was done.
pub(super) async fn tell(path: &str, body: &impl Serialize) -> Answer<()> {
    let json = json::write(body).map_err(|_| ClientError::Unreadable)?;
    call("POST", path, Body::Json(json)).await.map(drop)
}

pub(super) async fn upload<T: DeserializeOwned>(path: &str, file: &File) -> Answer<T> {
    read(&call("POST", path, Body::File(file)).await?)
}

pub(super) async fn delete(path: &str) -> Answer<()> {
    call("DELETE", path, Body::None).await.map(drop)
}

/// Percent-encodes a value of a query.
pub(super) fn encoded(value: &str) -> String {
    js_sys::encode_uri_component(value).into()
}

fn read<T: DeserializeOwned>(text: &str) -> Answer<T> {
    json::read(text).map_err(|_| ClientError::Unreadable)
}

async fn call(method: &str, path: &str, body: Body<'_>) -> Answer<String> {
    let (status, text) = exchange(method, path, body).await.map_err(|_| ClientError::Offline)?;
    if (200..300).contains(&status) {
        return Ok(text);
    }
    if let Ok(body) = json::read::<ProblemBody>(&text) {
        return Err(ClientError::Problem(body));
    }
    // A newer server may know problems that we do not; its words serve all the same.
    if let Ok(Words { message }) = json::read::<Words>(&text) {
        let problem = Problem::Malformed { detail: String::new() };
        return Err(ClientError::Problem(ProblemBody { problem, message }));
    }
    // Not our server's words: a proxy in between, or a server about to stop.
    let ours = if status >= 500 { Problem::Unavailable } else { return Err(ClientError::Unreadable) };
    Err(ClientError::Problem(crate::text::problem::body(ours)))
}

async fn exchange(method: &str, path: &str, body: Body<'_>) -> Result<(u16, String), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let headers = Headers::new()?;
    // A form of another site cannot set it: the server refuses every change without it.
    headers.set("x-huiyin", "1")?;
    headers.set("accept", "application/json")?;
    let init = RequestInit::new();
    init.set_method(method);
    let deadline = match body {
        Body::None => DEADLINE_MS,
        Body::Json(json) => {
            headers.set("content-type", "application/json")?;
            init.set_body(&JsValue::from_str(&json));
            DEADLINE_MS
        }
        Body::File(file) => {
            headers.set("content-type", "application/octet-stream")?;
            init.set_body(file.as_ref());
            UPLOAD_DEADLINE_MS
        }
    };
    init.set_headers(&headers);
    let controller = AbortController::new()?;
    init.set_signal(Some(&controller.signal()));
    let timeout = Timeout::new(deadline, move || controller.abort());
    let url = ["/api/v1", path].concat();
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(&url, &init)).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    timeout.cancel();
    Ok((response.status(), text))
}
