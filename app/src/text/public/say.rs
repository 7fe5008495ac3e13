//! 信访人的话: the pages on which something is said, and what was said.

use case_core::field::Rating;
use case_core::matter::{Rated, ReviewLevel, Says, Unsayable};
use case_core::public::{Asking, PublicVisit, PublicVoice};
use chrono::NaiveDate;

use super::met;
use crate::format;
use crate::text::field;

/// Heading of what was said.
pub const SAID: &str = "您说过的话";
/// Heading of the visits.
pub const VISITS: &str = "干部来过吗";
/// Why it is asked.
pub const VISITS_WHY: &str =
    "下面是干部记下的上门走访、回访。来没来过，您说了算。说“没有来过”会直接报给信访局的审核人员。";
/// Yes.
pub const CAME: &str = "来过";
/// No.
pub const DID_NOT_COME: &str = "没有来过";
/// Beside a voice without an answer.
pub const WAITS: &str = "还没有答复";
/// Before the words of an answer.
pub const ANSWERED: &str = "答复：";
/// Instead of words.
pub const DONE: &str = "已经照您说的去办了";
/// Back to the answer.
pub const BACK: &str = "先不说，回去看办理情况";
/// Optional.
pub const MAY_BE_EMPTY: &str = "可以不写";
/// Nothing chosen.
pub const NOTHING_RATED: &str = "还没有选。对信访局、对办理单位，至少选一个。";
/// No words.
pub const NO_WORDS: &str = "还没有写。请写一两句，让看的人知道是什么事。";
/// Too long.
pub const TOO_LONG: &str = "写得太长了，最多 2000 个字。写不下的可以分两次说，或者送到窗口。";
/// Cannot be read.
pub const STRANGE: &str = "里面有认不出的字符，请删掉再试。";
/// The sentence above the answer page.
pub const HEARD: &str = "您的话收到了";
/// Before the words of the error, in the window's title.
pub const CHECK_AGAIN: &str = "还没有收到，请看一看";
/// Not said before.
pub const CANNOT: &str = "这句话现在不能说";

/// The words of one page.
pub struct Page {
    /// Heading.
    pub title: &'static str,
    /// What becomes of it.
    pub note: &'static str,
    /// Above the field.
    pub label: &'static str,
    /// The button.
    pub send: &'static str,
}

/// The words of the page.
#[must_use]
pub fn page(asking: Asking) -> Page {
    match asking {
        Asking::Visit => Page { title: VISITS, note: VISITS_WHY, label: "", send: CAME },
        Asking::Rate => Page {
            title: "评价办理情况",
            note: "满意不满意，都照实选。不评价不算满意。以后改了主意，到期以前可以再选一次，以最后一次为准。",
            label: "还想说什么",
            send: "交上评价",
        },
        Asking::NotSolved => Page {
            title: "说办结了，但没有解决",
            note: "您的话一字不改，直接送到信访局审核人员那里，和办结材料放在一起看。原来经办的人不能自己答复。",
            label: "哪里没有解决",
            send: "告诉他们没有解决",
        },
        Asking::Material => Page {
            title: "补充材料",
            note: "写的、传上来的都放进这件事的材料里，有人会看。只交照片、文件，不写字也行。",
            label: "要补充什么",
            send: "交上去",
        },
        Asking::Review(ReviewLevel::Review) => Page {
            title: "申请复查",
            note: "今天交，就算今天提出申请。信访局会和您核对，再交给上一级机关。",
            label: "为什么不同意这个答复",
            send: "提出申请",
        },
        Asking::Review(ReviewLevel::Recheck) => Page {
            title: "申请复核",
            note: "今天交，就算今天提出申请。信访局会和您核对，再交给复查机关的上一级机关。",
            label: "为什么不同意复查意见",
            send: "提出申请",
        },
        Asking::Withdraw => Page {
            title: "撤回这件事",
            note: "信访局要先和您本人核对，核对清楚以前照常办理。要是有人逼您撤回，请打电话告诉我们。",
            label: "为什么撤回",
            send: "我要撤回",
        },
        Asking::Complaint => Page {
            title: "投诉态度",
            note: "直接送到信访局审核人员那里，被投诉的人不能自己答复，谁也不能因此为难您。",
            label: "谁、什么时候、怎么对您的",
            send: "交上投诉",
        },
    }
}

/// Above the choice.
#[must_use]
pub fn rated(of: Rated, office: &str, unit: Option<&str>) -> String {
    match of {
        Rated::Office => ["对", office, "的工作"].concat(),
        Rated::Unit => ["对", unit.unwrap_or("办理单位"), "的办理"].concat(),
    }
}

/// The three answers.
#[must_use]
pub fn rating(rating: Rating) -> &'static str {
    field::rating(rating)
}

/// What was said, without its words.
#[must_use]
pub fn said(says: Says) -> &'static str {
    match says {
        Says::VisitConfirmed { .. } => "您说干部来过",
        Says::VisitDenied { .. } => "您说干部没有来过",
        Says::Rating { .. } => "您作了评价",
        Says::NotSolved => "您说没有解决",
        Says::Material => "您补充了材料",
        Says::AskReview { level: ReviewLevel::Review } => "您申请复查",
        Says::AskReview { level: ReviewLevel::Recheck } => "您申请复核",
        Says::Withdraw => "您要撤回",
        Says::Complaint => "您投诉态度",
    }
}

/// A line of what was said: what, and when.
#[must_use]
pub fn voice(voice: &PublicVoice, today: NaiveDate) -> String {
    [&format::day(voice.on, today), " ", said(voice.says)].concat()
}

/// What became of it.
#[must_use]
pub fn answered(voice: &PublicVoice, today: NaiveDate) -> String {
    match &voice.answer {
        None => WAITS.to_owned(),
        Some((on, Some(text))) => [&format::day(*on, today), " ", ANSWERED, text.as_str()].concat(),
        Some((on, None)) => [&format::day(*on, today), " ", DONE].concat(),
    }
}

/// 干部记录：5月3日 上门走访，见到了您.
#[must_use]
pub fn visit(visit: &PublicVisit, today: NaiveDate) -> String {
    let what = if visit.afterwards { met::asked } else { met::met };
    ["干部记录：", &format::day(visit.on, today), " ", &what(visit.way, visit.reached)].concat()
}

/// What the petitioner said to it.
#[must_use]
pub fn confirmed(confirmed: bool) -> &'static str {
    if confirmed { "您说：来过" } else { "您说：没有来过。已经报给审核人员" }
}

/// Thanks, and what comes next.
#[must_use]
pub fn heard(says: Says) -> &'static str {
    match says {
        Says::VisitConfirmed { .. } => "记下了：干部来过。",
        Says::VisitDenied { .. } => "记下了：干部没有来过。已经报给信访局的审核人员，会给您答复。",
        Says::Rating { .. } => "您的评价已经记下，一字不改。",
        Says::NotSolved => "已经送到信访局审核人员那里，会给您答复。答复写在这一页上。",
        Says::Material => "已经放进这件事的材料里，会有人看。",
        Says::AskReview { .. } => "今天的日期已经记下，就算今天申请。信访局会和您联系。",
        Says::Withdraw => "信访局会和您本人核对。核对清楚以前照常办理。",
        Says::Complaint => "已经送到信访局审核人员那里，会给您答复。答复写在这一页上。",
    }
}

/// Why it cannot be said, and what to do.
#[must_use]
pub fn unsayable(why: Unsayable, phone: &str, today: NaiveDate) -> String {
    let call = |words: &str| [words, "有话要说，请打 ", phone, "。"].concat();
    match why {
        Unsayable::NotNow => call("事情办到了别的一步，这一项现在用不上。"),
        Unsayable::TooLate { last_day } => {
            call(&["最后一天是 ", &format::day(last_day, today), "，已经过了。"].concat())
        }
        Unsayable::Waiting => "这句话您说过了，正等着答复，不用再说一遍。".to_owned(),
        Unsayable::NoSuchVisit => call("没有找到这次走访的记录。"),
        Unsayable::NoWords => NO_WORDS.to_owned(),
        Unsayable::TooMany => call("您说的话已经收到好几条，还没有答复完，先停一停。"),
    }
}
