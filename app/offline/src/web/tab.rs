//! One tab: opens the phone and steps its engine whenever there is something to do, as long as this
//! tab leads.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;

use super::lead::Lead;
use super::tabs::{Tabs, Word};
use super::{Browser, Fetch, IndexedDb, events};
use crate::Handle;
use crate::engine::Wake;
use crate::phone::{Change, Hooks, Phone};
use crate::store::StoreError;

/// Browsers take longer waits as none at all; the engine never asks for so much.
const LONGEST_TIMER_MS: i64 = 3_600_000;

struct Tab {
    phone: OnceCell<Handle>,
    lead: OnceCell<Rc<Lead>>,
    tabs: OnceCell<Tabs>,
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
    let (waking, telling) = (Rc::clone(tab), Rc::clone(tab));
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

    /// The leading tab passes its status on.
    fn noticed(&self, change: Change) {
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
