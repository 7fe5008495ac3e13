//! 回避: for that official the matter does not exist; for everybody else nothing changes.

use case_core::audit::{Deed, Trace};
use case_core::id::AccountId;
use case_core::wire::sync::{ItemRef, WorkItem};
use case_store::{Filter, ListQuery, Scope, Store};

use crate::fixtures::{VILLAGE, Who, area, at, id, matter_id, people, registered, words};

/// The matters on somebody's phone after a pull, what left with it, and the next cursor.
async fn pull(store: &Store, who: Who, cursor: Option<&str>) -> (Vec<ItemRef>, Vec<ItemRef>, String) {
    let page = store.pull(who.account(), &area(&[VILLAGE]), cursor, 100).await.unwrap();
    assert!(!page.reset && !page.more);
    (page.items.iter().map(WorkItem::reference).collect(), page.gone, page.cursor)
}

async fn listed(store: &Store, not_for: Option<AccountId>) -> u64 {
    let query = ListQuery {
        scope: Scope::County,
        stages: Vec::new(),
        text: None,
        filter: Filter::All,
        page: 0,
        page_size: 50,
        not_for,
    };
    let (rows, total) = store.list_matters(&query).await.unwrap();
    assert_eq!(rows.len() as u64, total);
    total
}

contract! {
    async fn the_card_leaves_that_officials_phone_and_no_other(db) {
        people(&db.store).await;
        let (one, two) = (registered(&db.store, 1, Some(VILLAGE)).await.id, registered(&db.store, 2, Some(VILLAGE)).await.id);
        let (items, _, cursor) = pull(&db.store, Who::Village, None).await;
        assert_eq!(items, [ItemRef::Matter(one), ItemRef::Matter(two)]);
        let (_, _, clerks) = pull(&db.store, Who::Clerk, None).await;

        let trace = Trace::by(Who::Village.account(), at(5));
        assert!(db.store.recuse(one, Who::Village.account(), &words("亲属"), trace).await.unwrap());
        let (items, gone, cursor) = pull(&db.store, Who::Village, Some(&cursor)).await;
        assert_eq!((items, gone), (vec![], vec![ItemRef::Matter(one)]));
        let (items, gone, _) = pull(&db.store, Who::Clerk, Some(&clerks)).await;
        assert_eq!((items, gone), (vec![ItemRef::Matter(one)], vec![]), "the same card once more");
        assert_eq!(pull(&db.store, Who::Village, None).await.0, [ItemRef::Matter(two)], "nor from the beginning");

        // Again is no harm, and nothing is noted twice.
        assert!(db.store.recuse(one, Who::Village.account(), &words("别的"), trace).await.unwrap());
        let told = db.store.recusals(one).await.unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].account, told[0].reason.as_str(), told[0].at), (Who::Village.account(), "亲属", at(5)));
        let latest = db.store.audit_entries(None, 1).await.unwrap().remove(0);
        assert_eq!(latest.deed, Deed::Recused { matter: one, account: Who::Village.account(), reason: words("亲属") });

        let supervisor = Trace::by(Who::Supervisor.account(), at(9));
        assert!(db.store.lift_recusal(one, Who::Village.account(), supervisor).await.unwrap());
        assert!(!db.store.lift_recusal(one, Who::Village.account(), supervisor).await.unwrap());
        let (items, gone, _) = pull(&db.store, Who::Village, Some(&cursor)).await;
        assert_eq!((items, gone), (vec![ItemRef::Matter(one)], vec![]));
    }

    async fn a_list_leaves_it_out_for_that_official_only(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await.id;
        registered(&db.store, 2, None).await;
        let trace = Trace::by(Who::Supervisor.account(), at(5));
        assert!(db.store.recuse(matter, Who::Handler.account(), &words("邻居"), trace).await.unwrap());
        assert_eq!(listed(&db.store, Some(Who::Handler.account())).await, 1);
        assert_eq!(listed(&db.store, Some(Who::Head.account())).await, 2);
        assert_eq!(listed(&db.store, None).await, 2);
        assert_eq!(db.store.recused_from(Who::Handler.account()).await.unwrap(), [matter]);
        assert!(db.store.is_recused(matter, Who::Handler.account()).await.unwrap());
        assert!(!db.store.is_recused(matter, Who::Head.account()).await.unwrap());
        assert!(!db.store.recuse(matter_id(9), Who::Head.account(), &words("没有这件"), trace).await.unwrap());
        let nobody = db.store.recuse(matter, AccountId(id(0xFF)), &words("没有这人"), trace).await;
        assert_eq!(nobody, Err(case_store::StoreError::UnknownReference));
    }
}
