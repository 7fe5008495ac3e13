//! What goes into the store and what it answers, beside the types of the domain. What it shows
//! stands in [`crate::views`].

use case_core::actor::Actor;
use case_core::code::MatterNumber;
use case_core::digest::Digest;
use case_core::field::{Flag, Record, RosterValue};
use case_core::id::{AccountId, CommandId, DeviceId, HouseholdId, MatterId, RecordId};
use case_core::matter::{Event, Matter, Refusal, Unsayable};
use case_core::notice::Occasion;
use case_core::text::{ShortText, Title};
use case_core::time::Moment;
use case_core::wire::desk::CommandDone;
use case_core::wire::sync::HouseholdCard;
use chrono::NaiveDate;

/// An account to be made; its id is `actor.account`.
#[derive(Clone)]
pub struct NewAccount {
    /// 账号, as typed at sign-in.
    pub login: String,
    /// The PHC string of Argon2id.
    pub password_hash: String,
    /// Who it is, with role, unit and area.
    pub actor: Actor,
}

/// An account. Its password hash does not show in debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// 账号.
    pub login: String,
    /// The PHC string of Argon2id.
    pub password_hash: String,
    /// Who it is.
    pub actor: Actor,
    /// Whether it may sign in.
    pub active: bool,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("login", &self.login).field("actor", &self.actor).finish_non_exhaustive()
    }
}

/// A session that has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// Whose.
    pub account: Account,
    /// The browser in which it began, when that was known.
    pub device: Option<DeviceId>,
}

/// How often something failed lately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// How many times.
    pub count: u32,
    /// The first of them.
    pub oldest: Option<Moment>,
    /// The last of them.
    pub latest: Option<Moment>,
}

/// A message that is to be sent now.
#[derive(Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Names it.
    pub id: String,
    /// Which try this is, from 1.
    pub tries: u32,
    /// Where it goes; nowhere any more.
    pub reach: Option<Reach>,
}

/// Where a message goes. No `Debug`: it is personal data.
#[derive(Clone, PartialEq, Eq)]
pub enum Reach {
    /// To a phone, as it was given.
    Phone(String),
    /// To a browser.
    Browser {
        /// Names the subscription.
        subscription: String,
        /// Where the browser's push service takes it.
        endpoint: String,
    },
}

/// Where a browser takes a push. No `Debug`: it is personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct PushAddress {
    /// A digest of matter and address.
    pub id: String,
    /// The address.
    pub endpoint: String,
}

/// 待电话告知: somebody to phone.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Names the message.
    pub id: String,
    /// Whose it is.
    pub matter: Box<Matter>,
    /// What is new.
    pub occasion: Occasion,
    /// Since when.
    pub since: Moment,
    /// How often nobody answered.
    pub tries: u32,
    /// The last time.
    pub tried_at: Option<Moment>,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// New.
    pub added: u32,
    /// Already there, now with new values.
    pub updated: u32,
    /// Already there, as they were.
    pub unchanged: u32,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.added += more.added;
        self.updated += more.updated;
        self.unchanged += more.unchanged;
    }
}

/// A field of a household in which what stands there was kept against another value of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptEdit {
    /// 户主, as it stands there.
    pub head: ShortText,
    /// 地址.
    pub address: Title,
    /// What stands there, and stays.
    pub here: RosterValue,
    /// What the import brought.
    pub brought: RosterValue,
}

/// What an import of households did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterImport {
    /// How many.
    pub counts: Counts,
    /// Where it did not win.
    pub kept: Vec<KeptEdit>,
}

/// What a household is found by, of what its card says.
pub type KeysOf<'a> = &'a (dyn Fn(&HouseholdCard) -> String + Send + Sync);

/// A household from an import. For a source key that is known, the id of the card is not used: the
/// household keeps its own.
#[derive(Clone, Debug)]
pub struct NewHousehold {
    /// Names the household in its source, for importing again.
    pub source_key: String,
    /// The card. Days of visits that the store already has win over the card's.
    pub card: HouseholdCard,
}

/// A query code as it is stored: never the digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeHash {
    /// The keyed hash of the code.
    pub hash: Digest,
    /// Which issue of the matter's code it is.
    pub issue: u32,
}

/// Names a code of a phone's reserve; the server derives the code from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ReserveKey {
    /// To whom it was given.
    pub account: AccountId,
    /// On which phone.
    pub device: DeviceId,
    /// Counts the codes of that phone from 1.
    pub n: u32,
}

/// A matter to be registered.
#[derive(Clone, Debug)]
pub struct NewMatter {
    /// The matter after its events.
    pub matter: Matter,
    /// The events that made it, the first a registration.
    pub events: Vec<Event>,
    /// Who; `None` for an import.
    pub by: Option<AccountId>,
    /// Names the matter in its source, for importing again.
    pub source_key: Option<String>,
    /// Its query code, when it gets one.
    pub code: Option<CodeHash>,
    /// The keyed hash of the code that was given at the door. If it is of the reserve of `by` and
    /// unused it becomes the matter's code, and `code` is not needed. Only a record brings one.
    pub reserved: Option<Digest>,
    /// What it is found by; stored folded.
    pub keys: String,
}

/// The answer to a registration.
#[derive(Clone, Debug, PartialEq)]
pub enum Registered {
    /// It is new.
    New,
    /// A matter with that id (or source key) was there, as it is now.
    AlreadyThere(Box<Matter>),
}

/// A command on its way into the store.
#[derive(Clone, Debug)]
pub struct CommandEnvelope {
    /// One sending.
    pub id: CommandId,
    /// Who.
    pub account: AccountId,
    /// On what.
    pub matter: MatterId,
    /// The server's clock.
    pub now: Moment,
    /// By what the matter is found from now on, beside what it was found by; nothing for most commands.
    pub keys: String,
    /// The clock of the official's device, where it told it.
    pub device_at: Option<Moment>,
}

/// How a command is decided: pure, called inside the transaction with the matter as it is.
pub type Decide<'a> = &'a (dyn Fn(&Matter) -> Result<Vec<Event>, Refusal> + Send + Sync);

/// How something that the petitioner says is taken in: pure, called inside the transaction.
pub type Hear<'a> = &'a (dyn Fn(&Matter) -> Result<Vec<Event>, Unsayable> + Send + Sync);

/// What became of a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Executed {
    /// Done, now or at an earlier sending.
    Done(CommandDone),
    /// Refused; nothing is kept, so that a later sending is decided anew.
    Refused(Refusal),
    /// There is no such matter.
    NotFound,
}

/// A record on its way into the store.
#[derive(Clone, Copy, Debug)]
pub struct RecordEnvelope<'a> {
    /// As read.
    pub record: &'a Record,
    /// As sent, kept for good.
    pub body: &'a str,
    /// [`Record::digest`].
    pub digest: Digest,
    /// Who sent it.
    pub account: AccountId,
    /// The server's clock.
    pub now: Moment,
}

/// What a record speaks of; these rows are locked and shown to [`Absorb`].
#[derive(Clone, Copy, Debug, Default)]
pub struct RecordNames {
    /// The matter.
    pub matter: Option<MatterId>,
    /// The household.
    pub household: Option<HouseholdId>,
}

/// What the store has of [`RecordNames`].
#[derive(Clone, Debug, Default)]
pub struct KnownRows {
    /// The matter, if it exists.
    pub matter: Option<Matter>,
    /// The household, if it exists.
    pub household: Option<HouseholdCard>,
    /// Whether the earlier record that it names ([`case_core::field::Payload::earlier`]) is here.
    pub earlier: bool,
}

/// The days of a household from now on (absolute: `None` clears).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HouseholdDays {
    /// 户.
    pub household: HouseholdId,
    /// 上次走访.
    pub last_visit: Option<NaiveDate>,
    /// 下次走访.
    pub next_visit: Option<NaiveDate>,
}

/// What becomes of a record.
#[derive(Clone, Debug, Default)]
pub struct Absorption {
    /// For the matter that it names; ignored when that does not exist.
    pub events: Vec<Event>,
    /// What does not fit.
    pub flags: Vec<Flag>,
    /// Matters that it raises.
    pub raised: Vec<NewMatter>,
    /// New days of the household that it names.
    pub household: Option<HouseholdDays>,
    /// The card of the household that it names, rewritten; its days and its place stay.
    pub card: Option<HouseholdCard>,
}

/// How a record is absorbed: pure, called inside the transaction. The second argument counts the
/// attempts from 0; a later one must choose other numbers and codes.
pub type Absorb<'a> = &'a (dyn Fn(&KnownRows, u32) -> Absorption + Send + Sync);

/// A record to be taken in.
#[derive(Clone, Copy)]
pub struct Taking<'a> {
    /// The record.
    pub envelope: RecordEnvelope<'a>,
    /// What it speaks of.
    pub names: RecordNames,
    /// What becomes of it.
    pub absorb: Absorb<'a>,
}

/// A matter that a record raised.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RaisedMatterRow {
    /// The matter.
    pub matter: MatterId,
    /// 信访件编号.
    pub number: MatterNumber,
    /// Which issue of its query code was given out.
    pub issue: u32,
    /// The code was of this reserve; otherwise it is derived from matter and issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserve: Option<ReserveKey>,
}

/// The proof that a record is stored; the same every time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReceipt {
    /// The record.
    pub id: RecordId,
    /// Its place in the order of taking in: from 1, without gaps.
    pub sequence: i64,
    /// The server's clock then.
    pub received_at: Moment,
    /// Of what was stored.
    pub digest: Digest,
    /// What did not fit.
    pub flags: Vec<Flag>,
    /// Matters that it raised.
    pub raised: Vec<RaisedMatterRow>,
}

/// What became of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Stored now.
    Stored(StoredReceipt),
    /// Stored by an earlier sending.
    Duplicate(StoredReceipt),
    /// Another content, or another sender's record, has that id.
    IdTaken,
}
