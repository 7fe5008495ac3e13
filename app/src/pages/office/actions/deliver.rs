//! 送达回证.

use case_core::matter::{Command, CommandKind, Delivery, DeliveryMode, PetitionerOpinion};
use leptos::prelude::*;

use super::frame;
use crate::components::check::Check;
use crate::components::chips::{Choice, Look};
use crate::components::field::{Field, Kind, Need};
use crate::send::Sender;
use crate::text::screen::forms as words;
use crate::who::use_who;
use crate::{format, text};

/// Signed for, or refused.
const SIGNED: [bool; 2] = [true, false];

/// The form.
pub fn form(sender: Sender, open: RwSignal<Option<CommandKind>>) -> AnyView {
    let day = RwSignal::new(format::input_day(use_who().office_today()));
    let (mode, signed, opinion) = (RwSignal::new(None), RwSignal::new(None), RwSignal::new(None));
    let wrong = [(); 4].map(|()| RwSignal::new(None));
    let [wrong_mode, wrong_day, wrong_signed, wrong_opinion] = wrong;
    let modes = DeliveryMode::ALL.into_iter().map(text::command::delivery_mode).collect();
    let opinions = PetitionerOpinion::ALL.into_iter().map(text::command::petitioner_opinion).collect();
    let fields = view! {
        <Choice id="mode" legend=words::MODE options=modes chosen=mode look=Look::Segmented need=Need::Needed error=wrong_mode/>
        <Field id="delivered" label=words::DELIVERED value=day kind=Kind::Day need=Need::Needed error=wrong_day/>
        <Choice id="signed" legend=words::SIGNED options=SIGNED.map(text::command::signed).to_vec() chosen=signed
            look=Look::Segmented need=Need::Needed error=wrong_signed/>
        <Choice id="opinion" legend=words::OPINION_OF_PETITIONER options=opinions chosen=opinion need=Need::Needed error=wrong_opinion/>
    };
    frame(CommandKind::Deliver, sender, open, fields.into_any(), move || {
        let mut check = Check::default();
        let pick = |chosen: RwSignal<Option<usize>>| chosen.get_untracked();
        let mode = pick(mode).and_then(|at| DeliveryMode::ALL.get(at)).copied();
        let mode = check.chosen("mode", words::MODE, mode, wrong_mode);
        let on = check.day("delivered", words::DELIVERED, day, wrong_day);
        let signed =
            check.chosen("signed", words::SIGNED, pick(signed).and_then(|at| SIGNED.get(at)).copied(), wrong_signed);
        let opinion = pick(opinion).and_then(|at| PetitionerOpinion::ALL.get(at)).copied();
        let opinion = check.chosen("opinion", words::OPINION_OF_PETITIONER, opinion, wrong_opinion);
        check.passed();
        Some(Command::Deliver(Delivery { mode: mode?, on: on?, signed: signed?, opinion: opinion?, deliverer: None }))
    })
}
