//! 出具的报表: numbers and versions without gaps, nothing that changes, and the audit chain knows each.

use case_core::audit::Deed;
use case_core::digest::Digest;
use case_core::id::DocumentId;
use case_core::report::ReportKind;
use case_core::wire::reports::{FrozenReport, IssuedReport, ReportSheet};
use case_store::{Fault, NewReport, ReportIssuing, Store, StoreError};

use crate::fixtures::{Who, at, id, people, words};

fn new(n: u128, subject: &str, says: &str) -> NewReport {
    let sheet = ReportSheet {
        organ: "某县信访局".to_owned(),
        title: "信访形势月研判清单".to_owned(),
        period: says.to_owned(),
        made_on: at(0).date(),
        wide: false,
        sections: Vec::new(),
        notes: Vec::new(),
        items: Vec::new(),
        plain: String::new(),
    };
    NewReport {
        id: DocumentId(id(0x6000 + n)),
        kind: ReportKind::Monthly,
        subject: subject.to_owned(),
        year: 2026,
        content: FrozenReport { sheet, matters: Vec::new() },
        after: None,
        reason: None,
        token: Digest::of(&("token", n.to_string())),
        by: Who::Supervisor.account(),
        now: at(10),
    }
}

async fn done(store: &Store, new: &NewReport) -> IssuedReport {
    match store.issue_report(new).await.unwrap() {
        ReportIssuing::Done(row) => *row,
        other => panic!("{other:?}"),
    }
}

contract! {
    async fn reports_are_numbered_by_kind_and_versions_say_what_they_replace(db) {
        people(&db.store).await;
        let first = done(&db.store, &new(1, "monthly:2026-03", "三月")).await;
        assert_eq!((first.number.as_str(), first.version), ("某县信访局研字〔2026〕1号", 1));
        assert_eq!(done(&db.store, &new(1, "monthly:2026-03", "三月")).await, first, "sent twice is one");
        assert_eq!(db.store.issue_report(&new(1, "monthly:2026-04", "四月")).await, Err(StoreError::DocumentIdTaken));
        assert_eq!(done(&db.store, &new(2, "monthly:2026-04", "四月")).await.number, "某县信访局研字〔2026〕2号");

        let next = |n, says: &str| NewReport { after: Some(first.id), ..new(n, "monthly:2026-03", says) };
        let why = Some(words("补登"));
        assert_eq!(db.store.issue_report(&next(3, "三月补")).await.unwrap(), ReportIssuing::NoReason);
        let same = NewReport { reason: why.clone(), ..next(3, "三月") };
        assert_eq!(db.store.issue_report(&same).await.unwrap(), ReportIssuing::Same(1));
        let blind = NewReport { reason: why.clone(), ..new(3, "monthly:2026-03", "三月补") };
        assert_eq!(db.store.issue_report(&blind).await.unwrap(), ReportIssuing::NotTheLast);
        let second = done(&db.store, &NewReport { reason: why, ..next(3, "三月补") }).await;
        assert_eq!((second.number.as_str(), second.version), (first.number.as_str(), 2));
        let all = db.store.reports_of("monthly:2026-03").await.unwrap();
        assert_eq!(all.iter().map(|one| (one.version, one.replaced_by)).collect::<Vec<_>>(), [(2, None), (1, Some(2))]);
        assert_eq!(db.store.issued_reports(9).await.unwrap().len(), 2, "the last of each");
        let found = db.store.report_by_token(&Digest::of(&("token", "1".to_owned()))).await.unwrap().unwrap();
        assert!(found.intact && found.row.replaced_by == Some(2) && found.organ == "某县信访局");
    }

    async fn of_many_at_once_one_is_the_first(db) {
        people(&db.store).await;
        let mut all = tokio::task::JoinSet::new();
        for n in 0..12_u128 {
            let store = db.store.clone();
            all.spawn(async move { store.issue_report(&new(n, "monthly:2026-03", "三月")).await.unwrap() });
        }
        let answers = all.join_all().await;
        assert_eq!(answers.iter().filter(|answer| matches!(answer, ReportIssuing::Done(_))).count(), 1);
        assert_eq!(answers.iter().filter(|answer| **answer == ReportIssuing::NotTheLast).count(), 11);
        assert_eq!(done(&db.store, &new(50, "monthly:2026-04", "四月")).await.number, "某县信访局研字〔2026〕2号");
    }

    async fn an_issued_report_that_was_altered_or_removed_is_found(db) {
        people(&db.store).await;
        done(&db.store, &new(1, "monthly:2026-03", "三月")).await;
        let second = done(&db.store, &new(2, "monthly:2026-04", "四月")).await;
        let last = db.store.audit_entries(None, 1).await.unwrap().remove(0);
        assert!(matches!(&last.deed, Deed::ReportIssued { paper, version: 1, .. } if *paper == second.id));
        let faults = async || {
            let mut faults = Vec::new();
            let counted = db.store.verify(&[], &mut |fault| faults.push(fault)).await.unwrap();
            (counted.documents, faults)
        };
        assert_eq!(faults().await, (2, Vec::new()));
        assert!(db.refuses("UPDATE report_paper SET title = ''").await && db.refuses("DELETE FROM report_paper").await);
        let first = new(1, "", "").id;
        db.tamper(&format!("UPDATE report_paper SET content = replace(content, '三月', '五月') WHERE id = '{first}'")).await;
        db.tamper(&format!("DELETE FROM report_paper WHERE id = '{}'", second.id)).await;
        let altered = Fault::Document { number: "某县信访局研字〔2026〕1号".to_owned(), version: 1 };
        assert_eq!(faults().await, (1, vec![altered, Fault::DocumentMissing { document: second.id }]));
        assert!(!db.store.issued_report(first).await.unwrap().unwrap().intact);
    }
}
