//! Every route as every role and as nobody, against the one table.

use axum::http::Method;
use case_core::actor::{Actor, Role};
use case_core::audit::Trace;
use case_core::id::AccountId;
use case_core::matter::{CommandKind, table};
use case_core::place::Area;
use case_core::text::ShortText;
use case_store::NewAccount;
use huiyin::permissions::{Door, RULES, rights};
use uuid::Uuid;

use crate::support::*;

/// Somebody of that role who is signed in.
async fn somebody(county: &County, role: Role) -> Client {
    let account = AccountId(Uuid::now_v7());
    let actor = Actor {
        account,
        name: ShortText::parse("样例").unwrap(),
        badge: ShortText::parse("1").unwrap(),
        office: ShortText::parse("样例").unwrap(),
        role,
        // Without one a unit's people have nothing to see.
        unit: county.state.store.units().await.unwrap().first().map(|unit| unit.id),
        area: Area::default(),
    };
    let (login, token, now) = (account.to_string(), format!("token of {role:?}"), county.state.now());
    let new = NewAccount { login, password_hash: String::new(), actor };
    county.state.store.create_account(&new, Trace::system(now)).await.unwrap();
    let hash = county.state.secrets.token_hash(&token);
    county.state.store.create_session(hash, account, None, now, now.plus_ms(3_600_000)).await.unwrap();
    Client { cookie: Some(format!("__Host-huiyin={token}")), ..county.anonymous() }
}

/// An address that the route matches and that names nothing.
fn example(path: &str) -> String {
    let nothing = Uuid::nil().to_string();
    path.replace("{*screen}", "today")
        .replace("{id}", &nothing)
        .replace("{account}", &nothing)
        .replace("{name}", "00")
        .replace("{place}", "0")
        .replace("{day}", "2026-01-01")
}

/// A body that no route can do anything with.
async fn ask(client: &Client, method: &str, path: &str) -> u16 {
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    client.raw(method, &example(path), "application/json", b"{}".to_vec()).await.status.as_u16()
}

#[tokio::test]
async fn every_route_answers_exactly_those_whom_the_table_names() {
    let county = County::open().await;
    let mut everybody = vec![(None, county.anonymous())];
    for role in Role::ALL {
        everybody.push((Some(role), somebody(&county, role).await));
    }
    let mut asked = 0;
    for rule in RULES {
        for (role, client) in &everybody {
            // Signing out would take the session from those who come after.
            if rule.method == "DELETE" && rule.path.ends_with("/session") && role.is_some() {
                continue;
            }
            let status = ask(client, rule.method, rule.path).await;
            let who = format!("{} {} as {role:?}: {status}", rule.method, rule.path);
            match (rule.door, role) {
                // Wrong passwords are told apart from no session by their own test.
                (Door::Open, _) => assert!(!matches!(status, 401 | 403 | 405), "{who}"),
                (_, None) => assert_eq!(status, 401, "{who}"),
                (door, Some(role)) if door.admits(*role) => assert!(!matches!(status, 401 | 403 | 405), "{who}"),
                (_, Some(_)) => assert_eq!(status, 403, "{who}"),
            }
            asked += 1;
        }
    }
    assert_eq!(asked, RULES.len() * (Role::ALL.len() + 1) - Role::ALL.len());
}

#[tokio::test]
async fn what_does_not_stand_in_the_table_answers_nobody() {
    let county = County::open().await;
    let supervisor = county.sign_in("shenhe").await;
    for rule in RULES {
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
            if RULES.iter().any(|other| other.path == rule.path && other.method == method) {
                continue;
            }
            let status = ask(&supervisor, method, rule.path).await;
            assert!(matches!(status, 404 | 405), "{method} {}: {status}", rule.path);
        }
    }
}

#[test]
fn who_runs_the_system_reads_no_matter_and_who_reads_matters_runs_nothing() {
    use huiyin::permissions::Right;
    for role in Role::ALL {
        let all = rights(role);
        assert_eq!(all.contains(&Right::Visit), role.visits(), "{role:?}");
        if role.keeps_the_system() {
            assert!(!all.contains(&Right::Matters) && !all.contains(&Right::Flagged), "{role:?}");
        }
        if role.sees_county() {
            assert!(all.contains(&Right::Matters), "{role:?}");
        }
        let assigns = table::row(CommandKind::Assign).roles.contains(&role);
        assert_eq!(all.contains(&Right::Assign), assigns, "{role:?}");
        let registers = table::REGISTRARS.contains(&role);
        assert_eq!(all.contains(&Right::Register), registers, "{role:?}");
    }
    let mut seen = std::collections::BTreeSet::new();
    assert!(RULES.iter().all(|rule| seen.insert((rule.method, rule.path))), "each route once");
}

/// The routes that the routers register, read from their sources: axum does not tell them.
fn registered() -> Vec<(String, String)> {
    let src = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![src];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let prefix = if path.ends_with("src/api/mod.rs") { "/api/v1" } else { "" };
            for call in text.split(".route(").skip(1) {
                // Up to the parenthesis that closes the call.
                let mut depth = 1;
                let end = call.char_indices().find(|(_, c)| {
                    depth += i32::from(*c == '(') - i32::from(*c == ')');
                    depth == 0
                });
                let call = &call[..end.unwrap_or_else(|| panic!("{}", path.display())).0];
                let Some(address) = call.split('"').nth(1) else { panic!("{}: {call}", path.display()) };
                let methods = ["get", "post", "delete", "put", "patch", "any"];
                let named = |method: &&str| {
                    let word = format!("{method}(");
                    call.match_indices(&word)
                        .any(|(at, _)| !call[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
                };
                for method in methods.iter().filter(|method| named(method)) {
                    found.push((method.to_uppercase(), format!("{prefix}{address}")));
                }
            }
        }
    }
    found
}

#[test]
fn every_route_of_the_router_stands_in_the_table_and_nothing_else_does() {
    let routes = registered();
    for (method, path) in &routes {
        let there = RULES.iter().any(|rule| rule.method == method && rule.path == path);
        assert!(there, "{method} {path} is in the router and not in the table: it answers nobody");
    }
    for rule in RULES {
        let there = routes.iter().any(|(method, path)| method == rule.method && path == rule.path);
        assert!(there, "{} {} is in the table and not in the router", rule.method, rule.path);
    }
}
