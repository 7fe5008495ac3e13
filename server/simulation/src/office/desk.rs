//! What the people at the desks do meanwhile: decisions on matters, imports of the roster, devices shut out.

use case_core::id::{AccountId, DeviceId, HouseholdId};
use case_core::place::DivisionCode;
use case_core::text::ShortText;
use case_core::wire::sync::HouseholdCard;
use case_offline::transport::{Body, Method, Reply, Request};
use case_store::NewHousehold;
use huiyin::use_cases::import::keys_of;
use serde_json::json;
use uuid::Uuid;

use super::{ADMIN, DESK, Office, PASSWORD, account};

impl Office {
    /// Somebody at a desk asks, signed in anew if need be.
    fn at_desk(&mut self, who: usize, method: Method, path: &str, body: &serde_json::Value) -> Reply {
        let login = DESK.get(who).copied().unwrap_or(ADMIN);
        let mut cookie = self.desk[who].take();
        let request = |method, path: &str, body: &serde_json::Value| Request {
            method,
            path: path.to_owned(),
            account: None,
            device: None,
            body: if method == Method::Get { Body::Empty } else { Body::Json(body.to_string()) },
        };
        for _ in 0..2 {
            if cookie.is_some() {
                let reply = self.answer(&request(method, path, body), &mut cookie).unwrap();
                if reply.status != 401 {
                    self.desk[who] = cookie;
                    return reply;
                }
            }
            let sign_in = request(Method::Post, "/api/v1/session", &json!({"login": login, "password": PASSWORD}));
            let reply = self.answer(&sign_in, &mut cookie).unwrap();
            assert_eq!(reply.status, 200, "{}", reply.body);
        }
        unreachable!("signed in and not signed in")
    }

    /// An administrator shuts a device out, or lets it in again.
    pub fn shut_out(&mut self, account: AccountId, device: DeviceId, out: bool) -> bool {
        let word = if out { "revoke" } else { "restore" };
        let path = format!("/api/v1/devices/{account}/{device}/{word}");
        self.at_desk(DESK.len(), Method::Post, &path, &json!({})).status == 200
    }

    /// The password of an official was changed: their sessions are over.
    pub fn end_sessions(&self, account: AccountId) {
        self.wait(self.state.store.end_sessions_of(account)).unwrap();
    }

    /// Something happens at the office; true when it was done. Most of what is tried is refused, as the rules have it.
    pub fn goes_on(&mut self) -> bool {
        let random = self.random.clone();
        if random.permille(350) {
            return self.roster_comes_in();
        }
        let matter = self.matters()[random.place(self.matters().len())];
        let found = self.wait(self.state.store.matter(matter)).unwrap();
        let Some(found) = found else { return false };
        let today = self.state.now().date();
        let who = random.place(DESK.len());
        let command = match random.below(7) {
            0 => {
                json!({"command": "transfer", "unit": Uuid::from_fields(0x9901_0100, 1, 0x8000 | u16::try_from(random.below(3)).unwrap(), &[0x80, 0, 0, 0, 0, 0, 0, 0])})
            }
            1 => json!({"command": "sign_for"}),
            2 => json!({"command": "accept", "notice_delivered_on": today}),
            3 => json!({"command": "give_feedback", "text": "正在办理"}),
            4 => json!({"command": "promise", "text": "尽快办好", "due": self.state.now().plus_ms(864_000_000).date()}),
            5 => json!({"command": "close"}),
            _ => json!({"command": "assign", "handler": account(random.place(2))}),
        };
        let mut id = [0; 16];
        id[..8].copy_from_slice(&random.next().to_be_bytes());
        id[8..].copy_from_slice(&random.next().to_be_bytes());
        let paper = json!({"number": "受字〔2026〕1号", "on": today});
        let body = json!({"id": Uuid::from_bytes(id), "seen": found.version, "command": command, "paper": paper});
        let reply = self.at_desk(who, Method::Post, &format!("/api/v1/matters/{matter}/commands"), &body);
        reply.status == 200
    }

    /// The roster is imported anew: a household has moved to another village, or has another telephone.
    fn roster_comes_in(&self) -> bool {
        let random = &self.random;
        let n = random.place(24);
        let id = HouseholdId(Uuid::from_fields(
            0x9901_0100,
            3,
            0x8000 | u16::try_from(n).unwrap(),
            &[0x80, 0, 0, 0, 0, 0, 0, 0],
        ));
        let Some(card) = self.wait(self.state.store.household(id)).unwrap() else { return false };
        let village = ["990101101201", "990101101202"][random.place(2)];
        let card = if random.permille(500) {
            HouseholdCard { division: DivisionCode::parse(village).unwrap(), ..card }
        } else {
            HouseholdCard { phone: ShortText::parse(&format!("139{:08}", random.below(100_000_000))).ok(), ..card }
        };
        let new = NewHousehold { source_key: format!("demo:{n}"), card };
        self.wait(self.state.store.upsert_households(&[new], &keys_of)).unwrap();
        true
    }
}
