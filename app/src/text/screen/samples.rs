//! Words of 抽查回访.

use case_core::wire::samples::{SampleMark, SampleResult, SampleView, SampledMatter};
use chrono::NaiveDate;

use crate::{format, text};

/// Heading.
pub const TITLE: &str = "抽查回访";
/// What it is.
pub const NOTE: &str = "从办结的事项里随机抽几件，请没有参与办理的人上门问信访人，看是不是真的办好了。";
/// Who learns of it.
pub const BLIND: &str = "结果出来以前，承办人和责任单位看不到抽了哪些。抽中哪件由种子决定，谁都不能挑。";
/// Field.
pub const COUNT: &str = "抽几件";
/// Field.
pub const DAYS: &str = "多少天内办结的";
/// Field.
pub const UNIT: &str = "责任单位";
/// Below it.
pub const UNIT_HINT: &str = "不选就从全县抽。";
/// Button.
pub const DRAW: &str = "随机抽";
/// A count that is none.
pub const COUNT_WRONG: &str = "填 1 到 50";
/// Days that are none.
pub const DAYS_WRONG: &str = "填 1 到 730";
/// There was nothing.
pub const NOTHING: &str = "这个范围里没有可抽的事项。放宽天数，或者不限单位。";
/// Done.
pub const DRAWN: &str = "抽好了，已经派到回访人的手机上";
/// No draw yet.
pub const NONE: &str = "还没有抽查过";
/// Beside it.
pub const NONE_NOTE: &str = "填好件数和天数，点“随机抽”。";
/// Fact.
pub const SEED: &str = "种子";
/// Fact.
pub const LIST: &str = "抽取名单";
/// Fact.
pub const LIST_DIGEST: &str = "名单校验值";
/// Link.
pub const TAKE_LIST: &str = "下载名单";
/// How to draw again.
pub const HOW: &str = "怎样重新算";
/// How to draw again.
pub const HOW_NOTE: &str = "对名单上每一行：把种子、半角冒号和这一行连起来，取它的二百五十六位安全散列值，用小写十六进制写出，从小到大排，取前面几件。";
/// It comes out the same.
pub const AGREES: &str = "按种子和名单重新算过，抽中的一样。";
/// It does not.
pub const DIFFERS: &str = "按种子和名单重新算，抽中的不一样，请核查。";
/// Nobody can go.
pub const NOBODY: &str = "没有合适的人去，请另外安排";
/// Link.
pub const REOPEN: &str = "打开案卷，提请重开（虚假办结）";
/// Link.
pub const OPEN: &str = "打开案卷";
/// Fact in the file.
pub const MARK: &str = "抽查";

/// 第 3 次 · 5月3日 周六 9:30 · 沈正.
#[must_use]
pub fn heading(sample: &SampleView, today: NaiveDate) -> String {
    ["第 ", &sample.number.to_string(), " 次 · ", &format::moment(sample.at, today), " · ", sample.by.as_str()].concat()
}

/// 县住建局 90 天内办结的 12 件里抽了 3 件，回访了 2 件，不满意 1 件.
#[must_use]
pub fn tally(sample: &SampleView) -> String {
    let results = || sample.matters.iter().filter_map(|matter| matter.result.as_ref());
    let dissatisfied = results().filter(|result| result.dissatisfied).count();
    [
        sample.unit.as_ref().map_or("全县", |unit| unit.as_str()),
        " ",
        &sample.days.to_string(),
        " 天内办结的 ",
        &sample.size.to_string(),
        " 件里抽了 ",
        &sample.matters.len().to_string(),
        " 件，回访了 ",
        &results().count().to_string(),
        " 件，不满意 ",
        &dissatisfied.to_string(),
        " 件。",
    ]
    .concat()
}

/// Who goes, or went.
#[must_use]
pub fn visitors(matter: &SampledMatter) -> String {
    let names: Vec<&str> = matter.visitors.iter().map(|name| name.as_str()).collect();
    if names.is_empty() { NOBODY.to_owned() } else { ["回访人：", &names.join("、")].concat() }
}

/// How far it is.
#[must_use]
pub fn stands(matter: &SampledMatter, today: NaiveDate) -> String {
    match (&matter.result, matter.attempts) {
        (Some(result), _) => outcome(result, today),
        (None, 0) => "待回访".to_owned(),
        (None, tries) => ["待回访，去过 ", &tries.to_string(), " 次没见到人"].concat(),
    }
}

fn outcome(result: &SampleResult, today: NaiveDate) -> String {
    let mut parts = vec![["已回访，", &format::moment(result.at, today), "，", result.by.as_str()].concat()];
    if result.refused {
        parts.push("信访人不愿意接受回访".to_owned());
    }
    let one = result.demands.len() == 1;
    parts.extend(result.demands.iter().enumerate().map(|(at, done)| {
        let done = text::field::fulfilment(*done);
        if one { done.to_owned() } else { [&text::demand_name(at), "：", done].concat() }
    }));
    if result.dissatisfied {
        parts.push("对责任单位不满意".to_owned());
    }
    parts.join("；")
}

/// 第 3 次抽查，5月3日 周六 9:30 抽中，待回访.
#[must_use]
pub fn mark(mark: SampleMark, today: NaiveDate) -> String {
    let stands = if mark.visited { "已回访" } else { "待回访" };
    ["第 ", &mark.number.to_string(), " 次抽查，", &format::moment(mark.at, today), " 抽中，", stands].concat()
}
