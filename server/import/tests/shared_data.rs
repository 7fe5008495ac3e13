//! The real files, where they lie beside the project; without them this says so and is content.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]
use std::collections::BTreeSet;
use std::path::PathBuf;

use case_import::{NoteKind, PlaceIndex, read_divisions, read_households, read_matters};

fn shared(path: &str) -> Option<(String, Vec<u8>)> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    match std::fs::read(&file) {
        Ok(bytes) => Some((path.to_owned(), bytes)),
        Err(_) => {
            println!("shared data absent, skipped: {path}");
            None
        }
    }
}

#[test]
fn all_divisions_of_the_county_are_read() {
    let Some((name, bytes)) = shared("divisions/350921_霞浦县.csv") else { return };
    let parsed = read_divisions(&name, &bytes).unwrap();
    let towns: BTreeSet<_> = parsed.rows.iter().map(|(_, row)| &row.town_code).collect();
    println!("350921: {} towns, {} villages", towns.len(), parsed.rows.len());
    assert_eq!((towns.len(), parsed.rows.len()), (15, 331));
    assert_eq!((parsed.problems.len(), parsed.notes.len()), (0, 0));
}

#[test]
fn every_village_of_every_county_is_found_by_its_names() {
    let Some((path, _)) = shared("divisions/350921_霞浦县.csv") else { return };
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    for entry in std::fs::read_dir(folder.parent().unwrap()).unwrap() {
        let file = entry.unwrap().path();
        let parsed = read_divisions("a.csv", &std::fs::read(&file).unwrap()).unwrap();
        assert_eq!(parsed.problems, [], "{file:?}");
        let index = PlaceIndex::new(parsed.rows.iter().map(|(_, row)| row));
        for (_, row) in &parsed.rows {
            assert_eq!(index.find(&row.town, &row.village).as_ref(), Ok(&row.code));
            let brackets = row.village.replace('（', "(").replace('）', " )");
            assert_eq!(index.find(&row.town, &brackets).as_ref(), Ok(&row.code));
            // As people say it; never a wrong village, at worst a question that is left open.
            let spoken = row.village.replace("村委会", "村").replace("社区居委会", "社区");
            if let Ok(code) = index.find(&row.town, &spoken) {
                assert_eq!(code, row.code, "{} {spoken}", row.town);
            }
        }
    }
}

#[test]
fn both_rosters_are_read_and_every_household_has_its_village() {
    for (county, persons) in [("350921_霞浦县", 5133), ("654021_伊宁县", 5211)] {
        let Some((name, divisions)) = shared(&format!("divisions/{county}.csv")) else { return };
        let code = county.split('_').next().unwrap();
        let Some((roster_name, roster)) = shared(&format!("rosters/roster_{code}.xlsx")) else { return };
        let divisions = read_divisions(&name, &divisions).unwrap();
        let index = PlaceIndex::new(divisions.rows.iter().map(|(_, row)| row));
        let parsed = read_households(&roster_name, &roster).unwrap();
        let members: usize = parsed.rows.iter().map(|(_, household)| household.members.len()).sum();
        let matched = parsed.rows.iter().filter(|(_, h)| index.find(&h.town, &h.village).is_ok()).count();
        let file_notes: Vec<_> = parsed.notes.iter().filter(|note| note.row.is_none()).map(|note| &note.kind).collect();
        println!(
            "{code}: {} households, {members} persons, {matched} places matched, {} problems, {} notes on rows; {file_notes:?}",
            parsed.rows.len(),
            parsed.problems.len(),
            parsed.notes.len() - file_notes.len(),
        );
        assert_eq!(parsed.problems, []);
        assert_eq!((parsed.rows.len(), members, matched), (1500, persons, 1500));
        assert_eq!(
            file_notes,
            [&NoteKind::IdNumbersLeftOut { cells: persons }, &NoteKind::BankCardsLeftOut { cells: 1500 }]
        );
        assert!(
            parsed
                .rows
                .iter()
                .flat_map(|(_, h)| &h.members)
                .all(|member| member.birth.is_some() && member.sex.is_some())
        );
    }
}

#[test]
fn all_messages_are_read() {
    let Some((name, bytes)) = shared("messages/messages_dev.jsonl") else { return };
    let parsed = read_matters(&name, &bytes).unwrap();
    let replied = parsed.rows.iter().filter(|(_, matter)| matter.reply.is_some()).count();
    let longest = parsed.rows.iter().map(|(_, matter)| matter.body.chars().count()).max();
    println!(
        "{} messages, {replied} with a reply, longest {longest:?}, {} problems, {} notes",
        parsed.rows.len(),
        parsed.problems.len(),
        parsed.notes.len()
    );
    assert_eq!(parsed.problems, []);
    assert_eq!((parsed.rows.len(), replied), (3273, 2816));
}
