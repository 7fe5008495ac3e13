//! 文书: what a matter has and what can be issued, issuing, and what is needed to print.
//!
//! Who may issue what stands in `case_core::document::table`; in the name of a unit only its own people
//! issue. Whoever sees the matter reads its papers, except those for the county's office alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::pages::paper::Paper;
use app::text;
use case_core::actor::{Actor, Role};
use case_core::audit::{Deed, PaperForm, Trace};
use case_core::document::{
    CodeWords, DocumentKind, EarlierDocument, Facts, Organ, Part, ProofCode, Reader, asks, fill, prefilled,
};
use case_core::id::{DocumentId, MatterId};
use case_core::matter::{IssuedPaper, Matter, ReviewLevel, table};
use case_core::time::Calendar;
use case_core::wire::desk::{Named, Unit};
use case_core::wire::documents::{DocumentAsk, DocumentShelf, IssueRequest, IssuedDocument, PossibleDocument};
use case_core::wire::problem::Problem;
use case_store::{DocumentRow, Issuing, NewDocument, StoreError, StoredDocument};
use chrono::Datelike as _;

use super::masking::{self, Particulars};
use super::reading::{self, Reading};
use super::{file, receipt, visible};
use crate::error::{ApiError, DocumentTrouble};
use crate::papers;
use crate::state::AppState;

/// So many fields has no form.
const MOST_FIELDS: usize = 32;
/// Digits of a digest that a person compares.
const SHOWN_DIGITS: usize = 8;

/// What documents need to know beside the matter, read from the store.
struct Known {
    unit: Option<Unit>,
    objector: Option<Unit>,
    place: Option<String>,
    people: Vec<Named>,
    review_organ: Option<String>,
    earlier: Vec<EarlierDocument>,
    rows: Vec<DocumentRow>,
    lookup: String,
    calendar: Arc<Calendar>,
}

impl Known {
    async fn load(state: &AppState, matter: &Matter) -> Result<Self, ApiError> {
        let unit = match matter.unit {
            Some(unit) => state.store.unit(unit).await?,
            None => None,
        };
        let objector = match matter.objections.last().and_then(|objection| objection.unit) {
            Some(unit) => state.store.unit(unit).await?,
            None => None,
        };
        let rows = state.store.documents_of(matter.id).await?;
        let earlier = rows.iter().filter(|row| row.replaced_by.is_none()).map(earlier).collect();
        let last = match &unit {
            Some(unit) => state.store.last_content(DocumentKind::Opinion, unit.name.as_str()).await?,
            None => None,
        };
        Ok(Self {
            objector,
            place: file::place_name(state, matter).await?.map(String::from),
            people: state.store.names(&file::people(matter)).await?,
            review_organ: last.and_then(|content| content.review_organ),
            earlier,
            rows,
            lookup: format!("{}/c", state.settings.base_url),
            calendar: state.calendar(),
            unit,
        })
    }

    fn facts<'a>(&'a self, state: &'a AppState, issuer: &'a Actor, typed: &'a BTreeMap<Part, String>) -> Facts<'a> {
        Facts {
            office: &state.settings.office_name,
            office_phone: &state.settings.office_phone,
            unit: self.unit.as_ref(),
            objector: self.objector.as_ref(),
            place: self.place.as_deref(),
            people: &self.people,
            issuer,
            today: state.now().date(),
            calendar: &self.calendar,
            rules: &state.rules,
            lookup: &self.lookup,
            review_organ: self.review_organ.as_deref(),
            earlier: &self.earlier,
            typed,
            words: CodeWords {
                channel: text::matter::channel,
                category: text::matter::category,
                intake: text::matter::intake,
                delivery_mode: text::command::delivery_mode,
                signed: text::command::signed,
                opinion: text::command::petitioner_opinion,
                keeping: text::command::keeping,
                document: text::document::kind,
            },
        }
    }
}

fn earlier(row: &DocumentRow) -> EarlierDocument {
    EarlierDocument {
        kind: row.kind,
        title: row.title.clone(),
        number: row.number.clone(),
        on: row.issued_at.date(),
        round: row.round,
    }
}

fn shown(row: &DocumentRow, hidden: bool) -> IssuedDocument {
    IssuedDocument {
        hidden,
        id: row.id,
        kind: row.kind,
        number: row.number.clone(),
        version: row.version,
        replaced: row.replaced_by.is_some(),
        issued_at: row.issued_at,
        issued_by: row.issued_by.clone(),
        reason: row.reason.clone(),
    }
}

/// Whether the actor may issue this kind for this matter.
fn may_issue(actor: &Actor, matter: &Matter, kind: DocumentKind) -> bool {
    let row = kind.row();
    let own = match row.organ {
        Organ::Office | Organ::Reviewer => true,
        // The county's office has people in a unit of its own, and issues in its own name all the same.
        Organ::Issuer => visible::sees_all(actor) || (matter.unit.is_some() && matter.unit == actor.unit),
        // What a hearing in a 复查 or 复核 needs is the reviewing organ's own, not that of the unit below it.
        Organ::Unit if actor.role == Role::Reviewer => {
            matter.reviews.last().is_some_and(|review| review.withdrawn.is_none()) && matter.unit != actor.unit
        }
        Organ::Unit => matter.unit.is_some() && matter.unit == actor.unit,
    };
    own && row.issuers.contains(&actor.role) && may_read(actor, kind)
}

fn may_read(actor: &Actor, kind: DocumentKind) -> bool {
    kind.row().reader != Reader::County || visible::sees_all(actor)
}

/// What was issued for a matter, and what the actor can issue.
pub(crate) async fn shelf(state: &AppState, actor: &Actor, id: MatterId) -> Result<DocumentShelf, ApiError> {
    let matter = visible::matter(state, actor, id).await?;
    let known = Known::load(state, &matter).await?;
    let hides = match reading::of(state, actor, &matter).await? {
        Reading::Free | Reading::Stated => None,
        Reading::Masked => Some(masking::of(&matter)?),
    };
    let mut shelf = DocumentShelf { issued: Vec::new(), possible: Vec::new() };
    for kind in DocumentKind::ALL.iter().copied().filter(|kind| may_issue(actor, &matter, *kind)) {
        shelf.possible.push(possible(state, actor, &matter, &known, kind, hides.as_ref())?);
    }
    for row in known.rows.iter().filter(|row| may_read(actor, row.kind)) {
        let hidden = match &hides {
            None => false,
            Some(hides) => {
                let stored = state.store.document(row.id).await?.ok_or(Problem::NotFound)?;
                hides.stand_on(&stored.content)?
            }
        };
        shelf.issued.push(shown(row, hidden));
    }
    Ok(shelf)
}

fn possible(
    state: &AppState,
    actor: &Actor,
    matter: &Matter,
    known: &Known,
    kind: DocumentKind,
    hides: Option<&Particulars>,
) -> Result<PossibleDocument, ApiError> {
    let nothing = BTreeMap::new();
    let facts = known.facts(state, actor, &nothing);
    let asks = asks(kind);
    let mut values: Vec<String> = asks.iter().map(|ask| prefilled(kind, ask, matter, &facts)).collect();
    let typed: BTreeMap<Part, String> = asks.iter().map(|ask| ask.part).zip(values.iter().cloned()).collect();
    let filled = fill(kind, matter, &known.facts(state, actor, &typed));
    let hidden = match (hides, &filled) {
        (None, _) => false,
        (Some(hides), Ok(content)) => hides.stand_on(content)?,
        // What it will say is not known yet, so it is asked for before the form is filled in.
        (Some(_), Err(_)) => true,
    };
    for value in &mut values {
        if hides.is_some_and(|hides| hides.stand_in(value)) {
            value.clear();
        }
    }
    let lacks = filled.err().unwrap_or_default();
    // What is asked for is not missing yet.
    let lacks = lacks.into_iter().filter(|lack| !asks.iter().any(|ask| ask.part == lack.part)).collect();
    let last =
        known.rows.iter().rev().find(|row| row.kind == kind && row.round == matter.round && row.replaced_by.is_none());
    let replaces = last.filter(|_| kind.row().single).map(|row| row.id);
    let asks = asks.into_iter().zip(values).map(|(ask, value)| DocumentAsk {
        part: ask.part,
        shape: ask.shape,
        needed: ask.needed,
        value,
        options: Vec::new(),
    });
    Ok(PossibleDocument { kind, lacks, asks: asks.collect(), replaces, hidden })
}

/// Issues a document.
pub(crate) async fn issue(
    state: &AppState,
    actor: &Actor,
    id: MatterId,
    request: IssueRequest,
) -> Result<IssuedDocument, ApiError> {
    let matter = visible::matter(state, actor, id).await?;
    if !may_issue(actor, &matter, request.kind) {
        return Err(Problem::Forbidden.into());
    }
    if request.fields.len() > MOST_FIELDS {
        return Err(Problem::Malformed { detail: "fields".to_owned() }.into());
    }
    let typed: BTreeMap<Part, String> = request.fields.into_iter().map(|field| (field.part, field.value)).collect();
    let known = Known::load(state, &matter).await?;
    let facts = known.facts(state, actor, &typed);
    // What is lacking is said below; what would be whole and shows particulars is not made unseen.
    if let (Reading::Masked, Ok(content)) =
        (reading::of(state, actor, &matter).await?, fill(request.kind, &matter, &facts))
        && masking::of(&matter)?.stand_on(&content)?
    {
        return Err(ApiError::SayWhy);
    }
    let now = state.now();
    let replaces = match (request.replaces, request.reason) {
        (Some(_), None) => return Err(DocumentTrouble::NoReason.into()),
        (Some(before), Some(reason)) => Some((before, reason)),
        (None, _) => None,
    };
    let organ_key = match request.kind.row().organ {
        Organ::Office => "office".to_owned(),
        Organ::Issuer if matter.unit.is_none() || matter.unit != actor.unit => "office".to_owned(),
        // An organ outside is known by its name only.
        Organ::Reviewer => facts.organ(request.kind, &matter).map(|(name, _)| name.to_owned()).unwrap_or_default(),
        Organ::Unit if actor.role == Role::Reviewer => {
            facts.organ(request.kind, &matter).map(|(name, _)| name.to_owned()).unwrap_or_default()
        }
        Organ::Unit | Organ::Issuer => matter.unit.map(|unit| unit.to_string()).unwrap_or_default(),
    };
    let new = NewDocument {
        id: request.id,
        matter: id,
        kind: request.kind,
        organ_key,
        year: now.date().year(),
        replaces,
        token: state.secrets.proof_hash(&state.secrets.proof(request.id)),
        by: actor.account,
        now,
    };
    match state.store.issue_document(&new, &|matter| fill(request.kind, matter, &facts)).await {
        Ok(Issuing::Done(row)) => Ok(shown(&row, false)),
        Ok(Issuing::Lacks(lacks)) => Err(DocumentTrouble::Lacks(lacks).into()),
        Ok(Issuing::ThereIsOne) => Err(DocumentTrouble::ThereIsOne.into()),
        Ok(Issuing::NotTheLast) => Err(DocumentTrouble::NotTheLast.into()),
        Ok(Issuing::NotFound) => Err(Problem::NotFound.into()),
        Err(StoreError::DocumentIdTaken) => Err(Problem::Malformed { detail: "id".to_owned() }.into()),
        Err(other) => Err(other.into()),
    }
}

/// The papers of a matter that were issued here and not replaced.
pub(crate) async fn papers_of(state: &AppState, matter: &Matter) -> Result<Vec<IssuedPaper>, ApiError> {
    let rows = state.store.documents_of(matter.id).await?;
    let rows = rows.iter().filter(|row| row.replaced_by.is_none());
    Ok(rows.map(|row| IssuedPaper { kind: row.kind, round: row.round, at: row.issued_at }).collect())
}

/// A document that an official takes. It is noted before it is given: what cannot be noted is not given. Who reads
/// the matter masked has said before what a paper with particulars is needed for.
pub(crate) async fn take(
    state: &AppState,
    actor: &Actor,
    id: DocumentId,
    form: PaperForm,
) -> Result<StoredDocument, ApiError> {
    let stored = state.store.document(id).await?.ok_or(Problem::NotFound)?;
    let matter = visible::matter(state, actor, stored.row.matter).await?;
    if !may_read(actor, stored.row.kind) {
        return Err(Problem::NotFound.into());
    }
    if reading::of(state, actor, &matter).await? == Reading::Masked
        && masking::of(&matter)?.stand_on(&stored.content)?
    {
        return Err(ApiError::SayWhy);
    }
    let deed = Deed::DocumentTaken { document: stored.row.id, matter: matter.id, form };
    state.store.note(Trace::by(actor.account, state.now()), &deed).await?;
    Ok(stored)
}

/// Those of a matter that the petitioner may read: theirs, the latest versions, and an opinion from the day
/// on which it was delivered.
#[must_use]
pub(crate) fn for_petitioner(matter: &Matter, rows: Vec<DocumentRow>) -> Vec<DocumentRow> {
    rows.into_iter().filter(|row| row.replaced_by.is_none() && is_petitioners(matter, row)).collect()
}

/// Whether the opinion of a round was delivered: what was stays delivered, whatever was opened again since.
fn delivered_in(matter: &Matter, round: u16) -> bool {
    let before = matter.reopenings.iter().any(|reopening| reopening.round == round && reopening.delivery.is_some());
    before || (matter.delivery.is_some() && matter.round == round)
}

/// Whether the petitioner may read a document.
#[must_use]
pub(crate) fn is_petitioners(matter: &Matter, row: &DocumentRow) -> bool {
    let review = |level| matter.reviews.iter().any(|review| review.level == level && review.delivery.is_some());
    let told = match row.kind {
        DocumentKind::Opinion => delivered_in(matter, row.round),
        DocumentKind::ReviewOpinion => review(ReviewLevel::Review),
        DocumentKind::RecheckOpinion => review(ReviewLevel::Recheck),
        _ => true,
    };
    row.matter == matter.id && row.kind.row().reader == Reader::Petitioner && told
}

/// What is printed: the page and the file are made of it.
pub(crate) struct Printing {
    /// With the codes as drawings.
    pub paper: Paper,
    /// What the QR code of the verification holds.
    pub proof_address: String,
    /// What the QR code for entering a sheet holds.
    pub entry_address: Option<String>,
}

/// Prepares a document for printing. The query code is filled in for `hands_out`, and stored nowhere.
pub(crate) async fn printing(
    state: &AppState,
    stored: StoredDocument,
    hands_out: Option<&Actor>,
) -> Result<Printing, ApiError> {
    let base = &state.settings.base_url;
    let proof: ProofCode = state.secrets.proof(stored.row.id);
    let proof_address = format!("{base}/v#{}", proof.characters());
    let row = stored.row;
    // A sheet that was filled by hand is entered on the screens of the field.
    let entry_address = match row.kind {
        DocumentKind::HomeVisitSheet => Some(format!("{base}/w/visits/new/{}", row.matter)),
        DocumentKind::ReturnVisitSheet => Some(format!("{base}/w/return/{}", row.matter)),
        _ => None,
    };
    let query_code = match hands_out.filter(|actor| table::REGISTRARS.contains(&actor.role)) {
        Some(_) if row.kind == DocumentKind::IntakeReceipt => receipt::code_to_hand_out(state, row.matter).await?,
        _ => None,
    };
    Ok(Printing {
        paper: Paper {
            content: stored.content,
            number: row.number,
            version: row.version,
            replaced_by: row.replaced_by,
            issued_on: row.issued_at.date(),
            proof: proof.grouped(),
            verify_url: format!("{base}/v"),
            digest: shown_digest(&stored.digest),
            qr_svg: papers::qr_svg(&proof_address)?,
            entry_svg: entry_address.as_deref().map(papers::qr_svg).transpose()?,
            query_code,
        },
        proof_address,
        entry_address,
    })
}

/// The first digits of a digest.
#[must_use]
pub(crate) fn shown_digest(digest: &case_core::digest::Digest) -> String {
    digest.hex()[..SHOWN_DIGITS].to_uppercase()
}
