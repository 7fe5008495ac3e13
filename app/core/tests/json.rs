//! The phone's reader and writer of JSON against `serde_json`: the same bytes out, the same values in,
//! the same texts refused, for every type that travels and for changed and broken samples of each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use case_core::field::*;
use case_core::json;
use case_core::matter::*;
use case_core::wire::desk::*;
use case_core::wire::device::Device;
use case_core::wire::problem::ProblemBody;
use case_core::wire::receipt::{Proof, Receipt};
use case_core::wire::session::{Session, SignIn};
use case_core::wire::sync::*;
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json as tree};

/// All texts that come of a sample by changing one place: a field left out or unknown, another value. 77: serde
/// takes the number of a variant for its name where a tagged enum stands in another; no enum has so many.
fn changed(sample: &Value) -> Vec<Value> {
    let mut all: Vec<Value> =
        [tree!(null), tree!(77), tree!(-1), tree!(1.5), tree!("x"), tree!(true), tree!({}), tree!(70_000)].into();
    match sample {
        Value::Object(fields) => {
            for (name, value) in fields {
                let mut less = fields.clone();
                less.remove(name);
                all.push(Value::Object(less));
                for other in changed(value) {
                    let mut with = fields.clone();
                    with.insert(name.clone(), other);
                    all.push(Value::Object(with));
                }
            }
            for name in ["", "zz"] {
                let mut more = fields.clone();
                more.insert(name.to_owned(), tree!({"a": [1, "é\n\u{1}\"", null, {"b": -0.5e-3}, []]}));
                all.push(Value::Object(more));
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                for other in changed(item) {
                    let mut with = items.clone();
                    with[at] = other;
                    all.push(Value::Array(with));
                }
            }
            let mut twice = items.clone();
            twice.extend(items.iter().cloned());
            all.push(Value::Array(twice));
        }
        _ => {}
    }
    all
}

/// Both readers take `text` for the same, or both refuse it; tells what they took it for.
fn alike<T: DeserializeOwned + Serialize>(text: &str, ours: impl Fn(&str) -> Option<T>) -> Option<String> {
    let write = |value: T| serde_json::to_string(&value).unwrap();
    let (theirs, ours) = (serde_json::from_str::<T>(text).ok().map(write), ours(text).map(write));
    assert_eq!(ours, theirs, "{text}");
    theirs
}

fn check_with<T: DeserializeOwned + Serialize>(sample: &Value, ours: impl Fn(&str) -> Option<T> + Copy) {
    let name = std::any::type_name::<T>();
    let text = sample.to_string();
    let written = alike(&text, ours)
        .unwrap_or_else(|| panic!("{name} {text}: {}", serde_json::from_str::<T>(&text).err().unwrap()));
    // As it is written, in the order of its declaration, and with blanks.
    assert_eq!(alike(&written, ours).as_deref(), Some(written.as_str()), "{name}");
    let value: T = serde_json::from_str(&written).unwrap();
    assert_eq!(json::write(&value).unwrap(), written, "{name}");
    assert!(alike(&serde_json::to_string_pretty(&value).unwrap(), ours).is_some(), "{name}");
    for other in changed(sample) {
        alike(&other.to_string(), ours);
    }
    for (at, _) in written.char_indices() {
        assert!(ours(&written[..at]).is_none(), "{name}: {}", &written[..at]);
    }
    for behind in ["x", "}", ",", "{}"] {
        assert!(ours(&[written.as_str(), behind].concat()).is_none(), "{name}: {behind}");
    }
}

/// A list in the place of a struct is no struct, whatever it holds.
fn no_list<T>(sample: &Value, ours: impl Fn(&str) -> Option<T>) {
    let list = Value::Array(sample.as_object().unwrap().values().cloned().collect());
    for list in [list, tree!([])] {
        assert!(ours(&list.to_string()).is_none(), "{}: {list}", std::any::type_name::<T>());
    }
}

fn check<T: DeserializeOwned + Serialize>(sample: Value) {
    check_with::<T>(&sample, |text| json::read(text).ok());
    no_list::<T>(&sample, |text| json::read(text).ok());
}

/// A tagged enum, the way the phone's bundle reads it too.
macro_rules! check_tagged {
    ($($kind:ty: $sample:expr),+ $(,)?) => {$(
        let sample: Value = $sample;
        let ours = |text: &str| json::read_with(text, |source| <$kind>::read_tagged(source)).ok();
        check_with::<$kind>(&sample, ours);
        no_list::<$kind>(&sample, ours);
        check_with::<$kind>(&sample, |text| json::read(text).ok());
    )+};
}

const ID: &str = "00000000-0000-0000-0000-000000000064";
const DIGEST: &str = "e442ef0c900bf9d4e5e0c200fd14b8ec2f19dd0e4c50a06d7b5b5576c23eb4ce";
const AT: i64 = 1_778_459_400_000;

fn raised() -> Value {
    tree!({"matter": ID, "number": "3526051109000001", "query_code": "000000000424"})
}
fn clock() -> Value {
    tree!({"kind": "handling", "started": "2026-05-11", "due": "2026-07-10", "stopped": "2026-06-01"})
}
fn home() -> Value {
    tree!({"item": "household", "id": ID, "division": "350921101201", "address": "样例村 第1组", "head": "户\"主\"",
        "phone": "13800000001", "members": [{"name": "王小明", "relation": "子", "birth_year": 1990, "phone": null}],
        "remark": "备\n注", "keys": "hz", "last_visit": "2026-01-02", "next_visit": null})
}
fn matter() -> Value {
    tree!({"item": "matter", "id": ID, "number": "3526051109000001", "title": "村口路灯不亮", "excerpt": "坏了半年",
        "stage": "handling", "demands": ["修好路灯"], "petitioner": "王小明", "phone": null, "address": null,
        "household": ID, "unit": "县水利局", "handled_by": [ID], "round": 1, "clocks": [clock()],
        "commitments": [{"text": "三天修好", "due": "2026-05-20", "made_at": AT}], "opinion": null, "keys": "ld"})
}
fn registration() -> Value {
    tree!({"title": "村口路灯不亮", "content": "坏了半年", "demands": ["修好路灯"], "purpose": "appeal",
        "category": "construction", "channel": "visit", "intake": "first",
        "petitioner": {"name": "王小明", "phone": "13800000001", "address": null}, "received_on": "2026-05-11"})
}
fn package() -> Value {
    tree!({"answers": [
            {"finding": "属实", "conclusion": "support", "basis": "条例", "performed": {"state": "done", "on": "2026-05-11", "evidence": "照片"}},
            {"finding": "属实", "conclusion": "explain", "basis": "条例", "performed": {"state": "promised", "by": "2026-06-11"}},
            {"finding": "不实", "conclusion": "decline", "basis": "条例", "performed": {"state": "nothing"}}],
        "opinion": "已办结", "measures": ["law", "mediation"], "delivery_plan": "in_person"})
}
fn answers() -> Value {
    tree!({"respondent": "petitioner", "opinion_received": {"received": "yes", "on": "2026-05-12"}, "demands": ["done"],
        "handler_met": "yes", "promise_kept": "none_promised", "office_rating": {"rating": "satisfied"},
        "unit_rating": {"rating": "dissatisfied", "reason": "慢"}, "told_of_review": true, "signature": "signed"})
}

#[test]
fn what_travels_for_the_phone_is_read_and_written_alike() {
    check::<SignIn>(tree!({"login": "a", "password": "b\\\"\u{7f}"}));
    check::<Session>(tree!({
        "actor": {"account": ID, "name": "测试", "badge": "001", "office": "干部", "role": "town_clerk", "unit": null, "area": ["350921101"]},
        "unit_name": null, "area_names": ["样例镇"], "server_time": AT,
        "phone": {"receipts": "AQID", "sealing": "", "lineage": "l", "store_key": "AA", "device_token": "_-8", "cache_days": 30}}));
    let receipt = tree!({"id": ID, "sequence": 3, "received_at": AT, "digest": DIGEST, "attachments": [DIGEST],
        "flags": ["out_of_area"], "raised": [raised()]});
    check::<Receipt>(receipt);
    check::<Proof>(tree!({"place": 1, "of": 2, "path": [DIGEST], "signature": "AQID"}));
    check::<SealedRequest>(
        tree!({"protocol": 4, "device": ID, "envelopes": [{"account": ID, "id": ID, "blob": "AQID"}]}),
    );
    check::<PushResponse>(tree!({"server_time": AT, "signature": "AQID", "outcomes": [
        {"outcome": "stored", "n": -3, "at": AT, "flags": ["matter_closed"], "raised": [raised()]},
        {"outcome": "set_aside", "id": ID, "reason": {"reason": "incomplete", "fault": {"fault": "no_demand", "item": 1}}},
        {"outcome": "try_later", "id": ID}]}));
    check::<CompareRequest>(tree!({"protocol": 4, "device": ID, "held": [[ID, DIGEST]]}));
    check::<CompareResponse>(
        tree!({"lineage": "l", "server_time": AT, "missing": [ID], "different": [], "files_missing": [DIGEST], "yours": 4}),
    );
    check::<CodesRequest>(tree!({"protocol": 4, "device": ID}));
    check::<CodesRequest>(tree!({"protocol": 4, "device": ID, "beyond": 40}));
    check::<CodesResponse>(tree!({"codes": []}));
    check::<CodesResponse>(tree!({"codes": [], "upto": 60}));
    check::<Upload>(tree!({"have": 5, "state": "partial"}));
    check::<PullRequest>(tree!({"protocol": 4, "cursor": null}));
    check::<PullResponse>(tree!({"reset": true, "items": [home(), matter()], "gone": [{"item": "matter", "id": ID}],
        "cursor": "c", "more": false, "server_time": AT}));
    check_tagged! {
        WorkItem: home(),
        WorkItem: matter(),
        ItemRef: tree!({"item": "household", "id": ID}),
        About: tree!({"about": "matter", "id": ID}),
        RosterValue: tree!({"field": "phone", "value": null}),
        RosterValue: tree!({"field": "members", "value": [{"name": "王小明"}]}),
        SetAside: tree!({"reason": "unreadable", "detail": "row 1"}),
        SetAside: tree!({"reason": "id_taken"}),
        RecordFault: tree!({"fault": "answers_do_not_match", "demands": 1, "answers": 2}),
        RecordFault: tree!({"fault": "bad_point"}),
        Outcome: tree!({"outcome": "stored", "n": 9, "at": AT}),
        Answer: tree!({"answer": "given", "text": "三天没水"}),
        OpinionReceived: tree!({"received": "yes", "on": null}),
        OpinionReceived: tree!({"received": "unsure"}),
        ReturnVisitOutcome: tree!({"outcome": "reached", "answers": answers(), "judgement": "close"}),
        ReturnVisitOutcome: tree!({"outcome": "not_reached", "reason": "外出"}),
    }
}

#[test]
fn what_travels_for_the_desk_is_read_and_written_alike() {
    let event = tree!({"event": "return_visited", "record": ID, "round": 1, "at": AT, "by": ID, "by_name": "测试",
        "answers": answers(), "judgement": "close", "counts": true});
    check::<JournalEntry>(tree!({"sequence": 1, "at": AT, "by": null, "event": event}));
    check::<MatterList>(
        tree!({"rows": [{"id": ID, "number": "3526051109000001", "title": "灯", "petitioner": "王小明",
        "stage": "closed", "unit": null, "nearest": clock(), "round": 1, "said_unsolved": true}], "total": 1, "page": 1, "page_size": 20}),
    );
    check::<CommandRequest>(
        tree!({"id": ID, "seen": 3, "command": {"command": "submit_closure", "package": package()}}),
    );
    check::<Device>(
        tree!({"id": ID, "account": ID, "name": "测试", "label": "Android", "first_seen": AT, "last_seen": AT}),
    );
    check::<Round>(tree!({"number": 1, "package": package(), "submitted_by": ID, "submitted_at": AT,
        "verdict": {"verdict": "returned", "by": ID, "at": AT, "reasons": ["not_met"], "text": "补", "due": "2026-05-20"}}));
    check::<FlaggedRecord>(
        tree!({"record": ID, "kind": "note", "by": "测试", "received_at": AT, "flags": ["file_lost"], "matter": ID}),
    );
    check_tagged! {
        Event: event,
        Event: tree!({"event": "registered", "id": ID, "number": "3526051109000001", "registration": registration(), "at": AT, "by": null}),
        Event: tree!({"event": "clock_started", "kind": "meet", "started": "2026-05-11", "due": "2026-05-20"}),
        Event: tree!({"event": "signed_for", "at": AT}),
        Event: tree!({"event": "closure_submitted", "package": package(), "by": ID, "at": AT}),
        Command: tree!({"command": "transfer", "unit": ID, "place": null}),
        Command: tree!({"command": "close"}),
        Command: tree!({"command": "deliver", "mode": "post", "on": "2026-05-20", "signed": true, "opinion": "agrees"}),
        Performance: tree!({"state": "nothing"}),
        Verdict: tree!({"verdict": "approved", "by": ID, "at": AT}),
        Gap: tree!({"gap": "late", "clock": "feedback"}),
        Refusal: tree!({"refusal": "package", "fault": "promise_in_past", "demand": 2}),
        Refusal: tree!({"refusal": "after_legal_due", "date": "2026-05-20", "latest": "2026-05-19", "clock": "handling"}),
        Refusal: tree!({"refusal": "out_of_area"}),
        Refusal: tree!({"refusal": "too_many_representatives", "max": 5}),
        Command: tree!({"command": "link_intake", "intake": {"title": "灯", "content": "还没修", "channel": "phone",
            "petitioner": {"name": "王大明"}, "received_on": "2026-05-20"}}),
    }
}

#[test]
fn each_frozen_record_and_event_is_read_and_written_alike() {
    let records = include_str!("frozen/records.txt").lines().filter_map(|line| line.split_once(' '));
    for (_, text) in records.filter(|(digest, _)| digest.len() == 64) {
        let sample: Value = serde_json::from_str(text).unwrap();
        check_tagged!(Payload: sample["payload"].clone());
        check::<Record>(sample);
        let record: Record = json::read(text).unwrap();
        assert_eq!(json::write(&record).unwrap(), text);
    }
    let events = [include_str!("frozen/events.txt"), include_str!("frozen/matter_events.txt")];
    for text in events.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#')) {
        check_tagged!(Event: serde_json::from_str(text).unwrap());
    }
}

#[test]
fn problems_are_read_alike() {
    for sample in [
        tree!({"problem": "malformed", "detail": "name", "message": "m"}),
        tree!({"problem": "too_many", "retry_after": 30, "message": "m"}),
        tree!({"problem": "refused", "refusal": {"refusal": "stale", "seen": 1, "now": 2}, "message": "m"}),
        tree!({"problem": "sign_in_again", "message": "m"}),
    ] {
        let text = sample.to_string();
        let ours = |text: &str| json::read_with(text, |source| ProblemBody::read_flat(source)).ok();
        assert!(alike::<ProblemBody>(&text, ours).is_some(), "{text}");
        assert!(alike::<ProblemBody>(&text, |text| json::read(text).ok()).is_some(), "{text}");
    }
}

#[test]
fn json_as_it_stands_stays_as_it_stands() {
    for raw in ["{ \"k\" : [1, 2.50,\"\\u00e9\"] }", "null", "\"a\\nb\"", "-0.0"] {
        let text = format!("{{\"token\":\"AQID\",\"record\":{raw}}}");
        let opened: Opened = json::read(&text).unwrap();
        assert_eq!(opened.record.get(), raw);
        assert_eq!(json::write(&opened).unwrap(), text);
        assert_eq!(json::raw(&opened).unwrap().get(), text);
        let text = format!("{{\"protocol\":4,\"device\":\"{ID}\",\"records\":[{raw},{raw}]}}");
        assert_eq!(json::write(&json::read::<PushRequest>(&text).unwrap()).unwrap(), text);
    }
    assert!(json::read::<Opened>("{\"token\":\"AQID\",\"record\":{]}").is_err());
}

/// What no type of ours has, but serde may ask for.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Plain {
    Unit,
    Newtype(Vec<u8>),
    Tuple(i8, char),
    Struct { a: Option<u64>, b: std::collections::BTreeMap<String, ()> },
}

#[test]
fn enums_without_a_tag_are_read_and_written_alike() {
    for sample in [
        tree!("Unit"),
        tree!({"Unit": null}),
        tree!({"Newtype": [1, 2]}),
        tree!({"Tuple": [-1, "中"]}),
        tree!({"Struct": {"a": 9, "b": {"x": null}}}),
    ] {
        check_with::<Plain>(&sample, |text| json::read(text).ok());
    }
    let keyed = std::collections::BTreeMap::from([(-3, 1.25_f32), (4, 0.1)]);
    assert_eq!(json::write(&keyed).unwrap(), serde_json::to_string(&keyed).unwrap());
}

#[test]
fn what_is_too_deep_is_refused() {
    let nested = |n: usize| ["[".repeat(n), "]".repeat(n)].concat();
    for n in [1, 100, 127, 128, 5_000] {
        alike::<Value>(&nested(n), |text| json::read(text).ok());
    }
    assert!(json::read::<serde::de::IgnoredAny>(&nested(100_000)).is_err());
}

fn any_tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\\x00-\\x1f\"\\\\a-c/]{0,9}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map(any::<String>(), inner, 0..5)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_is_written_and_read_alike(value in any_tree()) {
        let text = serde_json::to_string(&value).unwrap();
        prop_assert_eq!(json::write(&value).unwrap(), text.clone());
        prop_assert_eq!(json::read::<Value>(&text).unwrap(), value.clone());
        prop_assert_eq!(json::read::<Value>(&serde_json::to_string_pretty(&value).unwrap()).unwrap(), value);
    }

    #[test]
    fn any_text_is_taken_or_refused_alike(text in "[\\[\\]{}:,\"\\\\untrfals0-9.eE+\\- dD8cC]{0,14}") {
        let theirs = serde_json::from_str::<Value>(&text).ok();
        // Beyond the range of a float there is no value to compare.
        prop_assume!(!text.contains(['e', 'E']) || theirs.is_some());
        prop_assert_eq!(json::read::<Value>(&text).ok(), theirs.clone(), "{}", text);
        prop_assert_eq!(json::read::<serde::de::IgnoredAny>(&text).is_ok(), theirs.is_some(), "{}", text);
    }

    #[test]
    fn escapes_are_read_alike(text in "(\\\\(u[dD][89a-cA-F][0-9a-f]{2}|u00[0-9a-f]{2}|[\"\\\\/bfnrt])|é){0,4}") {
        let text = ["\"", &text, "\""].concat();
        prop_assert_eq!(json::read::<String>(&text).ok(), serde_json::from_str::<String>(&text).ok(), "{}", text);
    }
}
