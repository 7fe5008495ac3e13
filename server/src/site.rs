//! The built files: names with a hash in them are cached for ever, the service worker and the
//! manifest never. Compressed once when built, sent as they lie on the disk.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use crate::state::AppState;

/// One file, held in memory: all of them together are about a megabyte.
#[derive(Clone, Debug)]
struct File {
    plain: Bytes,
    brotli: Option<Bytes>,
    kind: &'static str,
    cache: &'static str,
}

/// All files of the site.
#[derive(Clone, Debug, Default)]
pub struct Site(Arc<HashMap<String, File>>);

impl Site {
    /// Reads a folder made by the bundler.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn load(folder: &Path) -> std::io::Result<Self> {
        let mut files = HashMap::new();
        let mut open: Vec<PathBuf> = vec![folder.to_owned()];
        while let Some(next) = open.pop() {
            for entry in std::fs::read_dir(&next)? {
                let path = entry?.path();
                if path.is_dir() {
                    open.push(path);
                    continue;
                }
                if path.extension().is_some_and(|e| e == "br") {
                    continue;
                }
                let Ok(relative) = path.strip_prefix(folder) else { continue };
                let url = format!("/{}", relative.to_string_lossy().replace('\\', "/"));
                let mut packed = path.clone().into_os_string();
                packed.push(".br");
                let brotli = std::fs::read(packed).ok().map(Bytes::from);
                let plain = Bytes::from(std::fs::read(&path)?);
                let cache = if url.starts_with("/pkg/") { "public, max-age=31536000, immutable" } else { "no-cache" };
                files.insert(url.clone(), File { plain, brotli, kind: kind(&url), cache });
            }
        }
        Ok(Self(Arc::new(files)))
    }

    /// Puts a file of our own making among them (the filled-in service worker).
    pub fn add(&mut self, url: &str, content: String) {
        let mut files = (*self.0).clone();
        let kind = kind(url);
        files.insert(url.to_owned(), File { plain: content.into(), brotli: None, kind, cache: "no-cache" });
        self.0 = Arc::new(files);
    }

    /// The answer for a path, if it is a file.
    #[must_use]
    pub fn respond(&self, path: &str, headers: &HeaderMap) -> Option<Response> {
        let file = self.0.get(path)?;
        let takes_brotli = headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.split(',').any(|part| part.trim().starts_with("br")));
        let (body, encoding) = match &file.brotli {
            Some(packed) if takes_brotli => (packed.clone(), Some("br")),
            _ => (file.plain.clone(), None),
        };
        let mut response = Response::new(Body::from(body));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(file.cache));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        Some(response)
    }
}

fn kind(url: &str) -> &'static str {
    match url.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Whatever no route answers: a file, or a page that says so.
pub(crate) async fn serve(State(state): State<AppState>, request: Request) -> Response {
    if request.method() == axum::http::Method::GET
        && let Some(response) = state.site.respond(request.uri().path(), request.headers())
    {
        return response;
    }
    let reader = crate::public::Reader::of(request.uri(), request.headers());
    crate::public::not_found(&state, reader)
}
