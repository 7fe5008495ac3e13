//! 回执 of a report: looks like every other, and says nothing of what it is about.

use case_core::wire::sealed::SealedReceipt;
use leptos::html;
use leptos::prelude::*;

use crate::text::screen::{register as words, sealed};
use crate::{browser, format};

/// The card and its print button.
pub fn slip(printed: &SealedReceipt) -> AnyView {
    let row = |name: &'static str, value: String| {
        view! { <div class="receipt__row"><dt>{name}</dt><dd>{value}</dd></div> }
    };
    let received_by = [printed.received_by.name.as_str(), " ", printed.received_by.office.as_str()].concat();
    let at = [&format::full_day(printed.registered_at.date()), " ", &format::time(printed.registered_at)].concat();
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let Some(element) = heading.get() {
            let _ = element.focus();
        }
    });
    view! {
        <article class="receipt">
            <p class="receipt__unit">{printed.office_name.clone()}</p>
            <h2 class="receipt__title" tabindex="-1" node_ref=heading>{words::RECEIPT}</h2>
            <dl>
                {row(words::NUMBER, format::in_fours(printed.number.as_str()))}
                {row(words::RECEIPT_AT, at)}
                {row(words::RECEIPT_BY, received_by)}
                {row(words::RECEIPT_PHONE, printed.office_phone.clone())}
            </dl>
            <div class="receipt__code">
                <p>{words::QUERY_CODE}</p>
                <p class="receipt__digits">{printed.query_code.clone()}</p>
                <p>{sealed::WORD}</p>
                <p class="receipt__digits">{printed.word.clone()}</p>
                // Made by our own server from the code; never from what somebody typed.
                <div class="receipt__qr" role="img" aria-label=words::QR inner_html=printed.qr_svg.clone()></div>
            </div>
            <p class="receipt__say">{sealed::slip_say(&printed.lookup_url)}</p>
            <p class="receipt__seal">{words::seal(&printed.office_name)}</p>
        </article>
        <p class="muted no-print">{words::RECEIPT_ONCE}</p>
        <button class="btn btn--block" type="button" on:click=move |_| browser::print()>{words::PRINT}</button>
    }
    .into_any()
}
