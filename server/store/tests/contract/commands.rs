//! Commands: decided under lock, done once for their id.

use case_core::code::MatterNumber;
use case_core::id::CommandId;
use case_core::matter::{
    Channel, Command, Event, LinkedIntake, Matter, Particulars, Petitioner, Refusal, RepeatIntake, Stage, replay,
};
use case_core::text::Text;
use case_core::wire::desk::CommandDone;
use case_store::{CommandEnvelope, Executed, Filter, JournalCheck, ListQuery, Scope, StoreError};

use crate::fixtures::{
    UNIT, VILLAGE, Who, at, matter_id, must, new_matter, people, registered, send, send_back, submitted,
};

fn transfer() -> Command {
    Command::Transfer { unit: UNIT, place: None, report_by: None, simple: false }
}

fn repeat(number: MatterNumber) -> RepeatIntake {
    RepeatIntake {
        title: Text::parse("路灯还是不亮").unwrap(),
        content: Text::parse("又来问。").unwrap(),
        channel: Channel::Visit,
        petitioner: Petitioner { name: Text::parse("欧阳夏荷").unwrap(), phone: None, address: None },
        received_on: at(0).date(),
        particulars: Particulars::default(),
        number: Some(number),
    }
}

contract! {
    async fn a_command_moves_the_matter_and_answers_with_its_new_version(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await;
        let done = send(&db.store, 1, Who::Registrar, matter.id, Some(matter.version), transfer(), at(1)).await.unwrap();
        let after = db.store.matter(matter.id).await.unwrap().unwrap();
        assert_eq!(after.stage, Stage::AwaitingSignature);
        assert_eq!(after.unit, Some(UNIT));
        assert_eq!(done, Executed::Done(CommandDone { version: after.version, stage: after.stage, intake: None }));
        assert!(after.version > matter.version);
    }

    async fn a_command_that_is_sent_again_gets_its_old_answer_and_does_nothing(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await;
        let first = send(&db.store, 1, Who::Registrar, matter.id, None, transfer(), at(1)).await.unwrap();
        must(&db.store, Who::Head, matter.id, Command::SignFor).await;
        let (rows, now) = (db.rows().await, db.store.matter(matter.id).await.unwrap());
        let again = send(&db.store, 1, Who::Registrar, matter.id, None, transfer(), at(9)).await.unwrap();
        assert_eq!(again, first);
        assert_eq!(db.store.matter(matter.id).await.unwrap(), now);
        assert_eq!(db.rows().await, rows);
    }

    async fn the_id_of_a_command_belongs_to_one_account_and_one_matter(db) {
        people(&db.store).await;
        let (one, two) = (registered(&db.store, 1, None).await, registered(&db.store, 2, None).await);
        send(&db.store, 1, Who::Registrar, one.id, None, transfer(), at(1)).await.unwrap();
        let other_matter = send(&db.store, 1, Who::Registrar, two.id, None, transfer(), at(1)).await;
        assert_eq!(other_matter, Err(StoreError::CommandIdTaken));
        let other_account = send(&db.store, 1, Who::Supervisor, one.id, None, transfer(), at(1)).await;
        assert_eq!(other_account, Err(StoreError::CommandIdTaken));
        assert_eq!(db.store.matter(two.id).await.unwrap(), Some(two));
    }

    /// 重件: its number is nobody else's, and by its keys the matter is found.
    async fn what_comes_again_takes_a_free_number_and_is_found_by_its_keys(db) {
        people(&db.store).await;
        let (one, two) = (registered(&db.store, 1, None).await, registered(&db.store, 2, None).await);
        let link = async |id: u128, on: &Matter, number: MatterNumber| {
            let intake = LinkedIntake { intake: repeat(number), by: Who::Registrar.account(), at: at(1) };
            let events = vec![Event::IntakeLinked(Box::new(intake))];
            let id = CommandId(uuid::Uuid::from_u128(id));
            let (account, keys) = (Who::Registrar.account(), "欧阳夏荷\n".to_owned());
            let envelope = CommandEnvelope { id, account, matter: on.id, now: at(1), keys, device_at: None };
            db.store.execute(envelope, &|_| Ok(events.clone())).await
        };
        let number = MatterNumber::compose(35, at(1), 77);
        let place = |done: case_store::Result<Executed>| match done.unwrap() {
            Executed::Done(done) => done.intake,
            other => panic!("{other:?}"),
        };
        let rows = db.rows().await;
        assert_eq!(link(1, &one, two.number.clone()).await, Err(StoreError::NumberTaken), "a matter's");
        assert_eq!(db.rows().await, rows);
        assert_eq!(place(link(2, &one, number.clone()).await), Some(0));
        assert_eq!(link(3, &two, number.clone()).await, Err(StoreError::NumberTaken), "another intake's");
        assert_eq!(place(link(4, &one, MatterNumber::compose(35, at(1), 78)).await), Some(1));
        // Neither does a new matter get it.
        let mut taken = new_matter(3, None);
        let Event::Registered { number: of, .. } = &mut taken.events[0] else { panic!() };
        *of = number;
        taken.matter = replay(&taken.events).unwrap();
        assert_eq!(db.store.register(&taken, at(1)).await, Err(StoreError::NumberTaken));
        let found = ListQuery {
            scope: Scope::County,
            stages: Vec::new(),
            text: Some("夏荷".to_owned()),
            filter: Filter::All,
            page: 0,
            page_size: 9,
            not_for: None,
        };
        let (rows, _) = db.store.list_matters(&found).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [one.id]);
    }

    async fn a_refusal_leaves_nothing_and_is_decided_anew_the_next_time(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await;
        let rows = db.rows().await;
        let refused = send(&db.store, 1, Who::Head, matter.id, None, Command::SignFor, at(1)).await.unwrap();
        assert!(matches!(refused, Executed::Refused(Refusal::IllegalMove { .. })), "{refused:?}");
        assert_eq!(db.rows().await, rows);
        assert_eq!(db.store.matter(matter.id).await.unwrap(), Some(matter.clone()));
        must(&db.store, Who::Registrar, matter.id, transfer()).await;
        let done = send(&db.store, 1, Who::Head, matter.id, None, Command::SignFor, at(2)).await.unwrap();
        assert!(matches!(done, Executed::Done(_)), "{done:?}");
    }

    async fn a_matter_that_does_not_exist_is_said_so(db) {
        people(&db.store).await;
        let rows = db.rows().await;
        let answer = send(&db.store, 1, Who::Registrar, matter_id(9), None, transfer(), at(1)).await.unwrap();
        assert_eq!(answer, Executed::NotFound);
        assert_eq!(db.rows().await, rows);
    }

    async fn a_unit_that_does_not_exist_is_a_typed_error_and_leaves_nothing(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await;
        let rows = db.rows().await;
        let unknown = Command::Transfer { unit: case_core::id::UnitId(crate::fixtures::id(0xEE)), place: None, report_by: None, simple: false };
        let answer = send(&db.store, 1, Who::Registrar, matter.id, None, unknown, at(1)).await;
        assert_eq!(answer, Err(StoreError::UnknownReference));
        assert_eq!(db.rows().await, rows);
        assert_eq!(db.store.matter(matter.id).await.unwrap(), Some(matter));
    }

    async fn of_two_who_saw_the_same_version_only_the_first_is_heard(db) {
        people(&db.store).await;
        for round in 0..5 {
            let matter = submitted(&db.store, 1 + round, Some(VILLAGE)).await;
            let shown = matter.closure_digest().unwrap();
            let base = u128::from(round) * 10;
            let mut desks = tokio::task::JoinSet::new();
            for (n, command) in [Command::ApproveClosure { shown }, send_back()].into_iter().enumerate() {
                let (store, id, seen) = (db.store.clone(), matter.id, matter.version);
                let command_id = 1 + base + u128::try_from(n).unwrap();
                desks.spawn(async move {
                    send(&store, command_id, Who::Supervisor, id, Some(seen), command, at(6)).await.unwrap()
                });
            }
            let answers = desks.join_all().await;
            let done = answers.iter().filter(|answer| matches!(answer, Executed::Done(_))).count();
            let stale = answers
                .iter()
                .filter(|answer| matches!(answer, Executed::Refused(Refusal::Stale { seen, .. }) if *seen == matter.version))
                .count();
            assert_eq!((done, stale), (1, 1), "{answers:?}");
            assert_eq!(db.store.verify_journal(matter.id).await.unwrap(), JournalCheck::Intact);
        }
    }

    async fn one_command_sent_many_times_at_once_is_done_once(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, Some(VILLAGE)).await;
        let mut sendings = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (store, id) = (db.store.clone(), matter.id);
            sendings.spawn(async move { send(&store, 1, Who::Registrar, id, None, transfer(), at(1)).await.unwrap() });
        }
        let answers = sendings.join_all().await;
        assert!(answers.iter().all(|answer| *answer == answers[0] && matches!(answer, Executed::Done(_))));
        let transfers = db.store.journal(matter.id).await.unwrap().into_iter();
        let transfers = transfers.filter(|e| matches!(e.event, case_core::matter::Event::Transferred { .. }));
        assert_eq!(transfers.count(), 1);
        assert_eq!(db.number("SELECT COUNT(*) FROM command").await, 1);
    }
}
