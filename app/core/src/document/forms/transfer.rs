//! 转送、交办: to the petitioner and to the unit; and the unit's answer that it is not its task.

use super::super::compose::{Composer, Tail};
use super::super::part::{Part as P, Why};
use super::{closed, content, day, demands, entered, paragraphs, their_matter, to_petitioner, your_matter};
use crate::matter::{Stage, Step};
use chrono::NaiveDate;

/// Working days for an objection (Article 23, third paragraph).
const OBJECTION_DAYS: u16 = 5;

fn transferred_on(c: &mut Composer<'_>) -> Option<NaiveDate> {
    let at = entered(c, Stage::AwaitingSignature).map(|at| at.date());
    c.need(P::TransferredOn, at)
}

fn unit(c: &mut Composer<'_>) -> (String, String) {
    let unit = c.facts.unit.map(|unit| (unit.name.as_str().to_owned(), unit.phone.as_str().to_owned()));
    c.need(P::Unit, unit).unwrap_or_default()
}

/// 转送告知书, 交办告知书.
pub(super) fn notice(c: &mut Composer<'_>, assigned: bool) -> Tail {
    let (unit, phone) = unit(c);
    let on = transferred_on(c);
    let (title, verb) =
        if assigned { ("信访事项交办告知书", "交办") } else { ("信访事项转送告知书", "转送") };
    c.say(P::Subject, [&your_matter(c), "，我单位已经登记。"].concat());
    let matter = ["按照“属地管理、分级负责，谁主管、谁负责”的原则，该事项由", &unit, "负责办理（电话 ", &phone, "）。"];
    c.say(P::WhereToGo, matter.concat());
    if let Some(on) = on {
        let due = c.facts.calendar.after_days(on, c.facts.rules.notice_days);
        let sentence = [
            "根据《信访工作条例》第二十二条、第二十三条，我单位已于",
            &day(on),
            "将该事项",
            verb,
            "该单位。该单位应当最晚于",
            &day(due),
            "书面告知您是否受理以及处理的途径和程序。",
        ];
        c.say(P::TransferredOn, sentence.concat());
    }
    if assigned {
        let limit = c.coming_day(P::Limit);
        let sentence = ["我单位要求该单位最晚于", &day(limit), "反馈办理结果，提交办结报告。"];
        c.say(P::Limit, sentence.concat());
    }
    let plain = ["您反映的事已经转给", &unit, "，以后由他们联系您。"].concat();
    let remedy = "到期没有收到书面告知的，可以向我单位反映，由我单位督办（《信访工作条例》第四十条）。";
    let to = to_petitioner(c);
    Tail { to, closing: Some("特此告知。"), remedy: Some(remedy.to_owned()), ..Tail::new(title, plain) }
}

/// 转送函, 交办函.
pub(super) fn letter(c: &mut Composer<'_>, assigned: bool) -> Tail {
    let (unit, _) = unit(c);
    let on = transferred_on(c);
    let (title, verb) =
        if assigned { ("信访事项交办函", "交办") } else { ("信访事项转送函", "转送") };
    c.say(P::Subject, ["现将", &their_matter(c), verb, "你单位。"].concat());
    c.headed(P::Request, "信访人的请求", demands(c));
    c.headed(P::FactsAndReasons, "反映的情况", content(c));
    if let Some(on) = on {
        let notice = c.facts.calendar.after_days(on, c.facts.rules.notice_days);
        let objection = c.facts.calendar.after_working_days(on, OBJECTION_DAYS);
        c.headed(P::TransferredOn, "日期", paragraphs(&[verb, "日期：", &day(on), "。"].concat()));
        let procedure = [
            "属于你单位职权范围的，请最晚于",
            &day(notice),
            "书面告知信访人接收情况以及处理途径和程序；不属于的，请最晚于",
            &day(objection),
            "提出异议并详细说明理由，经我单位核实同意后交还材料（《信访工作条例》第二十三条第三款）。",
        ];
        c.headed(P::Procedure, "办理要求", paragraphs(&procedure.concat()));
    }
    if assigned {
        let why = c.typed(P::Reason);
        c.headed(P::Reason, "交办理由", paragraphs(&why));
        let limit = c.coming_day(P::Limit);
        let until = ["请最晚于", &day(limit), "办结。"].concat();
        c.headed(P::Limit, "指定办理期限", paragraphs(&until));
        let duty = "请在指定办理期限内反馈办理结果，提交办结报告（《信访工作条例》第二十二条第三项）。";
        c.headed(P::ReportDuty, "反馈要求", paragraphs(duty));
    }
    let plain = if assigned {
        "请在期限内办结并报告结果。"
    } else {
        "请依法受理、办理，并书面告知信访人。"
    };
    Tail { to: Some(unit), ..Tail::new(title, plain) }
}

/// When the unit had it, and that it objected in time: the day on which the objection was raised counts,
/// not that on which the letter is printed.
fn within_five_days(c: &mut Composer<'_>, received: &str) {
    let raised = c.matter.objections.last().map_or(c.facts.today, |objection| objection.at.date());
    let sent = |step: &&Step| step.stage == Stage::AwaitingSignature && step.at.date() <= raised;
    let Some(on) = c.matter.steps.iter().rev().find(sent).map(|step| step.at.date()) else {
        c.lack(P::ReceivedOn, Why::Missing);
        return;
    };
    let last = c.facts.calendar.after_working_days(on, OBJECTION_DAYS);
    c.say(P::ReceivedOn, [received, &day(on), "。"].concat());
    if raised > last {
        c.lack(P::WithinFiveDays, Why::TooLate);
        return;
    }
    let proof = [
        "自收到之日起5个工作日内提出异议的最后一天是",
        &day(last),
        "，异议于",
        &day(raised),
        "提出，没有超过期限（《信访工作条例》第二十三条第三款）。",
    ];
    c.say(P::WithinFiveDays, proof.concat());
}

fn subject(c: &mut Composer<'_>, what: &str) {
    c.say(P::Subject, ["关于", &their_matter(c), "，", what].concat());
}

/// 异议函, of the objection that was raised.
pub(super) fn objection(c: &mut Composer<'_>) -> Tail {
    subject(c, "我单位认为不属于我单位职权范围，现提出异议。");
    let raised = c.matter.objections.last();
    if raised.is_none() {
        c.lack(P::Reason, Why::NotYet);
    }
    within_five_days(c, "我单位收到转送材料的日期是");
    if let Some(raised) = raised {
        c.headed(P::Reason, "理由", paragraphs(raised.reason.as_str()));
    }
    let whose = c.typed(P::WhereToGo);
    c.headed(P::WhereToGo, "应当办理的机关、单位", paragraphs(&closed(&whose)));
    let plain = "这件事我们认为不归我们办，请核实；核实同意前，期限照常计算。";
    let closing = Some("请予核实。");
    Tail { to: Some(c.facts.office.to_owned()), closing, ..Tail::new("信访事项异议函", plain) }
}

/// 退回函, to the unit, after the office has agreed to its objection: the matter comes back with its papers.
pub(super) fn materials_back(c: &mut Composer<'_>) -> Tail {
    let raised = c.matter.objections.last();
    let agreed =
        raised.and_then(|raised| raised.verdict.as_ref().filter(|verdict| verdict.agreed).map(|it| (raised, it)));
    let unit = c.facts.objector.map(|unit| unit.name.as_str().to_owned());
    let to = c.need(P::Unit, unit);
    subject(c, "你单位提出的异议，经核实同意，现予收回，请交还相关材料。");
    within_five_days(c, "你单位收到转送材料的日期是");
    match agreed {
        Some((raised, verdict)) => {
            let said = ["异议理由：", raised.reason.as_str(), "\n核实意见：", verdict.reason.as_str()].concat();
            c.headed(P::Reason, "理由", paragraphs(&said));
        }
        None => c.lack(P::Reason, Why::NotYet),
    }
    let materials = c.typed(P::Materials);
    c.headed(P::Materials, "交还的材料", paragraphs(&materials));
    let plain = "这件事不归你单位办，请把材料交还，我们另行转送。";
    Tail { to, ..Tail::new("信访事项退回函", plain) }
}
