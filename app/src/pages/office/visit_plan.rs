//! `/w/visit-plan`: 安排走访. The village head ticks households and says who goes there.

use std::collections::BTreeSet;

use case_core::id::HouseholdId;
use case_core::wire::visit_plan::{AssignVisits, PlanRow, VisitPlan};
use leptos::prelude::*;

use crate::client::visit_plan;
use crate::components::field::{Field, Select};
use crate::components::icon::Icon;
use crate::components::loading::loaded;
use crate::components::notice::Failure;
use crate::components::page::{DeskPage, Section};
use crate::components::toast::use_toasts;
use crate::load::{Load, Loader, load};
use crate::text::screen::visit_plan as words;
use crate::who::use_who;

/// What is chosen on the page.
#[derive(Clone, Copy)]
struct Plan {
    list: Loader<VisitPlan>,
    ticked: RwSignal<BTreeSet<HouseholdId>>,
    typed: RwSignal<String>,
    to: RwSignal<String>,
    wrong: RwSignal<Option<String>>,
    failure: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Plan {
    /// Gives what is ticked to whom is chosen, or to nobody. What is ticked stays ticked where that fails.
    fn send(self, give: bool) {
        self.failure.set(None);
        self.wrong.set(None);
        let to = self.to.get_untracked().parse().ok();
        if give && to.is_none() {
            self.wrong.set(Some(words::NO_OFFICIAL.to_owned()));
            return;
        }
        let households: Vec<HouseholdId> = self.ticked.get_untracked().into_iter().collect();
        if households.is_empty() {
            self.failure.set(Some(words::NONE_TICKED.to_owned()));
            return;
        }
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let request = AssignVisits { households, to: to.filter(|_| give) };
        let (who, toasts) = (use_who(), use_toasts());
        leptos::task::spawn_local(async move {
            match visit_plan::assign(&request).await {
                Ok(plan) => {
                    toasts.say(if give { words::ASSIGNED } else { words::TAKEN_BACK });
                    let _ = self.ticked.try_set(BTreeSet::new());
                    let _ = self.list.state.try_set(Load::Ready(plan));
                }
                Err(error) => {
                    who.heed(&error);
                    let _ = self.failure.try_set(Some(error.message()));
                }
            }
            let _ = self.busy.try_set(false);
        });
    }
}

/// The page.
#[component]
pub fn VisitPlanPage() -> impl IntoView {
    let plan = Plan {
        list: load(visit_plan::plan),
        ticked: RwSignal::new(BTreeSet::new()),
        typed: RwSignal::new(String::new()),
        to: RwSignal::new(String::new()),
        wrong: RwSignal::new(None),
        failure: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    view! {
        <DeskPage section=Section::VisitPlan title=Signal::stored(words::TITLE.to_owned())>
            <p>{words::NOTE}</p>
            <p class="muted">{words::CHANGE_NOTE}</p>
            {loaded(plan.list, move |list: VisitPlan| draw(list, plan))}
        </DeskPage>
    }
    .into_any()
}

/// Whether a household fits what was typed.
fn fits(row: &PlanRow, typed: &str) -> bool {
    let typed = typed.trim();
    let name = row.name.as_ref().is_some_and(|name| name.as_str().contains(typed));
    name || row.head.as_str().contains(typed) || row.address.as_str().contains(typed)
}

fn draw(list: VisitPlan, plan: Plan) -> AnyView {
    if list.households.is_empty() {
        return view! {
            <div class="empty" role="status">
                {Icon::Visit.with_class("empty__icon")}
                <p class="empty__title">{words::EMPTY}</p>
                <p class="empty__note">{words::EMPTY_NOTE}</p>
            </div>
        }
        .into_any();
    }
    let VisitPlan { households, officials, today } = list;
    let options: Vec<(String, String)> = officials
        .into_iter()
        .map(|one| (one.account.to_string(), [one.name.as_str(), "，", one.office.as_str()].concat()))
        .collect();
    let (all, assigned) = (households.len(), households.iter().filter(|row| row.account.is_some()).count());
    let counts = move || words::counts(all, assigned, plan.ticked.with(BTreeSet::len));
    let households = StoredValue::new(households);
    let shown = move || {
        plan.typed.with(|typed| {
            households.with_value(|all| all.iter().filter(|row| fits(row, typed)).cloned().collect::<Vec<_>>())
        })
    };
    let tick_all = move |ev| {
        let ids = shown().into_iter().map(|row| row.id);
        if event_target_checked(&ev) {
            plan.ticked.update(|ticked| ticked.extend(ids));
        } else {
            let ids: BTreeSet<_> = ids.collect();
            plan.ticked.update(|ticked| ticked.retain(|id| !ids.contains(id)));
        }
    };
    let every = move || {
        let rows = shown();
        !rows.is_empty() && plan.ticked.with(|ticked| rows.iter().all(|row| ticked.contains(&row.id)))
    };
    let rows = move || shown().into_iter().map(|row| line(&row, today, plan)).collect_view();
    view! {
        <section class="panel stack">
            <Select id="to" label=words::TO value=plan.to options=Signal::stored(options) error=plan.wrong/>
            <Failure message=plan.failure/>
            <div class="btns">
                <button class="btn" type="button" aria-busy=move || plan.busy.get().then_some("true")
                    on:click=move |_| plan.send(true)>{words::ASSIGN}</button>
                <button class="btn btn--plain" type="button" on:click=move |_| plan.send(false)>{words::TAKE_BACK}</button>
            </div>
            <p role="status">{counts}</p>
        </section>
        <Field id="find" label=words::SEARCH value=plan.typed/>
        <div role="group" aria-label=words::HOUSEHOLDS>
            <label class="cell">
                <input class="cell__tick" type="checkbox" prop:checked=every on:change=tick_all/>
                <span class="cell__body">{words::ALL}</span>
            </label>
            <ul class="cells">{rows}</ul>
        </div>
    }
    .into_any()
}

fn line(row: &PlanRow, today: chrono::NaiveDate, plan: Plan) -> AnyView {
    let id = row.id;
    let tick = move |ev| {
        let on = event_target_checked(&ev);
        plan.ticked.update(|ticked| {
            if on {
                ticked.insert(id);
            } else {
                ticked.remove(&id);
            }
        });
    };
    view! {
        <li>
            <label class="cell">
                <input class="cell__tick" type="checkbox"
                    prop:checked=move || plan.ticked.with(|ticked| ticked.contains(&id)) on:change=tick/>
                <span class="cell__body">
                    <span class="cell__title">{row.head.as_str().to_owned()}</span>
                    <span class="cell__note">{row.address.as_str().to_owned()}</span>
                    <span class="cell__note">{words::stands(row, today)}</span>
                </span>
            </label>
        </li>
    }
    .into_any()
}
