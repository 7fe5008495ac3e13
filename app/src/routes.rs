//! The screens of the workbench and their addresses.
//!
//! An own table: it can be tested on any machine, and it costs a fraction of the code that a route type
//! per screen would add to the bundle. How one gets from one to the next is in `history`.

use case_core::id::MatterId;
use case_core::reception::SittingKey;

/// A screen, as an address names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// `/w/`: the desk or the field, by role.
    Home,
    /// `/w/sign-in`.
    SignIn,
    /// `/w/matters`: the office's list.
    Matters,
    /// `/w/matters/{id}`: a matter's file.
    Matter(MatterId),
    /// `/w/register`.
    Register,
    /// `/w/review` and `/w/review/{id}`: the supervisor's queue and the package opened in it.
    Review(Option<MatterId>),
    /// `/w/flagged`: records that did not fit.
    Flagged,
    /// `/w/calls`: 待电话告知.
    Calls,
    /// `/w/import`.
    Import,
    /// `/w/devices`.
    Devices,
    /// `/w/holidays`.
    Holidays,
    /// `/w/publish` and `/w/publish/{id}`: 公示.
    Publish(Option<MatterId>),
    /// `/w/accounts`: 账号.
    Accounts,
    /// `/w/audit`: 审计.
    Audit,
    /// `/w/reports`: 台账与报告.
    Reports,
    /// `/w/receptions`: 接访.
    Receptions,
    /// `/w/receptions/{rule}/{day}`: who comes to one reception.
    Reception(SittingKey),
    /// `/w/talk-points`: 说事点.
    TalkPoints,
    /// `/w/waiting`: 待办.
    Waiting,
    /// `/w/sealed`: 保密件.
    Sealed,
    /// `/w/sealed/new`.
    SealedNew,
    /// Everything else below `/w/`, by its parts: the phone's screens.
    Field(Vec<String>),
}

impl Screen {
    /// The screen of a path.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        if parts.next().is_none_or(|first| first != "w") {
            return Self::Home;
        }
        let parts: Vec<&str> = parts.collect();
        match parts.as_slice() {
            [] => Self::Home,
            ["sign-in"] => Self::SignIn,
            ["matters"] => Self::Matters,
            ["register"] => Self::Register,
            ["review"] => Self::Review(None),
            ["flagged"] => Self::Flagged,
            ["calls"] => Self::Calls,
            ["import"] => Self::Import,
            ["devices"] => Self::Devices,
            ["holidays"] => Self::Holidays,
            ["publish"] => Self::Publish(None),
            ["publish", id] => Self::Publish(id.parse().ok()),
            ["accounts"] => Self::Accounts,
            ["audit"] => Self::Audit,
            ["reports"] => Self::Reports,
            ["receptions"] => Self::Receptions,
            ["receptions", rule, day] => match (rule.parse(), day.parse()) {
                (Ok(rule), Ok(planned)) => Self::Reception(SittingKey { rule, planned }),
                _ => Self::Receptions,
            },
            ["talk-points"] => Self::TalkPoints,
            ["waiting"] => Self::Waiting,
            ["sealed"] => Self::Sealed,
            ["sealed", "new"] => Self::SealedNew,
            ["matters", id] | ["review", id] => match (id.parse(), parts[0]) {
                (Ok(id), "matters") => Self::Matter(id),
                (Ok(id), _) => Self::Review(Some(id)),
                (Err(_), "matters") => Self::Matters,
                (Err(_), _) => Self::Review(None),
            },
            other => Self::Field(other.iter().map(|part| (*part).to_owned()).collect()),
        }
    }
}

/// The address of a screen.
#[must_use]
pub fn address(screen: &Screen) -> String {
    match screen {
        Screen::Home => "/w/".to_owned(),
        Screen::SignIn => "/w/sign-in".to_owned(),
        Screen::Matters => "/w/matters".to_owned(),
        Screen::Matter(id) => matter(*id),
        Screen::Register => "/w/register".to_owned(),
        Screen::Review(None) => "/w/review".to_owned(),
        Screen::Review(Some(id)) => review(*id),
        Screen::Flagged => "/w/flagged".to_owned(),
        Screen::Calls => "/w/calls".to_owned(),
        Screen::Import => "/w/import".to_owned(),
        Screen::Devices => "/w/devices".to_owned(),
        Screen::Holidays => "/w/holidays".to_owned(),
        Screen::Publish(None) => "/w/publish".to_owned(),
        Screen::Publish(Some(id)) => publish(*id),
        Screen::Accounts => "/w/accounts".to_owned(),
        Screen::Audit => "/w/audit".to_owned(),
        Screen::Reports => "/w/reports".to_owned(),
        Screen::Receptions => "/w/receptions".to_owned(),
        Screen::Reception(key) => reception(*key),
        Screen::TalkPoints => "/w/talk-points".to_owned(),
        Screen::Waiting => "/w/waiting".to_owned(),
        Screen::Sealed => "/w/sealed".to_owned(),
        Screen::SealedNew => "/w/sealed/new".to_owned(),
        Screen::Field(parts) => ["/w/", &parts.join("/")].concat(),
    }
}

/// The address of a matter's file.
#[must_use]
pub fn matter(id: MatterId) -> String {
    ["/w/matters/", &id.to_string()].concat()
}

/// The address of the list of who comes to a reception.
#[must_use]
pub fn reception(key: SittingKey) -> String {
    ["/w/receptions/", &key.rule.to_string(), "/", &key.planned.to_string()].concat()
}

/// The address of a matter in the supervisor's queue.
#[must_use]
pub fn review(id: MatterId) -> String {
    ["/w/review/", &id.to_string()].concat()
}

/// The address of a matter's publication.
#[must_use]
pub fn publish(id: MatterId) -> String {
    ["/w/publish/", &id.to_string()].concat()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn a_reception() -> SittingKey {
        let rule = "018f3c1e-0000-7000-8000-000000000002".parse().unwrap();
        SittingKey { rule, planned: "2026-12-15".parse().unwrap() }
    }

    #[test]
    fn every_address_names_its_screen_and_back() {
        let id: MatterId = "018f3c1e-0000-7000-8000-000000000001".parse().unwrap();
        assert_eq!(Screen::of_path(&matter(id)), Screen::Matter(id));
        assert_eq!(Screen::of_path(&review(id)), Screen::Review(Some(id)));
        assert_eq!(Screen::of_path(&reception(a_reception())), Screen::Reception(a_reception()));
        for (path, screen) in [
            ("/w/", Screen::Home),
            ("/w", Screen::Home),
            ("/w/sign-in", Screen::SignIn),
            ("/w/matters", Screen::Matters),
            ("/w/matters/", Screen::Matters),
            ("/w/matters/no-such", Screen::Matters),
            ("/w/register", Screen::Register),
            ("/w/review/x", Screen::Review(None)),
            ("/w/flagged", Screen::Flagged),
            ("/w/calls", Screen::Calls),
            ("/w/import", Screen::Import),
            ("/w/devices", Screen::Devices),
            ("/w/holidays", Screen::Holidays),
            ("/w/publish", Screen::Publish(None)),
            ("/w/accounts", Screen::Accounts),
            ("/w/audit", Screen::Audit),
            ("/w/reports", Screen::Reports),
            ("/w/receptions", Screen::Receptions),
            ("/w/receptions/x/2026-01-01", Screen::Receptions),
            ("/w/talk-points", Screen::TalkPoints),
            ("/w/waiting", Screen::Waiting),
            ("/w/sealed", Screen::Sealed),
            ("/w/sealed/new", Screen::SealedNew),
            ("/w/visits/new", Screen::Field(vec!["visits".into(), "new".into()])),
        ] {
            assert_eq!(Screen::of_path(&address(&screen)), screen, "{path}");
            assert_eq!(Screen::of_path(path), screen, "{path}");
        }
    }

    /// The boot script chooses the bundle by the address; one that it does not know would be opened without the screen.
    #[test]
    fn the_boot_script_knows_every_address_of_the_desk() {
        let boot = include_str!("../../public/boot.js");
        let desk = boot.split_once("DESK_ADDRESS = /^\\/w\\/(").unwrap().1.split_once(')').unwrap().0;
        let id: MatterId = "018f3c1e-0000-7000-8000-000000000001".parse().unwrap();
        for screen in [
            Screen::Matters,
            Screen::Matter(id),
            Screen::Register,
            Screen::Review(None),
            Screen::Review(Some(id)),
            Screen::Flagged,
            Screen::Calls,
            Screen::Import,
            Screen::Devices,
            Screen::Holidays,
            Screen::Publish(None),
            Screen::Publish(Some(id)),
            Screen::Accounts,
            Screen::Audit,
            Screen::Reports,
            Screen::Receptions,
            Screen::Reception(a_reception()),
            Screen::TalkPoints,
            Screen::Waiting,
            Screen::Sealed,
            Screen::SealedNew,
        ] {
            let address = address(&screen);
            let first = address.trim_start_matches("/w/").split('/').next().unwrap();
            assert!(desk.split('|').any(|known| known == first), "{screen:?}");
        }
    }
}
