//! 反映事项 while it is being written down, and the matter that it may become.

use case_core::field::{ItemKind, RaisedMatter, ReportedItem, Urgency};
use case_core::id::MatterId;
use case_core::matter::{Category, Demand};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::codes::Codes;
use super::interview::InterviewForm;
use super::read::{Name, Reader, Why};

/// 反映事项.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemForm {
    /// Tells the items of a form apart while some are taken away.
    pub key: u32,
    /// Of which kind.
    pub kind: Option<ItemKind>,
    /// 摘要.
    pub summary: String,
    /// 紧急度.
    pub urgency: Urgency,
    /// 当场解决.
    pub solved_on_spot: bool,
    /// 承诺时间.
    pub promised: String,
    /// Whether it becomes a matter. What was typed into [`Self::raise`] stays when this is taken back.
    pub raised: bool,
    /// The matter.
    pub raise: RaiseForm,
}

/// 转为信访事项.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RaiseForm {
    /// Made once, when the item was first to become a matter.
    pub id: Option<MatterId>,
    /// 标题.
    pub title: String,
    /// 诉求, one a line.
    pub demands: String,
    /// 内容分类.
    pub category: Option<Category>,
    /// 信访人.
    pub petitioner: String,
    /// 联系电话.
    pub phone: String,
    /// Whether 五必问 were asked.
    pub asked: bool,
    /// 五必问.
    pub interview: InterviewForm,
}

/// A title is proposed with at most so many characters.
const PROPOSED_TITLE: usize = 30;

impl ItemForm {
    /// A new item, with the key after all others.
    #[must_use]
    pub fn after(others: &[Self]) -> Self {
        let key = others.iter().map(|item| item.key).max().map_or(0, |last| last.wrapping_add(1));
        Self { key, ..Self::default() }
    }

    /// A title to begin with: the first sentence of what was said.
    #[must_use]
    pub fn proposed_title(&self) -> String {
        let first = self.summary.trim().split(['。', '！', '？', '；', '\n']).next().unwrap_or_default();
        first.chars().take(PROPOSED_TITLE).collect()
    }

    pub(super) fn read(&self, reader: &mut Reader, today: NaiveDate, codes: &Codes) -> Option<ReportedItem> {
        reader.within(Some(self.key));
        let kind = reader.chosen(Name::ItemKind, self.kind);
        let summary = reader.text(Name::Summary, &self.summary);
        let promised = reader.day_to_come(Name::Promised, &self.promised, today);
        let raise = if self.raised { self.raise.read(reader, codes).map(Some) } else { Some(None) };
        reader.within(None);
        Some(ReportedItem {
            kind: kind?,
            summary: summary?,
            urgency: self.urgency,
            solved_on_spot: self.solved_on_spot,
            promised,
            raise: raise?,
        })
    }
}

impl RaiseForm {
    pub(super) fn read(&self, reader: &mut Reader, codes: &Codes) -> Option<RaisedMatter> {
        let title = reader.text(Name::Title, &self.title);
        let demands: Vec<Demand> =
            reader.texts(Name::Demands, &self.demands, &['\n']).into_iter().map(Demand).collect();
        if self.demands.trim().is_empty() {
            reader.note(Name::Demands, Why::Text(case_core::text::TextError::Empty));
        }
        let category = reader.chosen(Name::Category, self.category);
        let petitioner = reader.text(Name::Petitioner, &self.petitioner);
        let phone = reader.optional(Name::Phone, &self.phone);
        let interview = if self.asked { self.interview.read(reader).map(Some) } else { Some(None) };
        Some(RaisedMatter {
            id: self.id?,
            title: title?,
            demands,
            category: category?,
            petitioner: petitioner?,
            phone,
            interview: interview?,
            code: self.id.and_then(|id| codes.of(id)).cloned(),
        })
    }
}

pub(super) fn read_all(items: &[ItemForm], reader: &mut Reader, today: NaiveDate, codes: &Codes) -> Vec<ReportedItem> {
    if items.len() > MAX_ITEMS {
        reader.note(Name::Items, Why::TooMany { max: MAX_ITEMS });
    }
    items.iter().filter_map(|item| item.read(reader, today, codes)).collect()
}

/// As many as a record takes.
const MAX_ITEMS: usize = 20;
