//! What the petitioner is told, promised, asked for and given: 反馈, 承诺, 补充材料, 书面告知, 送达, 来信的章.

use case_core::id::VoiceId;
use case_core::matter::{Command, Delivery, DeliveryMode, LetterStamp, PetitionerOpinion};
use case_core::time::ClockKind;
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::build::{Begin, Form, Reader};
use crate::text;
use crate::text::screen::{forms, steps as words};

/// 反馈.
pub fn feedback(mut form: Form) -> AnyView {
    let said = form.lines("feedback", forms::FEEDBACK, forms::FEEDBACK_HINT);
    form.done(move |check| Some(Command::GiveFeedback { text: said(check)? }))
}

/// 承诺.
pub fn promise(mut form: Form) -> AnyView {
    let said = form.lines("promise", forms::PROMISE, forms::PROMISE_HINT);
    let due = form.day("promise-day", forms::PROMISE_DAY, Begin::Empty);
    form.done(move |check| {
        let (said, due) = (said(check), due(check));
        Some(Command::Promise { text: said?, due: due? })
    })
}

/// 承诺兑现: one of those that are open.
pub fn keep_promise(mut form: Form, file: &MatterFile) -> AnyView {
    let open: Vec<(String, String)> = open_promises(file)
        .filter_map(|at| Some((at.to_string(), file.matter.commitments.get(at)?.text.as_str().to_owned())))
        .collect();
    let which = form.select("which", words::WHICH_PROMISE, Signal::stored(open));
    let on = form.day("kept-on", words::KEPT_ON, Begin::Today);
    let how = form.lines("how", words::HOW_KEPT, "");
    form.done(move |check| {
        let (commitment, on, how) = (which(check), on(check), how(check));
        Some(Command::KeepPromise { commitment: commitment?, on: on?, how: how? })
    })
}

/// The places of the promises that nobody has said to be kept.
pub fn open_promises(file: &MatterFile) -> impl Iterator<Item = usize> + '_ {
    let matter = &file.matter;
    (0..matter.commitments.len()).filter(|at| matter.commitment_clock(*at).is_some_and(|(_, clock)| clock.is_running()))
}

/// 请补充材料.
pub fn request_material(mut form: Form) -> AnyView {
    let what = form.lines("what", words::WHAT_MISSING, words::WHAT_MISSING_HINT);
    form.done(move |check| Some(Command::RequestMaterial { what: what(check)? }))
}

/// 补来的材料.
pub fn receive_material(mut form: Form, file: &MatterFile) -> AnyView {
    if let Some(request) = file.matter.materials.last() {
        form.say([words::ASKED_FOR, request.what.as_str()].concat());
    }
    let came = form.lines("came", words::WHAT_CAME, words::WHAT_CAME_HINT);
    form.done(move |check| Some(Command::ReceiveMaterial { text: came(check)? }))
}

/// 书面告知.
pub fn notify(mut form: Form) -> AnyView {
    let mode = form.choice("mode", words::HOW_TOLD, &DeliveryMode::ALL, text::command::delivery_mode);
    let on = form.day("told-on", words::TOLD_ON, Begin::Today);
    form.done(move |check| {
        let (mode, on) = (mode(check), on(check));
        Some(Command::NotifyPetitioner { mode: mode?, on: on? })
    })
}

/// 来信的章.
pub fn stamp(mut form: Form) -> AnyView {
    let stamp = form.choice("stamp", words::WHICH_STAMP, &LetterStamp::ALL, text::command::letter_stamp);
    let on = form.day("stamped-on", words::STAMPED_ON, Begin::Today);
    form.done(move |check| {
        let (stamp, on) = (stamp(check), on(check));
        Some(Command::StampLetter { stamp: stamp?, on: on? })
    })
}

/// Whether a stamp is still to be set.
pub fn stamp_is_due(file: &MatterFile) -> bool {
    let due = |kind: ClockKind| LetterStamp::ALL.into_iter().any(|stamp| stamp.clock() == kind);
    file.matter.clocks.iter().any(|clock| clock.is_running() && due(clock.kind))
}

/// 答复信访人的话: one of those that the person may answer; where there is only one, nothing is chosen.
pub fn answer_voice(mut form: Form, file: &MatterFile) -> AnyView {
    let today = file.server_time.date();
    let waiting: Vec<(VoiceId, String)> = file
        .answerable
        .iter()
        .filter_map(|id| file.matter.voices.iter().find(|voice| voice.id == *id))
        .map(|voice| {
            let what = text::matter::says(voice.says, today, file.matter.meetings());
            let said = voice.text.as_ref().map_or_else(String::new, |said| ["：", said.as_str()].concat());
            (voice.id, [&crate::format::day(voice.at.date(), today), " ", &what, &said].concat())
        })
        .collect();
    let which: Reader<VoiceId> = match waiting.as_slice() {
        [(only, words)] => {
            let only = *only;
            form.say(words.clone());
            Box::new(move |_| Some(only))
        }
        _ => {
            let choices = waiting.into_iter().map(|(id, words)| (id.to_string(), words)).collect();
            form.select("voice", words::WHICH_VOICE, Signal::stored(choices))
        }
    };
    let said = form.lines("answer", words::VOICE_ANSWER, words::VOICE_ANSWER_HINT);
    form.done(move |check| {
        let (voice, text) = (which(check), said(check));
        Some(Command::AnswerVoice { voice: voice?, text: text? })
    })
}

/// 签发处理意见书: what is signed stands in the dialog.
pub fn sign(mut form: Form, file: &MatterFile) -> AnyView {
    if let Some(round) = file.matter.awaits_signature() {
        form.say(words::drafted_by(&crate::components::case_file::name(file, round.submitted_by).unwrap_or_default()));
        form.say(round.package.opinion.as_str().to_owned());
    }
    let note = form.optional_lines("note", words::SIGNED_WITH, "");
    form.done(move |check| Some(Command::SignOpinion { note: note(check)? }))
}

/// 送达处理意见书.
pub fn deliver(mut form: Form) -> AnyView {
    let receipt = receipt(&mut form);
    form.done(move |check| receipt(check).map(Command::Deliver))
}

/// 送达复查、复核意见.
pub fn deliver_review(mut form: Form) -> AnyView {
    let receipt = receipt(&mut form);
    form.done(move |check| receipt(check).map(Command::DeliverReview))
}

/// 送达回证.
fn receipt(form: &mut Form) -> Reader<Delivery> {
    let mode = form.choice("mode", forms::MODE, &DeliveryMode::ALL, text::command::delivery_mode);
    let on = form.day("delivered", forms::DELIVERED, Begin::Today);
    let signed = form.choice("signed", forms::SIGNED, &[true, false], text::command::signed);
    let opinion = form.choice(
        "opinion",
        forms::OPINION_OF_PETITIONER,
        &PetitionerOpinion::ALL,
        text::command::petitioner_opinion,
    );
    let deliverer = form.optional_line("deliverer", words::DELIVERER, words::DELIVERER_HINT);
    Box::new(move |check| {
        let (mode, on, signed, opinion) = (mode(check), on(check), signed(check), opinion(check));
        let deliverer = deliverer(check);
        Some(Delivery { mode: mode?, on: on?, signed: signed?, opinion: opinion?, deliverer: deliverer? })
    })
}
