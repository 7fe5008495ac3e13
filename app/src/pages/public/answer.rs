//! The answer to a look-up: one sentence, whom to call, the way of the matter, what one can do now.
//!
//! The page is one form, whose buttons each name the page that they open; what opens the matter again (code, proof,
//! pass) stands once, at its end. So an answer has parts that are the same for all matters, a part that is the same
//! whoever asks, and a short end of its own ([`Answer`]): the server packs the first once, and keeps the second.

use case_core::document::DocumentKind;
use case_core::id::DocumentId;
use case_core::matter::{ReviewLevel, Says, Stage};
use case_core::public::{Asking, Happening, Living, NextAct, Outcome, PublicStatus, PublicStep, When};
use case_core::text::ShortText;
use chrono::NaiveDate;
use leptos::prelude::*;

use super::frame::{Frame, dial, phone_link};
use super::notices::{Telling, telling};
use super::reception::{Met, meetings};
use super::say::secrets;
use crate::document::public_document;
use crate::text::public::{self as words, answer as w, notice as news, say};
use crate::text::{clock, document};

/// What was typed, so that the switch to large type can ask the same again: the answer has no
/// address that could be opened twice.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The code.
    pub code: &'a str,
    /// What proved it.
    pub proof: &'a str,
    /// 通行条: that this address got in with it just now.
    pub pass: &'a str,
}

/// Neither is for a log.
impl std::fmt::Debug for Asked<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asked(…)")
    }
}

/// A document that the petitioner may open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperLine {
    /// Identity.
    pub id: DocumentId,
    /// Its kind.
    pub kind: DocumentKind,
    /// 文号.
    pub number: String,
    /// The day of issue.
    pub on: NaiveDate,
}

/// What became of what was just said: it stands above the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// It was taken in.
    Heard(Says),
    /// It has no place now: why, and what to do.
    Unsaid(String),
    /// A wish about messages was written down.
    Wished(&'static str),
}

/// What stands beside the matter itself.
#[derive(Clone, Copy, Debug)]
pub struct Alongside<'a> {
    /// Documents handed out.
    pub papers: &'a [PaperLine],
    /// How news reach the petitioner.
    pub told: &'a Telling,
    /// Places at receptions.
    pub met: &'a [Met],
}

/// The page, without its end.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// The head, with the style: of every answer in this size of type alike ([`answer_top`]).
    pub top: String,
    /// What stands on it: the same whoever asks.
    pub body: String,
}

/// What stands on it is not for a log.
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answer(…)")
    }
}

impl Answer {
    /// All of it, for one who asked.
    #[must_use]
    pub fn whole(&self, asked: Asked<'_>) -> String {
        [&self.top, &self.body, &answer_end(asked)].map(String::as_str).concat()
    }
}

/// With which every answer begins.
#[must_use]
pub fn answer_top(frame: &Frame<'_>) -> String {
    let mut page = public_document(w::TITLE, frame.assets, frame.large, ());
    page.truncate(page.len().saturating_sub(END_OF_PAGE.len()));
    page
}

/// With which the answer ends for one who asked.
#[must_use]
pub fn answer_end(asked: Asked<'_>) -> String {
    [&secrets(asked).to_html(), END_OF_FORM, END_OF_PAGE].concat()
}

const END_OF_FORM: &str = "</form>";
const END_OF_PAGE: &str = "</body></html>";

/// The page.
#[must_use]
pub fn answer(
    frame: &Frame<'_>,
    status: &PublicStatus,
    alongside: &Alongside<'_>,
    today: NaiveDate,
    note: Option<&Note>,
) -> Answer {
    let main = view! {
        {note.map(notice)}
        <p class="muted">{words::greeting(status)}</p>
        <h1 class="answer__say">{sentence(words::say(status, today))}</h1>
        {status.next.as_ref().map(|next| view! { <p class="answer__why">{words::why(next)}</p> })}
        {rework(status, today)}
        {call(frame, status)}
        {meetings(alongside.met, today)}
        {beside(status, today)}
        {status.living.as_ref().map(|living| merged(living, today))}
        {status.former_reply.as_ref().map(|reply| former(&words::on_day(reply.at.date(), today), reply.text.as_str()))}
        {status.outcome.as_ref().map(|outcome| opinion(outcome, today))}
        {documents(alongside.papers, today)}
        {commitments(status, today)}
        <h2>{w::STEPS}</h2>
        <ol class="timeline">{status.steps.iter().map(|step| one_step(step, today)).collect_view()}</ol>
        {acts(frame, status, today)}
        {visits(status, today)}
        {voices(status, today)}
        {deadlines(status, today)}
        {telling(alongside.told)}
        <p class="muted no-print">{w::CARE}" "<a href="/c">{w::AGAIN}</a></p>
    };
    let (word, value) = frame.other_type();
    let switch = view! {
        <button
            class="header__action"
            type="submit"
            formaction=["/c?type=", value].concat()
            data-type-switch=""
            data-other=frame.word_after()
        >
            {word}
        </button>
    };
    let mut body = view! { <form class="page" method="post" action="/c">{frame.around(switch, main)}</form> }.to_html();
    body.truncate(body.len().saturating_sub(END_OF_FORM.len()));
    Answer { top: answer_top(frame), body }
}

fn sentence(words: words::Sentence) -> impl IntoView {
    view! {
        {words.before}
        {words.day.map(|day| view! { <span class="num">{day}</span> })}
        {words.after}
    }
}

fn rework(status: &PublicStatus, today: NaiveDate) -> Option<impl IntoView + use<>> {
    let under_way = status.stage == Stage::Returned;
    let text = words::rework(&status.reworks, under_way, today)?;
    Some(view! {
        <div class="notice notice--warn">
            <span class="mark mark--warn" aria-hidden="true"></span>
            <div class="notice__body">
                <p class="notice__title">{if under_way { w::REWORK } else { w::REWORKED }}</p>
                <p>{text}</p>
            </div>
        </div>
    })
}

fn call(frame: &Frame<'_>, status: &PublicStatus) -> impl IntoView + use<> {
    let unit = status.unit.as_ref().zip(status.unit_phone.as_ref());
    let line = |name: &str, phone: &str| {
        view! { <p class="answer__phone"><span>{name.to_owned()}</span>{phone_link(phone)}</p> }
    };
    view! {
        <section class="answer__call" aria-label=w::CALL>
            <p>{w::CALL}</p>
            {unit.map(|(name, phone)| line(name.as_str(), phone.as_str()))}
            {line(frame.office.name, frame.office.phone)}
        </section>
    }
}

/// More time, another way, a higher organ: each with its reason.
fn beside(status: &PublicStatus, today: NaiveDate) -> impl IntoView + use<> {
    words::side(&status.side, today)
        .into_iter()
        .map(|(heading, says)| {
            let says: Vec<_> = says.iter().map(|text| paper(text)).collect();
            view! { <h2>{heading}</h2>{says} }
        })
        .collect_view()
}

/// 并到的那一件: its number and steps for the same petitioner; else whom to ask.
fn merged(living: &Living, today: NaiveDate) -> impl IntoView + use<> {
    let note = match &living.own {
        Some(own) => [w::LIVING_NUMBER, own.number.as_str(), w::LIVING_OWN].concat(),
        None => w::LIVING_OTHERS.to_owned(),
    };
    let steps = living.own.as_ref().map(|own| {
        let steps = own.steps.iter().map(|step| one_step(step, today)).collect_view();
        view! { <ol class="timeline">{steps}</ol> }
    });
    view! { <h2>{w::LIVING}</h2><p>{note}</p>{steps} }
}

fn former(day: &str, text: &str) -> impl IntoView + use<> {
    view! {
        <h2>{w::FORMER}</h2>
        <p class="muted">{w::FORMER_WHY}</p>
        <p class="muted">{day.to_owned()}</p>
        {paper(text)}
    }
}

fn opinion(outcome: &Outcome, today: NaiveDate) -> impl IntoView + use<> {
    let answers = outcome.answers.iter().enumerate().map(|(at, answer)| {
        view! {
            <li class="cell">
                <span class="cell__body">
                    <span class="cell__title">{words::conclusion(at, answer.conclusion)}</span>
                    <span class="cell__note">{words::performed(answer.performed, today)}</span>
                </span>
            </li>
        }
    });
    view! {
        <h2>{w::OPINION}</h2>
        <p class="muted">{words::delivered(outcome, today)}</p>
        {paper(outcome.opinion.as_str())}
        <ul class="cells">{answers.collect_view()}</ul>
        {outcome.review.map(|review| view! { <p>{words::review(&review, today)}</p> })}
    }
}

/// A text as it was written: a paragraph for each of its lines.
fn paper(text: &str) -> impl IntoView + use<> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    view! { <blockquote class="paper">{lines.map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()}</blockquote> }
}

fn one_step(step: &PublicStep, today: NaiveDate) -> impl IntoView + use<> {
    let (class, current, when) = match step.when {
        When::Past(on) => ("timeline__step timeline__step--done", None, Some(words::on_day(on, today))),
        When::Now { since } => ("timeline__step", Some("step"), Some(words::since(since, today))),
        When::ToCome { by } => ("timeline__step timeline__step--next", None, by.map(|by| words::at_latest(by, today))),
    };
    let told = match &step.what {
        Happening::Told(text) => Some(text.as_str().to_owned()),
        _ => None,
    };
    view! {
        <li class=class aria-current=current>
            <p class="timeline__what">
                {words::step(&step.what, current.is_some())}
                {current.map(|_| view! { " "<span class="badge badge--act">{w::NOW}</span> })}
            </p>
            {when.map(|when| view! { <p class="timeline__when">{when}</p> })}
            {told.map(|text| view! { <p class="timeline__note">{text}</p> })}
        </li>
    }
}

/// Each opens by the same two answers: a document has no address that could be passed on.
fn documents(papers: &[PaperLine], today: NaiveDate) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = papers
        .iter()
        .map(|paper| {
            let note = [&paper.number, " · ", &words::on_day(paper.on, today)].concat();
            view! {
                <li>
                    <button
                        class="cell cell--act"
                        type="submit"
                        formaction=["/c/documents/", &paper.id.to_string()].concat()
                    >
                        <span class="cell__body">
                            <span class="cell__title">{document::kind(paper.kind)}</span>
                            <span class="cell__note">{note}</span>
                        </span>
                    </button>
                </li>
            }
        })
        .collect();
    list(w::DOCUMENTS, rows)
}

fn commitments(status: &PublicStatus, today: NaiveDate) -> Option<impl IntoView + use<>> {
    let rows = status.commitments.iter().map(|promise| {
        row(
            promise.text.as_str().to_owned(),
            words::promise(promise.due, promise.state, today),
            clock::level(promise.state),
        )
    });
    list(w::COMMITMENTS, rows.collect())
}

fn deadlines(status: &PublicStatus, today: NaiveDate) -> Option<impl IntoView + use<>> {
    let rows = status.deadlines.iter().map(|deadline| {
        let state = deadline.state(today);
        let words = [&words::due(deadline.due, state, today), "。", clock::source(deadline.kind)].concat();
        row(clock::to_petitioner(deadline.kind).to_owned(), words, clock::level(state))
    });
    list(w::DEADLINES, rows.collect())
}

fn notice(note: &Note) -> impl IntoView + use<> {
    let (class, mark, title, text) = match note {
        Note::Heard(says) => ("notice notice--confirmed", "mark mark--ok", say::HEARD, say::heard(*says).to_owned()),
        Note::Wished(done) => ("notice notice--confirmed", "mark mark--ok", news::DONE, (*done).to_owned()),
        Note::Unsaid(why) => ("notice notice--warn", "mark mark--warn", say::CANNOT, why.clone()),
    };
    view! {
        <div class=class role="status">
            <span class=mark aria-hidden="true"></span>
            <div class="notice__body">
                <p class="notice__title">{title}</p>
                <p>{text}</p>
            </div>
        </div>
    }
}

fn acts(frame: &Frame<'_>, status: &PublicStatus, today: NaiveDate) -> Option<impl IntoView + use<>> {
    let unit = status.unit.as_ref().map(ShortText::as_str);
    let rows = status.acts.iter().map(|act| {
        let (what, how) = words::act(*act, unit, frame.office.name, today);
        let phone = match act {
            NextAct::CallUnit => status.unit_phone.as_ref().map(ShortText::as_str),
            NextAct::CallOffice => Some(frame.office.phone),
            _ => None,
        };
        match (phone, asking(*act)) {
            (Some(phone), _) => call_row(what, how, phone).into_any(),
            (None, Some(asking)) => ask_row(what, how, asking).into_any(),
            (None, None) => row(what, how, clock::Level::Calm).into_any(),
        }
    });
    list(w::ACTS, rows.collect())
}

/// The page on which it is said.
fn asking(act: NextAct) -> Option<Asking> {
    match act {
        NextAct::SayUnsolved => Some(Asking::NotSolved),
        NextAct::Rate { .. } => Some(Asking::Rate),
        NextAct::AskReview { .. } => Some(Asking::Review(ReviewLevel::Review)),
        NextAct::AskRecheck { .. } => Some(Asking::Review(ReviewLevel::Recheck)),
        NextAct::BringMaterial | NextAct::AddMaterial => Some(Asking::Material),
        NextAct::Withdraw => Some(Asking::Withdraw),
        NextAct::Complain => Some(Asking::Complaint),
        NextAct::CallUnit | NextAct::CallOffice | NextAct::AnswerReturnVisit | NextAct::GoThere => None,
    }
}

/// A row that opens a question.
fn ask_row(what: String, how: String, asking: Asking) -> impl IntoView + use<> {
    view! {
        <li>
            <button class="cell cell--act" type="submit" formaction=["/c/ask/", asking.word()].concat()>
                <span class="cell__body">
                    <span class="cell__title">{what}</span>
                    <span class="cell__note">{how}</span>
                </span>
            </button>
        </li>
    }
}

/// 干部来过吗: each visit on record with two buttons. What was said stands beside it and can be changed.
fn visits(status: &PublicStatus, today: NaiveDate) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = status
        .visits
        .iter()
        .map(|visit| {
            let button = |came: &'static str, word: &'static str| {
                let said = visit.confirmed == Some(came == "yes");
                let value = [came, " ", &visit.record.to_string()].concat();
                view! {
                    <button
                        class="btn btn--plain"
                        type="submit"
                        formaction="/c/say/visit"
                        name="came"
                        value=value
                        disabled=said
                    >
                        {word}
                    </button>
                }
            };
            view! {
                <li class="cell">
                    <span class="cell__body">
                        <span class="cell__title">{say::visit(visit, today)}</span>
                        {visit.confirmed.map(|confirmed| {
                            view! { <span class="cell__note">{say::confirmed(confirmed)}</span> }
                        })}
                        <span class="answers">{button("yes", say::CAME)}{button("no", say::DID_NOT_COME)}</span>
                    </span>
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! { <h2>{say::VISITS}</h2><p class="muted">{say::VISITS_WHY}</p><ul class="cells">{rows}</ul> }
    })
}

/// What was said, and the answers.
fn voices(status: &PublicStatus, today: NaiveDate) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = status
        .voices
        .iter()
        .map(|voice| {
            view! {
                <li class="cell">
                    <span class="cell__body">
                        <span class="cell__title">{say::voice(voice, today)}</span>
                        {voice.text.as_ref().map(|text| paper(text.as_str()))}
                        <span class="cell__note">{say::answered(voice, today)}</span>
                    </span>
                </li>
            }
        })
        .collect();
    list(say::SAID, rows)
}

/// A row that dials.
fn call_row(what: String, how: String, phone: &str) -> impl IntoView + use<> {
    view! {
        <li>
            <a class="cell cell--link" href=dial(phone)>
                <span class="cell__body">
                    <span class="cell__title">{what}</span>
                    <span class="cell__note">{how}</span>
                </span>
            </a>
        </li>
    }
}

fn list(heading: &'static str, rows: Vec<impl IntoView + 'static>) -> Option<impl IntoView> {
    (!rows.is_empty()).then(|| view! { <h2>{heading}</h2><ul class="cells">{rows.collect_view()}</ul> })
}

/// Colour repeats what the words say.
fn row(what: String, how: String, level: clock::Level) -> impl IntoView + use<> {
    let class = match level {
        clock::Level::Calm => "cell__note",
        clock::Level::Near => "cell__note cell__note--near",
        clock::Level::Over => "cell__note cell__note--over",
    };
    view! {
        <li class="cell">
            <span class="cell__body">
                <span class="cell__title">{what}</span>
                <span class=class>{how}</span>
            </span>
        </li>
    }
}
