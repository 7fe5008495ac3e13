//! What ledgers and reports are counted from: pages in order, nothing twice, nothing of somebody else.

use case_core::digest::Digest;
use case_core::document::{Content, DocumentKind, Signature};
use case_core::field::{Record, RecordKind};
use case_core::id::{DocumentId, MatterId};
use case_core::matter::Matter;
use case_core::time::Moment;
use case_store::{Absorption, Issuing, NewDocument, RecordNames, Store};

use crate::fixtures::{Who, at, household_id, id, new_matter_at, people, registered, visit, words};
use crate::records::take;

fn content(matter: &Matter) -> Content {
    Content {
        organ: "某县信访局".to_owned(),
        title: "包案责任书".to_owned(),
        addressee: None,
        sections: Vec::new(),
        closing: None,
        signature: Signature { organ: "某县信访局".to_owned(), on: at(0).date(), seal: true, signed_by: None },
        remedy: None,
        plain: matter.number.as_str().to_owned(),
        contact: String::new(),
        review_organ: None,
    }
}

async fn issue(store: &Store, n: u128, matter: MatterId, kind: DocumentKind, now: Moment, before: Option<u128>) {
    let new = NewDocument {
        id: DocumentId(id(0x5000 + n)),
        matter,
        kind,
        organ_key: "office".to_owned(),
        year: 2026,
        replaces: before.map(|before| (DocumentId(id(0x5000 + before)), words("更正"))),
        token: Digest::of(&("token", n.to_string())),
        by: Who::Supervisor.account(),
        now,
    };
    let done = store.issue_document(&new, &|matter| Ok(content(matter))).await.unwrap();
    assert!(matches!(done, Issuing::Done(_)), "{done:?}");
}

contract! {
    async fn matters_come_in_pages_up_to_the_day(db) {
        people(&db.store).await;
        for n in 1..=5 {
            let day = at(i64::from(n) * 24 * 60);
            db.store.register(&new_matter_at(n, None, day), day).await.unwrap();
        }
        let until = at(4 * 24 * 60).date();
        let first = db.store.matters_received(until, None, 3).await.unwrap();
        let rest = db.store.matters_received(until, first.last().map(|matter| matter.id), 3).await.unwrap();
        assert_eq!((first.len(), rest.len()), (3, 1));
        assert!(first.iter().chain(&rest).all(|matter| matter.registration.received_on <= until));
        assert!(db.store.matters_received(until, rest.last().map(|matter| matter.id), 3).await.unwrap().is_empty());
    }

    async fn records_are_those_of_one_official_within_the_time(db) {
        people(&db.store).await;
        let made = |n: u128, minute: i64| Record { made_at: at(minute), ..visit(n, Who::Village, household_id(1), None) };
        for (n, minute) in [(1, 10), (2, 20), (3, 20), (4, 30), (5, 40)] {
            let record = made(n, minute);
            take(&db.store, &record, RecordNames::default(), &|_, _| Absorption::default()).await.unwrap();
        }
        let (who, kinds) = (Who::Village.account(), [RecordKind::HouseholdVisit, RecordKind::Reception]);
        let span = (at(20), at(40));
        let first = db.store.records_by(who, &kinds, span, None, 1).await.unwrap();
        let second = db.store.records_by(who, &kinds, span, first.last(), 1).await.unwrap();
        let third = db.store.records_by(who, &kinds, span, second.last(), 9).await.unwrap();
        let found: Vec<_> = first.iter().chain(&second).chain(&third).map(|record| record.id).collect();
        assert_eq!(found, [2, 3, 4].map(|n| made(n, 0).id));
        assert!(db.store.records_by(who, &[RecordKind::Reception], span, None, 9).await.unwrap().is_empty());
        assert!(db.store.records_by(Who::Supervisor.account(), &kinds, span, None, 9).await.unwrap().is_empty());
    }

    async fn of_documents_the_last_version_counts(db) {
        people(&db.store).await;
        let (one, two) = (registered(&db.store, 1, None).await.id, registered(&db.store, 2, None).await.id);
        let kind = DocumentKind::LeaderContract;
        issue(&db.store, 1, one, kind, at(10), None).await;
        issue(&db.store, 2, two, kind, at(20), None).await;
        issue(&db.store, 3, one, kind, at(30), Some(1)).await;
        issue(&db.store, 4, one, DocumentKind::SupervisionNotice, at(30), None).await;
        let found = |from, until| { let store = db.store.clone(); async move {
            let all = store.documents_of_kinds(&[kind], (at(from), at(until))).await.unwrap();
            all.into_iter().map(|document| (document.matter, document.issued_at)).collect::<Vec<_>>()
        } };
        assert_eq!(found(0, 99).await, [(two, at(20)), (one, at(30))]);
        assert_eq!(found(0, 20).await, []);
        assert_eq!(found(20, 30).await, [(two, at(20))]);
    }
}
