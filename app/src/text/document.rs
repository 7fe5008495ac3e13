//! Names of documents and of their parts, as screens say them, and the little words around a sheet of
//! paper. What stands on a document itself is worded in `case_core::document::forms`.

use case_core::document::{DocumentKind, Lack, Part, Why};
use case_core::matter::OwedPaper;

/// The bar above a sheet.
pub const BAR: &str = "文书工具";
/// Back to the file.
pub const BACK: &str = "回案卷";
/// Back to the answer.
pub const BACK_TO_ANSWER: &str = "回办理情况";
/// Prints it.
pub const PRINT: &str = "打印";
/// How it prints best.
pub const PRINT_HINT: &str = "打印时选甲四纸、百分之百大小，不要浏览器自带的页眉页脚。";
/// Where a seal goes.
pub const SEAL: &str = "（印章）";
/// Before the plain sentence.
pub const PLAIN: &str = "一句话说明：";
/// Before the remedy.
pub const REMEDY: &str = "有意见怎么办：";
/// The QR code of the verification.
pub const VERIFY_QR: &str = "扫码核验";
/// The QR code that opens the screen for entering a sheet.
pub const ENTRY: &str = "扫码补录";
/// Before the query code.
pub const QUERY_CODE: &str = "查询码：";
/// The code, and what is asked beside it where no name was given: 1234 5678 9012，口令：4821.
#[must_use]
pub fn code_and_word(code: &str, word: &str) -> String {
    [code, "，口令：", word].concat()
}
/// For those who may not hand it out.
pub const CODE_ELSEWHERE: &str = "由登记机构当面交给信访人";

/// 李建国：
#[must_use]
pub fn to(addressee: &str) -> String {
    [addressee, "："].concat()
}

/// A name before room to write.
#[must_use]
pub fn label(label: &str) -> String {
    [label, "："].concat()
}

/// □ 当面
#[must_use]
pub fn tick(option: &str) -> String {
    ["□ ", option].concat()
}

/// 签发人.
#[must_use]
pub fn signed_by(name: &str) -> String {
    ["签发人：", name].concat()
}

/// Where and with what a paper is verified.
#[must_use]
pub fn verify(url: &str, code: &str) -> String {
    ["核验真伪：扫右边的码，或者打开 ", url, " 输入核验码 ", code, "。"].concat()
}

/// 第 2 版.
#[must_use]
pub fn version(version: u16) -> String {
    ["第 ", &version.to_string(), " 版"].concat()
}

/// Version, day and digest.
#[must_use]
pub fn edition(number: u16, day: &str, digest: &str) -> String {
    [&version(number), "，", day, "出具，内容校验值 ", digest, "。"].concat()
}

/// A later version holds.
#[must_use]
pub fn replaced(by: u16) -> String {
    ["这一版已经作废，以第 ", &by.to_string(), " 版为准。"].concat()
}

/// 文书种类.
#[must_use]
pub fn kind(kind: DocumentKind) -> &'static str {
    use DocumentKind as K;
    match kind {
        K::RegistrationForm => "信访登记表",
        K::IntakeReceipt => "收件回执",
        K::TransferNotice => "转送告知书",
        K::TransferLetter => "转送函",
        K::AssignmentNotice => "交办告知书",
        K::AssignmentLetter => "交办函",
        K::ObjectionLetter => "异议函",
        K::ReturnLetter => "退回函",
        K::RefusalNotice => "不予受理告知书",
        K::FinalityNotice => "不再受理告知书",
        K::RouteNotice => "导入法定途径告知书",
        K::ReplyLetter => "答复意见书",
        K::ExtensionNotice => "延期告知书",
        K::ExtensionForm => "延期审批表",
        K::ReviewOpinion => "复查意见书",
        K::RecheckOpinion => "复核意见书",
        K::AcceptanceNotice => "受理告知书",
        K::Opinion => "处理意见书",
        K::DeliveryReceipt => "送达回证",
        K::MediationAgreement => "调解协议书",
        K::SettlementAgreement => "和解协议书",
        K::HearingNotice => "听证通知书",
        K::HearingMinutes => "听证笔录",
        K::HearingOpinion => "听证意见书",
        K::SupervisionNotice => "督办通知书",
        K::ImprovementAdvice => "改进工作建议书",
        K::PolicyAdvice => "完善政策建议书",
        K::AccountabilityAdvice => "追究责任建议书",
        K::ClosureReport => "办结报告",
        K::ReceptionRecord => "接访登记表",
        K::DownVisitPlan => "下访预案",
        K::LeaderContract => "包案责任书",
        K::EscortSheet => "陪访单",
        K::HomeVisitSheet => "登门遍访记录单（空白）",
        K::ReturnVisitSheet => "上门回访记录单（空白）",
        K::FileContents => "卷内目录",
        K::FileCover => "案卷封面",
    }
}

/// A part, as a form names it.
#[must_use]
pub fn part(part: Part) -> &'static str {
    match part {
        Part::Petitioner => "信访人",
        Part::Request => "投诉请求",
        Part::FactsAndReasons => "事实和理由",
        Part::Findings => "查明的情况",
        Part::Conclusions => "每项请求的结论",
        Part::Decision => "处理意见",
        Part::LegalBasis => "法律法规依据",
        Part::ReviewRight => "复查权利告知",
        Part::ReviewOrgan => "复查机关（上一级机关、单位的全称）",
        Part::ReceivedOn => "收到的日期",
        Part::Receiver => "登记人",
        Part::HowToQuery => "怎样查询",
        Part::Unit => "责任单位",
        Part::AcceptedOn => "受理日期",
        Part::Procedure => "处理途径和程序",
        Part::DueDate => "办理期限",
        Part::Contact => "联系方式",
        Part::TransferredOn => "转送日期",
        Part::Limit => "最晚哪天办完",
        Part::ReportDuty => "反馈要求",
        Part::Reason => "理由",
        Part::Article => "依据条款",
        Part::WhereToGo => "发给谁、该由谁办",
        Part::Remedy => "救济途径",
        Part::FinalOpinion => "原复核意见的文号和日期",
        Part::Route => "法定途径",
        Part::RouteOrgan => "办理的机关",
        Part::RouteLimit => "该途径的期限",
        Part::WithinFiveDays => "5 个工作日内提出",
        Part::Materials => "交还哪些材料",
        Part::NewDue => "延长到哪天",
        Part::Approver => "批准人",
        Part::Served => "送达的文书",
        Part::DeliveryMode => "送达方式",
        Part::Deliverer => "送达人",
        Part::DelivererPhone => "送达人电话",
        Part::DeliveredOn => "送达日期",
        Part::Receipt => "签收情况",
        Part::PetitionerOpinion => "信访人意见",
        Part::Parties => "当事人（一人一行）",
        Part::Dispute => "争议事项",
        Part::Responsibility => "各方责任",
        Part::Terms => "协议内容",
        Part::Manner => "怎样履行",
        Part::PerformBy => "最晚哪天做完",
        Part::Mediator => "调解员",
        Part::Signatures => "签名处",
        Part::Privacy => "个人信息告知",
        Part::Time => "时间",
        Part::Place => "地点",
        Part::Chair => "主持人",
        Part::Members => "听证员（一人一行）",
        Part::Participants => "参加人、陪同人",
        Part::Rights => "权利告知",
        Part::Minutes => "记录",
        Part::HearingOpinion => "听证意见",
        Part::OriginalOpinion => "原处理意见",
        Part::ReviewFindings => "复查查明的情况",
        Part::ReviewConclusion => "复查结论",
        Part::Breach => "存在的问题",
        Part::Requirement => "要求、建议",
        Part::AdoptionFeedback => "最晚哪天书面反馈",
        Part::Summary => "基本情况",
        Part::Process => "办理经过",
        Part::Result => "办理结果",
        Part::ClosedOn => "办结日期",
        Part::Leader => "领导姓名、职务",
        Part::Visitor => "来访人、人数、联系方式",
        Part::Subject => "反映事项",
        Part::LeaderOpinion => "领导处理意见",
        Part::Plan => "预案",
        Part::Solution => "化解方案",
        Part::Escorts => "陪访人员",
        Part::Representatives => "来访代表（不超过 5 人）",
        Part::Way => "从哪里到哪里",
        Part::Questions => "要问的内容",
        Part::Contents => "卷内文书",
    }
}

/// What is wrong with a part, and what to do.
#[must_use]
pub fn lack(lack: Lack) -> String {
    let name = part(lack.part);
    match (lack.part, lack.why) {
        (Part::Decision, Why::NotYet) => "处理意见还没有审核同意并签发，签发以后才能出。".to_owned(),
        (Part::ReviewRight, Why::NotOffered) => {
            "这是建议意见，按《信访工作条例》第二十九条答复，不出处理意见书。".to_owned()
        }
        (Part::WithinFiveDays, Why::TooLate) => {
            "自收到之日起 5 个工作日已过，不能再提异议（《信访工作条例》第二十三条）。".to_owned()
        }
        (Part::Representatives, Why::TooMany) => {
            "来访代表超过 5 人。《信访工作条例》第二十条：代表人数不得超过 5 人。".to_owned()
        }
        (Part::Served, Why::Missing) => "还没有出处理意见书，先出意见书再填送达回证。".to_owned(),
        (Part::Unit | Part::TransferredOn, Why::Missing) => "还没有转送责任单位，转送后才能出。".to_owned(),
        (Part::AcceptedOn, Why::Missing) => "责任单位还没有签收，签收后才能出。".to_owned(),
        (Part::Contents, Why::Missing) => "卷里还没有文书，先出文书再编目录。".to_owned(),
        (Part::Reason, Why::NotYet) => "还没有作出这样的决定，决定后才能出。".to_owned(),
        (_, Why::Missing) => ["缺“", name, "”，请补上。写“无”、“略”不算。"].concat(),
        (_, Why::NotADay) => ["“", name, "”不是日期，请重新选。"].concat(),
        (_, Why::Passed) => ["“", name, "”已经过去，请选今天或者以后的日子。"].concat(),
        (_, Why::NotYet) => ["还没有“", name, "”，办到那一步才能出。"].concat(),
        (_, Why::TooMany) => ["“", name, "”太多，请减少。"].concat(),
        (_, Why::TooLate) => ["“", name, "”的期限已过。"].concat(),
        (_, Why::NotOffered) => ["“", name, "”请从给出的里面选。"].concat(),
        (_, Why::TooLong) => ["“", name, "”太长，请删短一些。"].concat(),
    }
}

/// All of it, in one message.
#[must_use]
pub fn lacks(lacks: &[Lack]) -> String {
    let words: Vec<String> = lacks.iter().map(|one| lack(*one)).collect();
    ["文书没有出：", &words.join("")].concat()
}

/// There is one already.
pub const THERE_IS_ONE: &str = "这种文书已经出过一份。要改，请在那一份上点“出新版”，并写明理由。";
/// It was replaced meanwhile.
pub const NOT_THE_LAST: &str = "要替换的那一版已经被别人替换，请刷新后在最新的一版上改。";
/// A new version needs a reason.
pub const NO_REASON: &str = "出新版要写明理由。";
/// Before a step that hangs on a paper.
#[must_use]
pub fn owed(owed: OwedPaper) -> String {
    let name = kind(owed.kind);
    if owed.outdated {
        return ["上次出", name, "以后又出了别的文书，目录不全。请先给", name, "出新版，再办这一步。"].concat();
    }
    ["还没有", name, "。请先在案卷的“文书”里出具；在系统外做的，写上它的文号和日期。"].concat()
}

/// It shows particulars, and nobody has said what for.
pub const SAY_WHY: &str = "这上面有信访人的姓名、电话或者住址。请先回到案卷点“查看完整信息”，写明用途，再来打开。";
