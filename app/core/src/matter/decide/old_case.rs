//! 列入积案, 包案, 进展, 包案领导意见, 销号.

use chrono::NaiveDate;

use super::{Decided, Deciding};
use crate::actor::Role;
use crate::id::AccountId;
use crate::matter::event::Event;
use crate::matter::old_case::{ContractNote, LeaderContract, OldCase, OldCaseGround, StruckOff};
use crate::matter::refusal::Refusal;
use crate::text::{Paragraph, ShortText};

impl Deciding<'_> {
    pub(super) fn enter_old_case(&self, ground: OldCaseGround, problem: &Paragraph) -> Vec<Event> {
        let (by, at) = (self.actor.account, self.at);
        let case = OldCase { ground, problem: problem.clone(), by, at, contracts: Vec::new(), struck: None };
        vec![Event::OldCaseEntered(Box::new(case))]
    }

    pub(super) fn take_on(
        &self,
        leader: AccountId,
        contact: Option<&ShortText>,
        plan: &Paragraph,
        [since, until]: [NaiveDate; 2],
    ) -> Decided {
        // Others than the joint conference speak for themselves only.
        if self.actor.role != Role::JointOffice && leader != self.actor.account {
            return Err(Refusal::NotTheLeader);
        }
        self.not_in_future(since)?;
        self.not_in_past(until)?;
        let contract = LeaderContract {
            leader,
            contact: contact.cloned(),
            plan: plan.clone(),
            since,
            until,
            change: None,
            by: self.actor.account,
            at: self.at,
            notes: Vec::new(),
            ended: None,
        };
        Ok(vec![Event::CaseTakenOn(Box::new(contract))])
    }

    pub(super) fn note_contract(&self, text: &Paragraph, until: Option<NaiveDate>) -> Decided {
        if let Some(until) = until {
            self.not_in_past(until)?;
        }
        Ok(vec![self.contract_note(text, until, None)])
    }

    pub(super) fn sign_contract(&self, agrees: bool, text: &Paragraph) -> Vec<Event> {
        vec![self.contract_note(text, None, Some(agrees))]
    }

    fn contract_note(&self, text: &Paragraph, until: Option<NaiveDate>, agrees: Option<bool>) -> Event {
        let (by, at) = (self.actor.account, self.at);
        Event::ContractNoted(Box::new(ContractNote { text: text.clone(), until, agrees, by, at }))
    }

    /// Nothing is struck off over the head of the leader who answers for it, or while it is about to change hands.
    pub(super) fn strike_off(&self, text: &Paragraph) -> Decided {
        let agreed = |contract: &LeaderContract| {
            contract.opinion_since(contract.at).is_some_and(|opinion| opinion.agrees == Some(true))
        };
        if self.matter.contract().is_some_and(|contract| !agreed(contract)) {
            return Err(Refusal::LeaderHasNotAgreed);
        }
        let struck = StruckOff { text: text.clone(), by: self.actor.account, at: self.at };
        Ok(vec![Event::StruckOff(Box::new(struck))])
    }

    /// 换包案领导: the plan and the last day go on; the reason stands with the new contract.
    pub(super) fn change_leader(&self, leader: AccountId, reason: &Paragraph) -> Option<Event> {
        let before = self.matter.contract()?;
        Some(Event::CaseTakenOn(Box::new(LeaderContract {
            leader,
            contact: before.contact.clone(),
            plan: before.plan.clone(),
            since: self.today,
            until: before.until,
            change: Some(reason.clone()),
            by: self.actor.account,
            at: self.at,
            notes: Vec::new(),
            ended: None,
        })))
    }
}
