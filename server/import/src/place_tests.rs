#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
use super::*;

const PLACES: &[(&str, &str, &str)] = &[
    ("350921100200", "长春镇", "武岐村委会"),
    ("350921100201", "长春镇", "大（氵甸）村委会"),
    ("350921101001", "牙城镇", "牙城社区居委会"),
    ("350921101200", "牙城镇", "牙城村委会"),
    ("350921101201", "牙城镇", "下新村村委会"),
    ("350921201200", "崇儒畲族乡", "上水村委会"),
    ("350921202200", "盐田畲族乡", "上水村委会"),
    ("350921001001", "松城街道", "龙津社区居委会"),
    ("350921102001", "三沙镇", "东山社区"),
    ("350921203200", "城关镇", "东门村委会"),
    ("350921204200", "城关乡", "东门村委会"),
    ("350921204201", "城关乡", "西门村委会"),
    ("350921205200", "北壁乡", "新村村委会"),
    ("350921205201", "北壁乡", "李村委会"),
];

fn index() -> PlaceIndex {
    PlaceIndex::new(PLACES.iter().map(|(code, town, village)| PlaceName {
        code: code.parse().unwrap(),
        town: (*town).to_owned(),
        village: (*village).to_owned(),
    }))
}

fn found(town: &str, village: &str) -> String {
    match index().find(town, village) {
        Ok(code) => code.to_string(),
        Err(problem) => panic!("{town} {village}: {problem:?}"),
    }
}

#[test]
fn a_name_is_found_however_it_is_written() {
    for village in ["武岐村委会", "武岐村", "武岐", " 武 岐 村委会\u{3000}", "武岐村民委员会", "长春镇武岐村"]
    {
        assert_eq!(found("长春镇", village), "350921100200", "{village}");
    }
    for village in ["大(氵甸)村委会", "大（氵甸）村", "大〔氵甸〕村委会"] {
        assert_eq!(found("长春镇", village), "350921100201", "{village}");
    }
    for village in ["下新村村委会", "下新村", "下新村委会", "下新"] {
        assert_eq!(found("牙城镇", village), "350921101201", "{village}");
    }
}

#[test]
fn a_name_of_one_character_is_found_too() {
    for village in ["新村", "新村村", "新村委会", "新村村委会"] {
        assert_eq!(found("北壁乡", village), "350921205200", "{village}");
    }
    assert_eq!(found("北壁乡", "李村"), "350921205201");
}

#[test]
fn the_same_name_in_two_towns_is_two_places() {
    assert_eq!(found("崇儒畲族乡", "上水村委会"), "350921201200");
    assert_eq!(found("盐田畲族乡", "上水村委会"), "350921202200");
}

#[test]
fn a_village_and_a_community_of_one_name_are_told_apart() {
    assert_eq!(found("牙城镇", "牙城村"), "350921101200");
    assert_eq!(found("牙城镇", "牙城社区"), "350921101001");
    assert_eq!(found("牙城镇", "牙城居委会"), "350921101001");
    assert_eq!(
        index().find("牙城镇", "牙城"),
        Err(PlaceProblem::Ambiguous {
            town: "牙城镇".into(),
            village: "牙城".into(),
            candidates: vec!["牙城社区居委会".into(), "牙城村委会".into()],
        })
    );
}

#[test]
fn a_village_that_became_a_community_is_still_the_same_place() {
    assert_eq!(found("三沙镇", "东山村委会"), "350921102001");
}

#[test]
fn a_town_is_found_by_its_short_and_its_long_name() {
    for town in ["松城街道", "松城", "松城街道办事处", "霞浦县松城街道", "福建省宁德市霞浦县松城街道", "松城 街道"]
    {
        assert_eq!(found(town, "龙津社区"), "350921001001", "{town}");
    }
    for town in ["崇儒乡", "崇儒", "崇儒畲族乡"] {
        assert_eq!(found(town, "上水"), "350921201200", "{town}");
    }
}

#[test]
fn a_short_town_name_that_fits_two_leaves_it_to_the_village() {
    assert_eq!(found("城关", "西门村"), "350921204201");
    assert!(matches!(index().find("城关", "东门村"), Err(PlaceProblem::Ambiguous { .. })));
    assert_eq!(found("城关镇", "东门村"), "350921203200");
}

#[test]
fn what_does_not_exist_is_said_to_be_unknown() {
    assert_eq!(index().find("长安镇", "武岐村"), Err(PlaceProblem::UnknownTown { town: "长安镇".into() }));
    assert_eq!(index().find("", "武岐村"), Err(PlaceProblem::UnknownTown { town: String::new() }));
    assert!(matches!(index().find("长春镇", "上水村"), Err(PlaceProblem::UnknownVillage { .. })));
    for nothing in ["", "村", "村委会", "社区"] {
        assert!(index().find("长春镇", nothing).is_err(), "{nothing}");
    }
}

proptest::proptest! {
    #[test]
    fn every_village_is_found_by_its_own_names(at in 0..PLACES.len()) {
        let (code, town, village) = PLACES[at];
        let found = index().find(town, village).unwrap();
        proptest::prop_assert_eq!(found.as_str(), code);
    }

    #[test]
    fn no_name_makes_the_search_stumble(town in "\\PC{0,12}", village in "[武岐村委会社区居民（）牙城 ]{0,12}") {
        let _ = index().find(&town, &village);
        let _ = index().find("长春镇", &village);
    }
}
