//! 期限: names, sources and states of the clocks.

use case_core::time::{Clock, ClockKind, ClockState, NEAR_DAYS};
use chrono::NaiveDate;

use crate::format;

/// The name of a clock, for officials.
#[must_use]
pub fn kind(kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::Transfer => "转送",
        ClockKind::Notice => "书面告知",
        ClockKind::Handling => "限期办结",
        ClockKind::Meet => "3天见面",
        ClockKind::Feedback => "7天反馈",
        ClockKind::Settle => "21天办结",
        ClockKind::Commitment => "承诺时间",
        ClockKind::Review => "审核",
        ClockKind::Rework => "退回重办",
        ClockKind::ReturnVisit => "回访",
        ClockKind::DirectNotice => "直接收到的书面告知",
        ClockKind::Objection => "提出异议",
        ClockKind::LocalDecision => "登记并决定",
        ClockKind::LetterReceived => "当日收件",
        ClockKind::LetterReported => "当日呈报",
        ClockKind::LetterForwarded => "当日转办",
        ClockKind::LetterReplied => "当日署名回复",
        ClockKind::SimpleAccept => "简易办理受理",
        ClockKind::SimpleHandling => "简易办理办结",
        ClockKind::Order => "交办期限",
        ClockKind::Hotline => "热线工单",
        ClockKind::CoHandling => "协办反馈",
        ClockKind::Mediation => "调解",
        ClockKind::JudicialConfirmation => "申请司法确认",
        ClockKind::ReviewApply => "申请复查",
        ClockKind::ReviewDecide => "复查",
        ClockKind::RecheckApply => "申请复核",
        ClockKind::RecheckDecide => "复核",
        ClockKind::Evaluation => "评价",
        ClockKind::SilenceEvaluation => "没有答复可评价",
        ClockKind::Observation => "化解观察",
        ClockKind::Redo => "重新办理",
        ClockKind::Statute => "法定途径期限",
        ClockKind::SupervisionAnswer => "督办约谈的回复",
        ClockKind::AdviceAnswer => "建议采纳情况的反馈",
        ClockKind::ReviewTake => "决定受理复查复核申请",
        ClockKind::Suggestion => "答复建议意见",
    }
}

/// Where the length of a clock comes from.
#[must_use]
pub fn source(kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::Transfer => "《信访工作条例》第二十二条",
        ClockKind::Notice => "《信访工作条例》第二十三条",
        ClockKind::Handling => "《信访工作条例》第三十四条",
        ClockKind::Meet | ClockKind::Feedback | ClockKind::Settle => "本县对初次信访的承诺",
        ClockKind::Commitment => "办理单位当面答应的日子",
        ClockKind::Review => "本县规定，3个工作日内审核",
        ClockKind::Rework => "审核人员定的日子",
        ClockKind::ReturnVisit => "本县规定，送达后7天内回访",
        ClockKind::DirectNotice => "《信访工作条例》第二十三条第二款",
        ClockKind::Objection => "《信访工作条例》第二十三条第三款",
        ClockKind::LocalDecision => "《浙江省信访条例》第二十条，本县采用",
        ClockKind::LetterReceived => "本县对来信的承诺，当天收件",
        ClockKind::LetterReported => "本县对来信的承诺，当天呈报",
        ClockKind::LetterForwarded => "本县对来信的承诺，当天转办",
        ClockKind::LetterReplied => "本县对来信的承诺，当天署名回复",
        ClockKind::SimpleAccept => "简易办理规定，3个工作日内决定",
        ClockKind::SimpleHandling => "简易办理规定，受理后10个工作日内办结",
        ClockKind::Order => "《信访工作条例》第二十二条第三项",
        ClockKind::Hotline => "本县热线规定，5个工作日内办复",
        ClockKind::CoHandling => "牵头单位定的日子",
        ClockKind::Mediation => "《信访工作条例》第三十三条，本县规定30天",
        ClockKind::JudicialConfirmation => "《人民调解法》第三十三条",
        ClockKind::ReviewApply => "《信访工作条例》第三十五条",
        ClockKind::ReviewDecide => "《信访工作条例》第三十五条",
        ClockKind::RecheckApply => "《信访工作条例》第三十六条",
        ClockKind::RecheckDecide => "《信访工作条例》第三十六条",
        ClockKind::Evaluation => "本省规定，收到答复后30天内",
        ClockKind::SilenceEvaluation => "本省规定，满90天没有答复可以评价，到第120天",
        ClockKind::Observation => "本县规定，办结后观察90天",
        ClockKind::Redo => "重开或者复查复核时定的日子",
        ClockKind::Statute => "那条法定途径自己的规定",
        ClockKind::SupervisionAnswer => "《信访工作条例》第三十九条、第四十条，督办约谈时定的日子",
        ClockKind::AdviceAnswer => "《信访工作条例》第四十条第四款，提建议时定的日子",
        ClockKind::ReviewTake => "山东省规定，3个工作日内决定，本县采用",
        ClockKind::Suggestion => "本县规定；《信访工作条例》第二十九条要求答复，没有定天数",
    }
}

/// What the petitioner may expect by the last day.
#[must_use]
pub fn to_petitioner(kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::Transfer => "转给负责的单位",
        ClockKind::Notice => "书面告诉您是否受理",
        ClockKind::Handling => "给您书面答复",
        ClockKind::Meet => "有人来见您",
        ClockKind::Feedback => "告诉您办到哪一步",
        ClockKind::Settle => "争取办好",
        ClockKind::Commitment => "做到答应您的事",
        ClockKind::Review => "审核办理结果",
        ClockKind::Rework => "重新办好",
        ClockKind::ReturnVisit => "上门听您的意见",
        ClockKind::DirectNotice => "书面告诉您收到了、怎么办",
        ClockKind::Objection => "单位说明是不是归他们办",
        ClockKind::LocalDecision => "登记并告诉您是否受理",
        ClockKind::LetterReceived => "收下您的信",
        ClockKind::LetterReported => "把您的信报给领导",
        ClockKind::LetterForwarded => "把您的信转给负责的单位",
        ClockKind::LetterReplied => "署名给您回信",
        ClockKind::SimpleAccept => "决定是否受理",
        ClockKind::SimpleHandling => "简易办好",
        ClockKind::Order => "报告办理结果",
        ClockKind::Hotline => "办好热线转来的事",
        ClockKind::CoHandling => "协办的单位拿出意见",
        ClockKind::Mediation => "调解出结果",
        ClockKind::JudicialConfirmation => "和对方一起向法院申请确认协议",
        ClockKind::ReviewApply => "申请复查",
        ClockKind::ReviewDecide => "给您复查意见",
        ClockKind::RecheckApply => "申请复核",
        ClockKind::RecheckDecide => "给您复核意见",
        ClockKind::Evaluation => "评价办得怎么样",
        ClockKind::SilenceEvaluation => "没有答复也可以评价",
        ClockKind::Observation => "看问题是不是真的解决了",
        ClockKind::Redo => "重新办好，给您书面答复",
        ClockKind::Statute => "那边作出决定",
        ClockKind::SupervisionAnswer => "单位回复信访局的督办",
        ClockKind::AdviceAnswer => "有关机关反馈信访局的建议",
        ClockKind::ReviewTake => "决定是不是受理您的复查复核申请",
        ClockKind::Suggestion => "研究您的建议，给您答复",
    }
}

/// 还有 2 天, 今天到期, 已超期 3 天.
#[must_use]
pub fn state(state: ClockState) -> String {
    let days = |before: &str, days: i64, after: &str| [before, &days.to_string(), after].concat();
    match state {
        ClockState::Running { days_left: 0 } => "今天到期".to_owned(),
        ClockState::Running { days_left: 1 } => "明天到期".to_owned(),
        ClockState::Running { days_left } => days("还有 ", days_left, " 天"),
        ClockState::Overdue { days: over } => days("已超期 ", over, " 天"),
        ClockState::Lapsed { days: over } => days("已过 ", over, " 天，没有用"),
        ClockState::Met => "按时做到".to_owned(),
        ClockState::MetLate { days: over } => days("做到时超期 ", over, " 天"),
    }
}

/// The last day and how far off it is: 5月3日 周六 · 还有 2 天.
#[must_use]
pub fn due(clock: &Clock, today: NaiveDate) -> String {
    [&format::day(clock.due, today), " · ", &state(clock.state(today))].concat()
}

/// How urgent a clock is: it has a colour, and its words say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Time enough, or done in time.
    Calm,
    /// 快到期: three days or fewer are left.
    Near,
    /// 超期.
    Over,
}

/// The level of a state.
#[must_use]
pub fn level(state: ClockState) -> Level {
    match state {
        ClockState::Overdue { .. } | ClockState::MetLate { .. } => Level::Over,
        ClockState::Running { days_left } if days_left <= i64::from(NEAR_DAYS) => Level::Near,
        ClockState::Running { .. } | ClockState::Met | ClockState::Lapsed { .. } => Level::Calm,
    }
}
