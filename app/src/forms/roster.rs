//! 户册修改 while it is being written down, and the settling of two statements about one value.

use case_core::field::{Fit, RosterChange, RosterEdit, RosterValue};
use case_core::id::{HouseholdId, RecordId};
use case_core::time::Moment;
use case_core::wire::sync::{HouseholdCard, Member};
use chrono::Datelike as _;
use serde::{Deserialize, Serialize};

use super::codes::Raises;
use super::read::{Name, Reader, Why, Wrong};

/// 家庭成员.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MemberForm {
    /// Tells the members of a form apart while some are taken away.
    pub key: u32,
    /// 姓名.
    pub name: String,
    /// 与户主关系.
    pub relation: String,
    /// 出生年.
    pub birth_year: String,
    /// 联系电话.
    pub phone: String,
}

/// 户册修改.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RosterForm {
    /// What the phone showed when it was begun: head, phone, remark, members.
    pub saw: Vec<RosterValue>,
    /// 户主.
    pub head: String,
    /// 联系电话.
    pub phone: String,
    /// 备注.
    pub remark: String,
    /// 家庭成员.
    pub members: Vec<MemberForm>,
}

impl Raises for RosterForm {}

fn typed<const MAX: usize>(text: Option<&case_core::text::Text<MAX>>) -> String {
    text.map(|text| text.as_str().to_owned()).unwrap_or_default()
}

impl MemberForm {
    /// A new one, with the key after all others.
    #[must_use]
    pub fn after(others: &[Self]) -> Self {
        let key = others.iter().map(|one| one.key).max().map_or(0, |last| last.wrapping_add(1));
        Self { key, ..Self::default() }
    }

    fn of(key: u32, member: &Member) -> Self {
        Self {
            key,
            name: member.name.as_str().to_owned(),
            relation: typed(member.relation.as_ref()),
            birth_year: member.birth_year.map(|year| year.to_string()).unwrap_or_default(),
            phone: typed(member.phone.as_ref()),
        }
    }

    fn read(&self, reader: &mut Reader, this_year: i32) -> Option<Member> {
        reader.within(Some(self.key));
        let name = reader.text(Name::MemberName, &self.name);
        let relation = reader.optional(Name::Relation, &self.relation);
        let born = self.birth_year.trim();
        let birth_year = if born.is_empty() { None } else { reader.number(Name::BirthYear, born, 1_880, this_year) };
        let phone = reader.optional(Name::ContactPhone, &self.phone);
        reader.within(None);
        name.map(|name| Member { name, relation, birth_year, phone })
    }
}

impl RosterForm {
    /// A new one, with what the card says.
    #[must_use]
    pub fn begin(card: &HouseholdCard) -> Self {
        Self::of(vec![
            RosterValue::Head(card.head.clone()),
            RosterValue::Phone(card.phone.clone()),
            RosterValue::Remark(card.remark.clone()),
            RosterValue::Members(card.members.clone()),
        ])
    }

    fn of(saw: Vec<RosterValue>) -> Self {
        let mut form = Self::default();
        for value in &saw {
            match value {
                RosterValue::Head(name) => form.head = name.as_str().to_owned(),
                RosterValue::Phone(phone) => form.phone = typed(phone.as_ref()),
                RosterValue::Remark(remark) => form.remark = typed(remark.as_ref()),
                RosterValue::Members(members) => {
                    form.members = (0..).zip(members).map(|(key, member)| MemberForm::of(key, member)).collect();
                }
            }
        }
        form.saw = saw;
        form
    }

    /// The draft as it goes on beside a card that may have changed since: what was not touched shows
    /// the card's new value; what was touched keeps the value that it was typed over.
    #[must_use]
    pub fn fitted(mut self, card: &HouseholdCard) -> Self {
        let fresh = Self::begin(card);
        if self.saw.len() != fresh.saw.len() {
            return fresh;
        }
        let before = Self::of(self.saw.clone());
        for (saw, now) in self.saw.iter_mut().zip(fresh.saw) {
            let untouched = match &now {
                RosterValue::Head(_) => self.head == before.head,
                RosterValue::Phone(_) => self.phone == before.phone,
                RosterValue::Remark(_) => self.remark == before.remark,
                RosterValue::Members(_) => self.members == before.members,
            };
            if !untouched {
                continue;
            }
            match &now {
                RosterValue::Head(_) => self.head.clone_from(&fresh.head),
                RosterValue::Phone(_) => self.phone.clone_from(&fresh.phone),
                RosterValue::Remark(_) => self.remark.clone_from(&fresh.remark),
                RosterValue::Members(_) => self.members.clone_from(&fresh.members),
            }
            *saw = now;
        }
        self
    }

    /// The record, or what is wrong, in the order of the screen.
    ///
    /// # Errors
    /// What is wrong, at least one thing.
    pub fn finish(&self, household: HouseholdId, now: Moment) -> Result<RosterEdit, Vec<Wrong>> {
        let mut reader = Reader::new();
        let head = reader.text(Name::Head, &self.head);
        let phone = reader.optional(Name::ContactPhone, &self.phone);
        let remark = reader.optional(Name::Remark, &self.remark);
        let this_year = now.date().year();
        let members = self.members.iter().filter_map(|member| member.read(&mut reader, this_year)).collect();
        let made = head.map(|head| {
            let new = [
                RosterValue::Head(head),
                RosterValue::Phone(phone),
                RosterValue::Remark(remark),
                RosterValue::Members(members),
            ];
            let changes: Vec<_> = self
                .saw
                .iter()
                .zip(new)
                .filter(|(saw, new)| *saw != new)
                .map(|(saw, new)| RosterChange { saw: saw.clone(), new })
                .collect();
            RosterEdit { household, settles: None, changes }
        });
        if made.as_ref().is_some_and(|edit| edit.changes.is_empty()) {
            reader.note(Name::Head, Why::NothingChanged);
        }
        reader.finish(made)
    }
}

/// The changes of an edit that stand against what the roster says now.
#[must_use]
pub fn clashing<'a>(edit: &'a RosterEdit, card: &HouseholdCard) -> Vec<&'a RosterChange> {
    edit.changes.iter().filter(|change| change.fit(card) == Fit::Clash).collect()
}

/// The edit that settles a clash. `mine` says for each of [`clashing`] whether one's own value is to
/// hold; what nobody contradicts any more stays as the roster has it.
#[must_use]
pub fn settle(clash: RecordId, edit: &RosterEdit, card: &HouseholdCard, mine: &[bool]) -> RosterEdit {
    let theirs = |change: &RosterChange| RosterChange { saw: change.new.on(card), new: change.new.on(card) };
    let open = clashing(edit, card);
    let mut changes: Vec<_> = open
        .iter()
        .enumerate()
        .map(|(at, change)| {
            let new = if mine.get(at).copied().unwrap_or(false) { change.new.clone() } else { change.new.on(card) };
            RosterChange { saw: change.new.on(card), new }
        })
        .collect();
    if changes.is_empty() {
        // Both say the same by now; the clash is named all the same, so that it is over.
        changes = edit.changes.iter().map(theirs).collect();
    }
    RosterEdit { household: edit.household, settles: Some(clash), changes }
}

/// The card as it will be once the official's own edits, which still wait on the phone, have arrived.
#[must_use]
pub fn with_own<'a>(card: &HouseholdCard, edits: impl IntoIterator<Item = &'a RosterEdit>) -> HouseholdCard {
    let mut card = card.clone();
    for edit in edits {
        let _clashed = edit.apply(&mut card);
    }
    card
}
