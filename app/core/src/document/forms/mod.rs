//! The prose of documents (文书的话): how each is worded and made up, and the parts that it must have.
//! Officials' screens have their own texts in the app; this is the only place for what stands on paper.

mod agreements;
mod answers;
mod archive;
mod field;
mod hearing;
mod intake;
mod sides;
mod supervision;
mod transfer;

use chrono::{Datelike as _, NaiveDate};

use super::compose::{Composer, Tail, paragraphs};
use super::content::Block;
use super::part::Part;
use super::table::DocumentKind as K;
use crate::matter::{ReviewLevel, Stage};
use crate::text::chinese_number;
use crate::time::Moment;

/// What people write where they have nothing to write: as a legal part it counts as nothing.
pub const WORDS_FOR_NOTHING: [&str; 16] = [
    "无",
    "没有",
    "暂无",
    "略",
    "同上",
    "待定",
    "待补",
    "待补充",
    "待填",
    "不详",
    "空",
    "无内容",
    "见附件",
    "NA",
    "na",
    "x",
];

/// The parts without which a kind is none (spec 6; the law where it names them).
#[must_use]
pub fn required(kind: K) -> &'static [Part] {
    use Part as P;
    match kind {
        K::RegistrationForm => &[P::Petitioner, P::Request, P::FactsAndReasons, P::ReceivedOn, P::Receiver, P::Privacy],
        K::IntakeReceipt => &[P::Petitioner, P::Request, P::ReceivedOn, P::Receiver, P::HowToQuery, P::Privacy],
        K::TransferNotice => &[P::Subject, P::WhereToGo, P::TransferredOn],
        K::TransferLetter => &[P::Subject, P::Request, P::TransferredOn, P::Procedure],
        K::AssignmentNotice => &[P::Subject, P::WhereToGo, P::TransferredOn, P::Limit],
        K::AssignmentLetter => &[P::Subject, P::Request, P::TransferredOn, P::Reason, P::Limit, P::ReportDuty],
        K::ObjectionLetter => &[P::Subject, P::ReceivedOn, P::WithinFiveDays, P::Reason, P::WhereToGo],
        K::ReturnLetter => &[P::Subject, P::ReceivedOn, P::WithinFiveDays, P::Reason, P::Materials],
        K::RefusalNotice => &[P::Subject, P::Reason, P::Article, P::WhereToGo, P::Remedy],
        K::FinalityNotice => &[P::Subject, P::FinalOpinion, P::Reason, P::Article, P::Remedy],
        K::RouteNotice => &[P::Subject, P::Route, P::RouteOrgan, P::RouteLimit, P::Reason, P::Article],
        K::ReplyLetter => &[P::Subject, P::Request, P::Decision],
        K::ExtensionNotice => &[P::Subject, P::Reason, P::NewDue, P::Approver],
        K::ExtensionForm => &[P::Subject, P::Reason, P::NewDue, P::Approver],
        K::ReviewOpinion | K::RecheckOpinion => {
            &[P::OriginalOpinion, P::Subject, P::ReviewFindings, P::ReviewConclusion, P::Remedy]
        }
        K::AcceptanceNotice => &[P::Subject, P::AcceptedOn, P::Unit, P::Procedure, P::DueDate, P::Contact],
        K::Opinion => &[
            P::Request,
            P::FactsAndReasons,
            P::Findings,
            P::Conclusions,
            P::Decision,
            P::LegalBasis,
            P::ReviewRight,
            P::ReviewOrgan,
        ],
        K::DeliveryReceipt => &[
            P::Served,
            P::DeliveryMode,
            P::Deliverer,
            P::DelivererPhone,
            P::DeliveredOn,
            P::Receipt,
            P::PetitionerOpinion,
        ],
        K::MediationAgreement => &[
            P::Parties,
            P::Summary,
            P::Dispute,
            P::Responsibility,
            P::Terms,
            P::Manner,
            P::PerformBy,
            P::Mediator,
            P::Signatures,
        ],
        K::SettlementAgreement => {
            &[P::Parties, P::Summary, P::Dispute, P::Responsibility, P::Terms, P::Manner, P::PerformBy, P::Signatures]
        }
        K::HearingNotice => &[P::Subject, P::Time, P::Place, P::Chair, P::Members, P::Rights],
        K::HearingMinutes => &[
            P::Subject,
            P::Time,
            P::Place,
            P::Chair,
            P::Members,
            P::Participants,
            P::Rights,
            P::Minutes,
            P::Signatures,
        ],
        K::HearingOpinion => &[P::Subject, P::Time, P::Place, P::Chair, P::Members, P::HearingOpinion, P::Signatures],
        K::SupervisionNotice => &[P::Subject, P::Breach, P::Requirement, P::Limit, P::Article],
        K::ImprovementAdvice | K::PolicyAdvice | K::AccountabilityAdvice => {
            &[P::Subject, P::Breach, P::Requirement, P::Article, P::AdoptionFeedback]
        }
        K::ClosureReport => &[P::Summary, P::Process, P::Result, P::PetitionerOpinion, P::ClosedOn],
        K::ReceptionRecord => &[P::Leader, P::Time, P::Place, P::Visitor, P::Subject, P::LeaderOpinion, P::Limit],
        K::DownVisitPlan => &[P::Leader, P::Time, P::Place, P::Subject, P::Request, P::Process, P::Plan],
        K::LeaderContract => &[P::Leader, P::Unit, P::Subject, P::Solution, P::PerformBy, P::Signatures],
        K::EscortSheet => &[P::Way, P::Time, P::Escorts, P::Representatives, P::Subject, P::Signatures],
        K::HomeVisitSheet => &[P::Petitioner, P::Escorts, P::Questions, P::Signatures, P::Privacy],
        K::ReturnVisitSheet => &[P::Petitioner, P::Subject, P::Questions, P::Signatures, P::Privacy],
        K::FileContents => &[P::Subject, P::Contents],
        K::FileCover => &[P::Subject, P::Petitioner, P::Process, P::Result],
    }
}

/// Puts the parts of a kind together.
pub(super) fn compose(kind: K, c: &mut Composer<'_>) -> Tail {
    match kind {
        K::RegistrationForm => intake::registration_form(c),
        K::IntakeReceipt => intake::receipt(c),
        K::TransferNotice => transfer::notice(c, false),
        K::TransferLetter => transfer::letter(c, false),
        K::AssignmentNotice => transfer::notice(c, true),
        K::AssignmentLetter => transfer::letter(c, true),
        K::ObjectionLetter => transfer::objection(c),
        K::ReturnLetter => transfer::materials_back(c),
        K::RefusalNotice => sides::not_accepted(c),
        K::FinalityNotice => sides::no_longer_accepted(c),
        K::RouteNotice => sides::directed(c),
        K::ReplyLetter => sides::reply(c),
        K::ExtensionNotice => sides::extended(c),
        K::ExtensionForm => sides::extension_form(c),
        K::ReviewOpinion => sides::reviewed(c, ReviewLevel::Review),
        K::RecheckOpinion => sides::reviewed(c, ReviewLevel::Recheck),
        K::AcceptanceNotice => answers::acceptance(c),
        K::Opinion => answers::opinion(c),
        K::DeliveryReceipt => answers::delivery(c),
        K::ClosureReport => answers::closure_report(c),
        K::MediationAgreement => agreements::mediation(c),
        K::SettlementAgreement => agreements::settlement(c),
        K::HearingNotice => hearing::notice(c),
        K::HearingMinutes => hearing::minutes(c),
        K::HearingOpinion => hearing::opinion(c),
        K::SupervisionNotice => supervision::notice(c),
        K::ImprovementAdvice | K::PolicyAdvice | K::AccountabilityAdvice => supervision::advice(c),
        K::ReceptionRecord => field::reception(c),
        K::DownVisitPlan => field::plan(c),
        K::LeaderContract => field::contract(c),
        K::EscortSheet => field::escort(c),
        K::HomeVisitSheet => field::home_visit(c),
        K::ReturnVisitSheet => field::return_visit(c),
        K::FileContents => archive::contents(c),
        K::FileCover => archive::cover(c),
    }
}

/// Whom to call.
pub(super) fn contact(organ: &str, phone: &str) -> String {
    ["联系方式：", organ, "，电话 ", phone, "。"].concat()
}

/// 个人信息告知 (PIPL 17, 35): what is kept of whom it is about, what for, by what right and whom to ask; short, and
/// read aloud where somebody would rather hear it. Also said where the petitioner writes: the forms of the public pages.
#[must_use]
pub fn privacy_notice(phone: &str) -> String {
    [
        "您的姓名、电话、住址和讲的事，只用来登记、办理和答复这件事，依据是《信访工作条例》和《个人信息保护法》第三十四条。\
         只有办这件事的人能看，办完按规定存档。想查看、想更正，找登记的人，或者打电话 ",
        phone,
        "。",
    ]
    .concat()
}

/// The notice on a form, without a number of its own: it is no part of what was asked.
fn privacy(c: &mut Composer<'_>) {
    let notice = ["个人信息告知（可以念给本人听）：", &privacy_notice(c.facts.office_phone)].concat();
    c.say(Part::Privacy, notice);
}

/// 2026年5月3日.
pub(super) fn day(date: NaiveDate) -> String {
    let (year, month, day) = (date.year().to_string(), date.month().to_string(), date.day().to_string());
    [&year, "年", &month, "月", &day, "日"].concat()
}

/// （一）修好村口路灯.
fn numbered(at: usize, text: &str) -> String {
    ["（", &chinese_number(at + 1), "）", text].concat()
}

/// A sentence of one's own, closed with a full stop when it has no end.
fn closed(text: &str) -> String {
    let text = text.trim();
    let ended = text.chars().last().is_some_and(|c| "。！？；…”』）.!?".contains(c));
    if ended { text.to_owned() } else { [text, "。"].concat() }
}

/// 李建国: how a petitioner is addressed.
fn to_petitioner(c: &Composer<'_>) -> Option<String> {
    Some(c.matter.registration.petitioner.name.as_str().to_owned())
}

/// What was asked, how and when: 您于2026年5月3日以来访形式提出的“…”信访事项（编号…）.
fn your_matter(c: &Composer<'_>) -> String {
    let registration = &c.matter.registration;
    let channel = (c.facts.words.channel)(registration.channel);
    [
        "您于",
        &day(registration.received_on),
        "以",
        channel,
        "形式提出的“",
        registration.title.as_str(),
        "”信访事项（编号 ",
        c.matter.number.as_str(),
        "）",
    ]
    .concat()
}

/// The same in a letter between offices: 李建国反映的“…”信访事项（编号…）.
fn their_matter(c: &Composer<'_>) -> String {
    let registration = &c.matter.registration;
    let name = registration.petitioner.name.as_str();
    [name, "反映的“", registration.title.as_str(), "”信访事项（编号 ", c.matter.number.as_str(), "）"].concat()
}

/// The demands, numbered; none when one of them says nothing.
fn demands(c: &Composer<'_>) -> Vec<Block> {
    let demands = &c.matter.registration.demands;
    if demands.iter().any(|demand| super::says_nothing(demand.0.as_str())) {
        return Vec::new();
    }
    let demands = demands.iter().enumerate();
    demands.map(|(at, demand)| Block::Text { text: numbered(at, &closed(demand.0.as_str())) }).collect()
}

/// What the petitioner said.
fn content(c: &Composer<'_>) -> Vec<Block> {
    paragraphs(c.matter.registration.content.as_str())
}

/// When a stage was entered last.
fn entered(c: &Composer<'_>, stage: Stage) -> Option<Moment> {
    c.matter.steps.iter().rev().find(|step| step.stage == stage).map(|step| step.at)
}

fn facts<const N: usize>(rows: [(&str, String); N]) -> Block {
    Block::Facts { rows: rows.into_iter().map(|(name, value)| (name.to_owned(), value)).collect() }
}

fn signs(labels: &[&str]) -> Block {
    Block::Signs { labels: labels.iter().map(|label| (*label).to_owned()).collect() }
}

fn ticks(label: &str, options: &[&str]) -> Block {
    Block::Ticks { label: label.to_owned(), options: options.iter().map(|option| (*option).to_owned()).collect() }
}

fn room(label: &str, lines: u8) -> Block {
    Block::Room { label: label.to_owned(), lines }
}
