//! Lists: whose, which, in which order.

use case_core::matter::{Command, Decider, FilingGround, Proposal, Stage};
use case_core::place::Area;
use case_core::time::Moment;
use case_store::{AlikeQuery, Filter, ListQuery, Scope, Store};

use crate::fixtures::{
    FAR_VILLAGE, OTHER_UNIT, TOWN, UNIT, VILLAGE, Who, area, at, code, delivered, must, new_matter, new_matter_at,
    package, path, people, registered, send_back, submitted, words,
};

fn all(scope: Scope) -> ListQuery {
    ListQuery { scope, stages: Vec::new(), text: None, filter: Filter::All, page: 0, page_size: 50, not_for: None }
}

/// The serials of the numbers, in the order of the list.
async fn serials(store: &Store, query: &ListQuery) -> Vec<u32> {
    let (rows, total) = store.list_matters(query).await.unwrap();
    assert!(rows.len() as u64 <= total);
    rows.iter().map(|row| row.number.as_str()[12..].parse().unwrap()).collect()
}

fn day(n: i64) -> Moment {
    at(n * 24 * 60)
}

async fn registered_on(store: &Store, n: u32, days: i64) {
    store.register(&new_matter_at(n, Some(VILLAGE), day(days)), day(days)).await.unwrap();
}

contract! {
    async fn the_nearest_deadline_stands_first_and_what_has_none_last(db) {
        people(&db.store).await;
        registered_on(&db.store, 1, 5).await;
        registered_on(&db.store, 3, 2).await;
        registered_on(&db.store, 2, 2).await;
        let mut ended = new_matter(4, None);
        ended.events = vec![ended.events[0].clone()];
        ended.matter = case_core::matter::replay(&ended.events).unwrap();
        db.store.register(&ended, at(0)).await.unwrap();
        assert_eq!(serials(&db.store, &all(Scope::County)).await, [2, 3, 1, 4]);
        let (rows, _) = db.store.list_matters(&all(Scope::County)).await.unwrap();
        assert_eq!(rows[0].nearest.as_ref().map(|clock| clock.due), Some(day(5).date()));
        assert_eq!(rows[3].nearest, None);
    }

    /// 准许查阅: only what was opened, only to whom, and only until its last day.
    async fn who_is_let_in_lists_that_matter_until_its_last_day(db) {
        people(&db.store).await;
        for n in 1..=2 {
            registered_on(&db.store, n, 0).await;
        }
        let (id, account) = (crate::fixtures::matter_id(1), Who::Clerk.account());
        let until = |n: i64| Command::AdmitObserver { account, until: day(n).date(), reason: words("听证") };
        let on = |n: i64| all(Scope::Observed(account, day(n).date()));
        must(&db.store, Who::Supervisor, id, until(3)).await;
        assert_eq!(serials(&db.store, &on(0)).await, [1]);
        assert_eq!(serials(&db.store, &on(3)).await, [1]);
        assert_eq!(serials(&db.store, &on(4)).await, [0; 0]);
        let other = all(Scope::Observed(Who::Village.account(), day(0).date()));
        assert_eq!(serials(&db.store, &other).await, [0; 0]);
        must(&db.store, Who::Supervisor, id, Command::DismissObserver { account }).await;
        assert_eq!(serials(&db.store, &on(0)).await, [0; 0]);
        must(&db.store, Who::Supervisor, id, until(5)).await;
        assert_eq!(serials(&db.store, &on(5)).await, [1]);
    }

    async fn pages_follow_one_another_and_the_total_is_of_all(db) {
        people(&db.store).await;
        for n in 1..=7 {
            registered_on(&db.store, n, 1).await;
        }
        let page = |page| ListQuery { page, page_size: 3, ..all(Scope::County) };
        assert_eq!(serials(&db.store, &page(0)).await, [1, 2, 3]);
        assert_eq!(serials(&db.store, &page(1)).await, [4, 5, 6]);
        assert_eq!(serials(&db.store, &page(2)).await, [7]);
        let (rows, total) = db.store.list_matters(&page(u32::MAX)).await.unwrap();
        assert_eq!((rows.len(), total), (0, 7));
    }

    async fn everybody_sees_what_is_theirs(db) {
        people(&db.store).await;
        for (n, place) in [(1, Some(VILLAGE)), (2, Some(FAR_VILLAGE)), (3, Some(TOWN)), (4, None)] {
            registered(&db.store, n, place).await;
        }
        let of_unit = |unit| Command::Transfer { unit, place: None, report_by: None, simple: false };
        must(&db.store, Who::Registrar, crate::fixtures::matter_id(2), of_unit(OTHER_UNIT)).await;
        let handled = crate::fixtures::matter_id(4);
        for (who, command) in path(None).into_iter().take(4) {
            must(&db.store, who, handled, command).await;
        }
        let seen = async |scope| {
            let mut list = serials(&db.store, &all(scope)).await;
            list.sort_unstable();
            list
        };
        assert_eq!(seen(Scope::County).await, [1, 2, 3, 4]);
        assert_eq!(seen(Scope::Unit(UNIT)).await, [4]);
        assert_eq!(seen(Scope::Unit(OTHER_UNIT)).await, [2]);
        assert_eq!(seen(Scope::Area(area(&[VILLAGE]), Who::Village.account())).await, [1]);
        assert_eq!(seen(Scope::Area(area(&[TOWN]), Who::Clerk.account())).await, [1, 3]);
        assert_eq!(seen(Scope::Area(area(&["350921"]), Who::Clerk.account())).await, [1, 2, 3]);
        assert_eq!(seen(Scope::Area(area(&[VILLAGE]), Who::Handler.account())).await, [1, 4]);
        assert_eq!(seen(Scope::Area(Area::default(), Who::Handler.account())).await, [4]);
    }

    async fn stages_and_their_counts_agree(db) {
        people(&db.store).await;
        registered(&db.store, 1, None).await;
        submitted(&db.store, 2, Some(VILLAGE)).await;
        submitted(&db.store, 3, None).await;
        delivered(&db.store, 4, None).await;
        let stages = |stages: &[Stage]| ListQuery { stages: stages.to_vec(), ..all(Scope::County) };
        assert_eq!(serials(&db.store, &stages(&[Stage::ClosureSubmitted])).await, [2, 3]);
        let two = serials(&db.store, &stages(&[Stage::Registered, Stage::AwaitingReturnVisit])).await;
        assert_eq!(two.len(), 2);
        let counts = db.store.counts_by_stage(&Scope::County).await.unwrap();
        assert_eq!(counts, [(Stage::Registered, 1), (Stage::ClosureSubmitted, 2), (Stage::AwaitingReturnVisit, 1)]);
        let village = db.store.counts_by_stage(&Scope::Area(area(&[VILLAGE]), Who::Village.account())).await.unwrap();
        assert_eq!(village, [(Stage::ClosureSubmitted, 1)]);
        let (rows, _) = db.store.list_matters(&stages(&[Stage::ClosureSubmitted])).await.unwrap();
        assert_eq!(rows[0].unit.as_ref().map(|unit| unit.as_str()), Some("县住建局"));
    }

    async fn overdue_and_near_go_by_the_nearest_clock(db) {
        people(&db.store).await;
        // The first clock (见面) ends three days after registration.
        for (n, days) in [(1, 0), (2, 4), (3, 20)] {
            registered_on(&db.store, n, days).await;
        }
        let filter = |filter| ListQuery { filter, ..all(Scope::County) };
        let today = day(7).date();
        assert_eq!(serials(&db.store, &filter(Filter::Overdue(today))).await, [1]);
        assert_eq!(serials(&db.store, &filter(Filter::Near(today, 0))).await, [2]);
        assert_eq!(serials(&db.store, &filter(Filter::Near(today, 16))).await, [2, 3]);
        assert_eq!(serials(&db.store, &filter(Filter::Near(today, u32::MAX))).await, [2, 3]);
        assert_eq!(serials(&db.store, &filter(Filter::Overdue(day(8).date()))).await, [1, 2]);
    }

    async fn a_closure_that_was_returned_twice_is_found(db) {
        people(&db.store).await;
        for n in 1..=2 {
            let matter = submitted(&db.store, n, None).await.id;
            for _ in 0..n {
                must(&db.store, Who::Supervisor, matter, send_back()).await;
                must(&db.store, Who::Handler, matter, Command::SubmitClosure { package: package() }).await;
            }
        }
        let query = ListQuery { filter: Filter::ReturnedTwice, ..all(Scope::County) };
        assert_eq!(serials(&db.store, &query).await, [2]);
    }

    async fn what_is_proposed_is_listed_for_who_decides_on_it(db) {
        people(&db.store).await;
        let to_handling: Vec<_> = path(None).into_iter().take(4).collect();
        let extended = registered(&db.store, 1, None).await.id;
        for (who, command) in to_handling {
            must(&db.store, who, extended, command).await;
        }
        let filed = registered(&db.store, 2, None).await.id;
        registered(&db.store, 3, None).await;
        let list = async |decider| {
            serials(&db.store, &ListQuery { filter: Filter::Proposed(decider), ..all(Scope::County) }).await
        };
        assert_eq!(list(None).await, Vec::<u32>::new());
        let extend = Proposal::Extend { days: 10, reason: words("要等测绘") };
        must(&db.store, Who::Handler, extended, Command::Propose { proposal: extend }).await;
        let file = Proposal::File { ground: FilingGround::NoContent, reason: words("没有内容"), into: None };
        must(&db.store, Who::Registrar, filed, Command::Propose { proposal: file }).await;
        assert_eq!(list(Some(Decider::UnitHead)).await, [1]);
        assert_eq!(list(Some(Decider::Supervisor)).await, [2]);
        assert_eq!(list(None).await.len(), 2);
        must(&db.store, Who::Registrar, filed, Command::RetractProposal).await;
        assert_eq!(list(Some(Decider::Supervisor)).await, Vec::<u32>::new());
    }

    async fn what_may_look_alike_is_found_by_person_household_and_place_within_what_is_seen(db) {
        people(&db.store).await;
        let old = new_matter_at(1, Some(VILLAGE), at(0));
        db.store.register(&old, at(0)).await.unwrap();
        registered_on(&db.store, 2, 30).await;
        let mut away = new_matter_at(3, Some(FAR_VILLAGE), day(31));
        away.keys = "别人 br 水管 139****1111".to_owned();
        db.store.register(&away, day(31)).await.unwrap();
        let query = |scope| AlikeQuery {
            scope,
            not_for: Who::Registrar.account(),
            since: day(1).date(),
            name: String::new(),
            phone: String::new(),
            address: String::new(),
            household: None,
            place: None,
        };
        let found = async |query: AlikeQuery| -> Vec<u32> {
            let list = db.store.perhaps_alike(&query).await.unwrap();
            list.iter().map(|(matter, _)| matter.number.as_str()[12..].parse().unwrap()).collect()
        };
        assert_eq!(found(query(Scope::County)).await, Vec::<u32>::new(), "nothing is known");
        let named = AlikeQuery { name: "来访人".to_owned(), ..query(Scope::County) };
        assert_eq!(found(named.clone()).await, [2], "what lies too far back is not shown");
        assert_eq!(found(AlikeQuery { since: day(0).date(), ..named.clone() }).await, [2, 1]);
        assert_eq!(found(AlikeQuery { name: "%".to_owned(), ..named.clone() }).await, Vec::<u32>::new());
        let there = AlikeQuery { place: Some(code(FAR_VILLAGE)), ..named.clone() };
        assert_eq!(found(there.clone()).await, [2, 3]);
        let of_village = Scope::Area(area(&[VILLAGE]), Who::Village.account());
        assert_eq!(found(AlikeQuery { scope: of_village, ..there }).await, [2], "only what one sees");
    }

    async fn every_word_typed_must_be_found_and_signs_mean_themselves(db) {
        people(&db.store).await;
        for (n, keys) in [(1, "张三 zs 路灯 100%"), (2, "李四 ls 路灯_坏"), (3, "王五 ww 水管 \\ 138 0000 7340")] {
            let mut new = new_matter(n, None);
            new.keys = keys.to_owned();
            db.store.register(&new, at(0)).await.unwrap();
        }
        let found = |text: &str| ListQuery { text: Some(text.to_owned()), ..all(Scope::County) };
        for (typed, expected) in [
            ("路灯", vec![1, 2]),
            ("LS 路灯", vec![2]),
            ("ｚｓ", vec![1]),
            ("0%", vec![1]),
            ("_坏", vec![2]),
            ("\\", vec![3]),
            ("1380 0007340", vec![3]),
            ("张三 水管", vec![]),
            ("", vec![1, 2, 3]),
            ("'; DROP TABLE matter; --", vec![]),
            ("a\0b", vec![]),
        ] {
            assert_eq!(serials(&db.store, &found(typed)).await, expected, "{typed}");
        }
        assert!(serials(&db.store, &found(&"灯 ".repeat(50_000))).await.len() == 2, "a very long text is cut");
    }
}

/// A page is a count and a page, and a page of the audit one question, however many there are. The store
/// counts statements in one thread.
#[cfg(feature = "simulation")]
#[tokio::test]
async fn a_page_costs_as_many_statements_however_many_matters_there_are() {
    use case_store::AuditQuery;
    use case_store::simulation::statements;

    let db = crate::database::TestDb::memory().await;
    people(&db.store).await;
    let asked = async || {
        let begun = statements();
        for query in [
            all(Scope::County),
            all(Scope::Unit(UNIT)),
            all(Scope::Area(area(&[TOWN]), Who::Clerk.account())),
            ListQuery { text: Some("路灯".to_owned()), ..all(Scope::County) },
            ListQuery { page: 1, page_size: 10, ..all(Scope::County) },
        ] {
            db.store.list_matters(&query).await.unwrap();
        }
        db.store.audit_page(&AuditQuery { limit: 50, ..AuditQuery::default() }).await.unwrap();
        db.store.record_page(&AuditQuery { limit: 50, ..AuditQuery::default() }).await.unwrap();
        statements() - begun
    };
    let with_none = asked().await;
    let new: Vec<_> = (1..=240).map(|n| new_matter(n, Some(VILLAGE))).collect();
    db.store.register_many(&new, at(0)).await.unwrap();
    assert_eq!(asked().await, with_none);
    assert_eq!(with_none, 5 * 2 + 2);
}
