//! 公示: what the desk proposes and checks, and what stands against it.
//!
//! Never without the petitioner's word; never for who wants to stay unknown (and reports of the sealed channel are
//! no matters); never by one person alone. The machine only proposes: both officials read the original beside
//! what goes out, which is noted. What the machine is certain of does not go out even so: the petitioner's own
//! particulars, and the numbers of persons and of bank cards.

use case_core::actor::{Actor, Role};
use case_core::audit::{Deed, PublicationStep, Trace};
use case_core::id::{MatterId, PublicationId};
use case_core::mask::running::{self, Known, Particular};
use case_core::matter::Matter;
use case_core::public::public_status;
use case_core::text::{LongText, ShortText, Title};
use case_core::wire::problem::Problem;
use case_core::wire::publication::{
    AnswerPlea, CheckPublication, Hurdle, MarkedText, ProposePublication, PublicationDesk, PublicationList,
    PublicationState, PublicationText,
};
use case_store::{Proposal, Stepped};
use uuid::Uuid;

use super::visible;
use crate::error::{ApiError, PublicationTrouble};
use crate::permissions::{Right, rights};
use crate::state::AppState;

/// Lines of the work list.
const LINES: u32 = 200;
/// 匿名: how imports and intakes call who gave no name.
const UNNAMED: &str = "匿名";

/// What is published of a matter, as it was written.
struct Sources {
    title: String,
    content: String,
    reply: String,
    unit: ShortText,
    month: ShortText,
}

/// The work list, with the figures of 公开回复率.
pub(crate) async fn list(state: &AppState, actor: &Actor) -> Result<PublicationList, ApiError> {
    let away = state.store.recused_from(actor.account).await?;
    let mut lines = state.store.publications(LINES).await?;
    lines.retain(|line| !away.contains(&line.matter));
    let (agreed, published) = state.store.publication_figures().await?;
    Ok(PublicationList { lines, agreed, published })
}

/// What proposing and checking need. Reading the original is noted before it is shown.
pub(crate) async fn desk(state: &AppState, actor: &Actor, id: MatterId) -> Result<PublicationDesk, ApiError> {
    let matter = visible::matter(state, actor, id).await?;
    let willing = state.store.agrees_to_publish(id).await?;
    let publication = state.store.publication(id).await?;
    let sources = match hurdle(willing, &matter) {
        Some(hurdle) => Err(hurdle),
        None => sources(state, &matter).await?.ok_or(Hurdle::Unanswered),
    };
    let sources = match sources {
        Ok(sources) => sources,
        Err(hurdle) => {
            return Ok(PublicationDesk {
                willing,
                hurdle: Some(hurdle),
                original: None,
                suggested: None,
                publication,
                may_propose: false,
                may_check: false,
            });
        }
    };
    let deed = Deed::Publication { matter: id, step: PublicationStep::Read, digest: None };
    state.store.note(Trace::by(actor.account, state.now()), &deed).await?;
    let known = known(&matter);
    let standing = publication.as_ref().map(|publication| publication.state);
    let checks = rights(actor.role).contains(&Right::CheckPublication);
    Ok(PublicationDesk {
        willing,
        hurdle: None,
        original: Some(MarkedText {
            title: running::pieces(&sources.title, &known),
            content: running::pieces(&sources.content, &known),
            reply: running::pieces(&sources.reply, &known),
        }),
        suggested: Some(masked(&sources, &known)?),
        publication,
        may_propose: actor.role == Role::Registrar && standing != Some(PublicationState::Published),
        may_check: checks && standing == Some(PublicationState::Proposed),
    })
}

/// 提请公示.
pub(crate) async fn propose(
    state: &AppState,
    actor: &Actor,
    id: MatterId,
    request: ProposePublication,
) -> Result<(), ApiError> {
    let matter = visible::matter(state, actor, id).await?;
    let willing = state.store.agrees_to_publish(id).await?;
    if let Some(hurdle) = hurdle(willing, &matter) {
        return Err(PublicationTrouble::Hurdle(hurdle).into());
    }
    let Some(sources) = sources(state, &matter).await? else {
        return Err(PublicationTrouble::Hurdle(Hurdle::Unanswered).into());
    };
    if let Some(word) = still_there(&request.text, &matter) {
        return Err(PublicationTrouble::StillThere { word }.into());
    }
    let proposal = Proposal {
        // Random: its address tells neither when nor beside what it was made.
        id: PublicationId(Uuid::new_v4()),
        seen: request.seen,
        text: request.text,
        unit: sources.unit,
        month: sources.month,
    };
    let trace = Trace::by(actor.account, state.now());
    stepped(state.store.propose_publication(id, &proposal, trace).await?)
}

/// 核对公示.
pub(crate) async fn check(
    state: &AppState,
    actor: &Actor,
    id: MatterId,
    request: CheckPublication,
) -> Result<(), ApiError> {
    let matter = visible::matter(state, actor, id).await?;
    if !request.publish && request.words.is_none() {
        return Err(PublicationTrouble::NoWords.into());
    }
    if let Some(publication) = state.store.publication(id).await?
        && request.publish
        && let Some(word) = still_there(&publication.text, &matter)
    {
        return Err(PublicationTrouble::StillThere { word }.into());
    }
    let trace = Trace::by(actor.account, state.now());
    let CheckPublication { seen, publish, words } = request;
    stepped(state.store.check_publication(id, seen, publish, words.as_ref(), trace).await?)
}

/// 撤下.
pub(crate) async fn withdraw(state: &AppState, actor: &Actor, id: MatterId, why: AnswerPlea) -> Result<(), ApiError> {
    visible::matter(state, actor, id).await?;
    let trace = Trace::by(actor.account, state.now());
    let gone = state.store.withdraw_publication(id, &why.words, trace).await?;
    if gone { Ok(()) } else { Err(PublicationTrouble::Changed.into()) }
}

/// It stays in spite of the requests that wait.
pub(crate) async fn keep(state: &AppState, actor: &Actor, id: MatterId) -> Result<(), ApiError> {
    visible::matter(state, actor, id).await?;
    let kept = state.store.keep_publication(id, Trace::by(actor.account, state.now())).await?;
    if kept { Ok(()) } else { Err(PublicationTrouble::Changed.into()) }
}

/// 公开意愿, said anew. Taken back, nothing stays public.
pub(crate) async fn wish(state: &AppState, actor: &Actor, id: MatterId, willing: bool) -> Result<(), ApiError> {
    visible::matter(state, actor, id).await?;
    let trace = Trace::by(actor.account, state.now());
    let known = state.store.set_publication_wish(id, willing, trace).await?;
    if known { Ok(()) } else { Err(Problem::NotFound.into()) }
}

fn stepped(stepped: Stepped) -> Result<(), ApiError> {
    match stepped {
        Stepped::Done => Ok(()),
        Stepped::Changed => Err(PublicationTrouble::Changed.into()),
        Stepped::Own => Err(PublicationTrouble::Own.into()),
        Stepped::Unwilling => Err(PublicationTrouble::Hurdle(Hurdle::NoConsent).into()),
    }
}

fn hurdle(willing: bool, matter: &Matter) -> Option<Hurdle> {
    if !willing {
        Some(Hurdle::NoConsent)
    } else if matter.registration.petitioner.name.as_str().contains(UNNAMED) {
        Some(Hurdle::Anonymous)
    } else {
        None
    }
}

/// The texts, once there is an answer that the petitioner has.
async fn sources(state: &AppState, matter: &Matter) -> Result<Option<Sources>, ApiError> {
    let unit = match matter.unit {
        Some(unit) => state.store.unit(unit).await?,
        None => None,
    };
    let status = public_status(matter, unit.as_ref(), state.now().date(), &state.calendar());
    let (reply, on) = match (&status.outcome, &matter.former_reply) {
        (Some(outcome), _) => (outcome.opinion.as_str(), outcome.delivered_on),
        (None, Some(former)) => (former.text.as_str(), former.at.date()),
        (None, None) => return Ok(None),
    };
    let broken = |_| ApiError::Internal("a publication's unit or month".to_owned());
    Ok(Some(Sources {
        title: matter.registration.title.as_str().to_owned(),
        content: matter.registration.content.as_str().to_owned(),
        reply: reply.to_owned(),
        unit: match unit {
            Some(unit) => unit.name,
            None => ShortText::parse(&state.settings.office_name).map_err(broken)?,
        },
        month: ShortText::parse(&on.format("%Y-%m").to_string()).map_err(broken)?,
    }))
}

/// Whom it is about.
fn known(matter: &Matter) -> Known {
    let mut known = Known::default();
    let linked = matter.intakes.iter().map(|linked| (&linked.intake.petitioner, &linked.intake.particulars));
    let first = (&matter.registration.petitioner, &matter.registration.particulars);
    for (petitioner, particulars) in std::iter::once(first).chain(linked) {
        known.add(petitioner.name.as_str(), Particular::Name);
        if let Some(phone) = &petitioner.phone {
            known.add(phone.as_str(), Particular::Phone);
        }
        if let Some(address) = &petitioner.address {
            known.add(address.as_str(), Particular::Address);
        }
        for name in &particulars.representatives {
            known.add(name.as_str(), Particular::Name);
        }
    }
    known.add(matter.number.as_str(), Particular::Account);
    known
}

/// What the machine would publish. Where there is more left out than there was room for words, it is cut.
fn masked(sources: &Sources, known: &Known) -> Result<PublicationText, ApiError> {
    let cut = |text: &str, most: usize| running::hide(text, known).chars().take(most).collect::<String>();
    let broken = |_| ApiError::Internal("a masked text".to_owned());
    Ok(PublicationText {
        title: Title::parse(&cut(&sources.title, 200)).map_err(broken)?,
        content: LongText::parse(&cut(&sources.content, 20_000)).map_err(broken)?,
        reply: LongText::parse(&cut(&sources.reply, 20_000)).map_err(broken)?,
    })
}

/// A particular that is certain, and still in the text.
fn still_there(text: &PublicationText, matter: &Matter) -> Option<String> {
    let known = known(matter);
    let nobody = Known::default();
    [text.title.as_str(), text.content.as_str(), text.reply.as_str()].into_iter().find_map(|text| {
        let own = running::known_in(text, &known);
        let certain = |kind| matches!(kind, Particular::Identity | Particular::Card);
        let found = || running::pieces(text, &nobody).into_iter().find(|piece| piece.kind.is_some_and(certain));
        own.or_else(|| found().map(|piece| piece.text))
    })
}
