//! 网上提交: the form, and taking it in.
//!
//! The form carries an id that was made with it. The matter's own id follows from it by the server's secret, so
//! that a form that is sent twice (a double tap, a lost answer) is one matter, and is answered with the same
//! receipt and the same code. It is, for a day: by then whoever waited for the answer has it, and a form that is
//! found in the history of a shared phone opens nothing.
//!
//! Nothing is kept of a form that is not whole: it comes back with everything that was typed, and the browser
//! holds it. How many intakes come from one address is counted in the database, as failed look-ups are; a form
//! that another site sends in somebody's name is refused.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;

use app::pages::public::{
    DRAW, Draft, FILING, FILING_FOR, Filed, Message, READ_OUT, RECEIPT, Town, confirm, filed, filing,
};
use app::text::public::filing as words;
use axum::extract::{Extension, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use case_core::matter::Matter;
use case_core::place::DivisionCode;
use case_core::public::{Filing, FilingFault, FilingField, FilingForm, Purpose, SentFile, is_anonymous, public_status};
use case_core::time::{Clock, ClockKind};
use case_core::wire::desk::Division;
use case_store::Owner;
use uuid::Uuid;

use super::reader::Reader;
use super::sent::{Readers, Sent, unread};
use super::{frame, page, say, uploads};
use crate::error::ApiError;
use crate::extract::Caller;
use crate::security;
use crate::state::AppState;
use crate::use_cases::{receipt, register};

/// So long the same form is answered with its receipt.
const RECEIPT_MS: i64 = 24 * 3_600_000;

/// `GET /t`.
pub(super) async fn own(State(state): State<AppState>, reader: Reader) -> Response {
    empty(&state, reader, FILING, FilingForm::default()).await
}

/// `GET /t/for`.
pub(super) async fn for_somebody(State(state): State<AppState>, reader: Reader) -> Response {
    empty(&state, reader, FILING_FOR, FilingForm { helped: true, ..FilingForm::default() }).await
}

async fn empty(state: &AppState, reader: Reader, path: &str, form: FilingForm) -> Response {
    let towns = match places(state).await {
        Ok((towns, _)) => towns,
        Err(error) => return broken(state, reader, &error),
    };
    let draft = Draft {
        token: Uuid::new_v4(),
        form: &form,
        faults: &[],
        trouble: None,
        towns: &towns,
        files: &[],
        is_fresh: true,
    };
    page(StatusCode::OK, reader, filing(&frame(state, reader, path), &draft))
}

/// `POST /t`: the form, the form once more with what was typed (`go=draw`), or the page that was read out.
pub(super) async fn send(
    State(state): State<AppState>,
    reader: Reader,
    Caller(address): Caller,
    Extension(readers): Extension<Arc<Readers>>,
    request: Request,
) -> Response {
    if security::is_foreign(request.headers()) {
        return say(&state, reader, StatusCode::FORBIDDEN, &Message::Forbidden);
    }
    let mut sent = match Sent::read(request, &state, &readers, address).await {
        Ok(sent) => sent,
        Err(status) => return say(&state, reader, status, &unread(status)),
    };
    let (towns, known) = match places(&state).await {
        Ok(places) => places,
        Err(error) => return broken(&state, reader, &error),
    };
    // A form without its id was not made by a page of ours; it is one intake all the same.
    let token = Uuid::parse_str(sent.first("id")).unwrap_or_else(|_| Uuid::new_v4());
    let form = typed(&sent);
    let owner = Owner { matter: state.secrets.filed_matter(token), voice: None };
    let mut asks = Asks { state: &state, reader, token, owner, form: &form, towns: &towns, files: Vec::new() };
    match asks.answer(address, &mut sent, &|code| known.contains(code)).await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, "taking in a form");
            asks.draw(StatusCode::SERVICE_UNAVAILABLE, &[], Some(words::OURS))
        }
    }
}

fn typed(sent: &Sent) -> FilingForm {
    let of = |name: &str| sent.first(name).to_owned();
    FilingForm {
        purpose: of("purpose"),
        text: of("text"),
        demands: sent.all("demand"),
        place: of("place"),
        anonymous: sent.first("who") == "anonymous",
        name: of("name"),
        phone: of("phone"),
        address: of("address"),
        publish: sent.is_yes("publish"),
        helped: sent.is_yes("helped"),
        helper_name: of("helper_name"),
        helper_relation: of("helper_relation"),
        helper_phone: of("helper_phone"),
        heard: sent.is_yes("heard"),
    }
}

/// One form.
struct Asks<'a> {
    state: &'a AppState,
    reader: Reader,
    token: Uuid,
    owner: Owner,
    form: &'a FilingForm,
    towns: &'a [Town],
    files: Vec<SentFile>,
}

impl Asks<'_> {
    async fn answer(
        &mut self,
        address: IpAddr,
        sent: &mut Sent,
        known: &(dyn Fn(&DivisionCode) -> bool + Sync),
    ) -> Result<Response, ApiError> {
        let (state, owner) = (self.state, self.owner);
        let go = sent.first("go").to_owned();
        if let Some(matter) = state.store.matter(owner.matter).await? {
            if go == RECEIPT && matter.registered_at.ms_until(state.now()) <= RECEIPT_MS {
                return self.receipt(&matter, false).await;
            }
            let read = self.form.read(known).ok().filter(|_| !sent.has_files());
            return self.there(&matter, read).await;
        }
        if Purpose::from_word(&self.form.purpose) == Some(Purpose::Accusation) {
            // Of a report nothing stays here; what else is missing matters no more.
            state.store.unstage_files(owner).await?;
            let fault = [(FilingField::Purpose, FilingFault::NotHere)];
            return Ok(self.draw(StatusCode::UNPROCESSABLE_ENTITY, &fault, None));
        }
        if sent.has_files() && !uploads::admit(state, address).await? {
            return Ok(self.draw(StatusCode::TOO_MANY_REQUESTS, &[], Some(words::TOO_MANY)));
        }
        let trouble = sent.stage(state, owner).await?;
        self.files = state.store.staged_files(owner).await?;
        if go == DRAW {
            return Ok(self.draw(StatusCode::OK, &[], None));
        }
        if go == READ_OUT {
            let whole = FilingForm { heard: true, ..self.form.clone() }.read(known).is_ok();
            return Ok(if whole { self.confirm(&[], false) } else { self.draw(StatusCode::OK, &[], None) });
        }
        if let Some(trouble) = trouble {
            let faults = self.form.read(known).err().unwrap_or_default();
            let faults: Vec<_> = faults.into_iter().filter(|(field, _)| *field != FilingField::Heard).collect();
            return Ok(self.draw(StatusCode::UNPROCESSABLE_ENTITY, &faults, Some(trouble)));
        }
        self.take(address, known, sent.is_yes("asked")).await
    }

    async fn take(
        &self,
        address: IpAddr,
        known: &(dyn Fn(&DivisionCode) -> bool + Sync),
        asked: bool,
    ) -> Result<Response, ApiError> {
        let id = self.owner.matter;
        let read = self.form.read(known);
        let filing = match read {
            Ok(filing) => filing,
            Err(faults) if faults[..] == [(FilingField::Heard, FilingFault::Missing)] => {
                return Ok(self.confirm(&faults, asked));
            }
            Err(faults) => return Ok(self.draw(StatusCode::UNPROCESSABLE_ENTITY, &faults, None)),
        };
        if !uploads::may_file(self.state, address).await? {
            return Ok(self.draw(StatusCode::TOO_MANY_REQUESTS, &[], Some(words::TOO_MANY)));
        }
        let draft = register::Draft {
            id,
            registration: filing.clone().registration(self.state.now().date()),
            by: None,
            former_reply: None,
            tail: Vec::new(),
            source_key: None,
            with_code: true,
            numbered_at: None,
        };
        match register::store(self.state, &draft).await {
            Ok((matter, _)) => {
                uploads::filed(self.state, address).await?;
                self.receipt(&matter, false).await
            }
            // The same form came twice at once with different words: the other one was first.
            Err(error) => match self.state.store.matter(id).await? {
                Some(matter) => self.there(&matter, Some(filing)).await,
                None => Err(error),
            },
        }
    }

    /// The form was sent before.
    async fn there(&self, matter: &Matter, now: Option<Filing>) -> Result<Response, ApiError> {
        if matter.registered_at.ms_until(self.state.now()) > RECEIPT_MS {
            return Ok(self.draw(StatusCode::CONFLICT, &[], Some(words::LONG_AGO)));
        }
        let received_on = matter.registration.received_on;
        let same = now.is_some_and(|filing| filing.registration(received_on) == matter.registration);
        self.receipt(matter, !same).await
    }

    async fn receipt(&self, matter: &Matter, again: bool) -> Result<Response, ApiError> {
        // Once more, where a server stopped in between.
        self.state.store.keep_files(self.owner).await?;
        let files = self.state.store.sent_files(matter.id).await?;
        let Some(issue) = self.state.store.code_issue(matter.id).await? else {
            return Err(ApiError::Internal("an intake without a code".to_owned()));
        };
        let code = self.state.secrets.query_code(matter.id, issue);
        let (_, qr_svg) = receipt::lookup(self.state, &code)?;
        let word = is_anonymous(matter).then(|| self.state.secrets.filed_word(matter.id));
        let status = public_status(matter, None, self.state.now().date(), &self.state.calendar());
        let helper = matter.registration.particulars.online.as_ref().and_then(|online| online.helper.as_ref());
        // Nobody can be met who gave no name and no address.
        let nobody = is_anonymous(matter);
        let met = |clock: &Clock| !(nobody && clock.kind == ClockKind::Meet);
        let deadlines: Vec<Clock> = status.deadlines.into_iter().filter(met).collect();
        let shown = Filed {
            number: matter.number.as_str(),
            code: &code.grouped(),
            qr_svg: &qr_svg,
            title: matter.registration.title.as_str(),
            at: matter.registered_at,
            word: word.as_deref(),
            has_phone: matter.registration.petitioner.phone_tail().is_some(),
            helper: helper.map(|helper| helper.name.as_str()),
            deadlines: &deadlines,
            form: self.token.to_string(),
            files: files.iter().filter(|file| file.voice.is_none()).count(),
            again,
        };
        Ok(page(StatusCode::OK, self.reader, filed(&self.frame(), &shown)))
    }

    fn draw(&self, status: StatusCode, faults: &[(FilingField, FilingFault)], trouble: Option<&str>) -> Response {
        page(status, self.reader, filing(&self.frame(), &self.draft(faults, trouble)))
    }

    /// What was read out; asked once more when the box was left empty.
    fn confirm(&self, faults: &[(FilingField, FilingFault)], asked: bool) -> Response {
        let (status, trouble) =
            if asked { (StatusCode::UNPROCESSABLE_ENTITY, Some(words::WRONG)) } else { (StatusCode::OK, None) };
        page(status, self.reader, confirm(&self.frame(), &self.draft(faults, trouble)))
    }

    fn draft<'b>(&'b self, faults: &'b [(FilingField, FilingFault)], trouble: Option<&'b str>) -> Draft<'b> {
        Draft {
            token: self.token,
            form: self.form,
            faults,
            trouble,
            towns: self.towns,
            files: &self.files,
            is_fresh: false,
        }
    }

    fn frame(&self) -> app::pages::public::Frame<'_> {
        frame(self.state, self.reader, if self.form.helped { FILING_FOR } else { FILING })
    }
}

fn broken(state: &AppState, reader: Reader, error: &ApiError) -> Response {
    tracing::error!(%error, "places of the form");
    say(state, reader, StatusCode::SERVICE_UNAVAILABLE, &Message::Ours)
}

/// Towns with their villages, and the codes of all of them.
async fn places(state: &AppState) -> Result<(Vec<Town>, BTreeSet<DivisionCode>), ApiError> {
    let divisions = state.store.divisions().await?;
    let mut towns: Vec<Town> = Vec::new();
    let mut known = BTreeSet::new();
    for Division { code, name } in divisions {
        let (town, is_town) = (code.town().map(str::to_owned), code.town() == Some(code.as_str()));
        let Some(town) = town else { continue };
        known.insert(code.clone());
        if is_town {
            towns.push(Town { code: town, name: name.as_str().to_owned(), villages: Vec::new() });
        } else if let Some(last) = towns.last_mut().filter(|last| last.code == town) {
            last.villages.push((code.as_str().to_owned(), name.as_str().to_owned()));
        }
    }
    Ok((towns, known))
}
