//! 年度报告 (Article 41).

use app::text::{paths, report as words};
use case_core::actor::Actor;
use case_core::document::DocumentKind;
use case_core::report::Period;
use case_core::report::annual::year;
use case_core::wire::reports::ReportSheet;
use chrono::{Datelike as _, NaiveDate};

use super::load::{Loaded, moments};
use super::monthly;
use super::sheet::{Sheet, text};
use crate::error::ApiError;
use crate::state::AppState;

/// In the order of [`case_core::matter::OversightAct::ADVICE`].
const ADVICE: [DocumentKind; 3] =
    [DocumentKind::ImprovementAdvice, DocumentKind::PolicyAdvice, DocumentKind::AccountabilityAdvice];

pub(super) async fn make(
    state: &AppState,
    actor: &Actor,
    period: Period,
    today: NaiveDate,
) -> Result<ReportSheet, ApiError> {
    let loaded = Loaded::until(state, actor, period.until(), None).await?;
    let counted = year(&loaded.items, period, today);
    let mut kinds = ADVICE.to_vec();
    kinds.push(DocumentKind::SupervisionNotice);
    let papers = state.store.documents_of_kinds(&kinds, moments(period.from(), period.until())).await?;
    let issued = |kind| papers.iter().filter(|paper| paper.kind == kind).count().to_string();

    let mut sheet = Sheet::new(&loaded);
    monthly::totals(&mut sheet, &counted.figures);
    monthly::categories(&mut sheet, &counted.figures);
    sheet.groups_with(words::part::MOST, Some(words::MOST_NOTE), words::GROUP[1], &counted.most, |unit| {
        unit.map_or(words::NO_UNIT, |unit| loaded.unit(unit)).to_owned()
    });
    let sent = vec![
        sheet.number(&counted.sent),
        sheet.number(&counted.ordered),
        sheet.number(&counted.supervised),
        text(issued(DocumentKind::SupervisionNotice)),
    ];
    sheet.table(words::part::SENT, None, &words::SENT_HEAD, vec![sent]);
    let mut advice = Vec::new();
    for (kind, one) in ADVICE.into_iter().zip(&counted.advice) {
        let mut row = vec![text(paths::oversight(one.act)), text(issued(kind))];
        row.extend([&one.given, &one.adopted, &one.partly, &one.refused, &one.open].map(|tally| sheet.number(tally)));
        advice.push(row);
    }
    sheet.table(words::part::ADVICE, Some(words::ADVICE_NOTE), &words::ADVICE_HEAD, advice);
    let suggestions = [&counted.suggestions, &counted.suggestions_answered].map(|tally| sheet.number(tally));
    sheet.table(words::part::SUGGESTIONS, None, &words::SUGGESTION_HEAD, vec![suggestions.to_vec()]);
    monthly::rates(&mut sheet, &counted.figures);
    sheet.table(words::part::OTHER, Some(words::OTHER_NOTE), &[], Vec::new());
    let title = [&period.from().year().to_string(), "年", words::ANNUAL].concat();
    Ok(sheet.finish(state, &title, words::period(period.from(), period.until()), today, false))
}
