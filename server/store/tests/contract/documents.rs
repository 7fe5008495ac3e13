//! 文书: numbers without gaps, versions, one of a kind, nothing that changes.

use case_core::audit::Deed;
use case_core::digest::Digest;
use case_core::document::{Content, DocumentKind, Lack, Part, Signature, Why};
use case_core::id::{DocumentId, MatterId};
use case_core::matter::Matter;
use case_store::{DocumentRow, Fault, Issuing, NewDocument, Store, StoreError};

use crate::fixtures::{Who, at, id, matter_id, people, registered, words};

fn content(matter: &Matter) -> Content {
    Content {
        organ: "某县信访局".to_owned(),
        title: "督办通知书".to_owned(),
        addressee: None,
        sections: Vec::new(),
        closing: None,
        signature: Signature { organ: "某县信访局".to_owned(), on: at(0).date(), seal: true, signed_by: None },
        remedy: None,
        plain: matter.registration.title.as_str().to_owned(),
        contact: String::new(),
        review_organ: None,
    }
}

fn new(n: u128, matter: MatterId, kind: DocumentKind) -> NewDocument {
    NewDocument {
        id: DocumentId(id(0x5000 + n)),
        matter,
        kind,
        organ_key: "office".to_owned(),
        year: 2026,
        replaces: None,
        token: Digest::of(&("token", n.to_string())),
        by: Who::Supervisor.account(),
        now: at(10),
    }
}

async fn done(store: &Store, new: &NewDocument) -> DocumentRow {
    match store.issue_document(new, &|matter| Ok(content(matter))).await.unwrap() {
        Issuing::Done(row) => *row,
        other => panic!("{other:?}"),
    }
}

const NOTICE: DocumentKind = DocumentKind::SupervisionNotice;

contract! {
    async fn numbers_have_no_gaps_and_no_doubles_whoever_fails_and_however_many_issue_at_once(db) {
        people(&db.store).await;
        let mut matters = Vec::new();
        for n in 1..=4 {
            matters.push(registered(&db.store, n, None).await.id);
        }
        let mut all = tokio::task::JoinSet::new();
        for n in 0..40_u128 {
            let store = db.store.clone();
            let new = new(n, matters[usize::try_from(n).unwrap() % matters.len()], NOTICE);
            all.spawn(async move {
                let fails = n % 4 == 0;
                store
                    .issue_document(&new, &move |matter| match fails {
                        true => Err(vec![Lack { part: Part::Breach, why: Why::Missing }]),
                        false => Ok(content(matter)),
                    })
                    .await
                    .unwrap()
            });
        }
        let mut numbers: Vec<String> = all
            .join_all()
            .await
            .into_iter()
            .filter_map(|answer| match answer {
                Issuing::Done(row) => Some(row.number),
                Issuing::Lacks(lacks) => { assert_eq!(lacks[0].part, Part::Breach); None }
                other => panic!("{other:?}"),
            })
            .collect();
        numbers.sort();
        let mut expected: Vec<String> = (1..=30).map(|n| format!("某县信访局督字〔2026〕{n}号")).collect();
        expected.sort();
        assert_eq!(numbers, expected);
    }

    async fn each_organ_word_and_year_has_a_sequence_of_its_own(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await.id;
        let advice = DocumentKind::PolicyAdvice;
        assert!(done(&db.store, &new(1, matter, NOTICE)).await.number.ends_with("督字〔2026〕1号"));
        assert!(done(&db.store, &new(2, matter, advice)).await.number.ends_with("建策字〔2026〕1号"));
        let next_year = NewDocument { year: 2027, ..new(3, matter, NOTICE) };
        assert!(done(&db.store, &next_year).await.number.ends_with("督字〔2027〕1号"));
        let other = NewDocument { organ_key: "unit".to_owned(), ..new(4, matter, NOTICE) };
        assert!(done(&db.store, &other).await.number.ends_with("督字〔2026〕1号"));
        assert!(done(&db.store, &new(5, matter, NOTICE)).await.number.ends_with("督字〔2026〕2号"));
    }

    async fn the_same_sending_issues_once_and_the_id_is_nobody_elses(db) {
        people(&db.store).await;
        let (one, two) = (registered(&db.store, 1, None).await.id, registered(&db.store, 2, None).await.id);
        let first = done(&db.store, &new(1, one, NOTICE)).await;
        assert_eq!(done(&db.store, &new(1, one, NOTICE)).await, first);
        let stolen = db.store.issue_document(&new(1, two, NOTICE), &|matter| Ok(content(matter))).await;
        assert_eq!(stolen, Err(StoreError::DocumentIdTaken));
        assert_eq!(db.number("SELECT COUNT(*) FROM document").await, 1);
        let nowhere = db.store.issue_document(&new(2, matter_id(9), NOTICE), &|matter| Ok(content(matter))).await;
        assert_eq!(nowhere, Ok(Issuing::NotFound));
    }

    async fn a_version_keeps_the_number_says_why_and_only_the_last_is_replaced(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await.id;
        let first = done(&db.store, &new(1, matter, NOTICE)).await;
        let second = NewDocument { replaces: Some((first.id, words("日期写错"))), now: at(20), ..new(2, matter, NOTICE) };
        let second = done(&db.store, &second).await;
        assert_eq!((second.number.as_str(), second.version), (first.number.as_str(), 2));
        let again = NewDocument { replaces: Some((first.id, words("再改"))), ..new(3, matter, NOTICE) };
        assert_eq!(db.store.issue_document(&again, &|m| Ok(content(m))).await, Ok(Issuing::NotTheLast));
        let other_kind = NewDocument { replaces: Some((second.id, words("再改"))), ..new(4, matter, DocumentKind::PolicyAdvice) };
        assert_eq!(db.store.issue_document(&other_kind, &|m| Ok(content(m))).await, Ok(Issuing::NotTheLast));
        let shelf = db.store.documents_of(matter).await.unwrap();
        assert_eq!(shelf.iter().map(|row| (row.version, row.replaced_by)).collect::<Vec<_>>(), [(1, Some(2)), (2, None)]);
        assert_eq!(shelf[1].reason, Some(words("日期写错")));
        let proof = db.store.document_by_token(&Digest::of(&("token", "1"))).await.unwrap().unwrap();
        assert_eq!((proof.row.id, proof.row.replaced_by, proof.intact), (first.id, Some(2), true));
        assert_eq!(db.store.document_by_token(&Digest::of(&("token", "9"))).await.unwrap(), None);
    }

    async fn of_a_single_kind_a_second_one_is_refused(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await.id;
        let kind = DocumentKind::Opinion;
        let first = done(&db.store, &new(1, matter, kind)).await;
        let second = db.store.issue_document(&new(2, matter, kind), &|m| Ok(content(m))).await;
        assert_eq!(second, Ok(Issuing::ThereIsOne));
        let next = NewDocument { replaces: Some((first.id, words("更正"))), ..new(3, matter, kind) };
        assert_eq!(done(&db.store, &next).await.version, 2);
    }

    async fn what_was_changed_behind_the_store_is_told(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await.id;
        let row = done(&db.store, &new(1, matter, NOTICE)).await;
        assert!(db.store.document(row.id).await.unwrap().unwrap().intact);
        db.tamper("UPDATE document SET content = REPLACE(content, '督办', '表扬')").await;
        let stored = db.store.document(row.id).await.unwrap().unwrap();
        assert!(!stored.intact);
        assert_eq!(stored.content.title, "表扬通知书");
    }

    async fn what_is_done_to_a_document_afterwards_is_named(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await.id;
        for n in 1..=3 {
            done(&db.store, &new(n, matter, NOTICE)).await;
        }
        let faults = async || {
            let mut faults = Vec::new();
            let counted = db.store.verify(&[], &mut |fault| faults.push(fault)).await.unwrap();
            (counted.documents, faults)
        };
        assert_eq!(faults().await, (3, Vec::new()));
        let last = db.store.audit_entries(None, 1).await.unwrap().remove(0);
        assert!(matches!(&last.deed, Deed::DocumentIssued { matter: of, version: 1, replaces: None, .. } if *of == matter));

        let (first, second) = (new(1, matter, NOTICE).id, new(2, matter, NOTICE).id);
        let number = db.store.document(first).await.unwrap().unwrap().row.number;
        assert!(db.refuses(&format!("UPDATE document SET title = '' WHERE id = '{first}'")).await);
        db.tamper(&format!("UPDATE document SET content = replace(content, '某县', '他县') WHERE id = '{first}'")).await;
        let altered = Fault::Document { number, version: 1 };
        assert_eq!(faults().await.1, std::slice::from_ref(&altered));
        // Also with a digest that fits it: the audit chain knows the one that it had.
        let digest = Digest::of(&"fits").hex();
        db.tamper(&format!("UPDATE document SET digest = '{digest}' WHERE id = '{first}'")).await;
        db.tamper(&format!("DELETE FROM document WHERE id = '{second}'")).await;
        assert_eq!(faults().await, (2, vec![altered, Fault::DocumentMissing { document: second }]));
    }
}
