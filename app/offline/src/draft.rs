//! Drafts (草稿): a half-filled form, kept at every keystroke.
//!
//! A draft's id is the id of the record that it will become, so that saving twice makes one record.
//! [`DraftKeeper`] joins keystrokes: while one write is under way the newer text waits, and only the
//! latest of the waiting texts is written next.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use case_core::field::About;
use case_core::id::{AccountId, HouseholdId, MatterId, RecordId};
use case_core::json;
use case_core::time::Moment;
#[cfg(not(target_arch = "wasm32"))]
use serde::Deserializer;
use serde::{Deserialize, Serialize, Serializer};

use crate::store::{DraftSaved, LocalStore, StoreError};

/// What a draft will become, and about whom.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DraftKind {
    /// 登门遍访.
    HouseholdVisit {
        /// 户.
        household: HouseholdId,
    },
    /// 上门回访.
    ReturnVisit {
        /// 信访事项.
        matter: MatterId,
    },
    /// 开门接访、专门约访.
    Reception,
    /// 登记.
    Intake {
        /// 户, when it was begun from one.
        #[serde(default)]
        household: Option<HouseholdId>,
    },
    /// 记事.
    Note(About),
    /// 更正 of that record.
    #[serde(serialize_with = "write_of")]
    #[cfg_attr(not(target_arch = "wasm32"), serde(deserialize_with = "read_of"))]
    Correction(RecordId),
    /// 材料.
    Evidence(About),
    /// 户册修改.
    #[serde(serialize_with = "write_of")]
    #[cfg_attr(not(target_arch = "wasm32"), serde(deserialize_with = "read_of"))]
    RosterEdit(HouseholdId),
    /// Any other form, by a name that its screen chooses.
    Free {
        /// The name.
        name: String,
    },
}

case_core::read_tagged!(DraftKind by "kind" {
    "household_visit" => HouseholdVisit { household: HouseholdId },
    "return_visit" => ReturnVisit { matter: MatterId },
    "reception" => Reception,
    "intake" => Intake { #[serde(default)] household: Option<HouseholdId> },
    "note" => Note(About),
    "correction" => Correction(of RecordId),
    "evidence" => Evidence(About),
    "roster_edit" => RosterEdit(of HouseholdId),
    "free" => Free { name: String },
});

/// A bare id needs a name beside the tag of its kind.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
struct Of<A> {
    of: A,
}

fn write_of<A: Serialize, S: Serializer>(value: &A, serializer: S) -> Result<S::Ok, S::Error> {
    Of { of: value }.serialize(serializer)
}

#[cfg(not(target_arch = "wasm32"))]
fn read_of<'de, A: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<A, D::Error> {
    Of::deserialize(deserializer).map(|of| of.of)
}

/// A form as JSON text. Kept as it was written: a tree of values in between would put a second reader
/// and a second writer of every form into the bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormText(String);

impl Default for FormText {
    fn default() -> Self {
        Self("null".to_owned())
    }
}

impl FormText {
    /// Of a form; `None` when it cannot be written as JSON.
    #[must_use]
    pub fn of(form: &impl Serialize) -> Option<Self> {
        json::write(form).ok().map(Self)
    }

    /// The form, when it can be read.
    #[must_use]
    pub fn read<F: serde::de::DeserializeOwned>(&self) -> Option<F> {
        json::read(&self.0).ok()
    }

    /// As a tree, for tests.
    #[must_use]
    pub fn value(&self) -> serde_json::Value {
        self.read().unwrap_or_default()
    }
}

impl From<serde_json::Value> for FormText {
    fn from(value: serde_json::Value) -> Self {
        Self(value.to_string())
    }
}

impl Serialize for FormText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &serde_json::value::RawValue = json::read(&self.0).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for FormText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<serde_json::value::RawValue>::deserialize(deserializer)?;
        Ok(Self(raw.get().to_owned()))
    }
}

/// A half-filled form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The id of the record that it will become.
    pub id: RecordId,
    /// What it will become.
    pub kind: DraftKind,
    /// The form as its screen understands it.
    pub body: FormText,
    /// When it was begun, by the phone's clock.
    pub started_at: Moment,
    /// When it was last changed, by the phone's clock.
    pub updated_at: Moment,
}

/// How the text on the screen relates to the text on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DraftState {
    /// Nothing was typed since it was opened.
    #[default]
    Untouched,
    /// Being written.
    Saving,
    /// All that was typed is on disk.
    Saved,
    /// The last write failed: what is on the screen is not on disk. The next keystroke tries again.
    Failed(StoreError),
    /// It has become a record, or was thrown away; nothing more is written.
    Closed,
}

/// Keeps one draft on disk while its form is open. Clones share it.
pub struct DraftKeeper<S> {
    inner: Rc<Inner<S>>,
}

struct Inner<S> {
    store: Rc<S>,
    owner: AccountId,
    draft: RefCell<Draft>,
    /// Whether `draft` is newer than what was last handed to the store.
    dirty: Cell<bool>,
    writing: Cell<bool>,
    state: RefCell<DraftState>,
}

impl<S> Clone for DraftKeeper<S> {
    fn clone(&self) -> Self {
        Self { inner: Rc::clone(&self.inner) }
    }
}

impl<S: LocalStore> DraftKeeper<S> {
    /// For a draft that is new or was loaded.
    #[must_use]
    pub fn new(store: Rc<S>, owner: AccountId, draft: Draft) -> Self {
        Self {
            inner: Rc::new(Inner {
                store,
                owner,
                draft: RefCell::new(draft),
                dirty: Cell::new(false),
                writing: Cell::new(false),
                state: RefCell::new(DraftState::Untouched),
            }),
        }
    }

    /// A handle that does not keep it alive.
    #[must_use]
    pub fn downgrade(&self) -> WeakKeeper<S> {
        WeakKeeper(Rc::downgrade(&self.inner))
    }

    /// The id of the draft and of the record to be.
    #[must_use]
    pub fn id(&self) -> RecordId {
        self.inner.draft.borrow().id
    }

    /// Whose it is.
    #[must_use]
    pub fn owner(&self) -> AccountId {
        self.inner.owner
    }

    /// The draft as last typed.
    #[must_use]
    pub fn draft(&self) -> Draft {
        self.inner.draft.borrow().clone()
    }

    /// How the screen relates to the disk.
    #[must_use]
    pub fn state(&self) -> DraftState {
        self.inner.state.borrow().clone()
    }

    /// Takes the newest text. True when nobody is writing: then the caller must run
    /// [`Self::write`] (a running one takes the new text along by itself).
    #[must_use]
    pub fn note(&self, body: FormText, now: Moment) -> bool {
        if *self.inner.state.borrow() == DraftState::Closed {
            return false;
        }
        {
            let mut draft = self.inner.draft.borrow_mut();
            draft.body = body;
            draft.updated_at = now;
        }
        self.inner.dirty.set(true);
        self.inner.state.replace(DraftState::Saving);
        !self.inner.writing.get()
    }

    /// Writes until the newest text is on disk. Returns at once when somebody else is writing.
    pub async fn write(&self) -> DraftState {
        let inner = &self.inner;
        if inner.writing.replace(true) {
            return self.state();
        }
        let _done = Writing(&inner.writing);
        while inner.dirty.replace(false) {
            let draft = inner.draft.borrow().clone();
            let result = inner.store.save_draft(inner.owner, &draft).await;
            let mut state = inner.state.borrow_mut();
            match (&*state, result) {
                (DraftState::Closed, _) | (_, Ok(DraftSaved::AlreadyCommitted)) => *state = DraftState::Closed,
                (_, Ok(DraftSaved::Saved)) if inner.dirty.get() => {}
                (_, Ok(DraftSaved::Saved)) => *state = DraftState::Saved,
                (_, Err(error)) => {
                    // Newer text may have come meanwhile: one more try with it, else say so.
                    if !inner.dirty.get() {
                        *state = DraftState::Failed(error);
                    }
                }
            }
            if *state == DraftState::Closed {
                break;
            }
        }
        self.state()
    }

    /// Ends keeping: the draft became a record or was thrown away.
    pub fn close(&self) {
        self.inner.dirty.set(false);
        self.inner.state.replace(DraftState::Closed);
    }
}

/// Finds a [`DraftKeeper`] again for as long as its form is open or it is still writing.
pub struct WeakKeeper<S>(Weak<Inner<S>>);

impl<S: LocalStore> WeakKeeper<S> {
    /// The keeper, if it is still there and its draft still is one.
    #[must_use]
    pub fn upgrade(&self) -> Option<DraftKeeper<S>> {
        let keeper = DraftKeeper { inner: self.0.upgrade()? };
        (keeper.state() != DraftState::Closed).then_some(keeper)
    }
}

/// Clears the mark also when the future is dropped in the middle.
struct Writing<'a>(&'a Cell<bool>);

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Waker};

    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::memory::MemoryStore;
    use crate::sample::block_on;
    use crate::sample::{account, new_record};

    fn keeper(store: &Rc<MemoryStore>) -> DraftKeeper<MemoryStore> {
        let draft = Draft {
            id: RecordId(Uuid::from_u128(0x1000_0001)),
            kind: DraftKind::Free { name: "form".to_owned() },
            body: FormText::default(),
            started_at: Moment(1),
            updated_at: Moment(1),
        };
        DraftKeeper::new(Rc::clone(store), account(1), draft)
    }

    fn on_disk(store: &MemoryStore) -> Option<serde_json::Value> {
        block_on(store.peek().drafts(account(1))).unwrap().pop().map(|draft| draft.body.value())
    }

    #[test]
    fn each_kind_is_read_back() {
        let id = Uuid::from_u128(7);
        let kinds = [
            DraftKind::HouseholdVisit { household: HouseholdId(id) },
            DraftKind::ReturnVisit { matter: MatterId(id) },
            DraftKind::Reception,
            DraftKind::Intake { household: None },
            DraftKind::Intake { household: Some(HouseholdId(id)) },
            DraftKind::Note(About::Household(HouseholdId(id))),
            DraftKind::Correction(RecordId(id)),
            DraftKind::Evidence(About::Matter(MatterId(id))),
            DraftKind::RosterEdit(HouseholdId(id)),
            DraftKind::Free { name: "form".to_owned() },
        ];
        for kind in kinds {
            let json = serde_json::to_string(&kind).unwrap();
            assert_eq!(serde_json::from_str::<DraftKind>(&json).unwrap(), kind, "{json}");
        }
    }

    #[test]
    fn keystrokes_during_a_write_are_joined_and_the_latest_wins() {
        let store = Rc::new(MemoryStore::interruptible());
        let writes = Rc::new(Cell::new(0));
        let counted = Rc::clone(&writes);
        store.set_weather(Box::new(move |name| {
            counted.set(counted.get() + u32::from(name == "apply"));
            None
        }));
        let keeper = keeper(&store);
        assert!(keeper.note(json!(0).into(), Moment(2)), "nobody writes yet");
        let mut write = pin!(keeper.write());
        let mut cx = Context::from_waker(Waker::noop());
        assert!(write.as_mut().poll(&mut cx).is_pending());
        for text in 1..50 {
            assert!(!keeper.note(json!(text).into(), Moment(3)), "the running write takes it along");
            assert_eq!(keeper.state(), DraftState::Saving);
        }
        assert_eq!(block_on(write), DraftState::Saved);
        assert_eq!((on_disk(&store), writes.get()), (Some(json!(49)), 2));
    }

    #[test]
    fn a_full_disk_is_said_and_the_next_keystroke_tries_again() {
        let store = Rc::new(MemoryStore::default());
        let full = Rc::new(Cell::new(true));
        let weather = Rc::clone(&full);
        store.set_weather(Box::new(move |_| weather.get().then_some(StoreError::Full)));
        let keeper = keeper(&store);
        let _write = keeper.note(json!(1).into(), Moment(2));
        assert_eq!(block_on(keeper.write()), DraftState::Failed(StoreError::Full));
        full.set(false);
        let _write = keeper.note(json!(2).into(), Moment(2));
        assert_eq!(block_on(keeper.write()), DraftState::Saved);
        assert_eq!(on_disk(&store), Some(json!(2)));
    }

    #[test]
    fn a_write_that_was_cut_off_does_not_block_the_next() {
        let store = Rc::new(MemoryStore::interruptible());
        let keeper = keeper(&store);
        let _write = keeper.note(json!(1).into(), Moment(2));
        {
            let mut write = pin!(keeper.write());
            assert!(write.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        assert!(keeper.note(json!(2).into(), Moment(2)));
        assert_eq!(block_on(keeper.write()), DraftState::Saved);
        assert_eq!(on_disk(&store), Some(json!(2)));
    }

    #[test]
    fn a_keystroke_after_the_commit_revives_nothing() {
        let store = Rc::new(MemoryStore::default());
        let keeper = keeper(&store);
        block_on(store.commit(account(1), &new_record(1, "x"))).unwrap();
        let _write = keeper.note(json!(1).into(), Moment(2));
        assert_eq!(block_on(keeper.write()), DraftState::Closed);
        assert_eq!(on_disk(&store), None);
        assert!(!keeper.note(json!(2).into(), Moment(2)), "and nothing more is written");
    }
}
