//! 接访, 下访, 包案, 陪访; and the sheets that are filled by hand on days without a phone.

use super::super::compose::{Composer, Tail};
use super::super::content::Block;
use super::super::part::{Part as P, Why};
use super::{answers, closed, day, demands, facts, paragraphs, privacy, room, signs, their_matter, ticks};

/// Article 20, third paragraph.
const MOST_REPRESENTATIVES: usize = 5;

fn fact(c: &mut Composer<'_>, part: P, name: &str) -> String {
    let said = c.typed(part);
    if !said.is_empty() {
        c.add(part, None, vec![facts([(name, said.clone())])]);
    }
    said
}

/// 接访登记表.
pub(super) fn reception(c: &mut Composer<'_>) -> Tail {
    fact(c, P::Leader, "接访领导、职务");
    fact(c, P::Time, "接访时间");
    fact(c, P::Place, "接访地点");
    fact(c, P::Visitor, "来访人、人数、联系方式");
    fact(c, P::Participants, "陪同人员");
    c.headed(P::Subject, "反映事项", paragraphs(&closed(&their_matter(c))));
    c.headed(P::Request, "请求", demands(c));
    let opinion = c.typed(P::LeaderOpinion);
    c.headed(P::LeaderOpinion, "领导处理意见", paragraphs(&opinion));
    let limit = c.coming_day(P::Limit);
    let unit = c.facts.unit.map_or("承办部门", |unit| unit.name.as_str());
    c.headed(P::Limit, "承办部门和期限", paragraphs(&[unit, "，最晚", &day(limit), "办结。"].concat()));
    let plain = "接访不是走过场：谁来办、最晚哪天，写在上面。";
    Tail { seal: false, ..Tail::new("领导干部接访登记表", plain) }
}

/// 下访预案.
pub(super) fn plan(c: &mut Composer<'_>) -> Tail {
    fact(c, P::Leader, "下访领导、职务");
    fact(c, P::Time, "下访时间");
    fact(c, P::Place, "下访地点");
    fact(c, P::Participants, "陪同人员");
    c.headed(P::Subject, "信访事项", paragraphs(&closed(&their_matter(c))));
    c.headed(P::Request, "信访人的请求", demands(c));
    c.headed(P::Process, "以前的办理经过", answers::process(c));
    let plan = c.typed(P::Plan);
    c.headed(P::Plan, "预案", paragraphs(&plan));
    let plain = "带着案子去，先把情况和办法准备好。";
    Tail { seal: false, ..Tail::new("带案下访预案", plain) }
}

/// 包案责任书.
pub(super) fn contract(c: &mut Composer<'_>) -> Tail {
    let leader = fact(c, P::Leader, "包案领导、职务");
    let unit = c.facts.unit.map(|unit| unit.name.as_str().to_owned());
    if let Some(unit) = c.need(P::Unit, unit) {
        c.add(P::Unit, None, vec![facts([("责任单位", unit)])]);
    }
    c.headed(P::Subject, "包案事项", paragraphs(&closed(&their_matter(c))));
    c.headed(P::Request, "主要问题", demands(c));
    let solution = c.typed(P::Solution);
    c.headed(P::Solution, "化解方案", paragraphs(&solution));
    let until = c.coming_day(P::PerformBy);
    // From the day on which the leader took it on, as the ledger has it.
    let since = c.matter.contract().map_or(c.facts.today, |contract| contract.since);
    let duty = ["自", &day(since), "起，到", &day(until), "前化解；一包到底，换人要有理由并经批准。"].concat();
    c.headed(P::PerformBy, "期限和责任", paragraphs(&duty));
    c.add(P::Signatures, None, vec![signs(&["包案领导签名", "责任单位负责人签名"])]);
    let plain = [&leader, "包这件事，办到", &day(until), "前化解为止。"].concat();
    Tail::new("领导包案责任书", plain)
}

/// 陪访单: with at most five representatives (Article 20), or nobody when the official speaks for them.
pub(super) fn escort(c: &mut Composer<'_>) -> Tail {
    fact(c, P::Way, "从哪里到哪里");
    fact(c, P::Time, "陪访时间");
    let escorts = c.typed(P::Escorts);
    c.headed(P::Escorts, "陪访人员", paragraphs(&escorts));
    let people = c.typed(P::Representatives);
    let names: Vec<&str> =
        people.split(['\n', '、', '，', ',', '；']).map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.len() > MOST_REPRESENTATIVES {
        c.lack(P::Representatives, Why::TooMany);
    }
    let rows = names.iter().enumerate().map(|(at, name)| vec![(at + 1).to_string(), (*name).to_owned(), String::new()]);
    let table = Block::Table { head: ["序号", "姓名", "签名"].map(str::to_owned).to_vec(), rows: rows.collect() };
    if !names.is_empty() {
        c.headed(P::Representatives, "来访代表（不超过5人）", vec![table]);
    }
    c.headed(P::Subject, "反映事项", paragraphs(&closed(&their_matter(c))));
    c.add(P::Signatures, None, vec![signs(&["陪访人员签名", "接待单位签收"])]);
    let plain = "多人反映同一件事，推选不超过5名代表（《信访工作条例》第二十条）。";
    Tail { seal: false, ..Tail::new("陪访单", plain) }
}

fn whom(c: &mut Composer<'_>) {
    let petitioner = &c.matter.registration.petitioner;
    let not_given = "没有提供";
    let rows = facts([
        ("信访人", petitioner.name.as_str().to_owned()),
        ("电话", petitioner.phone.as_ref().map_or(not_given, |phone| phone.as_str()).to_owned()),
        ("住址", petitioner.address.as_ref().map_or(not_given, |address| address.as_str()).to_owned()),
        ("事项", [c.matter.registration.title.as_str(), "（编号 ", c.matter.number.as_str(), "）"].concat()),
    ]);
    c.add(P::Petitioner, None, vec![rows]);
}

/// 登门遍访记录单 (spec 3.2), filled by hand and entered later.
pub(super) fn home_visit(c: &mut Composer<'_>) -> Tail {
    whom(c);
    c.add(P::Escorts, None, vec![room("走访人员（姓名、职务、工号）", 1), room("入户时间、离开时间", 1)]);
    let questions = vec![
        ticks("方式", &["走访", "接待", "电话", "微信", "视频", "其他"]),
        ticks("结果", &["见到本人", "见到家人", "不在家", "拒访", "空户", "已迁"]),
        ticks("走访目的", &["信访接待", "现场办公", "调查研究", "宣传政策"]),
        ticks("告知来意和记录用途", &["已经告知", "没有告知"]),
        room("反映事项（要求什么、紧急程度、当场能不能解决、承诺哪天）", 6),
        room("困难和需要的帮扶", 2),
        room("隐患、备注", 2),
        room("下次走访日期", 1),
    ];
    c.add(P::Questions, None, questions);
    privacy(c);
    c.add(P::Signatures, None, vec![signs(&["走访人员签名", "被访人签名（不愿签可以不签）"])]);
    let plain = "没有手机、没有信号时用这张纸记。回来后扫右上角的二维码，照着补录。";
    Tail { seal: false, ..Tail::new("登门遍访记录单", plain) }
}

/// 上门回访记录单 (spec 3.3), filled by hand and entered later.
pub(super) fn return_visit(c: &mut Composer<'_>) -> Tail {
    whom(c);
    let round = ["第", &c.matter.round.to_string(), "轮办理后的回访。回访人不能是承办人。"].concat();
    c.say(P::Subject, round);
    let mut questions = vec![
        room("回访人员（姓名、职务、工号）、日期", 1),
        ticks("方式", &["上门", "电话", "视频"]),
        ticks("见到谁", &["本人", "代理人", "没见到", "拒绝回访"]),
        ticks("1. 意见书收到了吗（哪天）", &["收到了", "没收到", "记不清"]),
    ];
    for (at, demand) in c.matter.registration.demands.iter().enumerate() {
        let label = ["2.", &(at + 1).to_string(), " ", demand.0.as_str().trim_end_matches('。'), "，落实了吗"].concat();
        questions.push(ticks(&label, &["已落实", "部分落实", "没落实", "不清楚"]));
    }
    questions.extend([
        ticks("3. 承办人见过您吗", &["见过", "没见过", "记不清"]),
        ticks("4. 承诺的时间兑现了吗", &["兑现", "没兑现", "没有承诺"]),
        ticks("5. 对信访部门", &["满意", "基本满意", "不满意", "不评价"]),
        ticks("6. 对责任单位", &["满意", "基本满意", "不满意", "不评价"]),
        room("7. 还有没有新问题", 2),
        ticks("8. 知道可以在30日内申请复查吗", &["知道", "刚告知", "不知道"]),
        room("9. 生活困难和需要的帮扶", 2),
        room("信访人原话（照原样记，不改）", 4),
        ticks("回访人的判断（和信访人的回答分开）", &["建议办结", "建议重开", "建议督办"]),
    ]);
    c.add(P::Questions, None, questions);
    privacy(c);
    c.add(P::Signatures, None, vec![signs(&["回访人员签名", "信访人签名或者按指印（不愿签可以不签）"])]);
    let plain = "没有手机、没有信号时用这张纸记。回来后扫右上角的二维码，照着补录。";
    Tail { seal: false, ..Tail::new("上门回访记录单", plain) }
}
