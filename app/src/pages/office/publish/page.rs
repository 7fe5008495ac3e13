//! One matter: the original with marks beside what everybody is to read; who proposes edits it by hand, who checks
//! lets it out or sends it back.

use std::future::Future;

use case_core::id::MatterId;
use case_core::mask::running::Piece;
use case_core::wire::publication::{
    AnswerPlea, CheckPublication, MarkedText, Plea, ProposePublication, Publication, PublicationDesk, PublicationState,
    PublicationText,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::client::{Answer, publications};
use crate::components::check::Check;
use crate::components::field::{Field, Kind, Need};
use crate::components::loading::loaded;
use crate::components::notice::{Failure, Tone, notice};
use crate::components::page::{DeskPage, Section};
use crate::load::{Loader, load};
use crate::text::screen::publish as words;
use crate::who::{Who, use_who};
use crate::{format, routes, text};

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Shared {
    matter: MatterId,
    desk: Loader<PublicationDesk>,
    who: Who,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<String>>,
}

impl Shared {
    /// Sends a step; the page is read anew when it was done, and stays as typed when not.
    fn send(self, step: impl Future<Output = Answer<()>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        leptos::task::spawn_local(async move {
            let answer = step.await;
            let _ = self.busy.try_set(false);
            match answer {
                Ok(()) => self.desk.reload(),
                Err(error) => {
                    self.who.heed(&error);
                    let _ = self.failure.try_set(Some(error.message()));
                }
            }
        });
    }

    fn waiting(self) -> Option<&'static str> {
        self.busy.get().then_some("true")
    }
}

/// The page.
#[component]
pub fn PublishPage(
    /// The matter.
    id: MatterId,
) -> impl IntoView {
    let desk = load(move || publications::desk(id));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None));
    let shared = Shared { matter: id, desk, who: use_who(), busy, failure };
    view! {
        <DeskPage section=Section::Publish title=Signal::stored(words::TITLE.to_owned())>
            <p><a href=routes::matter(id)>{words::FILE}</a></p>
            <Failure message=failure/>
            {loaded(desk, move |desk| draw(&desk, shared))}
        </DeskPage>
    }
    .into_any()
}

fn draw(desk: &PublicationDesk, shared: Shared) -> AnyView {
    let hurdle = desk.hurdle.map(|hurdle| notice(Tone::Warn, text::publication::hurdle(hurdle), None));
    let standing = desk.publication.as_ref().map(|publication| standing(publication, shared));
    view! { <div class="stack">{wish(desk.willing, shared)}{hurdle}{standing}{texts(desk, shared)}</div> }.into_any()
}

fn wish(willing: bool, shared: Shared) -> AnyView {
    let (says, button) = if willing { (words::WILLING, words::REFUSES) } else { (words::UNWILLING, words::AGREES) };
    let change = move |_| shared.send(async move { publications::wish(shared.matter, !willing).await });
    view! {
        <div class="cell">
            <span class="cell__body"><span class="cell__note">{words::WISH}</span><span class="cell__title">{says}</span></span>
            <button class="btn btn--plain" type="button" on:click=change aria-busy=move || shared.waiting()>{button}</button>
        </div>
    }
    .into_any()
}

/// How it stands, what somebody asked, and taking it down.
fn standing(publication: &Publication, shared: Shared) -> AnyView {
    let by = words::by(publication.proposed_by.as_str(), publication.checked_by.as_ref().map(|name| name.as_str()));
    let because = publication.words.as_ref().map(|said| view! { <p>{words::because(said.as_str())}</p> });
    let published = publication.state == PublicationState::Published;
    let see = published.then(|| {
        let page = ["/p/", &publication.id.to_string()].concat();
        view! { <p><a href=page rel="external" target="_blank">{words::SEE}</a></p> }
    });
    let standing = publication.state != PublicationState::Withdrawn;
    view! {
        <div class="panel stack">
            <p><span class="badge">{text::publication::state(publication.state)}</span>" "{by}</p>
            {because}
            {see}
            {pleas(&publication.pleas, shared)}
            {standing.then(|| withdrawal(shared))}
        </div>
    }
    .into_any()
}

fn pleas(pleas: &[Plea], shared: Shared) -> Option<AnyView> {
    if pleas.is_empty() {
        return None;
    }
    let today = shared.who.office_today();
    let line = |plea: &Plea| {
        let said = plea.words.as_ref().map_or(words::NO_WORDS, |said| said.as_str()).to_owned();
        let phone = plea.phone.as_ref().map(|phone| [" · ", phone.as_str()].concat()).unwrap_or_default();
        view! {
            <li class="cell"><span class="cell__body">
                <span class="cell__title">{said}</span>
                <span class="cell__note">{[format::moment(plea.at, today), phone].concat()}</span>
            </span></li>
        }
    };
    let lines = pleas.iter().map(line).collect_view();
    let keep = move |_| shared.send(async move { publications::keep(shared.matter).await });
    Some(
        view! {
            <h2>{words::PLEAS}</h2>
            <ul class="cells" aria-label=words::PLEAS>{lines}</ul>
            <button class="btn btn--plain" type="button" on:click=keep aria-busy=move || shared.waiting()>{words::KEEP}</button>
        }
        .into_any(),
    )
}

fn withdrawal(shared: Shared) -> AnyView {
    let (said, wrong) = (RwSignal::new(String::new()), RwSignal::new(None));
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        let mut check = Check::default();
        let said = check.text("withdraw-words", words::WITHDRAW_WORDS, said, wrong);
        if let (true, Some(said)) = (check.passed(), said) {
            shared.send(async move { publications::withdraw(shared.matter, &AnswerPlea { words: said }).await });
        }
    };
    view! {
        <form class="stack" on:submit=submit novalidate=true aria-label=words::WITHDRAW>
            <Field id="withdraw-words" label=words::WITHDRAW_WORDS value=said need=Need::Needed error=wrong/>
            <button class="btn btn--plain" type="submit" aria-busy=move || shared.waiting()>{words::WITHDRAW}</button>
        </form>
    }
    .into_any()
}

/// The original beside what goes out.
fn texts(desk: &PublicationDesk, shared: Shared) -> AnyView {
    let Some(original) = desk.original.as_ref() else { return ().into_any() };
    let stands = desk.publication.as_ref().filter(|publication| publication.state != PublicationState::Withdrawn);
    let begun = stands.map(|publication| publication.text.clone()).or_else(|| desk.suggested.clone());
    let seen = desk.publication.as_ref().map_or(0, |publication| publication.revision);
    let right = match begun {
        Some(begun) if desk.may_propose => form(&begun, seen, shared),
        Some(begun) => view! {
            {read(&begun)}
            {desk.may_check.then(|| decision(seen, shared))}
        }
        .into_any(),
        None => ().into_any(),
    };
    view! {
        {notice(Tone::Plain, words::MARKS_NOTE, None)}
        <div class="desk__grid">
            <section class="panel stack" aria-label=words::ORIGINAL><h2>{words::ORIGINAL}</h2>{marked(original)}</section>
            <section class="panel stack" aria-label=words::SHOWN><h2>{words::SHOWN}</h2>{right}</section>
        </div>
    }
    .into_any()
}

fn marked(original: &MarkedText) -> AnyView {
    let part = |name: &'static str, pieces: &[Piece]| {
        let pieces: Vec<_> = pieces.iter().map(piece).collect();
        view! { <h3 class="heading">{name}</h3><p class="words">{pieces}</p> }
    };
    view! {
        {part(words::MATTER_TITLE, &original.title)}
        {part(words::CONTENT, &original.content)}
        {part(words::REPLY, &original.reply)}
    }
    .into_any()
}

fn piece(piece: &Piece) -> AnyView {
    let said = piece.text.clone();
    match piece.kind {
        // Named for those who do not see the colour.
        Some(kind) => view! { <mark title=text::publication::particular(kind)>{said}</mark> }.into_any(),
        None => said.into_any(),
    }
}

fn read(shown: &PublicationText) -> AnyView {
    let part = |name: &'static str, said: &str| {
        view! { <h3 class="heading">{name}</h3><p class="words">{said.to_owned()}</p> }
    };
    view! {
        {part(words::MATTER_TITLE, shown.title.as_str())}
        {part(words::CONTENT, shown.content.as_str())}
        {part(words::REPLY, shown.reply.as_str())}
    }
    .into_any()
}

/// For who proposes: edited by hand.
fn form(begun: &PublicationText, seen: u32, shared: Shared) -> AnyView {
    let title = RwSignal::new(begun.title.as_str().to_owned());
    let content = RwSignal::new(begun.content.as_str().to_owned());
    let reply = RwSignal::new(begun.reply.as_str().to_owned());
    let (wrong_title, wrong_content, wrong_reply) = (RwSignal::new(None), RwSignal::new(None), RwSignal::new(None));
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        let mut check = Check::default();
        let title = check.text("public-title", words::MATTER_TITLE, title, wrong_title);
        let content = check.text("public-content", words::CONTENT, content, wrong_content);
        let reply = check.text("public-reply", words::REPLY, reply, wrong_reply);
        let (true, Some(title), Some(content), Some(reply)) = (check.passed(), title, content, reply) else { return };
        let request = ProposePublication { seen, text: PublicationText { title, content, reply } };
        shared.send(async move { publications::propose(shared.matter, &request).await });
    };
    view! {
        <form class="stack" on:submit=submit novalidate=true aria-label=words::PROPOSE>
            <Field id="public-title" label=words::MATTER_TITLE value=title need=Need::Needed error=wrong_title/>
            <Field id="public-content" label=words::CONTENT value=content kind=Kind::Lines need=Need::Needed error=wrong_content/>
            <Field id="public-reply" label=words::REPLY value=reply kind=Kind::Lines need=Need::Needed error=wrong_reply/>
            <button class="btn" type="submit" aria-busy=move || shared.waiting()>{words::PROPOSE}</button>
        </form>
    }
    .into_any()
}

/// For who checks: out, or back with words.
fn decision(seen: u32, shared: Shared) -> AnyView {
    let (said, wrong) = (RwSignal::new(String::new()), RwSignal::new(None));
    let publish = move |_| {
        let request = CheckPublication { seen, publish: true, words: None };
        shared.send(async move { publications::check(shared.matter, &request).await });
    };
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        let mut check = Check::default();
        let said = check.text("return-words", words::RETURN_WORDS, said, wrong);
        if let (true, Some(said)) = (check.passed(), said) {
            let request = CheckPublication { seen, publish: false, words: Some(said) };
            shared.send(async move { publications::check(shared.matter, &request).await });
        }
    };
    view! {
        <button class="btn" type="button" on:click=publish aria-busy=move || shared.waiting()>{words::PUBLISH}</button>
        <form class="stack" on:submit=submit novalidate=true aria-label=words::RETURN>
            <Field id="return-words" label=words::RETURN_WORDS value=said need=Need::Needed error=wrong/>
            <button class="btn btn--plain" type="submit" aria-busy=move || shared.waiting()>{words::RETURN}</button>
        </form>
    }
    .into_any()
}
