//! A simulation that cannot fail proves nothing: each sabotage must be found out.
#![allow(clippy::print_stdout, reason = "says which seed found it")]

use huiyin_sim::{Sabotage, run_with};

/// Within so many seeds.
const SEEDS: u64 = 6;

#[test]
fn whatever_is_done_behind_everybodys_back_is_found_out() {
    // The panics are what is looked for; their words would only look like failures.
    std::panic::set_hook(Box::new(|_| {}));
    for sabotage in Sabotage::ALL {
        let found = (0..SEEDS).find_map(|seed| {
            let cause = std::panic::catch_unwind(|| run_with(seed, false, Some(sabotage))).err()?;
            let said = cause
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| cause.downcast_ref::<&str>().map(|&said| said.to_owned()));
            Some((seed, said.unwrap_or_default()))
        });
        let found = found
            .map(|(seed, said)| (seed, said.lines().next().unwrap_or_default().chars().take(120).collect::<String>()));
        println!("{sabotage:?}: {found:?}");
        assert!(found.is_some(), "nobody noticed {sabotage:?}");
    }
}
