//! 案卷封面, 卷内目录.

use chrono::NaiveDate;

use super::super::compose::{Composer, Facts, Tail};
use super::super::content::Block;
use super::super::pages::{PagedLine, read_pages};
use super::super::part::{Part as P, Why};
use super::super::table::DocumentKind;
use super::{day, entered, facts, paragraphs, their_matter};
use crate::matter::{Matter, Stage};

/// A paper of the file.
struct Listed {
    on: NaiveDate,
    title: String,
    number: String,
}

/// The papers that are known, in their order. The cover lies around them and is on no page; the list is not on itself.
fn listed(matter: &Matter, facts: &Facts<'_>) -> Vec<Listed> {
    let inside = |kind| !matches!(kind, DocumentKind::FileContents | DocumentKind::FileCover);
    let issued = facts.earlier.iter().filter(|paper| inside(paper.kind));
    let mut papers: Vec<Listed> =
        issued.map(|paper| Listed { on: paper.on, title: paper.title.clone(), number: bare(&paper.number) }).collect();
    papers.extend(matter.outside_papers.iter().filter(|paper| inside(paper.kind)).map(|paper| Listed {
        on: paper.paper.on,
        title: ["（系统外）", (facts.words.document)(paper.kind)].concat(),
        number: bare(paper.paper.number.as_str()),
    }));
    papers.sort_by_key(|paper| paper.on);
    papers
}

/// Without blanks: a word of its own on a line.
fn bare(number: &str) -> String {
    number.split_whitespace().collect()
}

/// What is proposed before anybody has counted: each paper on one page. The archivist puts it right.
pub(in crate::document) fn proposed_pages(matter: &Matter, facts: &Facts<'_>) -> String {
    let papers = listed(matter, facts);
    let lines = papers.iter().enumerate();
    let lines = lines.map(|(at, paper)| [&(at + 1).to_string(), " ", &paper.title, " ", &paper.number].concat());
    lines.collect::<Vec<_>>().join("\n")
}

/// A line of the table. What is known stands there as it was issued; the rest as it was typed.
fn row(papers: &[Listed], at: usize, line: &PagedLine) -> Vec<String> {
    let mut same = papers.iter().filter(|paper| line.names(&paper.number));
    let known = same.clone().find(|paper| line.name.contains(&paper.title)).or_else(|| same.next());
    let (title, number, on) = known.map_or_else(
        || (line.name.clone(), String::new(), String::new()),
        |paper| (paper.title.clone(), paper.number.clone(), day(paper.on)),
    );
    vec![(at + 1).to_string(), title, number, on, line.pages()]
}

/// 卷内目录: the papers in the order in which they lie, each with its pages.
pub(super) fn contents(c: &mut Composer<'_>) -> Tail {
    c.say(P::Subject, [&their_matter(c), "的案卷，文书如下。"].concat());
    let papers = listed(c.matter, c.facts);
    let numbers: Vec<&str> = papers.iter().map(|paper| paper.number.as_str()).collect();
    let typed = c.typed(P::Pages);
    let lines = match read_pages(&typed, &numbers) {
        // Nothing was typed, which is said already.
        _ if typed.is_empty() => Vec::new(),
        Ok(lines) => lines,
        Err(why) => {
            c.lack(P::Pages, why);
            Vec::new()
        }
    };
    let pages = lines.last().map(|line| line.last);
    if let Some(pages) = pages {
        let total = pages.to_string();
        c.say(P::Pages, ["本卷共", &total, "页，页号从1到", &total, "，没有缺页、重页。"].concat());
    }
    if papers.is_empty() {
        c.lack(P::Contents, Why::Missing);
    }
    let head = ["序号", "文书名称", "文号", "日期", "页号"].map(str::to_owned).to_vec();
    let rows = lines.iter().enumerate().map(|(at, line)| row(&papers, at, line)).collect();
    c.add(P::Contents, None, vec![Block::Table { head, rows }]);
    Tail { seal: false, pages, ..Tail::new("卷内目录", "案卷里有哪些文书，一份不少写在上面。") }
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
    let count = listed(c.matter, c.facts).len().to_string();
    let bound = c
        .matter
        .archive
        .as_ref()
        .map(|archive| [archive.volume.as_str(), "卷，共", &archive.pages.to_string(), "页。"].concat());
    // Numbered before it is put away: as far as the list goes.
    let counted = || {
        let pages = c.facts.last(DocumentKind::FileContents)?.pages?.to_string();
        Some(["卷号：            共", &pages, "页。"].concat())
    };
    let pages = bound.or_else(counted).unwrap_or_else(|| "卷号：            共        页。".to_owned());
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
