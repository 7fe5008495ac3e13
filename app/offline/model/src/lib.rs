//! The sync protocol as a model: two phones, one server, a network that loses, doubles and reorders,
//! crashes anywhere. The checker visits every state that can be reached and tests each property of
//! [`properties`] there. No I/O, nothing of this runs on a phone; README.md says what is modelled, what
//! is not, and what was found.
//!
//! Cryptography is taken as perfect: a digest stands for its content ([`world::Written`]'s place in the
//! list), a signature ([`state::Signed`]) holds for exactly the leaves that were signed, in their order.
//!
//! **Why "the queue drains" is sound.** The checker's `eventually` overlooks counterexamples where two
//! paths join again. So it is not used. Instead: [`properties::DRAINS`] is an `always` property which
//! says that a state from which none of our own moves leads on is drained, whatever faults could
//! still strike; and [`graph::walk`] shows that our own moves never go round in a circle. A finite
//! graph without circles has only finite runs, so from *every* state that can be reached, in every
//! order of moves, without any assumption of fairness, the run without further faults ends, and ends
//! drained.

pub mod graph;
pub mod phone;
pub mod properties;
pub mod server;
pub mod state;
pub mod step;
pub mod world;
