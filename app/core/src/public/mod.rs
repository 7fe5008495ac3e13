//! What a petitioner may see of their own matter, and what proves that it is theirs.
//!
//! A [`PublicStatus`] is a type of its own and not a filtered [`Matter`](crate::matter::Matter): it
//! has no field for what a petitioner may not read, so a page cannot show it by mistake. Left out
//! are findings and reasons of a closure before it is delivered, why a round was sent back, notes
//! of visits, ratings, officials' names, and the petitioner's own name, phone, address and text:
//! whoever got hold of a slip of paper learns as little as possible.
//!
//! It says what is so, not what sounds well: what is overdue is called overdue, a promise without a
//! record is not called kept, and a reply of an earlier system is not called a solution.

mod asking;
mod factor;
mod filing;
mod living;
mod sent;
mod side;
mod status;
mod timeline;

pub use asking::Asking;
pub use factor::{is_anonymous, is_no_name, proves, second_factor_decoy, second_factor_matches};
pub use filing::{
    DEMAND_FIELDS, Filing, FilingFault, FilingField, FilingForm, LEAST_WORDS, MOST_WORDS, Purpose, title_of,
};
pub use living::{Living, OwnLiving, same_petitioner};
pub use sent::{MAX_SENT_BYTES, MAX_SENT_FILES, SentFile, SentMedia, SentMediaError, file_name};
pub use side::{PublicEnding, PublicExtension, PublicMove, PublicOpinion, PublicReopening, PublicReview, SidePaths};
pub use status::{
    NextAct, Outcome, PublicAnswer, PublicCommitment, PublicStatus, PublicVisit, PublicVoice, Review, Rework,
    ShownPerformance, public_status, surname_masked,
};
pub use timeline::{Happening, PublicStep, When};
