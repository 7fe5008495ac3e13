//! 开门接访、专门约访 and 登记 while they are being written down.

use case_core::field::{Attachment, FieldIntake, Reception, ReceptionKind};
use case_core::id::{HouseholdId, MatterId};
use case_core::text::{LongText, Paragraph};
use case_core::time::Moment;
use serde::{Deserialize, Serialize};

use super::codes::{Codes, Raises, raised_by};
use super::item::{ItemForm, read_all};
use super::read::{Name, Reader, Why, Wrong, moment_input};

/// 接访.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReceptionForm {
    /// 类型.
    pub kind: ReceptionKind,
    /// 关联信访件.
    pub matter: Option<MatterId>,
    /// 户.
    pub household: Option<HouseholdId>,
    /// 时间.
    pub at: String,
    /// 地点.
    pub place: String,
    /// 来访人.
    pub visitor: String,
    /// 人数.
    pub people: String,
    /// 联系方式.
    pub phone: String,
    /// 事由与详情.
    pub subject: String,
    /// 处理意见.
    pub opinion: String,
    /// 承办部门.
    pub unit: String,
    /// 截止.
    pub due: String,
    /// 陪同人员, between commas.
    pub companions: String,
    /// 反映事项.
    pub items: Vec<ItemForm>,
    /// 照片、录音、签名.
    pub files: Vec<Attachment>,
    /// Codes for the matters raised.
    pub codes: Codes,
}

impl ReceptionForm {
    /// A new one, begun now.
    #[must_use]
    pub fn begin(kind: ReceptionKind, place: &str, now: Moment) -> Self {
        Self { kind, at: moment_input(now), place: place.to_owned(), people: "1".to_owned(), ..Self::default() }
    }

    /// The record, or what is wrong, in the order of the screen.
    ///
    /// # Errors
    /// What is wrong, at least one thing.
    pub fn finish(&self, now: Moment) -> Result<Reception, Vec<Wrong>> {
        let mut reader = Reader::new();
        let visitor = reader.text(Name::Visitor, &self.visitor);
        let people = reader.number(Name::People, &self.people, 1, 9_999);
        let phone = reader.optional(Name::ContactPhone, &self.phone);
        let place = reader.text(Name::PlaceText, &self.place);
        let subject = reader.text(Name::Subject, &self.subject);
        let items = read_all(&self.items, &mut reader, now.date(), &self.codes);
        let opinion = reader.optional(Name::Opinion, &self.opinion);
        let unit = reader.optional(Name::Unit, &self.unit);
        let due = reader.day_to_come(Name::Due, &self.due, now.date());
        let companions = reader.names(Name::Companions, &self.companions);
        let at = reader.moment(Name::When, &self.at, now).unwrap_or(now);
        let made = visitor.zip(people).zip(place.zip(subject)).map(|((visitor, people), (place, subject))| Reception {
            kind: self.kind,
            at,
            place,
            visitor,
            people: u16::try_from(people).unwrap_or(u16::MAX),
            phone,
            household: self.household,
            matter: self.matter,
            subject,
            opinion,
            unit,
            due,
            companions,
            items,
            attachments: self.files.clone(),
        });
        reader.finish(made)
    }
}

impl Raises for ReceptionForm {
    fn raised(&self) -> Vec<MatterId> {
        raised_by(&self.items)
    }
    fn codes(&mut self) -> Option<&mut Codes> {
        Some(&mut self.codes)
    }
}

/// 投诉内容 has at least so many characters (spec 3.1).
pub const CONTENT_LEAST: usize = 15;

/// 登记. What it becomes is kept as an item that is raised: the same fields, the same inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IntakeForm {
    /// When it was brought forward.
    pub at: String,
    /// 住址, where no household is known.
    pub address: String,
    /// 投诉内容 (its summary) and the matter to be.
    pub item: ItemForm,
    /// 照片、录音、签名.
    pub files: Vec<Attachment>,
    /// The code for the matter.
    pub codes: Codes,
}

impl IntakeForm {
    /// A new one, begun now, that becomes this matter.
    #[must_use]
    pub fn begin(matter: Option<MatterId>, now: Moment) -> Self {
        let mut item = ItemForm { raised: true, ..ItemForm::default() };
        item.raise.id = matter;
        Self { at: moment_input(now), item, ..Self::default() }
    }

    /// The record, or what is wrong, in the order of the screen.
    ///
    /// # Errors
    /// What is wrong, at least one thing.
    pub fn finish(&self, household: Option<HouseholdId>, now: Moment) -> Result<FieldIntake, Vec<Wrong>> {
        let mut reader = Reader::new();
        reader.within(Some(self.item.key));
        let content: Option<Paragraph> = reader.text(Name::Content, &self.item.summary);
        let length = content.as_ref().map_or(CONTENT_LEAST, |content| content.as_str().chars().count());
        if length < CONTENT_LEAST {
            reader.note(Name::Content, Why::TooShort { least: CONTENT_LEAST });
        }
        let mut raise = self.item.raise.clone();
        if raise.title.trim().is_empty() {
            // Where there is no content there is no first sentence: that is said once, of the content.
            let first = self.item.proposed_title();
            raise.title = if first.is_empty() { "…".to_owned() } else { first };
        }
        let matter = raise.read(&mut reader, &self.codes);
        reader.within(None);
        let address = reader.optional(Name::Address, &self.address);
        let at = reader.moment(Name::When, &self.at, now).unwrap_or(now);
        // A paragraph always fits a long text.
        let content = content.and_then(|content| LongText::parse(content.as_str()).ok());
        let made = content.zip(matter).map(|(content, matter)| FieldIntake {
            at,
            household,
            place: None,
            address,
            content,
            matter,
            attachments: self.files.clone(),
        });
        reader.finish(made)
    }
}

impl Raises for IntakeForm {
    fn raised(&self) -> Vec<MatterId> {
        self.item.raise.id.into_iter().collect()
    }
    fn codes(&mut self) -> Option<&mut Codes> {
        Some(&mut self.codes)
    }
}
