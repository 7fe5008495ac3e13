//! What the unit tells: 受理告知书, 信访处理意见书, 送达回证; and what it reports: 办结报告.

use super::super::compose::{Composer, Tail};
use super::super::content::Block;
use super::super::part::{Part as P, Why};
use super::super::table::DocumentKind;
use super::{
    closed, content, day, demands, entered, facts, numbered, paragraphs, their_matter, ticks, to_petitioner,
    your_matter,
};
use crate::actor::Role;
use crate::field::VisitMode;
use crate::matter::{Conclusion, Delivery, DemandAnswer, Performance, Proposal, PurposeOfPetition, ReviewLevel, Stage};
use crate::time::ClockKind;

/// 受理告知书.
pub(super) fn acceptance(c: &mut Composer<'_>) -> Tail {
    let signed = entered(c, Stage::SignedFor);
    let suggestion = c.matter.registration.purpose == PurposeOfPetition::Suggestion;
    let (kind, days) = if suggestion {
        (ClockKind::Suggestion, c.facts.rules.suggestion_days.to_string())
    } else {
        (ClockKind::Handling, c.facts.rules.handling_days.to_string())
    };
    // It is issued once the unit has signed for it, and 受理 is the day of its delivery, which nobody knows yet: so it
    // says from what the days are counted, and the last day for whoever has it today. Once the delivery is entered, a
    // new version names the day.
    let accepted = c.matter.accepted_on();
    let on = if signed.is_some() { accepted.or(Some(c.facts.today)) } else { None };
    let unit = c.facts.unit.map(|unit| (unit.name.as_str().to_owned(), unit.phone.as_str().to_owned()));
    let (unit, phone) = c.need(P::Unit, unit).unwrap_or_default();
    c.say(P::Subject, [&your_matter(c), "收悉。"].concat());
    let running = c.matter.clocks.iter().rev().find(|clock| clock.kind == kind).map(|clock| clock.due);
    let due = on.map(|on| running.unwrap_or_else(|| c.facts.rules.due(kind, on, c.facts.calendar)));
    if let Some(on) = c.need(P::AcceptedOn, on) {
        let sentence = match accepted {
            Some(_) => ["经审查，该事项属于我单位职权范围，自", &day(on), "起受理。"].concat(),
            None => "经审查，该事项属于我单位职权范围，现决定受理，受理之日为本告知书送达您的日子。".to_owned(),
        };
        c.say(P::AcceptedOn, sentence);
    }
    c.say(P::Unit, ["办理单位：", &closed(&unit)].concat());
    let how = if suggestion {
        "处理途径和程序：您提的是建议意见，按照《信访工作条例》第二十九条办理。我单位将认真研究论证，科学合理、\
         能够做到的，采纳或者部分采纳，并给您答复。"
    } else {
        "处理途径和程序：按照《信访工作条例》第三十一条第六项办理。我单位将听取您陈述事实和理由，\
         调查核实后出具信访处理意见书并送达您；重大、复杂、疑难的，可以举行听证。"
    };
    c.say(P::Procedure, how);
    let by = due.map(day).unwrap_or_default();
    if due.is_some() {
        let last = match accepted {
            Some(_) => ["最晚", &by, "。"].concat(),
            None => ["今天送达的，最晚", &by, "；以后送达的，从送达那天算起。"].concat(),
        };
        let sentence = if suggestion {
            ["答复期限：本县规定，自受理之日起", &days, "日内答复，", &last].concat()
        } else {
            let more =
                "情况复杂的，经本单位负责人批准可以延长，但不超过30日，并告知您理由（《信访工作条例》第三十四条）。";
            ["办理期限：自受理之日起", &days, "日内办结，", &last, more].concat()
        };
        c.say(P::DueDate, sentence);
    }
    c.say(P::Contact, ["联系电话：", &phone, "。凭回执上的查询码查询办理情况：\n", c.facts.lookup].concat());
    let what = if suggestion { "您提的建议我们收下了，" } else { "您反映的事我们受理了，" };
    let plain = match accepted {
        Some(_) => [what, "最晚", &by, "给您书面答复。"].concat(),
        None => [what, "收到这份告知书起", &days, "天内给您书面答复；今天收到的，最晚", &by, "。"].concat(),
    };
    let remedy = "到期没有答复的，可以向信访部门反映，由信访部门督办（《信访工作条例》第四十条）。";
    let to = to_petitioner(c);
    Tail {
        to, closing: Some("特此告知。"), remedy: Some(remedy.to_owned()), ..Tail::new("信访事项受理告知书", plain)
    }
}

/// Article 32: what the three answers are called on paper.
fn conclusion(conclusion: Conclusion) -> &'static str {
    match conclusion {
        Conclusion::Support => "请求事实清楚，符合有关规定，予以支持",
        Conclusion::Explain => "请求事由合理但缺乏法律依据，作出解释说明",
        Conclusion::Decline => "请求缺乏事实根据或者不符合有关规定，不予支持",
    }
}

fn performed(performance: &Performance) -> String {
    match performance {
        Performance::Done { on, evidence } => ["已于", &day(*on), "落实：", &closed(evidence.as_str())].concat(),
        Performance::Promised { by } => ["承诺最晚于", &day(*by), "落实。"].concat(),
        Performance::Nothing => String::new(),
    }
}

fn about(at: usize, demand: &str) -> Block {
    Block::Heading { text: numbered(at, &["关于“", demand.trim_end_matches(['。', '；']), "”"].concat()) }
}

/// One part of every answer, each under the demand that it answers.
fn per_demand(
    c: &mut Composer<'_>,
    answers: &[DemandAnswer],
    part: P,
    of: impl Fn(&DemandAnswer) -> String,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (at, (demand, answer)) in c.matter.registration.demands.iter().zip(answers).enumerate() {
        let said = of(answer);
        if super::super::says_nothing(&said) {
            c.lack(part, Why::Missing);
        }
        blocks.push(about(at, demand.0.as_str()));
        blocks.extend(paragraphs(&said));
    }
    blocks
}

/// 信访处理意见书 (Articles 32, 35). Every legal part, or none of it.
pub(super) fn opinion(c: &mut Composer<'_>) -> Tail {
    let organ = c.typed(P::ReviewOrgan);
    let package = c.matter.approved_closure().cloned();
    let answers = package.as_ref().map(|package| package.answers.clone()).unwrap_or_default();
    let began =
        [&your_matter(c), "，经调查核实，根据《信访工作条例》第三十一条第六项、第三十二条的规定，提出处理意见如下。"]
            .concat();
    c.say(P::Subject, began);
    c.headed(P::Request, "投诉请求", demands(c));
    c.headed(P::FactsAndReasons, "事实和理由", content(c));
    if package.is_none() {
        // Nothing is signed before the supervisor has agreed to what is to be said.
        c.lack(P::Decision, Why::NotYet);
    } else if c.matter.awaits_signature().is_some() {
        // And nothing goes out before the unit's head has signed it.
        c.lack(P::Decision, Why::NotYet);
    } else if answers.len() != c.matter.registration.demands.len() {
        c.lack(P::Conclusions, Why::Missing);
    }
    let findings = per_demand(c, &answers, P::Findings, |answer| closed(answer.finding.as_str()));
    if package.is_some() {
        c.headed(P::Findings, "调查核实的情况", findings);
        let decided = per_demand(c, &answers, P::Conclusions, |answer| {
            [conclusion(answer.conclusion), "。", &performed(&answer.performed)].concat()
        });
        c.headed(P::Conclusions, "对各项请求的结论", decided);
        let words = package.as_ref().map_or("", |package| package.opinion.as_str());
        c.headed(P::Decision, "处理意见", paragraphs(words));
        let basis = per_demand(c, &answers, P::LegalBasis, |answer| closed(answer.basis.as_str()));
        c.headed(P::LegalBasis, "法律法规依据", basis);
    }
    let right = "如果不服本处理意见，可以自收到本意见书之日起30日内，请求原办理机关、单位的上一级机关、单位复查\
                 （《信访工作条例》第三十五条）。";
    c.headed(P::ReviewRight, "复查的权利", paragraphs(right));
    c.say(P::ReviewOrgan, ["复查机关：", &closed(&organ)].concat());
    let remedy = ["不服的，自收到之日起30日内向", &organ, "请求复查。"].concat();
    let count = |wanted| answers.iter().filter(|answer| answer.conclusion == wanted).count();
    let plain = plain_result(answers.len(), count(Conclusion::Support), count(Conclusion::Explain));
    if c.matter.registration.purpose == PurposeOfPetition::Suggestion {
        // Article 29: what is suggested is answered, not decided; there is nothing to be reviewed.
        c.lack(P::ReviewRight, Why::NotOffered);
    }
    // Whoever signed it stands on it, and not the colleague who prints it.
    let signed = c.matter.rounds.last().and_then(|round| round.signed.as_ref());
    let signer = signed.and_then(|signed| c.facts.name(signed.by)).unwrap_or(c.facts.issuer.name.as_str());
    let signed_by = Some(signer.to_owned());
    let (to, review_organ) = (to_petitioner(c), Some(organ));
    Tail { to, remedy: Some(remedy), signed_by, review_organ, ..Tail::new("信访处理意见书", plain) }
}

fn plain_result(all: usize, supported: usize, explained: usize) -> String {
    let declined = all - supported.min(all) - explained.min(all - supported.min(all));
    let mut words = ["您提的", &all.to_string(), "项请求："].concat();
    let parts = [("支持", supported), ("作出解释", explained), ("不支持", declined)];
    let said: Vec<String> =
        parts.into_iter().filter(|(_, n)| *n > 0).map(|(word, n)| [word, &n.to_string(), "项"].concat()).collect();
    words.push_str(&said.join("，"));
    words.push_str("。理由和依据写在上面。");
    words
}

/// 送达回证: filled by hand at the door, or from what was entered afterwards.
pub(super) fn delivery(c: &mut Composer<'_>) -> Tail {
    // Each organ has its own letters delivered: the unit its answer, the reviewing organ its opinion.
    let letters: &[DocumentKind] = if c.facts.issuer.role == Role::Reviewer {
        &[DocumentKind::ReviewOpinion, DocumentKind::RecheckOpinion]
    } else {
        &[DocumentKind::Opinion, DocumentKind::ReplyLetter]
    };
    let letter = c.facts.earlier.iter().rev().find(|document| letters.contains(&document.kind));
    let delivery = match letter.map(|letter| letter.kind) {
        Some(DocumentKind::ReviewOpinion) => review_delivery(c, ReviewLevel::Review),
        Some(DocumentKind::RecheckOpinion) => review_delivery(c, ReviewLevel::Recheck),
        _ => c.matter.delivery.clone(),
    };
    let served = letter.map(|letter| [letter.title.as_str(), "（", letter.number.as_str(), "）"].concat());
    let served = c.need(P::Served, served).unwrap_or_default();
    let name = c.matter.registration.petitioner.name.as_str().to_owned();
    c.add(P::Served, None, vec![facts([("送达的文书", served), ("受送达人", name)])]);
    let (deliverer, phone) = (c.typed(P::Deliverer), c.typed(P::DelivererPhone));
    c.say(P::Deliverer, ["送达人：", &deliverer].concat());
    c.say(P::DelivererPhone, ["送达人电话：", &phone].concat());
    match delivery {
        Some(delivery) => {
            let words = c.facts.words;
            c.say(P::DeliveryMode, ["送达方式：", (words.delivery_mode)(delivery.mode)].concat());
            c.say(P::DeliveredOn, ["送达日期：", &day(delivery.on)].concat());
            c.say(P::Receipt, ["签收情况：", (words.signed)(delivery.signed)].concat());
            c.say(P::PetitionerOpinion, ["信访人意见：", (words.opinion)(delivery.opinion)].concat());
        }
        None => {
            c.add(P::DeliveryMode, None, vec![ticks("送达方式", &["当面", "邮寄", "其他"])]);
            c.add(P::DeliveredOn, None, vec![super::room("送达时间（年月日时分）", 1)]);
            c.add(
                P::Receipt,
                None,
                vec![ticks("签收情况", &["签收", "拒收"]), super::signs(&["受送达人签名或者按指印", "见证人"])],
            );
            let opinions = ticks("信访人意见", &["同意", "不同意", "无明确意见"]);
            c.add(P::PetitionerOpinion, None, vec![opinions, super::room("意见内容", 2)]);
        }
    }
    let only = "签收只说明收到了文书，不等于同意里面的意见。";
    let right = match letter.map(|letter| letter.kind) {
        Some(DocumentKind::Opinion) => "30日的复查期限从收到这一天起算。",
        Some(DocumentKind::ReviewOpinion) => "30日的复核期限从收到这一天起算。",
        // Nothing runs from a reply to a suggestion, or after the last opinion.
        _ => "",
    };
    let plain = [only, right].concat();
    Tail { seal: false, ..Tail::new("送达回证", plain) }
}

fn review_delivery(c: &Composer<'_>, level: ReviewLevel) -> Option<Delivery> {
    c.matter.reviews.iter().rev().find(|review| review.level == level)?.delivery.clone()
}

/// 办结报告 (Article 22 (3)): made when the unit has done its part, which is the day on which the answer was
/// delivered; that the matter is closed after the return visit is the petition office's own. Where the matter went
/// another way, it says which.
pub(super) fn closure_report(c: &mut Composer<'_>) -> Tail {
    let registration = &c.matter.registration;
    let summary = [
        &their_matter(c),
        "，",
        &day(registration.received_on),
        "收到，",
        (c.facts.words.intake)(registration.intake),
        "。请求：",
    ]
    .concat();
    let mut blocks = paragraphs(&summary);
    blocks.extend(demands(c));
    c.headed(P::Summary, "基本情况", blocks);
    c.headed(P::Process, "办理经过", process(c));
    let answers = c.matter.approved_closure().map(|package| package.answers.clone());
    let directed = c.matter.ending().and_then(|ruling| match &ruling.pending.proposal {
        Proposal::Direct { organ, reason, .. } => Some((ruling.at.date(), organ.as_str(), reason.as_str())),
        _ => None,
    });
    if let Some((on, organ, reason)) = directed {
        let said = [&day(on), "依法导入法定途径，由", organ, "办理。", &closed(reason)].concat();
        c.headed(P::Result, "办理结果", paragraphs(&said));
        match c.matter.notices.last().map(|notice| notice.on) {
            Some(told) => {
                let said = [&day(told), "书面告知信访人。"].concat();
                c.headed(P::PetitionerOpinion, "告知信访人", paragraphs(&said));
            }
            None => c.lack(P::PetitionerOpinion, Why::NotYet),
        }
        c.headed(P::ClosedOn, "办结日期", paragraphs(&closed(&day(on))));
        let plain = "这件事已经依法导入法定途径，经过写在上面。";
        return Tail { to: Some(c.facts.office.to_owned()), ..Tail::new("信访事项办结报告", plain) };
    }
    match answers {
        Some(answers) => {
            let result = per_demand(c, &answers, P::Result, |answer| {
                [
                    closed(answer.finding.as_str()),
                    conclusion(answer.conclusion).to_owned(),
                    "。".to_owned(),
                    performed(&answer.performed),
                ]
                .concat()
            });
            c.headed(P::Result, "办理结果", result);
        }
        None => c.lack(P::Result, Why::NotYet),
    }
    match c.matter.delivery.clone() {
        Some(delivery) => {
            let words = c.facts.words;
            let said = [
                "意见书于",
                &day(delivery.on),
                (words.delivery_mode)(delivery.mode),
                "送达，",
                (words.signed)(delivery.signed),
                "。信访人意见：",
                (words.opinion)(delivery.opinion),
                "。",
            ];
            c.headed(P::PetitionerOpinion, "信访人意见", paragraphs(&said.concat()));
        }
        None => c.lack(P::PetitionerOpinion, Why::NotYet),
    }
    match c.matter.delivered_on() {
        Some(on) => c.headed(P::ClosedOn, "办结日期", paragraphs(&closed(&day(on)))),
        None => c.lack(P::ClosedOn, Why::NotYet),
    }
    let plain = "这件事已经办结，经过和结果写在上面。";
    Tail { to: Some(c.facts.office.to_owned()), ..Tail::new("信访事项办结报告", plain) }
}

/// The steps with their days, in words.
pub(super) fn process(c: &Composer<'_>) -> Vec<Block> {
    let mut lines: Vec<(i64, String)> = Vec::new();
    for step in &c.matter.steps {
        if let Some(word) = step_word(step.stage) {
            // 受理 is the day on which the petitioner had the notice, whenever that was entered.
            let on = if step.stage == Stage::Accepted { c.matter.accepted_on() } else { None };
            lines.push((step.at.0, [&day(on.unwrap_or(step.at.date())), "，", word, "。"].concat()));
        }
    }
    for visit in c.matter.visits.iter().filter(|visit| visit.met) {
        let how = match visit.mode {
            Some(VisitMode::Reception) => "接待信访人。",
            None => "走访见到信访人或者家人。",
            Some(_) => "上门见到信访人。",
        };
        lines.push((visit.at.0, [&day(visit.at.date()), "，", visit.by_name.as_str(), how].concat()));
    }
    for told in &c.matter.contacts {
        lines.push((told.at.0, [&day(told.at.date()), "，向信访人反馈：", &closed(told.text.as_str())].concat()));
    }
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, text)| Block::Text { text }).collect()
}

fn step_word(stage: Stage) -> Option<&'static str> {
    Some(match stage {
        Stage::Registered => "登记",
        Stage::AwaitingSignature => "转送责任单位",
        Stage::SignedFor => "责任单位签收",
        Stage::Accepted => "受理",
        Stage::Handling => "确定承办人，开始办理",
        Stage::ClosureSubmitted => "报送审核",
        Stage::Returned => "审核退回，重新办理",
        Stage::Approved => "审核同意",
        Stage::AwaitingReturnVisit => "送达处理意见书",
        Stage::Closed => "办结",
        Stage::AwaitingMaterial => "要求补充材料",
        Stage::Objected => "责任单位提出异议",
        Stage::Mediating => "开始调解",
        Stage::Reviewing => "收到复查申请",
        Stage::ReviewDecided => "作出复查意见",
        Stage::Rechecking => "收到复核申请",
        Stage::RecheckDecided => "作出复核意见",
        Stage::Reopened => "重新办理",
        Stage::Settled => "认定化解",
        Stage::Archived => "存档",
        Stage::NotAccepted => "决定不予受理",
        Stage::NoLongerAccepted => "决定不再受理",
        Stage::Directed => "导入法定途径",
        Stage::AnsweredOnSpot => "当场答复",
        Stage::Filed => "存件",
        Stage::Withdrawn => "信访人撤回",
    })
}
