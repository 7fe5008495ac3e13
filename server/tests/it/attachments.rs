//! Files of records, from the phone's pieces to the desk's screen.

use std::sync::atomic::{AtomicU8, Ordering};

use aes_gcm::aead::Aead as _;
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use case_core::audit::Deed;
use case_core::digest::Digest;
use case_core::field::{Attachment, AttachmentKind, FileKey, Flag, Media};
use case_core::id::MatterId;
use case_core::wire::desk::FlaggedRecord;
use case_core::wire::session::Session;
use case_core::wire::sync::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::*;

static NEXT: AtomicU8 = AtomicU8::new(1);

/// A file as a phone holds it: what the record says, and the bytes that go up.
struct File {
    said: Attachment,
    sealed: Vec<u8>,
}

fn seal(plain: &[u8], media: Media) -> File {
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let (key, nonce) = ([n; 32], [n; 12]);
    let cipher = Aes256Gcm::new(&key.into());
    let sealed = [&nonce[..], &cipher.encrypt(Nonce::from_slice(&nonce), plain).unwrap()].concat();
    let kind = if media.is_image() { AttachmentKind::Photo } else { AttachmentKind::Recording };
    let said = Attachment {
        digest: Digest::of_bytes(plain),
        kind,
        media,
        bytes: u32::try_from(plain.len()).unwrap(),
        sealed: Digest::of_bytes(&sealed),
        key: FileKey(key),
    };
    File { said, sealed }
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker][..], &length, content].concat()
}

/// Enough of a JPEG: what tells nothing, and with a position and words in it.
fn jpeg(length: usize, told: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let head = [&[0xff, 0xd8][..], &segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")].concat();
    let scan: Vec<u8> = (0..length).map(|n| u8::try_from(n % 250).unwrap()).collect();
    let body = [&segment(0xda, &[1, 1, 0, 0, 63, 0])[..], &scan, &[0xff, 0xd9]].concat();
    let (exif, note) = (segment(0xe1, &[b"Exif\0\0", told].concat()), segment(0xfe, told));
    let full = [&head[..], &exif, &note, &body, told].concat();
    (full, [head, body].concat())
}

fn photo(length: usize) -> File {
    seal(&jpeg(length, b"").1, Media::Jpeg)
}

/// A county, a phone, a matter in its area.
struct Scene {
    county: County,
    phone: Client,
    matter: MatterId,
}

impl Scene {
    async fn open() -> Self {
        let county = County::open().await;
        let phone = county.sign_in("cunguan").await;
        let matter = county.matter("危桥").await;
        Self { county, phone, matter }
    }

    /// Sends a visit with these files, about the matter.
    async fn visit(&self, files: &[&File]) {
        send(&self.phone, json!({ "matter": self.matter }), Uuid::from_u128(404), files).await;
    }

    async fn states(&self) -> Vec<UploadState> {
        let desk = self.county.sign_in("shenhe").await;
        let files = desk.file(self.matter).await.files;
        files.iter().flat_map(|record| record.files.iter().map(|line| line.state)).collect()
    }
}

async fn send(phone: &Client, mut extra: Value, household: Uuid, files: &[&File]) {
    let me = phone.get("/api/v1/session").await.read::<Session>().actor.account;
    extra["attachments"] = json!(files.iter().map(|file| &file.said).collect::<Vec<_>>());
    let record = visit_record(me, household, extra);
    let body = json!({ "protocol": 2, "device": Uuid::from_u128(7), "records": [record] });
    let reply: PushResponse = phone.post("/api/v1/sync/push", &body).await.read();
    assert!(matches!(reply.outcomes[0], Outcome::Stored(_)), "{:?}", reply.outcomes);
}

fn path(name: Digest, tail: &str) -> String {
    format!("/api/v1/attachments/{}{tail}", name.hex())
}

async fn piece(client: &Client, file: &File, at: usize, bytes: &[u8]) -> Reply {
    let path = path(file.said.sealed, &format!("?at={at}"));
    client.raw(Method::POST, &path, "application/octet-stream", bytes.to_vec()).await
}

async fn status(client: &Client, file: &File) -> Upload {
    client.get(&path(file.said.sealed, "")).await.read()
}

/// As a phone does it: asks, goes on from there, in pieces.
async fn upload(client: &Client, file: &File, size: usize) -> Upload {
    let mut stand = status(client, file).await;
    for _ in 0..10_000 {
        let have = stand.have as usize;
        if stand.state != UploadState::Partial {
            return stand;
        }
        let end = file.sealed.len().min(have + size);
        stand = piece(client, file, have, &file.sealed[have..end]).await.read();
    }
    panic!("an upload without an end: {stand:?}")
}

fn done(file: &File) -> Upload {
    Upload { have: file.said.sealed_bytes(), state: UploadState::Complete }
}

async fn shown(client: &Client, file: &File) -> Reply {
    client.get(&path(file.said.digest, "/file")).await
}

#[tokio::test]
async fn an_upload_that_is_cut_anywhere_goes_on_from_there() {
    let scene = Scene::open().await;
    let length = MAX_PIECE + 5_000;
    let total = photo(length).sealed.len();
    // Nothing, one byte, around the nonce, around the pieces, around the tag, all but one, all.
    let cuts = [0, 1, 11, 12, 13, MAX_PIECE - 1, MAX_PIECE, MAX_PIECE + 1, total - 17, total - 16, total - 1, total];
    let files: Vec<File> = cuts.iter().map(|_| photo(length)).collect();
    scene.visit(&files.iter().collect::<Vec<_>>()).await;
    // The official has signed out; whoever holds the phone delivers.
    let anybody = scene.county.anonymous();
    for (cut, file) in cuts.into_iter().zip(&files) {
        for from in (0..cut).step_by(MAX_PIECE) {
            let arrived = piece(&anybody, file, from, &file.sealed[from..cut.min(from + MAX_PIECE)]).await;
            arrived.read::<Upload>();
        }
        assert_eq!(status(&anybody, file).await.have as usize, cut);
        // The reply was lost, and the piece comes again.
        let again: Upload = piece(&anybody, file, 0, &file.sealed[..cut.min(MAX_PIECE)]).await.read();
        assert_eq!(again.have as usize, cut);
        assert_eq!(upload(&anybody, file, MAX_PIECE).await, done(file), "cut at {cut}");
        let shown = shown(&scene.phone, file).await;
        assert_eq!(Digest::of_bytes(&shown.body), file.said.digest, "cut at {cut}");
    }
    assert_eq!(scene.states().await, vec![UploadState::Complete; cuts.len()]);
}

#[tokio::test]
async fn half_of_several_files_go_on_after_the_server_was_started_anew() {
    let scene = Scene::open().await;
    let files: Vec<File> = (0..5).map(|_| photo(9_000)).collect();
    scene.visit(&files.iter().collect::<Vec<_>>()).await;
    let anybody = scene.county.anonymous();
    for (n, file) in files.iter().enumerate() {
        piece(&anybody, file, 0, &file.sealed[..n * 2_000]).await.read::<Upload>();
    }
    // Stopped between the last piece and its check.
    let store = &scene.county.state.store;
    store.add_piece(files[4].said.sealed, 8_000, files[4].sealed[8_000..].to_vec()).await.unwrap();
    assert_eq!(scene.states().await, vec![UploadState::Partial; 5]);
    let settings = (*scene.county.state.settings).clone();
    let restarted = huiyin::open(settings).await.unwrap();
    let router = huiyin::build_router(restarted);
    let scene = Scene { county: scene.county.with_router(router), ..scene };
    let anybody = scene.county.anonymous();
    assert_eq!(status(&anybody, &files[4]).await, done(&files[4]));
    for (n, file) in files.iter().enumerate().take(4) {
        assert_eq!(status(&anybody, file).await, Upload { have: n as u32 * 2_000, state: UploadState::Partial });
        assert_eq!(upload(&anybody, file, 4_000).await, done(file));
    }
    assert_eq!(scene.states().await, vec![UploadState::Complete; 5]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_uploads_of_one_file_at_once_make_it_once() {
    let scene = Scene::open().await;
    let file = std::sync::Arc::new(photo(60_000));
    scene.visit(&[&file]).await;
    let mut tasks = Vec::new();
    for n in 0..20 {
        let (client, file) = (scene.county.anonymous(), file.clone());
        tasks.push(tokio::spawn(async move { upload(&client, &file, 5_000 + n * 331).await }));
    }
    for task in tasks {
        assert_eq!(task.await.unwrap(), done(&file));
    }
    assert_eq!(Digest::of_bytes(&shown(&scene.phone, &file).await.body), file.said.digest);
}

#[tokio::test]
async fn wrong_bytes_begin_anew_once_and_come_before_the_supervisor_the_second_time() {
    let scene = Scene::open().await;
    let (file, other) = (photo(9_000), photo(9_000));
    scene.visit(&[&file]).await;
    let anybody = scene.county.anonymous();
    let anew: Upload = piece(&anybody, &file, 0, &other.sealed).await.read();
    assert_eq!(anew, Upload { have: 0, state: UploadState::Partial });
    let refused: Upload = piece(&anybody, &file, 0, &other.sealed).await.read();
    assert_eq!(refused, Upload { have: 0, state: UploadState::Refused });
    assert_eq!(upload(&anybody, &file, 500).await.state, UploadState::Refused);
    let supervisor = scene.county.sign_in("shenhe").await;
    let flagged: Vec<FlaggedRecord> = supervisor.get("/api/v1/flagged").await.read();
    assert!(flagged[0].flags.contains(&Flag::FileLost) && flagged[0].matter == Some(scene.matter));
    assert!(flagged[0].title.is_some());
    assert_eq!(scene.states().await, [UploadState::Refused]);
    assert_eq!(shown(&scene.phone, &file).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn more_bytes_than_the_record_says_and_pieces_too_large_are_not_kept() {
    let scene = Scene::open().await;
    let file = photo(9_000);
    scene.visit(&[&file]).await;
    let anybody = scene.county.anonymous();
    let large = piece(&anybody, &file, 0, &vec![0; MAX_PIECE + 1]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(status(&anybody, &file).await, Upload { have: 0, state: UploadState::Partial });
    let more = [&file.sealed[..], b"x"].concat();
    let anew: Upload = piece(&anybody, &file, 0, &more).await.read();
    assert_eq!(anew, Upload { have: 0, state: UploadState::Partial });
    assert_eq!(upload(&anybody, &file, 500).await, done(&file), "the second try is a right one");
    let late: Upload = piece(&anybody, &file, file.sealed.len(), b"x").await.read();
    assert_eq!(late, done(&file));
}

#[tokio::test]
async fn an_unknown_name_is_not_found_like_one_that_is_none_and_guessing_has_to_wait() {
    let scene = Scene::open().await;
    let unknown = photo(10);
    let anybody = scene.county.anonymous();
    let none = anybody.get("/api/v1/attachments/none").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let name = path(unknown.said.sealed, "");
    for reply in [
        anybody.get(&name).await,
        piece(&anybody, &unknown, 0, &unknown.sealed).await,
        anybody.post(&format!("{name}/lost"), &json!(null)).await,
        scene.phone.get(&format!("{name}/file")).await,
        scene.phone.get("/api/v1/attachments/none/file").await,
    ] {
        assert_eq!((reply.status, &reply.body), (none.status, &none.body));
        reply.problem();
    }
    assert_eq!(anybody.get(&format!("{name}/file")).await.status, StatusCode::UNAUTHORIZED);
    for bad in ["", "?at=", "?at=-1", "?at=x", "?at=99999999999"] {
        let reply = anybody.raw(Method::POST, &format!("{name}{bad}"), "text/plain", vec![1]).await;
        assert!(reply.status.is_client_error(), "{bad}");
        reply.problem();
    }
    let mut last = StatusCode::NOT_FOUND;
    for _ in 0..100 {
        last = anybody.get(&name).await.status;
        if last != StatusCode::NOT_FOUND {
            break;
        }
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn what_is_not_what_the_record_says_is_refused_at_once() {
    let scene = Scene::open().await;
    let [mut key, mut digest, mut short] = [photo(500), photo(500), photo(500)];
    key.said.key = FileKey([0xee; 32]);
    digest.said.digest = Digest::of_bytes(b"another file");
    // One byte less: then what comes is one more than said.
    short.said.bytes -= 1;
    scene.visit(&[&key, &digest, &short]).await;
    let anybody = scene.county.anonymous();
    for file in [&key, &digest] {
        assert_eq!(upload(&anybody, file, MAX_PIECE).await.state, UploadState::Refused);
    }
    assert_eq!(upload(&anybody, &short, MAX_PIECE).await.state, UploadState::Refused);
    assert_eq!(scene.states().await, [UploadState::Refused; 3]);
    for file in [&key, &digest, &short] {
        assert_eq!(shown(&scene.phone, file).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_file_is_served_as_what_it_is_and_nothing_in_it_acts() {
    let scene = Scene::open().await;
    let script = b"<html><script>alert(1)</script></html>";
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\0IEND\xae\x42\x60\x82";
    let html = seal(script, Media::Jpeg);
    let other = seal(png, Media::Jpeg);
    let both = seal(&jpeg(300, script).0, Media::Jpeg);
    let sound = seal(&[b"OggS", &[7; 996][..]].concat(), Media::Ogg);
    scene.visit(&[&html, &other, &both, &sound]).await;
    let anybody = scene.county.anonymous();
    for file in [&html, &other, &both, &sound] {
        upload(&anybody, file, MAX_PIECE).await;
    }
    use UploadState::{Complete, Refused};
    assert_eq!(scene.states().await, [Refused, Complete, Complete, Complete]);
    assert_eq!(shown(&scene.phone, &html).await.status, StatusCode::NOT_FOUND);
    for (file, mime) in [(&other, "image/png"), (&both, "image/jpeg"), (&sound, "audio/ogg")] {
        let reply = shown(&scene.phone, file).await;
        assert_eq!(reply.status, StatusCode::OK);
        for (name, value) in [
            ("content-type", mime),
            ("content-disposition", "inline"),
            ("content-security-policy", "sandbox; default-src 'none'"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(reply.headers[name], value, "{mime} {name}");
            assert_eq!(reply.headers.get_all(name).iter().count(), 1, "{mime} {name}");
        }
        assert!(!reply.text().contains("script"), "{mime}");
    }
    let part = Request::get(path(sound.said.digest, "/file")).header(header::RANGE, "bytes=0-3");
    let part = scene.phone.send(part.body(Body::empty()).unwrap()).await;
    assert_eq!((part.status, part.body.as_slice()), (StatusCode::PARTIAL_CONTENT, b"OggS".as_slice()));
    assert_eq!(part.headers[header::CONTENT_RANGE], "bytes 0-3/1000");
}

#[tokio::test]
async fn where_a_photo_was_taken_is_kept_but_not_served() {
    let scene = Scene::open().await;
    let (told, plain) = jpeg(2_000, b"GPS 26.88N 120.00E");
    let file = seal(&told, Media::Jpeg);
    scene.visit(&[&file]).await;
    assert_eq!(upload(&scene.county.anonymous(), &file, MAX_PIECE).await, done(&file));
    assert_eq!(shown(&scene.phone, &file).await.body, plain);
    let stored = scene.county.state.store.sealed_bytes(file.said.sealed).await.unwrap();
    assert_eq!(stored, Some(file.sealed), "evidence stays as it came");
}

#[tokio::test]
async fn only_who_sees_the_matter_or_the_household_sees_the_file() {
    let scene = Scene::open().await;
    let town = scene.county.sign_in("zhuangan").await;
    let page: PullResponse = town.post("/api/v1/sync/pull", &json!({ "protocol": 2 })).await.read();
    let in_village = |code: &str| {
        page.items.iter().find_map(|item| match item {
            WorkItem::Household(card) if card.division.as_str() == code => Some(card.id.0),
            _ => None,
        })
    };
    let (own, next) = (in_village("990101101201").unwrap(), in_village("990101101202").unwrap());
    let foreign = scene.county.matter("灌溉渠道").await;
    let (at_own, at_next, of_matter, of_foreign, of_nothing) =
        (photo(100), photo(101), photo(102), photo(103), photo(104));
    send(&town, json!({}), own, &[&at_own]).await;
    send(&town, json!({}), next, &[&at_next]).await;
    send(&town, json!({ "matter": scene.matter }), Uuid::from_u128(404), &[&of_matter]).await;
    send(&town, json!({ "matter": foreign }), Uuid::from_u128(404), &[&of_foreign]).await;
    send(&town, json!({}), Uuid::from_u128(404), &[&of_nothing]).await;
    let files = [&at_own, &at_next, &of_matter, &of_foreign, &of_nothing];
    for file in files {
        assert_eq!(upload(&scene.county.anonymous(), file, MAX_PIECE).await, done(file));
    }
    for (login, sees) in [
        ("cunguan", [true, false, true, false, false]),
        ("zhuangan", [true, true, true, true, false]),
        ("shenhe", [true; 5]),
        ("guanli", [false; 5]),
    ] {
        let client = scene.county.sign_in(login).await;
        if login == "shenhe" {
            // Masked: a picture may show an identity card. What belongs to no matter is looked at to find out whose
            // it is.
            for (n, file) in files.iter().enumerate() {
                let expected = if n == 2 || n == 3 { StatusCode::FORBIDDEN } else { StatusCode::OK };
                let reply = shown(&client, file).await;
                assert_eq!(reply.status, expected, "{login} {n}");
            }
            client.says_why(scene.matter).await;
            assert_eq!(shown(&client, &of_foreign).await.status, StatusCode::FORBIDDEN, "the reason is for one matter");
            client.says_why(foreign).await;
        }
        for (n, file) in files.iter().enumerate() {
            let expected = match sees[n] {
                true => StatusCode::OK,
                // Who runs the system has no right to any matter's content; for others it does not exist.
                false if login == "guanli" => StatusCode::FORBIDDEN,
                false => StatusCode::NOT_FOUND,
            };
            assert_eq!(shown(&client, file).await.status, expected, "{login} {n}");
        }
    }
    assert_eq!(shown(&scene.county.anonymous(), files[0]).await.status, StatusCode::UNAUTHORIZED);
    // Each that somebody masked has taken is noted with its matter.
    let noted = scene.county.state.store.audit_entries(None, 60).await.unwrap();
    let taken = |file: &File, matter: Option<MatterId>| {
        let deed = Deed::FileTaken { matter, file: file.said.digest };
        noted.iter().filter(|entry| entry.deed == deed && entry.name.as_deref() == Some("沈正")).count()
    };
    assert_eq!((taken(&of_matter, Some(scene.matter)), taken(&of_foreign, Some(foreign))), (1, 1));
    assert_eq!((taken(&of_nothing, None), taken(&at_own, None)), (2, 2));
    let all = noted.iter().filter(|entry| matches!(entry.deed, Deed::FileTaken { .. })).count();
    assert_eq!(all, 8, "who goes to the door is not noted");
    let handler = scene.county.sign_in("chengban").await;
    assert_eq!(shown(&handler, &at_own).await.status, StatusCode::NOT_FOUND, "a unit sees no homes");
}

#[tokio::test]
async fn a_matter_that_was_raised_at_the_door_shows_the_photo_of_that_visit() {
    let scene = Scene::open().await;
    let (file, id) = (photo(100), Uuid::now_v7());
    send(&scene.phone, json!({ "items": [raised_item(id)] }), Uuid::from_u128(404), &[&file]).await;
    let desk = scene.county.sign_in("dengji").await;
    let before = desk.file(MatterId(id)).await.files;
    assert_eq!(before[0].files[0].state, UploadState::Partial);
    upload(&scene.county.anonymous(), &file, 100).await;
    let after = desk.file(MatterId(id)).await.files;
    assert_eq!((after[0].files[0].state, after[0].files[0].digest), (UploadState::Complete, file.said.digest));
    let text = desk.get(&format!("/api/v1/matters/{id}")).await.text();
    assert!(!text.contains(&file.said.sealed.hex()), "who may deliver is told to nobody");
    assert!(!text.contains(&String::from(file.said.key.clone())), "nor the key");
}

#[tokio::test]
async fn a_file_that_the_phone_lost_is_said_to_be_lost_until_it_comes_after_all() {
    let scene = Scene::open().await;
    let (file, other) = (photo(2_000), photo(2_000));
    scene.visit(&[&file, &other]).await;
    let anybody = scene.county.anonymous();
    upload(&anybody, &other, MAX_PIECE).await;
    let lose = async |file: &File| anybody.post(&path(file.said.sealed, "/lost"), &json!(null)).await.read::<Upload>();
    piece(&anybody, &file, 0, &file.sealed[..500]).await.read::<Upload>();
    assert_eq!(lose(&file).await, Upload { have: 500, state: UploadState::Lost });
    assert_eq!(lose(&other).await, done(&other), "what is here is not lost");
    assert_eq!(scene.states().await, [UploadState::Lost, UploadState::Complete]);
    let supervisor = scene.county.sign_in("shenhe").await;
    let lost = async || {
        let flagged: Vec<FlaggedRecord> = supervisor.get("/api/v1/flagged").await.read();
        flagged.iter().filter(|record| record.flags.contains(&Flag::FileLost)).count()
    };
    assert_eq!(lost().await, 1);
    let stand: Upload = piece(&anybody, &file, 500, &file.sealed[500..]).await.read();
    assert_eq!(stand, done(&file));
    assert_eq!((lost().await, scene.states().await), (0, vec![UploadState::Complete; 2]));
    let officer = scene.phone.get("/api/v1/flagged").await;
    assert_eq!(officer.status, StatusCode::FORBIDDEN);
}
