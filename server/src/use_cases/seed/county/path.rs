//! The path of one matter, told before anything is written: which deed on which day by whom. Whether each is
//! lawful is not decided here but by the rules when it is done; one that they refuse ends the whole making.

use case_core::matter::{ReviewLevel, ReviewOutcome};

use super::chance::Chance;

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Registrar,
    Supervisor,
    /// 承办人 of the unit.
    Handler,
    /// 负责人 of the unit.
    Head,
    Reviewer(ReviewLevel),
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Register,
    Transfer,
    RequestMaterial,
    ReceiveMaterial,
    Object,
    UpholdObjection,
    SignFor,
    Accept,
    Assign,
    Feedback,
    Promise,
    KeepPromise,
    BeginMediation,
    EndMediation,
    LinkRepeat,
    ProposeExtension,
    ProposeNotAccepting,
    ProposeDirecting,
    ProposeAnswer,
    ProposeFiling,
    ProposeWithdrawal,
    Approve,
    Notify,
    Submit,
    Return,
    ApproveClosure,
    SignOpinion,
    Deliver {
        agrees: bool,
    },
    RequestReview(ReviewLevel),
    DecideReview(ReviewOutcome),
    DeliverReview,
    Close,
    /// 已化解, where the rules find it so.
    Settle,
    Archive,
    /// 上门走访, a record of the town's official.
    Visit,
    /// 上门回访, a record.
    ReturnVisit {
        satisfied: bool,
    },
}

impl Deed {
    /// Whether it is a record from the field.
    pub(super) fn is_record(self) -> bool {
        matches!(self, Self::Visit | Self::ReturnVisit { .. })
    }
}

/// A deed of the path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// Days since the registration.
    pub(super) day: u64,
    pub(super) who: Who,
    pub(super) deed: Deed,
}

struct Path {
    day: u64,
    steps: Vec<Step>,
}

impl Path {
    fn then(&mut self, after: u64, who: Who, deed: Deed) -> &mut Self {
        self.day += after;
        self.steps.push(Step { day: self.day, who, deed });
        self
    }
}

/// How often which path is taken, in hundredths: most matters go the main path to their closing.
pub(super) fn of_chance(c: &mut Chance) -> Vec<Step> {
    use Deed as D;
    use Who as W;
    let mut p = Path { day: 0, steps: Vec::new() };
    p.then(0, W::Registrar, D::Register);
    match c.below(100) {
        0..2 => {
            p.then(1, W::Registrar, D::ProposeFiling).then(1, W::Supervisor, D::Approve);
            p.then(40, W::Registrar, D::Archive);
        }
        2..4 => {
            p.then(0, W::Registrar, D::ProposeAnswer).then(1, W::Supervisor, D::Approve);
            p.then(50, W::Registrar, D::Archive);
        }
        4..7 => {
            p.then(c.days(1, 3), W::Registrar, D::ProposeDirecting).then(1, W::Supervisor, D::Approve);
            p.then(2, W::Registrar, D::Notify).then(60, W::Registrar, D::Archive);
        }
        7..10 => {
            p.then(c.days(1, 5), W::Registrar, D::Transfer).then(1, W::Head, D::SignFor);
            p.then(2, W::Handler, D::ProposeNotAccepting).then(1, W::Head, D::Approve);
            p.then(2, W::Handler, D::Notify).then(40, W::Registrar, D::Archive);
        }
        10..12 => {
            taken_on(&mut p, c);
            p.then(c.days(5, 20), W::Handler, D::ProposeWithdrawal).then(1, W::Supervisor, D::Approve);
            p.then(30, W::Registrar, D::Archive);
        }
        _ => handled(&mut p, c),
    }
    p.steps
}

/// From the transfer to the handler's desk.
fn taken_on(p: &mut Path, c: &mut Chance) {
    use Deed as D;
    use Who as W;
    if c.percent(3) {
        p.then(1, W::Registrar, D::RequestMaterial).then(c.days(2, 6), W::Registrar, D::ReceiveMaterial);
    }
    p.then(c.days(1, 5), W::Registrar, D::Transfer);
    if c.percent(3) {
        p.then(1, W::Head, D::Object).then(1, W::Registrar, D::UpholdObjection).then(1, W::Registrar, D::Transfer);
    }
    p.then(1, W::Head, D::SignFor).then(c.days(1, 8), W::Head, D::Accept).then(0, W::Head, D::Assign);
}

fn handled(p: &mut Path, c: &mut Chance) {
    use Deed as D;
    use Who as W;
    taken_on(p, c);
    if c.percent(80) {
        p.then(1, W::Handler, D::Visit);
    }
    p.then(1, W::Handler, D::Feedback);
    if c.percent(8) {
        p.then(1, W::Registrar, D::LinkRepeat);
    }
    if c.percent(15) {
        p.then(0, W::Handler, D::Promise).then(4, W::Handler, D::KeepPromise);
    }
    if c.percent(3) {
        p.then(1, W::Handler, D::BeginMediation).then(c.days(3, 12), W::Handler, D::EndMediation);
    }
    if c.percent(8) {
        p.then(c.days(25, 32), W::Handler, D::ProposeExtension).then(1, W::Head, D::Approve);
        p.then(c.days(5, 20), W::Handler, D::Submit);
    } else {
        p.then(c.days(5, 20), W::Handler, D::Submit);
        if c.percent(12) {
            p.then(1, W::Supervisor, D::Return).then(c.days(3, 6), W::Handler, D::Submit);
            if c.percent(20) {
                p.then(1, W::Supervisor, D::Return).then(c.days(3, 6), W::Handler, D::Submit);
            }
        }
    }
    p.then(c.days(0, 3), W::Supervisor, D::ApproveClosure).then(0, W::Head, D::SignOpinion);
    let agrees = c.percent(70);
    p.then(c.days(0, 2), W::Handler, D::Deliver { agrees });
    if !agrees && c.percent(18) {
        reviewed(p, c);
    }
    let satisfied = c.percent(93);
    p.then(c.days(2, 6), W::Handler, D::ReturnVisit { satisfied });
    p.then(c.days(1, 3), W::Supervisor, D::Close);
    // After the days of observation, which may end on a holiday and then a little later.
    p.then(105, W::Registrar, D::Settle);
    if satisfied {
        p.then(c.days(5, 25), W::Registrar, D::Archive);
    }
}

/// 复查, and sometimes 复核; what is struck down is handled anew.
fn reviewed(p: &mut Path, c: &mut Chance) {
    use Deed as D;
    use Who as W;
    let level = ReviewLevel::Review;
    p.then(c.days(3, 20), W::Registrar, D::RequestReview(level));
    if c.percent(25) {
        p.then(c.days(8, 25), W::Reviewer(level), D::DecideReview(ReviewOutcome::Revoke));
        p.then(2, W::Registrar, D::DeliverReview).then(1, W::Head, D::Assign);
        p.then(c.days(5, 20), W::Handler, D::Submit).then(1, W::Supervisor, D::ApproveClosure);
        p.then(0, W::Head, D::SignOpinion).then(1, W::Handler, D::Deliver { agrees: true });
        return;
    }
    p.then(c.days(8, 25), W::Reviewer(level), D::DecideReview(ReviewOutcome::Uphold));
    p.then(2, W::Registrar, D::DeliverReview);
    if c.percent(40) {
        let level = ReviewLevel::Recheck;
        p.then(c.days(3, 20), W::Registrar, D::RequestReview(level));
        p.then(c.days(8, 25), W::Reviewer(level), D::DecideReview(ReviewOutcome::Uphold));
        p.then(2, W::Registrar, D::DeliverReview);
    }
}
