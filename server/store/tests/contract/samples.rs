//! 抽查回访: who is sent has the matter on the phone until somebody was asked; nobody else is told anything.

use case_core::audit::{Deed, Trace};
use case_core::field::{Payload, Record, ReturnVisit, ReturnVisitOutcome, VisitMode};
use case_core::id::{DeviceId, MatterId, RecordId, SampleId};
use case_core::sample::{Drawn, Sample, Seed, Wanted, digest};
use case_core::wire::sync::WorkItem;
use case_store::{Absorption, KnownRows, RecordNames, Taken};

use crate::database::TestDb;
use crate::feeds::{Phone, close};
use crate::fixtures::{VILLAGE, Who, at, delivered, envelope, id, matter_id, people, words};

fn sample(of: &[MatterId], drawn: MatterId, visitors: &[Who]) -> Sample {
    Sample {
        wanted: Wanted { count: 1, days: 90, unit: None },
        seed: Seed::of(7),
        size: u32::try_from(of.len()).unwrap(),
        digest: digest(of),
        drawn: vec![Drawn { matter: drawn, visitors: visitors.iter().map(|who| who.account()).collect() }],
    }
}

/// Takes a return visit in as the server does once it knows whether the official was drawn.
async fn visits(db: &TestDb, n: u128, who: Who, matter: MatterId, reached: bool) -> bool {
    let visit = ReturnVisit {
        matter,
        round: 1,
        demands: 1,
        at: at(20),
        mode: VisitMode::AtHome,
        outcome: if reached {
            ReturnVisitOutcome::Refused { note: None }
        } else {
            ReturnVisitOutcome::NotReached { reason: words("不在家") }
        },
        attachments: Vec::new(),
    };
    let record = Record {
        id: RecordId(id(0x5000 + n)),
        device: DeviceId(id(0xD1)),
        sequence: 1,
        by: who.account(),
        made_at: at(20),
        payload: Payload::ReturnVisit(Box::new(visit)),
    };
    let body = serde_json::to_string(&record).unwrap();
    let drawn = std::sync::atomic::AtomicBool::new(false);
    let absorb = |known: &KnownRows, _: u32| {
        drawn.store(known.drawn, std::sync::atomic::Ordering::Relaxed);
        Absorption { sampled: known.drawn.then_some(reached), ..Absorption::default() }
    };
    let names = RecordNames { matter: Some(matter), household: None };
    let taken = db.store.take_record(envelope(&record, &body, who, at(20)), names, &absorb).await.unwrap();
    assert!(matches!(taken, Taken::Stored(_)));
    drawn.load(std::sync::atomic::Ordering::Relaxed)
}

fn sampled(page: &case_store::PullPage, matter: MatterId) -> bool {
    let drawn = |item: &WorkItem| matches!(item, WorkItem::Matter(card) if card.id == matter && card.sampled);
    page.items.iter().any(drawn)
}

contract! {
    async fn those_who_are_sent_have_it_until_somebody_was_asked_and_nobody_else_is_told(db) {
        people(&db.store).await;
        let matter = delivered(&db.store, 1, Some(VILLAGE)).await.id;
        close(db, matter).await;
        let mut phones: Vec<Phone> = Who::ALL.into_iter().map(Phone::of).collect();
        for phone in &mut phones {
            phone.pull(db).await;
            assert!(!phone.has(1), "it is closed");
        }
        let sent = [Who::Registrar, Who::Clerk];
        let one = SampleId(id(0x51));
        let trace = Trace::by(Who::Supervisor.account(), at(10));
        db.store.keep_sample(one, &sample(&[matter], matter, &sent), &[matter], trace).await.unwrap();
        // Sent again, nothing more is drawn, and no number is used up.
        db.store.keep_sample(one, &sample(&[matter], matter, &[Who::Village]), &[matter], trace).await.unwrap();
        let all = db.store.samples().await.unwrap();
        assert_eq!((all.len(), all[0].number, all[0].population.as_slice()), (1, 1, &[matter][..]));
        assert_eq!(all[0].sample, sample(&[matter], matter, &sent));
        let deed = db.store.audit_entries(None, 1).await.unwrap().remove(0).deed;
        assert!(matches!(deed, Deed::Sampled { number: 1, size: 1, ref matters, .. } if *matters == [matter]));
        assert_eq!(db.store.sampled_open().await.unwrap(), [matter]);

        for (phone, who) in phones.iter_mut().zip(Who::ALL) {
            let before = phone.page(db, 100).await;
            let is_sent = sent.contains(&who);
            assert_eq!((sampled(&before, matter), phone.has(1)), (is_sent, is_sent), "{who:?}");
            assert!(is_sent || (before.items.is_empty() && before.gone.is_empty()), "{who:?}");
            let mut fresh = Phone::of(who);
            fresh.pull(db).await;
            assert_eq!(fresh.has(1), is_sent, "{who:?} from the beginning");
        }

        // An attempt ends nothing; whoever was not drawn is told so to the rules.
        assert!(visits(db, 1, Who::Clerk, matter, false).await);
        assert!(!visits(db, 2, Who::Village, matter, true).await);
        assert_eq!(db.store.sample_attempts(matter).await.unwrap(), [RecordId(id(0x5001))]);
        assert_eq!(db.store.samples_of(matter).await.unwrap().iter().map(|one| one.reached).collect::<Vec<_>>(), [false]);
        assert!(visits(db, 3, Who::Registrar, matter, true).await);
        assert!(visits(db, 4, Who::Clerk, matter, true).await, "the other one came too, a little later");
        let all = db.store.samples().await.unwrap();
        assert_eq!(all[0].visits.iter().map(|visit| visit.reached).collect::<Vec<_>>(), [false, true, true]);
        assert!(db.store.sampled_open().await.unwrap().is_empty());
        assert!(db.store.samples_of(matter).await.unwrap()[0].reached);
        for (phone, who) in phones.iter_mut().zip(Who::ALL) {
            phone.pull(db).await;
            assert!(!phone.has(1), "{who:?}");
            let mut fresh = Phone::of(who);
            fresh.pull(db).await;
            assert!(!fresh.has(1), "{who:?} from the beginning");
        }
    }

    async fn a_draw_names_only_what_there_is_and_is_somebodys(db) {
        people(&db.store).await;
        let matter = delivered(&db.store, 1, Some(VILLAGE)).await.id;
        let kept = sample(&[matter], matter, &[Who::Clerk]);
        let nobody = db.store.keep_sample(SampleId(id(1)), &kept, &[matter], Trace::system(at(1))).await;
        assert_eq!(nobody, Err(case_store::StoreError::UnknownReference));
        let trace = Trace::by(Who::Supervisor.account(), at(1));
        let strange = sample(&[matter_id(99)], matter_id(99), &[Who::Clerk]);
        let unknown = db.store.keep_sample(SampleId(id(2)), &strange, &[matter_id(99)], trace).await;
        assert_eq!(unknown, Err(case_store::StoreError::UnknownReference));
        assert!(db.store.samples().await.unwrap().is_empty());
        db.store.keep_sample(SampleId(id(3)), &kept, &[matter], trace).await.unwrap();
        db.store.keep_sample(SampleId(id(4)), &kept, &[matter], trace).await.unwrap();
        let numbers: Vec<u32> = db.store.samples().await.unwrap().iter().map(|one| one.number).collect();
        assert_eq!(numbers, [2, 1], "the latest first, without gaps");
    }
}
