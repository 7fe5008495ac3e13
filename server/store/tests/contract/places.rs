//! Units, divisions, households.

use case_core::text::Title;
use case_core::wire::desk::{Division, Unit};
use case_store::Counts;

use crate::fixtures::{
    FAR_VILLAGE, NEXT_VILLAGE, OTHER_TOWN, TOWN, UNIT, VILLAGE, Who, area, code, household, household_id, keys_of,
    people, short,
};

fn division(text: &str, name: &str) -> Division {
    Division { code: code(text), name: Title::parse(name).unwrap() }
}

fn codes(divisions: &[Division]) -> Vec<&str> {
    divisions.iter().map(|d| d.code.as_str()).collect()
}

contract! {
    async fn units_are_made_and_renamed(db) {
        let unit = |name: &str| Unit { id: UNIT, name: short(name), phone: short("110") };
        let counts = |added, updated, unchanged| Counts { added, updated, unchanged };
        assert_eq!(db.store.upsert_units(&[unit("旧名")]).await.unwrap(), counts(1, 0, 0));
        assert_eq!(db.store.upsert_units(&[unit("旧名")]).await.unwrap(), counts(0, 0, 1));
        assert_eq!(db.store.upsert_units(&[unit("新名")]).await.unwrap(), counts(0, 1, 0));
        assert_eq!(db.store.unit(UNIT).await.unwrap(), Some(unit("新名")));
        assert_eq!(db.store.units().await.unwrap(), [unit("新名")]);
    }

    async fn divisions_stand_under_one_another_by_their_codes(db) {
        let all = [
            division(VILLAGE, "甲村"),
            division(TOWN, "子镇"),
            division(OTHER_TOWN, "丑镇"),
            division(FAR_VILLAGE, "甲村"),
            division(NEXT_VILLAGE, "乙村"),
        ];
        let counts = db.store.upsert_divisions(&all).await.unwrap();
        assert_eq!((counts.added, counts.updated, counts.unchanged), (5, 0, 0));
        let counts = db.store.upsert_divisions(&all).await.unwrap();
        assert_eq!((counts.added, counts.updated, counts.unchanged), (0, 0, 5));
        let counts = db.store.upsert_divisions(&[division(VILLAGE, "甲社区")]).await.unwrap();
        assert_eq!((counts.added, counts.updated, counts.unchanged), (0, 1, 0));

        let under = |c: &'static str| code(c);
        assert_eq!(codes(&db.store.divisions_under(Some(&under(TOWN))).await.unwrap()), [VILLAGE, NEXT_VILLAGE]);
        // The file has no row for the county itself: its towns are the top.
        assert_eq!(codes(&db.store.divisions_under(None).await.unwrap()), [TOWN, OTHER_TOWN]);
        let all = codes(&db.store.divisions().await.unwrap()).join(" ");
        assert!(all.find(TOWN) < all.find(VILLAGE) && all.contains(OTHER_TOWN), "each before what lies in it: {all}");
        db.store.upsert_divisions(&[division("350921", "某县")]).await.unwrap();
        assert_eq!(codes(&db.store.divisions_under(None).await.unwrap()), ["350921"]);
        assert_eq!(codes(&db.store.divisions_under(Some(&under("350921"))).await.unwrap()), [TOWN, OTHER_TOWN]);
        assert_eq!(db.store.all_divisions().await.unwrap().len(), 6);
        let named = db.store.division_names(&[code(VILLAGE), code("999999")]).await.unwrap();
        assert_eq!(named, [division(VILLAGE, "甲社区")]);
    }

    async fn importing_households_twice_adds_nothing_and_tells_no_phone(db) {
        people(&db.store).await;
        let all: Vec<_> = (0..450).map(|n| household(n, VILLAGE)).collect();
        assert_eq!(db.store.upsert_households(&all, &keys_of).await.unwrap().counts.added, 450);
        let village = area(&[VILLAGE]);
        let first = db.store.pull(Who::Village.account(), &village, None, 1_000).await.unwrap();
        assert_eq!((first.items.len(), first.more), (450, false));

        let counts = db.store.upsert_households(&all, &keys_of).await.unwrap().counts;
        assert_eq!((counts.added, counts.updated, counts.unchanged), (0, 0, 450));
        let again = db.store.pull(Who::Village.account(), &village, Some(&first.cursor), 1_000).await.unwrap();
        assert!(again.items.is_empty() && again.gone.is_empty());
        assert_eq!(again.cursor, first.cursor);
    }

    async fn a_household_keeps_its_id_and_the_days_of_its_visits_when_imported_again(db) {
        db.store.upsert_households(&[household(1, VILLAGE)], &keys_of).await.unwrap();
        let mut changed = household(1, VILLAGE);
        changed.card.id = household_id(99);
        changed.card.head = short("新户主");
        let counts = db.store.upsert_households(&[changed], &keys_of).await.unwrap().counts;
        assert_eq!((counts.added, counts.updated, counts.unchanged), (0, 1, 0));
        let card = db.store.household(household_id(1)).await.unwrap().unwrap();
        assert_eq!(card.head, short("新户主"));
        assert_eq!(card.id, household_id(1));
        assert_eq!(db.store.household(household_id(99)).await.unwrap(), None);
    }
}
