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
