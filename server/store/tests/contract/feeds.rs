//! What a phone is told: who sees what, and what leaves.

use std::collections::BTreeSet;

use case_core::matter::Command;
use case_core::wire::sync::{ItemRef, WorkItem};
use case_store::PullPage;

use crate::database::TestDb;
use crate::fixtures::{
    FAR_VILLAGE, NEXT_VILLAGE, TOWN, UNIT, VILLAGE, Who, area, code, delivered, household, household_id, keys_of,
    matter_id, must, path, people, registered,
};

/// A phone that pulls until nothing more comes.
pub struct Phone {
    who: Who,
    area: case_core::place::Area,
    cursor: Option<String>,
    pub holds: BTreeSet<ItemRef>,
}

impl Phone {
    pub fn of(who: Who) -> Self {
        Self::with_area(who, who.actor().area)
    }

    pub fn with_area(who: Who, area: case_core::place::Area) -> Self {
        Self { who, area, cursor: None, holds: BTreeSet::new() }
    }

    /// One page; what it says is taken over.
    pub async fn page(&mut self, db: &TestDb, limit: u32) -> PullPage {
        let page = db.store.pull(self.who.account(), &self.area, self.cursor.as_deref(), limit).await.unwrap();
        if page.reset {
            self.holds.clear();
        }
        self.holds.extend(page.items.iter().map(WorkItem::reference));
        for gone in &page.gone {
            self.holds.remove(gone);
        }
        self.cursor = Some(page.cursor.clone());
        page
    }

    /// All pages; the last one.
    pub async fn pull(&mut self, db: &TestDb) -> PullPage {
        loop {
            let page = self.page(db, 100).await;
            if !page.more {
                return page;
            }
        }
    }

    pub fn has(&self, n: u128) -> bool {
        self.holds.contains(&ItemRef::Matter(matter_id(n)))
    }
}

contract! {
    async fn each_official_gets_their_own_area(db) {
        people(&db.store).await;
        let homes = [household(1, VILLAGE), household(2, NEXT_VILLAGE), household(3, FAR_VILLAGE)];
        db.store.upsert_households(&homes, &keys_of).await.unwrap();
        registered(&db.store, 1, Some(VILLAGE)).await;
        registered(&db.store, 2, Some(FAR_VILLAGE)).await;
        registered(&db.store, 3, Some(TOWN)).await;
        registered(&db.store, 4, Some("350921")).await;
        registered(&db.store, 5, None).await;

        let home = |n| ItemRef::Household(household_id(n));
        let matter = |n| ItemRef::Matter(matter_id(n));
        let seen = |items: &[ItemRef]| items.iter().copied().collect::<BTreeSet<_>>();
        for (who, expected) in [
            (Who::Village, seen(&[home(1), matter(1)])),
            (Who::NextVillage, seen(&[home(2)])),
            (Who::Clerk, seen(&[home(1), home(2), matter(1), matter(3)])),
            (Who::Supervisor, seen(&[home(1), home(2), home(3), matter(1), matter(2), matter(3)])),
            (Who::Handler, seen(&[])),
        ] {
            let mut phone = Phone::of(who);
            let page = phone.pull(db).await;
            assert_eq!(phone.holds, expected, "{who:?}");
            assert!(!page.reset && page.gone.is_empty());
        }
        let mut two_villages = Phone::with_area(Who::Clerk, area(&[VILLAGE, NEXT_VILLAGE]));
        two_villages.pull(db).await;
        assert_eq!(two_villages.holds, seen(&[home(1), home(2), matter(1)]));
    }

    async fn a_phone_that_is_up_to_date_hears_nothing(db) {
        people(&db.store).await;
        registered(&db.store, 1, Some(VILLAGE)).await;
        let mut phone = Phone::of(Who::Village);
        let first = phone.pull(db).await;
        let second = phone.pull(db).await;
        assert!(second.items.is_empty() && second.gone.is_empty() && !second.more && !second.reset);
        assert_eq!(second.cursor, first.cursor);
        registered(&db.store, 2, Some(VILLAGE)).await;
        let third = phone.pull(db).await;
        assert_eq!(third.items.len(), 1, "only the new one");
    }

    async fn a_matter_that_is_closed_is_gone(db) {
        people(&db.store).await;
        let matter = delivered(&db.store, 1, Some(VILLAGE)).await;
        let (mut village, mut handler) = (Phone::of(Who::Village), Phone::of(Who::Handler));
        village.pull(db).await;
        handler.pull(db).await;
        assert!(village.has(1) && handler.has(1));
        close(db, matter.id).await;
        assert_eq!(village.pull(db).await.gone, [ItemRef::Matter(matter.id)]);
        assert_eq!(handler.pull(db).await.gone, [ItemRef::Matter(matter.id)]);
        let fresh = Phone::of(Who::Village).pull(db).await;
        assert!(fresh.items.is_empty() && fresh.gone.is_empty(), "a new phone need not hear of it");
    }

    async fn a_matter_that_moves_leaves_one_village_and_comes_to_the_other(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, Some(VILLAGE)).await.id;
        let mut phones: Vec<Phone> = [Who::Village, Who::NextVillage, Who::Clerk].map(Phone::of).into();
        for phone in &mut phones {
            phone.pull(db).await;
        }
        let to = |place| Command::Transfer { unit: UNIT, place: Some(code(place)), report_by: None, simple: false };
        must(&db.store, Who::Registrar, matter, to(NEXT_VILLAGE)).await;
        assert_eq!(phones[0].pull(db).await.gone, [ItemRef::Matter(matter)]);
        assert_eq!(phones[1].pull(db).await.items.len(), 1);
        let clerk = phones[2].pull(db).await;
        assert!(clerk.gone.is_empty(), "it is still in the town");
        assert_eq!(clerk.items.len(), 1);
        assert_eq!(phones.iter().map(|phone| phone.has(1)).collect::<Vec<_>>(), [false, true, true]);
    }

    async fn a_household_that_moves_leaves_one_village_and_comes_to_the_other(db) {
        people(&db.store).await;
        db.store.upsert_households(&[household(1, VILLAGE)], &keys_of).await.unwrap();
        let (mut old, mut new) = (Phone::of(Who::Village), Phone::of(Who::NextVillage));
        old.pull(db).await;
        new.pull(db).await;
        db.store.upsert_households(&[household(1, NEXT_VILLAGE)], &keys_of).await.unwrap();
        assert_eq!(old.pull(db).await.gone, [ItemRef::Household(household_id(1))]);
        assert_eq!(new.pull(db).await.items.len(), 1);
    }

    async fn a_matter_follows_its_handler(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await.id;
        for (who, command) in path(None).into_iter().take(4) {
            must(&db.store, who, matter, command).await;
        }
        let (mut first, mut second) = (Phone::of(Who::Handler), Phone::of(Who::OtherHandler));
        first.pull(db).await;
        second.pull(db).await;
        assert!(first.has(1) && !second.has(1), "a matter without a place is its handler's");
        reassign(db, matter, Who::OtherHandler).await;
        assert_eq!(first.pull(db).await.gone, [ItemRef::Matter(matter)]);
        second.pull(db).await;
        assert!(!first.has(1) && second.has(1));
    }

    async fn what_leaves_one_feed_of_an_official_but_stands_in_another_is_not_gone(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, Some(VILLAGE)).await.id;
        for (who, command) in path(None).into_iter().take(4) {
            must(&db.store, who, matter, command).await;
        }
        // The handler is also responsible for the village.
        let mut phone = Phone::with_area(Who::Handler, area(&[VILLAGE]));
        phone.pull(db).await;
        reassign(db, matter, Who::OtherHandler).await;
        let page = phone.pull(db).await;
        assert!(page.gone.is_empty(), "it still lies in the village");
        assert!(phone.has(1));
    }

    async fn a_card_shows_the_opinion_only_after_it_was_delivered(db) {
        people(&db.store).await;
        crate::fixtures::submitted(&db.store, 1, Some(VILLAGE)).await;
        delivered(&db.store, 2, Some(VILLAGE)).await;
        let page = Phone::of(Who::Village).pull(db).await;
        for item in page.items {
            let WorkItem::Matter(card) = item else { panic!("a matter") };
            assert_eq!(card.opinion.is_some(), card.id == matter_id(2));
            assert_eq!(card.unit.as_ref().map(|name| name.as_str()), Some("县住建局"));
            assert!(case_core::search::matches(&card.keys, "lfr"));
            assert_eq!(card.handled_by, [Who::Handler.account()]);
        }
    }
}

/// Closes a delivered matter, by an event as a return visit and the command would.
async fn close(db: &TestDb, matter: case_core::id::MatterId) {
    decided(db, matter, |at| case_core::matter::Event::Closed { by: None, at }).await;
}

async fn reassign(db: &TestDb, matter: case_core::id::MatterId, to: Who) {
    decided(db, matter, |at| case_core::matter::Event::Assigned { handler: to.account(), at }).await;
}

async fn decided(
    db: &TestDb,
    matter: case_core::id::MatterId,
    event: impl Fn(case_core::time::Moment) -> case_core::matter::Event + Send + Sync,
) {
    let now = crate::fixtures::at(7);
    let id = case_core::id::CommandId(crate::fixtures::id(0xC0FFEE + matter.0.as_u128()));
    let envelope = case_store::CommandEnvelope {
        id,
        account: Who::Supervisor.account(),
        matter,
        now,
        keys: String::new(),
        device_at: None,
    };
    let done = db.store.execute(envelope, &|_| Ok(vec![event(now)])).await.unwrap();
    assert!(matches!(done, case_store::Executed::Done(_)));
}
