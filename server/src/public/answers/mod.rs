//! Answers to look-ups that are kept for whoever asks for the same again: no question to the database, no page drawn,
//! nothing compressed.
//!
//! [`again`] is one look-up. What is kept is the middle of a page ([`packed`]): the same whoever asks, without code, proof and pass. It is found
//! under the code's key and a keyed hash of code and proof, so only somebody who types both as they were typed before
//! finds it.
//!
//! **It tells the truth.** Whatever changes an answer is an entry of the audit chain, which has one order over all
//! servers; [`Bearing`] says whose answers a deed may change. Before every look-up ([`Answers::catch_up`]) the new end
//! of the chain is read and what it bears on is forgotten: always when this process has written since, otherwise twice
//! a second for what others wrote. So an answer is never older than this server's own writing, and half a second older
//! than another server's at most. An answer is kept only when nothing new came up while it was made. At midnight all
//! is forgotten: days are counted. Where the chain cannot be read, nothing is answered from here.
//!
//! **It opens no door.** A try takes its turn first ([`super::tries::Turns`]), and whoever failed lately, by address
//! or by code, is not answered from here ([`super::tries::Suspects`]) but the long way, where the limits are counted.
//!
//! Memory is bounded ([`crate::settings::Settings::answers_mb`]): two generations; when the young one is half of it,
//! it becomes the old one, and the old one is forgotten. What is asked for again becomes young again.

pub(super) mod again;
mod packed;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use case_core::audit::Bearing;
use case_core::id::MatterId;
use case_store::{Store, StoreError};
use chrono::NaiveDate;

use packed::{Packed, Top};

/// What other servers wrote is seen at the latest after this.
const OTHERS: Duration = Duration::from_millis(500);
/// Deeds of one reading; of more everything is forgotten.
const MOST_DEEDS: u32 = 500;
/// What a kept answer weighs beside its bytes.
const WEIGHT: usize = 256;

/// Under what an answer is kept.
pub(super) struct Question<'a> {
    /// The key of the code ([`super::tries::keys`]).
    pub(super) code: &'a str,
    /// A keyed hash of code and proof as typed.
    pub(super) proof: [u8; 32],
    /// 关怀模式.
    pub(super) large: bool,
}

/// The answers, and how far the chain was read.
#[derive(Debug)]
pub(super) struct Answers {
    /// Bytes.
    most: usize,
    kept: Mutex<Kept>,
    /// One reads for all.
    reading: tokio::sync::Mutex<()>,
    tops: [OnceLock<Arc<Top>>; 2],
}

#[derive(Debug, Default)]
struct Kept {
    young: Generation,
    old: Generation,
    day: Option<NaiveDate>,
    /// The chain was read to here.
    place: i64,
    /// This process had written so often then.
    commits: u64,
    read_at: Option<Instant>,
}

#[derive(Debug, Default)]
struct Generation {
    by_code: HashMap<String, OfCode>,
    codes: HashMap<MatterId, String>,
    bytes: usize,
}

#[derive(Debug)]
struct OfCode {
    matter: MatterId,
    answers: Vec<One>,
}

#[derive(Clone, Debug)]
struct One {
    proof: [u8; 32],
    large: bool,
    packed: Arc<Packed>,
}

impl One {
    fn weight(&self) -> usize {
        self.packed.weight() + WEIGHT
    }
}

/// How far everything was known when an answer began to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AsOf {
    place: i64,
    day: NaiveDate,
}

impl Answers {
    /// With so many megabytes; none: nothing is kept.
    pub(super) fn new(megabytes: u32) -> Self {
        let most = usize::try_from(megabytes).unwrap_or(0).saturating_mul(1 << 20);
        Self { most, kept: Mutex::default(), reading: tokio::sync::Mutex::default(), tops: Default::default() }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The head of all answers in a size of type, made once.
    pub(super) fn top(&self, large: bool, make: impl FnOnce() -> String) -> Arc<Top> {
        Arc::clone(self.tops[usize::from(large)].get_or_init(|| Arc::new(Top::new(make()))))
    }

    /// Forgets what is not so any more. Nothing is found or kept without what this returns.
    ///
    /// # Errors
    /// [`StoreError`]: it is not known what is still so.
    pub(super) async fn catch_up(&self, store: &Store, today: NaiveDate) -> Result<AsOf, StoreError> {
        if let Some(known) = self.kept().known(store.commits(), today) {
            return Ok(known);
        }
        let _one = self.reading.lock().await;
        // Counted before reading: what is written meanwhile is read next time.
        let commits = store.commits();
        let place = {
            let mut kept = self.kept();
            if let Some(known) = kept.known(commits, today) {
                return Ok(known);
            }
            kept.place
        };
        let since = store.deeds_since(place, MOST_DEEDS).await?;
        let mut kept = self.kept();
        match since.deeds {
            None => kept.forget_all(),
            Some(deeds) => deeds.iter().for_each(|deed| kept.heed(deed.bearing())),
        }
        (kept.place, kept.commits, kept.read_at) = (since.end, commits, Some(Instant::now()));
        Ok(AsOf { place: since.end, day: today })
    }

    /// What is kept for a question.
    pub(super) fn find(&self, question: &Question<'_>, as_of: AsOf) -> Option<Arc<Packed>> {
        let mut kept = self.kept();
        if !kept.is_at(as_of) {
            return None;
        }
        if let Some(one) = kept.young.find(question) {
            return Some(one.packed);
        }
        let (one, matter) = kept.old.find(question).zip(kept.old.matter(question))?;
        let packed = Arc::clone(&one.packed);
        kept.put(question.code, matter, one, self.most);
        Some(packed)
    }

    /// Keeps an answer that was made of what was read after `as_of`.
    pub(super) fn keep(&self, question: &Question<'_>, matter: MatterId, packed: &Arc<Packed>, as_of: AsOf) {
        let one = One { proof: question.proof, large: question.large, packed: Arc::clone(packed) };
        let mut kept = self.kept();
        if kept.is_at(as_of) && one.weight() <= self.most / 4 {
            kept.put(question.code, matter, one, self.most);
        }
    }
}

impl Kept {
    /// Where everything stands, if that is known without asking.
    fn known(&mut self, commits: u64, today: NaiveDate) -> Option<AsOf> {
        if self.day != Some(today) {
            self.forget_all();
            self.day = Some(today);
        }
        let fresh = self.commits == commits && self.read_at.is_some_and(|at| at.elapsed() < OTHERS);
        fresh.then_some(AsOf { place: self.place, day: today })
    }

    fn is_at(&self, as_of: AsOf) -> bool {
        self.place == as_of.place && self.day == Some(as_of.day)
    }

    fn heed(&mut self, bearing: Bearing) {
        match bearing {
            Bearing::Nobody => {}
            Bearing::Everybody => self.forget_all(),
            Bearing::Matters(matters) => {
                for matter in matters {
                    self.young.forget(matter);
                    self.old.forget(matter);
                }
            }
        }
    }

    fn forget_all(&mut self) {
        (self.young, self.old) = (Generation::default(), Generation::default());
    }

    fn put(&mut self, code: &str, matter: MatterId, one: One, most: usize) {
        if self.young.bytes + one.weight() > most / 2 {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.put(code, matter, one);
    }
}

impl Generation {
    fn find(&self, question: &Question<'_>) -> Option<One> {
        let fits = |one: &&One| one.proof == question.proof && one.large == question.large;
        self.by_code.get(question.code)?.answers.iter().find(fits).cloned()
    }

    fn matter(&self, question: &Question<'_>) -> Option<MatterId> {
        self.by_code.get(question.code).map(|of| of.matter)
    }

    fn put(&mut self, code: &str, matter: MatterId, one: One) {
        self.bytes += one.weight();
        let of = self.by_code.entry(code.to_owned()).or_insert_with(|| OfCode { matter, answers: Vec::new() });
        // Two who asked at once both bring it.
        let same = |other: &One| other.proof == one.proof && other.large == one.large;
        if let Some(at) = of.answers.iter().position(same) {
            self.bytes -= of.answers.swap_remove(at).weight();
        }
        of.answers.push(one);
        self.codes.insert(matter, code.to_owned());
    }

    fn forget(&mut self, matter: MatterId) {
        let of = self.codes.remove(&matter).and_then(|code| self.by_code.remove(&code));
        self.bytes -= of.iter().flat_map(|of| &of.answers).map(One::weight).sum::<usize>();
    }
}

#[cfg(test)]
mod tests {
    use case_core::audit::{Deed, Trace};
    use case_core::time::Moment;
    use uuid::Uuid;

    use super::*;

    fn question(code: &str, proof: u8) -> Question<'_> {
        Question { code, proof: [proof; 32], large: false }
    }

    fn matter(n: u128) -> MatterId {
        MatterId(Uuid::from_u128(n))
    }

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, n).unwrap()
    }

    fn page(words: &str) -> Arc<Packed> {
        Arc::new(Packed::new(&Top::new("<html>".to_owned()), words).unwrap())
    }

    async fn store() -> (Store, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::connect(&format!("sqlite:{}", folder.path().join("h.db").display())).await.unwrap();
        (store, folder)
    }

    async fn note(store: &Store, deed: Deed) {
        store.note(Trace::system(Moment(0)), &deed).await.unwrap();
    }

    #[tokio::test]
    async fn what_is_asked_again_in_the_same_words_is_found() {
        let ((store, _folder), answers) = (store().await, Answers::new(1));
        let as_of = answers.catch_up(&store, day(3)).await.unwrap();
        let kept = page("一");
        answers.keep(&question("a", 1), matter(1), &kept, as_of);
        let as_of = answers.catch_up(&store, day(3)).await.unwrap();
        assert!(Arc::ptr_eq(&answers.find(&question("a", 1), as_of).unwrap(), &kept));
        assert!(answers.find(&question("a", 2), as_of).is_none(), "another proof");
        assert!(answers.find(&question("b", 1), as_of).is_none(), "another code");
        assert!(answers.find(&Question { large: true, ..question("a", 1) }, as_of).is_none(), "larger type");
    }

    #[tokio::test]
    async fn a_deed_about_a_matter_ends_its_answer_and_no_other() {
        let ((store, _folder), answers) = (store().await, Answers::new(1));
        let as_of = answers.catch_up(&store, day(3)).await.unwrap();
        answers.keep(&question("a", 1), matter(1), &page("一"), as_of);
        answers.keep(&question("b", 1), matter(2), &page("二"), as_of);
        note(&store, Deed::NoticesStopped { matter: matter(1), stopped: true }).await;
        let as_of = answers.catch_up(&store, day(3)).await.unwrap();
        assert!(answers.find(&question("a", 1), as_of).is_none());
        assert!(answers.find(&question("b", 1), as_of).is_some());
        note(&store, Deed::BackedUp).await;
        let as_of = answers.catch_up(&store, day(3)).await.unwrap();
        assert!(answers.find(&question("b", 1), as_of).is_some(), "that changes no answer");
        note(&store, Deed::SettingSet { name: "last_day".to_owned(), value: "stays".to_owned() }).await;
        let as_of = answers.catch_up(&store, day(3)).await.unwrap();
        assert!(answers.find(&question("b", 1), as_of).is_none(), "that may change all");
    }

    #[tokio::test]
    async fn what_another_server_writes_is_seen_soon() {
        let ((store, folder), answers) = (store().await, Answers::new(1));
        let other = Store::connect(&format!("sqlite:{}", folder.path().join("h.db").display())).await.unwrap();
        let as_of = answers.catch_up(&store, day(3)).await.unwrap();
        answers.keep(&question("a", 1), matter(1), &page("一"), as_of);
        let written = store.commits();
        note(&other, Deed::NoticesStopped { matter: matter(1), stopped: true }).await;
        assert_eq!(store.commits(), written, "this one wrote nothing");
        tokio::time::sleep(OTHERS + Duration::from_millis(50)).await;
        let as_of = answers.catch_up(&store, day(3)).await.unwrap();
        assert!(answers.find(&question("a", 1), as_of).is_none());
    }

    #[tokio::test]
    async fn an_answer_that_was_made_while_something_was_done_is_not_kept() {
        let ((store, _folder), answers) = (store().await, Answers::new(1));
        let before = answers.catch_up(&store, day(3)).await.unwrap();
        note(&store, Deed::NoticesStopped { matter: matter(1), stopped: true }).await;
        let after = answers.catch_up(&store, day(3)).await.unwrap();
        answers.keep(&question("a", 1), matter(1), &page("旧"), before);
        assert!(answers.find(&question("a", 1), after).is_none());
        // Done later than it was made, but before it is kept: forgotten at the next look.
        answers.keep(&question("a", 1), matter(1), &page("旧"), after);
        note(&store, Deed::NoticesStopped { matter: matter(1), stopped: false }).await;
        let later = answers.catch_up(&store, day(3)).await.unwrap();
        assert!(answers.find(&question("a", 1), later).is_none());
    }

    #[tokio::test]
    async fn at_midnight_all_is_forgotten() {
        let ((store, _folder), answers) = (store().await, Answers::new(1));
        let as_of = answers.catch_up(&store, day(3)).await.unwrap();
        answers.keep(&question("a", 1), matter(1), &page("一"), as_of);
        let next = answers.catch_up(&store, day(4)).await.unwrap();
        assert!(answers.find(&question("a", 1), next).is_none());
        answers.keep(&question("a", 1), matter(1), &page("一"), as_of);
        assert!(answers.find(&question("a", 1), next).is_none(), "begun before midnight");
    }

    #[tokio::test]
    async fn memory_is_bounded_and_what_is_asked_for_stays() {
        let ((store, _folder), answers) = (store().await, Answers::new(1));
        let as_of = answers.catch_up(&store, day(3)).await.unwrap();
        let noise: String = (0..3_000_u32).map(|n| char::from_u32(0x4E00 + n * 7_919 % 20_000).unwrap()).collect();
        let large = page(&noise);
        for n in 0..1_000 {
            answers.keep(&question(&format!("{n}"), 1), matter(n), &large, as_of);
            if n > 0 {
                assert!(answers.find(&question("0", 1), as_of).is_some(), "asked for again and again");
            }
        }
        let weighs = |of: &Generation| of.by_code.values().flat_map(|of| &of.answers).map(One::weight).sum::<usize>();
        let (young, old, weighed) = {
            let kept = answers.kept();
            (kept.young.bytes, kept.old.bytes, weighs(&kept.young))
        };
        assert!(young + old <= 1 << 20 && young == weighed);
        assert!(answers.find(&question("1", 1), as_of).is_none(), "long ago");
        let nothing = Answers::new(0);
        let as_of = nothing.catch_up(&store, day(3)).await.unwrap();
        nothing.keep(&question("a", 1), matter(1), &page("一"), as_of);
        assert!(nothing.find(&question("a", 1), as_of).is_none());
    }
}
