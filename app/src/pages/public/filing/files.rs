//! 材料: what came already, each with a box to take it off again, and two fields for more (phones that cannot choose
//! several files at once have two). What came stays over a mistake in the form: nobody sends a picture twice.

use case_core::public::SentFile;
use leptos::prelude::*;

use crate::format;
use crate::text::public::filing as words;

/// The fields.
#[must_use]
pub fn fields(files: &[SentFile]) -> impl IntoView + use<> {
    let came: Vec<_> = files
        .iter()
        .map(|file| {
            let size = format::bytes(u64::from(file.bytes));
            view! {
                <label class="pick">
                    <input type="checkbox" name="drop" value=file.digest.hex()/>
                    <span>{words::DROP}<span class="pick__note">{[file.name.as_str(), " ", &size].concat()}</span></span>
                </label>
            }
        })
        .collect();
    let came = (!came.is_empty()).then(|| view! { <p class="field__hint">{words::FILES_THERE}</p>{came} });
    let one = |label: &'static str, id: &'static str| {
        view! {
            <div class="field">
                <label class="field__label" for=id>{label}</label>
                <input class="field__input" type="file" id=id name="file" multiple
                    accept="image/jpeg,image/png,image/webp,application/pdf,audio/*" aria-describedby="file-h"/>
            </div>
        }
    };
    view! {
        <fieldset class="picks">
            <legend class="lookup__part">{words::FILES}<span class="field__opt">{words::OPTIONAL}</span></legend>
            <p class="field__hint" id="file-h">{words::files_hint()}</p>
            {came}
            {one(words::FILE, "file-1")}
            {one(words::FILE_MORE, "file-2")}
        </fieldset>
    }
}
