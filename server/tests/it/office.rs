//! A county whose days pass when the test says so, and people who take a matter along its way.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use case_core::document::{DocumentKind, Part};
use case_core::id::{AccountId, DocumentId, MatterId, UnitId};
use case_core::matter::{Refusal, ReviewLevel, Stage};
use case_core::time::Moment;
use case_core::wire::desk::*;
use case_core::wire::documents::IssuedDocument;
use case_core::wire::problem::Problem;
use case_core::wire::session::Session;
use chrono::NaiveDate;
use huiyin::state::TimeSource;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::*;

pub fn refusal(reply: &Reply) -> Refusal {
    match reply.problem().problem {
        Problem::Refused { refusal } => refusal,
        other => panic!("{other:?}: {}", reply.text()),
    }
}

/// A county whose days pass when the test says so.
pub struct Office {
    pub county: County,
    now: Arc<AtomicI64>,
    pub unit: UnitId,
    pub other_unit: UnitId,
}

impl Office {
    pub async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// A county that has switched some of its local rules.
    pub async fn open_with(switch: impl Fn(&mut case_core::time::Rules)) -> Self {
        let county = County::open().await;
        let mut rules = (*county.state.rules).clone();
        switch(&mut rules);
        let county = county.with_rules(rules);
        let now = Arc::new(AtomicI64::new(county.state.now().0));
        let county = county.with_time(TimeSource::Simulated(Arc::clone(&now)));
        let units: Vec<Unit> = county.sign_in("dengji").await.get("/api/v1/units").await.read();
        let named = |name: &str| units.iter().find(|unit| unit.name.as_str() == name).unwrap().id;
        let (unit, other_unit) = (named("县住建局"), named("县水利局"));
        Self { county, now, unit, other_unit }
    }

    pub fn today(&self) -> NaiveDate {
        Moment(self.now.load(Ordering::Relaxed)).date()
    }

    /// The server's clock, in milliseconds.
    pub fn now(&self) -> i64 {
        self.now.load(Ordering::Relaxed)
    }

    /// What the server does every hour; how many matters it finds settled.
    pub async fn settle(&self) -> u32 {
        huiyin::use_cases::settle::all(&self.county.state).await.unwrap()
    }

    pub fn days(&self, days: i64) {
        self.now.fetch_add(days * 86_400_000, Ordering::Relaxed);
    }

    pub async fn file(&self, login: &str, id: MatterId) -> MatterFile {
        self.county.sign_in(login).await.file(id).await
    }

    /// Issues a paper, having said what for.
    pub async fn issue(&self, login: &str, id: MatterId, kind: DocumentKind, fields: &[(Part, &str)]) -> Reply {
        let fields: Vec<Value> = fields.iter().map(|(part, value)| json!({ "part": part, "value": value })).collect();
        let body = json!({ "id": DocumentId(Uuid::now_v7()), "kind": kind, "fields": fields });
        let client = self.county.sign_in(login).await;
        client.says_why(id).await;
        client.post(&format!("/api/v1/matters/{id}/documents"), &body).await
    }

    /// Issues a paper and gives the words that stand on it.
    pub async fn paper(&self, login: &str, id: MatterId, kind: DocumentKind, fields: &[(Part, &str)]) -> String {
        let reply = self.issue(login, id, kind, fields).await;
        assert_eq!(reply.status, 200, "{login} {kind:?}: {}", reply.text());
        let issued: IssuedDocument = reply.read();
        self.county.sign_in(login).await.get(&format!("/api/v1/documents/{}/print", issued.id)).await.text()
    }

    pub async fn account(&self, login: &str) -> AccountId {
        let session: Session = self.county.sign_in(login).await.get("/api/v1/session").await.read();
        session.actor.account
    }

    pub async fn matter(&self) -> MatterId {
        let registration = json!({
            "title": "村道积水", "content": "村道一下雨就积水，老人孩子都摔过，请修排水沟。",
            "demands": ["修好排水沟"], "purpose": "appeal", "category": "construction", "channel": "visit",
            "intake": "first", "petitioner": { "name": "赵大娘", "phone": "13911112222" },
            "place": "990101101201", "received_on": self.today(),
        });
        let body = json!({ "id": Uuid::now_v7(), "registration": registration });
        let receipt: PrintedReceipt = self.county.sign_in("dengji").await.post("/api/v1/matters", &body).await.read();
        receipt.matter
    }

    /// Gives a command on what stands there now.
    pub async fn tries(&self, login: &str, id: MatterId, command: Value) -> Reply {
        let seen = self.county.state.store.matter(id).await.unwrap().unwrap().version;
        self.county.sign_in(login).await.command(id, seen, command).await
    }

    pub async fn gives(&self, login: &str, id: MatterId, command: Value) -> Stage {
        let reply = self.tries(login, id, command.clone()).await;
        assert_eq!(reply.status, 200, "{login} {command}: {}", reply.text());
        let done: CommandDone = reply.read();
        done.stage
    }

    /// Refused, with nothing changed.
    pub async fn refused(&self, login: &str, id: MatterId, command: Value) -> Refusal {
        let before = self.county.state.store.matter(id).await.unwrap().unwrap();
        let reply = self.tries(login, id, command.clone()).await;
        assert_eq!(reply.status, 409, "{login} {command}: {}", reply.text());
        assert_eq!(self.county.state.store.matter(id).await.unwrap().unwrap(), before, "{login} {command}");
        refusal(&reply)
    }

    pub fn package(&self, opinion: &str) -> Value {
        let answer = json!({ "finding": "水沟堵塞", "conclusion": "support", "basis": "《信访工作条例》第三十二条",
            "performed": { "state": "done", "on": self.today(), "evidence": "验收单" } });
        json!({ "answers": [answer], "opinion": opinion, "measures": [], "delivery_plan": "in_person" })
    }

    pub async fn submit(&self, id: MatterId, opinion: &str) -> Stage {
        let command = json!({ "command": "submit_closure", "package": self.package(opinion) });
        self.gives("chengban", id, command).await
    }

    pub fn delivery(&self, command: &str) -> Value {
        json!({ "command": command, "mode": "in_person", "on": self.today(), "signed": true, "opinion": "disagrees" })
    }

    pub async fn signed_for(&self) -> MatterId {
        let id = self.matter().await;
        self.gives("dengji", id, json!({ "command": "transfer", "unit": self.unit })).await;
        self.gives("fuzeren", id, json!({ "command": "sign_for" })).await;
        id
    }

    pub async fn handling(&self) -> MatterId {
        let id = self.signed_for().await;
        let accept = json!({ "command": "accept", "notice_delivered_on": self.today(), "route": "petition" });
        self.gives("fuzeren", id, accept).await;
        let handler = self.account("chengban").await;
        self.gives("fuzeren", id, json!({ "command": "assign", "handler": handler })).await;
        id
    }

    pub async fn delivered(&self) -> MatterId {
        self.delivered_to("disagrees").await
    }

    pub async fn delivered_to(&self, opinion: &str) -> MatterId {
        let id = self.handling().await;
        self.submit(id, "水沟已经修好。").await;
        let file = self.county.sign_in("shenhe").await.file(id).await;
        let approve = json!({ "command": "approve_closure", "shown": file.closure_digest });
        self.gives("shenhe", id, approve).await;
        self.gives("fuzeren", id, json!({ "command": "sign_opinion" })).await;
        let mut delivery = self.delivery("deliver");
        delivery["opinion"] = json!(opinion);
        self.gives("chengban", id, delivery).await;
        id
    }

    pub fn extension(&self, days: u16) -> Value {
        json!({ "command": "propose", "proposal": { "what": "extend", "days": days, "reason": "要等测绘" } })
    }

    pub fn asks(&self, level: ReviewLevel) -> Value {
        let organ = if level == ReviewLevel::Review { "市住建局" } else { "省住建厅" };
        json!({ "command": "request_review", "level": level, "on": self.today(), "reason": "不同意", "organ": organ })
    }
}
