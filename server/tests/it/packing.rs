//! Packed requests and answers.

use std::io::{Read as _, Write as _};

use axum::body::Body;
use axum::http::{Request, header};
use case_core::wire::sync::*;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::json;

use crate::phone::*;
use crate::support::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn packed(path: &str, encoding: &str, accept: &str, body: Vec<u8>) -> Request<Body> {
    Request::post(path)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CONTENT_ENCODING, encoding)
        .header(header::ACCEPT_ENCODING, accept)
        .header("x-huiyin", "1")
        .body(Body::from(body))
        .unwrap()
}

#[tokio::test]
async fn a_packed_push_is_taken_in_and_its_answer_is_packed() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let household = phone.household().await;
    let records: Vec<String> = (0..30).map(|_| phone.visit(household, json!({}))).collect();
    let plain = phone.push_body(&records);
    for accept in ["gzip", "br", "identity"] {
        let body = gzip(&plain);
        assert!(body.len() * 3 < plain.len());
        let reply = phone.client.send(packed("/api/v1/sync/push", "gzip", accept, body)).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let encoding = reply.headers.get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap());
        let mut unpacked = Vec::new();
        match accept {
            "gzip" => drop(GzDecoder::new(reply.body.as_slice()).read_to_end(&mut unpacked).unwrap()),
            "br" => drop(brotli::Decompressor::new(reply.body.as_slice(), 4096).read_to_end(&mut unpacked).unwrap()),
            _ => unpacked.clone_from(&reply.body),
        }
        assert_eq!(encoding, (accept != "identity").then_some(accept));
        let answer: PushResponse = serde_json::from_slice(&unpacked).unwrap();
        assert!(verifies(&phone.keys.receipts, &records, &answer), "{accept}");
    }
    let page = Request::get("/w/").header(header::ACCEPT_ENCODING, "gzip, br").body(Body::empty()).unwrap();
    let page = phone.client.send(page).await;
    assert!(!page.headers.contains_key(header::CONTENT_ENCODING), "pages are not packed on the way");
}

#[tokio::test]
async fn a_small_request_cannot_become_a_large_one() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    // A hundred megabytes of blanks are a hundred kilobytes on the line.
    let bomb = gzip(&[b"{\"protocol\":".as_slice(), &vec![b' '; 100 << 20], b"2}"].concat());
    assert!(bomb.len() < 200 * 1024);
    for (who, path) in [
        (phone.client.clone(), "/api/v1/sync/push"),
        (phone.client.clone(), "/api/v1/sync/pull"),
        (phone.client.clone(), "/api/v1/sync/compare"),
        (county.anonymous(), "/api/v1/sync/sealed"),
    ] {
        let reply = who.send(packed(path, "gzip", "gzip", bomb.clone())).await;
        assert_eq!(reply.status, 413, "{path}");
    }
    let twice = gzip(&gzip(&phone.push_body(&[])));
    for (encoding, body) in [
        ("gzip", b"no gzip at all".to_vec()),
        ("gzip", gzip(b"{}")[..12].to_vec()),
        ("gzip", twice),
        ("br", phone.push_body(&[])),
        ("deflate", phone.push_body(&[])),
        ("gzip, gzip", phone.push_body(&[])),
    ] {
        let reply = phone.client.send(packed("/api/v1/sync/push", encoding, "identity", body)).await;
        assert_eq!(reply.status, 400, "{encoding}: {}", reply.text());
        reply.problem();
    }
    // Where nothing is unpacked, what is packed is not read.
    let reply = phone.client.send(packed("/api/v1/session", "gzip", "identity", gzip(b"{}"))).await;
    assert_eq!(reply.status, 400);
}

/// Some three hundred characters of a complaint, no two alike.
fn complaint(n: usize) -> String {
    const PARTS: [&str; 24] = [
        "村口的路灯从去年冬天起就不亮",
        "晚上老人出门看不见路",
        "已经有人摔伤住院",
        "多次向村里反映没有回音",
        "施工队把水管挖断以后没有接好",
        "下雨天泥水流进院子",
        "粮食堆在屋里都发了霉",
        "孩子上学要绕两公里",
        "说是等资金到位再办",
        "镇里来看过一次就没有下文",
        "邻居家也有同样的问题",
        "补偿款到现在没有发到手",
        "当时签字的协议没有给我们留一份",
        "工地夜里十二点还在打桩",
        "灰尘大得不敢开窗",
        "请派人到现场看一看",
        "请书面告知什么时候能办完",
        "合作医疗报销被退回三次",
        "每次缺的材料都不一样",
        "低保名单没有公示",
        "垃圾堆在河边没有人运",
        "夏天气味很大",
        "水渠堵了下游浇不上地",
        "请查清楚是谁的责任",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(n as u64 + 1);
    let mut text = String::new();
    while text.chars().count() < 300 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let part = PARTS[(state >> 33) as usize % PARTS.len()];
        text += &format!("{part}，第{}号，", state >> 52);
    }
    text
}

#[tokio::test]
async fn twenty_matters_that_changed_are_one_small_request() {
    let county = County::open().await;
    let phone = Phone::open(&county, "zhuangan", 7).await;
    let page: PullResponse = phone.client.post("/api/v1/sync/pull", &json!({ "protocol": 2 })).await.read();
    let desk = county.sign_in("dengji").await;
    for n in 0..20 {
        let registration = json!({
            "title": format!("第{n}件：{}", complaint(n).chars().take(20).collect::<String>()),
            "content": complaint(n), "demands": [complaint(n + 50).chars().take(30).collect::<String>()],
            "purpose": "appeal", "category": "construction", "channel": "visit", "intake": "first",
            "petitioner": { "name": format!("测试{n}"), "phone": format!("138{:08}", n * 7_654_321) },
            "place": "990101101201", "received_on": county.state.now().date(),
        });
        let body = json!({ "id": uuid::Uuid::now_v7(), "registration": registration });
        let reply = desk.post("/api/v1/matters", &body).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
    let ask = json!({ "protocol": 2, "cursor": page.cursor });
    for (accept, most) in [("br", 15_000), ("gzip", 15_000)] {
        let body = gzip(ask.to_string().as_bytes());
        let reply = phone.client.send(packed("/api/v1/sync/pull", "gzip", accept, body)).await;
        assert!(reply.body.len() <= most, "{accept}: {}", reply.body.len());
    }
    let delta: PullResponse = phone.client.post("/api/v1/sync/pull", &ask).await.read();
    assert!(delta.items.len() == 20 && !delta.more, "one request");
    assert!(serde_json::to_vec(&delta).unwrap().len() > 25_000, "which would be much more unpacked");
}
