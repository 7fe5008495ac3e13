//! What the open tabs tell each other.

use serde::Serialize;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::phone::Change;
use crate::status::Live;

const NAME: &str = "huiyin";

/// A word from one tab to the others.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum Word {
    /// The store has changed.
    Changed {
        /// What.
        what: Change,
    },
    /// To the leading tab: there is something to do.
    Wake {
        /// Whether a person asked.
        asked: bool,
    },
    /// From the leading tab: how sending stands.
    Live {
        /// That.
        live: Live,
    },
    /// From a tab that was just opened: how does sending stand?
    Hello,
}

case_core::read_tagged!(Word by "say" {
    "changed" => Changed { what: Change },
    "wake" => Wake { asked: bool },
    "live" => Live { live: Live },
    "hello" => Hello,
});

/// The channel between tabs. In a browser without it the tabs do not hear of each other; each reads
/// the store when it comes to the front.
pub struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Opens the channel.
    pub fn open(hear: impl Fn(Word) + 'static) -> Self {
        let channel = BroadcastChannel::new(NAME).ok();
        if let Some(channel) = &channel {
            let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                let word = event.data().as_string().and_then(|json| case_core::json::read(&json).ok());
                // A tab of another version may say what this one does not know.
                if let Some(word) = word {
                    hear(word);
                }
            });
            channel.set_onmessage(Some(heard.into_js_value().unchecked_ref()));
        }
        Self(channel)
    }

    /// Whether the tabs hear each other.
    pub fn are_connected(&self) -> bool {
        self.0.is_some()
    }

    /// Tells the others.
    pub fn say(&self, word: &Word) {
        if let (Some(channel), Ok(json)) = (&self.0, case_core::json::write(word)) {
            // A closed channel means that the page is going away.
            let _said = channel.post_message(&JsValue::from_str(&json));
        }
    }
}
