//! What is noted stays as it was noted; whatever is done behind the store's back is found, and named.

use case_core::audit::{Deed, Trace};
use case_core::id::DeviceId;
use case_store::{Absorption, Anchor, AuditQuery, Chain, Fault, JournalCheck, Store, Taken, Verified};

use crate::database::TestDb;
use crate::fixtures::{Who, at, delivered, envelope, household, id, people, visit};

/// People, a matter to its delivery, three records, a sign-in.
async fn county(db: &TestDb) {
    people(&db.store).await;
    delivered(&db.store, 1, None).await;
    let new = [household(1, crate::fixtures::VILLAGE)];
    db.store.upsert_households(&new, &crate::fixtures::keys_of).await.unwrap();
    for n in 1..=3 {
        take(&db.store, n).await;
    }
    let token = case_core::digest::Digest::of(&"token");
    db.store.create_session(token, Who::Clerk.account(), Some(DeviceId(id(7))), at(9), at(99)).await.unwrap();
}

async fn take(store: &Store, n: u128) {
    let record = visit(n, Who::Village, new_household(), None);
    let body = serde_json::to_string(&record).unwrap();
    let names = case_store::RecordNames { matter: None, household: Some(new_household()) };
    let taken = store.take_record(envelope(&record, &body, Who::Village, at(8)), names, &|_, _| Absorption::default());
    assert!(matches!(taken.await.unwrap(), Taken::Stored(_)));
}

fn new_household() -> case_core::id::HouseholdId {
    crate::fixtures::household_id(1)
}

async fn verify(store: &Store, anchors: &[Anchor]) -> (Verified, Vec<Fault>) {
    let mut faults = Vec::new();
    let done = store.verify(anchors, &mut |fault| faults.push(fault)).await.unwrap();
    assert_eq!(done.faults, faults.len() as u64);
    (done, faults)
}

async fn faults(db: &TestDb) -> Vec<Fault> {
    verify(&db.store, &[]).await.1
}

async fn number_of_matter(db: &TestDb) -> String {
    db.store.matter(crate::fixtures::matter_id(1)).await.unwrap().unwrap().number.as_str().to_owned()
}

contract! {
    async fn what_nobody_touched_is_found_whole_and_counted(db) {
        county(db).await;
        let (done, found) = verify(&db.store, &db.store.anchors().await.unwrap()).await;
        assert_eq!(found, []);
        let entries = db.number("SELECT COUNT(*) FROM journal").await;
        assert_eq!((done.matters, done.entries, done.receipts), (1, entries as u64, 3));
        assert_eq!(done.audit, db.number("SELECT COUNT(*) FROM audit").await as u64);
    }

    async fn who_did_what_and_when_is_noted_with_the_deed(db) {
        county(db).await;
        db.store.revoke_device(Who::Clerk.account(), DeviceId(id(7)), Who::Supervisor.account(), at(20)).await.unwrap();
        db.store.note_device(Who::Clerk.account(), DeviceId(id(7)), "Android", at(19)).await.unwrap();
        db.store.revoke_device(Who::Clerk.account(), DeviceId(id(7)), Who::Supervisor.account(), at(20)).await.unwrap();
        let latest = db.store.audit_entries(None, 2).await.unwrap();
        let shut_out = Deed::DeviceRevoked { account: Who::Clerk.account(), device: DeviceId(id(7)) };
        assert_eq!((latest[0].by, latest[0].at, &latest[0].deed), (Some(Who::Supervisor.account()), at(20), &shut_out));
        assert_eq!(latest[0].name.as_deref(), Some("督查戊"));
        let signed_in = Deed::SignedIn { device: Some(DeviceId(id(7))) };
        assert_eq!(latest[1].deed, signed_in, "there was no such device the first time: nothing is noted");
        let before = db.store.audit_entries(Some(latest[1].sequence), 500).await.unwrap();
        assert_eq!(before.len() as i64, latest[1].sequence - 1);
        let made = before.iter().filter(|entry| matches!(entry.deed, Deed::AccountMade { .. })).count();
        assert_eq!(made, Who::ALL.len());
        assert!(before.iter().any(|entry| matches!(&entry.deed, Deed::MattersMoved { matters } if matters[0].code == Some(1))));
    }

    async fn the_database_itself_refuses_to_change_what_was_noted(db) {
        county(db).await;
        for table in ["audit", "audit_matter", "journal", "record", "receipt"] {
            assert!(db.refuses(&format!("DELETE FROM {table}")).await, "{table}");
            let column = match table { "record" => "made_at", "receipt" => "received_at", "audit_matter" => "seq", _ => "at" };
            assert!(db.refuses(&format!("UPDATE {table} SET {column} = {column} + 1")).await, "{table}");
            assert!(!db.refuses(&format!("SELECT COUNT(*) FROM {table}")).await);
        }
        assert_eq!(faults(db).await, []);
    }

    async fn an_altered_entry_is_named(db) {
        county(db).await;
        db.tamper("UPDATE audit SET at = at + 1 WHERE seq = 4").await;
        db.tamper("UPDATE audit SET deed = replace(deed, 'signed_in', 'signed-in') WHERE deed LIKE '%signed_in%'").await;
        let last = db.number("SELECT MAX(seq) FROM audit").await;
        let altered = |seq| Fault::Altered { chain: Chain::Audit, seq };
        assert_eq!(faults(db).await, [altered(4), altered(last)]);
    }

    async fn another_author_is_named(db) {
        county(db).await;
        let last = db.number("SELECT MAX(seq) FROM audit").await;
        db.tamper(&format!("UPDATE audit SET by_account = '{}' WHERE seq = {last}", Who::Head.account())).await;
        assert_eq!(faults(db).await, [Fault::Altered { chain: Chain::Audit, seq: last }]);
    }

    async fn an_entry_whose_hash_was_redone_shows_in_the_next(db) {
        county(db).await;
        let forged = case_core::digest::Digest::of(&"forged").hex();
        db.tamper(&format!("UPDATE audit SET at = at + 1, hash = '{forged}' WHERE seq = 4")).await;
        let altered = |seq| Fault::Altered { chain: Chain::Audit, seq };
        assert_eq!(faults(db).await, [altered(4), altered(5)]);
    }

    async fn a_removed_entry_is_named(db) {
        county(db).await;
        db.tamper("DELETE FROM audit WHERE seq IN (3, 4)").await;
        assert_eq!(faults(db).await, [Fault::Missing { chain: Chain::Audit, from: 3, to: 4 }]);
    }

    async fn an_entry_that_was_put_in_is_named(db) {
        county(db).await;
        let last = db.number("SELECT MAX(seq) FROM audit").await;
        db.tamper(&format!("INSERT INTO audit (seq, at, by_account, deed, hash, kind) SELECT seq + 1, at, by_account, deed, hash, kind FROM audit WHERE seq = {last}")).await;
        let beyond = Fault::Beyond { chain: Chain::Audit, seq: last + 1 };
        assert_eq!(faults(db).await, [Fault::Altered { chain: Chain::Audit, seq: last + 1 }, beyond]);
    }

    async fn entries_in_another_order_are_named(db) {
        county(db).await;
        for sql in ["UPDATE audit SET seq = 9999 WHERE seq = 2", "UPDATE audit SET seq = 2 WHERE seq = 3", "UPDATE audit SET seq = 3 WHERE seq = 9999"] {
            db.tamper(sql).await;
        }
        let found = faults(db).await;
        for seq in [2, 3] {
            assert!(found.contains(&Fault::Altered { chain: Chain::Audit, seq }), "{found:?}");
        }
    }

    async fn a_tail_that_was_cut_off_is_found(db) {
        county(db).await;
        let last = db.number("SELECT MAX(seq) FROM audit").await;
        db.tamper(&format!("DELETE FROM audit WHERE seq = {last}")).await;
        assert_eq!(faults(db).await, [Fault::Missing { chain: Chain::Audit, from: last, to: last }]);
    }

    async fn a_tail_that_was_cut_off_with_its_count_does_not_fit_the_anchor(db) {
        county(db).await;
        let anchors = db.store.anchors().await.unwrap();
        let last = db.number("SELECT MAX(seq) FROM audit").await;
        db.tamper(&format!("DELETE FROM audit WHERE seq = {last}")).await;
        db.tamper("UPDATE counter SET seq = seq - 1 WHERE name = 'audit'").await;
        assert_eq!(faults(db).await, [], "nothing in the database says so");
        assert_eq!(verify(&db.store, &anchors).await.1, [Fault::Anchor(anchors[0].clone())]);
        // Grown again to the same length, it is another chain.
        db.store.note(Trace::system(at(50)), &Deed::BackedUp).await.unwrap();
        assert_eq!(verify(&db.store, &anchors).await.1, [Fault::Anchor(anchors[0].clone())]);
    }

    async fn a_chain_that_was_redone_from_some_place_does_not_fit_the_anchor(db) {
        county(db).await;
        let anchors = db.store.anchors().await.unwrap();
        db.store.note(Trace::system(at(50)), &Deed::BackedUp).await.unwrap();
        assert_eq!(verify(&db.store, &anchors).await.1, [], "what has grown since is no harm");
        // All receipts again, the middle one with another time.
        db.tamper("UPDATE receipt SET received_at = received_at + 1 WHERE seq = 2").await;
        db.tamper("UPDATE receipt SET link = ''").await;
        db.tamper("DELETE FROM audit_matter").await;
        db.tamper("DELETE FROM audit").await;
        db.tamper("DELETE FROM counter WHERE name = 'audit'").await;
        let again = db.again().await;
        assert_eq!(verify(&again, &[]).await.1, [], "the store chained it anew, like an old database");
        assert_eq!(verify(&again, &anchors).await.1, anchors.iter().cloned().map(Fault::Anchor).collect::<Vec<_>>());
    }

    async fn what_was_done_to_a_matter_is_named(db) {
        county(db).await;
        let number = number_of_matter(db).await;
        let journal = |what| Fault::Journal { number: number.clone(), what };
        db.tamper("UPDATE matter_index SET place = '350921102'").await;
        assert_eq!(faults(db).await, [journal(JournalCheck::ListDiffers)]);
        db.tamper("UPDATE matter SET body = replace(body, 'awaiting_return_visit', 'closed')").await;
        assert_eq!(faults(db).await, [journal(JournalCheck::StateDiffers)]);
        db.tamper("UPDATE journal SET at = at + 1 WHERE seq IN (3, 5)").await;
        assert_eq!(faults(db).await, [journal(JournalCheck::BrokenAt(3)), journal(JournalCheck::BrokenAt(5))]);
    }

    async fn a_journal_that_was_cut_with_its_matter_does_not_fit_the_audit_chain(db) {
        county(db).await;
        let number = number_of_matter(db).await;
        let last = db.number("SELECT MAX(seq) FROM journal").await;
        db.tamper(&format!("DELETE FROM journal WHERE seq = {last}")).await;
        db.tamper("UPDATE matter SET length = length - 1, head = (SELECT hash FROM journal ORDER BY seq DESC LIMIT 1)").await;
        assert_eq!(faults(db).await, [Fault::Journal { number, what: JournalCheck::CutShort }]);
    }

    async fn an_event_that_nobody_noted_is_named(db) {
        county(db).await;
        let number = number_of_matter(db).await;
        let length = db.number("SELECT length FROM matter").await;
        // As if the journal had grown by a rightly chained event: the chain of the audit does not know of it.
        db.tamper("DELETE FROM audit WHERE seq = (SELECT MAX(seq) FROM audit WHERE deed LIKE '%matters_moved%')").await;
        let found = faults(db).await;
        let unknown = found.iter().any(|fault| {
            matches!(fault, Fault::Unknown { number: of, seq } if *of == number && (2..=length).contains(&i64::from(*seq)))
        });
        assert!(unknown, "{found:?}");
    }

    async fn a_matter_that_was_removed_with_everything_is_named(db) {
        county(db).await;
        for table in ["journal", "matter_index", "code_issue", "command"] {
            db.tamper(&format!("DELETE FROM {table}")).await;
        }
        db.tamper("DELETE FROM matter").await;
        assert_eq!(faults(db).await, [Fault::MatterMissing { matter: crate::fixtures::matter_id(1) }]);
    }

    async fn what_was_done_to_a_record_is_named(db) {
        county(db).await;
        let record = visit(2, Who::Village, new_household(), None).id.to_string();
        db.tamper("UPDATE record SET body = replace(body, 'at_home', 'by_phone') WHERE device_seq = 2").await;
        let altered = Fault::RecordAltered { seq: 2, record: record.clone() };
        assert_eq!(faults(db).await, [altered]);
        // With a digest that fits it, the link does not.
        let body = serde_json::to_string(&visit(2, Who::Village, new_household(), None)).unwrap();
        let body = body.replace("at_home", "by_phone");
        let digest = case_core::digest::Digest::of_bytes(body.as_bytes()).hex();
        db.tamper(&format!("UPDATE record SET digest = '{digest}' WHERE device_seq = 2")).await;
        assert_eq!(faults(db).await, [Fault::Altered { chain: Chain::Receipts, seq: 2 }]);
        db.tamper("DELETE FROM record WHERE device_seq = 2").await;
        assert_eq!(faults(db).await, [Fault::RecordMissing { seq: 2, record }]);
        db.tamper("DELETE FROM receipt WHERE seq = 2").await;
        assert_eq!(faults(db).await, [Fault::Missing { chain: Chain::Receipts, from: 2, to: 2 }]);
        let last = visit(3, Who::Village, new_household(), None).id.to_string();
        db.tamper("DELETE FROM receipt WHERE seq = 3").await;
        let cut = Fault::Missing { chain: Chain::Receipts, from: 2, to: 3 };
        assert_eq!(faults(db).await, [cut, Fault::NoReceipt { record: last }]);
    }

    async fn another_author_or_time_of_a_record_is_named(db) {
        county(db).await;
        db.tamper(&format!("UPDATE record SET account = '{}' WHERE device_seq = 1", Who::Clerk.account())).await;
        db.tamper("UPDATE record SET made_at = made_at - 1 WHERE device_seq = 3").await;
        let altered = |seq| Fault::Altered { chain: Chain::Receipts, seq };
        assert_eq!(faults(db).await, [altered(1), altered(3)]);
    }

    async fn a_database_of_an_earlier_schema_is_chained_at_its_next_start(db) {
        county(db).await;
        db.tamper("DELETE FROM audit_matter").await;
        db.tamper("DELETE FROM audit").await;
        db.tamper("DELETE FROM counter WHERE name = 'audit'").await;
        db.tamper("UPDATE receipt SET link = ''").await;
        let again = db.again().await;
        assert_eq!(verify(&again, &[]).await.1, []);
        let entries = again.audit_entries(None, 10).await.unwrap();
        assert!(matches!(&entries[..], [one] if matches!(&one.deed, Deed::Adopted { matters } if matters.len() == 1)));
        take(&again, 4).await;
        assert_eq!(verify(&again, &again.anchors().await.unwrap()).await.1, []);
    }

    async fn an_entry_that_lists_would_not_find_is_named(db) {
        county(db).await;
        let seq = db.number("SELECT MAX(seq) FROM audit_matter").await;
        db.tamper("UPDATE audit SET kind = 'backed_up' WHERE seq = 2").await;
        db.tamper(&format!("DELETE FROM audit_matter WHERE seq = {seq}")).await;
        assert_eq!(faults(db).await, [Fault::Listed { seq: 2 }, Fault::Listed { seq }]);
    }
}

/// The places of a page of the list.
async fn listed(store: &Store, query: AuditQuery) -> Vec<i64> {
    store.audit_page(&query).await.unwrap().into_iter().map(|entry| entry.sequence).collect()
}

contract! {
    async fn the_list_is_narrowed_by_kind_person_period_and_matter_and_pages_by_time(db) {
        county(db).await;
        let store = &db.store;
        let all = AuditQuery { limit: 1_000, ..AuditQuery::default() };
        let chain: Vec<i64> = store.audit_entries(None, 1_000).await.unwrap().iter().map(|e| e.sequence).collect();
        assert_eq!(listed(store, all.clone()).await.len(), chain.len());
        let signed_in = AuditQuery { kinds: vec!["signed_in", "sign_in_failed"], ..all.clone() };
        assert_eq!(listed(store, signed_in.clone()).await, [chain[0]]);
        let by = |who: Who| AuditQuery { by: Some(vec![who.account()]), ..signed_in.clone() };
        assert_eq!(listed(store, by(Who::Clerk)).await, [chain[0]]);
        assert_eq!(listed(store, by(Who::Village)).await, [] as [i64; 0]);
        assert_eq!(listed(store, AuditQuery { by: Some(Vec::new()), ..all.clone() }).await, [] as [i64; 0]);
        let period = |from, until| AuditQuery { from: Some(at(from)), until: Some(at(until)), ..signed_in.clone() };
        assert_eq!(listed(store, period(9, 10)).await, [chain[0]]);
        assert_eq!(listed(store, period(8, 9)).await, [] as [i64; 0]);
        let about = AuditQuery { matter: Some(crate::fixtures::matter_id(1)), ..all.clone() };
        let moved = db.number("SELECT COUNT(*) FROM audit WHERE deed LIKE '%matters_moved%'").await;
        assert_eq!(listed(store, about).await.len() as i64, moved);
        let mut paged = Vec::new();
        let mut before = None;
        loop {
            let page = store.audit_page(&AuditQuery { limit: 3, before, ..AuditQuery::default() }).await.unwrap();
            let Some(last) = page.last() else { break };
            before = Some((last.at, last.sequence));
            paged.extend(page.iter().map(|entry| entry.sequence));
        }
        assert_eq!(paged, listed(store, all.clone()).await);
        let records = store.record_page(&all).await.unwrap();
        assert_eq!(records.iter().map(|record| record.sequence).collect::<Vec<_>>(), [3, 2, 1]);
        assert_eq!((records[0].at, records[0].made_at, records[0].by), (at(8), at(0), Who::Village.account()));
    }
}
