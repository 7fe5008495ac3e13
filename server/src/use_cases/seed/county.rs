//! The petition work of a whole county over years, made from one seed: for measuring (`make bench`) and for
//! the test that such a county loads, lists and verifies. Names, places and grievances are invented.
//!
//! ```text
//! words     names, places, what is asked for            chance    numbers from the seed
//! people    units, towns, households, accounts          path      which deed on which day by whom
//! deeds     the words of each command and record
//! ```
//! Nothing is written past the rules: each matter is registered as one at the desk is, each command is decided
//! by `case_core::matter::decide` on the matter as it is, each visit goes through the taking-in of records. The
//! years are gone through day by day, and what belongs to one day is written together: in the morning what is
//! registered, then what is decided, in the evening the records of the field. So journals, clocks, change feeds,
//! receipts and the audit chain are what five years of work would have left.
//!
//! A deed that the rules refuse is a fault of this maker and ends the making.

mod chance;
mod deeds;
mod path;
mod people;
mod words;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use case_core::actor::Actor;
use case_core::field::{Payload, Record};
use case_core::id::{CommandId, DeviceId, MatterId, RecordId};
use case_core::matter::{Channel, Context, Event, Matter, Refusal, ReviewLevel, decide, settle};
use case_core::text::Text;
use case_core::time::Moment;
use case_core::wire::sync::Outcome;
use case_store::{CommandEnvelope, Decide, Executed};
use chrono::{Days, NaiveDate};
use uuid::Uuid;

use self::chance::Chance;
use self::path::{Deed, Step, Who};
use self::people::{Home, People};
use self::words::{GRIEVANCES, Grievance};
use crate::error::ApiError;
use crate::state::{AppState, TimeSource};
use crate::use_cases::push::{self, Codes};
use crate::use_cases::register::{Draft, prepare};

/// Commands of one transaction.
const AT_ONCE: usize = 100;
/// A phone's clock is so far behind the moment of sending.
const OUT_OF_SIGNAL_MS: i64 = 90 * 60_000;
const SECOND_MS: i64 = 1_000;

/// How large, how long, and out of which seed.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Everything follows from it, and from the last day.
    pub seed: u64,
    /// How many matters, spread evenly over the years.
    pub matters: usize,
    /// Over how many years.
    pub years: u16,
}

impl Size {
    /// A county: 1,161 matters a year for five years.
    #[must_use]
    pub fn of_a_county(seed: u64) -> Self {
        Self { seed, matters: 5 * 1_161, years: 5 }
    }
}

/// What was made.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// The matters, the oldest first, each with its query code.
    pub matters: Vec<(MatterId, String)>,
    /// How many commands were given.
    pub commands: usize,
    /// How many records were taken in.
    pub records: usize,
}

/// The login of an account of the made county: `dengji`, `shenhe`, `fucha`, `fuhe`, `chengban0` …, `fuzeren0` …,
/// `zhuangan0` ….
#[must_use]
pub fn login(role: &str) -> String {
    people::login(role)
}

/// The password of all its accounts.
#[must_use]
pub fn password(state: &AppState) -> String {
    state.secrets.demo_password("xian")
}

/// A matter to be, with what its path needs to know.
struct Case {
    n: usize,
    id: MatterId,
    begins: NaiveDate,
    unit: usize,
    home: usize,
    channel: Channel,
    grievance: Grievance,
}

/// Makes the county up to the day before today.
///
/// # Errors
/// [`ApiError`] when the store fails or the rules refuse a deed.
pub async fn make(state: &AppState, size: Size) -> Result<Made, ApiError> {
    let until = state.now().date();
    let days = u64::from(size.years) * 365;
    let from = until.checked_sub_days(Days::new(days)).unwrap_or(until);
    let clock = Arc::new(AtomicI64::new(Moment::start_of(from).0));
    let state = state.with(|shared| shared.time = TimeSource::Simulated(Arc::clone(&clock)));
    let people = people::make(&state, size.seed, Moment::start_of(from)).await?;

    let mut cases = Vec::with_capacity(size.matters);
    let mut by_day: BTreeMap<NaiveDate, Vec<(usize, Step)>> = BTreeMap::new();
    for n in 0..size.matters {
        let mut chance = Chance::of(size.seed, u64::try_from(n).unwrap_or(0) + 1);
        let offset = u64::try_from(n).unwrap_or(0) * days / u64::try_from(size.matters).unwrap_or(1).max(1);
        let case = case(n, from + Days::new(offset), &people, &mut chance);
        for step in path::of_chance(&mut chance) {
            let day = case.begins + Days::new(step.day);
            if day < until {
                by_day.entry(day).or_default().push((n, step));
            }
        }
        cases.push(case);
    }
    let mut year = Years { state, clock, people, cases, ids: Chance::of(size.seed, u64::MAX), made: Made::default() };
    for (day, steps) in by_day {
        year.day(day, &steps).await?;
    }
    Ok(year.made)
}

fn case(n: usize, begins: NaiveDate, people: &People, chance: &mut Chance) -> Case {
    let channels = [Channel::Visit, Channel::Online, Channel::Phone, Channel::Letter, Channel::HomeVisit];
    Case {
        n,
        id: MatterId(chance.id(Moment::start_of(begins).0)),
        begins,
        // One unit has a quarter of all: counties are like that.
        unit: if chance.percent(25) { 0 } else { chance.below(people.units.len()) },
        home: chance.below(people.homes.len()),
        channel: channels.get(chance.below(channels.len())).copied().unwrap_or(Channel::Visit),
        grievance: GRIEVANCES.get(chance.below(GRIEVANCES.len())).copied().unwrap_or(GRIEVANCES[0]),
    }
}

struct Years {
    state: AppState,
    clock: Arc<AtomicI64>,
    people: People,
    cases: Vec<Case>,
    ids: Chance,
    made: Made,
}

/// [`Decide`] with what it needs.
type Deciding = Box<dyn Fn(&Matter) -> Result<Vec<Event>, Refusal> + Send + Sync>;

/// A command that waits to be written with others.
struct Given {
    case: usize,
    deed: Deed,
    envelope: CommandEnvelope,
    decide: Deciding,
}

impl Years {
    async fn day(&mut self, day: NaiveDate, steps: &[(usize, Step)]) -> Result<(), ApiError> {
        let morning = Moment::start_of(day).plus_ms(9 * 3_600 * SECOND_MS);
        let new: Vec<usize> =
            steps.iter().filter(|(_, step)| step.deed == Deed::Register).map(|(case, _)| *case).collect();
        self.register(&new, morning).await?;

        let (mut now, mut given) = (morning.plus_ms(3_600 * SECOND_MS), Vec::new());
        for (case, step) in steps {
            if step.deed == Deed::UpholdObjection {
                // From here on it is another unit's.
                let units = self.people.units.len();
                let command = self.command(*case, *step, now)?;
                given.extend(command);
                if let Some(case) = self.cases.get_mut(*case) {
                    case.unit = (case.unit + 1) % units.max(1);
                }
            } else if step.deed == Deed::Settle {
                self.write(std::mem::take(&mut given)).await?;
                self.settle(*case, now).await?;
            } else {
                given.extend(self.command(*case, *step, now)?);
            }
            now = now.plus_ms(20 * SECOND_MS);
        }
        self.write(given).await?;

        let mut evening = morning.plus_ms(9 * 3_600 * SECOND_MS);
        for (case, step) in steps.iter().filter(|(_, step)| step.deed.is_record()) {
            self.record(*case, step.deed, evening).await?;
            evening = evening.plus_ms(20 * SECOND_MS);
        }
        Ok(())
    }

    fn case(&self, n: usize) -> Result<(&Case, &Home), ApiError> {
        let case = self.cases.get(n).ok_or_else(|| inconsistent("a case"))?;
        Ok((case, self.people.homes.get(case.home).ok_or_else(|| inconsistent("a home"))?))
    }

    async fn register(&mut self, new: &[usize], now: Moment) -> Result<(), ApiError> {
        self.clock.store(now.0, Ordering::Relaxed);
        let world = self.state.world();
        let cx = world.context();
        let mut batch = Vec::with_capacity(new.len());
        let mut minute = now;
        for n in new {
            let (case, home) = self.case(*n)?;
            let draft = Draft {
                id: case.id,
                registration: deeds::registration(case, home, cx.today())?,
                by: Some(self.people.registrar.account),
                former_reply: None,
                tail: Vec::new(),
                source_key: None,
                with_code: true,
                // Each has a minute of its own, so that no number is taken.
                numbered_at: Some(minute),
            };
            minute = minute.plus_ms(60 * SECOND_MS);
            let new = prepare(&self.state.secrets, self.state.settings.province, &draft, 0, &cx)?;
            let issue = new.code.as_ref().map_or(0, |code| code.issue);
            self.made.matters.push((draft.id, self.state.secrets.query_code(draft.id, issue).digits()));
            batch.push(new);
        }
        self.state.store.register_many(&batch, cx.now).await?;
        Ok(())
    }

    fn actor(&self, who: Who, case: &Case) -> Result<&Actor, ApiError> {
        let unit = self.people.units.get(case.unit).ok_or_else(|| inconsistent("a unit"))?;
        Ok(match who {
            Who::Registrar => &self.people.registrar,
            Who::Supervisor => &self.people.supervisor,
            Who::Handler => &unit.handler,
            Who::Head => &unit.head,
            Who::Reviewer(ReviewLevel::Review) => &self.people.reviewer,
            Who::Reviewer(ReviewLevel::Recheck) => &self.people.rechecker,
        })
    }

    fn command(&mut self, n: usize, step: Step, now: Moment) -> Result<Option<Given>, ApiError> {
        let id = CommandId(self.ids.id(now.0));
        let (case, _) = self.case(n)?;
        let actor = self.actor(step.who, case)?.clone();
        let command = deeds::command(step.deed, case, &self.people, now.date())?;
        if command.is_none() && step.deed != Deed::ApproveClosure {
            return Ok(None);
        }
        let envelope =
            CommandEnvelope { id, account: actor.account, matter: case.id, now, keys: String::new(), device_at: None };
        let (calendar, rules) = (self.state.calendar(), Arc::clone(&self.state.rules));
        let decide = Box::new(move |matter: &Matter| {
            let cx = Context { now, calendar: &calendar, rules: &rules };
            match &command {
                Some(command) => decide(matter, &actor, command, &cx),
                None => decide(matter, &actor, &deeds::approval(matter)?, &cx),
            }
        });
        Ok(Some(Given { case: n, deed: step.deed, envelope, decide }))
    }

    async fn write(&mut self, given: Vec<Given>) -> Result<(), ApiError> {
        for some in given.chunks(AT_ONCE) {
            let all: Vec<(CommandEnvelope, Decide<'_>)> =
                some.iter().map(|one| (one.envelope.clone(), &*one.decide as Decide<'_>)).collect();
            let executed = self.state.store.execute_many(&all).await?;
            for (one, executed) in some.iter().zip(executed) {
                if !matches!(executed, Executed::Done(_)) {
                    let day = one.envelope.now.date();
                    return Err(inconsistent(format!("{:?} of case {} on {day}: {executed:?}", one.deed, one.case)));
                }
                self.made.commands += 1;
            }
        }
        Ok(())
    }

    async fn settle(&self, n: usize, now: Moment) -> Result<(), ApiError> {
        let (case, _) = self.case(n)?;
        let calendar = self.state.calendar();
        let cx = Context { now, calendar: &calendar, rules: &self.state.rules };
        self.state.store.compute(case.id, now, &|matter| settle(matter, &cx)).await?;
        Ok(())
    }

    async fn record(&mut self, n: usize, deed: Deed, now: Moment) -> Result<(), ApiError> {
        self.clock.store(now.0, Ordering::Relaxed);
        let (id, at) = (RecordId(self.ids.id(now.0)), now.plus_ms(-OUT_OF_SIGNAL_MS));
        let (case, home) = self.case(n)?;
        let official = self.people.towns.get(home.town).ok_or_else(|| inconsistent("a town"))?;
        let payload: Payload = match deed {
            Deed::ReturnVisit { satisfied } => {
                let matter = self.state.store.matter(case.id).await?.ok_or_else(|| inconsistent("a matter"))?;
                deeds::return_visit(&matter, satisfied, at)?
            }
            _ => deeds::visit(case, home, at)?,
        };
        let sequence = u64::try_from(self.made.records).unwrap_or(0) + 1;
        let device = DeviceId(Uuid::from_u128(u128::from(official.account.0.as_u128() as u64)));
        let record = Record { id, device, sequence, by: official.account, made_at: at, payload };
        let raw = serde_json::value::to_raw_value(&record).map_err(inconsistent)?;
        match push::take(&self.state, official, &raw, Codes::Kept).await.outcome {
            Outcome::Stored(stored) if stored.flags.is_empty() => {}
            other => return Err(inconsistent(format!("{deed:?} of case {n}: {other:?}"))),
        }
        self.made.records += 1;
        Ok(())
    }
}

fn inconsistent(what: impl Display) -> ApiError {
    ApiError::Internal(format!("the made county: {what}"))
}

fn text<const MAX: usize>(raw: &str) -> Result<Text<MAX>, ApiError> {
    Text::parse(raw).map_err(inconsistent)
}
