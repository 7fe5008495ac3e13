//! The queues: closures that wait for approval, proposals that wait for a decision, matters that wait
//! to be closed, and the special lists.

use case_core::id::MatterId;
use case_core::matter::Stage;
use case_core::wire::desk::MatterList;
use leptos::prelude::*;

use crate::client::matters::{Filter, ListQuery};
use crate::components::icon::Icon;
use crate::components::matter_row::matter_row;
use crate::routes;
use crate::text::screen::{common, list, review as words};
use crate::who::use_who;

/// How many queues there are.
const QUEUES: usize = 2 + LISTS.len();
/// The filters that are queues here: what waits for a decision first.
const LISTS: [Filter; 6] =
    [Filter::Proposed, Filter::Voiced, Filter::Overdue, Filter::Near, Filter::Unsolved, Filter::ReturnedTwice];

/// The names of the queues.
pub fn names() -> Vec<&'static str> {
    [words::QUEUE, words::TO_CLOSE].into_iter().chain(LISTS.into_iter().map(list::filter)).collect()
}

/// What the server is asked for a queue.
pub fn query(queue: usize) -> ListQuery {
    let stages = match queue {
        0 => vec![Stage::ClosureSubmitted],
        1 => vec![Stage::AwaitingReturnVisit],
        _ => Vec::new(),
    };
    let filter = queue.checked_sub(2).filter(|_| queue < QUEUES).and_then(|at| LISTS.get(at)).copied();
    ListQuery { stages, filter, ..ListQuery::default() }
}

/// The matter that slides in after a decision: the one below, else the first of the others.
pub fn after(list: &MatterList, decided: MatterId) -> Option<MatterId> {
    let at = list.rows.iter().position(|row| row.id == decided);
    let below = at.and_then(|at| list.rows.get(at + 1));
    below.or_else(|| list.rows.iter().find(|row| row.id != decided)).map(|row| row.id)
}

/// The rows.
pub fn rows(list: &MatterList, open: Memo<Option<MatterId>>) -> AnyView {
    if list.rows.is_empty() {
        return view! {
            <div class="empty" role="status">
                {Icon::Matter.with_class("empty__icon")}
                <p class="empty__title">{words::EMPTY}</p>
                <p class="empty__note">{words::EMPTY_NOTE}</p>
            </div>
        }
        .into_any();
    }
    let today = use_who().office_today();
    let open = open.get();
    let rows =
        list.rows.iter().map(|row| matter_row(row, today, routes::review(row.id), open == Some(row.id))).collect_view();
    let hidden = list.total.saturating_sub(list.rows.len() as u64);
    view! {
        <h2 class="heading"><span role="status">{common::pieces(list.total)}</span></h2>
        <ul class="cells">{rows}</ul>
        <p class="section muted" hidden=hidden == 0>{words::more(hidden)}</p>
    }
    .into_any()
}
