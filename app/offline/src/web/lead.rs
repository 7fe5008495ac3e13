//! Which of several open tabs sends and pulls: one, by a Web Lock. The tab that comes to the front
//! takes the lead, because browsers freeze those behind. Where there are no locks every tab leads:
//! then two may send the same record, which the server answers with the same receipt.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::AbortController;

const NAME: &str = "huiyin-lead";

/// This tab's part in it.
pub struct Lead {
    leading: Cell<bool>,
    /// Ends the place in the queue.
    queued: RefCell<Option<AbortController>>,
    begins: Box<dyn Fn()>,
}

impl Lead {
    /// `begins` is called whenever the lead is given to this tab.
    pub fn new(begins: impl Fn() + 'static) -> Rc<Self> {
        Rc::new(Self { leading: Cell::new(false), queued: RefCell::default(), begins: Box::new(begins) })
    }

    /// Whether this tab leads.
    pub fn is_leading(&self) -> bool {
        self.leading.get()
    }

    /// Queues for the lead.
    pub fn queue(self: &Rc<Self>) {
        self.ask(false);
    }

    /// Takes the lead from whichever tab has it.
    pub fn take(self: &Rc<Self>) {
        if self.leading.get() {
            return;
        }
        if let Some(queued) = self.queued.take() {
            queued.abort();
        }
        self.ask(true);
    }

    fn begin(&self) {
        self.queued.replace(None);
        if !self.leading.replace(true) {
            (self.begins)();
        }
    }

    fn ask(self: &Rc<Self>, steal: bool) {
        let Some((locks, request)) = locks() else {
            self.begin();
            return;
        };
        let this = Rc::clone(self);
        spawn_local(async move {
            let given = Rc::new(Cell::new(false));
            let hold = {
                let (this, given) = (Rc::clone(&this), Rc::clone(&given));
                Closure::once(move |_lock: JsValue| -> Promise {
                    given.set(true);
                    this.begin();
                    // Held until the tab ends or another takes it.
                    Promise::new(&mut |_, _| {})
                })
            };
            let options = Object::new();
            let leave = if steal { None } else { AbortController::new().ok() };
            // Setting a field of a fresh object cannot fail.
            let _set = match &leave {
                Some(leave) => Reflect::set(&options, &"signal".into(), &leave.signal()),
                None => Reflect::set(&options, &"steal".into(), &steal.into()),
            };
            this.queued.replace(leave.clone());
            if let Ok(held) = request.call3(&locks, &NAME.into(), &options, hold.as_ref()) {
                // It only ends by being taken away, left, or refused.
                let _ended = JsFuture::from(held.unchecked_into::<Promise>()).await;
            }
            if given.get() {
                this.leading.set(false);
                this.queue();
            } else if !leave.is_some_and(|leave| leave.signal().aborted()) {
                // The browser refuses locks here: lead without one.
                this.begin();
            }
        });
    }
}

fn locks() -> Option<(JsValue, Function)> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(|locks| locks.is_object())?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}
