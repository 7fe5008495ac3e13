//! `/w/accounts`: who may sign in with which rights, and who is locked out, for the 安全管理员.

use case_core::id::AccountId;
use case_core::wire::accounts::{AccountList, AccountRow, RoleRights};
use leptos::prelude::*;

use crate::client::accounts;
use crate::components::dialog::Dialog;
use crate::components::loading::loaded;
use crate::components::notice::Failure;
use crate::components::page::{DeskPage, Section};
use crate::components::toast::use_toasts;
use crate::load::load;
use crate::text::screen::{accounts as words, common};
use crate::who::use_who;
use crate::{browser, text};

/// What is done to an account.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Disable,
    Enable,
    Unlock,
}

/// The page.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let all = load(accounts::list);
    let (who, toasts) = (use_who(), use_toasts());
    let asking = RwSignal::new(None::<AccountRow>);
    let failure = RwSignal::new(None);
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(asking.with(Option::is_some)));
    // Closed with Escape.
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            asking.set(None);
        }
        now
    });
    let go = move |account: AccountId, act: Act| {
        asking.set(None);
        failure.set(None);
        leptos::task::spawn_local(async move {
            let answer = match act {
                Act::Disable => accounts::set_active(account, false).await,
                Act::Enable => accounts::set_active(account, true).await,
                Act::Unlock => accounts::unlock(account).await,
            };
            match answer {
                Ok(_) => toasts.say(match act {
                    Act::Disable => words::DISABLED,
                    Act::Enable => words::ENABLED,
                    Act::Unlock => words::UNLOCKED,
                }),
                Err(error) => {
                    who.heed(&error);
                    let _ = failure.try_set(Some(error.message()));
                }
            }
            all.reload();
        });
    };
    let act = move |row: AccountRow, act: Act| match act {
        Act::Disable => asking.set(Some(row)),
        other => go(row.account, other),
    };
    let title = Signal::derive(move || {
        asking.with(|row| row.as_ref().map(|row| words::disable_sure(row.name.as_str())).unwrap_or_default())
    });
    let me = who.actor().map(|actor| actor.account);
    view! {
        <DeskPage section=Section::Accounts title=Signal::stored(words::TITLE.to_owned())>
            <p class="muted">{words::NOTE}</p>
            <Failure message=failure/>
            {loaded(all, move |list: AccountList| {
                let rows = list.accounts.into_iter().map(|row| line(row, me, act)).collect_view();
                view! { {table(words::TITLE, &[words::PERSON, words::LOGIN, words::ROLE, words::STATE, words::DO], rows.into_any())}{rights(&list.rights)} }.into_any()
            })}
            <Dialog open id="disable" title>
                <div class="dialog__body"><p>{words::DISABLE_NOTE}</p></div>
                <div class="dialog__actions">
                    <button class="btn btn--plain" type="button" on:click=move |_| asking.set(None)>{common::CANCEL}</button>
                    <button class="btn" type="button"
                        on:click=move |_| if let Some(row) = asking.get_untracked() { go(row.account, Act::Disable) }>
                        {words::DISABLE}
                    </button>
                </div>
            </Dialog>
        </DeskPage>
    }
    .into_any()
}

fn line(
    row: AccountRow,
    me: Option<AccountId>,
    act: impl Fn(AccountRow, Act) + Copy + Send + Sync + 'static,
) -> AnyView {
    let state = match (row.active, row.locked_until) {
        (false, _) => words::INACTIVE.to_owned(),
        (true, Some(until)) => words::locked(until, browser::today()),
        (true, None) => words::ACTIVE.to_owned(),
    };
    let button = |what: Act, verb: &'static str| {
        let (row, label) = (row.clone(), [verb, row.name.as_str()].concat());
        view! {
            <button class="btn btn--plain" type="button" aria-label=label
                on:click=move |_| act(row.clone(), what)>{verb}</button>
        }
    };
    let unlock = row.locked_until.map(|_| button(Act::Unlock, words::UNLOCK));
    // Nobody locks the own door behind them.
    let switch = (me != Some(row.account)).then(|| match row.active {
        true => button(Act::Disable, words::DISABLE),
        false => button(Act::Enable, words::ENABLE),
    });
    let place = row.unit.as_ref().map(|unit| unit.as_str().to_owned());
    view! {
        <tr>
            <th scope="row" class="num">{row.name.as_str().to_owned()}</th>
            <td class="num"><kbd>{row.login.clone()}</kbd></td>
            <td>{text::actor::role(row.role)}{place.map(|place| [" · ", &place].concat())}</td>
            <td>{state}</td>
            <td>{unlock}{switch}</td>
        </tr>
    }
    .into_any()
}

fn rights(all: &[RoleRights]) -> AnyView {
    let rows: Vec<_> = all
        .iter()
        .map(|one| {
            let may = if one.rights.is_empty() { words::NO_RIGHTS.to_owned() } else { one.rights.join("、") };
            view! { <tr><th scope="row" class="num">{text::actor::role(one.role)}</th><td>{may}</td></tr> }
        })
        .collect();
    view! { <h2>{words::RIGHTS}</h2>{table(words::RIGHTS, &[words::ROLE, words::MAY], rows.into_any())} }.into_any()
}

fn table(name: &'static str, head: &[&'static str], rows: AnyView) -> AnyView {
    let head: Vec<_> = head.iter().map(|name| view! { <th scope="col">{*name}</th> }).collect();
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=name>
            <table class="table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}
