//! 有新进展怎么告诉您: to which number messages go, how to stop them, and the button for a reminder on this phone.
//! The button is there only where a script finds that the browser can do it. All of it stands in the answer's form.

use leptos::prelude::*;

use crate::text::public::notice as words;

/// How the petitioner is told of news.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// The number, masked; none was given.
    pub phone: Option<String>,
    /// 不再给我发短信.
    pub stopped: bool,
    /// How many browsers are reminded.
    pub browsers: u32,
    /// The public key of this server's pushes; none: it sends none.
    pub push_key: Option<String>,
}

/// The section below the answer.
pub(super) fn telling(telling: &Telling) -> impl IntoView + use<> {
    let says = match (&telling.phone, telling.stopped) {
        (None, _) => words::NO_PHONE.to_owned(),
        (Some(_), true) => words::STOPPED.to_owned(),
        (Some(phone), false) => words::to_phone(phone),
    };
    let wish = telling.phone.is_some().then(|| {
        if telling.stopped {
            one("resume", words::RESUME, words::RESUME_NOTE.to_owned())
        } else {
            one("stop", words::STOP, words::STOP_NOTE.to_owned())
        }
    });
    let forget = (telling.browsers > 0).then(|| one("forget", words::FORGET, words::browsers(telling.browsers)));
    view! {
        <h2>{words::TITLE}</h2>
        <p>{says}</p>
        <p class="muted">{words::NOTHING_INSIDE}</p>
        <ul class="cells">
            {wish}
            {forget}
            {telling.push_key.clone().map(remind)}
        </ul>
    }
}

fn one(what: &'static str, title: &'static str, note: String) -> AnyView {
    view! {
        <li>{button(what, title, note)}</li>
    }
    .into_any()
}

fn button(what: &'static str, title: &'static str, note: String) -> impl IntoView {
    view! {
        <button class="cell cell--act" type="submit" formaction=["/c/notices/", what].concat()>
            <span class="cell__body">
                <span class="cell__title">{title}</span>
                <span class="cell__note">{note}</span>
            </span>
        </button>
    }
}

/// Hidden until the script finds that it can be done.
fn remind(key: String) -> AnyView {
    view! {
        <li id="remind" data-key=key data-refused=words::REMIND_REFUSED hidden>
            <input type="hidden" name="endpoint" value=""/>
            {button("remind", words::REMIND, words::REMIND_NOTE.to_owned())}
            <p class="field__error" aria-live="polite"></p>
            <script defer src="/remind.js"></script>
        </li>
    }
    .into_any()
}
