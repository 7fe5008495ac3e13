//! One tab: opens the phone and steps its engine whenever there is something to do, as long as this
//! tab leads.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;

use super::handover::{Handover, Heard};
use super::lead::Lead;
use super::tabs::{Tabs, Word};
use super::{Browser, Fetch, IndexedDb, events};
use crate::Handle;
use crate::engine::Wake;
use crate::phone::{Change, Hooks, KeyWord, Phone};
use crate::status::Lock;
use crate::store::{LocalStore as _, StoreError};

/// Browsers take longer waits as none at all; the engine never asks for so much.
const LONGEST_TIMER_MS: i64 = 3_600_000;

struct Tab {
    phone: OnceCell<Handle>,
    lead: OnceCell<Rc<Lead>>,
    tabs: OnceCell<Tabs>,
    keys: OnceCell<Handover>,
    /// The last word about the key was that it is to be forgotten.
    forgot: Cell<bool>,
    stepping: Cell<bool>,
    /// Something happened while a step was under way.
    again: Cell<bool>,
    timer: RefCell<Option<Timer>>,
}

/// Opens the phone and starts to send and pull by itself.
pub async fn start() -> Result<Handle, StoreError> {
    let store = IndexedDb::open().await?;
    let tab = Rc::new(Tab {
        phone: OnceCell::new(),
        lead: OnceCell::new(),
        tabs: OnceCell::new(),
        keys: OnceCell::new(),
        forgot: Cell::new(false),
        stepping: Cell::new(false),
        again: Cell::new(false),
        timer: RefCell::default(),
    });
    let phone = Phone::open(store, Fetch, Browser, hooks(&tab)).await?;
    let _first = tab.phone.set(phone.clone());

    let _first = tab.tabs.set(Tabs::open({
        let tab = Rc::clone(&tab);
        move |word| tab.hear(word)
    }));
    let _first = tab.keys.set(Handover::open({
        let tab = Rc::clone(&tab);
        move |heard| tab.hear_of_key(heard)
    }));
    tab.ask_for_key(&phone).await;
    let _first = tab.lead.set(Lead::new({
        let tab = Rc::clone(&tab);
        move || tab.step_soon()
    }));
    phone
        .subscribe({
            let tab = Rc::clone(&tab);
            move |change| tab.noticed(change)
        })
        .forever();
    events::listen(
        {
            let tab = Rc::clone(&tab);
            move || tab.woken(Wake::Hint)
        },
        {
            let tab = Rc::clone(&tab);
            move || tab.came_to_front()
        },
        {
            let tab = Rc::clone(&tab);
            move || tab.leaving()
        },
    );
    if events::in_front() {
        tab.with_lead(Lead::take);
    } else {
        tab.with_lead(Lead::queue);
    }
    tab.say(&Word::Hello);
    Ok(phone)
}

fn hooks(tab: &Rc<Tab>) -> Hooks {
    let (waking, telling, keeping) = (Rc::clone(tab), Rc::clone(tab), Rc::clone(tab));
    Hooks {
        spawn: Box::new(spawn_local),
        wake: Box::new(move |why| {
            if waking.is_leading() {
                waking.step_soon();
            } else {
                waking.say(&Word::Wake { asked: why == Wake::Asked });
            }
        }),
        tell: Box::new(move |what| telling.say(&Word::Changed { what })),
        key: Box::new(move |word| keeping.key_word(word)),
    }
}

impl Tab {
    fn with_lead(&self, act: impl Fn(&Rc<Lead>)) {
        if let Some(lead) = self.lead.get() {
            act(lead);
        }
    }

    fn is_leading(&self) -> bool {
        self.lead.get().is_some_and(|lead| lead.is_leading())
    }

    fn say(&self, word: &Word) {
        if let Some(tabs) = self.tabs.get() {
            tabs.say(word);
        }
    }

    fn hear(self: &Rc<Self>, word: Word) {
        let Some(phone) = self.phone.get().cloned() else { return };
        match word {
            Word::Changed { what } => {
                let tab = Rc::clone(self);
                spawn_local(async move {
                    phone.heard_change(what).await;
                    if what == Change::Session {
                        tab.step_soon();
                    }
                });
            }
            Word::Wake { asked } => {
                if self.is_leading() {
                    self.woken(if asked { Wake::Asked } else { Wake::Committed });
                }
            }
            Word::Live { live } => {
                if !self.is_leading() {
                    phone.heard_live(live);
                }
            }
            Word::Hello => self.noticed(Change::Status),
        }
    }

    /// After a reload, or when another tab is open: the PIN need not be typed again.
    async fn ask_for_key(&self, phone: &Handle) {
        let Lock::Locked { .. } = phone.lock() else { return };
        let (Some(keys), Ok(owner)) = (self.keys.get(), phone.inner().owner()) else { return };
        if let Some(key) = keys.ask(owner).await
            && phone.inner().store.adopt(owner, key.unchecked_into()).await == Ok(true)
        {
            if phone.read_first().await {
                // The screens can begin; the whole comes while they are drawn.
                let phone = phone.clone();
                spawn_local(async move { phone.read_rest().await });
            } else {
                phone.read_rest().await;
            }
        }
    }

    fn hear_of_key(self: &Rc<Self>, heard: Heard) {
        let Some(phone) = self.phone.get().cloned() else { return };
        match heard {
            Heard::Wanted(owner) => {
                if let (Some(key), Some(keys)) = (phone.inner().store.key(owner), self.keys.get()) {
                    keys.share(owner, &key);
                }
            }
            Heard::Key(owner, key) => {
                if phone.inner().owner() != Ok(owner) || phone.inner().store.is_open(owner) {
                    return;
                }
                // It may have been said before that tab heard that the key is to be forgotten: it is asked again,
                // and answers after it has heard it.
                if self.forgot.replace(false) {
                    if let Some(keys) = self.keys.get() {
                        keys.want(owner);
                    }
                    return;
                }
                let tab = Rc::clone(self);
                spawn_local(async move {
                    if phone.inner().store.adopt(owner, key.unchecked_into()).await == Ok(true) {
                        phone.read_anew().await;
                        tab.woken(Wake::LockChanged);
                    }
                });
            }
            Heard::Forget(owner) => {
                self.forgot.set(true);
                let was_open = phone.inner().store.is_open(owner);
                // Also what is on its way to open it.
                phone.close_here(owner);
                if was_open {
                    spawn_local(async move { phone.read_anew().await });
                }
            }
        }
    }

    /// The worker lives only so long: it gets the key when the page goes, not when it was unlocked.
    fn leaving(&self) {
        if let (Some(phone), Some(keys)) = (self.phone.get(), self.keys.get())
            && let Ok(owner) = phone.inner().owner()
            && let Some(key) = phone.inner().store.key(owner)
        {
            keys.leave(owner, &key);
        }
    }

    fn key_word(&self, word: KeyWord) {
        let (Some(phone), Some(keys)) = (self.phone.get(), self.keys.get()) else { return };
        let Some(owner) = phone.inner().key_owner() else { return };
        match (word, phone.inner().store.key(owner)) {
            (KeyWord::Share, Some(key)) => keys.share(owner, &key),
            (KeyWord::Share, None) => {}
            (KeyWord::Forget, _) => {
                self.forgot.set(true);
                keys.forget(owner);
            }
        }
    }

    /// Tells the page's script whether a new version may take over now.
    fn show_clean(&self) {
        let root = web_sys::window().and_then(|window| window.document()).and_then(|page| page.document_element());
        if let (Some(root), Some(phone)) = (root, self.phone.get()) {
            let word = if phone.is_clean() { "yes" } else { "no" };
            if root.get_attribute("data-clean").as_deref() != Some(word) {
                // The name and the word are ours and allowed.
                let _set = root.set_attribute("data-clean", word);
            }
        }
    }

    /// The leading tab passes its status on.
    fn noticed(&self, change: Change) {
        self.show_clean();
        if change == Change::Status
            && self.is_leading()
            && let Some(phone) = self.phone.get()
        {
            self.say(&Word::Live { live: phone.live() });
        }
    }

    fn came_to_front(self: &Rc<Self>) {
        let deaf = self.tabs.get().is_some_and(|tabs| !tabs.are_connected());
        if deaf && let Some(phone) = self.phone.get().cloned() {
            spawn_local(async move {
                phone.heard_change(Change::Records).await;
                phone.heard_change(Change::Work).await;
            });
        }
        self.with_lead(Lead::take);
        self.woken(Wake::Hint);
    }

    fn woken(self: &Rc<Self>, why: Wake) {
        if let Some(phone) = self.phone.get() {
            phone.inner().engine.wake(why);
        }
        self.step_soon();
    }

    /// Steps until nothing is due, then sets a timer.
    fn step_soon(self: &Rc<Self>) {
        self.again.set(true);
        if !self.is_leading() || self.stepping.replace(true) {
            return;
        }
        self.timer.replace(None);
        let tab = Rc::clone(self);
        spawn_local(async move {
            if let Some(phone) = tab.phone.get() {
                let wake = tab.steps(phone).await;
                if let Some(ms) = wake {
                    let this = Rc::clone(&tab);
                    tab.timer.replace(Timer::after(ms, move || this.step_soon()));
                }
            }
            tab.stepping.set(false);
        });
    }

    async fn steps(&self, phone: &Handle) -> Option<i64> {
        loop {
            self.again.set(false);
            let outcome = phone.step().await;
            if !self.is_leading() {
                return None;
            }
            match outcome.next_wake {
                Some(at) if at <= phone.now() => {}
                _ if self.again.get() => {}
                Some(at) => return Some(phone.now().ms_until(at).clamp(1, LONGEST_TIMER_MS)),
                None => return None,
            }
        }
    }
}

/// A timer that is cleared when dropped.
struct Timer {
    handle: i32,
    _rings: Closure<dyn FnMut()>,
}

impl Timer {
    fn after(ms: i64, rings: impl FnOnce() + 'static) -> Option<Self> {
        let rings = Closure::once(rings);
        let ms = i32::try_from(ms).unwrap_or(i32::MAX);
        let handle = web_sys::window()?
            .set_timeout_with_callback_and_timeout_and_arguments_0(rings.as_ref().unchecked_ref(), ms)
            .ok()?;
        Some(Self { handle, _rings: rings })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.handle);
        }
    }
}
