//! The form of a rule. Of one that is there the days stay: bookings hang on them.

use case_core::reception::{MinuteOfDay, Recurrence, RuleParts};
use case_core::text::Title;
use case_core::wire::receptions::{RuleRequest, RuleRow};
use chrono::NaiveDate;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::Desk;
use super::change::read_leader;
use crate::client::receptions;
use crate::components::chips::{Choice, Look};
use crate::components::field::{Field, Kind, Need};
use crate::components::notice::Failure;
use crate::format;
use crate::text::screen::{common, receptions as words};

/// The fields, as they are typed.
#[derive(Clone, Copy)]
struct Typed {
    leaders: RwSignal<String>,
    pattern: RwSignal<Option<usize>>,
    month_day: RwSignal<String>,
    weekday: RwSignal<Option<usize>>,
    day: RwSignal<String>,
    since: RwSignal<String>,
    until: RwSignal<String>,
    place: RwSignal<String>,
    begins: RwSignal<String>,
    ends: RwSignal<String>,
    slots: RwSignal<String>,
}

impl Typed {
    fn of(row: Option<&RuleRow>, today: NaiveDate) -> Self {
        let rule = row.map(|row| &row.rule);
        let text = |read: &dyn Fn(&RuleParts) -> String, empty: &str| {
            RwSignal::new(rule.map_or_else(|| empty.to_owned(), read))
        };
        let when = rule.map(|rule| rule.when);
        let (pattern, month_day, weekday, day) = match when {
            None => (0, String::from("15"), None, String::new()),
            Some(Recurrence::MonthDay(day)) => (0, day.to_string(), None, String::new()),
            Some(Recurrence::Weekday(day)) => {
                (1, String::new(), Some(usize::from(day).saturating_sub(1)), String::new())
            }
            Some(Recurrence::On(day)) => (2, String::new(), None, format::input_day(day)),
        };
        let lines = |rule: &RuleParts| rule.leaders.iter().map(words::leader_line).collect::<Vec<_>>().join("\n");
        Self {
            leaders: text(&lines, ""),
            pattern: RwSignal::new(Some(pattern)),
            month_day: RwSignal::new(month_day),
            weekday: RwSignal::new(weekday),
            day: RwSignal::new(day),
            since: text(&|rule| format::input_day(rule.since), &format::input_day(today)),
            until: text(&|rule| rule.until.map(format::input_day).unwrap_or_default(), ""),
            place: text(&|rule| rule.place.as_str().to_owned(), ""),
            begins: text(&|rule| rule.begins.to_string(), "9:00"),
            ends: text(&|rule| rule.ends.to_string(), "11:30"),
            slots: text(&|rule| rule.slots.to_string(), "8"),
        }
    }

    fn read(self) -> Result<RuleParts, &'static str> {
        let leaders = self.leaders.get_untracked();
        let leaders = leaders.lines().filter(|line| !line.trim().is_empty()).map(read_leader);
        let leaders: Option<Vec<_>> = leaders.collect();
        let day = |signal: RwSignal<String>| format::read_day(&signal.get_untracked()).ok_or(words::BAD_DAY);
        let time = |signal: RwSignal<String>| MinuteOfDay::parse(&signal.get_untracked()).ok_or(words::BAD_TIME);
        let when = match self.pattern.get_untracked() {
            Some(1) => {
                let at = self.weekday.get_untracked().and_then(|at| u8::try_from(at + 1).ok());
                Recurrence::Weekday(at.ok_or(words::BAD_DAY)?)
            }
            Some(2) => Recurrence::On(day(self.day)?),
            _ => Recurrence::MonthDay(self.month_day.get_untracked().trim().parse().map_err(|_| words::BAD_NUMBER)?),
        };
        let until = Some(self.until.get_untracked()).filter(|text| !text.trim().is_empty());
        Ok(RuleParts {
            leaders: leaders.ok_or(words::LEADERS_HINT)?,
            when,
            since: day(self.since)?,
            until: until.map(|text| format::read_day(&text).ok_or(words::BAD_DAY)).transpose()?,
            place: Title::parse(&self.place.get_untracked()).map_err(|_| words::BAD_PLACE)?,
            begins: time(self.begins)?,
            ends: time(self.ends)?,
            slots: self.slots.get_untracked().trim().parse().map_err(|_| words::BAD_NUMBER)?,
        })
    }
}

/// The form, in a dialog.
#[component]
pub(super) fn RuleForm(
    /// The rule that is changed; none: a new one.
    row: Option<RuleRow>,
    /// Sends it.
    desk: Desk,
    /// Closes the dialog.
    open: RwSignal<bool>,
    /// The server's today.
    today: NaiveDate,
) -> impl IntoView {
    let typed = Typed::of(row.as_ref(), today);
    let wrong = RwSignal::new(None::<String>);
    let id = row.as_ref().map(|row| row.id);
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        match typed.read() {
            Ok(rule) => {
                wrong.set(None);
                let request = RuleRequest { id, rule };
                let close = move || open.set(false);
                desk.send(async move { receptions::set_rule(&request).await }, words::SAVED, close);
            }
            Err(words) => wrong.set(Some(words.to_owned())),
        }
    };
    let days = id.is_none().then(|| {
        view! {
            <Choice id="rule-when" legend=words::WHEN options=words::WHENS.to_vec() chosen=typed.pattern look=Look::Segmented/>
            {move || match typed.pattern.get() {
                Some(1) => view! {
                    <Choice id="rule-weekday" legend=words::WEEKDAY options=words::WEEKDAYS.to_vec() chosen=typed.weekday/>
                }.into_any(),
                Some(2) => view! { <Field id="rule-day" label=words::THE_DAY value=typed.day kind=Kind::Day need=Need::Needed/> }.into_any(),
                _ => view! {
                    <Field id="rule-month-day" label=words::MONTH_DAY value=typed.month_day kind=Kind::Number
                        need=Need::Needed hint=words::MONTH_DAY_HINT/>
                }.into_any(),
            }}
            <div class="desk__grid">
                <Field id="rule-since" label=words::SINCE value=typed.since kind=Kind::Day need=Need::Needed/>
                <Field id="rule-until" label=words::UNTIL value=typed.until kind=Kind::Day need=Need::Optional/>
            </div>
        }
    });
    view! {
        <form on:submit=submit novalidate=true>
            <div class="dialog__body stack">
                <Field id="rule-leaders" label=words::LEADERS value=typed.leaders kind=Kind::Lines need=Need::Needed hint=words::LEADERS_HINT/>
                {days}
                <Field id="rule-place" label=words::PLACE value=typed.place need=Need::Needed/>
                <div class="desk__grid">
                    <Field id="rule-begins" label=words::BEGINS value=typed.begins need=Need::Needed hint=words::TIME_HINT/>
                    <Field id="rule-ends" label=words::ENDS value=typed.ends need=Need::Needed hint=words::TIME_HINT/>
                    <Field id="rule-slots" label=words::SLOTS value=typed.slots kind=Kind::Number need=Need::Needed/>
                </div>
                <Failure message=wrong/>
                <Failure message=desk.failure/>
            </div>
            <div class="dialog__actions">
                <button class="btn btn--plain" type="button" on:click=move |_| open.set(false)>{common::CANCEL}</button>
                <button class="btn" type="submit">{words::SAVE}</button>
            </div>
        </form>
    }
    .into_any()
}
