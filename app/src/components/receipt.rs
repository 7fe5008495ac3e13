//! 收件回执: shown once, printed at once. The query code stands nowhere else.

use case_core::code::MatterNumber;
use case_core::time::Moment;
use case_core::wire::desk::{Named, PrintedReceipt};
use leptos::html;
use leptos::prelude::*;

use crate::browser;
use crate::format;
use crate::text::screen::register as words;

/// What stands on a receipt, whatever was handed in.
#[derive(Clone)]
pub struct Slip<'a> {
    /// 编号.
    pub number: &'a MatterNumber,
    /// What it is about; nothing for a report (检举控告).
    pub about: &'a [(&'static str, &'a str)],
    /// 登记时间.
    pub at: Moment,
    /// 登记人.
    pub by: &'a Named,
    /// 登记机构.
    pub office: &'a str,
    /// Its phone.
    pub phone: &'a str,
    /// 查询码, and what is asked beside it.
    pub digits: &'a [(&'static str, &'a str)],
    /// The QR code as SVG text, from our own server.
    pub qr_svg: &'a str,
    /// What to do with it.
    pub say: String,
}

/// The receipt of a matter.
#[must_use]
pub fn receipt(printed: &PrintedReceipt) -> AnyView {
    let linked_to = printed.linked_to.as_ref().map(|number| format::in_fours(number.as_str()));
    let mut about =
        vec![(words::RECEIPT_MATTER, printed.title.as_str()), (words::RECEIPT_PETITIONER, printed.petitioner.as_str())];
    about.extend(linked_to.as_deref().map(|number| (words::LINKED_TO, number)));
    let mut code = vec![(words::QUERY_CODE, printed.query_code.as_str())];
    code.extend(printed.word.as_deref().map(|word| (words::WORD, word)));
    let second = match (&printed.word, printed.without_phone) {
        (_, false) => words::BY_PHONE,
        (Some(_), true) => words::WORD,
        (None, true) => words::BY_NAME,
    };
    slip(Slip {
        number: &printed.number,
        about: &about,
        at: printed.registered_at,
        by: &printed.received_by,
        office: &printed.office_name,
        phone: &printed.office_phone,
        // 重件 has no code of its own: its matter has one.
        digits: if linked_to.is_some() { &[] } else { &code },
        qr_svg: &printed.qr_svg,
        say: match &linked_to {
            Some(_) => words::linked_say(&printed.lookup_url),
            None => words::receipt_say(&printed.lookup_url, second),
        },
    })
}

/// The card and its print button.
#[must_use]
pub fn slip(slip: Slip<'_>) -> AnyView {
    let row = |name: &'static str, value: String| {
        view! { <div class="receipt__row"><dt>{name}</dt><dd>{value}</dd></div> }
    };
    let received_by = [slip.by.name.as_str(), " ", slip.by.office.as_str()].concat();
    let at = [&format::full_day(slip.at.date()), " ", &format::time(slip.at)].concat();
    let about: Vec<_> = slip.about.iter().map(|(name, value)| row(name, (*value).to_owned())).collect();
    let digits: Vec<_> = slip
        .digits
        .iter()
        .map(|(name, value)| view! { <p>{*name}</p><p class="receipt__digits">{(*value).to_owned()}</p> })
        .collect();
    let once = slip.digits.is_empty();
    let heading = NodeRef::<html::H2>::new();
    // The slip stands above what was scrolled to: it is brought before the eyes, and read out.
    Effect::new(move |_| {
        if let Some(element) = heading.get() {
            let _ = element.focus();
        }
    });
    view! {
        <article class="receipt">
            <p class="receipt__unit">{slip.office.to_owned()}</p>
            <h2 class="receipt__title" tabindex="-1" node_ref=heading>{words::RECEIPT}</h2>
            <dl>
                {row(words::NUMBER, format::in_fours(slip.number.as_str()))}
                {about}
                {row(words::RECEIPT_AT, at)}
                {row(words::RECEIPT_BY, received_by)}
                {row(words::RECEIPT_PHONE, slip.phone.to_owned())}
            </dl>
            <div class="receipt__code">
                {digits}
                // Made by our own server from the code; never from what somebody typed.
                <div class="receipt__qr" role="img" aria-label=words::QR inner_html=slip.qr_svg.to_owned()></div>
            </div>
            <p class="receipt__say">{slip.say}</p>
            <p class="receipt__seal">{words::seal(slip.office)}</p>
        </article>
        <p class="muted no-print" hidden=once>{words::RECEIPT_ONCE}</p>
        <button class="btn btn--block" type="button" on:click=move |_| browser::print()>{words::PRINT}</button>
    }
    .into_any()
}
