//! Faults that nobody may survive, to see that the checks see them: each does to the disk, to the database
//! or to the line what a wrong engine or a wrong server would do. Only tests ask for them.

use case_offline::kv::{Kv as _, Op, Range, WAITING};
use case_offline::transport::{Reply, Request};

use crate::power::block_on;
use crate::world::World;

/// What is done behind everybody's back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sabotage {
    /// A record leaves a phone's outbox before anybody has it, as if any answer were an acknowledgement.
    OutboxForgets,
    /// The server confirms a record and does not have it, as if it had answered before the commit.
    ServerForgets,
    /// The server has a record twice, as if the second request had been taken for another record.
    ServerDoubles,
    /// The phone's cursor stands behind a page that never was applied, as if it had been moved first.
    PageSkipped,
    /// A record is under another's name on the server.
    NamesSwapped,
    /// What a phone writes in one transaction is written in two: a mark before what it marks.
    DiskTears,
}

impl Sabotage {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::OutboxForgets,
        Self::ServerForgets,
        Self::ServerDoubles,
        Self::PageSkipped,
        Self::NamesSwapped,
        Self::DiskTears,
    ];

    fn sql(self) -> Option<&'static [&'static str]> {
        Some(match self {
            Self::OutboxForgets | Self::PageSkipped | Self::DiskTears => return None,
            Self::ServerForgets => &[
                "DELETE FROM receipt WHERE seq = (SELECT MAX(seq) FROM receipt) AND raised = '[]'",
                "DELETE FROM record WHERE id NOT IN (SELECT record FROM receipt) \
                 AND id NOT IN (SELECT record FROM attachment)",
                "UPDATE counter SET seq = (SELECT MAX(seq) FROM receipt) WHERE name = 'receipts'",
            ],
            Self::ServerDoubles => &[
                "INSERT OR IGNORE INTO record SELECT '0d0d0d0d' || substr(id, 9), account, kind, device, device_seq, made_at, matter, \
                 household, digest, body FROM record WHERE id = (SELECT record FROM receipt ORDER BY seq DESC LIMIT 1)",
                "INSERT OR IGNORE INTO receipt SELECT '0d0d0d0d' || substr(record, 9), seq + 1, received_at, flagged, flags, '[]', link \
                 FROM receipt ORDER BY seq DESC LIMIT 1",
                "UPDATE counter SET seq = (SELECT MAX(seq) FROM receipt) WHERE name = 'receipts'",
            ],
            Self::NamesSwapped => &["UPDATE record SET account = (SELECT id FROM account WHERE login = 'gan3') \
                 WHERE id = (SELECT record FROM receipt ORDER BY seq DESC LIMIT 1)"],
        })
    }

    /// What becomes of an answer on its way.
    #[must_use]
    pub fn on_the_way(self, request: &Request, reply: Reply) -> Reply {
        if self != Self::PageSkipped || request.path != case_offline::api::PULL || reply.status != 200 {
            return reply;
        }
        let Ok(mut page) = serde_json::from_str::<serde_json::Value>(&reply.body) else { return reply };
        page["items"] = serde_json::json!([]);
        Reply { body: page.to_string(), ..reply }
    }
}

impl World {
    /// Does it, now and then.
    pub(crate) fn sabotage(&self) {
        let Some(sabotage) = self.outside.sabotage.filter(|_| self.outside.random.permille(10)) else { return };
        self.outside.tell(|| format!("sabotage: {sabotage:?}"));
        if let Some(statements) = sabotage.sql() {
            let store = self.outside.office.borrow().state.store.clone();
            for sql in statements {
                self.outside.office.borrow().wait(store.tamper(sql)).unwrap();
            }
        } else if sabotage == Sabotage::OutboxForgets {
            for device in &self.devices {
                let disk = device.kv.kv.peek();
                if let Some(key) = block_on(disk.keys(WAITING, Range::all())).unwrap().pop() {
                    let _done = block_on(disk.apply(&[], &[Op::Delete(WAITING, key)])).unwrap();
                }
            }
        }
    }
}
