//! What lies beside the main path, in words for the petitioner: more time and why, another way and whom to
//! find there, what a higher organ found.

use case_core::public::{PublicEnding, PublicReview, SidePaths};
use chrono::NaiveDate;

use crate::format;
use crate::text::paths;

/// What stands beside the main path: a heading, and its sentences.
#[must_use]
pub fn side(side: &SidePaths, today: NaiveDate) -> Vec<(&'static str, Vec<String>)> {
    let mut parts = Vec::new();
    if let Some(needed) = &side.needed {
        parts.push(("还缺的材料", vec![needed.as_str().to_owned()]));
    }
    if let Some(extension) = &side.extension {
        let (from, due) = (format::day(extension.from, today), format::day(extension.due, today));
        let moved = ["最后一天从 ", &from, " 改为 ", &due, "，只延这一次。"].concat();
        parts.push(("办理时间延长了", vec![moved, ["理由：", extension.reason.as_str()].concat()]));
    }
    for moved in &side.moves {
        let on = format::day(moved.on, today);
        let what = if moved.succession {
            [&on, " 起，原来的单位不在了，由接着管这些事的单位继续办，您不用重新提出。"].concat()
        } else {
            [&on, " 从原来的单位收回，转给别的单位办，您不用重新提出，答复的最后一天不变。"].concat()
        };
        parts.push(("换了办理的单位", vec![what, ["原因：", moved.reason.as_str()].concat()]));
    }
    if let Some(reopening) = &side.reopening {
        let (on, due) = (format::day(reopening.on, today), format::day(reopening.due, today));
        let why = paths::reopen_ground(reopening.ground);
        let says = [&on, " 重新打开，因为", why, "。要在 ", &due, " 前重新办好。原来的答复留在案上。"].concat();
        parts.push(("这件事重新办理过", vec![says]));
    }
    parts.extend(side.ending.as_ref().map(|ending| self::ending(ending, today)));
    parts.extend(side.reviews.iter().map(|review| self::higher(review, today)));
    if side.is_final {
        parts.push(("复核终结", vec!["复核意见是最后的意见。以同样的事实和理由再来，按规定不再受理。".to_owned()]));
    }
    parts
}

fn ending(ending: &PublicEnding, today: NaiveDate) -> (&'static str, Vec<String>) {
    match ending {
        PublicEnding::NotAccepted { ground, organ, reason } => (
            "为什么不受理，该找谁",
            vec![
                [paths::not_accept_ground(*ground), "。", reason.as_str()].concat(),
                ["请找：", organ.as_str()].concat(),
            ],
        ),
        PublicEnding::NoLongerAccepted { reason } => {
            ("为什么不再受理", vec![reason.as_str().to_owned(), "生活有困难，仍然可以来说，会有人帮。".to_owned()])
        }
        PublicEnding::Directed { route, organ, limit, reason } => {
            let mut says = vec![
                [paths::route_to_petitioner(*route), "。", reason.as_str()].concat(),
                ["办理机关：", organ.as_str()].concat(),
            ];
            says.extend(limit.map(|limit| ["那边的期限：", &format::day(limit, today)].concat()));
            ("该走哪条路，找谁办", says)
        }
        PublicEnding::Answered { answer } => ("当场给您的答复", vec![answer.as_str().to_owned()]),
        PublicEnding::Filed { ground } => ("为什么存下", vec![[paths::filing_ground(*ground), "。"].concat()]),
        PublicEnding::Withdrawn { on } => {
            ("您撤回了这件事", vec![["您 ", &format::day(*on, today), " 说不再要求办理。"].concat()])
        }
    }
}

fn higher(review: &PublicReview, today: NaiveDate) -> (&'static str, Vec<String>) {
    let asked =
        ["您 ", &format::day(review.requested_on, today), " 提出申请，由", review.organ.as_str(), "办理。"].concat();
    let mut says = vec![asked];
    if let Some(found) = &review.found {
        let on = format::day(found.delivered_on, today);
        says.push([paths::review_outcome(found.outcome), "，", &on, " 送达。"].concat());
        says.push(found.text.as_str().to_owned());
        says.extend(found.redo_due.map(|due| ["要求在 ", &format::day(due, today), " 前重新办理。"].concat()));
    }
    (paths::review_level(review.level), says)
}
