//! 通知: written with the event, claimed once, and what petitioners wish about them.

use case_core::audit::Deed;
use case_core::matter::Command;
use case_core::notice::Occasion;
use case_store::{Executed, PushAddress, Reach};

use crate::fixtures::{Who, at, from_events, matter_id, new_matter, people, registered, send, words};

fn browser(n: u32) -> PushAddress {
    PushAddress { id: format!("browser-{n}"), endpoint: format!("https://push.example/{n}") }
}

fn phone(number: &str) -> Option<Reach> {
    Some(Reach::Phone(number.to_owned()))
}

contract! {
    async fn what_waits_covers_what_happens_until_it_goes_out(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await;
        let ask = Command::RequestMaterial { what: words("身份证明") };
        send(&db.store, 1, Who::Registrar, matter.id, None, ask.clone(), at(1)).await.unwrap();
        assert_eq!(db.number("SELECT COUNT(*) FROM notice").await, 1);
        assert!(db.store.claim_notice(at(-1)).await.unwrap().is_none(), "not before it happened");
        let claimed = db.store.claim_notice(at(1)).await.unwrap().unwrap();
        assert!(claimed.tries == 1 && claimed.reach == phone("13800000000"));
        assert!(db.store.claim_notice(at(1)).await.unwrap().is_none(), "nobody else gets it meanwhile");
        let again = db.store.claim_notice(at(2)).await.unwrap().unwrap();
        assert_eq!((again.id.as_str(), again.tries), (claimed.id.as_str(), 2), "whoever claimed it may have died");
        db.store.notice_sent(&again.id).await.unwrap();
        assert!(db.store.claim_notice(at(100_000)).await.unwrap().is_none());
        // What is refused tells nobody anything; what happens afterwards is another message.
        let refused = send(&db.store, 2, Who::Registrar, matter.id, None, ask, at(3)).await.unwrap();
        assert!(matches!(refused, Executed::Refused(_)));
        assert_eq!(db.number("SELECT COUNT(*) FROM notice").await, 1);
    }

    async fn an_import_tells_nobody_and_a_matter_without_a_phone_has_nobody_to_tell(db) {
        people(&db.store).await;
        let new = new_matter(1, None);
        let mut events = new.events.clone();
        if let case_core::matter::Event::Registered { by, .. } = &mut events[0] {
            *by = None;
        }
        db.store.register(&from_events(events, None, None), at(0)).await.unwrap();
        let mut events = new_matter(2, None).events;
        if let case_core::matter::Event::Registered { registration, .. } = &mut events[0] {
            registration.petitioner.phone = None;
        }
        db.store.register(&from_events(events, Some(Who::Registrar.account()), None), at(0)).await.unwrap();
        assert_eq!(db.number("SELECT COUNT(*) FROM notice").await, 0);
    }

    async fn who_wants_no_messages_gets_none_and_what_waited_goes(db) {
        people(&db.store).await;
        let (one, other) = (registered(&db.store, 1, None).await.id, registered(&db.store, 2, None).await.id);
        db.store.stop_notices(one, true, at(1)).await.unwrap();
        db.store.stop_notices(one, true, at(2)).await.unwrap();
        assert_eq!(db.store.notice_wishes(one).await.unwrap(), (true, 0));
        assert_eq!(db.store.notice_wishes(other).await.unwrap(), (false, 0));
        let claimed = db.store.claim_notice(at(3)).await.unwrap().unwrap();
        db.store.notice_sent(&claimed.id).await.unwrap();
        assert!(claimed.id.starts_with(&other.to_string()));
        assert!(db.store.claim_notice(at(3)).await.unwrap().is_none());
        let ask = Command::RequestMaterial { what: words("身份证明") };
        send(&db.store, 1, Who::Registrar, one, None, ask, at(4)).await.unwrap();
        assert!(db.store.claim_notice(at(5)).await.unwrap().is_none());
        db.store.stop_notices(one, false, at(6)).await.unwrap();
        assert_eq!(db.store.notice_wishes(one).await.unwrap(), (false, 0));
        let noted = "SELECT COUNT(*) FROM audit WHERE kind = 'notices_stopped'";
        assert_eq!(db.number(noted).await, 2, "once each way");
    }

    async fn a_clerk_takes_over_counts_the_tries_and_says_when_it_is_done(db) {
        people(&db.store).await;
        for n in 1..4 {
            registered(&db.store, n, None).await;
        }
        while let Some(claimed) = db.store.claim_notice(at(1)).await.unwrap() {
            db.store.notice_to_call(&claimed.id).await.unwrap();
        }
        let clerk = Who::Registrar.account();
        let calls = db.store.calls(clerk, 10).await.unwrap();
        assert!(calls.len() == 3 && calls.iter().all(|call| call.tries == 0 && call.occasion == Occasion::Registered));
        let first = calls[0].id.clone();
        assert!(db.store.called(&first, false, clerk, at(2)).await.unwrap());
        let calls = db.store.calls(clerk, 10).await.unwrap();
        assert_eq!((calls[2].id.as_str(), calls[2].tries, calls[2].tried_at), (first.as_str(), 1, Some(at(2))));
        assert!(db.store.called(&first, true, clerk, at(3)).await.unwrap());
        assert!(!db.store.called(&first, true, clerk, at(3)).await.unwrap(), "somebody was quicker");
        assert!(db.store.call(&first).await.unwrap().is_none());
        // What an official stays away from is not on the list.
        let reason = words("亲属");
        let trace = case_core::audit::Trace::by(clerk, at(4));
        db.store.recuse(calls[0].matter.id, clerk, &reason, trace).await.unwrap();
        assert_eq!(db.store.calls(clerk, 10).await.unwrap().len(), 1);
        assert_eq!(db.store.calls(Who::Head.account(), 10).await.unwrap().len(), 2);
    }

    async fn each_browser_gets_its_own_push_until_it_is_forgotten(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await;
        let claimed = db.store.claim_notice(at(0)).await.unwrap().unwrap();
        db.store.notice_sent(&claimed.id).await.unwrap();
        for n in 0..7 {
            db.store.add_push(matter.id, &browser(n), at(n.into())).await.unwrap();
        }
        db.store.add_push(matter.id, &browser(6), at(9)).await.unwrap();
        assert_eq!(db.store.notice_wishes(matter.id).await.unwrap(), (false, 5), "the oldest gave way");
        let ask = Command::RequestMaterial { what: words("身份证明") };
        send(&db.store, 1, Who::Registrar, matter.id, None, ask, at(10)).await.unwrap();
        db.store.forget_push("browser-6", at(10)).await.unwrap();
        let mut reached = Vec::new();
        while let Some(claimed) = db.store.claim_notice(at(10)).await.unwrap() {
            if let Some(Reach::Browser { subscription, endpoint }) = &claimed.reach {
                assert!(endpoint.ends_with(&subscription["browser-".len()..]));
                reached.push(subscription.clone());
            }
            db.store.notice_sent(&claimed.id).await.unwrap();
        }
        reached.sort();
        assert_eq!(reached, ["browser-2", "browser-3", "browser-4", "browser-5"], "and the phone beside them");
        db.store.forget_pushes(matter.id, at(11)).await.unwrap();
        assert_eq!(db.store.notice_wishes(matter.id).await.unwrap(), (false, 0));
        let entries = db.store.audit_entries(None, 1).await.unwrap();
        assert_eq!(entries[0].deed, Deed::RemindersSet { matter: matter.id, browsers: 0 });
        assert!(db.store.add_push(matter_id(99), &browser(1), at(0)).await.is_err(), "no such matter");
    }
}
