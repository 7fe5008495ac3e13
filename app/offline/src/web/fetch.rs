//! The way to the server over the browser's `fetch`: same origin, cookies with it, a time limit by
//! `AbortController`. JSON is compressed on its way up where the browser can; answers are compressed by
//! the server, and undone by the browser without our doing.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCache, RequestCredentials, RequestInit, Response};

use crate::transport::{Body, Broken, Method, Reply, Request, Transport};

/// Half a megabyte over a line of 100 kbit/s takes 40 seconds.
const TIME_LIMIT_MS: i32 = 60_000;
/// Below this compressing costs more than it saves.
const COMPRESS_FROM: usize = 1_024;

/// The browser's `fetch`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fetch;

impl Transport for Fetch {
    async fn send(&self, request: Request) -> Result<Reply, Broken> {
        let timed_out = Rc::new(Cell::new(false));
        exchange(request, &timed_out).await.map_err(|_| if timed_out.get() { Broken::Timeout } else { Broken::Offline })
    }
}

async fn exchange(request: Request, timed_out: &Rc<Cell<bool>>) -> Result<Reply, JsValue> {
    let window = web_sys::window().ok_or("no window")?;
    let controller = AbortController::new()?;
    let init = RequestInit::new();
    init.set_method(match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Delete => "DELETE",
    });
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&controller.signal()));
    let _given_up = GivenUp(controller.clone());
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    if let Some(account) = request.account {
        headers.set("huiyin-account", &account.to_string())?;
    }
    if let Some(device) = request.device {
        headers.set("huiyin-device", &device.to_string())?;
    }
    match &request.body {
        Body::Empty => {}
        Body::Json(json) => {
            headers.set("content-type", "application/json")?;
            let small = if json.len() < COMPRESS_FROM { None } else { compressed(json).await.ok() };
            match small {
                Some(bytes) => {
                    headers.set("content-encoding", "gzip")?;
                    init.set_body(&bytes);
                }
                None => init.set_body(&JsValue::from_str(json)),
            }
        }
        Body::Bytes(bytes) => {
            headers.set("content-type", "application/octet-stream")?;
            init.set_body(&Uint8Array::from(bytes.as_slice()));
        }
    }
    init.set_headers(&headers);

    let limit = {
        let (controller, timed_out) = (controller.clone(), Rc::clone(timed_out));
        Closure::once(move || {
            timed_out.set(true);
            controller.abort();
        })
    };
    let timer =
        window.set_timeout_with_callback_and_timeout_and_arguments_0(limit.as_ref().unchecked_ref(), TIME_LIMIT_MS)?;
    let reply = read(&window, &request.path, &init).await;
    window.clear_timeout_with_handle(timer);
    reply
}

/// A request that nobody waits for any more must not fill a slow line. After its answer this does nothing.
struct GivenUp(AbortController);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// By the browser's `CompressionStream`; fails where there is none (before 2023 on iPhones): then the
/// text goes as it is.
async fn compressed(json: &str) -> Result<JsValue, JsValue> {
    let make: Function = Reflect::get(&js_sys::global(), &"CompressionStream".into())?.dyn_into()?;
    let gzip = Reflect::construct(&make, &Array::of1(&"gzip".into()))?;
    let plain = Reflect::get(&Response::new_with_opt_str(Some(json))?.into(), &"body".into())?;
    let pipe: Function = Reflect::get(&plain, &"pipeThrough".into())?.dyn_into()?;
    let stream = pipe.call1(&plain, &gzip)?;
    let response: Function = Reflect::get(&js_sys::global(), &"Response".into())?.dyn_into()?;
    let response: Response = Reflect::construct(&response, &Array::of1(&stream))?.dyn_into()?;
    JsFuture::from(response.array_buffer()?).await
}

/// The time limit covers the body too, so both are read here.
async fn read(window: &web_sys::Window, path: &str, init: &RequestInit) -> Result<Reply, JsValue> {
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(path, init)).await?.dyn_into()?;
    let body = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    let retry_after = response.headers().get("retry-after")?.and_then(|text| text.trim().parse().ok());
    Ok(Reply { status: response.status(), retry_after, body })
}
