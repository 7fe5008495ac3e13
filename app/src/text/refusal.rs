//! Refusals: what stands against a step, and what to do.

use case_core::matter::{PackageFault, Refusal};
use chrono::NaiveDate;

use super::{clock, command, demand_name, stage};

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
            "还没有做成回访，现在不能办结。上门没有见到人的，要记满 ",
            &needed.to_string(),
            " 次，现在记了 ",
            &attempts.to_string(),
            " 次。",
        ]
        .concat(),
        Refusal::NoDemand => "还没有写诉求，至少写一项。".to_owned(),
        Refusal::TooManyDemands { max } => ["诉求太多，一件事最多写 ", &max.to_string(), " 项。请分开登记。"].concat(),
        Refusal::OutOfArea => "这个地方不在您的责任区，请交给当地的同事。".to_owned(),
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
