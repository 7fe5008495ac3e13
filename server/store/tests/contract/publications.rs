//! 公示: only with consent, never by one person alone, gone with the consent.

use case_core::audit::{Deed, PublicationStep, Trace};
use case_core::id::PublicationId;
use case_core::text::{LongText, ShortText, Title};
use case_core::wire::publication::{PublicationState, PublicationText};
use case_store::{Proposal, Stepped};

use crate::fixtures::{Who, at, id, matter_id, people, registered, words};

fn proposal(n: u128, seen: u32) -> Proposal {
    Proposal {
        id: PublicationId(id(0x900 + n)),
        seen,
        text: PublicationText {
            title: Title::parse("村道路灯不亮").unwrap(),
            content: LongText::parse("某村口的路灯坏了半年。").unwrap(),
            reply: LongText::parse("路灯已经修好。").unwrap(),
        },
        unit: ShortText::parse("县住建局").unwrap(),
        month: ShortText::parse("2026-03").unwrap(),
    }
}

contract! {
    async fn a_publication_lives_by_consent_and_four_eyes(db) {
        people(&db.store).await;
        let store = &db.store;
        let matter = registered(store, 1, None).await.id;
        let registrar = Trace::by(Who::Registrar.account(), at(1));
        let supervisor = Trace::by(Who::Supervisor.account(), at(2));
        let propose = async |n, seen| store.propose_publication(matter, &proposal(n, seen), registrar).await.unwrap();
        assert_eq!(propose(1, 0).await, Stepped::Unwilling, "not asked is not agreed");
        assert!(store.set_publication_wish(matter, true, registrar).await.unwrap());
        assert!(!store.set_publication_wish(matter_id(99), true, registrar).await.unwrap());
        assert_eq!(propose(1, 0).await, Stepped::Done);
        assert_eq!(propose(1, 0).await, Stepped::Changed, "a proposal that was not read is not overwritten");
        assert_eq!(store.published(0, 20).await.unwrap(), (vec![], 0));

        let check = async |seen, publish, trace| {
            store.check_publication(matter, seen, publish, Some(&words("改地名")), trace).await.unwrap()
        };
        assert_eq!(check(1, true, registrar).await, Stepped::Own);
        assert_eq!(check(2, true, supervisor).await, Stepped::Changed);
        assert_eq!(check(1, false, supervisor).await, Stepped::Done);
        assert_eq!(store.publication(matter).await.unwrap().unwrap().state, PublicationState::Returned);
        assert_eq!(propose(1, 1).await, Stepped::Done);
        assert_eq!(check(2, true, supervisor).await, Stepped::Done);
        let first = proposal(1, 0).id;
        let (public, all) = store.published(0, 20).await.unwrap();
        assert_eq!((public[0].id, all), (first, 1));
        assert!(store.published_one(first).await.unwrap().is_some());

        // Somebody asks, and it stays; then the petitioner has the last word.
        assert!(store.plead(first, Some(&words("这是我")), None, at(3)).await.unwrap());
        assert_eq!(store.publications(10).await.unwrap()[0].pleas, 1);
        assert!(store.keep_publication(matter, supervisor).await.unwrap());
        assert!(!store.keep_publication(matter, supervisor).await.unwrap());
        assert!(store.set_publication_wish(matter, false, registrar).await.unwrap());
        assert_eq!(store.published_one(first).await.unwrap(), None, "at once");
        assert!(!store.plead(first, None, None, at(4)).await.unwrap());
        let latest = store.audit_entries(None, 2).await.unwrap();
        let step = |n: usize| match &latest[n].deed {
            Deed::Publication { step, .. } => *step,
            other => panic!("{other:?}"),
        };
        assert_eq!((step(0), step(1)), (PublicationStep::Withdrawn, PublicationStep::Refused));

        // Agreed again, it gets another address.
        assert!(store.set_publication_wish(matter, true, registrar).await.unwrap());
        assert_eq!(propose(2, 2).await, Stepped::Done);
        assert_eq!(check(3, true, supervisor).await, Stepped::Done);
        assert_eq!(store.published_one(first).await.unwrap(), None);
        assert!(store.published_one(proposal(2, 0).id).await.unwrap().is_some());
        assert!(store.withdraw_publication(matter, &words("写错了"), supervisor).await.unwrap());
        assert_eq!(store.published(0, 20).await.unwrap(), (vec![], 0));
    }

    async fn requests_beyond_what_anybody_reads_are_not_kept(db) {
        people(&db.store).await;
        let store = &db.store;
        let matter = registered(store, 1, None).await.id;
        let registrar = Trace::by(Who::Registrar.account(), at(1));
        assert!(store.set_publication_wish(matter, true, registrar).await.unwrap());
        let new = proposal(1, 0);
        assert_eq!(store.propose_publication(matter, &new, registrar).await.unwrap(), Stepped::Done);
        assert!(!store.plead(new.id, None, None, at(2)).await.unwrap(), "it does not stand yet");
        let supervisor = Trace::by(Who::Supervisor.account(), at(2));
        assert_eq!(store.check_publication(matter, 1, true, None, supervisor).await.unwrap(), Stepped::Done);
        for _ in 0..25 {
            assert!(store.plead(new.id, None, None, at(3)).await.unwrap());
        }
        assert_eq!(store.publication(matter).await.unwrap().unwrap().pleas.len(), 20);
    }
}
