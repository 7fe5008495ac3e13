//! Words of the smaller forms of the field: 接访, 登记, 查询码, 记事, 更正, 材料, 户册.

use case_core::field::{Payload, ReceptionKind, RosterValue};
use case_core::wire::sync::Member;

use crate::text;

// 接访.

/// 开门接访.
pub const OPEN_DOOR: &str = "开门接访";
/// Below it.
pub const OPEN_DOOR_NOTE: &str = "谁来都接";
/// 专门约访.
pub const APPOINTMENT: &str = "专门约访";
/// Below it.
pub const APPOINTMENT_NOTE: &str = "约好了来谈";
/// The legend above the kinds.
pub const RECEPTION_KIND: &str = "怎么接的";
/// Hint of the visitor.
pub const VISITOR_HINT: &str = "来的人多，写带头说的那一个。";
/// Hint of the companions.
pub const COMPANIONS_HINT: &str = "几个人用顿号隔开。";
/// Hint of the subject.
pub const SUBJECT_HINT: &str = "他为什么来，事情大概怎么样。";
/// Hint of the opinion.
pub const OPINION_HINT: &str = "当场定了怎么办，写在这里。";

// 登记.

/// 登记.
pub const INTAKE: &str = "登记信访事项";
/// Below it.
pub const INTAKE_NOTE: &str = "当面登记，当面给查询码";
/// The page on which one chooses for whom.
pub const INTAKE_WHOM: &str = "替谁登记";
/// Nobody of the roster.
pub const NOT_LISTED: &str = "不是户册上的人";
/// What then.
pub const NOT_LISTED_NOTE: &str = "直接写姓名和住址";
/// Hint of the content.
#[must_use]
pub fn content_hint(least: usize) -> String {
    ["要求什么，经过怎样，为什么这样要求。最少 ", &least.to_string(), " 个字，可以按键盘上的话筒说。"].concat()
}
/// 38 / 2000.
#[must_use]
pub fn counted(n: usize) -> String {
    [&n.to_string(), " / 2000 字"].concat()
}

// 查询码.

/// 查询码.
pub const CODE: &str = "查询码";
/// Leads to it.
pub const SHOW_CODE: &str = "看查询码";
/// Above the digits.
pub const CODE_GIVE: &str = "请抄给信访人，或拿给他看";
/// Below them: what is true now.
pub const CODE_WHEN: &str = "这部手机有信号、记录送达以后，他就能查办到哪一步。";
/// The record was confirmed.
pub const CODE_NOW: &str = "记录已送达，他现在就能查办到哪一步。";
/// How to look it up.
pub const CODE_HOW: &str = "查的时候要填查询码，还要填电话后四位；没留电话就填姓名。查询码不要给别人看。";
/// No code was left.
pub const CODE_LATER: &str = "这部手机备用的查询码用完了。记录送达以后，查询码会出现在这里，再告诉信访人。";
/// Another code holds.
pub const CODE_REPLACED: &str = "当时给的查询码不能用。请把这个新的告诉信访人，旧的作废。";
/// Another code holds, which this phone was not told.
pub const CODE_REPLACED_UNKNOWN: &str = "当时给的查询码不能用。请信访人到县信访局补一个。";
/// For whom.
#[must_use]
pub fn code_for(petitioner: &str) -> String {
    ["给 ", petitioner].concat()
}
/// Done with it.
pub const CODE_DONE: &str = "已经告诉他了";

// 记事、材料、更正.

/// 记事.
pub const NOTE: &str = "记事";
/// Hint of the note.
pub const NOTE_HINT: &str = "打了电话、碰见了、听说了，值得记的都可以写。";
/// 材料.
pub const EVIDENCE: &str = "材料";
/// Hint of its title.
pub const EVIDENCE_HINT: &str = "比如：合同、收据、他录的音。下面至少加一个照片或录音。";
/// 更正.
pub const CORRECT: &str = "更正这条";
/// Title of the form.
pub const CORRECTION: &str = "更正";
/// What it means.
pub const CORRECTION_NOTE: &str = "原来的记录不改也不删，更正会和它放在一起。";
/// Heading of what the record says.
pub const RECORD_SAYS: &str = "这条记录写的是";
/// Hint of the correction.
pub const RIGHT_HINT: &str = "哪里错了，应该是什么。";
/// A record.
pub const RECORD: &str = "记录";
/// Heading of the acts on a household or matter.
pub const MORE_ACTS: &str = "还可以";

// 户册.

/// 户册修改.
pub const ROSTER: &str = "改户册";
/// Below the title.
pub const ROSTER_NOTE: &str = "只改和实际不一样的地方。";
/// An edit waits on this phone.
pub const ROSTER_WAITS: &str = "户册改动已记下，等服务器确认。";
/// Adds a member.
pub const ADD_MEMBER: &str = "加一个人";
/// Takes one away.
pub const REMOVE_MEMBER: &str = "从户册去掉";
/// Hint of a masked number.
pub const MASKED_HINT: &str = "户册上的号码有星号，问到了就写全。";
/// Two statements about one value.
pub const CLASH: &str = "户册有两个说法";
/// Of which household.
#[must_use]
pub fn clash_of(home: &str) -> String {
    [home, "，请选一个"].concat()
}
/// Why.
pub const CLASH_NOTE: &str = "您改户册的时候，别人也改了。两个都在下面，请按实际的选。";
/// Above one's own value.
pub const MINE: &str = "您写的";
/// Above the present value.
pub const NOW: &str = "现在的";
/// Asks which of the two holds.
#[must_use]
pub fn which(field: &str) -> String {
    ["“", field, "”用哪一个"].concat()
}
/// The two choices.
pub const CHOICES: [&str; 2] = ["用我的", "用现在的"];
/// Nothing is open any more.
pub const CLASH_OVER: &str = "已经没有两个说法了。";
/// Nobody contradicts any more.
pub const CLASH_SAME: &str = "现在两边写的一样了，点保存就算了结。";
/// A choice is missing.
pub const CLASH_CHOOSE: &str = "还有没选的，请每一项都选一个。";

/// The name of a value of the roster.
#[must_use]
pub fn roster_field(value: &RosterValue) -> &'static str {
    match value {
        RosterValue::Head(_) => "户主姓名",
        RosterValue::Phone(_) => "联系电话",
        RosterValue::Remark(_) => "备注",
        RosterValue::Members(_) => "家里人",
    }
}

/// A value of the roster in words.
#[must_use]
pub fn roster_value(value: &RosterValue) -> String {
    let or_none = |text: Option<&str>| text.unwrap_or("没有").to_owned();
    match value {
        RosterValue::Head(name) => name.as_str().to_owned(),
        RosterValue::Phone(phone) => or_none(phone.as_ref().map(|text| text.as_str())),
        RosterValue::Remark(remark) => or_none(remark.as_ref().map(|text| text.as_str())),
        RosterValue::Members(members) if members.is_empty() => or_none(None),
        RosterValue::Members(members) => members.iter().map(member).collect::<Vec<_>>().join("；"),
    }
}

fn member(member: &Member) -> String {
    let born = member.birth_year.map(super::field::born);
    let parts = [
        Some(member.name.as_str()),
        member.relation.as_ref().map(|text| text.as_str()),
        born.as_deref(),
        member.phone.as_ref().map(|text| text.as_str()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What a record of these kinds is called in a list: a reception by its own kind.
#[must_use]
pub fn called(payload: &Payload) -> &'static str {
    match payload {
        Payload::Reception(reception) => text::field::reception_kind(reception.kind),
        other => text::record::kind(other.kind()),
    }
}

/// The title of the page of a reception.
#[must_use]
pub fn reception(kind: ReceptionKind) -> &'static str {
    text::field::reception_kind(kind)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use case_core::text::ShortText;

    use super::*;

    #[test]
    fn values_of_the_roster_are_said_in_words() {
        let name = |text: &str| ShortText::parse(text).unwrap();
        assert_eq!(roster_value(&RosterValue::Phone(None)), "没有");
        let members = vec![
            Member { name: name("林小溪"), relation: Some(name("女儿")), birth_year: Some(1998), phone: None },
            Member { name: name("林大山"), relation: None, birth_year: None, phone: Some(name("12345678")) },
        ];
        assert_eq!(roster_value(&RosterValue::Members(members)), "林小溪 女儿 1998年生；林大山 12345678");
    }

    #[test]
    fn the_code_promises_nothing_before_the_record_has_arrived() {
        for words in [CODE_WHEN, CODE_LATER] {
            assert!(words.contains("送达以后"), "{words}");
        }
    }
}
