//! 网上提交: what a petitioner typed on the form, read at the edge.
//!
//! Everything comes as text, from a form that works without scripts; [`FilingForm::read`] turns it into a
//! [`Filing`] that cannot be wrong, or says of each field what is wrong with it, all at once. Whoever fills in
//! for somebody else is asked who they are, and the petitioner says yes to what was read out
//! ([`FilingField::Heard`]), which is asked last, when nothing else is wrong.
//!
//! 检举控告 is no purpose here: such a report has a sealed channel of its own, and the form only shows the way.

use chrono::NaiveDate;

use super::factor::is_no_name;
use crate::matter::{
    ANONYMOUS, Category, Channel, Demand, Helper, Intake, OnlineFiling, Particulars, Petitioner, PurposeOfPetition,
    Registration,
};
use crate::place::DivisionCode;
use crate::text::{LongText, Paragraph, ShortText, Text, TextError, Title};

/// The fewest characters of the text (spec 3.6, online form).
pub const LEAST_WORDS: usize = 15;
/// The most characters of the text.
pub const MOST_WORDS: usize = 2_000;
/// So many fields for demands; one is filled at least.
pub const DEMAND_FIELDS: usize = 6;
/// Characters of a title that is taken from the text.
const TITLE_LENGTH: usize = 30;
/// Digits of the shortest number that can be called.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// What it is for, as the form offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// 申诉求决, 建议意见.
    Plain(PurposeOfPetition),
    /// 检举控告: not taken here.
    Accusation,
}

impl Purpose {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 3] =
        [Self::Plain(PurposeOfPetition::Appeal), Self::Plain(PurposeOfPetition::Suggestion), Self::Accusation];

    /// Its word in the form.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain(PurposeOfPetition::Appeal) => "appeal",
            Self::Plain(PurposeOfPetition::Suggestion) => "suggestion",
            Self::Accusation => "accusation",
        }
    }

    /// The one with that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.word() == word)
    }
}

/// The fields of the form, as typed. No `Debug` that shows them: they are not for a log.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FilingForm {
    /// [`Purpose::word`].
    pub purpose: String,
    /// 反映的事.
    pub text: String,
    /// 诉求, one in each.
    pub demands: Vec<String>,
    /// 区划代码; empty: somewhere in the county.
    pub place: String,
    /// 匿名.
    pub anonymous: bool,
    /// 姓名.
    pub name: String,
    /// 电话.
    pub phone: String,
    /// 住址.
    pub address: String,
    /// 公开意愿; off by default.
    pub publish: bool,
    /// 代填.
    pub helped: bool,
    /// 代填人姓名.
    pub helper_name: String,
    /// 与信访人的关系.
    pub helper_relation: String,
    /// 代填人电话.
    pub helper_phone: String,
    /// 本人已听读并确认.
    pub heard: bool,
}

impl std::fmt::Debug for FilingForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FilingForm(…)")
    }
}

/// A field that something is wrong with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilingField {
    /// 要反映哪一类.
    Purpose,
    /// 反映的事.
    Text,
    /// 诉求, from 0.
    Demand(usize),
    /// 在哪里.
    Place,
    /// 姓名.
    Name,
    /// 电话.
    Phone,
    /// 住址.
    Address,
    /// 代填人姓名.
    HelperName,
    /// 与信访人的关系.
    HelperRelation,
    /// 代填人电话.
    HelperPhone,
    /// 本人已听读并确认.
    Heard,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilingFault {
    /// Nothing was typed or chosen.
    Missing,
    /// Fewer characters than [`LEAST_WORDS`].
    TooShort {
        /// How many there are.
        have: usize,
    },
    /// More than the field holds.
    TooLong {
        /// The most.
        max: usize,
    },
    /// 检举控告: another way is shown.
    NotHere,
    /// Not one of those that are offered.
    Unknown,
    /// Not a number that can be called.
    NotAPhone,
}

/// 网上提交, read.
#[derive(Clone, PartialEq, Eq)]
pub struct Filing {
    purpose: PurposeOfPetition,
    title: Title,
    content: LongText,
    demands: Vec<Demand>,
    place: Option<DivisionCode>,
    petitioner: Petitioner,
    publish: bool,
    online: OnlineFiling,
}

impl std::fmt::Debug for Filing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Filing(…)")
    }
}

impl FilingForm {
    /// Reads the form; `known` says whether a place is one of the county's. What the petitioner must have heard
    /// ([`FilingField::Heard`]) is asked only when nothing else is wrong.
    ///
    /// # Errors
    /// Each field that something is wrong with, in the order of the form.
    pub fn read(&self, known: &dyn Fn(&DivisionCode) -> bool) -> Result<Filing, Vec<(FilingField, FilingFault)>> {
        use FilingField as F;
        let mut faults = Faults::default();
        let helper = if self.helped {
            let name = faults.needed(F::HelperName, &self.helper_name);
            let relation = faults.needed(F::HelperRelation, &self.helper_relation);
            let phone = faults.phone(F::HelperPhone, &self.helper_phone);
            name.zip(relation).map(|(name, relation)| Helper { name, relation, phone })
        } else {
            None
        };
        let purpose = match Purpose::from_word(&self.purpose) {
            Some(Purpose::Plain(purpose)) => Some(purpose),
            Some(Purpose::Accusation) => faults.note(F::Purpose, FilingFault::NotHere),
            None => faults.note(F::Purpose, FilingFault::Missing),
        };
        let content = self.content(&mut faults);
        let demands = self.demands(&mut faults);
        let place = match self.place.trim() {
            "" => None,
            typed => match DivisionCode::parse(typed).ok().filter(|code| known(code)) {
                Some(code) => Some(code),
                None => faults.note(F::Place, FilingFault::Unknown),
            },
        };
        let petitioner = self.petitioner(&mut faults);
        if faults.0.is_empty() && self.helped && !self.heard {
            let _: Option<()> = faults.note(F::Heard, FilingFault::Missing);
        }
        let read = || {
            let content: LongText = content?;
            Some(Filing {
                purpose: purpose?,
                title: title_of(content.as_str())?,
                content,
                demands,
                place,
                petitioner: petitioner?,
                publish: self.publish,
                online: OnlineFiling { anonymous: self.anonymous, helper },
            })
        };
        if !faults.0.is_empty() {
            return Err(faults.0);
        }
        read().ok_or_else(|| vec![(F::Text, FilingFault::Missing)])
    }

    fn content(&self, faults: &mut Faults) -> Option<LongText> {
        let fault = match Text::<MOST_WORDS>::parse(&self.text) {
            Ok(text) => match text.as_str().chars().count() {
                have if have < LEAST_WORDS => FilingFault::TooShort { have },
                _ => return LongText::parse(text.as_str()).ok(),
            },
            Err(TextError::Empty) => FilingFault::Missing,
            Err(TextError::TooLong { max }) => FilingFault::TooLong { max },
        };
        faults.note(FilingField::Text, fault)
    }

    fn demands(&self, faults: &mut Faults) -> Vec<Demand> {
        let mut demands = Vec::new();
        for (at, typed) in self.demands.iter().take(DEMAND_FIELDS).enumerate() {
            match Paragraph::parse_optional(typed) {
                Ok(text) => demands.extend(text.map(Demand)),
                Err(TextError::TooLong { max }) => {
                    let _: Option<()> = faults.note(FilingField::Demand(at), FilingFault::TooLong { max });
                }
                Err(TextError::Empty) => {}
            }
        }
        if demands.is_empty() && !faults.0.iter().any(|(field, _)| matches!(field, FilingField::Demand(_))) {
            let _: Option<()> = faults.note(FilingField::Demand(0), FilingFault::Missing);
        }
        demands
    }

    /// 姓名, 住址 (Article 19), and a phone where there is one. Of whoever stays unnamed only a phone is kept, and
    /// only where one was left: what was typed into the other fields before is nobody's business.
    fn petitioner(&self, faults: &mut Faults) -> Option<Petitioner> {
        if self.anonymous {
            let phone = faults.phone(FilingField::Phone, &self.phone);
            return Some(Petitioner { name: ShortText::parse(ANONYMOUS).ok()?, phone, address: None });
        }
        let name = faults.needed::<60>(FilingField::Name, &self.name);
        let name = match name {
            // Who gives no name ticks that, and gets a word to look up with.
            Some(name) if is_no_name(name.as_str()) => faults.note(FilingField::Name, FilingFault::Missing),
            other => other,
        };
        let phone = faults.phone(FilingField::Phone, &self.phone);
        let address = faults.needed(FilingField::Address, &self.address);
        Some(Petitioner { name: name?, phone, address: Some(address?) })
    }
}

impl Filing {
    /// 信访登记表 of what came in on that day. Its class is the registrar's to say.
    #[must_use]
    pub fn registration(self, received_on: NaiveDate) -> Registration {
        Registration {
            title: self.title,
            content: self.content,
            demands: self.demands,
            purpose: self.purpose,
            category: Category::Other,
            channel: Channel::Online,
            intake: Intake::First,
            petitioner: self.petitioner,
            place: self.place,
            household: None,
            received_on,
            direct: false,
            received_by: None,
            particulars: Particulars { publish: self.publish, online: Some(self.online), ..Particulars::default() },
        }
    }
}

#[derive(Default)]
struct Faults(Vec<(FilingField, FilingFault)>);

impl Faults {
    fn note<T>(&mut self, field: FilingField, fault: FilingFault) -> Option<T> {
        self.0.push((field, fault));
        None
    }

    fn needed<const MAX: usize>(&mut self, field: FilingField, typed: &str) -> Option<Text<MAX>> {
        match Text::parse(typed) {
            Ok(text) => Some(text),
            Err(TextError::Empty) => self.note(field, FilingFault::Missing),
            Err(TextError::TooLong { max }) => self.note(field, FilingFault::TooLong { max }),
        }
    }

    fn phone(&mut self, field: FilingField, typed: &str) -> Option<ShortText> {
        let number = match ShortText::parse_optional(typed) {
            Ok(number) => number?,
            Err(_) => return self.note(field, FilingFault::NotAPhone),
        };
        let digits = crate::search::fold(number.as_str()).chars().filter(char::is_ascii_digit).count();
        if PHONE_DIGITS.contains(&digits) { Some(number) } else { self.note(field, FilingFault::NotAPhone) }
    }
}

/// 标题: the first sentence of what is said, cut short where it is long. None of an empty text.
#[must_use]
pub fn title_of(text: &str) -> Option<Title> {
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n' | '\r');
    let sentence = text.split(ends).map(str::trim).find(|part| !part.is_empty())?;
    if sentence.chars().count() <= TITLE_LENGTH {
        return Title::parse(sentence).ok();
    }
    let short: String = sentence.chars().take(TITLE_LENGTH).chain(['…']).collect();
    Title::parse(&short).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "村口的路灯从五月起一直不亮，晚上老人出门看不见路。请派人来修。";

    fn form() -> FilingForm {
        FilingForm {
            purpose: "appeal".to_owned(),
            text: SAID.to_owned(),
            demands: vec!["修好路灯".to_owned(), String::new(), " 告诉我哪天修 ".to_owned()],
            place: "350921101201".to_owned(),
            name: "林小溪".to_owned(),
            phone: "138 0000 1234".to_owned(),
            address: "清溪镇石桥村".to_owned(),
            ..FilingForm::default()
        }
    }

    fn read(form: &FilingForm) -> Result<Filing, Vec<(FilingField, FilingFault)>> {
        form.read(&|code| code.as_str() == "350921101201")
    }

    fn faults(change: impl FnOnce(&mut FilingForm)) -> Vec<(FilingField, FilingFault)> {
        let mut form = form();
        change(&mut form);
        read(&form).unwrap_err()
    }

    #[test]
    fn what_is_right_becomes_a_registration() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let registration = read(&form()).unwrap().registration(day);
        assert_eq!(registration.title.as_str(), "村口的路灯从五月起一直不亮，晚上老人出门看不见路");
        assert_eq!(registration.content.as_str(), SAID);
        let demands: Vec<_> = registration.demands.iter().map(|demand| demand.0.as_str()).collect();
        assert_eq!(demands, ["修好路灯", "告诉我哪天修"]);
        assert_eq!((registration.channel, registration.intake), (Channel::Online, Intake::First));
        assert_eq!(registration.received_on, day);
        assert_eq!(registration.petitioner.phone_tail().unwrap(), "1234");
        assert_eq!(registration.particulars.online, Some(OnlineFiling::default()));
        assert!(!registration.particulars.publish, "not asked is not agreed");
        let agreed = FilingForm { publish: true, ..form() };
        assert!(read(&agreed).unwrap().registration(day).particulars.publish);
    }

    #[test]
    fn everything_wrong_is_said_at_once_in_the_order_of_the_form() {
        use FilingField as F;
        let empty = FilingForm { helped: true, ..FilingForm::default() };
        let fields: Vec<_> = read(&empty).unwrap_err().into_iter().map(|(field, _)| field).collect();
        let all = [F::HelperName, F::HelperRelation, F::Purpose, F::Text, F::Demand(0), F::Name, F::Address];
        assert_eq!(fields, all);
    }

    #[test]
    fn a_text_has_fifteen_to_two_thousand_characters() {
        let of = |length: usize| {
            let mut form = form();
            form.text = "水".repeat(length);
            read(&form).err()
        };
        assert_eq!(of(14), Some(vec![(FilingField::Text, FilingFault::TooShort { have: 14 })]));
        assert_eq!(of(15), None);
        assert_eq!(of(2_000), None);
        assert_eq!(of(2_001), Some(vec![(FilingField::Text, FilingFault::TooLong { max: 2_000 })]));
    }

    #[test]
    fn a_report_against_an_official_is_not_taken_here() {
        let found = faults(|form| form.purpose = "accusation".to_owned());
        assert_eq!(found, [(FilingField::Purpose, FilingFault::NotHere)]);
        assert_eq!(Purpose::from_word("accuse"), None);
    }

    #[test]
    fn whoever_stays_unnamed_leaves_no_name_and_no_address() {
        let mut form = form();
        form.anonymous = true;
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let registration = read(&form).unwrap().registration(day);
        assert_eq!((registration.petitioner.name.as_str(), registration.petitioner.address), (ANONYMOUS, None));
        assert!(registration.particulars.online.unwrap().anonymous);
        let posed = faults(|form| form.name = ANONYMOUS.to_owned());
        assert_eq!(posed, [(FilingField::Name, FilingFault::Missing)]);
    }

    #[test]
    fn a_helper_says_who_they_are_and_the_petitioner_says_yes_last() {
        let helped = |form: &mut FilingForm| {
            form.helped = true;
            form.helper_name = "林小芳".to_owned();
            form.helper_relation = "女儿".to_owned();
        };
        assert_eq!(faults(helped), [(FilingField::Heard, FilingFault::Missing)]);
        let mut form = form();
        helped(&mut form);
        form.heard = true;
        form.helper_phone = "12".to_owned();
        assert_eq!(read(&form).unwrap_err(), [(FilingField::HelperPhone, FilingFault::NotAPhone)]);
        form.helper_phone = "13900001111".to_owned();
        let helper = read(&form).unwrap().online.helper.unwrap();
        assert_eq!((helper.name.as_str(), helper.relation.as_str()), ("林小芳", "女儿"));
    }

    #[test]
    fn a_place_is_one_of_the_countys_or_none() {
        let found = faults(|form| form.place = "350921101999".to_owned());
        assert_eq!(found, [(FilingField::Place, FilingFault::Unknown)]);
        let mut form = form();
        form.place = String::new();
        assert!(read(&form).unwrap().place.is_none());
    }

    #[test]
    fn a_title_is_the_first_sentence_cut_short() {
        let title = |text: &str| title_of(text).map(|title| title.as_str().to_owned());
        assert_eq!(title("\n 路灯不亮！请修。").unwrap(), "路灯不亮");
        assert_eq!(title(&"路".repeat(40)).unwrap(), ["路".repeat(30), "…".to_owned()].concat());
        assert_eq!(title("。。"), None);
    }
}
