//! Words of the field forms: visits, interviews, return visits.

use case_core::field::{
    Answer, Fulfilment, HandlerMet, ItemKind, Judgement, OpinionReceived, PromiseKept, Purpose, Question, Rating,
    ReadBack, ReceptionKind, Respondent, Signature, SpokeWith, Urgency, VisitMode, VisitResult,
};

/// 方式.
#[must_use]
pub fn visit_mode(mode: VisitMode) -> &'static str {
    match mode {
        VisitMode::AtHome => "走访",
        VisitMode::Reception => "接待",
        VisitMode::Phone => "电话",
        VisitMode::Chat => "微信",
        VisitMode::Video => "视频",
        VisitMode::Other => "其他",
    }
}

/// 接访类型.
#[must_use]
pub fn reception_kind(kind: ReceptionKind) -> &'static str {
    match kind {
        ReceptionKind::OpenDoor => "开门接访",
        ReceptionKind::Appointment => "专门约访",
        ReceptionKind::GoingDown => "下访",
    }
}

/// 结果.
#[must_use]
pub fn visit_result(result: VisitResult) -> &'static str {
    match result {
        VisitResult::MetPerson => "见到本人",
        VisitResult::MetFamily => "见到家人",
        VisitResult::NotAtHome => "不在家",
        VisitResult::Refused => "拒访",
        VisitResult::Empty => "空户",
        VisitResult::Moved => "已迁",
    }
}

/// 四下.
#[must_use]
pub fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Reception => "信访接待",
        Purpose::OnSiteWork => "现场办公",
        Purpose::Research => "调查研究",
        Purpose::Policy => "宣传政策",
    }
}

/// Who was spoken to.
#[must_use]
pub fn spoke_with(who: SpokeWith) -> &'static str {
    match who {
        SpokeWith::Head => "户主",
        SpokeWith::Spouse => "配偶",
        SpokeWith::Child => "子女",
        SpokeWith::Parent => "父母",
        SpokeWith::OtherFamily => "其他家人",
        SpokeWith::Neighbour => "邻居",
    }
}

/// 反映事项 by kind.
#[must_use]
pub fn item_kind(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Dispute => "矛盾纠纷",
        ItemKind::Demand => "群众诉求",
        ItemKind::Suggestion => "意见建议",
        ItemKind::Other => "其他",
    }
}

/// 紧急度.
#[must_use]
pub fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Normal => "一般",
        Urgency::Urgent => "紧急",
    }
}

/// The title of one of the five questions.
#[must_use]
pub fn question(question: Question) -> &'static str {
    match question {
        Question::Facts => "事实真相",
        Question::Demands => "诉求与理由",
        Question::Hardship => "实际困难",
        Question::History => "信访经历",
        Question::EarlierHandling => "此前办理情况",
    }
}

/// The question as it is put to the petitioner.
#[must_use]
pub fn question_asked(question: Question) -> &'static str {
    match question {
        Question::Facts => "事情是怎么回事？什么时候、在哪里、跟谁有关？",
        Question::Demands => "您想解决什么？为什么这样要求？",
        Question::Hardship => "家里现在有什么难处？",
        Question::History => "以前到哪里反映过？什么时候？",
        Question::EarlierHandling => "以前是哪个单位办的？怎么答复您的？",
    }
}

/// What stands in a block, read back.
#[must_use]
pub fn answer(answer: &Answer) -> String {
    match answer {
        Answer::Given { text } => text.as_str().to_owned(),
        Answer::NotAsked { reason } => ["没有问。原因：", reason.as_str()].concat(),
        Answer::Declined { reason } => ["对方不愿说。原因：", reason.as_str()].concat(),
    }
}

/// 复述确认.
#[must_use]
pub fn read_back(how: ReadBack) -> &'static str {
    match how {
        ReadBack::Signed => "签字确认",
        ReadBack::Thumbprint => "按印确认",
        ReadBack::OralWithWitness => "口头确认，有见证人",
        ReadBack::NotConfirmed => "没有确认",
    }
}

/// 答复人.
#[must_use]
pub fn respondent(who: Respondent) -> &'static str {
    match who {
        Respondent::Petitioner => "本人",
        Respondent::Proxy => "代理人",
        Respondent::Refused => "拒绝回答",
    }
}

/// Q1 意见书收到了吗.
#[must_use]
pub fn opinion_received(received: &OpinionReceived) -> &'static str {
    match received {
        OpinionReceived::Yes { .. } => "收到了",
        OpinionReceived::No => "没收到",
        OpinionReceived::Unsure => "记不清",
    }
}

/// Q2 诉求落实了吗.
#[must_use]
pub fn fulfilment(fulfilment: Fulfilment) -> &'static str {
    match fulfilment {
        Fulfilment::Done => "已落实",
        Fulfilment::Partly => "部分落实",
        Fulfilment::NotDone => "没落实",
        Fulfilment::Unclear => "不清楚",
    }
}

/// Q3 承办人见过您吗.
#[must_use]
pub fn handler_met(met: HandlerMet) -> &'static str {
    match met {
        HandlerMet::Yes => "见过",
        HandlerMet::No => "没见过",
        HandlerMet::Unsure => "记不清",
    }
}

/// Q4 承诺的时间兑现了吗.
#[must_use]
pub fn promise_kept(kept: PromiseKept) -> &'static str {
    match kept {
        PromiseKept::Yes => "兑现了",
        PromiseKept::No => "没兑现",
        PromiseKept::NonePromised => "没有承诺",
    }
}

/// 满意度.
#[must_use]
pub fn rating(rating: Rating) -> &'static str {
    match rating {
        Rating::Satisfied => "满意",
        Rating::MostlySatisfied => "基本满意",
        Rating::Dissatisfied => "不满意",
        Rating::NotRated => "不评价",
    }
}

/// How the petitioner signed.
#[must_use]
pub fn signature(signature: Signature) -> &'static str {
    match signature {
        Signature::Signed => "签字",
        Signature::Thumbprint => "按印",
        Signature::Declined => "不愿签",
    }
}

/// 回访人建议.
#[must_use]
pub fn judgement(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Close => "建议办结",
        Judgement::Reopen => "建议重开",
        Judgement::Supervise => "建议督办",
    }
}
