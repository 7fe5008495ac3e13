//! 调解协议书 (People's Mediation Law, Article 29; Regulation, Article 33) and 和解协议书.

use super::super::compose::{Composer, Tail};
use super::super::part::{Part as P, Why};
use super::{closed, day, paragraphs, signs, their_matter};

fn agreement(c: &mut Composer<'_>) -> chrono::NaiveDate {
    let parties = c.typed(P::Parties);
    // An agreement with oneself is none.
    if !parties.is_empty() && parties.lines().filter(|line| !line.trim().is_empty()).count() < 2 {
        c.lack(P::Parties, Why::Missing);
    }
    c.headed(P::Parties, "当事人基本情况", paragraphs(&parties));
    let summary = c.matter.registration.content.as_str().to_owned();
    c.headed(P::Summary, "主要事实", paragraphs(&summary));
    for (part, heading) in [
        (P::Dispute, "争议事项"),
        (P::Responsibility, "各方当事人的责任"),
        (P::Terms, "协议内容"),
        (P::Manner, "履行方式"),
    ] {
        let said = c.typed(part);
        c.headed(part, heading, paragraphs(&said));
    }
    let until = c.coming_day(P::PerformBy);
    c.headed(P::PerformBy, "履行期限", paragraphs(&["最晚于", &day(until), "履行完毕。"].concat()));
    until
}

fn subject(c: &mut Composer<'_>, how: &str) {
    c.say(P::Subject, ["就", &their_matter(c), "，各方当事人", how, "，达成如下协议。"].concat());
}

fn copies(c: &mut Composer<'_>, who: &str) {
    c.say(P::Rights, ["本协议由当事人各执一份，", who, "留存一份。"].concat());
}

/// 调解协议书.
pub(super) fn mediation(c: &mut Composer<'_>) -> Tail {
    subject(c, "自愿接受调解");
    let until = agreement(c);
    let mediator = c.typed(P::Mediator);
    c.say(P::Mediator, ["调解员：", &closed(&mediator)].concat());
    copies(c, "调解组织");
    c.add(
        P::Signatures,
        None,
        vec![signs(&["当事人签名、盖章或者按指印", "当事人签名、盖章或者按指印", "调解员签名"])],
    );
    let plain = ["签了名就要照着做，最晚", &day(until), "做完。"].concat();
    let remedy = "对履行或者内容有争议的，可以向人民法院提起诉讼；由人民调解委员会主持达成的，双方可以自协议生效之日起\
                  30日内共同向人民法院申请司法确认（《人民调解法》第三十二条、第三十三条）。";
    Tail { remedy: Some(remedy.to_owned()), ..Tail::new("调解协议书", plain) }
}

/// 和解协议书.
pub(super) fn settlement(c: &mut Composer<'_>) -> Tail {
    subject(c, "自行协商，自愿和解");
    let until = agreement(c);
    copies(c, "办理单位");
    c.add(
        P::Signatures,
        None,
        vec![signs(&["当事人签名、盖章或者按指印", "当事人签名、盖章或者按指印", "见证人签名"])],
    );
    let plain = ["签了名就要照着做，最晚", &day(until), "做完。"].concat();
    let remedy = "对履行或者内容有争议的，可以依法向人民法院提起诉讼。";
    Tail { remedy: Some(remedy.to_owned()), ..Tail::new("和解协议书", plain) }
}
