//! The journal: whole, chained, and equal to the matter's row.

use case_core::matter::{Command, replay};
use case_store::JournalCheck;

use crate::fixtures::{VILLAGE, Who, delivered, delivery, matter_id, must, people, send_back, submitted};

contract! {
    async fn replaying_the_journal_gives_the_matter_as_it_is_stored(db) {
        people(&db.store).await;
        let matter = submitted(&db.store, 1, Some(VILLAGE)).await;
        must(&db.store, Who::Supervisor, matter.id, send_back()).await;
        let resubmit = Command::SubmitClosure { package: crate::fixtures::package() };
        let matter = must(&db.store, Who::Handler, matter.id, resubmit).await;
        let shown = matter.closure_digest().unwrap();
        must(&db.store, Who::Supervisor, matter.id, Command::ApproveClosure { shown }).await;
        must(&db.store, Who::Head, matter.id, Command::SignOpinion { note: None }).await;
        let matter = must(&db.store, Who::Head, matter.id, Command::Deliver(delivery())).await;

        let journal = db.store.journal(matter.id).await.unwrap();
        assert_eq!(replay(journal.iter().map(|entry| &entry.event)), Some(matter.clone()));
        assert!(journal.iter().zip(1..).all(|(entry, sequence)| entry.sequence == sequence));
        assert_eq!(journal[0].by, Some(Who::Registrar.actor().name));
        assert_eq!(db.store.verify_journal(matter.id).await.unwrap(), JournalCheck::Intact);
    }

    async fn a_changed_entry_is_found(db) {
        people(&db.store).await;
        let matter = delivered(&db.store, 1, None).await.id;
        assert_eq!(db.tamper("UPDATE journal SET at = at + 1 WHERE seq = 4").await, 1);
        assert_eq!(db.store.verify_journal(matter).await.unwrap(), JournalCheck::BrokenAt(4));
    }

    async fn a_changed_author_is_found(db) {
        people(&db.store).await;
        let matter = delivered(&db.store, 1, None).await.id;
        let other = Who::Clerk.account();
        db.tamper(&format!("UPDATE journal SET by_account = '{other}' WHERE seq = 1")).await;
        assert_eq!(db.store.verify_journal(matter).await.unwrap(), JournalCheck::BrokenAt(1));
    }

    async fn a_removed_entry_is_found(db) {
        people(&db.store).await;
        let matter = delivered(&db.store, 1, None).await.id;
        db.tamper("DELETE FROM journal WHERE seq = 3").await;
        assert_eq!(db.store.verify_journal(matter).await.unwrap(), JournalCheck::BrokenAt(3));
    }

    async fn a_journal_that_was_cut_short_is_found(db) {
        people(&db.store).await;
        let matter = delivered(&db.store, 1, None).await.id;
        let last = db.number("SELECT MAX(seq) FROM journal").await;
        db.tamper(&format!("DELETE FROM journal WHERE seq = {last}")).await;
        assert_eq!(db.store.verify_journal(matter).await.unwrap(), JournalCheck::CutShort);
    }

    async fn a_changed_matter_is_found(db) {
        people(&db.store).await;
        let matter = delivered(&db.store, 1, None).await.id;
        db.tamper("UPDATE matter SET body = replace(body, 'awaiting_return_visit', 'closed')").await;
        assert_eq!(db.store.verify_journal(matter).await.unwrap(), JournalCheck::StateDiffers);
        assert_eq!(db.store.verify_journal(matter_id(9)).await.unwrap(), JournalCheck::NotFound);
    }
}
