//! Records that a phone hands in before it is wiped and that nobody can read.

use case_core::digest::Digest;
use case_core::id::{DeviceId, RecordId};
use case_core::wire::sync::SetAside;
use case_store::KeptAside;

use crate::fixtures::{Who, at, id, people};

const PHONE: DeviceId = DeviceId(id(0xD1));

fn kept(n: u32) -> KeptAside {
    KeptAside {
        record: RecordId(id(n.into())),
        digest: Digest::of(&n),
        account: Who::Village.account(),
        device: PHONE,
        envelope: vec![0, 255, u8::try_from(n).unwrap()],
    }
}

contract! {
    async fn what_is_kept_is_there_as_it_came_until_it_is_a_record(db) {
        people(&db.store).await;
        let store = &db.store;
        store.note_device(Who::Village.account(), PHONE, "a phone", at(0)).await.unwrap();
        let reason = SetAside::Unreadable { detail: "a kind of tomorrow".to_owned() };
        let other_words = KeptAside { digest: Digest::of(&"other words"), ..kept(2) };
        for (n, one) in [kept(2), kept(1), other_words.clone(), kept(2)].into_iter().enumerate() {
            store.keep_aside(&one, &reason, at(i64::try_from(n).unwrap())).await.unwrap();
        }
        let mut all = [kept(1), kept(2), other_words.clone()];
        all.sort_by_key(|kept| (kept.record, kept.digest));
        assert_eq!(store.kept_aside(None, 9).await.unwrap(), all, "each once, in their order");
        for (n, one) in all.iter().enumerate() {
            let after = n.checked_sub(1).map(|before| (all[before].record, all[before].digest));
            assert_eq!(store.kept_aside(after, 1).await.unwrap(), std::slice::from_ref(one), "page by page");
        }
        assert_eq!(store.kept_aside(Some((all[2].record, all[2].digest)), 1).await.unwrap(), []);
        let of_device = async || store.devices(None, 9).await.unwrap()[0].kept;
        assert_eq!(of_device().await, 3, "the administrator sees how many");
        store.took_kept(kept(2).record, kept(2).digest, at(5)).await.unwrap();
        assert_eq!(store.kept_aside(None, 9).await.unwrap(), [kept(1), other_words]);
        assert_eq!(of_device().await, 2);
        store.keep_aside(&kept(2), &reason, at(6)).await.unwrap();
        assert_eq!(of_device().await, 2, "handed in again, it stays a record");
    }
}
