//! Identities. Each is a UUID in a type of its own, so that a household cannot be passed for a
//! matter. They are made at the edges (phone or server); this crate only carries them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

id! {
    /// 信访事项.
    MatterId;
    /// 户.
    HouseholdId;
    /// A field record (走访记录等); UUIDv7 made on the phone, the key under which it is taken in once.
    RecordId;
    /// One sending of a command; the same id is answered the same way again.
    CommandId;
    /// An official's account (账号).
    AccountId;
    /// 责任单位 or other organisation.
    UnitId;
    /// One browser on one phone.
    DeviceId;
    /// A document (文书) as it was issued: one version.
    DocumentId;
    /// One run of an import (导入).
    ImportId;
    /// 公示件: its public address; tells nothing of the matter.
    PublicationId;
    /// 检举控告件: what the sealed channel holds; never the id of a matter.
    SealedReportId;
    /// What a petitioner says by the code (信访人的话); made with the form.
    VoiceId;
    /// 接访安排: one rule of the calendar of receptions.
    ReceptionId;
    /// 接访预约; made with the form.
    BookingId;
    /// 说事点.
    TalkPointId;
}
