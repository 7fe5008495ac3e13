//! Files of petitioners: staged with a form, kept with what it makes, or gone.

use case_core::digest::Digest;
use case_core::field::{FileKey, Media};
use case_core::id::VoiceId;
use case_core::public::{MAX_SENT_FILES, SentFile, SentMedia};
use case_core::text::ShortText;
use case_core::time::Moment;
use case_store::{Owner, Staged, StagedFile};
use uuid::Uuid;

use crate::fixtures::matter_id;

fn file(n: u8, at: i64) -> StagedFile {
    let bytes = vec![n; 200];
    StagedFile {
        file: SentFile {
            digest: Digest::of_bytes(&[n, 1]),
            name: ShortText::parse(&format!("路灯{n}.jpg")).unwrap(),
            media: if n.is_multiple_of(2) { SentMedia::Pdf } else { SentMedia::Seen(Media::Jpeg) },
            bytes: 172,
            at: Moment(at),
            voice: None,
        },
        sealed: Digest::of_bytes(&bytes),
        bytes,
        key: FileKey([n; 32]),
    }
}

/// The same content comes again under another key, as a second sending does.
fn again(n: u8, at: i64) -> StagedFile {
    let mut file = file(n, at);
    file.bytes = vec![n ^ 0x80; 200];
    file.sealed = Digest::of_bytes(&file.bytes);
    file
}

fn form() -> Owner {
    Owner { matter: matter_id(1), voice: None }
}

contract! {
    async fn a_file_waits_for_its_form_and_comes_once(db) {
        for new in [file(1, 10), file(2, 20), again(1, 30)] {
            assert_eq!(db.store.stage_file(form(), &new).await.unwrap(), Staged::There);
        }
        let names = |files: &[SentFile]| files.iter().map(|file| file.name.as_str().to_owned()).collect::<Vec<_>>();
        assert_eq!(names(&db.store.staged_files(form()).await.unwrap()), ["路灯1.jpg", "路灯2.jpg"]);
        assert_eq!(db.number("SELECT COUNT(*) FROM sealed_piece").await, 2, "nothing is left of the second sending");
        assert!(db.store.sent_files(form().matter).await.unwrap().is_empty(), "no desk sees it yet");
        assert!(db.store.sent_file(form().matter, file(1, 10).file.digest).await.unwrap().is_none());
        assert_eq!(db.store.staged_bytes().await.unwrap(), 344);
        db.store.keep_files(form()).await.unwrap();
        assert_eq!(db.store.staged_bytes().await.unwrap(), 0);
        assert_eq!(db.store.sent_files(form().matter).await.unwrap(), [file(1, 10).file, file(2, 20).file]);
        let kept = db.store.sent_file(form().matter, file(2, 20).file.digest).await.unwrap().unwrap();
        assert_eq!((kept.bytes, kept.key), (file(2, 20).bytes, file(2, 20).key));
        // What is kept cannot be taken off again.
        db.store.unstage_file(form(), file(1, 10).file.digest).await.unwrap();
        db.store.unstage_files(form()).await.unwrap();
        assert_eq!(db.store.sent_files(form().matter).await.unwrap().len(), 2);
    }

    async fn a_form_holds_so_many_and_another_ones_are_its_own(db) {
        for n in 0..u8::try_from(MAX_SENT_FILES).unwrap() {
            assert_eq!(db.store.stage_file(form(), &file(n, 10)).await.unwrap(), Staged::There);
        }
        assert_eq!(db.store.stage_file(form(), &file(90, 10)).await.unwrap(), Staged::Full);
        let voice = Owner { voice: Some(VoiceId(Uuid::from_u128(5))), ..form() };
        assert_eq!(db.store.stage_file(voice, &file(90, 10)).await.unwrap(), Staged::There);
        db.store.unstage_file(form(), file(0, 10).file.digest).await.unwrap();
        assert_eq!(db.store.staged_files(form()).await.unwrap().len(), MAX_SENT_FILES - 1);
        db.store.keep_files(voice).await.unwrap();
        let kept = db.store.sent_files(form().matter).await.unwrap();
        assert_eq!((kept.len(), kept[0].voice), (1, voice.voice));
    }

    async fn what_nobody_keeps_is_found_and_goes_with_its_bytes(db) {
        let voice = Owner { voice: Some(VoiceId(Uuid::from_u128(5))), ..form() };
        db.store.stage_file(form(), &file(1, 10)).await.unwrap();
        db.store.stage_file(voice, &file(2, 10)).await.unwrap();
        db.store.stage_file(Owner { matter: matter_id(2), voice: None }, &file(3, 90)).await.unwrap();
        assert_eq!(db.store.staged_before(Moment(50)).await.unwrap(), [form(), voice]);
        db.store.keep_files(voice).await.unwrap();
        db.store.unstage_files(form()).await.unwrap();
        assert!(db.store.staged_before(Moment(50)).await.unwrap().is_empty());
        for table in ["sent_file", "sealed_file", "sealed_piece"] {
            assert_eq!(db.number(&format!("SELECT COUNT(*) FROM {table}")).await, 2, "{table}");
        }
    }
}
