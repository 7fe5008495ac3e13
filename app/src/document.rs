//! The HTML documents: a petitioner's page, and the shell of the workbench.
//!
//! Both are rendered in one pass to a string, without signals, resources or an async runtime: what
//! a page needs comes in as arguments. Nothing is inline but text and, on a petitioner's page, its style sheet: so
//! it can be read after one round trip. The content policy names that sheet by its hash and allows no other.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde::Deserialize;

use crate::text::public as words;

/// A list of built files that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AssetsError {
    /// Not the JSON that the bundler writes.
    #[error("manifest.json cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// A file is not in it.
    #[error("manifest.json does not name {0}; build the site again")]
    Missing(&'static str),
    /// A file that stands in every page is not there.
    #[error("a style sheet cannot be read: {0}")]
    Sheet(#[from] std::io::Error),
}

/// Addresses of the built files, as the bundler named them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    /// Changes when anything in `precache` does.
    pub version: String,
    /// What the service worker stores, the shell first.
    pub precache: Vec<String>,
    /// Style of the petitioners' pages: the sheet itself, which stands in each of them.
    pub public_css: String,
    /// Comfort on the look-up page.
    pub lookup_js: String,
    /// Style of the workbench.
    pub workbench_css: String,
    /// Starts the workbench.
    pub boot_js: String,
    /// The mark.
    pub icon: String,
    /// The mark, for home screens that want a picture of fixed size.
    pub touch_icon: String,
    /// For installing the workbench.
    pub manifest: String,
}

#[derive(Deserialize)]
struct Manifest {
    version: String,
    precache: Vec<String>,
    files: BTreeMap<String, File>,
}

#[derive(Deserialize)]
struct File {
    url: String,
}

impl Assets {
    /// Reads `manifest.json`; `read` gives the text of a file at its address.
    ///
    /// # Errors
    /// [`AssetsError`] when it is not one, or a file is missing in it.
    pub fn from_manifest(json: &str, read: impl FnOnce(&str) -> std::io::Result<String>) -> Result<Self, AssetsError> {
        let mut manifest: Manifest = serde_json::from_str(json)?;
        let mut url =
            |name: &'static str| manifest.files.remove(name).map(|file| file.url).ok_or(AssetsError::Missing(name));
        Ok(Self {
            public_css: read(&url("public.css")?)?,
            lookup_js: url("lookup.js")?,
            workbench_css: url("workbench.css")?,
            boot_js: url("boot.js")?,
            icon: url("icons/icon.svg")?,
            touch_icon: url("icons/apple-touch-icon.png")?,
            manifest: url("manifest.webmanifest")?,
            version: manifest.version,
            precache: manifest.precache,
        })
    }
}

/// The colours of the paper, so that the browser's own bars match.
const PAPER: &str = "#f5f3ed";
const PAPER_DARK: &str = "#13161a";

fn theme_colour(media: &'static str, colour: &'static str) -> impl IntoView {
    leptos::html::meta().name("theme-color").attr("media", media).content(colour)
}

/// A petitioner's page. `large` is 关怀模式, chosen by the reader.
pub fn public_document(title: &str, assets: &Assets, large: bool, body: impl IntoView) -> String {
    let title = [title, " - ", words::NAME].concat();
    view! {
        <!DOCTYPE html>
        <html lang="zh-CN" data-type=large.then_some("large")>
            <head>
                <meta charset="utf-8"/>
                <title>{title}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="description" content=words::DESCRIPTION/>
                // No number on these pages is to be made a link by the browser, but those that are.
                <meta name="format-detection" content="telephone=no"/>
                <meta name="color-scheme" content="light dark"/>
                {theme_colour("(prefers-color-scheme: light)", PAPER)}
                {theme_colour("(prefers-color-scheme: dark)", PAPER_DARK)}
                <style inner_html=assets.public_css.clone()></style>
                <link rel="icon" type="image/svg+xml" href=assets.icon.clone()/>
                <script defer src=assets.lookup_js.clone()></script>
            </head>
            <body>{body}</body>
        </html>
    }
    .to_html()
}

/// The page that every address below `/w/` is answered with; the workbench draws itself into it.
#[must_use]
pub fn workbench_shell(assets: &Assets) -> String {
    view! {
        <!DOCTYPE html>
        <html lang="zh-CN">
            <head>
                <meta charset="utf-8"/>
                <title>{words::NAME}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="format-detection" content="telephone=no"/>
                <meta name="color-scheme" content="light dark"/>
                {theme_colour("(prefers-color-scheme: light)", PAPER)}
                {theme_colour("(prefers-color-scheme: dark)", PAPER_DARK)}
                <meta name="robots" content="noindex"/>
                <link rel="stylesheet" href=assets.workbench_css.clone()/>
                <link rel="manifest" href=assets.manifest.clone()/>
                <link rel="icon" type="image/svg+xml" href=assets.icon.clone()/>
                <link rel="apple-touch-icon" href=assets.touch_icon.clone()/>
                <script type="module" src=assets.boot_js.clone()></script>
            </head>
            <body>
                <div id="app">
                    <p id="boot-message" class="section" role="status">{words::shell::OPENING}</p>
                </div>
                <noscript>{words::shell::NO_SCRIPT}</noscript>
            </body>
        </html>
    }
    .to_html()
}

#[cfg(test)]
mod tests;
