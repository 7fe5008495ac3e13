//! The other ends and the detours: 不予受理, 不再受理, 导入法定途径, 当场答复, 延期, 复查 and 复核. Each is made of what
//! was proposed and approved; nobody types a decision onto a paper that was not taken.

use chrono::NaiveDate;

use super::super::compose::{Composer, Tail};
use super::super::part::{Part as P, Why};
use super::{closed, day, demands, facts, paragraphs, signs, their_matter, to_petitioner, your_matter};
use crate::matter::{NotAcceptGround, Proposal, PurposeOfPetition, Review, ReviewLevel, ReviewOutcome, Route, Ruling};
use crate::text::Paragraph;

/// The approved proposal by which the matter ended, if it is of this kind.
fn ending<'a, T>(c: &mut Composer<'a>, part: P, of: impl Fn(&'a Proposal) -> Option<T>) -> Option<T> {
    let ruling: Option<&'a Ruling> = c.matter.ending();
    let found = ruling.and_then(|ruling| of(&ruling.pending.proposal));
    if found.is_none() {
        // Nothing of the kind was decided.
        c.lack(part, Why::NotYet);
    }
    found
}

fn because(c: &mut Composer<'_>, reason: &Paragraph) {
    c.headed(P::Reason, "理由", paragraphs(reason.as_str()));
}

/// 不予受理告知书 (Articles 19, 23).
pub(super) fn not_accepted(c: &mut Composer<'_>) -> Tail {
    let decided = ending(c, P::Reason, |proposal| match proposal {
        Proposal::NotAccept { ground, organ, reason } => Some((*ground, organ, reason)),
        _ => None,
    });
    c.say(P::Subject, [&your_matter(c), "，经审查，决定不予受理。"].concat());
    let mut plain = "这件事我们依规不受理。".to_owned();
    if let Some((ground, organ, reason)) = decided {
        because(c, reason);
        let (article, where_to) = match ground {
            NotAcceptGround::AlreadyHandled => (
                "《信访工作条例》第十九条第三款：信访事项已经受理或者正在办理的，信访人在规定期限内向上级机关、单位又提出\
                 同一信访事项的，上级机关、单位不予受理。",
                ["该事项正由", organ.as_str(), "办理，请等待其答复，或者向其查询办理情况。"].concat(),
            ),
            NotAcceptGround::NotCompetent => (
                "《信访工作条例》第二十三条第一款：不属于本机关、单位或者本系统职权范围的，应当告知信访人向有权处理的\
                 机关、单位提出。",
                ["请向", organ.as_str(), "提出。"].concat(),
            ),
        };
        c.headed(P::Article, "依据", paragraphs(article));
        c.headed(P::WhereToGo, "向哪里提出", paragraphs(&where_to));
        plain = ["这件事我们依规不受理：", &where_to].concat();
    }
    let remedy = "认为应当受理而没有受理的，可以向上级机关、单位反映，由其责令改正（《信访工作条例》第四十四条）。";
    c.headed(P::Remedy, "救济途径", paragraphs(remedy));
    let to = to_petitioner(c);
    let closing = Some("特此告知。");
    Tail { to, closing, remedy: Some(remedy.to_owned()), ..Tail::new("信访事项不予受理告知书", plain) }
}

/// 不再受理告知书 (Article 36, third paragraph).
pub(super) fn no_longer_accepted(c: &mut Composer<'_>) -> Tail {
    let reason = ending(c, P::Reason, |proposal| match proposal {
        Proposal::NoLongerAccept { reason, .. } => Some(reason),
        _ => None,
    });
    c.say(P::Subject, [&your_matter(c), "，经审查，决定不再受理。"].concat());
    let before = c.typed(P::FinalOpinion);
    c.headed(P::FinalOpinion, "已有的复核意见", paragraphs(&closed(&before)));
    if let Some(reason) = reason {
        because(c, reason);
    }
    let article = "《信访工作条例》第三十六条第三款：信访人对复核意见不服，仍然以同一事实和理由提出投诉请求的，各级党委和政府\
                   信访部门和其他机关、单位不再受理。";
    c.headed(P::Article, "依据", paragraphs(article));
    let remedy = "有新的事实和理由的，可以重新提出。生活有困难的，可以申请帮扶救助；我们继续做好疏导和帮扶\
                  （《信访工作条例》第三十七条）。";
    c.headed(P::Remedy, "救济途径", paragraphs(remedy));
    let plain = "这件事已经复查、复核终结，同一事实和理由不再受理；有新的事实可以再来，困难照样帮。";
    let to = to_petitioner(c);
    let closing = Some("特此告知。");
    Tail { to, closing, remedy: Some(remedy.to_owned()), ..Tail::new("信访事项不再受理告知书", plain) }
}

/// What each way of Article 31 is called, and the item that names it.
fn route_words(route: Route) -> (&'static str, &'static str) {
    match route {
        Route::Litigation => ("诉讼、复议、检察监督或者公安机关法律程序", "第三十一条第一项"),
        Route::Arbitration => ("仲裁", "第三十一条第二项"),
        Route::PartyAppeal => ("党员申诉、申请复审", "第三十一条第三项"),
        Route::Administrative => ("行政复议、行政裁决、行政确认、行政许可、行政处罚等行政程序", "第三十一条第四项"),
        Route::Protection => ("申请查处违法行为、履行保护合法权益职责", "第三十一条第五项"),
        Route::Petition => ("信访程序", "第三十一条第六项"),
    }
}

/// 导入法定途径告知书 (Article 31 (1) to (5)).
pub(super) fn directed(c: &mut Composer<'_>) -> Tail {
    let decided = ending(c, P::Route, |proposal| match proposal {
        Proposal::Direct { route, organ, limit, reason } => Some((*route, organ, *limit, reason)),
        _ => None,
    });
    c.say(P::Subject, [&your_matter(c), "，依法应当通过法定途径解决。"].concat());
    let mut plain = String::new();
    if let Some((route, organ, limit, reason)) = decided {
        let (way, item) = route_words(route);
        c.headed(P::Route, "法定途径", paragraphs(&closed(way)));
        c.headed(P::RouteOrgan, "办理的机关", paragraphs(&closed(organ.as_str())));
        let typed = c.typed(P::RouteLimit);
        let until = limit.map_or(typed, |limit| ["最晚", &day(limit), "前提出。"].concat());
        c.headed(P::RouteLimit, "期限", paragraphs(&until));
        because(c, reason);
        c.headed(P::Article, "依据", paragraphs(&["《信访工作条例》", item, "。"].concat()));
        plain = ["这件事要走", way, "，请找", organ.as_str(), "；", &until].concat();
    }
    let remedy = "不清楚怎样办理的，可以到信访部门咨询，我们提供指引，也可以申请法律援助。";
    let to = to_petitioner(c);
    let closing = Some("特此告知。");
    Tail { to, closing, remedy: Some(remedy.to_owned()), ..Tail::new("信访事项导入法定途径告知书", plain) }
}

/// 答复意见书: an answer on the spot, or the answer to a suggestion (Article 29).
pub(super) fn reply(c: &mut Composer<'_>) -> Tail {
    let spot = c.matter.ending().and_then(|ruling| match &ruling.pending.proposal {
        Proposal::AnswerOnSpot { answer } => Some(answer.as_str()),
        _ => None,
    });
    let suggestion = c.matter.registration.purpose == PurposeOfPetition::Suggestion;
    let approved = c.matter.approved_closure().filter(|_| suggestion).map(|package| package.opinion.as_str());
    let answer = spot.or(approved).map(str::to_owned);
    c.say(P::Subject, [&your_matter(c), "收悉，现答复如下。"].concat());
    c.headed(P::Request, "您提出的意见", demands(c));
    match answer {
        Some(answer) => c.headed(P::Decision, "答复意见", paragraphs(&answer)),
        None => c.lack(P::Decision, Why::NotYet),
    }
    let plain = "您提的意见我们研究了，答复写在上面。";
    let remedy = "对答复有意见的，可以向我单位或者上级机关、单位反映。";
    let to = to_petitioner(c);
    Tail { to, remedy: Some(remedy.to_owned()), ..Tail::new("信访事项答复意见书", plain) }
}

/// 延期告知书 (Article 34).
pub(super) fn extended(c: &mut Composer<'_>) -> Tail {
    let extension = c.matter.extension.as_ref();
    c.say(P::Subject, [&your_matter(c), "，因情况复杂，需要延长办理期限。"].concat());
    let mut plain = String::new();
    match extension {
        Some(extension) => {
            c.headed(P::Reason, "延期理由", paragraphs(extension.reason.as_str()));
            let until = [
                "原办理期限到",
                &day(extension.from),
                "，延长到",
                &day(extension.due),
                "，延长期限不超过30日（《信访工作条例》第三十四条）。",
            ];
            c.headed(P::NewDue, "延长后的期限", paragraphs(&until.concat()));
            let by = c.facts.name(extension.by).map(str::to_owned);
            if let Some(by) = c.need(P::Approver, by) {
                let line = ["经本单位负责人", &by, "于", &day(extension.at.date()), "批准。"].concat();
                c.headed(P::Approver, "批准", paragraphs(&line));
            }
            plain = ["您的事还要再办一段时间，最晚", &day(extension.due), "给您书面答复。"].concat();
        }
        None => c.lack(P::NewDue, Why::NotYet),
    }
    let remedy = "对延期有意见的，可以向信访部门反映（《信访工作条例》第四十条）。";
    let to = to_petitioner(c);
    let closing = Some("特此告知。");
    Tail { to, closing, remedy: Some(remedy.to_owned()), ..Tail::new("信访事项延期办理告知书", plain) }
}

/// 延期审批表: proposed by one, decided by another.
pub(super) fn extension_form(c: &mut Composer<'_>) -> Tail {
    let proposed = c.matter.pending.as_ref().filter(|pending| matches!(pending.proposal, Proposal::Extend { .. }));
    let ruled = c.matter.rulings.iter().rev().find(|ruling| matches!(ruling.pending.proposal, Proposal::Extend { .. }));
    let pending = proposed.or(ruled.map(|ruling| &ruling.pending));
    c.say(P::Subject, closed(&their_matter(c)));
    let Some(pending) = pending else {
        c.lack(P::Reason, Why::NotYet);
        return Tail { seal: false, ..Tail::new("信访事项延期办理审批表", "还没有人提出延期。") };
    };
    if let Proposal::Extend { days, reason } = &pending.proposal {
        c.headed(P::Reason, "延期理由", paragraphs(reason.as_str()));
        let from = c.matter.extension.as_ref().map(|extension| extension.from).or(c.matter.legal_due());
        let started = c.matter.accepted_on();
        let due = from.and_then(|from| c.facts.rules.extended(started.unwrap_or(from), from, *days, c.facts.calendar));
        match from.zip(due) {
            Some((from, due)) => {
                let rows = facts([
                    ("原期限", day(from)),
                    ("延长天数", [&days.to_string(), "日"].concat()),
                    ("新期限", day(due)),
                ]);
                c.add(P::NewDue, None, vec![rows]);
            }
            None => c.lack(P::NewDue, Why::Missing),
        }
    }
    let decision = match ruled.filter(|_| proposed.is_none()) {
        Some(ruling) => {
            let verdict = if ruling.approved { "同意延期" } else { "不同意延期" };
            let who = c.facts.name(ruling.by).unwrap_or_default().to_owned();
            facts([("批准意见", verdict.to_owned()), ("批准人", who), ("日期", day(ruling.at.date()))])
        }
        None => signs(&["批准意见、批准人签名、日期"]),
    };
    c.add(P::Approver, None, vec![decision, signs(&["申请人签名"])]);
    Tail {
        seal: false,
        ..Tail::new("信访事项延期办理审批表", "延期要由没有承办这件事的负责人批准，只能延一次，不超过30日。")
    }
}

fn outcome_words(outcome: ReviewOutcome) -> &'static str {
    match outcome {
        ReviewOutcome::Uphold => "维持",
        ReviewOutcome::Revoke => "撤销",
        ReviewOutcome::Change => "变更",
    }
}

/// The last review of a level that has an opinion.
fn decided<'a>(c: &Composer<'a>, level: ReviewLevel) -> Option<&'a Review> {
    c.matter.reviews.iter().rev().find(|review| review.level == level && review.opinion.is_some())
}

/// What comes after a 复核意见: it ends the matter where the answer stands. Where the unit has to answer anew, be it by
/// this opinion or by the 复查意见 that it upholds, the new answer is one like every other (Articles 35, 36).
fn after_recheck(c: &Composer<'_>, upheld: bool, redo: Option<NaiveDate>) -> String {
    let before = decided(c, ReviewLevel::Review).and_then(Review::outcome);
    let stands = !matches!(before, Some(ReviewOutcome::Revoke | ReviewOutcome::Change));
    if upheld && stands {
        return "本意见为信访终结意见。仍然以同一事实和理由提出投诉请求的，不再受理（《信访工作条例》第三十六条）；\
                有新的事实和理由的，可以重新提出。"
            .to_owned();
    }
    let by = match redo {
        Some(due) => ["最晚于", &day(due)].concat(),
        None => "按照复查意见定的期限".to_owned(),
    };
    let again = "对新的处理意见不服的，可以自收到之日起30日内请求复查（《信访工作条例》第三十五条）。";
    ["原办理机关、单位", &by, "重新办理，重新答复您。", again].concat()
}

/// 复查意见书, 复核意见书 (Articles 35, 36).
pub(super) fn reviewed(c: &mut Composer<'_>, level: ReviewLevel) -> Tail {
    let (title, what, before) = match level {
        ReviewLevel::Review => ("信访事项复查意见书", "复查", "处理意见"),
        ReviewLevel::Recheck => ("信访事项复核意见书", "复核", "复查意见"),
    };
    let review = decided(c, level);
    let original = c.typed(P::OriginalOpinion);
    c.headed(P::OriginalOpinion, &["原", before].concat(), paragraphs(&closed(&original)));
    let (mut upheld, mut redo) = (false, None);
    match review.and_then(|review| review.opinion.as_ref().map(|opinion| (review, opinion))) {
        Some((review, opinion)) => {
            let asked = [
                "您对上述",
                before,
                "不服，于",
                &day(review.requested_on),
                "请求",
                what,
                "，理由：",
                &closed(review.reason.as_str()),
            ];
            c.say(P::Subject, asked.concat());
            c.headed(P::ReviewFindings, &[what, "查明的情况和意见"].concat(), paragraphs(opinion.text.as_str()));
            let mut said = [outcome_words(opinion.outcome), "原", before, "。"].concat();
            if let Some(redo) = opinion.redo_due {
                said.push_str(&["由原办理机关、单位最晚于", &day(redo), "重新办理。"].concat());
            }
            c.headed(P::ReviewConclusion, &[what, "结论"].concat(), paragraphs(&said));
            upheld = opinion.outcome == ReviewOutcome::Uphold;
            redo = opinion.redo_due;
        }
        None => c.lack(P::ReviewConclusion, Why::NotYet),
    }
    let organ = if level == ReviewLevel::Review { c.typed(P::ReviewOrgan) } else { String::new() };
    let remedy = match level {
        ReviewLevel::Review => {
            ["不服本复查意见的，可以自收到之日起30日内，向", &organ, "请求复核（《信访工作条例》第三十六条）。"]
                .concat()
        }
        ReviewLevel::Recheck => after_recheck(c, upheld, redo),
    };
    c.headed(P::Remedy, "救济途径", paragraphs(&remedy));
    let plain = if upheld {
        [what, "后，维持原来的", before, "。"].concat()
    } else {
        [what, "后，原来的意见要改，重新办理。"].concat()
    };
    Tail { to: to_petitioner(c), remedy: Some(remedy), ..Tail::new(title, plain) }
}
