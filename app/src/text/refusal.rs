//! Refusals: what stands against a step, and what to do.

use case_core::matter::{PackageFault, Refusal};
use chrono::NaiveDate;

use super::{clock, command, demand_name, paths, stage};

/// A day in a message: always with its year, for the server cannot know when it will be read.
fn day(date: NaiveDate) -> String {
    crate::format::full_day(date)
}

/// What happened and what to do. Nothing was changed by a refused command.
#[must_use]
pub fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::IllegalMove { stage: at, command: asked } => {
            ["这件事现在是“", stage::stage(*at), "”，不能“", command::name(*asked), "”。请刷新看看最新情况。"].concat()
        }
        Refusal::RoleMayNot { command: asked } => {
            ["您的账号不能做“", command::name(*asked), "”。请交给有这项职责的同事。"].concat()
        }
        Refusal::OtherUnit => "这件事归别的单位办，您的单位不能操作。".to_owned(),
        Refusal::NotTheHandler => "这件事由别的同事承办。请由承办人或单位负责人来做。".to_owned(),
        Refusal::OwnHandling => "您参与过这件事的办理，不能自己审核。请换一位同事。".to_owned(),
        Refusal::ContentChanged => "您看的时候内容有了变化，这次没有算数。请看完最新内容再决定。".to_owned(),
        Refusal::Stale { .. } => "别人刚改过这件事，这次没有算数。请看完最新内容再做一次。".to_owned(),
        Refusal::Package(fault) => package(fault),
        Refusal::NoReason => "还没有选退回理由，至少选一条。".to_owned(),
        Refusal::DateInFuture { date } => [&day(*date), "还没有到，请填今天或以前的日子。"].concat(),
        Refusal::DateTooEarly { date, earliest } => [&day(*date), "太早了，最早可以填", &day(*earliest), "。"].concat(),
        Refusal::AfterLegalDue { date, latest, clock: kind } => {
            [&day(*date), "超过了“", clock::kind(*kind), "”的最后一天，最晚可以填", &day(*latest), "。"].concat()
        }
        Refusal::NoReturnVisit { attempts, needed } => [
            "还没有做成回访，现在不能办结。没有见到人的，要在不同的日子去满 ",
            &needed.to_string(),
            " 天，现在去了 ",
            &attempts.to_string(),
            " 天。信访人说没有来过的不算。",
        ]
        .concat(),
        Refusal::NoDemand => "还没有写诉求，至少写一项。".to_owned(),
        Refusal::TooManyDemands { max } => ["诉求太多，一件事最多写 ", &max.to_string(), " 项。请分开登记。"].concat(),
        Refusal::OutOfArea => "这个地方不在您的责任区，请交给当地的同事。".to_owned(),
        Refusal::WindowClosed { clock: kind, last_day } => {
            ["“", clock::kind(*kind), "”的时间已经过了，最后一天是", &day(*last_day), "。"].concat()
        }
        Refusal::PastDue { clock: kind, last_day } => {
            ["“", clock::kind(*kind), "”的最后一天是", &day(*last_day), "，已经过了，现在不能再办这一步。"].concat()
        }
        Refusal::NoWindow { clock: kind } => {
            ["现在没有“", clock::kind(*kind), "”这一步：还没有开始，或者已经用过了。"].concat()
        }
        Refusal::NothingRuns { clock: kind } => {
            ["现在没有“", clock::kind(*kind), "”的期限在走，没有可以登记的。"].concat()
        }
        Refusal::NotInUse { clock: kind } => ["本县没有启用“", clock::kind(*kind), "”，请不要选。"].concat(),
        Refusal::ExtensionTooLong { max } => ["延期最少 1 天，最多 ", &max.to_string(), " 天，请改一改。"].concat(),
        Refusal::RouteEndsHere { route } => ["“", paths::route(*route), "”不在这里受理，请用“导入法定途径”。"].concat(),
        Refusal::NotArchivable { gap } => ["还不能存档：", paths::archive_gap(*gap), "。"].concat(),
        Refusal::ProposalPending => "有一项报批还没有批。请等批复，或者由报批的人先收回。".to_owned(),
        Refusal::NoProposal => "现在没有要批的事。请刷新看看最新情况。".to_owned(),
        Refusal::OwnProposal => "这是您自己报的，不能自己批。请换一位同事。".to_owned(),
        Refusal::NotTheProposer => "这是别的同事报的，只有他自己能收回。".to_owned(),
        Refusal::ExtendedAlready => "已经延过一次期，不能再延。".to_owned(),
        Refusal::RouteIsOurs => "第六项就在这里按信访程序办，不用导入。请改选前五项，或者受理。".to_owned(),
        Refusal::CoHandlingOpen => "还有协办单位没有反馈，不能报审核。请先催他们反馈。".to_owned(),
        Refusal::LeadHelpsNot => "牵头单位自己不能当协办单位。请选别的单位。".to_owned(),
        Refusal::HelpsAlready => "这个单位已经在协办，等它反馈就行。".to_owned(),
        Refusal::NoUnit => "这件事没有责任单位，不能重开。请重新登记一件。".to_owned(),
        Refusal::ReportMissing => "这是交办的件，还没有提交办结报告，不能办结。".to_owned(),
        Refusal::NoConsent => "要信访人和对方都同意，才能调解。".to_owned(),
        Refusal::SameOpinion => "这份意见和被撤销、变更的一样。请按查清的事实重新写。".to_owned(),
        Refusal::InvolvedBelow => "您或您的单位参与过这件事，不能复查复核。请换一位。".to_owned(),
        Refusal::NoReviewOpinion => "还没有送达的复查意见，不能申请复核。".to_owned(),
        Refusal::FinalAlready => "这件事已经复核终结，不能再申请复查复核。".to_owned(),
        Refusal::ReviewedAlready => "这份答复已经复查过，不服的可以申请复核。".to_owned(),
        Refusal::NotAnAppeal => "建议意见没有复查复核，只有申诉求决才有。".to_owned(),
        Refusal::RedoDueNeeded => "撤销和变更都要定一个重新办理的日子。".to_owned(),
        Refusal::RedoDueUnneeded => "维持的不用定重新办理的日子，请把它去掉。".to_owned(),
        Refusal::EarlierNotFinal => "那件事还没有复核终结，不能以此不再受理。".to_owned(),
        Refusal::NoSuchPromise => "没有这项承诺，或者已经登记兑现了。".to_owned(),
        Refusal::TooManyRepresentatives { max } => [
            "《信访工作条例》第二十条规定，多人采用走访形式提出共同的信访事项的，应当推选代表，代表人数不得超过 ",
            &max.to_string(),
            " 人。请只留 ",
            &max.to_string(),
            " 位代表的姓名。",
        ]
        .concat(),
        Refusal::NoSuchVoice => "这句话已经答复过了，或者不用答复。".to_owned(),
        Refusal::OwnDraft => {
            "这份处理意见是您拟的，不能自己签发。请本单位另一位负责人签发；没有的，请县信访局审核人员签发。".to_owned()
        }
        Refusal::SignedAlready => "处理意见书已经签发过了，可以送达。".to_owned(),
        Refusal::NotSigned => "处理意见书还没有签发，不能送达。请先报单位负责人签发。".to_owned(),
        Refusal::HandledAlready => "现在就是这位同事在办。请选另一位同事。".to_owned(),
        Refusal::NoAddressee => "这件事现在没有责任单位，请写明发给哪个机关。".to_owned(),
        Refusal::ListedAlready => "这件事已经在积案台账里了。".to_owned(),
        Refusal::NotListed => "这件事不在积案台账里。请联席办先列入台账，再包案。".to_owned(),
        Refusal::LedAlready => "已经有领导包案了。要换人，请联席办报批更换包案领导。".to_owned(),
        Refusal::NoLeader => "还没有领导包案。".to_owned(),
        Refusal::NotTheLeader => "只有包案领导本人可以这样做。请用本人的账号，或者请联席办登记。".to_owned(),
        Refusal::LeaderHasNotAgreed => {
            "这件事有领导包案，领导还没有同意。请先请包案领导看过，签了同意的意见再来。".to_owned()
        }
        Refusal::NoSuchOversight => "没有要回复的督办、约谈或者建议，或者已经登记回复了。".to_owned(),
        Refusal::AdoptionUnneeded => "督办和约谈不用选采纳情况，请去掉。".to_owned(),
        Refusal::AdmittedAlready => "这个人现在就能查阅这件事，不用再准许。要改日子的，先终止再准许。".to_owned(),
        Refusal::NotAdmitted => "这个人现在不能查阅这件事，没有可以终止的。".to_owned(),
        Refusal::AdoptionNeeded => "建议的回复要选采纳情况：采纳、部分采纳还是不采纳。".to_owned(),
        Refusal::NoSuchHelper => "这个单位没有在协办，或者已经反馈了。请刷新看看最新情况。".to_owned(),
        Refusal::ToBeObjected => {
            "这件事是转来的。不归本单位办的，请在五个工作日内提出异议，交还材料，不能直接告诉信访人不予受理。"
                .to_owned()
        }
        Refusal::NoEarlierOpinion => {
            "请选已经复核终结的那件事；那件事不在系统里的，把复核机关、文号、日期三项都填上。两样只要一样。".to_owned()
        }
        Refusal::OtherPetitioner => "那件事是别人提出的，不能拿来不再受理这位信访人的事。".to_owned(),
        Refusal::NoRepresentative => {
            "《信访工作条例》第二十条规定，多人走访提出共同的事，应当推选代表。请填代表的姓名，最多五位。".to_owned()
        }
        Refusal::OutOfSystem => {
            "只能转给本单位或者本单位管的单位。归别的单位管的，请告知信访人向那个单位提出。".to_owned()
        }
        Refusal::UnitClosed => "这个单位已经撤销或者合并了，请选接着管这些事的单位。".to_owned(),
        Refusal::ReportNotIssued => "还没有出具办结报告。请先在“文书”里出具办结报告，再来提交。".to_owned(),
        Refusal::SameOrgan => "复核要由复查机关的上一级机关办，请填另一个机关。".to_owned(),
        Refusal::DatesSwapped => "结束的日子在开始以前，请改一改。".to_owned(),
    }
}

/// What a closure package lacks.
#[must_use]
pub fn package(fault: &PackageFault) -> String {
    match fault {
        PackageFault::AnswersDoNotMatch { demands, answers } => {
            ["诉求有 ", &demands.to_string(), " 项，答复有 ", &answers.to_string(), " 项。每项诉求都要有一项答复。"]
                .concat()
        }
        PackageFault::SupportWithoutPerformance { demand } => {
            [&demand_name(usize::from(*demand)), "写了“支持”，请写明已经落实，或者哪天前落实。"].concat()
        }
        PackageFault::DoneInFuture { demand } => {
            [&demand_name(usize::from(*demand)), "的落实日子还没有到，请改成今天或以前。"].concat()
        }
        PackageFault::PromiseInPast { demand } => {
            [&demand_name(usize::from(*demand)), "答应的日子已经过了，请改成今天或以后。"].concat()
        }
    }
}
