//! The parts of documents, and what can be wrong with one.

use serde::{Deserialize, Serialize};

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// What a document says. Each kind has its own; one that the law asks for is never empty.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Part {
            $($(#[$doc])* $name,)+
        }

        impl Part {
            /// All of them, for tables and tests.
            pub const ALL: &[Self] = &[$(Self::$name,)+];
        }
    };
}

parts! {
    /// 信访人.
    Petitioner,
    /// 投诉请求 (Article 32).
    Request,
    /// 事实和理由, as the petitioner gave them (Articles 19, 32).
    FactsAndReasons,
    /// 查明的事实.
    Findings,
    /// 对各项请求的结论: 支持、解释说明、不予支持 (Article 32).
    Conclusions,
    /// 处理意见 (Article 32).
    Decision,
    /// 法律法规依据 (Article 32).
    LegalBasis,
    /// 复查复核权利告知 (Articles 35, 36).
    ReviewRight,
    /// 复查(复核)机关 (Articles 35, 36).
    ReviewOrgan,
    /// 收到信访事项的日期.
    ReceivedOn,
    /// 登记人, with 三亮: number, name, office.
    Receiver,
    /// 查询方式 (Article 18).
    HowToQuery,
    /// 责任单位.
    Unit,
    /// 受理日期.
    AcceptedOn,
    /// 处理途径和程序 (Article 23).
    Procedure,
    /// 办理期限.
    DueDate,
    /// 联系方式.
    Contact,
    /// 转送、交办日期.
    TransferredOn,
    /// 指定办理期限 (Article 22).
    Limit,
    /// 反馈结果、提交办结报告 (Article 22).
    ReportDuty,
    /// 理由.
    Reason,
    /// 依据条款.
    Article,
    /// 向哪里提出.
    WhereToGo,
    /// 救济途径.
    Remedy,
    /// 原复核意见, with number and date (Article 36).
    FinalOpinion,
    /// 法定途径 (Article 31).
    Route,
    /// 办理该途径的机关.
    RouteOrgan,
    /// 该途径的期限.
    RouteLimit,
    /// 在 5 个工作日内提出 (Article 23).
    WithinFiveDays,
    /// 交还的材料.
    Materials,
    /// 延长后的期限 (Article 34).
    NewDue,
    /// 批准人 (Article 34).
    Approver,
    /// 文书, that is delivered.
    Served,
    /// 送达方式.
    DeliveryMode,
    /// 送达人.
    Deliverer,
    /// 送达人电话.
    DelivererPhone,
    /// 送达日期.
    DeliveredOn,
    /// 签收或者拒收.
    Receipt,
    /// 信访人意见.
    PetitionerOpinion,
    /// 当事人.
    Parties,
    /// 争议事项.
    Dispute,
    /// 各方责任.
    Responsibility,
    /// 协议内容.
    Terms,
    /// 履行方式.
    Manner,
    /// 履行期限.
    PerformBy,
    /// 调解员.
    Mediator,
    /// 签名、盖章处.
    Signatures,
    /// 时间.
    Time,
    /// 地点.
    Place,
    /// 主持人.
    Chair,
    /// 听证员.
    Members,
    /// 参加人.
    Participants,
    /// 权利告知.
    Rights,
    /// 记录.
    Minutes,
    /// 听证意见.
    HearingOpinion,
    /// 原处理(复查)意见.
    OriginalOpinion,
    /// 复查(复核)查明的情况.
    ReviewFindings,
    /// 复查(复核)结论.
    ReviewConclusion,
    /// 存在的问题.
    Breach,
    /// 要求、建议.
    Requirement,
    /// 反馈采纳情况 (Article 40).
    AdoptionFeedback,
    /// 基本情况.
    Summary,
    /// 办理经过.
    Process,
    /// 办理结果.
    Result,
    /// 办结日期.
    ClosedOn,
    /// 领导.
    Leader,
    /// 来访人.
    Visitor,
    /// 反映事项.
    Subject,
    /// 领导处理意见.
    LeaderOpinion,
    /// 预案.
    Plan,
    /// 化解方案.
    Solution,
    /// 陪访人员.
    Escorts,
    /// 来访代表 (Article 20: at most five).
    Representatives,
    /// 从哪里到哪里.
    Way,
    /// 走访、回访要问的内容.
    Questions,
    /// 卷内文书.
    Contents,
    /// 个人信息告知 (PIPL 17, 35).
    Privacy,
}

/// What is wrong with a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Nothing is there, or only a word for nothing.
    Missing,
    /// Not a day.
    NotADay,
    /// A day that has passed, where one to come is needed.
    Passed,
    /// A day that has not come.
    NotYet,
    /// More than the law takes.
    TooMany,
    /// The time for it is over.
    TooLate,
    /// None of the answers that are offered.
    NotOffered,
    /// Longer than a field holds.
    TooLong,
}

/// A part that keeps a document from being issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Lack {
    /// Which.
    pub part: Part,
    /// What is wrong with it.
    pub why: Why,
}

/// What is typed for a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One line.
    Line,
    /// Several lines.
    Lines,
    /// A day.
    Day,
    /// One of some answers.
    Choice,
}
