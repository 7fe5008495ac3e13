//! What stands in a matter: kinds, categories, answers, reasons, gaps.

use case_core::alike::Likeness;
use case_core::id::RecordId;
use case_core::matter::{
    Category, Channel, Conclusion, Gap, Intake, Measure, Meeting, Performance, PurposeOfPetition, Rated, Reached,
    ReturnReason, Says, Way,
};
use chrono::NaiveDate;

use super::{clock, demand_name, field, paths};
use crate::format;

/// 信访形式.
#[must_use]
pub fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Letter => "来信",
        Channel::Visit => "来访",
        Channel::Online => "网上",
        Channel::Phone => "来电",
        Channel::HomeVisit => "登门遍访时反映",
    }
}

/// 信访目的.
#[must_use]
pub fn purpose(purpose: PurposeOfPetition) -> &'static str {
    match purpose {
        PurposeOfPetition::Appeal => "申诉求决",
        PurposeOfPetition::Suggestion => "建议意见",
    }
}

/// 内容分类.
#[must_use]
pub fn category(category: Category) -> &'static str {
    match category {
        Category::Agriculture => "农村农业",
        Category::Land => "国土资源",
        Category::Construction => "城乡建设",
        Category::Labour => "劳动和社会保障",
        Category::Health => "卫生计生",
        Category::Education => "教育文体",
        Category::CivilAffairs => "民政",
        Category::Justice => "政法",
        Category::Economy => "经济管理",
        Category::Transport => "交通运输",
        Category::Trade => "商贸旅游",
        Category::Technology => "科技与信息产业",
        Category::Environment => "环境保护",
        Category::Government => "党务政务",
        Category::Personnel => "组织人事",
        Category::Discipline => "纪检监察",
        Category::Other => "其他",
    }
}

/// The category of that name, or of a name that holds it (城乡建设, 交通运输(含公路)); for imports.
#[must_use]
pub fn category_named(name: &str) -> Option<Category> {
    Category::ALL.into_iter().find(|known| name.contains(category(*known)))
}

/// 初件 or 重件.
#[must_use]
pub fn intake(intake: Intake) -> &'static str {
    match intake {
        Intake::First => "初件",
        Intake::Repeat => "重件",
    }
}

/// Why two look alike.
#[must_use]
pub fn likeness(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::SamePhone => "电话相同",
        Likeness::SameHousehold => "同一户",
        Likeness::SameName => "姓名相同",
        Likeness::SimilarText => "内容相近",
    }
}

/// 支持、解释、不支持.
#[must_use]
pub fn conclusion(conclusion: Conclusion) -> &'static str {
    match conclusion {
        Conclusion::Support => "支持",
        Conclusion::Explain => "解释",
        Conclusion::Decline => "不支持",
    }
}

/// 落实情况, with its day and evidence.
#[must_use]
pub fn performance(performance: &Performance, today: NaiveDate) -> String {
    match performance {
        Performance::Done { on, evidence } => {
            ["已落实，", &format::day(*on, today), "。凭据：", evidence.as_str()].concat()
        }
        Performance::Promised { by } => ["还没有落实，答应 ", &format::day(*by, today), " 前做到"].concat(),
        Performance::Nothing => "不需要落实".to_owned(),
    }
}

/// 化解手段.
#[must_use]
pub fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Law => "法律",
        Measure::Policy => "政策",
        Measure::Economic => "经济",
        Measure::Administrative => "行政",
        Measure::Education => "教育",
        Measure::Mediation => "调解",
        Measure::Counselling => "疏导",
    }
}

/// 退回理由.
#[must_use]
pub fn return_reason(reason: ReturnReason) -> &'static str {
    match reason {
        ReturnReason::DemandsNotAnswered => "诉求未逐项回应",
        ReturnReason::FactsUnclear => "事实不清",
        ReturnReason::BasisMissing => "依据缺失或错误",
        ReturnReason::NotMet => "未见面",
        ReturnReason::DocumentErrors => "文书错漏",
        ReturnReason::CoHandlerSilent => "协办未反馈",
        ReturnReason::NotPerformed => "未落实却报办结",
        ReturnReason::SatisfactionDoubtful => "满意度存疑",
        ReturnReason::MaterialIncomplete => "材料不全",
        ReturnReason::LateUnexplained => "超期未说明",
    }
}

/// What is missing in a closure.
#[must_use]
pub fn gap(gap: &Gap) -> String {
    match gap {
        Gap::NotMet => "没有和信访人见面的记录".to_owned(),
        Gap::NoFeedback => "办理中没有向信访人反馈过".to_owned(),
        Gap::Late { clock } => ["超期：", clock::kind(*clock)].concat(),
        Gap::SaysNotSolved => "信访人说：没有解决".to_owned(),
        Gap::VisitDenied => "记录里有走访，信访人说没有来过".to_owned(),
        Gap::VoiceUnanswered => "信访人说的话还没有答复".to_owned(),
        Gap::NotPerformed { demand } => [&demand_name(usize::from(*demand)), "：支持了，还没有落实"].concat(),
    }
}

/// 上门走访，见到本人: for officials.
#[must_use]
pub fn meeting(meeting: Meeting) -> String {
    let Meeting { way, reached, afterwards, .. } = meeting;
    let (visit, asking) = match way {
        Way::AtHome | Way::Unsaid => ("上门走访", "上门回访"),
        Way::Received => ("接待来访", "当面回访"),
        Way::BroughtForward => ("当面登记", "当面回访"),
        Way::Phone => ("电话联系", "电话回访"),
        Way::Chat => ("微信联系", "微信回访"),
        Way::Video => ("视频联系", "视频回访"),
        Way::Other => ("其他方式联系", "其他方式回访"),
    };
    let whom = match (afterwards, way.in_person(), reached) {
        (true, _, Reached::Petitioner | Reached::Family | Reached::Unclear) => "，问到了意见",
        (true, _, Reached::Other) => "，问到了代理人的意见",
        (true, _, Reached::Refused) => "，信访人拒绝接受回访",
        (false, _, Reached::Refused) => "，对方不愿谈",
        (false, _, Reached::Other) => "，来的不是本人",
        (false, true, Reached::Petitioner) => "，见到本人",
        (false, true, Reached::Family) => "，见到家人，没有见到本人",
        (false, true, Reached::Unclear) => "，见到本人或者家人",
        (false, false, Reached::Petitioner) => "，联系上本人",
        (false, false, Reached::Family | Reached::Unclear) => "，联系上家人",
        (_, true, Reached::Nobody) => "，没有见到本人",
        (_, false, Reached::Nobody) => "，没有联系上本人",
    };
    [if afterwards { asking } else { visit }, whom].concat()
}

/// 信访人的话, without its words.
#[must_use]
pub fn says(says: Says, today: NaiveDate, visits: impl Iterator<Item = Meeting>) -> String {
    let mut visits = visits;
    let mut visit = |record: RecordId| {
        let at = visits.find(|known| known.record == record).map(|known| known.at);
        at.map_or_else(String::new, |at| format::day(at.date(), today))
    };
    match says {
        Says::VisitConfirmed { visit: record } => ["确认干部来过：", &visit(record)].concat(),
        Says::VisitDenied { visit: record } => ["说干部没有来过：", &visit(record)].concat(),
        Says::Rating { of: Rated::Office, rating } => ["评价信访部门：", field::rating(rating)].concat(),
        Says::Rating { of: Rated::Unit, rating } => ["评价责任单位：", field::rating(rating)].concat(),
        Says::NotSolved => "说办结了，但没有解决".to_owned(),
        Says::Material => "补充材料".to_owned(),
        Says::AskReview { level } => ["申请", paths::review_level(level)].concat(),
        Says::Withdraw => "要撤回".to_owned(),
        Says::Complaint => "投诉态度".to_owned(),
    }
}
