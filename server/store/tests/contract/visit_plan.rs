//! 安排走访: the card says whom the household is given to, on every phone that has it; it leaves none.

use case_core::audit::{Deed, Trace};
use case_core::id::HouseholdId;
use case_core::wire::sync::{Assigned, HouseholdCard, WorkItem};
use case_store::{PullPage, StoreError};

use crate::feeds::Phone;
use crate::fixtures::{NEXT_VILLAGE, VILLAGE, Who, area, at, household, household_id, id, keys_of, people, short};

fn card(page: &PullPage, n: u128) -> Option<HouseholdCard> {
    page.items.iter().find_map(|item| match item {
        WorkItem::Household(card) if card.id == household_id(n) => Some(card.clone()),
        _ => None,
    })
}

fn given(name: &str, yours: bool) -> Option<Box<Assigned>> {
    Some(Box::new(Assigned { name: short(name), on: at(10).date(), yours }))
}

contract! {
    async fn a_household_is_given_to_one_official_and_stays_on_all_phones(db) {
        people(&db.store).await;
        let homes = [household(1, VILLAGE), household(2, VILLAGE), household(3, NEXT_VILLAGE)];
        db.store.upsert_households(&homes, &keys_of).await.unwrap();
        let (mut village, mut clerk) = (Phone::of(Who::Village), Phone::of(Who::Clerk));
        assert_eq!(card(&village.pull(db).await, 1).unwrap().assigned, None);
        clerk.pull(db).await;
        let (own, trace) = (area(&[VILLAGE]), Trace::by(Who::Village.account(), at(10)));
        let to = Some(Who::Clerk.account());
        let chosen = [household_id(1), household_id(3), household_id(1)];
        assert_eq!(db.store.assign_visits(&own, &chosen, to, trace).await.unwrap(), 1, "the other village's is left");
        assert_eq!(db.store.assign_visits(&own, &chosen, to, trace).await.unwrap(), 0, "it stands so already");
        let deed = db.store.audit_entries(None, 1).await.unwrap().remove(0).deed;
        assert_eq!(deed, Deed::VisitsAssigned { to, households: vec![household_id(1)] });
        assert_eq!(card(&village.pull(db).await, 1).unwrap().assigned, given("专干辛", false));
        let got = card(&clerk.pull(db).await, 1).unwrap();
        assert_eq!((got.assigned.clone(), got.awaits_visit()), (given("专干辛", true), Some(at(10).date())));

        // Given to another: the first one's phone keeps the household and only learns whose it is.
        let to = Some(Who::Village.account());
        assert_eq!(db.store.assign_visits(&own, &[household_id(1)], to, trace).await.unwrap(), 1);
        let page = clerk.pull(db).await;
        assert_eq!((page.gone.len(), card(&page, 1).unwrap().assigned), (0, given("网格己", false)));
        assert_eq!(card(&village.pull(db).await, 1).unwrap().assigned, given("网格己", true));
        let plan = db.store.visit_plan(&own, Who::Village.account()).await.unwrap();
        let whose: Vec<_> = plan.iter().map(|one| (one.card.id, one.account)).collect();
        assert_eq!(whose, [(household_id(1), to), (household_id(2), None)]);

        // An import that brings the same roster again neither changes the card nor who goes there.
        db.store.upsert_households(&homes, &keys_of).await.unwrap();
        assert!(card(&village.pull(db).await, 1).is_none());
        assert_eq!(db.store.visit_plan(&own, Who::Clerk.account()).await.unwrap()[0].account, to);
        assert_eq!(db.store.assign_visits(&own, &[household_id(1), household_id(2)], None, trace).await.unwrap(), 1);
        assert_eq!(card(&village.pull(db).await, 1).unwrap().assigned, None);
    }

    async fn nothing_is_given_to_nobody_known_or_by_nobody(db) {
        people(&db.store).await;
        db.store.upsert_households(&[household(1, VILLAGE)], &keys_of).await.unwrap();
        let (own, to) = (area(&[VILLAGE]), Some(Who::Clerk.account()));
        let nobody = db.store.assign_visits(&own, &[household_id(1)], to, Trace::system(at(1))).await;
        assert_eq!(nobody, Err(StoreError::UnknownReference));
        let trace = Trace::by(Who::Village.account(), at(1));
        let strange = Some(case_core::id::AccountId(id(0xFF)));
        let unknown = db.store.assign_visits(&own, &[household_id(1)], strange, trace).await;
        assert_eq!(unknown, Err(StoreError::UnknownReference));
        assert_eq!(db.store.assign_visits(&own, &[HouseholdId(id(9))], to, trace).await.unwrap(), 0);
        assert_eq!(db.store.visit_plan(&own, Who::Village.account()).await.unwrap()[0].account, None);
    }
}
