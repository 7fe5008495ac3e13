//! The upload of a file (照片、录音、签名), piece by piece. Pure: it is told what happened and says what
//! to do next; the engine asks, sends and writes.
//!
//! A file lies encrypted on the phone and is named by the digest of its ciphertext. The server says
//! after each piece how much of it it has from the beginning; nothing else is believed, so a cut, a
//! piece that came twice and a restored backup are all the same case: go on from where the server
//! stands. Where it stands is kept on the phone too, only to save asking.
//!
//! ```text
//!   Unknown ──ask──► Partial(have) ──pieces──► Complete
//!      ▲                │  │
//!      └── a new start ─┘  ├──► Refused: it is not what the record says (the record is flagged)
//!                          └──► Lost: the phone no longer has it, and says so
//! ```

use case_core::wire::sync::{MAX_PIECE, Upload, UploadState};

/// The smallest piece, but for the last of a file.
pub const MIN_PIECE: usize = 64 * 1024;
/// A piece is to take so long: short enough that a cut costs little, long enough that the round
/// trips do not show.
const AIM_MS: i64 = 5_000;

/// What the phone knows of one upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Bytes of the encrypted file.
    pub total: u32,
    /// How many of them the server has, as it said; `None`: it was not asked yet.
    pub have: Option<u32>,
}

/// What to do next for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Ask how far the server is.
    Ask,
    /// Send so many bytes from there.
    Send {
        /// From where.
        at: u32,
        /// How many.
        bytes: usize,
    },
}

/// What to write down after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// Go on from there.
    GoOn {
        /// Bytes that the server has.
        have: u32,
    },
    /// The server has all of it, checked.
    Arrived,
    /// The server will not take it, or holds it for lost: nothing more is sent.
    GivenUp,
    /// The answer cannot be true of this file.
    Nonsense,
}

/// What to do next, with pieces of about this size.
#[must_use]
pub fn next(known: Known, piece: usize) -> Next {
    match known.have {
        Some(have) if have < known.total => {
            let rest = usize::try_from(known.total - have).unwrap_or(MAX_PIECE);
            // A last piece that would be tiny goes with the one before it, if it may.
            let bytes = if rest <= piece + MIN_PIECE / 2 { rest.min(MAX_PIECE) } else { piece };
            Next::Send { at: have, bytes }
        }
        // All bytes are there, or it was never asked: only the server's word ends it.
        _ => Next::Ask,
    }
}

/// What an answer means.
#[must_use]
pub fn after(known: Known, answer: &Upload) -> After {
    match answer.state {
        UploadState::Complete => After::Arrived,
        UploadState::Refused | UploadState::Lost => After::GivenUp,
        UploadState::Partial if answer.have >= known.total => After::Nonsense,
        UploadState::Partial => After::GoOn { have: answer.have },
    }
}

/// The size of the next piece, by how long the last one took; `None`: it did not arrive.
#[must_use]
pub fn piece(last: usize, took_ms: Option<i64>) -> usize {
    let next = match took_ms {
        None => last / 2,
        // A clock that was set back meanwhile says nothing.
        Some(took) if took < 0 => last,
        Some(took) if took < AIM_MS / 2 => last * 2,
        Some(took) if took > AIM_MS * 2 => last / 2,
        Some(_) => last,
    };
    next.clamp(MIN_PIECE, MAX_PIECE)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A server that keeps the protocol, over a line that loses.
    struct Far {
        have: u32,
        total: u32,
    }

    impl Far {
        fn take(&mut self, at: u32, bytes: usize) -> Upload {
            if at == self.have {
                self.have += u32::try_from(bytes).unwrap();
            }
            self.state()
        }
        fn state(&self) -> Upload {
            let state = if self.have >= self.total { UploadState::Complete } else { UploadState::Partial };
            Upload { have: self.have, state }
        }
    }

    proptest! {
        #[test]
        fn it_arrives_over_any_line(total in 1..10_000_000_u32, fates in proptest::collection::vec(0..5_u8, 0..60)) {
            let mut far = Far { have: 0, total };
            let mut known = Known { total, have: None };
            let mut size = MIN_PIECE;
            let mut fates = fates.into_iter().chain(std::iter::repeat(0));
            for step in 0.. {
                prop_assert!(step < 400, "it never arrives");
                let fate = fates.next().unwrap_or(0);
                let answer = match next(known, size) {
                    Next::Ask => Some(far.state()),
                    Next::Send { at, bytes } => {
                        prop_assert!(bytes > 0 && bytes <= MAX_PIECE && at + u32::try_from(bytes).unwrap() <= total);
                        match fate {
                            1 => None,                                  // the piece is lost
                            2 => { far.take(at, bytes); None }          // its answer is
                            3 => { far.take(at, bytes); Some(far.take(at, bytes)) } // it comes twice
                            4 => { far.have /= 2; Some(far.state()) }   // a backup was restored
                            _ => Some(far.take(at, bytes)),
                        }
                    }
                };
                size = piece(size, answer.is_some().then_some(1_000));
                let Some(answer) = answer else { continue };
                match after(known, &answer) {
                    After::GoOn { have } => known.have = Some(have),
                    After::Arrived => break,
                    other => prop_assert!(false, "{other:?}"),
                }
            }
            prop_assert_eq!(far.have, total);
        }

        #[test]
        fn pieces_stay_within_their_bounds(last in 0..2_000_000_usize, took in proptest::option::of(-10_000..100_000_i64)) {
            prop_assert!((MIN_PIECE..=MAX_PIECE).contains(&piece(last, took)));
        }
    }

    #[test]
    fn pieces_grow_on_a_good_line_and_shrink_on_a_bad_one() {
        assert_eq!(piece(MIN_PIECE, Some(1_000)), 2 * MIN_PIECE);
        assert_eq!(piece(MAX_PIECE, Some(1_000)), MAX_PIECE);
        assert_eq!(piece(MAX_PIECE, Some(20_000)), MAX_PIECE / 2);
        assert_eq!(piece(MAX_PIECE, None), MAX_PIECE / 2);
        assert_eq!(piece(2 * MIN_PIECE, Some(5_000)), 2 * MIN_PIECE);
    }

    #[test]
    fn only_the_servers_word_ends_an_upload() {
        let known = Known { total: 100, have: Some(100) };
        assert_eq!(next(known, MIN_PIECE), Next::Ask, "all bytes there is not yet arrived");
        let answer = |have, state| Upload { have, state };
        assert_eq!(after(known, &answer(100, UploadState::Partial)), After::Nonsense);
        assert_eq!(
            after(known, &answer(0, UploadState::Partial)),
            After::GoOn { have: 0 },
            "it did not fit: once more"
        );
        assert_eq!(after(known, &answer(0, UploadState::Refused)), After::GivenUp);
        assert_eq!(after(known, &answer(0, UploadState::Complete)), After::Arrived);
    }
}
