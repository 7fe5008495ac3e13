//! 案卷封面, 卷内目录.

use chrono::NaiveDate;

use super::super::compose::{Composer, Tail};
use super::super::content::Block;
use super::super::part::{Part as P, Why};
use super::{day, entered, facts, paragraphs, their_matter};
use crate::matter::Stage;

/// 卷内目录: the documents that were issued, in their order; pages are numbered by hand.
pub(super) fn contents(c: &mut Composer<'_>) -> Tail {
    c.say(P::Subject, [&their_matter(c), "的案卷，文书如下。"].concat());
    let mut papers: Vec<(NaiveDate, String, String)> =
        c.facts.earlier.iter().map(|paper| (paper.on, paper.title.clone(), paper.number.clone())).collect();
    papers.extend(c.matter.outside_papers.iter().map(|paper| {
        let title = ["（系统外）", (c.facts.words.document)(paper.kind)].concat();
        (paper.paper.on, title, paper.paper.number.as_str().to_owned())
    }));
    papers.sort_by_key(|(on, ..)| *on);
    let rows: Vec<Vec<String>> = papers
        .into_iter()
        .enumerate()
        .map(|(at, (on, title, number))| vec![(at + 1).to_string(), title, number, day(on), String::new()])
        .collect();
    if rows.is_empty() {
        c.lack(P::Contents, Why::Missing);
    }
    let head = ["序号", "文书名称", "文号", "日期", "页号"].map(str::to_owned).to_vec();
    c.add(P::Contents, None, vec![Block::Table { head, rows }]);
    Tail { seal: false, ..Tail::new("卷内目录", "案卷里有哪些文书，一份不少写在上面。") }
}

/// 案卷封面.
pub(super) fn cover(c: &mut Composer<'_>) -> Tail {
    let registration = &c.matter.registration;
    c.say(P::Subject, registration.title.as_str());
    let unit = c.facts.unit.map_or_else(|| "没有转送".to_owned(), |unit| unit.name.as_str().to_owned());
    let rows = facts([
        ("信访件编号", c.matter.number.as_str().to_owned()),
        ("信访人", registration.petitioner.name.as_str().to_owned()),
        ("责任单位", unit),
        ("收到日期", day(registration.received_on)),
    ]);
    c.add(P::Petitioner, None, vec![rows]);
    let count = (c.facts.earlier.len() + c.matter.outside_papers.len()).to_string();
    let bound = c
        .matter
        .archive
        .as_ref()
        .map(|archive| [archive.volume.as_str(), "卷，共", &archive.pages.to_string(), "页。"].concat());
    let pages = bound.unwrap_or_else(|| "卷号：            共        页。".to_owned());
    // Chosen when it is put away; a cover that was printed before has room for it.
    let keep = c.matter.archive.as_ref().and_then(|archive| archive.keep).map(c.facts.words.keeping);
    let keep = ["保管期限：", keep.unwrap_or("                ")].concat();
    c.say(P::Process, ["本卷共有文书", &count, "件。", &pages, &keep].concat());
    let ended = entered(c, Stage::Closed).or_else(|| c.matter.steps.last().map(|step| step.at));
    match ended.filter(|_| !c.matter.stage.is_open()) {
        Some(at) => c.add(P::Result, None, paragraphs(&["办结日期：", &day(at.date())].concat())),
        None => c.lack(P::Result, Why::NotYet),
    }
    Tail { seal: false, ..Tail::new("信访案卷", "一件事一个卷。") }
}
