//! The yearly table: a year takes the place of what was there, and only of that.

use case_core::audit::{Deed, Trace};
use case_core::wire::holidays::HolidayLine;

use crate::fixtures::{Who, at, people, short};

fn line(day: &str, rest: bool) -> HolidayLine {
    HolidayLine { day: day.parse().unwrap(), rest, name: short("元旦") }
}

contract! {
    async fn a_year_takes_the_place_of_that_year(db) {
        people(&db.store).await;
        let first = [line("2026-01-01", true), line("2026-12-31", true), line("2027-01-01", true)];
        assert!(db.store.begin_holidays(&first, Trace::system(at(0))).await.unwrap());
        assert!(!db.store.begin_holidays(&first[..1], Trace::system(at(0))).await.unwrap(), "once");
        assert_eq!(db.store.holidays().await.unwrap(), first);
        let trace = Trace::by(Who::Supervisor.account(), at(3));
        let new = [line("2026-01-04", false), line("2026-06-01", true)];
        db.store.set_holidays(2026, &new, trace).await.unwrap();
        assert_eq!(db.store.holidays().await.unwrap(), [new[0].clone(), new[1].clone(), first[2].clone()]);
        let noted = db.store.audit_entries(None, 2).await.unwrap();
        assert_eq!(noted[0].by, trace.by);
        assert!(matches!(noted[0].deed, Deed::HolidaysSet { year: Some(2026), days: 2, .. }));
        assert!(matches!(noted[1].deed, Deed::HolidaysSet { year: None, days: 3, .. }));
    }

    async fn a_setting_is_noted_when_it_changes(db) {
        people(&db.store).await;
        let trace = Trace::by(Who::Supervisor.account(), at(3));
        assert_eq!(db.store.setting("last_day").await.unwrap(), None);
        for value in ["stays", "stays", "moves"] {
            db.store.set_setting("last_day", value, trace).await.unwrap();
            assert_eq!(db.store.setting("last_day").await.unwrap().as_deref(), Some(value));
        }
        let noted: Vec<Deed> = db.store.audit_entries(None, 2).await.unwrap().into_iter().map(|entry| entry.deed).collect();
        let set = |value: &str| Deed::SettingSet { name: "last_day".to_owned(), value: value.to_owned() };
        assert_eq!(noted, [set("moves"), set("stays")]);
    }
}
