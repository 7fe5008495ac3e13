//! 听证通知书, 听证笔录, 听证意见书 (Articles 31 (6), 36).

use super::super::compose::{Composer, Tail};
use super::super::part::Part as P;
use super::{closed, demands, paragraphs, room, signs, their_matter, to_petitioner, your_matter};
use crate::actor::Role;
use crate::matter::Stage;

fn when_where_who(c: &mut Composer<'_>) -> (String, String) {
    let (time, place) = (c.typed(P::Time), c.typed(P::Place));
    c.say(P::Time, ["时间：", &closed(&time)].concat());
    c.say(P::Place, ["地点：", &closed(&place)].concat());
    let chair = c.typed(P::Chair);
    c.say(P::Chair, ["主持人：", &closed(&chair)].concat());
    let members = c.typed(P::Members);
    let members: Vec<&str> = members.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let members = if members.is_empty() { String::new() } else { closed(&members.join("、")) };
    if !members.is_empty() {
        c.say(P::Members, ["听证员：", &members].concat());
    }
    (time, place)
}

const RIGHTS: &str = "您有权申请与本事项有直接利害关系的主持人、听证员回避；可以委托一至二名代理人参加；可以陈述事实和理由、\
                      提交证据、质证和辩论；可以核对笔录并要求补正。";

/// In a 复核 it is Article 36 that lets the organ hold a hearing; everywhere else Article 31.
fn article(c: &Composer<'_>) -> &'static str {
    let recheck = matches!(c.matter.stage, Stage::Rechecking | Stage::RecheckDecided);
    if recheck && c.facts.issuer.role == Role::Reviewer {
        "第三十六条第二款"
    } else {
        "第三十一条第六项"
    }
}

/// 听证通知书.
pub(super) fn notice(c: &mut Composer<'_>) -> Tail {
    c.say(
        P::Subject,
        [&your_matter(c), "，属于重大、复杂、疑难的信访事项。根据《信访工作条例》", article(c), "，决定举行听证。"]
            .concat(),
    );
    let (time, place) = when_where_who(c);
    c.headed(P::Rights, "您的权利", paragraphs(RIGHTS));
    let plain = ["请在", &time, "到", &place, "参加听证，当面把话说清楚。"].concat();
    let remedy = "不能按时参加的，请提前告诉我单位，可以改期或者委托代理人。";
    Tail {
        to: to_petitioner(c),
        closing: Some("特此通知。"),
        remedy: Some(remedy.to_owned()),
        ..Tail::new("信访事项听证通知书", plain)
    }
}

/// 听证笔录: typed afterwards, or printed with room to write.
pub(super) fn minutes(c: &mut Composer<'_>) -> Tail {
    c.say(P::Subject, ["听证事项：", &their_matter(c), "。"].concat());
    when_where_who(c);
    let people = c.typed(P::Participants);
    c.headed(P::Participants, "参加人", paragraphs(&people));
    let told = "主持人已经告知参加人申请回避、委托代理、陈述、举证、质证、辩论和核对笔录的权利。";
    c.headed(P::Rights, "权利告知", paragraphs(told));
    let said = c.typed(P::Minutes);
    let said = if said.is_empty() { vec![room("记录", 14)] } else { paragraphs(&said) };
    c.headed(P::Minutes, "听证记录", said);
    c.add(P::Signatures, None, vec![signs(&["信访人", "承办单位", "听证员", "主持人", "记录人"])]);
    let plain = "请看一遍记录，有错就改，没有错再签名。";
    Tail { seal: false, ..Tail::new("信访事项听证笔录", plain) }
}

/// 听证意见书.
pub(super) fn opinion(c: &mut Composer<'_>) -> Tail {
    c.say(P::Subject, [&your_matter(c), "，已经举行听证。"].concat());
    when_where_who(c);
    c.headed(P::Request, "听证的请求", demands(c));
    let said = c.typed(P::HearingOpinion);
    c.headed(P::HearingOpinion, "听证意见", paragraphs(&said));
    c.add(P::Signatures, None, vec![signs(&["主持人", "听证员", "听证员"])]);
    let plain = "这是听证会的意见，会作为处理的依据；处理结果另有书面答复。";
    let remedy = "对处理结果不服的，按照处理意见书上写的途径请求复查。";
    Tail { to: to_petitioner(c), remedy: Some(remedy.to_owned()), ..Tail::new("信访事项听证意见书", plain) }
}
