//! 更正登记: what was written down wrongly when a matter was registered (spec 3.1). The petitioner's own account (投诉内容)
//! is not among it: it stays as it was said. What stood before stays in the journal.

use serde::{Deserialize, Serialize};

use super::registration::{Category, Demand, Petitioner, PurposeOfPetition, Registration};
use crate::id::AccountId;
use crate::text::{Paragraph, ShortText, Title};
use crate::time::Moment;

/// Another value, or none: a phone number that was somebody else's can be taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anew<T> {
    /// What is right; nothing where there is none.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub to: Option<T>,
}

fn none<T>() -> Option<T> {
    None
}

/// 改写的诉求.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reworded {
    /// Which, from 0. Demands keep their numbers.
    pub demand: u16,
    /// As it is meant.
    pub text: Demand,
}

/// 更正后的内容: what is not named stays as it is. So somebody who sees a form without particulars changes only what
/// was typed anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrections {
    /// 姓名.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<ShortText>,
    /// 电话.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Anew<ShortText>>,
    /// 住址.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Anew<Title>>,
    /// 标题.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Title>,
    /// 内容分类.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// 信访目的.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<PurposeOfPetition>,
    /// 诉求 in other words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub demands: Vec<Reworded>,
    /// 漏登的诉求, behind those that are there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more_demands: Vec<Demand>,
    /// 信访人数.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<Anew<u16>>,
    /// 代表.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub representatives: Option<Vec<ShortText>>,
}

/// 更正的栏目.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormField {
    /// 姓名.
    Name,
    /// 电话.
    Phone,
    /// 住址.
    Address,
    /// 标题.
    Title,
    /// 内容分类.
    Category,
    /// 信访目的.
    Purpose,
    /// 诉求.
    Demands,
    /// 信访人数.
    People,
    /// 代表.
    Representatives,
}

impl FormField {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Phone,
        Self::Address,
        Self::Title,
        Self::Category,
        Self::Purpose,
        Self::Demands,
        Self::People,
        Self::Representatives,
    ];
}

/// The part of a form that corrections can touch, as it stood or stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormPart {
    /// 主访人.
    pub petitioner: Petitioner,
    /// 标题.
    pub title: Title,
    /// 内容分类.
    pub category: Category,
    /// 信访目的.
    pub purpose: PurposeOfPetition,
    /// 诉求.
    pub demands: Vec<Demand>,
    /// 信访人数.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u16>,
    /// 代表.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub representatives: Vec<ShortText>,
}

/// 更正: what stood, what stands, why, by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormCorrection {
    /// 更正前.
    pub before: FormPart,
    /// 更正后.
    pub after: FormPart,
    /// 更正理由.
    pub reason: Paragraph,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

impl FormPart {
    /// What stands on a form.
    #[must_use]
    pub fn of(form: &Registration) -> Self {
        Self {
            petitioner: form.petitioner.clone(),
            title: form.title.clone(),
            category: form.category,
            purpose: form.purpose,
            demands: form.demands.clone(),
            people: form.particulars.people,
            representatives: form.particulars.representatives.clone(),
        }
    }

    /// Puts it on a form.
    pub fn put(&self, form: &mut Registration) {
        let part = self.clone();
        (form.petitioner, form.title, form.demands) = (part.petitioner, part.title, part.demands);
        (form.category, form.purpose) = (part.category, part.purpose);
        (form.particulars.people, form.particulars.representatives) = (part.people, part.representatives);
    }

    /// What of a field differs.
    #[must_use]
    fn differs(&self, other: &Self, field: FormField) -> bool {
        let (one, two) = (&self.petitioner, &other.petitioner);
        match field {
            FormField::Name => one.name != two.name,
            FormField::Phone => one.phone != two.phone,
            FormField::Address => one.address != two.address,
            FormField::Title => self.title != other.title,
            FormField::Category => self.category != other.category,
            FormField::Purpose => self.purpose != other.purpose,
            FormField::Demands => self.demands != other.demands,
            FormField::People => self.people != other.people,
            FormField::Representatives => self.representatives != other.representatives,
        }
    }

    /// Whether a field holds the sign that stands for what is left out for those who need no particulars.
    #[must_use]
    pub(super) fn is_hidden(&self, field: FormField) -> bool {
        let starred = |text: &str| text.contains(['*', '＊']);
        let person = &self.petitioner;
        match field {
            FormField::Name => starred(person.name.as_str()),
            FormField::Phone => person.phone.as_ref().is_some_and(|phone| starred(phone.as_str())),
            FormField::Address => person.address.as_ref().is_some_and(|address| starred(address.as_str())),
            FormField::Title => starred(self.title.as_str()),
            FormField::Demands => self.demands.iter().any(|demand| starred(demand.0.as_str())),
            FormField::Representatives => self.representatives.iter().any(|name| starred(name.as_str())),
            FormField::Category | FormField::Purpose | FormField::People => false,
        }
    }
}

impl FormCorrection {
    /// Which fields it changed.
    pub fn fields(&self) -> impl Iterator<Item = FormField> + '_ {
        FormField::ALL.into_iter().filter(|field| self.before.differs(&self.after, *field))
    }
}

impl Corrections {
    /// The form as it stands then; `None` where a demand is named that is not there.
    #[must_use]
    pub(super) fn on(&self, form: &Registration) -> Option<FormPart> {
        let mut part = FormPart::of(form);
        if let Some(name) = &self.name {
            part.petitioner.name = name.clone();
        }
        if let Some(phone) = &self.phone {
            part.petitioner.phone = phone.to.clone();
        }
        if let Some(address) = &self.address {
            part.petitioner.address = address.to.clone();
        }
        if let Some(title) = &self.title {
            part.title = title.clone();
        }
        part.category = self.category.unwrap_or(part.category);
        part.purpose = self.purpose.unwrap_or(part.purpose);
        for reworded in &self.demands {
            *part.demands.get_mut(usize::from(reworded.demand))? = reworded.text.clone();
        }
        part.demands.extend(self.more_demands.iter().cloned());
        if let Some(people) = &self.people {
            part.people = people.to;
        }
        if let Some(representatives) = &self.representatives {
            part.representatives.clone_from(representatives);
        }
        Some(part)
    }
}
