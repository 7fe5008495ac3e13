//! 督办通知书, and the three kinds of advice of Article 40: 改进工作, 完善政策, 追究责任.

use super::super::compose::{Composer, Tail};
use super::super::part::Part as P;
use super::super::table::DocumentKind as K;
use super::{day, paragraphs, their_matter};
use crate::matter::OversightAct;

/// 督办通知书.
pub(super) fn notice(c: &mut Composer<'_>) -> Tail {
    // To whom it was addressed at the desk; where nobody was named, to the unit that holds the matter.
    let mut acts = c.matter.oversight.iter().rev();
    let other = acts.find(|act| act.act == OversightAct::Supervision).and_then(|act| act.to.as_ref());
    let other = other.map(|to| to.as_str().to_owned());
    let unit = c.facts.unit.map(|unit| unit.name.as_str().to_owned());
    let subject = match &other {
        Some(_) => [&their_matter(c), "在办理中有下列问题，现予督办。"].concat(),
        None => ["你单位办理的", &their_matter(c), "，现予督办。"].concat(),
    };
    let unit = c.need(P::Unit, other.or(unit));
    c.say(P::Subject, subject);
    let breach = c.typed(P::Breach);
    c.headed(P::Breach, "存在的问题", paragraphs(&breach));
    let wanted = c.typed(P::Requirement);
    c.headed(P::Requirement, "督办要求", paragraphs(&wanted));
    let limit = c.coming_day(P::Limit);
    c.headed(P::Limit, "期限", paragraphs(&["请最晚于", &day(limit), "落实并书面报告结果。"].concat()));
    c.headed(P::Article, "依据", paragraphs("《信访工作条例》第十四条第三项、第四十条第一款。"));
    let plain = ["请最晚", &day(limit), "把上面的问题改过来，并书面报告。"].concat();
    Tail { to: unit, ..Tail::new("信访事项督办通知书", plain) }
}

/// 建议书.
pub(super) fn advice(c: &mut Composer<'_>) -> Tail {
    let (title, what, article) = match c.kind() {
        K::PolicyAdvice => ("完善政策建议书", "完善政策", "《信访工作条例》第四十条第二款、第四款。"),
        K::AccountabilityAdvice => ("追究责任建议书", "追究责任", "《信访工作条例》第四十条第三款、第四款。"),
        _ => ("改进工作建议书", "改进工作", "《信访工作条例》第四十条第一款、第四款。"),
    };
    let to = c.typed(P::WhereToGo);
    c.say(P::Subject, ["在办理", &their_matter(c), "中，发现应当", what, "的问题，现提出建议。"].concat());
    let breach = c.typed(P::Breach);
    c.headed(P::Breach, "发现的问题", paragraphs(&breach));
    let wanted = c.typed(P::Requirement);
    c.headed(P::Requirement, "建议", paragraphs(&wanted));
    c.headed(P::Article, "依据", paragraphs(article));
    let until = c.coming_day(P::AdoptionFeedback);
    let feedback = ["请最晚于", &day(until), "书面反馈采纳情况；不采纳的，请说明理由。"].concat();
    c.headed(P::AdoptionFeedback, "反馈", paragraphs(&feedback));
    let plain = ["请研究采纳，最晚", &day(until), "书面回复。"].concat();
    Tail { to: Some(to), ..Tail::new(title, plain) }
}
