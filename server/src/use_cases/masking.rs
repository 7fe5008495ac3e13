//! What a file shows to those who do not need the petitioner's particulars at the moment. Who does stands in
//! [`super::visible::needs_particulars`]; here it is done, before anything is sent.
//!
//! A file is many texts: the form, the journal, notes, letters. So it is not masked field by field, where a
//! new field would be forgotten: all its texts are looked through for the particulars of all its petitioners
//! (objects under the keys `petitioner` and `helper`, visitors under `who`, those who speak for a group under
//! `representatives`), and for numbers that are somebody's.

use case_core::document::Content;
use case_core::mask;
use case_core::matter::{Matter, OldCase, Registration};
use case_core::text::{ShortText, Title};
use case_core::wire::desk::{MatterFile, MatterRow};
use serde_json::Value;

use crate::error::ApiError;

/// The file without particulars.
pub(crate) fn file(file: &MatterFile) -> Result<MatterFile, ApiError> {
    let broken = |error: serde_json::Error| ApiError::Internal(format!("masking a file: {error}"));
    let mut value = serde_json::to_value(file).map_err(broken)?;
    let mut particulars = Particulars::default();
    particulars.gather(&mut value);
    particulars.hide(&mut value);
    let masked: MatterFile = serde_json::from_value(value).map_err(broken)?;
    Ok(MatterFile { masked: true, ..masked })
}

/// A registration form and what the ledger of old cases says, without particulars, for ledgers and lists of reports.
pub(crate) fn counted(form: &Registration, cases: &[OldCase]) -> Result<(Registration, Vec<OldCase>), ApiError> {
    let broken = |error: serde_json::Error| ApiError::Internal(format!("masking a form: {error}"));
    let mut value = serde_json::to_value((form, cases)).map_err(broken)?;
    let mut particulars = Particulars::default();
    particulars.gather(&mut value);
    particulars.hide(&mut value);
    serde_json::from_value(value).map_err(broken)
}

/// What is to be hidden of a matter, to look for it in papers.
pub(crate) fn of(matter: &Matter) -> Result<Particulars, ApiError> {
    let broken = |error: serde_json::Error| ApiError::Internal(format!("masking a matter: {error}"));
    let mut value = serde_json::to_value(matter).map_err(broken)?;
    let mut particulars = Particulars::default();
    particulars.gather(&mut value);
    Ok(particulars)
}

/// A line of a list without particulars.
pub(crate) fn row(row: MatterRow) -> Result<MatterRow, ApiError> {
    let mut particulars = Particulars::default();
    particulars.add(row.petitioner.as_str(), &mask::name(row.petitioner.as_str()));
    let broken = |_| ApiError::Internal("masking a line".to_owned());
    let petitioner = ShortText::parse(&mask::name(row.petitioner.as_str())).map_err(broken)?;
    let title = Title::parse(&particulars.hidden(row.title.as_str())).map_err(broken)?;
    Ok(MatterRow { petitioner, title, ..row })
}

/// What is to be hidden, and what stands for it; the longest first, since one may be part of another.
#[derive(Default)]
pub(crate) struct Particulars(Vec<(String, String)>);

impl Particulars {
    /// Whether something that is to be hidden stands in a text.
    pub(crate) fn stand_in(&self, text: &str) -> bool {
        self.hidden(text) != text
    }

    /// Whether one of those whom the matter is about is named on a paper. Other numbers do not count: the
    /// office's own telephone stands on every paper.
    pub(crate) fn stand_on(&self, content: &Content) -> Result<bool, ApiError> {
        let broken = |error: serde_json::Error| ApiError::Internal(format!("looking through a paper: {error}"));
        let text = serde_json::to_string(content).map_err(broken)?;
        Ok(self.0.iter().any(|(plain, masked)| replaced(&text, plain, masked) != text))
    }

    /// Only what cannot be part of a code or an id is looked for everywhere: Chinese words of two characters
    /// and more, and numbers of seven digits and more.
    fn add(&mut self, plain: &str, masked: &str) {
        let count = plain.chars().count();
        let telling =
            if plain.is_ascii() { plain.len() >= 7 && plain.bytes().any(|b| b.is_ascii_digit()) } else { count > 1 };
        if telling && plain != masked && !self.0.iter().any(|(known, _)| known == plain) {
            // Never longer than what it stands for: texts have bounds.
            self.0.push((plain.to_owned(), masked.chars().take(count).collect()));
            self.0.sort_by_key(|(known, _)| std::cmp::Reverse(known.len()));
        }
    }

    /// Gathers what is to be hidden, and hides it where it is said by itself.
    fn gather(&mut self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (key, field) in fields {
                    match (key.as_str(), &mut *field) {
                        ("petitioner" | "helper", Value::Object(person)) => self.person(person),
                        ("petitioner" | "who", Value::String(name)) => self.take(name, mask::name),
                        ("representatives", Value::Array(names)) => {
                            for name in names {
                                if let Value::String(name) = name {
                                    self.take(name, mask::name);
                                }
                            }
                        }
                        _ => self.gather(field),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.gather(item)),
            _ => {}
        }
    }

    fn person(&mut self, person: &mut serde_json::Map<String, Value>) {
        for (key, field) in person {
            let Value::String(plain) = field else { continue };
            match key.as_str() {
                "name" => self.take(plain, mask::name),
                "phone" => self.take(plain, mask::phone),
                "address" => self.take(plain, mask::address),
                _ => {}
            }
        }
    }

    fn take(&mut self, plain: &mut String, mask: fn(&str) -> String) {
        let masked = mask(plain);
        self.add(plain, &masked);
        *plain = masked;
    }

    fn hide(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.hidden(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.hide(item)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.hide(field)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn hidden(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (plain, masked) in &self.0 {
            if text.contains(plain.as_str()) {
                text = replaced(&text, plain, masked);
            }
        }
        mask::numbers(&text)
    }
}

/// With every whole occurrence replaced: a number inside a longer word is part of an id.
fn replaced(text: &str, plain: &str, masked: &str) -> String {
    let joins = |side: Option<char>| plain.is_ascii() && side.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-');
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for (at, found) in text.match_indices(plain) {
        let end = at + found.len();
        out.push_str(&text[from..at]);
        let inside = joins(text[..at].chars().next_back()) || joins(text[end..].chars().next());
        out.push_str(if inside { found } else { masked });
        from = end;
    }
    out.push_str(&text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn particulars_go_wherever_they_stand_and_nothing_else_does() {
        let id = "018f3c1e-0000-7000-8000-a13812341234";
        let mut file = json!({
            "id": id, "stage": "visit",
            "registration": { "title": "张三反映路灯", "petitioner": { "name": "张三", "phone": "13812341234", "address": "清溪镇青石村3组" } },
            "journal": [{ "petitioner": { "name": "visit", "phone": "110" }, "text": "到清溪镇青石村3组见张三，电话13812341234、13900005678" }],
            "intakes": [{ "representatives": ["王小五"], "text": "王小五来过" }],
            "flagged": [{ "says": { "who": "李四", "text": "李四说张三不在" } }],
        });
        let mut particulars = Particulars::default();
        particulars.gather(&mut file);
        particulars.hide(&mut file);
        assert_eq!(file["id"], id);
        assert_eq!(file["stage"], "visit", "a name that is a code hides no code");
        let form = json!({ "title": "张*反映路灯", "petitioner": { "name": "张*", "phone": "138****1234", "address": "清溪镇***" } });
        assert_eq!(file["registration"], form);
        assert_eq!(file["journal"][0]["petitioner"], json!({ "name": "v*", "phone": "***" }));
        assert_eq!(file["journal"][0]["text"], "到清溪镇***见张*，电话138****1234、139****5678");
        assert_eq!(file["intakes"][0], json!({ "representatives": ["王*"], "text": "王*来过" }));
        assert_eq!(file["flagged"][0]["says"], json!({ "who": "李*", "text": "李*说张*不在" }));
    }
}
