//! 信访事项登记表 on paper: one page of A4 with large fields, for whoever would rather write than type. It carries a
//! number and the same as a code to scan; what is entered from it at a desk keeps that number.

use case_core::code::FormNumber;
use case_core::document::forms::privacy_notice;
use case_core::matter::PurposeOfPetition;
use case_core::public::Purpose;
use leptos::prelude::*;

use super::frame::{Frame, phone_link};
use crate::format;
use crate::text::public::{blank as words, filing};

/// The page.
#[must_use]
pub fn blank(frame: &Frame<'_>, number: &FormNumber, code_svg: &str) -> String {
    let row = |name: &'static str| view! { <tr><th scope="row">{name}</th><td></td></tr> };
    let demands = (0..3).map(|at| view! { <p class="blank__line">{format::in_fours(&(at + 1).to_string())}". "</p> });
    let kinds = PurposeOfPetition::ALL.map(|purpose| ["□ ", filing::purpose(Purpose::Plain(purpose)), "　"].concat());
    let main = view! {
        <div class="no-print">
            <h1 class="lookup__title">{words::TITLE}</h1>
            <p>{words::HOW}</p>
            <button class="btn btn--block" type="button" hidden data-print="">{words::PRINT}</button>
            <p class="muted">{words::KEEP}</p>
            <p><a href="/t">{words::ONLINE}</a></p>
        </div>
        <section class="blank" aria-label=words::TITLE>
            <div class="blank__head">
                <div>
                    <p class="blank__title" aria-hidden="true">{words::TITLE}</p>
                    <p>{words::to(frame.office.name)}</p>
                    <p>{words::NUMBER}" "<b class="num">{format::in_fours(number.as_str())}</b></p>
                </div>
                // Made by our own server from the number.
                <div class="blank__code" role="img" aria-label=words::CODE inner_html=code_svg.to_owned()></div>
            </div>
            <table class="blank__table">
                <tbody>
                    {row(words::NAME)}
                    {row(words::PHONE)}
                    {row(words::ADDRESS)}
                    {row(words::PLACE)}
                    <tr><th scope="row">{words::PURPOSE}</th><td>{kinds.concat()}</td></tr>
                    <tr class="blank__text"><th scope="row">{words::TEXT}</th><td></td></tr>
                    <tr><th scope="row">{words::DEMANDS}</th><td>{demands.collect_view()}</td></tr>
                    <tr><th scope="row">{words::PUBLISH}</th><td>{words::PUBLISH_CHOICE}</td></tr>
                    {row(words::HELPER)}
                    <tr><th scope="row">{words::SIGN}</th><td class="blank__sign">{words::DATE}</td></tr>
                </tbody>
            </table>
            <p>{words::WHERE}{frame.office.name.to_owned()}" "{phone_link(frame.office.phone)}</p>
            <p>{words::NOT_HERE}</p>
            <p>{privacy_notice(frame.office.phone)}</p>
        </section>
        <script defer src="/filing.js"></script>
    };
    frame.page(words::TITLE, main)
}
