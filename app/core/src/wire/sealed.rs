//! 检举控告 between the desk and the server, under `/api/v1/sealed`. A passphrase travels in the body of the one
//! request that needs it, and is kept by neither side.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::desk::{Named, Unit};
use crate::code::MatterNumber;
use crate::id::{SealedReportId, UnitId};
use crate::sealed::{Handover, OrganKind, SealedContent, SealedStage, SealedStep};
use crate::text::{Paragraph, ShortText};
use crate::time::{ClockState, Moment};

/// A passphrase on its way. Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Passphrase(pub String);

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// `POST /api/v1/sealed`: registers; sending again registers once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedRequest {
    /// Made by the client.
    pub id: SealedReportId,
    /// 收到日期.
    pub received_on: NaiveDate,
    /// What is reported.
    pub content: SealedContent,
}

/// The receipt: looks like any other, and says nothing of what was reported, nor by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedReceipt {
    /// The report.
    pub id: SealedReportId,
    /// 编号.
    pub number: MatterNumber,
    /// 查询码, in groups of four.
    pub query_code: String,
    /// 查询口令: four digits that stand where others give the last digits of their phone.
    pub word: String,
    /// The QR code as SVG text.
    pub qr_svg: String,
    /// The address of the look-up page.
    pub lookup_url: String,
    /// 登记时间.
    pub registered_at: Moment,
    /// 登记人.
    pub received_by: Named,
    /// 登记机构.
    pub office_name: String,
    /// Its phone.
    pub office_phone: String,
}

/// `GET /api/v1/sealed`: what an officer of the channel may open. Nobody else gets an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedList {
    /// The latest first.
    pub rows: Vec<SealedRow>,
}

/// 保密件: a line of that list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedRow {
    /// Identity.
    pub id: SealedReportId,
    /// 编号.
    pub number: MatterNumber,
    /// 收到日期.
    pub received_on: NaiveDate,
    /// 阶段.
    pub stage: SealedStage,
    /// Lines of its journal: what a step must name as seen.
    pub length: u32,
    /// 移送期限, until it is handed over: a date needs no content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand_over: Option<SealedDue>,
}

/// 15日内转送 (Article 22, which holds for 检举控告 too): until when it is to be handed to who may act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedDue {
    /// The last day.
    pub last_day: NaiveDate,
    /// Natural days from the server's today to it; below nought where it has passed.
    pub days_left: i64,
}

impl SealedDue {
    /// How it stands.
    #[must_use]
    pub fn state(self) -> ClockState {
        match self.days_left {
            days_left @ 0.. => ClockState::Running { days_left },
            over => ClockState::Overdue { days: over.saturating_neg() },
        }
    }
}

/// `POST /api/v1/sealed/{id}/open`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSealed {
    /// The officer's own.
    pub passphrase: Passphrase,
    /// 拆阅事由; sealed with the rest.
    pub reason: Paragraph,
}

/// What an officer reads, once, on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedOpened {
    /// The line, as it stands after this reading.
    pub row: SealedRow,
    /// What was reported.
    pub content: SealedContent,
    /// The units that are named in it.
    pub units: Vec<Unit>,
    /// Units to which it cannot be handed.
    pub barred: Vec<UnitId>,
    /// The journal, oldest first.
    pub journal: Vec<SealedLine>,
}

/// A line of a report's journal, with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedLine {
    /// From 1.
    pub sequence: u32,
    /// The server's clock.
    pub at: Moment,
    /// Who.
    pub by: ShortText,
    /// Which step.
    pub step: SealedStep,
    /// Why it was read, to whom it went, what came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Paragraph>,
    /// What the receiver is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organ: Option<OrganKind>,
    /// 移送日期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
}

/// `POST /api/v1/sealed/{id}/handover`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOverSealed {
    /// The officer's own: whom it accuses is known only to who opens it.
    pub passphrase: Passphrase,
    /// [`SealedRow::length`] that the officer saw.
    pub seen: u32,
    /// To whom.
    pub handover: Handover,
}

/// `POST /api/v1/sealed/{id}/close`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseSealed {
    /// [`SealedRow::length`] that the officer saw.
    pub seen: u32,
    /// 办结说明.
    pub note: Paragraph,
}

/// `POST /api/v1/sealed/passphrase`: the officer's own key under another passphrase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePassphrase {
    /// As it is.
    pub old: Passphrase,
    /// As it shall be.
    pub new: Passphrase,
}
