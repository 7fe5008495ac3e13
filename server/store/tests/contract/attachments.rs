//! Files of records: what arrives in pieces is whole, or said not to be.

use case_core::digest::Digest;
use case_core::field::{Attachment, AttachmentKind, FileKey, Flag, Media, Payload, Record, SEAL_BYTES};
use case_core::id::MatterId;
use case_core::wire::sync::{Upload, UploadState};
use case_store::{Absorption, Finding, KnownRows, RecordNames, Store};

use crate::fixtures::{VILLAGE, Who, household_id, matter_id, people, registered, visit};
use crate::records::{raised, take};

/// Bytes as they come from a phone; the store never opens them.
fn sealed(n: u8, length: usize) -> Vec<u8> {
    (0..length).map(|at| u8::try_from(at % 251).unwrap() ^ n).collect()
}

fn file(n: u8, sealed: &[u8]) -> Attachment {
    Attachment {
        digest: Digest::of_bytes(&[n, 1]),
        kind: AttachmentKind::Photo,
        media: Media::Jpeg,
        bytes: u32::try_from(sealed.len()).unwrap() - SEAL_BYTES,
        sealed: Digest::of_bytes(sealed),
        key: FileKey([n; 32]),
    }
}

fn record(n: u128, matter: Option<MatterId>, files: &[Attachment]) -> (Record, RecordNames) {
    let mut record = visit(n, Who::Village, household_id(1), matter);
    if let Payload::HouseholdVisit(visit) = &mut record.payload {
        visit.attachments = files.to_vec();
    }
    (record, RecordNames { matter, household: Some(household_id(1)) })
}

async fn taken(store: &Store, n: u128, matter: Option<MatterId>, files: &[Attachment]) -> Record {
    let (record, names) = record(n, matter, files);
    take(store, &record, names, &|_: &KnownRows, _| Absorption::default()).await.unwrap();
    record
}

/// Uploads from where the server stands, in pieces, as a phone does.
async fn upload(store: &Store, name: Digest, bytes: &[u8], piece: usize) -> Upload {
    let mut stand = store.upload(name).await.unwrap().unwrap();
    while (stand.have as usize) < bytes.len() && stand.state == UploadState::Partial {
        let at = stand.have as usize;
        let part = bytes[at..bytes.len().min(at + piece)].to_vec();
        stand = store.add_piece(name, stand.have, part).await.unwrap().unwrap();
    }
    stand
}

/// What the server does after the last piece; the media as found, for each claim.
async fn settle(store: &Store, name: Digest, found: Option<Media>) -> Upload {
    let checked = store.to_check(name).await.unwrap().unwrap();
    let finding = if Digest::of_bytes(&checked.bytes) == name {
        Finding::Right(checked.claims.iter().map(|_| found).collect())
    } else {
        Finding::Wrong
    };
    store.settle(name, &checked, &finding).await.unwrap().unwrap()
}

fn at(have: usize, state: UploadState) -> Upload {
    Upload { have: u32::try_from(have).unwrap(), state }
}

contract! {
    async fn pieces_of_any_size_become_the_file(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, Some(VILLAGE)).await.id;
        for (n, piece) in [(1, 1), (2, 7), (3, 99), (4, 100), (5, 1000)] {
            let bytes = sealed(n, 100);
            let file = file(n, &bytes);
            taken(&db.store, n.into(), Some(matter), std::slice::from_ref(&file)).await;
            assert_eq!(db.store.upload(file.sealed).await.unwrap(), Some(at(0, UploadState::Partial)));
            assert_eq!(upload(&db.store, file.sealed, &bytes, piece).await, at(100, UploadState::Partial), "{piece}");
            assert_eq!(db.store.sealed_bytes(file.sealed).await.unwrap(), None, "nobody has checked it");
            assert_eq!(settle(&db.store, file.sealed, Some(Media::Png)).await, at(100, UploadState::Complete));
            assert_eq!(db.store.sealed_bytes(file.sealed).await.unwrap(), Some(bytes));
            assert!(db.store.to_check(file.sealed).await.unwrap().is_none());
            let places = db.store.places_of_file(file.digest).await.unwrap();
            assert_eq!(places.len(), 1);
            assert_eq!((places[0].sealed, places[0].media, &places[0].key), (file.sealed, Media::Png, &file.key));
            assert_eq!((places[0].matters.as_slice(), places[0].household), ([matter].as_slice(), Some(household_id(1))));
        }
        let shown = db.store.files_of_matter(matter).await.unwrap();
        assert_eq!(shown.len(), 5);
        assert!(shown.iter().all(|record| record.files[0].state == UploadState::Complete));
    }

    async fn a_piece_that_does_not_begin_at_the_end_changes_nothing(db) {
        people(&db.store).await;
        let bytes = sealed(1, 100);
        let file = file(1, &bytes);
        taken(&db.store, 1, None, std::slice::from_ref(&file)).await;
        db.store.add_piece(file.sealed, 0, bytes[..40].to_vec()).await.unwrap();
        let there = Some(at(40, UploadState::Partial));
        for (from, part) in [(0, &bytes[..40]), (39, &bytes[39..]), (41, &bytes[41..]), (u32::MAX, &bytes[..]), (40, &[])] {
            assert_eq!(db.store.add_piece(file.sealed, from, part.to_vec()).await.unwrap(), there, "{from}");
        }
        upload(&db.store, file.sealed, &bytes, 60).await;
        assert_eq!(settle(&db.store, file.sealed, Some(Media::Jpeg)).await.state, UploadState::Complete);
        // Complete is complete.
        let late = db.store.add_piece(file.sealed, 100, vec![0; 5]).await.unwrap();
        assert_eq!(late, Some(at(100, UploadState::Complete)));
        assert_eq!(db.store.lose(file.sealed).await.unwrap(), Some(at(100, UploadState::Complete)));
        assert_eq!(db.store.sealed_bytes(file.sealed).await.unwrap(), Some(bytes));
    }

    async fn what_no_record_names_is_not_taken(db) {
        let name = Digest::of_bytes(b"unknown");
        let rows = db.rows().await;
        assert_eq!(db.store.upload(name).await.unwrap(), None);
        assert_eq!(db.store.add_piece(name, 0, vec![1]).await.unwrap(), None);
        assert_eq!(db.store.lose(name).await.unwrap(), None);
        assert!(db.store.to_check(name).await.unwrap().is_none());
        assert_eq!(db.rows().await, rows);
    }

    async fn wrong_bytes_begin_anew_once_and_are_then_refused(db) {
        people(&db.store).await;
        let (bytes, wrong) = (sealed(1, 100), sealed(2, 100));
        let one = file(1, &bytes);
        let matter = registered(&db.store, 1, Some(VILLAGE)).await.id;
        taken(&db.store, 1, Some(matter), std::slice::from_ref(&one)).await;
        upload(&db.store, one.sealed, &wrong, 33).await;
        // Two requests find it at the same time: it counts once.
        let checked = db.store.to_check(one.sealed).await.unwrap().unwrap();
        for _ in 0..2 {
            let stand = db.store.settle(one.sealed, &checked, &Finding::Wrong).await.unwrap();
            assert_eq!(stand, Some(at(0, UploadState::Partial)));
        }
        assert!(db.store.flagged_records(matter).await.unwrap().is_empty());
        upload(&db.store, one.sealed, &wrong, 50).await;
        assert_eq!(settle(&db.store, one.sealed, None).await, at(0, UploadState::Refused));
        let late = db.store.add_piece(one.sealed, 0, bytes[..9].to_vec()).await.unwrap();
        assert_eq!(late, Some(at(0, UploadState::Refused)));
        let flagged = db.store.flagged_records(matter).await.unwrap();
        assert_eq!((flagged.len(), flagged[0].flags.as_slice()), (1, [Flag::FileLost].as_slice()));
        assert_eq!(db.number("SELECT COUNT(*) FROM sealed_piece").await, 0);
        // Another record that vouches for it is another chance.
        taken(&db.store, 2, None, std::slice::from_ref(&one)).await;
        upload(&db.store, one.sealed, &bytes, 50).await;
        assert_eq!(settle(&db.store, one.sealed, Some(Media::Jpeg)).await, at(100, UploadState::Complete));
    }

    async fn more_bytes_than_the_record_says_count_as_wrong_ones(db) {
        people(&db.store).await;
        let bytes = sealed(1, 100);
        let one = file(1, &bytes);
        taken(&db.store, 1, None, std::slice::from_ref(&one)).await;
        db.store.add_piece(one.sealed, 0, bytes.clone()[..60].to_vec()).await.unwrap();
        let stand = db.store.add_piece(one.sealed, 60, vec![0; 41]).await.unwrap();
        assert_eq!(stand, Some(at(0, UploadState::Partial)));
        let stand = db.store.add_piece(one.sealed, 0, vec![0; 101]).await.unwrap();
        assert_eq!(stand, Some(at(0, UploadState::Refused)));
    }

    async fn a_lost_file_comes_before_the_supervisor_until_it_comes_after_all(db) {
        people(&db.store).await;
        let bytes = sealed(1, 100);
        let one = file(1, &bytes);
        let record = taken(&db.store, 1, None, std::slice::from_ref(&one)).await;
        assert_eq!(db.store.files_missing(&[record.id]).await.unwrap(), [one.sealed]);
        db.store.add_piece(one.sealed, 0, bytes[..10].to_vec()).await.unwrap();
        assert_eq!(db.store.lose(one.sealed).await.unwrap(), Some(at(10, UploadState::Lost)));
        assert_eq!(db.store.upload(one.sealed).await.unwrap(), Some(at(10, UploadState::Lost)));
        assert!(db.store.files_missing(&[record.id]).await.unwrap().is_empty(), "the phone has said so");
        let flagged = db.store.recent_flagged(10).await.unwrap();
        assert_eq!((flagged[0].record, flagged[0].flags.as_slice()), (record.id, [Flag::FileLost].as_slice()));
        // A second tab had it still.
        let stand = db.store.add_piece(one.sealed, 10, bytes[10..].to_vec()).await.unwrap();
        assert_eq!(stand, Some(at(100, UploadState::Partial)));
        settle(&db.store, one.sealed, Some(Media::Jpeg)).await;
        assert!(db.store.recent_flagged(10).await.unwrap().is_empty());
    }

    async fn two_records_name_one_file_and_one_of_them_may_be_wrong(db) {
        people(&db.store).await;
        let bytes = sealed(1, 100);
        let right = file(1, &bytes);
        let wrong = Attachment { key: FileKey([9; 32]), ..right.clone() };
        let matters = [registered(&db.store, 1, Some(VILLAGE)).await.id, registered(&db.store, 2, None).await.id];
        taken(&db.store, 1, Some(matters[0]), std::slice::from_ref(&right)).await;
        taken(&db.store, 2, Some(matters[1]), std::slice::from_ref(&wrong)).await;
        upload(&db.store, right.sealed, &bytes, 100).await;
        let checked = db.store.to_check(right.sealed).await.unwrap().unwrap();
        let found = checked.claims.iter().map(|claim| (claim.key == right.key).then_some(Media::Jpeg)).collect();
        let stand = db.store.settle(right.sealed, &checked, &Finding::Right(found)).await.unwrap();
        assert_eq!(stand, Some(at(100, UploadState::Complete)), "the bytes are right");
        let states = [UploadState::Complete, UploadState::Refused];
        for (matter, state) in matters.iter().zip(states) {
            assert_eq!(db.store.files_of_matter(*matter).await.unwrap()[0].files[0].state, state);
        }
        assert_eq!(db.store.places_of_file(right.digest).await.unwrap().len(), 1);
        // A third one that says the same as the first need not be checked again.
        let matter = registered(&db.store, 3, None).await.id;
        taken(&db.store, 3, Some(matter), std::slice::from_ref(&right)).await;
        assert_eq!(db.store.files_of_matter(matter).await.unwrap()[0].files[0].state, UploadState::Complete);
    }

    async fn a_record_sent_twice_has_its_files_once_and_one_that_fails_has_none(db) {
        people(&db.store).await;
        registered(&db.store, 1, None).await;
        let bytes = sealed(1, 100);
        let (record, names) = record(1, None, &[file(1, &bytes), file(2, &sealed(2, 50))]);
        let never = |_: &KnownRows, _: u32| Absorption { raised: vec![raised(7, 1, 7, Who::Village)], ..Absorption::default() };
        let rows = db.rows().await;
        take(&db.store, &record, names, &never).await.unwrap_err();
        assert_eq!(db.rows().await, rows);
        let raises = |_: &KnownRows, _: u32| Absorption { raised: vec![raised(7, 7, 7, Who::Village)], ..Absorption::default() };
        take(&db.store, &record, names, &raises).await.unwrap();
        let rows = db.rows().await;
        take(&db.store, &record, names, &raises).await.unwrap();
        assert_eq!(db.rows().await, rows);
        let files = db.store.files_of_matter(matter_id(7)).await.unwrap();
        assert_eq!((files.len(), files[0].files.len()), (1, 2), "the matter that it raised shows them");
        assert_eq!(files[0].files[1].bytes, 50 - SEAL_BYTES);
    }

    async fn twenty_uploads_of_one_file_at_once_make_it_once(db) {
        people(&db.store).await;
        let bytes = sealed(1, 40_000);
        let one = file(1, &bytes);
        taken(&db.store, 1, None, std::slice::from_ref(&one)).await;
        let mut tasks = Vec::new();
        for n in 0..20_usize {
            let (store, bytes, name) = (db.store.clone(), bytes.clone(), one.sealed);
            tasks.push(tokio::spawn(async move { upload(&store, name, &bytes, 3_000 + n * 97).await }));
        }
        for task in tasks {
            assert_eq!(task.await.unwrap().have, 40_000);
        }
        assert_eq!(settle(&db.store, one.sealed, Some(Media::Jpeg)).await.state, UploadState::Complete);
        assert_eq!(db.store.sealed_bytes(one.sealed).await.unwrap(), Some(bytes));
    }

    async fn half_of_several_files_go_on_after_a_restart(db) {
        people(&db.store).await;
        let all: Vec<(Vec<u8>, Attachment)> = (1..=6).map(|n| (sealed(n, 500), file(n, &sealed(n, 500)))).collect();
        let files: Vec<Attachment> = all.iter().map(|(_, file)| file.clone()).collect();
        let record = taken(&db.store, 1, None, &files).await;
        for (n, (bytes, file)) in all.iter().enumerate() {
            db.store.add_piece(file.sealed, 0, bytes[..n * 100].to_vec()).await.unwrap();
        }
        let restarted = db.again().await;
        for (n, (bytes, file)) in all.iter().enumerate() {
            assert_eq!(restarted.upload(file.sealed).await.unwrap().unwrap().have as usize, n * 100);
            upload(&restarted, file.sealed, bytes, 300).await;
            assert_eq!(settle(&restarted, file.sealed, Some(Media::Jpeg)).await.state, UploadState::Complete);
        }
        assert!(restarted.files_missing(&[record.id]).await.unwrap().is_empty());
        restarted.close().await;
    }
}
