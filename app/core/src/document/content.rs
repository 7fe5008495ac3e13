//! What stands on a document: parts with headings and blocks, who signs, and the lines that tell a
//! petitioner what it means. Stored as JSON when it is issued and never changed; fields are added with
//! defaults only.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::part::Part;

/// The content of a document, without number and version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// 发文机关.
    pub organ: String,
    /// 标题.
    pub title: String,
    /// 主送.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<String>,
    /// The parts, in order.
    pub sections: Vec<Section>,
    /// 特此告知。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<String>,
    /// 落款.
    pub signature: Signature,
    /// 救济途径, said once more below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// What it means in one plain sentence.
    pub plain: String,
    /// Whom to call.
    pub contact: String,
    /// 复查机关 of an opinion: proposed again in the unit's next one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_organ: Option<String>,
}

/// A part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Which.
    pub part: Part,
    /// 一级标题, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A piece of a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// 正文: a paragraph.
    Text {
        /// The words.
        text: String,
    },
    /// 二级标题.
    Heading {
        /// The words.
        text: String,
    },
    /// A table with a head.
    Table {
        /// Names of the columns.
        head: Vec<String>,
        /// The rows, each as long as the head.
        rows: Vec<Vec<String>>,
    },
    /// A form: names and values in two columns. An empty value is filled by hand.
    Facts {
        /// Name and value.
        rows: Vec<(String, String)>,
    },
    /// Room to write by hand.
    Room {
        /// What goes there.
        label: String,
        /// How many lines.
        lines: u8,
    },
    /// Boxes to tick by hand.
    Ticks {
        /// The question.
        label: String,
        /// The answers.
        options: Vec<String>,
    },
    /// Places to sign or print a finger.
    Signs {
        /// Who signs.
        labels: Vec<String>,
    },
    /// 查询码: filled in when it is printed, and stored nowhere.
    QueryCode,
}

/// 落款.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Who signs.
    pub organ: String,
    /// The day.
    pub on: NaiveDate,
    /// Whether a seal goes there; an electronic one has equal force.
    pub seal: bool,
    /// 签发人, where somebody signs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<String>,
}

impl Content {
    /// Whether a part is there and says something.
    #[must_use]
    pub fn says(&self, part: Part) -> bool {
        self.sections.iter().any(|section| section.part == part && !section.blocks.is_empty())
    }
}
