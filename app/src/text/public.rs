//! The petitioners' pages. Read aloud they must sound like a good clerk speaking to an old person.

mod beside;
pub mod blank;
pub mod filing;
mod met;
pub mod notice;
pub mod publications;
pub mod reception;
pub mod say;

pub use beside::side;

use case_core::matter::{Conclusion, DeliveryMode};
use case_core::public::{Happening, NextAct, Outcome, PublicStatus, Review, Rework, ShownPerformance};
use case_core::time::{Clock, ClockState};
use chrono::NaiveDate;

use super::{clock, command, demand_name, problem, stage};
use crate::format;

/// The product's name.
pub const NAME: &str = "回音";
/// What search engines show below the title.
pub const DESCRIPTION: &str = "凭回执上的查询码，查信访事项办到哪一步、谁在办、最晚哪天。不用注册，不用装软件。";
/// Link for those who use the keyboard or listen.
pub const SKIP: &str = "跳到正文";
/// The switch to large type.
pub const LARGE: &str = "大字";
/// The switch back.
pub const NORMAL: &str = "普通字";
/// Where a page leads back to.
pub const HOME: &str = "回首页";

/// The shell of the workbench, before it runs.
pub mod shell {
    /// While it loads.
    pub const OPENING: &str = "正在打开……";
    /// Without scripts.
    pub const NO_SCRIPT: &str = "这是干部用的工作台，要用较新的浏览器，并允许运行脚本。查办理情况不用，请回首页。";
}

/// 首页.
pub mod landing {
    /// Title of the window.
    pub const TITLE: &str = "首页";
    /// The promise.
    pub const PROMISE: &str = "您反映的事，件件有回音。";
    /// Door of the petitioners.
    pub const LOOK_UP: &str = "查办理情况";
    /// Door of those who have something to say.
    pub const FILE: &str = "反映问题、提意见";
    /// What is behind it.
    pub const FILE_NOTE: &str = "在网上填，不用注册，也可以替家里人填";
    /// Door of those who would rather write.
    pub const PAPER: &str = "打印纸质登记表";
    /// What is behind it.
    pub const PAPER_NOTE: &str = "用笔填好，送来、寄来都行";
    /// What is behind it.
    pub const LOOK_UP_NOTE: &str = "用回执上的查询码查，不用注册";
    /// Door to what is published.
    pub const PUBLISHED: &str = "办理结果公示";
    /// What is behind it.
    pub const PUBLISHED_NOTE: &str = "看看别人反映的事是怎么答复的";
    /// Door of the receptions.
    pub const RECEPTIONS: &str = "领导接访日程";
    /// What is behind it.
    pub const RECEPTIONS_NOTE: &str = "哪天谁在哪里接访，可以预约";
    /// Door of the 说事点.
    pub const POINTS: &str = "村里的说事点";
    /// What is behind it.
    pub const POINTS_NOTE: &str = "离家近，有人听您说";
    /// Door of the officials.
    pub const OFFICIALS: &str = "干部登录";
    /// What is behind it.
    pub const OFFICIALS_NOTE: &str = "走访、办理、审核";
    /// For those without a slip of paper.
    pub const OR_CALL: &str = "不会用手机，或者没有回执，可以打电话问，也可以到窗口问。";
    /// Name of the list of doors.
    pub const DOORS: &str = "您要做什么";
}

/// 核验文书.
pub mod verify {
    /// Heading.
    pub const TITLE: &str = "核验文书";
    /// The question.
    pub const CODE: &str = "核验码";
    /// Where to find it.
    pub const HINT: &str = "在文书末尾，十六位，四位一组。大小写都行。";
    /// The button.
    pub const ASK: &str = "核验";
    /// Not a code.
    pub const UNREADABLE: &str = "核验码是十六位字母和数字，请对着文书再看一遍。";
    /// No such paper.
    pub const UNKNOWN: &str = "没有查到这份文书。请对着文书再看一遍；还是查不到，可能不是我们出的，请打电话问。";
    /// For the title of the window.
    pub const NOT_PROVEN: &str = "没有核验通过";
    /// It is ours and holds.
    pub const HOLDS: &str = "这份文书是真的，现在有效";
    /// It is ours, but a later version holds.
    pub const REPLACED: &str = "这份文书是真的，但已经换了新版";
    /// What is stored is not what was issued.
    pub const SPOILT: &str = "存档的内容和出具时不一致，请打电话问";
    /// 文书种类.
    pub const KIND: &str = "文书";
    /// 文号.
    pub const NUMBER: &str = "文号";
    /// 发文机关.
    pub const ORGAN: &str = "出具单位";
    /// The day.
    pub const DAY: &str = "出具日期";
    /// The version.
    pub const VERSION: &str = "版本";
    /// 信访件编号.
    pub const MATTER: &str = "信访件编号";
    /// The digest.
    pub const DIGEST: &str = "内容校验值";
    /// What to do with it.
    pub const COMPARE: &str = "请和手里的文书对一对：文号、日期、校验值都一样才是同一份。";
    /// Nothing of the content.
    pub const NOTHING_MORE: &str = "这里只核验真假，不显示文书写了什么。";
}

/// 查办理情况: the two questions.
pub mod lookup {
    /// Heading.
    pub const TITLE: &str = "查办理情况";
    /// First question.
    pub const CODE: &str = "查询码";
    /// Where to find it.
    pub const CODE_HINT: &str = "在回执上，12 位数字，四位一组。";
    /// Second question.
    pub const PROOF: &str = "手机号后 4 位，或姓名";
    /// Which.
    pub const PROOF_HINT: &str = "登记时留的。没有留手机号，就填姓名。没有写姓名的，填回执上的四位口令。";
    /// The button.
    pub const GO: &str = "查看";
    /// Summary of the help below the form.
    pub const LOST: &str = "回执丢了，或者查不到？";
    /// The help.
    pub const LOST_HELP: &str = "请本人到信访局窗口补一张回执。补了以后，旧的查询码马上作废。";
    /// What the page does not show.
    pub const PRIVACY: &str = "这里只显示办到哪一步，不显示您的姓名、电话和反映的内容。";
    /// Heading above what is wrong.
    pub const CHECK_AGAIN: &str = "还不能查，请看一看";
    /// No code.
    pub const CODE_EMPTY: &str = "还没有填查询码。";
    /// A slip of the finger.
    pub const CODE_SLIP: &str = "查询码有一位输错了，请对着回执再看一遍。";
    /// No second factor.
    pub const PROOF_EMPTY: &str = "还没有填手机号后 4 位，或姓名。";
    /// Heading of a miss: the same whatever was wrong.
    pub const MISS: &str = "没有查到";
    /// Text of a miss: the same whatever was wrong.
    pub const MISS_WHY: &str = "查询码、手机号后 4 位或姓名，有一样和登记的不一样。请对着回执再试一次。错了几次以后，要等一会儿才能再试，越错等得越久。";

    /// Above the sum, while many guess.
    pub const PUZZLE: &str = "现在有人在乱猜查询码";
    /// What the phone does about it.
    pub const PUZZLE_WHY: &str = "为了护住大家的查询码，您的手机要先算一道题，要几秒钟。您照常填写就行。";
    /// Pressed before it is solved.
    pub const PUZZLE_WAIT: &str = "正在算，请等几秒钟，算好了自己会查。";
    /// Solved.
    pub const PUZZLE_DONE: &str = "算好了，可以查了。";
    /// Without scripts.
    pub const PUZZLE_SLOW: &str = "算不了题的手机也能查，只是填错一次，就要等一小时才能再查。急的话打电话问。";
    /// Heading: the sum was not done.
    pub const GUARDED: &str = "现在有人在乱猜查询码，还没有查";

    /// What to do about it; the phone number follows.
    #[must_use]
    pub fn guarded(at: &str) -> String {
        ["请把下面再填一次，等手机算好题再点“查看”。算不了题的手机，", at, " 以后再试。急的话请打电话 "].concat()
    }

    /// Not twelve digits.
    #[must_use]
    pub fn code_length(digits: usize) -> String {
        match digits {
            0 => "查询码只有数字，一共 12 位。".to_owned(),
            n => ["查询码一共 12 位，您填了 ", &n.to_string(), " 位。"].concat(),
        }
    }
}

/// Pages that are one message.
pub mod message {
    /// 429.
    pub const TOO_MANY: &str = "试的次数太多了";
    /// 404.
    pub const NOT_FOUND: &str = "没有这一页";
    /// What to do.
    pub const NOT_FOUND_DO: &str = "网址可能抄错了。可以从首页进去，或者打电话问。";
    /// 400, 413, 415.
    pub const UNREADABLE: &str = "没有看懂您发来的内容";
    /// What to do.
    pub const UNREADABLE_DO: &str = "请回到查询页，重新填一次。";
    /// 405.
    pub const WRONG_WAY: &str = "这一页不能这样打开";
    /// 403.
    pub const FORBIDDEN: &str = "这一步没有做";
    /// What to do.
    pub const FORBIDDEN_DO: &str = "请从本站的页面上重新操作。";
    /// 5xx.
    pub const OURS: &str = "现在查不了，不是您的问题";
    /// What to do.
    pub const OURS_DO: &str = "请过几分钟再试。急的话请打电话。";
    /// Back to the form.
    pub const TO_LOOKUP: &str = "去查询页";
}

/// Why it was stopped, and when to come back.
#[must_use]
pub fn too_many(retry_after: u32, at: &str) -> String {
    ["为了不让别人乱猜查询码，先停一停。请过", &problem::wait(retry_after), "（", at, " 以后）再试。急的话请打电话。"]
        .concat()
}

/// 明天 5:10.
#[must_use]
pub fn tomorrow(time: &str) -> String {
    ["明天 ", time].concat()
}

/// Headings and fixed words of the answer.
pub mod answer {
    /// Before how the other one stands.
    pub const MERGED: &str = "这件事并到另一件一起办了。";
    /// Heading.
    pub const LIVING: &str = "并到的那一件";
    /// Of somebody else.
    pub const LIVING_OTHERS: &str = "那一件不是用您的姓名和电话登记的，这里只能告诉您办到哪一步、归谁办。要看详细的，请带身份证到信访局，或者打电话问。";
    /// After the number.
    pub const LIVING_OWN: &str =
        "。不用换查询码，凭这个码就能看到那一件办到哪一步；补充材料、说没有解决，都会送到那一件里。";
    /// Before the number.
    pub const LIVING_NUMBER: &str = "编号 ";
    /// 文书 that the petitioner may open.
    pub const DOCUMENTS: &str = "给您的文书";
    /// Title of the window.
    pub const TITLE: &str = "办理情况";
    /// Heading above the phones.
    pub const CALL: &str = "想问清楚，打电话";
    /// The petition office's line.
    pub const OFFICE: &str = "信访局";
    /// Heading of the time-line.
    pub const STEPS: &str = "办到哪一步了";
    /// The present step.
    pub const NOW: &str = "现在";
    /// Heading of the deadlines.
    pub const DEADLINES: &str = "什么时候之前要做什么";
    /// Heading of the promises.
    pub const COMMITMENTS: &str = "答应您的事";
    /// Heading of the written answer.
    pub const OPINION: &str = "处理意见书";
    /// Heading of what can be done.
    pub const ACTS: &str = "您现在可以";
    /// Heading of an imported reply.
    pub const FORMER: &str = "此前系统的答复";
    /// What is not known of it.
    pub const FORMER_WHY: &str = "这件事是从以前的系统转来的。下面是当时的答复，问题有没有解决，这里没有记录。";
    /// The sentence above an imported matter.
    pub const FORMER_SAY: &str = "这件事以前答复过。";
    /// Heading of the notice of a rework.
    pub const REWORK: &str = "处理结果被退回重办，重新办理中";
    /// The same, later.
    pub const REWORKED: &str = "处理结果曾经被退回重办";
    /// Look up another.
    pub const AGAIN: &str = "再查一件";
    /// A word of care at the end.
    pub const CARE: &str = "看完请关掉这一页，查询码不要告诉别人。";
    /// Not overdue promises are named as what they are.
    pub const NO_RECORD: &str = "没有做到的记录";
}

/// 李*，您好: which matter the page is about, without saying more than a slip of paper does.
#[must_use]
pub fn greeting(status: &PublicStatus) -> String {
    [&status.petitioner, "，编号 ", status.number.as_str()].concat()
}

/// A sentence with a day in it, which is not to be broken over two lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Up to the day, or all of it.
    pub before: String,
    /// The day.
    pub day: Option<String>,
    /// Behind the day.
    pub after: String,
}

/// The sentence in large type: where it stands, and by when what comes.
#[must_use]
pub fn say(status: &PublicStatus, today: NaiveDate) -> Sentence {
    if status.former_reply.is_some() {
        return Sentence { before: answer::FORMER_SAY.to_owned(), day: None, after: String::new() };
    }
    let unit = status.unit.as_ref().map(case_core::text::ShortText::as_str);
    let stands = match &status.living {
        // The code opens what was merged; what counts is how the other one goes.
        Some(living) => [answer::MERGED, &stage::to_petitioner(living.stage, unit)].concat(),
        None => stage::to_petitioner(status.stage, unit),
    };
    let Some(next) = &status.next else {
        return Sentence { before: stands, day: None, after: String::new() };
    };
    let deed = clock::to_petitioner(next.kind);
    let (by, after) = match next.state(today) {
        ClockState::Overdue { days } => ("本该 ", [" 前", deed, "，已经超期 ", &days.to_string(), " 天。"].concat()),
        _ => ("最晚 ", [" ", deed, "。"].concat()),
    };
    Sentence { before: [&stands, by].concat(), day: Some(format::day(next.due, today)), after }
}

/// By which rule the day in [`say`] is.
#[must_use]
pub fn why(clock: &Clock) -> String {
    ["这个时间按", clock::source(clock.kind), "。"].concat()
}

/// 5月3日 周六 · 还有 2 天.
#[must_use]
pub fn due(day: NaiveDate, state: ClockState, today: NaiveDate) -> String {
    [&format::day(day, today), " · ", &clock::state(state)].concat()
}

/// What became of a promise.
#[must_use]
pub fn promise(day: NaiveDate, state: ClockState, today: NaiveDate) -> String {
    let words = due(day, state, today);
    match state {
        ClockState::Overdue { .. } => [&words, "，", answer::NO_RECORD].concat(),
        _ => words,
    }
}

/// A step of the time-line.
#[must_use]
pub fn step(what: &Happening, present: bool) -> String {
    match what {
        Happening::Received => "收到您反映的事".to_owned(),
        Happening::Stage(of) if present => now(*of).to_owned(),
        Happening::Stage(of) => stage::petitioner_step(*of).to_owned(),
        Happening::Met { way, reached } => ["干部", &met::met(*way, *reached)].concat(),
        Happening::Told(_) => "办理单位告诉您".to_owned(),
        Happening::AskedAfterwards { way, reached } => met::asked(*way, *reached),
        Happening::FormerReply => answer::FORMER.to_owned(),
    }
}

/// The present step: what is going on.
fn now(of: case_core::matter::Stage) -> &'static str {
    use case_core::matter::Stage;
    match of {
        Stage::Registered => "已登记，正在确定由谁办",
        Stage::AwaitingSignature => "已转出，等单位签收",
        Stage::SignedFor => "单位已签收，等受理",
        Stage::Accepted => "已受理，正在安排人办",
        Stage::Handling => "正在办理",
        Stage::ClosureSubmitted => "结果正在审核",
        Stage::Returned => "退回了，正在重办",
        Stage::Approved => "审核通过，等送达",
        Stage::AwaitingReturnVisit => "已送达，等回访",
        Stage::Closed => "已办结",
        Stage::AwaitingMaterial => "等您补充材料",
        Stage::Objected => "单位说不归他们办，正在核实",
        Stage::Mediating => "正在调解",
        Stage::Reviewing => "上一级机关正在复查",
        Stage::ReviewDecided => "复查有了意见，等送达",
        Stage::Rechecking => "再上一级机关正在复核",
        Stage::RecheckDecided => "复核有了意见，等送达",
        Stage::Reopened => "重新打开，等着安排人办",
        Stage::Settled => "问题已经解决",
        Stage::Archived => "已经存档",
        Stage::NotAccepted => "不予受理",
        Stage::NoLongerAccepted => "不再受理",
        Stage::Directed => "转走法定途径",
        Stage::AnsweredOnSpot => "已当场答复",
        Stage::Filed => "材料已存下",
        Stage::Withdrawn => "您已撤回",
    }
}

/// 5月3日 周六.
#[must_use]
pub fn on_day(day: NaiveDate, today: NaiveDate) -> String {
    format::day(day, today)
}

/// 从 5月3日 起.
#[must_use]
pub fn since(day: NaiveDate, today: NaiveDate) -> String {
    ["从 ", &format::day(day, today), " 起"].concat()
}

/// 最晚 6月12日 周五.
#[must_use]
pub fn at_latest(day: NaiveDate, today: NaiveDate) -> String {
    if day < today {
        ["本该 ", &format::day(day, today), " 前，已超期"].concat()
    } else {
        ["最晚 ", &format::day(day, today)].concat()
    }
}

/// What is known of the reworks.
#[must_use]
pub fn rework(reworks: &[Rework], under_way: bool, today: NaiveDate) -> Option<String> {
    let last = reworks.last()?;
    let on = format::day(last.on, today);
    let times = if reworks.len() > 1 {
        ["一共退回 ", &reworks.len().to_string(), " 次。"].concat()
    } else {
        String::new()
    };
    Some(if under_way {
        ["信访局 ", &on, " 看了处理结果，认为还不行。要求 ", &format::day(last.due, today), " 前重新办好。", &times]
            .concat()
    } else {
        ["信访局 ", &on, " 退回过处理结果，要求重新办。", &times].concat()
    })
}

/// How the written answer came.
#[must_use]
pub fn delivered(outcome: &Outcome, today: NaiveDate) -> String {
    let how = match outcome.mode {
        DeliveryMode::InPerson => "当面交给您",
        DeliveryMode::Post => "寄给您",
        DeliveryMode::Other => command::delivery_mode(DeliveryMode::Other),
    };
    let signed = if outcome.signed { "，有签收" } else { "，没有签收" };
    [&format::day(outcome.delivered_on, today), " ", how, signed, "。"].concat()
}

/// What was decided about a demand (Article 32, in plain words).
#[must_use]
pub fn conclusion(at: usize, conclusion: Conclusion) -> String {
    let words = match conclusion {
        Conclusion::Support => "支持",
        Conclusion::Explain => "事情合理，但法律和政策没有规定，作了解释",
        Conclusion::Decline => "不支持",
    };
    [&demand_name(at), "：", words].concat()
}

/// Whether it was done. "Said" because it is the unit's word.
#[must_use]
pub fn performed(performed: ShownPerformance, today: NaiveDate) -> String {
    match performed {
        ShownPerformance::Done(on) => ["单位说 ", &format::day(on, today), " 已经办到"].concat(),
        ShownPerformance::Promised { by, state } => ["还没有办到，答应的时间：", &due(by, state, today)].concat(),
        ShownPerformance::Nothing => "没有要再办的事".to_owned(),
    }
}

/// The right to a review, open or gone.
#[must_use]
pub fn review(review: &Review, today: NaiveDate) -> String {
    let day = format::day(review.last_day, today);
    match review.state {
        ClockState::Overdue { .. } => ["申请复查的时间已经过了，最后一天是 ", &day, "。"].concat(),
        _ => ["不服这个意见，可以申请复查，最后一天是 ", &day, "。"].concat(),
    }
}

/// What can be done: a short name, and how.
#[must_use]
pub fn act(act: NextAct, unit: Option<&str>, office: &str, today: NaiveDate) -> (String, String) {
    match act {
        NextAct::CallUnit => (["打电话问", unit.unwrap_or("办理单位")].concat(), "问办到哪一步，补充材料".to_owned()),
        NextAct::CallOffice => (["打电话找", office].concat(), "办得慢、态度不好、说法不一样，都可以说".to_owned()),
        NextAct::AnswerReturnVisit => {
            ("等人来回访，有什么说什么".to_owned(), "没有解决就说没有解决，谁也不能因此为难您".to_owned())
        }
        NextAct::SayUnsolved => ("说办结了，但没有解决".to_owned(), "直接送到审核人员那里，一定给您答复".to_owned()),
        NextAct::Rate { last_day, office: rated, unit } => {
            let done = rated.is_some() || unit.flatten().is_some();
            let name = if done { "改评价" } else { "评价办理情况" };
            (name.to_owned(), ["最后一天 ", &format::day(last_day, today), "。不评价不算满意"].concat())
        }
        NextAct::AddMaterial => ("补充材料".to_owned(), "想起什么没说的，随时可以补".to_owned()),
        NextAct::Withdraw => ("撤回这件事".to_owned(), "信访局会和您本人核对".to_owned()),
        NextAct::Complain => ("投诉态度".to_owned(), "谁态度不好，直接告诉审核人员".to_owned()),
        NextAct::AskReview { last_day } => (
            ["申请复查，最后一天 ", &format::day(last_day, today)].concat(),
            "在这里写就行，今天写就算今天申请。不会写，信访局窗口可以帮您".to_owned(),
        ),
        NextAct::AskRecheck { last_day } => (
            ["申请复核，最后一天 ", &format::day(last_day, today)].concat(),
            "在这里写就行，今天写就算今天申请。不会写，信访局窗口可以帮您".to_owned(),
        ),
        NextAct::BringMaterial => {
            ("补上缺的材料".to_owned(), ["在这里写，或者送到", office, "窗口，也可以交给来找您的干部"].concat())
        }
        NextAct::GoThere => ("按上面写的去找".to_owned(), ["路上遇到难处，打电话告诉", office].concat()),
    }
}
