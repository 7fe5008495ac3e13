//! 登门遍访 while it is being written down.

use case_core::field::{Attachment, HouseholdVisit, Purpose, SpokeWith, VisitMode, VisitResult};
use case_core::id::{HouseholdId, MatterId};
use case_core::time::Moment;
use serde::{Deserialize, Serialize};

use super::codes::{Codes, Raises, raised_by};
use super::item::{ItemForm, read_all};
use super::read::{Name, Reader, Why, Wrong, moment_input};

/// 登门遍访.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct VisitForm {
    /// The matter that the visit is about.
    pub matter: Option<MatterId>,
    /// 入户时间.
    pub started: String,
    /// 离开时间.
    pub ended: String,
    /// 结果.
    pub result: Option<VisitResult>,
    /// 方式.
    pub mode: VisitMode,
    /// Who was spoken to.
    pub spoke_with: Option<SpokeWith>,
    /// 同行人员, between commas.
    pub companions: String,
    /// 四下.
    pub purposes: Vec<Purpose>,
    /// 反映事项.
    pub items: Vec<ItemForm>,
    /// 困难与帮扶需要.
    pub hardship: String,
    /// 政策宣传.
    pub policy_topics: String,
    /// 隐患.
    pub hazards: String,
    /// 备注.
    pub note: String,
    /// 地点.
    pub place: String,
    /// 定位.
    pub point: Option<(i32, i32)>,
    /// 告知与同意.
    pub notice_given: bool,
    /// 下次走访.
    pub next_visit: String,
    /// 照片、录音.
    pub files: Vec<Attachment>,
    /// Codes for the matters raised.
    pub codes: Codes,
}

impl Raises for VisitForm {
    fn raised(&self) -> Vec<MatterId> {
        raised_by(&self.items)
    }
    fn codes(&mut self) -> Option<&mut Codes> {
        Some(&mut self.codes)
    }
}

impl VisitForm {
    /// A new one, begun now.
    #[must_use]
    pub fn begin(matter: Option<MatterId>, now: Moment) -> Self {
        Self { matter, started: moment_input(now), ..Self::default() }
    }

    /// The record, or what is wrong, in the order of the screen.
    ///
    /// # Errors
    /// What is wrong, at least one thing.
    pub fn finish(&self, household: HouseholdId, now: Moment) -> Result<HouseholdVisit, Vec<Wrong>> {
        let today = now.date();
        let mut reader = Reader::new();
        let result = reader.chosen(Name::Result, self.result);
        let items = read_all(&self.items, &mut reader, today, &self.codes);
        let hardship = reader.optional(Name::Hardship, &self.hardship);
        let note = reader.optional(Name::Note, &self.note);
        let next_visit = reader.day_to_come(Name::NextVisit, &self.next_visit, today);
        let started = reader.moment(Name::Started, &self.started, now).unwrap_or(now);
        let ended = reader.moment(Name::Ended, &self.ended, now);
        if ended.is_some_and(|ended| ended < started) {
            reader.note(Name::Ended, Why::EndsBeforeStart);
        }
        let companions = reader.names(Name::Companions, &self.companions);
        let policy_topics = reader.optional(Name::PolicyTopics, &self.policy_topics);
        let hazards = reader.optional(Name::Hazards, &self.hazards);
        let place = reader.optional(Name::PlaceText, &self.place);
        let made = result.map(|result| HouseholdVisit {
            household,
            campaign: None,
            matter: self.matter,
            started,
            ended,
            companions,
            mode: self.mode,
            result,
            // Nobody was spoken to where nobody was met; what was tapped before stays in the draft.
            spoke_with: self.spoke_with.filter(|_| result == VisitResult::MetFamily),
            purposes: self.purposes.clone(),
            items,
            hardship,
            policy_topics,
            hazards,
            note,
            place,
            point: self.point,
            notice_given: self.notice_given,
            next_visit,
            attachments: self.files.clone(),
        });
        reader.finish(made)
    }
}
