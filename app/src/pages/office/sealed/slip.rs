//! 回执 of a report: looks like every other, and says nothing of what it is about.

use case_core::wire::sealed::SealedReceipt;
use leptos::prelude::*;

use crate::components::receipt::{self, Slip};
use crate::text::screen::{register as words, sealed};

/// The card and its print button.
pub fn slip(printed: &SealedReceipt) -> AnyView {
    receipt::slip(Slip {
        number: &printed.number,
        about: &[],
        at: printed.registered_at,
        by: &printed.received_by,
        office: &printed.office_name,
        phone: &printed.office_phone,
        digits: &[(words::QUERY_CODE, &printed.query_code), (sealed::WORD, &printed.word)],
        qr_svg: &printed.qr_svg,
        say: sealed::slip_say(&printed.lookup_url),
    })
}
