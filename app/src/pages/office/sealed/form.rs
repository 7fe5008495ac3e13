//! 保密登记. What was typed into the form for all other matters comes along, and is gone from there.

use case_core::id::SealedReportId;
use case_core::matter::Channel;
use case_core::sealed::{SealedContent, SealedPetitioner};
use case_core::wire::sealed::{SealedReceipt, SealedRequest};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::accused::AccusedFields;
use super::slip::slip;
use super::{fail, send_button};
use crate::client::{places, sealed as client};
use crate::components::check::{Check, FieldError, focus};
use crate::components::chips::{Choice, Look};
use crate::components::field::{Field, Kind, Need};
use crate::components::notice::{Tone, notice};
use crate::load::load;
use crate::text::screen::{register, sealed as words};
use crate::who::use_who;
use crate::{browser, format, text};

/// What comes along from the other form.
#[derive(Clone, Debug, Default)]
pub struct Carried {
    /// 内容.
    pub text: String,
    /// 姓名.
    pub name: String,
    /// 联系电话.
    pub phone: String,
    /// 住址.
    pub address: String,
}

const NAMED: usize = 0;

#[derive(Clone, Copy)]
struct Fields {
    channel: RwSignal<Option<usize>>,
    received_on: RwSignal<String>,
    text: RwSignal<String>,
    accused: AccusedFields,
    named: RwSignal<Option<usize>>,
    name: RwSignal<String>,
    phone: RwSignal<String>,
    address: RwSignal<String>,
    wrong: [FieldError; 7],
}

impl Fields {
    fn new(carried: Carried, today: chrono::NaiveDate) -> Self {
        Self {
            channel: RwSignal::new(None),
            received_on: RwSignal::new(format::input_day(today)),
            text: RwSignal::new(carried.text),
            accused: AccusedFields::new(),
            named: RwSignal::new(Some(NAMED)),
            name: RwSignal::new(carried.name),
            phone: RwSignal::new(carried.phone),
            address: RwSignal::new(carried.address),
            wrong: std::array::from_fn(|_| RwSignal::new(None)),
        }
    }

    fn clear(self) {
        for text in [self.text, self.name, self.phone, self.address] {
            text.set(String::new());
        }
        self.accused.clear();
        self.named.set(Some(NAMED));
    }

    /// What the fields say, or `None` when one has an error (and says so). In the order of the form.
    fn read(self) -> Option<(chrono::NaiveDate, SealedContent)> {
        let [w_channel, w_day, w_text, w_named, w_name, w_phone, w_address] = self.wrong;
        let check = &mut Check::default();
        let channel = self.channel.get_untracked().and_then(|at| Channel::ALL.get(at)).copied();
        let channel = check.chosen("report-channel", words::CHANNEL, channel, w_channel);
        let received_on = check.day("report-received", words::RECEIVED, self.received_on, w_day);
        let text = check.text("report-text", words::TEXT, self.text, w_text);
        let accused = self.accused.read(check);
        let named = check.chosen("report-named", words::HOW_NAMED, self.named.get_untracked(), w_named);
        let petitioner = if named == Some(NAMED) {
            let name = check.text("report-name", words::NAME, self.name, w_name);
            let phone = check.optional("report-phone", words::PHONE, self.phone, w_phone);
            let address = check.optional("report-address", words::ADDRESS, self.address, w_address);
            let read = || Some(SealedPetitioner { name: name?, phone: phone?, address: address? });
            read().map(Some)
        } else {
            Some(None)
        };
        if !std::mem::take(check).passed() {
            return None;
        }
        let (accused_persons, accused_units) = accused?;
        let (channel, text, petitioner) = (channel?, text?, petitioner?);
        Some((received_on?, SealedContent { channel, text, accused_units, accused_persons, petitioner }))
    }
}

/// The form, and the slip when it is done.
#[component]
pub fn SealedForm(
    /// What was typed elsewhere.
    carried: Carried,
    /// Told when it is sealed.
    #[prop(into)]
    sealed: Callback<()>,
) -> impl IntoView {
    let who = use_who();
    let fields = Fields::new(carried, who.office_today());
    let units = load(places::units);
    let printed = RwSignal::new(None::<SealedReceipt>);
    let failure = RwSignal::new(None);
    let busy = RwSignal::new(false);
    // The same report again keeps its id, so that a lost answer is no second report; another one has another.
    let last = StoredValue::new(None::<SealedRequest>);
    let submit = move || {
        if busy.get_untracked() || printed.with_untracked(Option::is_some) {
            return;
        }
        let Some((received_on, content)) = fields.read() else { return };
        let same = last.get_value().filter(|last| last.content == content && last.received_on == received_on);
        let request =
            same.unwrap_or_else(|| SealedRequest { id: SealedReportId(browser::new_uuid_v7()), received_on, content });
        last.set_value(Some(request.clone()));
        failure.set(None);
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = client::register(&request).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(receipt) => {
                    let _ = last.try_set_value(None);
                    fields.clear();
                    sealed.try_run(());
                    let _ = printed.try_set(Some(receipt));
                }
                Err(error) => fail(who, failure, &error),
            }
        });
    };
    let another = move |_| {
        printed.set(None);
        request_animation_frame(|| focus("report-channel"));
    };
    let done = move || {
        printed.get().map(|receipt| {
            view! {
                <div class="no-print">{notice(Tone::Confirmed, words::DONE, None)}</div>
                {slip(&receipt)}
                <div class="dialog__actions no-print">
                    <button class="btn btn--plain" type="button" on:click=another>{words::ANOTHER}</button>
                </div>
            }
        })
    };
    view! {
        {done}
        <form class="desk__form" hidden=move || printed.with(Option::is_some) novalidate=true autocomplete="off"
            on:submit=move |ev: SubmitEvent| { ev.prevent_default(); submit(); }>
            {notice(Tone::Warn, words::FORM_NOTE, None)}
            {how(fields)}
            {group(words::WHOM, fields.accused.draw(units))}
            {by_whom(fields)}
            {send_button(words::DO, words::DOING, busy, failure)}
        </form>
    }
    .into_any()
}

fn group(legend: &'static str, body: AnyView) -> AnyView {
    view! {
        <fieldset class="desk__group">
            <legend class="desk__legend">{legend}</legend>
            <div class="desk__grid">{body}</div>
        </fieldset>
    }
    .into_any()
}

fn how(fields: Fields) -> AnyView {
    let [w_channel, w_day, w_text, ..] = fields.wrong;
    let channels = Channel::ALL.into_iter().map(text::matter::channel).collect();
    let body = view! {
        <Choice id="report-channel" legend=words::CHANNEL options=channels chosen=fields.channel need=Need::Needed
            error=w_channel/>
        <Field id="report-received" label=words::RECEIVED value=fields.received_on kind=Kind::Day need=Need::Needed
            error=w_day/>
        <Field id="report-text" label=words::TEXT value=fields.text kind=Kind::Lines need=Need::Needed hint=words::TEXT_HINT
            error=w_text wide=true/>
    };
    group(register::HOW, body.into_any())
}

fn by_whom(fields: Fields) -> AnyView {
    let [.., w_named, w_name, w_phone, w_address] = fields.wrong;
    let anonymous = move || fields.named.get() != Some(NAMED);
    let body = view! {
        <Choice id="report-named" legend=words::HOW_NAMED options=vec![words::NAMED, words::ANONYMOUS] chosen=fields.named
            look=Look::Segmented need=Need::Needed error=w_named/>
        <div class="desk__wide desk__grid" hidden=anonymous>
            <Field id="report-name" label=words::NAME value=fields.name need=Need::Needed error=w_name/>
            <Field id="report-phone" label=words::PHONE value=fields.phone kind=Kind::Phone need=Need::Optional error=w_phone/>
            <Field id="report-address" label=words::ADDRESS value=fields.address need=Need::Optional error=w_address wide=true/>
        </div>
    };
    group(words::PETITIONER, body.into_any())
}
