//! Words of the field forms: labels, hints, and what is wrong with a field.

use case_core::field::VisitResult;

use crate::forms::{Name, Received, Said, Why, Wrong};
use crate::text::{demand_name, field, text_error};

/// Title of the visit.
pub const VISIT: &str = "登门遍访";
/// Title of the return visit.
pub const RETURN: &str = "上门回访";
/// Saves.
pub const SAVE: &str = "保存";
/// While it is being written to the phone.
pub const SAVING: &str = "正在存";
/// Leaves it as a draft.
pub const LEAVE: &str = "先放着";
/// After saving: never more than is true.
pub const SAVED: &str = "已保存在这台手机，等待发送";
/// It could not be saved.
pub const NOT_SAVED: &str = "没有存上。写的都还在，请再点一次保存。";
/// Below the form.
pub const KEPT: &str = "写一个字存一个字，走开再回来都在。";
/// A draft is continued.
#[must_use]
pub fn continued(when: &str) -> String {
    ["接着", when, "的草稿。"].concat()
}
/// The draft is old.
#[must_use]
pub fn old_draft(days: i64) -> String {
    ["这份草稿放了 ", &days.to_string(), " 天，还接着写吗？"].concat()
}
/// Throws it away.
pub const BEGIN_ANEW: &str = "重新写一份";
/// Goes on with it.
pub const GO_ON: &str = "接着写";
/// Some fields are wrong.
#[must_use]
pub fn wrongs(n: usize) -> String {
    ["还有 ", &n.to_string(), " 处要改。写的都还在。"].concat()
}
/// It is about a matter.
#[must_use]
pub fn about(title: &str) -> String {
    ["为这件事：", title].concat()
}

/// Heading above what may stay empty.
pub const MORE: &str = "想多记一点";
/// Below it.
pub const MORE_NOTE: &str = "都可以不填。";
/// Items.
pub const ITEMS: &str = "反映事项";
/// New problems at a return visit.
pub const NEW_PROBLEMS: &str = "七、还有别的新问题吗";
/// None.
pub const NO_ITEMS: &str = "没有反映，就不用管这里。";
/// Adds one.
pub const ADD_ITEM: &str = "记一件反映的事";
/// Adds another.
pub const ADD_ANOTHER: &str = "再记一件";
/// 第一件.
#[must_use]
pub fn item(at: usize) -> String {
    ["第", &crate::text::chinese_number(at + 1), "件"].concat()
}
/// Takes one away.
pub const REMOVE: &str = "删掉这件";
/// Asked before.
pub const REMOVE_SURE: &str = "再点一次就删掉";
/// Hint of the summary.
pub const SUMMARY_HINT: &str = "用他自己的话写，可以按键盘上的话筒说。";
/// 紧急度.
pub const URGENCY: &str = "急不急";
/// 当场解决.
pub const SOLVED: &str = "当场解决了";
/// Hint of the promised day.
pub const PROMISED_HINT: &str = "答应了才填。他用查询码能看到这一天。";
/// → matter.
pub const RAISE: &str = "转为信访事项";
/// What it means.
pub const RAISE_NOTE: &str = "县信访局收到后分派。保存时给他一个查询码。";
/// Hint of a title that may be left out.
pub const TITLE_HINT: &str = "不写就用内容的第一句。";
/// Hint of the demands.
pub const DEMANDS_HINT: &str = "一行写一项，办结时逐项答复。";
/// Hint of the phone.
pub const PHONE_HINT: &str = "查进度要用后四位。";
/// 五必问.
pub const INTERVIEW: &str = "问五个问题";
/// What it means.
pub const INTERVIEW_NOTE: &str = "一件一件问。问不到就写为什么。";
/// Before the questions.
pub const SHOW_CARD: &str = "先亮身份，再问";
/// A block is done.
pub const FILLED: &str = "已填";
/// How a question was met.
#[must_use]
pub fn said(said: Said) -> &'static str {
    match said {
        Said::Given => "回答了",
        Said::NotAsked => "未问",
        Said::Declined => "不愿说",
    }
}
/// The legend above those.
pub const HOW_ANSWERED: &str = "他怎么答的";
/// The text of an answer.
pub const ANSWER: &str = "怎么说的";
/// The reason why there is none.
pub const ANSWER_REASON: &str = "为什么没有回答";
/// The read-back.
pub const READ_BACK: &str = "念给他听，念完请他确认";

/// What a result still asks for, besides the note.
#[must_use]
pub fn note_hint(result: Option<VisitResult>) -> &'static str {
    match result {
        Some(VisitResult::Refused) => "他为什么不愿意谈，知道的话写一句。",
        Some(VisitResult::Moved) => "搬到哪里去了，知道的话写一句。",
        Some(VisitResult::Empty) => "空了多久、谁在照看，知道的话写一句。",
        Some(VisitResult::NotAtHome) => "什么时候在家、怎么联系，问到的话写一句。",
        _ => "",
    }
}
/// 四下.
pub const PURPOSES: &str = "这趟还做了什么";
/// 方式.
pub const MODE: &str = "怎么谈的";
/// Hint of the companions.
pub const COMPANIONS_HINT: &str = "几个人用顿号隔开。最好两个人去，一个人也行。";
/// 告知与同意.
pub const NOTICE_GIVEN: &str = "已说明来意，他同意谈";
/// What it means.
pub const NOTICE_NOTE: &str = "进门先说清为什么来、记什么、给谁看。";
/// Hint of the place.
pub const PLACE_HINT: &str = "不在他家里谈的才填。";
/// 定位.
pub const POINT: &str = "记下现在的位置";
/// What it means.
pub const POINT_NOTE: &str = "只记这一个点，不跟踪。可以不记。";
/// While it is being found.
pub const POINT_FINDING: &str = "正在定位";
/// It was found.
pub const POINT_KEPT: &str = "位置已记下";
/// Takes it away.
pub const POINT_DROP: &str = "去掉位置";
/// It was not found.
pub const POINT_FAILED: &str = "没有定到位，不影响保存。";

/// Q1 意见书收到了吗.
#[must_use]
pub fn received(received: Received) -> &'static str {
    match received {
        Received::Yes => "收到了",
        Received::No => "没收到",
        Received::Unsure => "记不清",
    }
}
/// Whether somebody was reached.
pub const REACHED: [&str; 2] = ["问到了", "没问到"];
/// Hint of the reason.
pub const REASON_HINT: &str = "去了哪里、等了多久、打没打电话。记满三次才能不经回访办结。";
/// Explains the refusal.
pub const REFUSED_NOTE: &str = "他不愿回答，就不逐项问了，记作拒绝接受回访，不算满意。";
/// Hint of what may be added to a refusal.
pub const REFUSED_HINT: &str = "他怎么说就怎么记；没说可以不填。";
/// A demand of the second question.
#[must_use]
pub fn fulfilled(at: usize, demand: &str) -> String {
    [if at == 0 { "二、" } else { "" }, &demand_name(at), "“", demand, "”落实了吗"].concat()
}
/// Q6, with the name of the unit.
#[must_use]
pub fn unit_rating(unit: Option<&str>) -> String {
    ["六、对", unit.unwrap_or("责任单位"), "满意吗"].concat()
}
/// Q8 知道可在30日内申请复查吗.
pub const TOLD: &str = "八、已告诉他：不服可在三十日内申请复查";
/// Hint of the own words.
pub const OWN_WORDS_HINT: &str = "一字不改地写，他怎么说就怎么记。";
/// Above the visitor's judgement.
pub const JUDGEMENT: &str = "回访人的看法";
/// What it means.
pub const JUDGEMENT_NOTE: &str = "这是您的看法，和他的回答分开存。";
/// What was promised, to be asked about.
pub const PROMISED_BEFORE: &str = "答应过他：";

/// The label of a field.
#[must_use]
pub fn label(name: Name) -> &'static str {
    match name {
        Name::Result => "见到谁了",
        Name::Started => "入户时间",
        Name::Ended => "离开时间",
        Name::Companions => "同去的人",
        Name::Hardship => "困难和想要的帮扶",
        Name::PolicyTopics => "讲了哪些政策",
        Name::Hazards => "看到的隐患",
        Name::Note => "备注",
        Name::PlaceText => "在哪里谈的",
        Name::NextVisit => "约好再来的日子",
        Name::Items => "反映事项",
        Name::ItemKind => "是哪一类",
        Name::Summary => "反映什么事",
        Name::Promised => "答应他哪天办好",
        Name::Title => "标题",
        Name::Demands => "要求解决什么",
        Name::Category => "内容分类",
        Name::Petitioner => "信访人姓名",
        Name::Phone => "信访人电话",
        Name::Answer(question) => field::question(question),
        Name::ReadBack => "他确认了吗",
        Name::At => "回访时间",
        Name::Reached => "问到人了吗",
        Name::Reason => "没问到的原因",
        Name::Respondent => "谁回答的",
        Name::Received => "一、意见书收到了吗",
        Name::ReceivedOn => "哪天收到的",
        Name::Fulfilment(_) => "二、诉求落实了吗",
        Name::HandlerMet => "三、承办人来见过您吗",
        Name::PromiseKept => "四、答应的日子做到了吗",
        Name::OfficeRating => "五、对信访部门满意吗",
        Name::OfficeReason | Name::UnitReason => "原因",
        Name::UnitRating => "六、对责任单位满意吗",
        Name::OwnWords => "他的原话",
        Name::Signature => "签字",
        Name::Judgement => "建议怎么办",
        Name::When => "什么时候",
        Name::Visitor => "来的人",
        Name::People => "来了几个人",
        Name::ContactPhone => "联系电话",
        Name::Subject => "说了什么事",
        Name::Opinion => "处理意见",
        Name::Unit => "交给哪个部门办",
        Name::Due => "最晚哪天办好",
        Name::Content => "反映的内容",
        Name::Address => "住址",
        Name::Text => "记什么",
        Name::FileTitle => "是什么材料",
        Name::Files => "照片和录音",
        Name::Right => "正确的是",
        Name::Head => "户主姓名",
        Name::Remark => "户册备注",
        Name::MemberName => "姓名",
        Name::Relation => "和户主的关系",
        Name::BirthYear => "哪年出生",
    }
}

/// Who was spoken to: asked when it was somebody of the family.
pub const SPOKE_WITH: &str = "跟谁谈的";
/// Q9 at the return visit.
pub const HARDSHIP_ASKED: &str = "九、家里还有什么难处";

/// What is wrong with a field, naming it.
#[must_use]
pub fn wrong(wrong: &Wrong) -> String {
    let name = wrong.spot.name;
    let named = match name {
        Name::Fulfilment(at) => demand_name(usize::from(at)),
        // The number of the question is no part of its name.
        _ => label(name).split_once('、').map_or(label(name), |(_, rest)| rest).to_owned(),
    };
    match wrong.why {
        Why::Text(error) => match name {
            Name::Answer(_) => ["“", &named, "”", &text_error("", error)].concat(),
            _ => text_error(&named, error),
        },
        Why::NotChosen => match name {
            Name::Fulfilment(_) => [&named, "还没有选，不知道就选“不清楚”。"].concat(),
            _ => ["“", &named, "”还没有选。"].concat(),
        },
        Why::NotADay => [&named, "没有填对，请重新选日子。"].concat(),
        Why::InPast => [&named, "已经过了，请填今天或以后。"].concat(),
        Why::InFuture => [&named, "还没有到，请改一下。"].concat(),
        Why::EndsBeforeStart => "离开时间早于入户时间，请改一下。".to_owned(),
        Why::TooMany { max } => ["一次最多记 ", &max.to_string(), " 件事，请分开记。"].concat(),
        Why::TooShort { least } => [&named, "至少写 ", &least.to_string(), " 个字，再写清楚一点。"].concat(),
        Why::NotANumber => ["“", &named, "”没有填对，请只填数字。"].concat(),
        Why::NoFile => "还没有加照片或录音，加一个再保存。".to_owned(),
        Why::NothingChanged => "和户册上的一样，还没有改什么。".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use case_core::text::TextError;

    use super::*;
    use crate::forms::Spot;

    #[test]
    fn what_is_wrong_names_its_field() {
        let says = |name, why| wrong(&Wrong { spot: Spot::of(name), why });
        assert_eq!(says(Name::Summary, Why::Text(TextError::Empty)), "还没有写反映什么事。");
        assert_eq!(says(Name::Received, Why::NotChosen), "“意见书收到了吗”还没有选。");
        assert_eq!(says(Name::Fulfilment(1), Why::NotChosen), "诉求二还没有选，不知道就选“不清楚”。");
        assert_eq!(says(Name::Content, Why::TooShort { least: 15 }), "反映的内容至少写 15 个字，再写清楚一点。");
        assert_eq!(says(Name::People, Why::NotANumber), "“来了几个人”没有填对，请只填数字。");
        assert_eq!(says(Name::NextVisit, Why::InPast), "约好再来的日子已经过了，请填今天或以后。");
        assert_eq!(
            says(Name::Note, Why::Text(TextError::TooLong { max: 2000 })),
            "备注太长，最多 2000 个字，请删短一些。"
        );
    }
}
