//! Values for the placeholders of a statement: what each type of the domain is to the database.

use case_core::digest::Digest;
use case_core::id::{
    AccountId, BookingId, CommandId, DeviceId, DocumentId, HouseholdId, MatterId, PublicationId, ReceptionId, RecordId,
    SealedReportId, TalkPointId, UnitId,
};
use case_core::time::Moment;

/// A value for a placeholder.
#[derive(Clone, Debug)]
pub(crate) enum Arg {
    Text(Option<String>),
    Int(Option<i64>),
    Bytes(Vec<u8>),
}

/// The list of arguments of a statement.
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::arg::Arg::from($value)),*] };
}
pub(crate) use args;

impl From<String> for Arg {
    fn from(text: String) -> Self {
        // PostgreSQL refuses NUL in text. Nothing that is stored has one; what is looked up may,
        // and shall simply not be found.
        Self::Text(Some(if text.contains('\0') { text.replace('\0', "\u{FFFD}") } else { text }))
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl<T: Into<Self>> From<Option<T>> for Arg
where
    T: Kind,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(T::NULL, Into::into)
    }
}

/// Of which kind a missing value is: PostgreSQL wants to know.
pub(crate) trait Kind {
    /// The missing value.
    const NULL: Arg;
}

macro_rules! texts {
    ($($type:ty),*) => {$(
        impl From<$type> for Arg {
            fn from(value: $type) -> Self {
                Self::Text(Some(value.to_string()))
            }
        }
        impl Kind for $type {
            const NULL: Arg = Arg::Text(None);
        }
    )*};
}
texts!(
    AccountId,
    BookingId,
    ReceptionId,
    TalkPointId,
    CommandId,
    DeviceId,
    DocumentId,
    HouseholdId,
    MatterId,
    PublicationId,
    RecordId,
    UnitId,
    chrono::NaiveDate,
    SealedReportId
);

impl Kind for String {
    const NULL: Arg = Arg::Text(None);
}
impl Kind for &str {
    const NULL: Arg = Arg::Text(None);
}

impl From<Digest> for Arg {
    fn from(digest: Digest) -> Self {
        Self::Text(Some(digest.hex()))
    }
}

impl From<Moment> for Arg {
    fn from(moment: Moment) -> Self {
        Self::Int(Some(moment.0))
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Int(Some(number))
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Int(Some(i64::from(number)))
    }
}

impl From<Vec<u8>> for Arg {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<bool> for Arg {
    fn from(flag: bool) -> Self {
        Self::Int(Some(i64::from(flag)))
    }
}
