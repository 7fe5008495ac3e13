//! 检举控告: who has no copy sees nothing, a line is written once, and what is altered is found.

use case_core::audit::{Deed, Trace};
use case_core::code::{MatterNumber, QueryCode};
use case_core::digest::Digest;
use case_core::id::{AccountId, SealedReportId, UnitId};
use case_core::sealed::{SealedRefusal, SealedStage, SealedStep};
use case_core::wire::desk::Unit;
use case_store::{
    CodeHash, Fault, JournalCheck, KeyDeed, NewSealed, Placed, SealedAppended, SealedCopy, SealedEntry, SealedOfficer,
    SealedRegistered, Store, StoreError,
};

use crate::fixtures::{OTHER_UNIT, UNIT, Who, at, id, people, short};

const FIRST: Who = Who::Supervisor;
const SECOND: Who = Who::Clerk;

fn report(n: u128) -> SealedReportId {
    SealedReportId(id(0x3000 + n))
}

fn digest(word: &str) -> Digest {
    Digest::of_bytes(word.as_bytes())
}

fn entry(step: SealedStep, readers: &[Who]) -> SealedEntry {
    let copy = |who: &Who| SealedCopy { account: who.account(), envelope: vec![who.account().0.as_bytes()[15], 7] };
    SealedEntry { step, sealed: digest(step.code()), copies: readers.iter().map(copy).collect() }
}

fn new(n: u128, readers: &[Who]) -> NewSealed {
    NewSealed {
        id: report(n),
        number: MatterNumber::compose(99, at(0), u32::try_from(n).unwrap()),
        received_on: at(0).date(),
        code: CodeHash { hash: digest(&QueryCode::from_number(u64::try_from(n).unwrap()).digits()), issue: 1 },
        word: digest("1234"),
        by: Who::Registrar.account(),
        entry: entry(SealedStep::Register, readers),
    }
}

async fn officers(store: &Store, all: &[Who]) {
    for who in all {
        let key = SealedOfficer { account: who.account(), public: vec![4; 65], wrapped: "{}".to_owned() };
        assert!(store.add_sealed_officer(&key, None, Vec::new(), 0, at(0)).await.unwrap());
    }
}

async fn step(store: &Store, who: Who, seen: Option<u32>, step: SealedStep, readers: &[Who]) -> SealedAppended {
    store.append_sealed(report(1), who.account(), seen, &entry(step, readers), at(5)).await.unwrap()
}

async fn numbers(store: &Store, account: AccountId) -> usize {
    store.sealed_reports(account).await.unwrap().len()
}

contract! {
    async fn a_report_is_registered_once_and_only_who_has_a_copy_sees_it(db) {
        people(&db.store).await;
        officers(&db.store, &[FIRST, SECOND]).await;
        assert_eq!(db.store.register_sealed(&new(1, &[FIRST]), at(1)).await.unwrap(), SealedRegistered::New);
        let again = db.store.register_sealed(&new(1, &[FIRST]), at(9)).await.unwrap();
        let number = new(1, &[]).number;
        let by = Who::Registrar.account();
        assert_eq!(again, SealedRegistered::AlreadyThere { by, at: at(1), number, issue: 1 });
        let same_number = NewSealed { id: report(2), ..new(1, &[FIRST]) };
        assert_eq!(db.store.register_sealed(&same_number, at(1)).await, Err(StoreError::NumberTaken));

        for who in Who::ALL {
            let sees = usize::from(who == FIRST);
            assert_eq!(numbers(&db.store, who.account()).await, sees, "{who:?}");
            assert_eq!(db.store.sealed_file(report(1), who.account()).await.unwrap().is_some(), who == FIRST);
            if who != FIRST {
                assert_eq!(step(&db.store, who, None, SealedStep::Read, &[FIRST]).await, SealedAppended::NotFound);
            }
        }
        let file = db.store.sealed_file(report(1), FIRST.account()).await.unwrap().unwrap();
        assert_eq!((file.row.stage, file.row.length, file.notes.len()), (SealedStage::Received, 1, 1));
        assert_eq!(file.notes[0].by, Who::Registrar.actor().name);
        assert_eq!(file.readers, [(FIRST.account(), vec![4; 65])]);
    }

    async fn steps_follow_one_another_and_are_sealed_for_all_who_may_know(db) {
        people(&db.store).await;
        officers(&db.store, &[FIRST, SECOND]).await;
        let both = [FIRST, SECOND];
        db.store.register_sealed(&new(1, &both), at(1)).await.unwrap();
        let refused = SealedAppended::Refused;
        assert_eq!(
            step(&db.store, FIRST, Some(1), SealedStep::HandOver, &both).await,
            refused(SealedRefusal::WrongStage)
        );
        assert_eq!(step(&db.store, FIRST, None, SealedStep::Read, &[FIRST]).await, SealedAppended::OtherReaders);
        assert!(matches!(step(&db.store, FIRST, None, SealedStep::Read, &both).await, SealedAppended::Done(_)));
        assert_eq!(step(&db.store, SECOND, Some(1), SealedStep::HandOver, &both).await, refused(SealedRefusal::Stale));
        let hash = new(1, &[]).code.hash;
        assert_eq!(db.store.sealed_by_code(&hash).await.unwrap().unwrap().handed_over, None);
        let SealedAppended::Done(row) = step(&db.store, SECOND, Some(2), SealedStep::HandOver, &both).await else {
            panic!("handed over")
        };
        assert_eq!((row.stage, row.length), (SealedStage::HandedOver, 3));
        let standing = db.store.sealed_by_code(&hash).await.unwrap().unwrap();
        assert_eq!((standing.handed_over, standing.word), (Some(at(5)), digest("1234")));
        assert_eq!(db.store.sealed_by_code(&digest("another")).await.unwrap(), None);
        let SealedAppended::Done(row) = step(&db.store, FIRST, Some(3), SealedStep::Close, &both).await else {
            panic!("closed")
        };
        assert_eq!(db.store.sealed_reports(FIRST.account()).await.unwrap(), [row]);
        let file = db.store.sealed_file(report(1), SECOND.account()).await.unwrap().unwrap();
        assert_eq!(file.notes.iter().map(|note| note.step).collect::<Vec<_>>(), [
            SealedStep::Register, SealedStep::Read, SealedStep::HandOver, SealedStep::Close,
        ]);
        assert_eq!(db.store.verify_sealed().await.unwrap(), []);
    }

    async fn what_is_altered_behind_the_stores_back_is_found(db) {
        people(&db.store).await;
        officers(&db.store, &[FIRST]).await;
        for n in 1..=4 {
            db.store.register_sealed(&new(n, &[FIRST]), at(1)).await.unwrap();
            let read = entry(SealedStep::Read, &[FIRST]);
            db.store.append_sealed(report(n), FIRST.account(), None, &read, at(2)).await.unwrap();
        }
        let other = Who::Village.account();
        for sql in [
            format!("UPDATE sealed_journal SET by_account = '{other}' WHERE seq = 2 AND report = '{}'", report(1)),
            format!("DELETE FROM sealed_copy WHERE seq = 2 AND report = '{}'", report(2)),
            format!("DELETE FROM sealed_journal WHERE seq = 2 AND report = '{}'", report(2)),
            format!("UPDATE sealed_report SET stage = 'received' WHERE id = '{}'", report(3)),
        ] {
            assert_eq!(db.tamper(&sql).await, 1);
        }
        assert_eq!(db.store.verify_sealed().await.unwrap(), [
            (report(1), JournalCheck::BrokenAt(2)),
            (report(2), JournalCheck::CutShort),
            (report(3), JournalCheck::StateDiffers),
        ]);
        assert_eq!(db.store.verify_sealed_keys().await.unwrap(), None);
        db.tamper("UPDATE sealed_key_journal SET at = at + 1").await;
        assert_eq!(db.store.verify_sealed_keys().await.unwrap(), Some(1));
    }

    async fn what_the_audit_chain_was_told_is_not_cut_off_unseen(db) {
        people(&db.store).await;
        officers(&db.store, &[FIRST]).await;
        let mut numbers = Vec::new();
        for n in 1..=3 {
            let new = new(n, &[FIRST]);
            numbers.push(new.number.as_str().to_owned());
            db.store.register_sealed(&new, at(1)).await.unwrap();
            let read = entry(SealedStep::Read, &[FIRST]);
            db.store.append_sealed(report(n), FIRST.account(), None, &read, at(2)).await.unwrap();
        }
        let faults = async || {
            let mut faults = Vec::new();
            let done = db.store.verify(&[], &mut |fault| faults.push(fault)).await.unwrap();
            (done.sealed, faults)
        };
        assert_eq!(faults().await, (3, Vec::new()));
        // Who read it is in the one chain.
        let last = db.store.audit_entries(None, 1).await.unwrap().remove(0);
        let Deed::SealedMoved { report: read, step, length, .. } = last.deed else { panic!("{last:?}") };
        assert_eq!((last.by, read, step, length), (Some(FIRST.account()), report(3), SealedStep::Read, 2));

        // A reading that is to be forgotten: the line, the copies, and the row as it was before.
        for sql in [
            format!("DELETE FROM sealed_copy WHERE seq = 2 AND report = '{}'", report(1)),
            format!("DELETE FROM sealed_journal WHERE seq = 2 AND report = '{}'", report(1)),
            format!(
                "UPDATE sealed_report SET stage = 'received', length = 1, head = (SELECT hash FROM sealed_journal WHERE report = '{0}') \
                 WHERE id = '{0}'",
                report(1)
            ),
            format!("DELETE FROM sealed_copy WHERE report = '{}'", report(2)),
            format!("DELETE FROM sealed_journal WHERE report = '{}'", report(2)),
            format!("DELETE FROM sealed_report WHERE id = '{}'", report(2)),
            "DELETE FROM sealed_key_journal".to_owned(),
        ] {
            assert!(db.tamper(&sql).await > 0, "{sql}");
        }
        assert_eq!(db.store.verify_sealed().await.unwrap(), [], "by itself it looks whole");
        let number = numbers.swap_remove(0);
        assert_eq!(faults().await, (2, vec![
            Fault::Sealed { number, what: JournalCheck::CutShort },
            Fault::SealedMissing { report: report(2) },
            Fault::SealedKeys { line: 1 },
        ]));
    }

    async fn a_line_that_the_audit_chain_was_not_told_of_is_named(db) {
        people(&db.store).await;
        officers(&db.store, &[FIRST]).await;
        db.store.register_sealed(&new(1, &[FIRST]), at(1)).await.unwrap();
        let read = entry(SealedStep::Read, &[FIRST]);
        db.store.append_sealed(report(1), FIRST.account(), None, &read, at(2)).await.unwrap();
        // As if the second line had been put in, rightly chained.
        let last = db.number("SELECT MAX(seq) FROM audit").await;
        db.tamper(&format!("DELETE FROM audit WHERE seq = {last}")).await;
        db.tamper("UPDATE counter SET seq = seq - 1 WHERE name = 'audit'").await;
        let mut faults = Vec::new();
        db.store.verify(&[], &mut |fault| faults.push(fault)).await.unwrap();
        let number = new(1, &[]).number.as_str().to_owned();
        assert_eq!(faults, [Fault::Sealed { number, what: JournalCheck::BrokenAt(2) }]);
    }

    async fn a_further_officer_gets_copies_of_all_there_is_or_nothing(db) {
        people(&db.store).await;
        officers(&db.store, &[FIRST]).await;
        db.store.register_sealed(&new(1, &[FIRST]), at(1)).await.unwrap();
        let key = SealedOfficer { account: SECOND.account(), public: vec![5; 65], wrapped: "{}".to_owned() };
        let by = Some(FIRST.account());
        // Made before the report came in.
        assert!(!db.store.add_sealed_officer(&key, by, Vec::new(), 0, at(2)).await.unwrap());
        assert_eq!(numbers(&db.store, SECOND.account()).await, 0);
        let lines = db.store.sealed_lines().await.unwrap();
        let copies = vec![(report(1), 1, vec![9])];
        assert!(db.store.add_sealed_officer(&key, by, copies.clone(), lines, at(2)).await.unwrap());
        assert_eq!(numbers(&db.store, SECOND.account()).await, 1);
        assert!(!db.store.add_sealed_officer(&key, by, Vec::new(), lines, at(2)).await.unwrap(), "has a key");
        assert!(db.store.rewrap_sealed_officer(&key, "{\"new\":1}", at(3)).await.unwrap());
        assert!(!db.store.rewrap_sealed_officer(&key, "{\"other\":1}", at(3)).await.unwrap(), "not the old one");
        let journal = db.store.sealed_key_journal().await.unwrap();
        assert_eq!(journal.iter().map(|line| (line.account, line.by, line.deed)).collect::<Vec<_>>(), [
            (FIRST.account(), None, KeyDeed::Init),
            (SECOND.account(), by, KeyDeed::Add),
            (SECOND.account(), Some(SECOND.account()), KeyDeed::Passphrase),
        ]);
        assert_eq!(db.store.verify_sealed_keys().await.unwrap(), None);
        // Who has another role, or may no longer sign in, gets no copies of what comes.
        let left = async || db.store.sealed_officers().await.unwrap().len();
        assert_eq!(left().await, 0);
        assert_eq!(db.tamper("UPDATE account SET role = 'sealed_officer' WHERE id IN (SELECT account FROM sealed_officer)").await, 2);
        assert_eq!(left().await, 2);
        db.store.set_active(SECOND.account(), false, Trace::system(at(0))).await.unwrap();
        assert_eq!(left().await, 1);
    }

    async fn units_stand_under_one_another_and_never_in_a_circle(db) {
        people(&db.store).await;
        let third = UnitId(id(0xA9));
        db.store.upsert_units(&[Unit { id: third, name: short("房管所"), phone: short("110") }]).await.unwrap();
        let place = async |unit, under| db.store.place_unit(unit, under).await;
        assert_eq!(place(OTHER_UNIT, Some(UNIT)).await, Ok(Placed::Done));
        assert_eq!(place(third, Some(OTHER_UNIT)).await, Ok(Placed::Done));
        assert_eq!(place(UNIT, Some(third)).await, Ok(Placed::Circle));
        assert_eq!(place(UNIT, Some(UNIT)).await, Ok(Placed::Circle));
        assert_eq!(place(UnitId(id(0xFF)), None).await, Err(StoreError::UnknownReference));
        let tree = db.store.unit_tree().await.unwrap();
        assert!(tree.is_within(third, UNIT) && !tree.is_within(UNIT, third));
        // Importing the unit again leaves it where it stands.
        db.store.upsert_units(&[Unit { id: third, name: short("房产所"), phone: short("110") }]).await.unwrap();
        assert!(db.store.unit_tree().await.unwrap().is_within(third, UNIT));
        assert_eq!(place(OTHER_UNIT, None).await, Ok(Placed::Done));
        assert!(!db.store.unit_tree().await.unwrap().is_within(third, UNIT));
    }
}
