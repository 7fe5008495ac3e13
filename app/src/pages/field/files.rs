//! 照片和录音 of a form: taken, chosen, shown, taken out again. Each is encrypted and on the phone's
//! disk before it appears here; the form is on disk before the camera opens, because a camera is
//! what phones close other apps for.

use case_core::field::{Attachment, AttachmentKind, MAX_ATTACHMENTS, Media};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;

use super::bind::bind;
use super::on_phone::{OnPhone, use_phone};
use super::sheet::Sheet;
use super::sign::sign_pad;
use crate::components::field::{Need, need_words};
use crate::components::notice::Failure;
use crate::picture::{self, Prepared, Refused};
use crate::text::screen::{field_me, files as words};

/// What is being attached to; copied freely.
#[derive(Clone, Copy)]
struct Section {
    phone: OnPhone,
    list: RwSignal<Vec<Attachment>>,
    failure: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

/// The section of a form, which may stay empty unless `need` says otherwise; with `sign`, the petitioner can sign as well.
pub(super) fn files<F>(
    sheet: Sheet<F>,
    part: impl Fn(&mut F) -> &mut Vec<Attachment> + Copy + 'static,
    sign: bool,
    need: Need,
) -> AnyView
where
    F: Send + Sync + 'static,
{
    let section = Section {
        phone: use_phone(),
        list: bind(sheet.form, part),
        failure: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let pick = move |id: &'static str, label: &'static str, accept: &'static str, camera: bool| {
        let input = NodeRef::<html::Input>::new();
        // Not a label: the form has to be on disk before the camera opens.
        let open = move |_| {
            leptos::task::spawn_local(async move {
                sheet.kept_on_disk().await;
                if let Some(input) = input.get_untracked() {
                    input.click();
                }
            });
        };
        let chosen = move |_| {
            if let Some(input) = input.get_untracked() {
                section.take(&input);
            }
        };
        view! {
            <button class="btn btn--plain" type="button" on:click=open>{label}</button>
            <input id=id type="file" hidden=true accept=accept capture=camera.then_some("environment")
                node_ref=input on:change=chosen aria-label=label/>
        }
        .into_any()
    };
    let keys = Memo::new(move |_| section.list.with(|list| list.iter().map(|file| file.sealed).collect::<Vec<_>>()));
    let shown = move || {
        let list = section.list.get_untracked();
        let one = |sealed| list.iter().enumerate().find(|(_, file)| file.sealed == sealed);
        keys.get()
            .into_iter()
            .filter_map(|sealed| one(sealed).map(|(place, file)| section.draw(place, file.clone())))
            .collect_view()
    };
    let pad = sign.then(|| {
        sign_pad(move |bytes| section.keep(Prepared { bytes, media: Media::Png, kind: AttachmentKind::Signature }))
    });
    view! {
        <fieldset class="fieldset">
            <legend class="field__label">{words::TITLE}{need_words(need)}</legend>
            <p class="field__hint">{words::NOTE}</p>
            <div class="chips">
                {pick("f-photo", words::TAKE_PHOTO, "image/*", true)}
                {pick("f-picture", words::CHOOSE_PHOTO, "image/*", false)}
                {pick("f-sound", words::RECORDING, "audio/*", false)}
            </div>
            {pad}
            <p role="status">{move || section.busy.get().then_some(words::PREPARING)}</p>
            <Failure message=section.failure/>
            <ul class="cells">{shown}</ul>
        </fieldset>
    }
    .into_any()
}

impl Section {
    fn take(self, input: &HtmlInputElement) {
        let file = input.files().and_then(|files| files.get(0));
        // The same picture may be chosen again after it was taken out.
        let Some(file) = file else { return };
        self.failure.set(None);
        self.busy.set(true);
        let input = input.clone();
        leptos::task::spawn_local(async move {
            match picture::prepare(file.unchecked_ref()).await {
                Ok(prepared) => self.keep(prepared),
                Err(refused) => {
                    let why = match refused {
                        Refused::NotTaken => words::NOT_TAKEN,
                        Refused::TooLarge => words::TOO_LARGE,
                    };
                    let _ = self.failure.try_set(Some(why.to_owned()));
                    let _ = self.busy.try_set(false);
                }
            }
            input.set_value("");
        });
    }

    fn keep(self, file: Prepared) {
        if self.list.with_untracked(Vec::len) >= MAX_ATTACHMENTS {
            self.failure.set(Some(words::too_many(MAX_ATTACHMENTS)));
            self.busy.set(false);
            return;
        }
        let Some(handle) = self.phone.handle() else { return };
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            match handle.add_file(file.bytes, file.kind, file.media).await {
                Ok(attachment) => {
                    let _ = self.list.try_update(|list| list.push(attachment));
                }
                Err(error) => {
                    let _ = self.failure.try_set(Some(field_me::phone_error(&error)));
                }
            }
            let _ = self.busy.try_set(false);
        });
    }

    fn draw(self, place: usize, file: Attachment) -> AnyView {
        let name = words::name(file.kind, place);
        let source = RwSignal::new(None::<String>);
        let missing = RwSignal::new(false);
        if let Some(handle) = self.phone.handle() {
            let file = file.clone();
            leptos::task::spawn_local(async move {
                let address = match handle.file(&file).await {
                    Ok(Some(bytes)) => picture::address(&bytes, file.media),
                    _ => None,
                };
                let _ = missing.try_set(address.is_none());
                let _ = source.try_set(address);
            });
        }
        on_cleanup(move || {
            if let Some(address) = source.try_get_untracked().flatten() {
                picture::forget(&address);
            }
        });
        let image = file.media.is_image();
        let alt = name.clone();
        let shown = move || match source.get() {
            Some(address) if image => view! { <img class="file__thumb" src=address alt=alt.clone()/> }.into_any(),
            Some(address) => view! { <audio controls src=address aria-label=alt.clone()></audio> }.into_any(),
            None => missing.get().then_some(words::NOT_HERE).into_any(),
        };
        let phone = self.phone;
        let remove = move |_| {
            let (Some(handle), file) = (phone.handle(), file.clone()) else { return };
            self.list.update(|list| list.retain(|other| other.sealed != file.sealed));
            leptos::task::spawn_local(async move {
                // What stays behind is found and freed with the next tidying up.
                let _dropped = handle.drop_file(&file).await;
            });
        };
        let label = [words::REMOVE, &name].concat();
        view! {
            <li class="cell">
                <span class="cell__body">{shown}<span class="cell__note">{name}</span></span>
                <button class="btn btn--text" type="button" aria-label=label on:click=remove>{words::REMOVE}</button>
            </li>
        }
        .into_any()
    }
}
