//! 信访登记表, 收件回执.

use super::super::compose::{Composer, Tail};
use super::super::content::Block;
use super::super::part::Part as P;
use super::{content, day, demands, facts, paragraphs, privacy, to_petitioner};
use crate::public::is_anonymous;

fn parties(c: &Composer<'_>) -> Vec<Block> {
    let petitioner = &c.matter.registration.petitioner;
    let or_not_given = |text: Option<&str>| text.unwrap_or("没有提供").to_owned();
    vec![facts([
        ("姓名（名称）", petitioner.name.as_str().to_owned()),
        ("联系电话", or_not_given(petitioner.phone.as_ref().map(|phone| phone.as_str()))),
        ("住址", or_not_given(petitioner.address.as_ref().map(|address| address.as_str()))),
        ("问题属地", or_not_given(c.facts.place)),
    ])]
}

/// 三亮: who received it. What was imported has nobody here; then whoever prints it answers for it.
fn receiver(c: &mut Composer<'_>) {
    let registrar = c.matter.registered_by.and_then(|by| c.facts.people.iter().find(|named| named.account == by));
    let issuer = c.facts.issuer;
    let (name, office) = registrar
        .map_or((issuer.name.as_str(), issuer.office.as_str()), |named| (named.name.as_str(), named.office.as_str()));
    let printed = [issuer.name.as_str(), "（", issuer.office.as_str(), "，工号 ", issuer.badge.as_str(), "）"].concat();
    let rows = facts([
        ("登记机构", c.facts.office.to_owned()),
        ("登记人", [name, "（", office, "）"].concat()),
        ("经办人", printed),
    ]);
    c.add(P::Receiver, None, vec![rows]);
}

fn received(c: &mut Composer<'_>) {
    let registration = &c.matter.registration;
    let words = c.facts.words;
    let rows = facts([
        ("信访件编号", c.matter.number.as_str().to_owned()),
        ("信访日期", day(registration.received_on)),
        ("登记时间", day(c.matter.registered_at.date())),
        ("信访形式", (words.channel)(registration.channel).to_owned()),
        ("初件、重件", (words.intake)(registration.intake).to_owned()),
        ("内容分类", (words.category)(registration.category).to_owned()),
    ]);
    c.add(P::ReceivedOn, None, vec![rows]);
}

/// 信访登记表.
pub(super) fn registration_form(c: &mut Composer<'_>) -> Tail {
    received(c);
    c.headed(P::Petitioner, "信访人", parties(c));
    c.headed(P::Request, "请求", demands(c));
    c.headed(P::FactsAndReasons, "事实和理由", content(c));
    receiver(c);
    privacy(c);
    let plain = "这张表记下谁来反映、要求什么、为什么，由登记机构存档。";
    Tail { seal: false, ..Tail::new("信访登记表", plain) }
}

/// 收件回执.
pub(super) fn receipt(c: &mut Composer<'_>) -> Tail {
    let name = c.matter.registration.petitioner.name.as_str();
    c.say(P::Petitioner, [name, "提出的信访事项已经收到并登记，现出具回执。"].concat());
    received(c);
    c.headed(P::Request, "请求", demands(c));
    receiver(c);
    let petitioner = &c.matter.registration.petitioner;
    let second = match petitioner.phone_tail() {
        Some(_) => "登记时留的手机号后四位",
        None if is_anonymous(c.matter) => "它旁边的口令",
        None => "登记时写的姓名",
    };
    let how = [
        "凭查询码和",
        second,
        "，可以查到办到哪一步、谁在办、最晚哪天答复；也可以打电话 ",
        c.facts.office_phone,
        " 查询。查询码丢了，请本人到登记机构换一个。",
    ]
    .concat();
    // An address does not break: in the middle of a sentence it would tear the line apart.
    let mut blocks = paragraphs(&[&how, "\n查询网址：", c.facts.lookup].concat());
    blocks.push(Block::QueryCode);
    c.headed(P::HowToQuery, "怎样查询", blocks);
    privacy(c);
    let due = c.facts.calendar.after_days(c.matter.registration.received_on, c.facts.rules.transfer_days);
    let plain = ["您反映的事我们收到了，最晚", &day(due), "前转给该办的单位，并告诉您。"].concat();
    let remedy = "对办理有意见的，可以随时凭查询码查询，或者向信访部门反映（《信访工作条例》第十八条、第二十二条）。";
    Tail { to: to_petitioner(c), remedy: Some(remedy.to_owned()), ..Tail::new("信访事项收件回执", plain) }
}
