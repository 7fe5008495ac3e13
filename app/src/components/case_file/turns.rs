//! What became of the matter beside the main path: 批复, 延期, 调解, 听证, 送达, 复查复核, 重开, 化解, 存档.

use case_core::matter::{Delivery, Mediation, Proposal, Review};
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::visits::line;
use super::{name, part, signed_at, today};
use crate::text::screen::life as words;
use crate::{format, text};

/// All of it; nothing where there was none.
#[must_use]
pub fn turns(file: &MatterFile) -> AnyView {
    let lines: Vec<AnyView> = rulings(file)
        .chain(extension(file))
        .chain(file.matter.mediations.iter().map(|mediation| self::mediation(file, mediation)))
        .chain(hearings(file))
        .chain(hand_overs(file))
        .chain(signed(file))
        .chain(delivery(file))
        .chain(file.matter.reviews.iter().map(|review| self::review(file, review)))
        .chain(reopenings(file))
        .chain(ends(file))
        .collect();
    if lines.is_empty() {
        return ().into_any();
    }
    part(words::TURNS, view! { <section class="panel"><ol class="timeline">{lines}</ol></section> }.into_any())
}

fn rulings(file: &MatterFile) -> impl Iterator<Item = AnyView> + '_ {
    file.matter.rulings.iter().map(|ruling| {
        let what =
            [words::ruled(ruling.approved), &text::paths::proposal(&ruling.pending.proposal, today(file))].concat();
        let note = ruling.reason.as_ref().map(|reason| [words::RULING, reason.as_str()].concat());
        line(what, signed_at(file, ruling.at, ruling.by), note, None)
    })
}

fn extension(file: &MatterFile) -> Option<AnyView> {
    let extension = file.matter.extension.as_ref()?;
    let today = today(file);
    let what = words::extended(&format::day(extension.from, today), &format::day(extension.due, today));
    Some(line(what, signed_at(file, extension.at, extension.by), None, None))
}

fn mediation(file: &MatterFile, mediation: &Mediation) -> AnyView {
    let today = today(file);
    let what = words::mediated(mediation.mediator.as_str(), mediation.other_side.as_str());
    let mut notes = Vec::new();
    match &mediation.end {
        None => notes.push(words::STILL_MEDIATING.to_owned()),
        Some(end) => {
            let on = format::day(end.on, today);
            match &end.agreement {
                Some(agreement) => notes.push([&on, words::AGREED, agreement.as_str()].concat()),
                None => notes.push([&on, words::NOT_AGREED].concat()),
            }
            notes.extend(end.note.as_ref().map(|note| note.as_str().to_owned()));
            notes.extend(end.confirmed_on.map(|on| [words::CONFIRMED, &format::day(on, today)].concat()));
        }
    }
    line(what, signed_at(file, mediation.at, mediation.by), Some(notes.join("；")), None)
}

fn hearings(file: &MatterFile) -> impl Iterator<Item = AnyView> + '_ {
    file.matter.hearings.iter().map(|hearing| {
        let today = today(file);
        let what = words::heard(&format::day(hearing.from, today), &format::day(hearing.until, today));
        line(what, signed_at(file, hearing.at, hearing.by), Some(hearing.note.as_str().to_owned()), None)
    })
}

fn hand_overs(file: &MatterFile) -> impl Iterator<Item = AnyView> + '_ {
    file.matter.hand_overs.iter().map(|over| {
        let who = |account| name(file, account).unwrap_or_default();
        let what = words::handed_over(&over.from.map(who).unwrap_or_default(), &who(over.to));
        line(what, signed_at(file, over.at, over.by), Some(over.reason.as_str().to_owned()), None)
    })
}

/// 签发, of each round that came so far.
fn signed(file: &MatterFile) -> impl Iterator<Item = AnyView> + '_ {
    file.matter.rounds.iter().filter_map(|round| round.signed.as_ref()).map(|signed| {
        let note = signed.note.as_ref().map(|note| note.as_str().to_owned());
        line(words::SIGNED.to_owned(), signed_at(file, signed.at, signed.by), note, None)
    })
}

/// 送达 of the present round's answer. Those of earlier rounds stand with their reopening.
fn delivery(file: &MatterFile) -> Option<AnyView> {
    let delivery = file.matter.delivery.as_ref()?;
    Some(line(words::DELIVERED.to_owned(), format::day(delivery.on, today(file)), Some(receipt(delivery)), None))
}

fn receipt(delivery: &Delivery) -> String {
    let by = delivery.deliverer.as_ref().map_or_else(String::new, |who| [words::DELIVERER, who.as_str()].concat());
    [
        text::command::delivery_mode(delivery.mode),
        "，",
        text::command::signed(delivery.signed),
        words::PETITIONER,
        text::command::petitioner_opinion(delivery.opinion),
        &by,
    ]
    .concat()
}

fn review(file: &MatterFile, review: &Review) -> AnyView {
    let today = today(file);
    let level = text::paths::review_level(review.level);
    let what = words::review(level, &format::day(review.requested_on, today), review.organ.as_str());
    let taken =
        review.taken_on.map(|on| view! { <p class="timeline__note">{words::taken(&format::day(on, today))}</p> });
    let opinion = match (&review.opinion, &review.withdrawn) {
        (None, Some(withdrawal)) => {
            let head = words::review_withdrawn(&format::day(withdrawal.on, today));
            view! {
                <p class="timeline__note"><b>{head}</b></p>
                <blockquote class="words">{withdrawal.reason.as_str().to_owned()}</blockquote>
                <p class="timeline__when">{signed_at(file, withdrawal.at, withdrawal.by)}</p>
            }
            .into_any()
        }
        (None, None) => view! { <p class="timeline__note">{words::NO_OPINION}</p> }.into_any(),
        (Some(opinion), _) => {
            let redo = opinion.redo_due.map(|due| words::redo(&format::day(due, today))).unwrap_or_default();
            let head = [level, words::OPINION, text::paths::review_outcome(opinion.outcome), &redo].concat();
            let when = signed_at(file, opinion.at, opinion.by);
            view! {
                <p class="timeline__note"><b>{head}</b></p>
                <blockquote class="words">{opinion.text.as_str().to_owned()}</blockquote>
                <p class="timeline__when">{when}</p>
            }
            .into_any()
        }
    };
    let delivered = review.delivery.as_ref().map(|delivery| {
        let said = [words::OPINION_DELIVERED, &format::day(delivery.on, today), "，", &receipt(delivery)].concat();
        view! { <p class="timeline__note">{said}</p> }
    });
    let asked = [words::BECAUSE, review.reason.as_str()].concat();
    let more = view! { {taken}{opinion}{delivered} };
    line(what, signed_at(file, review.at, review.by), Some(asked), Some(more.into_any()))
}

fn reopenings(file: &MatterFile) -> impl Iterator<Item = AnyView> + '_ {
    file.matter.reopenings.iter().map(|reopening| {
        let today = today(file);
        let ground = text::paths::reopen_ground(reopening.ground);
        let what = words::reopened(usize::from(reopening.round), ground, &format::day(reopening.due, today));
        let mut notes = Vec::new();
        notes.extend(reopening.reason.as_ref().map(|reason| reason.as_str().to_owned()));
        notes.extend(reopening.delivery.as_ref().map(|delivery| {
            [words::ROUND_DELIVERED, &format::day(delivery.on, today), "，", &receipt(delivery)].concat()
        }));
        line(what, signed_at(file, reopening.at, reopening.by), Some(notes.join("；")), None)
    })
}

/// How it ended: the matter that an earlier decision stands for, the veto, the archive.
fn ends(file: &MatterFile) -> impl Iterator<Item = AnyView> + '_ {
    let earlier = file.matter.ending().and_then(|ruling| match &ruling.pending.proposal {
        Proposal::NoLongerAccept { earlier, .. } => earlier.map(crate::routes::matter),
        _ => None,
    });
    let earlier = earlier.map(|href| {
        let door = view! { <p class="timeline__note"><a href=href>{words::EARLIER}</a></p> };
        line(words::ENDED_BEFORE.to_owned(), String::new(), None, Some(door.into_any()))
    });
    let veto = file.matter.settle_veto.as_ref().map(|veto| {
        let why = veto.reason.as_str().to_owned();
        line(words::VETOED.to_owned(), signed_at(file, veto.at, veto.by), Some(why), None)
    });
    let archive = file.matter.archive.as_ref().map(|archive| {
        let what = words::archived(archive.volume.as_str(), archive.pages);
        line(what, signed_at(file, archive.at, archive.by), None, None)
    });
    earlier.into_iter().chain(veto).chain(archive)
}
