//! 回执: the code, what is asked beside it, the days that were promised. Shown in reply to the form, and again
//! when the same form is sent again; it has no address.

use case_core::time::{Clock, Moment};
use leptos::prelude::*;

use super::{OWN, RECEIPT};
use crate::format;
use crate::pages::public::frame::{Frame, phone_link};
use crate::text::clock;
use crate::text::public::{self as public, filing as words};

/// What stands on it.
#[derive(Clone)]
pub struct Filed<'a> {
    /// 信访件编号.
    pub number: &'a str,
    /// 查询码, in groups of four.
    pub code: &'a str,
    /// The QR code as SVG text: the look-up page, the code behind its #.
    pub qr_svg: &'a str,
    /// 标题.
    pub title: &'a str,
    /// When it came in.
    pub at: Moment,
    /// 口令, where no name was given.
    pub word: Option<&'a str>,
    /// A phone was left.
    pub has_phone: bool,
    /// 代填人.
    pub helper: Option<&'a str>,
    /// What is owed, and by when.
    pub deadlines: &'a [Clock],
    /// How many files came with it.
    pub files: usize,
    /// The id of the form: with it the receipt is asked for again, for a day.
    pub form: String,
    /// It was there already, and says something else than what was sent now.
    pub again: bool,
}

/// Has a code that opens the matter.
impl std::fmt::Debug for Filed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Filed(…)")
    }
}

/// The page.
#[must_use]
pub fn filed(frame: &Frame<'_>, filed: &Filed<'_>) -> String {
    let today = filed.at.date();
    let row = |name: &'static str, value: String| {
        view! { <div class="receipt__row"><dt>{name}</dt><dd>{value}</dd></div> }
    };
    let days = filed.deadlines.iter().map(|deadline| {
        let state = deadline.state(today);
        let note = [&public::due(deadline.due, state, today), "。", clock::source(deadline.kind)].concat();
        view! {
            <li class="cell"><span class="cell__body">
                <span class="cell__title">{clock::to_petitioner(deadline.kind)}</span>
                <span class="cell__note">{note}</span>
            </span></li>
        }
    });
    let at = [&format::full_day(today), " ", &format::time(filed.at)].concat();
    let factor = match filed.word {
        Some(word) => view! {
            <p>{words::WORD}</p>
            <p class="receipt__digits num">{word.to_owned()}</p>
            <p>{words::BY_WORD}</p>
        }
        .into_any(),
        None => view! {
            <p>{words::FACTOR}</p>
            <p><b>{if filed.has_phone { words::BY_PHONE } else { words::BY_NAME }}</b></p>
        }
        .into_any(),
    };
    let again = filed.again.then(|| {
        view! {
            <div class="notice notice--warn" role="status">
                <span class="mark mark--warn" aria-hidden="true"></span>
                <div class="notice__body"><p>{words::AGAIN}</p></div>
            </div>
        }
    });
    let main = view! {
        <h1 class="answer__say" data-filed="">{words::RECEIPT}</h1>
        <p class="answer__why"><b>{words::WRITE_DOWN}</b></p>
        {again}
        <article class="receipt">
            <p class="receipt__unit">{frame.office.name.to_owned()}</p>
            <div class="receipt__code">
                <p>{words::CODE}</p>
                <p class="receipt__digits num">{filed.code.to_owned()}</p>
                {factor}
                // Made by our own server from the code; never from what somebody typed.
                <div class="receipt__qr" role="img" aria-label=words::QR inner_html=filed.qr_svg.to_owned()></div>
                <p class="muted">{words::SCAN}</p>
            </div>
            <dl>
                {row(words::NUMBER, format::in_fours(filed.number))}
                {row(words::ABOUT, filed.title.to_owned())}
                {row(words::AT, at)}
                {(filed.files > 0).then(|| row(words::FILES_CAME, words::files(filed.files)))}
                {filed.helper.map(|helper| row(words::HELPED_BY, helper.to_owned()))}
            </dl>
        </article>
        <button class="btn btn--block no-print" type="button" hidden data-print="">{words::PRINT}</button>
        <p class="muted no-print">{words::KEEP}</p>
        <h2>{words::DAYS}</h2>
        <ul class="cells">{days.collect_view()}</ul>
        <div class="answer__call">
            <p>{words::CALL}</p>
            <p class="answer__phone"><span>{frame.office.name.to_owned()}</span>{phone_link(frame.office.phone)}</p>
        </div>
        <p class="no-print"><a href="/c">{words::LOOK_UP}</a></p>
        <script defer src="/filing.js"></script>
    };
    let switch = frame.again_switch(OWN, Some("multipart/form-data"), &[("id", &filed.form), ("go", RECEIPT)]);
    frame.page_with_switch(words::RECEIPT, switch, main)
}
