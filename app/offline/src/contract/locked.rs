//! What is locked, what may be done all the same, and what belongs to a record besides its words.

use case_core::code::QueryCode;
use case_core::digest::Digest;
use case_core::field::{AttachmentKind, Media, Payload};
use case_core::time::Moment;

use super::{Broken, Case, aside, confirmed, draft, home, keys, page};
use crate::outbox::NewRecord;
use crate::sample::{account, new_record};
use crate::store::{FileState, Issued, LocalStore, LockState, StoreError};
use crate::vault::Pin;

const NOW: Moment = Moment(1_767_225_600_000);

fn pin(digits: &str) -> Result<Pin, Broken> {
    Pin::parse(digits).map_err(|fault| Broken::Promise(fault.to_string()))
}

pub async fn nothing_is_readable_while_locked<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let (me, store) = (account(1), open(name).await?);
    same!(store.lock(me, NOW).await?, LockState::ChoosePin, "no PIN at first");
    same!(store.save_draft(me, &draft(1, "x")).await, Err(StoreError::Locked), "nothing is kept in the clear");
    store.open_with(me, &keys(1), NOW).await?;
    same!(store.lock(me, NOW).await?, LockState::ChoosePin, "still no PIN");
    store.choose_pin(me, &pin("135790")?, NOW).await?;
    same!(store.lock(me, NOW).await?, LockState::Open, "open");
    same!(store.choose_pin(me, &pin("246801")?, NOW).await, Err(StoreError::Locked), "there is one already");
    store.save_draft(me, &draft(1, "x")).await?;
    let entry = store.commit(me, &new_record(2, "x")).await?.entry;
    store.settle(me, &[aside(&entry)], None).await?;
    store.commit(me, &new_record(3, "x")).await?;
    store.apply_page(me, &page(None, "a", vec![home(1)])).await?;
    for locked in [open(name).await?, store] {
        locked.lock_now(me);
        check!(!locked.is_open(me), "locked");
        same!(locked.lock(me, NOW).await?, LockState::Locked { wait_ms: 0, tries_left: 10 }, "and says so");
        let no = Err(StoreError::Locked);
        same!(locked.drafts(me).await.map(drop), no, "no drafts");
        same!(locked.waiting(me, 0, 9).await.map(drop), no, "no records");
        same!(locked.settled(me).await.map(drop), no, "no history");
        same!(locked.items(me).await.map(drop), no, "no area");
        same!(locked.held(me, 0, 9).await.map(drop), no, "no list of records");
        same!(locked.save_draft(me, &draft(4, "x")).await.map(drop), no, "no new draft");
        same!(locked.commit(me, &new_record(4, "x")).await.map(drop), no, "no new record");
        same!(locked.take_code(me).await.map(drop), no, "no code");
        let counts = locked.counts(me).await?;
        same!((counts.waiting, counts.set_aside), (1, 1), "but what waits is counted");
    }
    let store = open(name).await?;
    store.unlock(me, &pin("135790")?, NOW).await?;
    same!(store.drafts(me).await?, vec![draft(1, "x")], "the PIN brings the draft back");
    same!(store.items(me).await?, vec![home(1)], "and the area");
    same!(store.waiting(me, 0, 9).await?.len(), 1, "and the record");
    Ok(())
}

pub async fn wrong_pins_are_counted_over_restarts<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let me = account(1);
    let store = open(name).await?;
    store.open_with(me, &keys(1), NOW).await?;
    store.choose_pin(me, &pin("135790")?, NOW).await?;
    for left in [9, 8, 7] {
        let tried = open(name).await?.unlock(me, &pin("246801")?, NOW).await;
        same!(tried, Err(StoreError::WrongPin { wait_ms: 0, tries_left: left }), "counted on disk");
    }
    let wait = Err(StoreError::WrongPin { wait_ms: 30_000, tries_left: 6 });
    same!(open(name).await?.unlock(me, &pin("246801")?, NOW).await, wait, "the fourth");
    same!(open(name).await?.unlock(me, &pin("135790")?, NOW).await, wait, "not even the right one before the time");
    let store = open(name).await?;
    store.unlock(me, &pin("135790")?, NOW.plus_ms(30_000)).await?;
    store.change_pin(me, &pin("135790")?, &pin("97531013")?, NOW).await?;
    let store = open(name).await?;
    let old = store.unlock(me, &pin("135790")?, NOW).await;
    same!(
        old,
        Err(StoreError::WrongPin { wait_ms: 0, tries_left: 9 }),
        "the old one no longer opens, and the count began anew"
    );
    store.unlock(me, &pin("97531013")?, NOW).await?;
    Ok(())
}

pub async fn ten_wrong_pins_leave_only_the_sign_in<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let me = account(1);
    let store = open(name).await?;
    store.open_with(me, &keys(1), NOW).await?;
    store.choose_pin(me, &pin("135790")?, NOW).await?;
    store.save_draft(me, &draft(1, "x")).await?;
    let store = open(name).await?;
    let mut now = NOW;
    for _ in 0..10 {
        match store.unlock(me, &pin("246801")?, now).await {
            Err(StoreError::WrongPin { wait_ms, .. }) => now = now.plus_ms(wait_ms),
            other => return Err(Broken::Promise(format!("{other:?}"))),
        }
    }
    same!(store.lock(me, now).await?, LockState::Locked { wait_ms: 0, tries_left: 0 }, "only online");
    check!(store.unlock(me, &pin("135790")?, now).await.is_err(), "the right PIN came too late");
    store.open_with(me, &keys(1), now).await?;
    same!(store.lock(me, now).await?, LockState::ChoosePin, "a new PIN");
    store.choose_pin(me, &pin("246801")?, now).await?;
    let store = open(name).await?;
    store.unlock(me, &pin("246801")?, now).await?;
    same!(store.drafts(me).await?.len(), 1, "nothing is lost");
    check!(store.forget_pin(me).await?, "it can be forgotten");
    same!(open(name).await?.lock(me, now).await?, LockState::Locked { wait_ms: 0, tries_left: 0 }, "then only online");
    Ok(())
}

pub async fn another_official_opens_nothing<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let (me, other) = (account(1), account(2));
    let store = open(name).await?;
    store.open_with(me, &keys(1), NOW).await?;
    store.choose_pin(me, &pin("135790")?, NOW).await?;
    store.save_draft(me, &draft(1, "x")).await?;
    let store = open(name).await?;
    store.open_with(other, &keys(2), NOW).await?;
    store.choose_pin(other, &pin("246801")?, NOW).await?;
    same!(store.drafts(other).await?, Vec::new(), "theirs is empty");
    same!(store.drafts(me).await, Err(StoreError::Locked), "mine stays locked");
    same!(store.open_with(me, &keys(2), NOW).await, Err(StoreError::WrongKey), "their key does not open mine");
    store.hear_keys(me, &keys(1), NOW).await?;
    same!(store.drafts(me).await, Err(StoreError::Locked), "a cookie does not stand in for the PIN");
    Ok(())
}

pub async fn sealed_records_go_without_the_key<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let (me, other) = (account(1), account(2));
    let store = open(name).await?;
    store.open_with(me, &keys(1), NOW).await?;
    let (first, second) =
        (store.commit(me, &new_record(1, "x")).await?.entry, store.commit(me, &new_record(2, "x")).await?.entry);
    let store = open(name).await?;
    let sealed = store.sealed_waiting(Some(other), 9).await?;
    let ids: Vec<_> = sealed.iter().map(|entry| (entry.account, entry.id, entry.digest)).collect();
    let expected: Vec<_> = [&first, &second].map(|entry| (me, entry.record.id, entry.record.digest())).into();
    same!(ids, expected, "both, with their digests");
    check!(sealed.iter().all(|entry| entry.blob.0.len() > 93), "in envelopes");
    same!(store.sealed_waiting(Some(me), 9).await?, Vec::new(), "not the one who is signed in");
    same!(store.sealed_waiting(None, 1).await?.len(), 1, "as many as asked for");
    same!(store.counts(other).await?.others_unsent, 2, "counted for the other");
    store.settle_sealed(me, &[confirmed(&first, 7)], None).await?;
    same!(store.sealed_waiting(None, 9).await?.len(), 1, "not sent again");
    same!((store.counts(other).await?.others_unsent, store.counts(me).await?.waiting), (1, 1), "nor counted");
    let store = open(name).await?;
    store.open_with(me, &keys(1), NOW).await?;
    let settled = store.settled(me).await?;
    same!((settled.len(), settled[0].is_confirmed()), (1, true), "folded in");
    same!(settled[0].record, first.record, "with its own words");
    same!(store.waiting(me, 0, 9).await?, vec![second], "the other waits");
    same!(store.counts(me).await?.waiting, 1, "and is counted");
    Ok(())
}

pub async fn a_confirmed_record_can_wait_again<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let me = account(1);
    let store = open(name).await?;
    store.open_with(me, &keys(1), NOW).await?;
    let mut entries = Vec::new();
    for n in 1..=4 {
        entries.push(store.commit(me, &new_record(n, "x")).await?.entry);
    }
    let settled: Vec<_> = entries[..3].iter().map(|entry| confirmed(entry, 7)).collect();
    store.settle(me, &settled, None).await?;
    let held = store.held(me, 1, 1).await?;
    same!(held, vec![(2, entries[1].record.id, entries[1].record.digest())], "listed from a place on");
    let again = [entries[0].record.id, entries[1].record.id, entries[3].record.id];
    same!(store.reopen(me, &again).await?, 2, "two were confirmed");
    same!(store.held(me, 0, 9).await?.len(), 1, "one still is");
    let waiting = store.waiting(me, 0, 9).await?;
    same!(waiting, vec![entries[0].clone(), entries[1].clone(), entries[3].clone()], "in their places, unchanged");
    same!(store.sealed_waiting(None, 9).await?.len(), 3, "sealed again");
    Ok(())
}

pub async fn files_go_along_with_their_record<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let me = account(1);
    let store = open(name).await?;
    store.open_with(me, &keys(1), NOW).await?;
    let bytes: Vec<u8> = (0..5_000_u32).map(|n| (n % 251) as u8).collect();
    let file = store.put_file(me, &bytes, AttachmentKind::Photo, Media::Jpeg).await?;
    let stray = store.put_file(me, b"other", AttachmentKind::Photo, Media::Jpeg).await?;
    same!((file.digest, file.bytes), (Digest::of_bytes(&bytes), 5_000), "named by its content");
    same!(store.file_plain(me, &file).await?, Some(bytes.clone()), "and read back");
    let mut record: NewRecord = new_record(1, "x");
    if let Payload::HouseholdVisit(visit) = &mut record.payload {
        visit.attachments.push(file.clone());
    }
    let entry = store.commit(me, &record).await?.entry;
    store.drop_file(me, file.sealed).await?;
    check!(store.file_plain(me, &file).await?.is_some(), "a saved record's file stays");
    store.drop_file(me, stray.sealed).await?;
    same!(store.file_plain(me, &stray).await?, None, "a draft's may go");
    same!((store.counts(me).await?.files_waiting, store.files_pending().await?.len()), (1, 0), "first the record");
    store.settle(me, &[confirmed(&entry, 7)], None).await?;

    let store = open(name).await?;
    let pending = store.files_pending().await?;
    let [mark] = &pending[..] else { return Err(Broken::Promise(format!("{pending:?}"))) };
    same!(
        (mark.account, mark.sealed, mark.total, mark.sent),
        (me, file.sealed, 5_028, 0),
        "to be sent, without the key"
    );
    let mut cipher = Vec::new();
    while let Some(piece) = store.file_piece(me, mark.sealed, u32::try_from(cipher.len()).unwrap_or(0), 2_000).await? {
        if piece.is_empty() {
            break;
        }
        cipher.extend(piece);
    }
    same!(Digest::of_bytes(&cipher), file.sealed, "piece by piece");
    store.file_progress(me, mark.sealed, 2_000, FileState::Ready).await?;
    same!(store.files_pending().await?[0].sent, 2_000, "progress is kept");
    store.file_progress(me, mark.sealed, 5_028, FileState::Delivered).await?;
    same!(store.files_pending().await?, Vec::new(), "done");
    store.open_with(me, &keys(1), NOW).await?;
    same!(store.holdings(me).await?.file_bytes, 5_028, "could be freed");
    same!(store.free_files(me).await?, 5_028, "freed");
    same!(store.file_plain(me, &file).await?, None, "gone");
    same!(store.resend_files(me, &[file.sealed]).await?, 1, "and lost when the server asks again");
    same!(store.files_pending().await?[0].state, FileState::Lost, "so it is told");
    Ok(())
}

pub async fn a_code_is_given_once<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let me = account(1);
    let store = open(name).await?;
    store.open_with(me, &keys(1), NOW).await?;
    same!(store.take_code(me).await?, None, "none yet");
    let issued = Issued { upto: 3, beyond: 0 };
    let codes: Vec<QueryCode> = (1..=3).map(QueryCode::from_number).collect();
    store.put_codes(me, &codes, issued).await?;
    let first = store.take_code(me).await?;
    check!(first.is_some(), "one");
    let store = open(name).await?;
    store.open_with(me, &keys(1), NOW).await?;
    // The server does not know yet that it was given.
    store.put_codes(me, &codes, issued).await?;
    same!(store.codes_left(me).await?, 2, "the given one is not offered again");
    let rest = [store.take_code(me).await?, store.take_code(me).await?];
    check!(rest.iter().all(|code| code.is_some() && *code != first) && rest[0] != rest[1], "each once");
    same!(store.take_code(me).await?, None, "and no more");
    // A server that was set back has forgotten that it gave them, and gives them anew.
    store.put_codes(me, &[], issued).await?;
    store.put_codes(me, &codes, issued).await?;
    same!(store.take_code(me).await?, None, "a code that somebody has is never given to another");
    check!(store.wipe(me).await?, "nothing is left");
    same!(store.codes_issued(me).await?, Issued { upto: 3, beyond: 3 }, "but up to where there were codes");
    store.open_with(me, &keys(1), NOW).await?;
    store.put_codes(me, &codes, issued).await?;
    same!(store.codes_left(me).await?, 0, "an answer from before the wipe is too late");
    Ok(())
}

pub async fn without_contact_it_expires<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let (me, day) = (account(1), 86_400_000);
    let store = open(name).await?;
    store.open_with(me, &keys(1), NOW).await?;
    store.choose_pin(me, &pin("135790")?, NOW).await?;
    store.apply_page(me, &page(None, "a", vec![home(1)])).await?;
    let entry = store.commit(me, &new_record(1, "x")).await?.entry;
    same!(store.lock(me, NOW.plus_ms(7 * day)).await?, LockState::Open, "seven days");
    let late = NOW.plus_ms(8 * day);
    same!(store.lock(me, late).await?, LockState::Expired { unsent: 1 }, "eight");
    same!(store.unlock(me, &pin("135790")?, late).await, Err(StoreError::Expired), "the PIN alone does not open");
    same!(
        open(name).await?.unlock(me, &pin("135790")?, NOW).await,
        Err(StoreError::Expired),
        "nor with the clock set back"
    );
    store.hear_keys(me, &keys(1), late).await?;
    store.unlock(me, &pin("135790")?, late).await?;
    same!(store.items(me).await?.len(), 1, "kept, because something was unsent");
    store.settle(me, &[confirmed(&entry, 7)], None).await?;
    same!(store.lock(me, late.plus_ms(8 * day)).await?, LockState::Expired { unsent: 0 }, "again");
    store.contact(me, late.plus_ms(8 * day)).await?;
    store.unlock(me, &pin("135790")?, late.plus_ms(8 * day)).await?;
    same!((store.items(me).await?.len(), store.pull_mark(me).await?), (0, None), "the area was removed");
    same!(store.settled(me).await?.len(), 1, "the record was not");
    Ok(())
}

pub async fn a_wiped_part_keeps_only_what_is_sealed<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let (me, other) = (account(1), account(2));
    let store = open(name).await?;
    store.open_with(me, &keys(1), NOW).await?;
    store.open_with(other, &keys(2), NOW).await?;
    store.save_draft(other, &draft(3, "x")).await?;
    store.save_draft(me, &draft(2, "x")).await?;
    store.apply_page(me, &page(None, "a", vec![home(1)])).await?;
    let entry = store.commit(me, &new_record(1, "x")).await?.entry;
    check!(!store.wipe(me).await?, "a sealed record is left");
    same!(store.lock(me, NOW).await?, LockState::Revoked { unsent: 1 }, "shut out");
    same!(store.drafts(me).await, Err(StoreError::Locked), "closed");
    same!(store.sealed_waiting(None, 9).await?.len(), 1, "it is still sent");
    store.settle_sealed(me, &[confirmed(&entry, 7)], None).await?;
    check!(store.wipe(me).await?, "then nothing is left");
    same!(store.lock(me, NOW).await?, LockState::Revoked { unsent: 0 }, "empty");
    same!(store.drafts(other).await?.len(), 1, "another's part is untouched");
    store.open_with(me, &keys(1), NOW).await?;
    same!(store.lock(me, NOW).await?, LockState::ChoosePin, "let in again, one begins anew");
    same!((store.drafts(me).await?.len(), store.items(me).await?.len()), (0, 0), "with nothing");
    Ok(())
}
