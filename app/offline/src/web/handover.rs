//! The key of an official's part on its way between pages of this browser: to other tabs over a
//! `BroadcastChannel`, and over a reload of the only tab through the memory of the service worker. The
//! key is a `CryptoKey` that cannot be read; it is handed on as the object that it is and never
//! written anywhere. It is asked for with the account and given for that account alone.
//!
//! | message | meaning |
//! |---|---|
//! | `{say: 'key?', account}` | a page that has just opened asks the others |
//! | `{say: 'key', account, key}` | the answer, and what a page says when it was unlocked; after a `forget` it is not believed, but asked for again |
//! | `{say: 'forget', account}` | nobody may have it any more, and what is on its way to open the part does not open it |
//! | to the worker: `{type: 'keep-key', account, key}` | kept in a variable, for as long as the worker lives; `key: null` forgets |
//! | to the worker: `{type: 'give-key', account}` with a port | the answer comes over the port: the key or `null` |

use std::cell::RefCell;
use std::rc::Rc;

use case_core::id::AccountId;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent};

const NAME: &str = "huiyin-key";
/// Another tab or the worker answers within this time, or nobody has it.
const PATIENCE_MS: i32 = 300;

/// What another tab says.
pub enum Heard {
    /// It wants the key of this account.
    Wanted(AccountId),
    /// Here is one.
    Key(AccountId, JsValue),
    /// Forget it.
    Forget(AccountId),
}

/// The channel for keys.
pub struct Handover {
    channel: Option<BroadcastChannel>,
    /// Somebody waits for the key of this account.
    waiting: Rc<RefCell<Option<Function>>>,
}

fn message(kind: &str, word: &str, account: AccountId, key: Option<&JsValue>) -> JsValue {
    let message = Object::new();
    let set = |name: &str, value: &JsValue| {
        // Setting a field of a fresh object cannot fail.
        let _set = Reflect::set(&message, &name.into(), value);
    };
    set(kind, &word.into());
    set("account", &account.to_string().into());
    set("key", key.unwrap_or(&JsValue::NULL));
    message.into()
}

fn field(message: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(message, &name.into()).ok().filter(|value| !value.is_null() && !value.is_undefined())
}

fn is_key(value: &JsValue) -> bool {
    // Whatever comes over a channel is looked at before it is taken for a key.
    Reflect::get(&js_sys::global(), &"CryptoKey".into())
        .ok()
        .and_then(|class| class.dyn_into::<Function>().ok())
        .is_some_and(|class| {
            value.is_object()
                && Reflect::get_prototype_of(value).is_ok_and(|of| {
                    Reflect::get(&class, &"prototype".into()).is_ok_and(|prototype| Object::is(&of, &prototype))
                })
        })
}

fn heard(message: &JsValue) -> Option<Heard> {
    let account: AccountId = field(message, "account")?.as_string()?.parse().ok()?;
    match field(message, "say")?.as_string()?.as_str() {
        "key?" => Some(Heard::Wanted(account)),
        "key" => field(message, "key").filter(is_key).map(|key| Heard::Key(account, key)),
        "forget" => Some(Heard::Forget(account)),
        _ => None,
    }
}

impl Handover {
    /// Opens the channel.
    pub fn open(hear: impl Fn(Heard) + 'static) -> Self {
        let channel = BroadcastChannel::new(NAME).ok();
        let waiting: Rc<RefCell<Option<Function>>> = Rc::default();
        if let Some(channel) = &channel {
            let waits = Rc::clone(&waiting);
            let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                let Some(word) = heard(&event.data()) else { return };
                if matches!(word, Heard::Key(..))
                    && let Some(resolve) = waits.borrow().as_ref()
                {
                    let _resolved = resolve.call1(&JsValue::NULL, &event.data());
                }
                hear(word);
            });
            channel.set_onmessage(Some(listener.into_js_value().unchecked_ref()));
        }
        Self { channel, waiting }
    }

    fn say(&self, message: &JsValue) {
        if let Some(channel) = &self.channel {
            // A closed channel means that the page is going away.
            let _said = channel.post_message(message);
        }
    }

    /// Gives the key to the other tabs.
    pub fn share(&self, account: AccountId, key: &JsValue) {
        self.say(&message("say", "key", account, Some(key)));
    }

    /// Asks the other tabs for it, without waiting.
    pub fn want(&self, account: AccountId) {
        self.say(&message("say", "key?", account, None));
    }

    /// Leaves the key with the worker while the page is away.
    pub fn leave(&self, account: AccountId, key: &JsValue) {
        tell_worker(&message("type", "keep-key", account, Some(key)), None);
    }

    /// Nobody may have it any more.
    pub fn forget(&self, account: AccountId) {
        self.say(&message("say", "forget", account, None));
        tell_worker(&message("type", "keep-key", account, None), None);
    }

    /// Asks the worker and the other tabs; whoever answers first.
    pub async fn ask(&self, account: AccountId) -> Option<JsValue> {
        let pair = port_pair();
        let answer = Promise::new(&mut |resolve, _| {
            self.waiting.replace(Some(resolve.clone()));
            if let Some((ours, _)) = &pair {
                let resolve = resolve.clone();
                let given = Closure::once_into_js(move |event: MessageEvent| {
                    // The worker without it says null: then the other tabs have their time.
                    if is_key(&event.data()) {
                        let _resolved =
                            resolve.call1(&JsValue::NULL, &message("say", "key", account, Some(&event.data())));
                    }
                });
                let _set = Reflect::set(ours, &"onmessage".into(), &given);
            }
            if let Some(window) = web_sys::window() {
                let _timer = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PATIENCE_MS);
            }
        });
        tell_worker(&message("type", "give-key", account, None), pair.as_ref().map(|(_, theirs)| theirs));
        self.want(account);
        let answer = JsFuture::from(answer).await.ok()?;
        self.waiting.replace(None);
        match heard(&answer)? {
            Heard::Key(whose, key) if whose == account => Some(key),
            _ => None,
        }
    }
}

fn port_pair() -> Option<(JsValue, JsValue)> {
    let make: Function = Reflect::get(&js_sys::global(), &"MessageChannel".into()).ok()?.dyn_into().ok()?;
    let channel = Reflect::construct(&make, &Array::new()).ok()?;
    Some((field(&channel, "port1")?, field(&channel, "port2")?))
}

/// The worker that serves this page; none on a first visit.
fn tell_worker(message: &JsValue, port: Option<&JsValue>) {
    let worker = web_sys::window()
        .and_then(|window| field(&window.navigator(), "serviceWorker"))
        .and_then(|container| field(&container, "controller"));
    let Some(worker) = worker else { return };
    let Some(post) = field(&worker, "postMessage").and_then(|post| post.dyn_into::<Function>().ok()) else { return };
    let ports: Array = port.into_iter().cloned().collect();
    let _posted = post.call2(&worker, message, &ports);
}
