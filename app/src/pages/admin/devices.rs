//! 手机: the devices that officials signed in on; a lost one is shut out here.

use case_core::wire::device::Device;
use leptos::prelude::*;

use crate::client::devices;
use crate::components::dialog::Dialog;
use crate::components::loading::loaded;
use crate::components::notice::Failure;
use crate::components::page::{DeskPage, Section};
use crate::components::toast::use_toasts;
use crate::load::{Loader, load};
use crate::text::screen::{common, devices as words};
use crate::{browser, format};

/// The page.
#[component]
pub fn DevicesPage() -> impl IntoView {
    let all = load(devices::list);
    let asking = RwSignal::new(None::<Device>);
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
    let toasts = use_toasts();
    let shut_out = move |device: Device, out: bool| {
        asking.set(None);
        failure.set(None);
        leptos::task::spawn_local(async move {
            match devices::shut_out(&device, out).await {
                Ok(_) => toasts.say(if out { words::REVOKED } else { words::RESTORED }),
                Err(error) => {
                    let _ = failure.try_set(Some(error.message()));
                }
            }
            all.reload();
        });
    };
    let title = Signal::derive(move || {
        asking.with(|device| {
            device
                .as_ref()
                .map(|it| words::revoke_sure(it.name.as_str(), &words::device(&it.label)))
                .unwrap_or_default()
        })
    });
    view! {
        <DeskPage section=Section::Devices title=Signal::stored(words::TITLE.to_owned())>
            <p class="muted">{words::NOTE}</p>
            <Failure message=failure/>
            {table(all, move |device, out| if out { asking.set(Some(device)) } else { shut_out(device, false) })}
            <Dialog open id="revoke" title>
                <div class="dialog__body"><p>{words::REVOKE_NOTE}</p></div>
                <div class="dialog__actions">
                    <button class="btn btn--plain" type="button" on:click=move |_| asking.set(None)>{common::CANCEL}</button>
                    <button class="btn" type="button"
                        on:click=move |_| if let Some(device) = asking.get_untracked() { shut_out(device, true) }>
                        {words::REVOKE}
                    </button>
                </div>
            </Dialog>
        </DeskPage>
    }
    .into_any()
}

fn table(all: Loader<Vec<Device>>, act: impl Fn(Device, bool) + Copy + Send + Sync + 'static) -> AnyView {
    loaded(all, move |list: Vec<Device>| {
        if list.is_empty() {
            return view! { <p>{words::NONE}</p> }.into_any();
        }
        let rows = list.into_iter().map(|device| row(device, act)).collect_view();
        view! {
            <div class="table-box" tabindex="0" role="region" aria-label=words::TITLE>
                <table class="table">
                    <thead><tr>
                        <th scope="col">{words::PERSON}</th><th scope="col">{words::DEVICE}</th>
                        <th scope="col">{words::LAST_SEEN}</th><th scope="col">{words::STATE}</th>
                        <th scope="col"><span class="visually-hidden">{words::REVOKE}</span></th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    })
}

fn row(device: Device, act: impl Fn(Device, bool) + Copy + Send + Sync + 'static) -> AnyView {
    let today = browser::today();
    let out = device.revoked_at.is_none();
    let state = device.revoked_at.map_or_else(|| words::IN_USE.to_owned(), |at| words::revoked(at, today));
    let state = if device.kept > 0 { state + &words::kept(device.kept) } else { state };
    let verb = if out { words::REVOKE } else { words::RESTORE };
    let what = words::device(&device.label);
    let label = [verb, device.name.as_str(), "，", &what].concat();
    let (name, place, seen) = (device.name.as_str().to_owned(), what, format::moment(device.last_seen, today));
    view! {
        <tr>
            <th scope="row">{name}</th><td>{place}</td><td>{seen}</td><td>{state}</td>
            <td><button class="btn btn--plain" type="button" aria-label=label
                on:click=move |_| act(device.clone(), out)>{verb}</button></td>
        </tr>
    }
    .into_any()
}
