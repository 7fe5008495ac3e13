//! All that can happen next. [`Step::is_ours`] tells the protocol's own moves from what is done to it:
//! only the former count when we ask whether the queue drains.

use stateright::{Model, Property};

use crate::phone;
use crate::properties;
use crate::server;
use crate::state::{Answer, Asked, Message, Request, State};
use crate::world::{Fault, World, each, one};

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A phone asks.
    Ask(u8, Request),
    /// A message arrives (by its place in the network).
    Arrive(usize),
    /// The server does one transaction of a job, or answers.
    Work(usize),
    /// A phone waits no longer: nothing can come any more.
    TimeOut(u8, usize),
    /// Only if a compare is wrongly written in two steps: the second.
    PutBack(u8),
    /// An official saves a record; the screen says so.
    Save(u8),
    /// Somebody else signs in.
    SignIn(u8, Option<u8>),
    /// The server is backed up.
    Backup,
    /// A fault that strikes a message.
    Network(Fault, usize),
    /// An answer is taken for that to another request: message, phone, place among its requests.
    Mixup(usize, u8, usize),
    /// A phone gives up too early.
    Slow(u8, usize),
    /// A fault that strikes a phone.
    Phone(Fault, u8),
    /// A fault that strikes the server.
    Server(Fault),
}

impl Step {
    /// Whether phone, network or server do this by themselves when nothing goes wrong.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        matches!(self, Self::Ask(..) | Self::Arrive(_) | Self::Work(_) | Self::TimeOut(..) | Self::PutBack(_))
    }
}

/// The protocol's own moves.
pub fn ours(world: &World, state: &State, steps: &mut Vec<Step>) {
    for (number, phone) in (0_u8..).zip(&state.phones) {
        steps.extend(phone::could_ask(world, state, number).into_iter().map(|request| Step::Ask(number, request)));
        let lost = |at: &usize| is_lost(state, number, phone.awaits[*at]);
        steps.extend((0..phone.awaits.len()).filter(lost).map(|at| Step::TimeOut(number, at)));
        if phone.later != 0 {
            steps.push(Step::PutBack(number));
        }
    }
    let busy = state.server.jobs.len() >= world.workers;
    for (at, message) in distinct(&state.net) {
        if !busy || matches!(message, Message::Reply { .. }) {
            steps.push(Step::Arrive(at));
        }
    }
    steps.extend(distinct(&state.server.jobs).map(|(at, _)| Step::Work(at)));
}

/// What people do and what goes wrong.
fn theirs(world: &World, state: &State, steps: &mut Vec<Step>) {
    for record in each(world.that(|_| true) & !state.told) {
        // Records of one phone are written in order, by whoever is signed in.
        let written = world.record(record);
        let earlier = world.that(|other| other.phone == written.phone) & (one(record) - 1);
        if earlier & !state.told == 0 {
            steps.push(Step::Save(record));
        }
    }
    for (number, phone) in (0_u8..).zip(&state.phones) {
        if state.switches > 0 {
            let others = [None, Some(0), Some(1)].into_iter().filter(|user| *user != phone.user);
            steps.extend(others.map(|user| Step::SignIn(number, user)));
        }
    }
    if state.backups > 0 {
        steps.push(Step::Backup);
    }
    if state.total == 0 {
        return;
    }
    let left = |fault: Fault| state.faults[fault as usize] > 0;
    for (at, message) in distinct(&state.net) {
        steps.extend([Fault::Lose, Fault::Double].into_iter().filter(|f| left(*f)).map(|f| Step::Network(f, at)));
        match message {
            Message::Ask { asked, .. } if left(Fault::Hotspot) && is_push(asked.request) => {
                steps.push(Step::Network(Fault::Hotspot, at));
            }
            Message::Reply { to, answer: Answer::Outcomes { .. }, .. } if left(Fault::Mixup) => {
                steps.extend(mixups(state, at, *to));
            }
            _ => {}
        }
    }
    for (number, phone) in (0_u8..).zip(&state.phones) {
        if left(Fault::Slow) {
            let early = |at: &usize| !is_lost(state, number, phone.awaits[*at]);
            steps.extend((0..phone.awaits.len()).filter(early).map(|at| Step::Slow(number, at)));
        }
        if left(Fault::PhoneCrash) && (!phone.awaits.is_empty() || phone.doubt || phone.have > 0 || phone.later > 0) {
            steps.push(Step::Phone(Fault::PhoneCrash, number));
        }
        if left(Fault::Rewind) && phone.confirmed | phone.aside != 0 {
            steps.push(Step::Phone(Fault::Rewind, number));
        }
    }
    if left(Fault::ServerCrash) && !state.server.jobs.is_empty() {
        steps.push(Step::Server(Fault::ServerCrash));
    }
    if left(Fault::Restore) && state.server.backup.is_some() {
        steps.push(Step::Server(Fault::Restore));
    }
}

/// The requests that could be taken for the one that was answered.
fn mixups(state: &State, message: usize, to: Asked) -> impl Iterator<Item = Step> {
    (0_u8..).zip(&state.phones).flat_map(move |(number, phone)| {
        let fits = move |asked: &Asked| *asked != to && is_push(asked.request);
        let places = phone.awaits.iter().enumerate().filter(move |(_, asked)| fits(asked));
        places.map(move |(at, _)| Step::Mixup(message, number, at))
    })
}

fn is_push(request: Request) -> bool {
    matches!(request, Request::Push { .. } | Request::Sealed { .. })
}

/// Equal neighbours once.
fn distinct<T: PartialEq>(sorted: &[T]) -> impl Iterator<Item = (usize, &T)> {
    sorted.iter().enumerate().filter(|(at, item)| *at == 0 || sorted[at - 1] != **item)
}

/// Whether no answer can come any more.
fn is_lost(state: &State, number: u8, waits: Asked) -> bool {
    let under_way = state.net.iter().any(|message| match message {
        Message::Ask { phone, asked } => *phone == number && *asked == waits,
        Message::Reply { phone, to, .. } => *phone == number && *to == waits,
    });
    !under_way && !state.server.jobs.iter().any(|job| job.phone == number && job.asked == waits)
}

fn spend(state: &mut State, fault: Fault) {
    state.faults[fault as usize] -= 1;
    state.total -= 1;
}

fn forget_memory(state: &mut State, number: u8) {
    let phone = &mut state.phones[usize::from(number)];
    (phone.awaits, phone.doubt, phone.have, phone.later) = (Vec::new(), false, 0, 0);
}

fn arrive(world: &World, state: &mut State, at: usize) {
    match state.net.remove(at) {
        Message::Ask { phone, asked } => server::begin(world, state, phone, asked),
        Message::Reply { phone, to, answer } => {
            let waits = state.phones[usize::from(phone)].awaits.iter().position(|asked| *asked == to);
            if let Some(place) = waits {
                phone::hear(world, state, phone, place, answer);
            }
        }
    }
}

fn strike_message(state: &mut State, fault: Fault, at: usize) {
    spend(state, fault);
    if fault == Fault::Double {
        state.post(state.net[at]);
        return;
    }
    let message = state.net.remove(at);
    if let (Fault::Hotspot, Message::Ask { phone, asked }) = (fault, message)
        && let Request::Push { records, .. } | Request::Sealed { records, .. } = asked.request
    {
        let stored = (0..8).take(records.count_ones() as usize).fold(0, |set, place| set | one(place));
        let lineage = if let Request::Push { by, .. } = asked.request { asked.life[usize::from(by)] } else { 0 };
        let answer = Answer::Outcomes { stored, aside: 0, signed: None, lineage };
        state.post(Message::Reply { phone, to: asked, answer });
    }
}

fn strike_phone(state: &mut State, fault: Fault, number: u8) {
    spend(state, fault);
    forget_memory(state, number);
    if fault == Fault::Rewind {
        let phone = &mut state.phones[usize::from(number)];
        (phone.confirmed, phone.aside, phone.complete, phone.sending, phone.lineage) = (0, 0, 0, 0, [0; 2]);
    }
}

fn strike_server(state: &mut State, fault: Fault) {
    spend(state, fault);
    state.server.jobs.clear();
    if fault == Fault::Restore
        && let Some(backup) = &state.server.backup
    {
        state.server.disk = backup.clone();
        state.server.lineage += 1;
    }
}

impl Model for World {
    type State = State;
    type Action = Step;

    fn init_states(&self) -> Vec<State> {
        vec![State::first(self)]
    }

    fn actions(&self, state: &State, steps: &mut Vec<Step>) {
        ours(self, state, steps);
        theirs(self, state, steps);
    }

    fn next_state(&self, last: &State, step: Step) -> Option<State> {
        let mut next = last.clone();
        let state = &mut next;
        match step {
            Step::Ask(number, request) => phone::ask(self, state, number, request),
            Step::Arrive(at) => arrive(self, state, at),
            Step::Work(at) => server::work(self, state, at),
            Step::TimeOut(number, at) => drop(phone::give_up(&mut state.phones[usize::from(number)], at)),
            Step::PutBack(number) => {
                let phone = &mut state.phones[usize::from(number)];
                phone::put_back(phone, phone.later);
            }
            Step::Save(record) => {
                state.told |= one(record);
                state.phones[usize::from(self.record(record).phone)].kept |= one(record);
            }
            Step::SignIn(number, user) => {
                state.switches -= 1;
                forget_memory(state, number);
                state.phones[usize::from(number)].user = user;
            }
            Step::Backup => {
                state.backups -= 1;
                state.server.backup = Some(state.server.disk.clone());
            }
            Step::Network(fault, at) => strike_message(state, fault, at),
            Step::Mixup(at, number, place) => {
                spend(state, Fault::Mixup);
                if let Message::Reply { answer, .. } = state.net.remove(at) {
                    phone::hear(self, state, number, place, answer);
                }
            }
            Step::Slow(number, at) => {
                spend(state, Fault::Slow);
                phone::give_up(&mut state.phones[usize::from(number)], at);
            }
            Step::Phone(fault, number) => strike_phone(state, fault, number),
            Step::Server(fault) => strike_server(state, fault),
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        properties::all()
    }
}
