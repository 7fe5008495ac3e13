//! Counting what was found of what should have been.
//!
//! A labelled particular counts as found when every character of it is masked, by whichever kind: half a name
//! is no mask. A mask counts as right when it touches a labelled particular.

use case_core::mask::running::{Found, Particular};

#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub kind: Particular,
    pub from: usize,
    pub to: usize,
}

#[derive(Clone, Copy, Default)]
struct Count {
    labelled: u32,
    found: u32,
    masked: u32,
    right: u32,
}

#[derive(Default)]
pub struct Score([Count; 7]);

impl Score {
    pub fn add(&mut self, labels: &[Span], found: &[Found]) {
        for label in labels {
            let count = &mut self.0[index(label.kind)];
            count.labelled += 1;
            count.found += u32::from(covered(label, found));
        }
        for mask in found {
            let count = &mut self.0[index(mask.kind)];
            count.masked += 1;
            count.right += u32::from(touches(mask, labels));
        }
    }

    fn all(&self) -> Count {
        self.0.iter().fold(Count::default(), |sum, one| Count {
            labelled: sum.labelled + one.labelled,
            found: sum.found + one.found,
            masked: sum.masked + one.masked,
            right: sum.right + one.right,
        })
    }

    #[allow(clippy::print_stdout, reason = "figures are to be seen")]
    pub fn print(&self) {
        let line = |name: &str, count: Count| {
            println!(
                "  {name:<10} recall {:>6} ({} of {})   precision {:>6} ({} of {})",
                percent(count.found, count.labelled),
                count.found,
                count.labelled,
                percent(count.right, count.masked),
                count.right,
                count.masked
            );
        };
        for kind in Particular::ALL {
            line(name_of(kind), self.0[index(kind)]);
        }
        line("all", self.all());
    }

    /// Recall and precision of a kind, in hundredths; none: of all together.
    #[allow(dead_code, reason = "for the tests")]
    pub fn hundredths(&self, kind: Option<Particular>) -> (u32, u32) {
        let count = kind.map_or_else(|| self.all(), |kind| self.0[index(kind)]);
        (count.found * 100 / count.labelled.max(1), count.right * 100 / count.masked.max(1))
    }
}

pub fn covered(label: &Span, found: &[Found]) -> bool {
    (label.from..label.to).all(|at| found.iter().any(|mask| (mask.from..mask.to).contains(&at)))
}

pub fn touches(mask: &Found, labels: &[Span]) -> bool {
    labels.iter().any(|label| label.from < mask.to && mask.from < label.to)
}

/// What was missed and what was marked in vain, to look at while changing the rules.
#[allow(dead_code, clippy::print_stdout, reason = "asked for")]
pub fn explain(id: &str, text: &str, labels: &[Span], found: &[Found]) {
    let chars: Vec<char> = text.chars().collect();
    let around = |from: usize, to: usize| {
        let part =
            |from: usize, to: usize| chars[from..to.min(chars.len())].iter().collect::<String>().replace('\n', "⏎");
        [part(from.saturating_sub(8), from), "[".into(), part(from, to), "]".into(), part(to, to + 8)].concat()
    };
    for label in labels.iter().filter(|label| !covered(label, found)) {
        println!("{id} missed {} {}", name_of(label.kind), around(label.from, label.to));
    }
    for mask in found.iter().filter(|mask| !touches(mask, labels)) {
        println!("{id} in vain {} {}", name_of(mask.kind), around(mask.from, mask.to));
    }
}

fn index(kind: Particular) -> usize {
    Particular::ALL.iter().position(|known| *known == kind).unwrap()
}

pub fn name_of(kind: Particular) -> &'static str {
    match kind {
        Particular::Name => "name",
        Particular::Phone => "phone",
        Particular::Identity => "identity",
        Particular::Plate => "plate",
        Particular::Card => "card",
        Particular::Account => "account",
        Particular::Address => "address",
    }
}

#[allow(dead_code, reason = "for the benchmark")]
pub fn kind_of(name: &str) -> Particular {
    Particular::ALL.into_iter().find(|kind| name_of(*kind) == name).unwrap()
}

fn percent(part: u32, whole: u32) -> String {
    if whole == 0 { "-".to_owned() } else { format!("{:.1} %", f64::from(part) * 100.0 / f64::from(whole)) }
}
