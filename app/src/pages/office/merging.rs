//! What came over the network was registered by nobody: the clerk who opens it sees what looks like it, as at the
//! registration desk, and merges it into one of those (重件 there, 存 here) or goes on with it as it is.

use case_core::actor::Role;
use case_core::id::{CommandId, MatterId};
use case_core::matter::{Command, CommandKind, FilingGround, Proposal, RepeatIntake};
use case_core::text::Paragraph;
use case_core::wire::desk::{AlikeMatter, AlikeRequest, CommandRequest, MatterFile};
use leptos::prelude::*;

use super::file::ready;
use super::register::alike::{Alike, panel};
use crate::browser;
use crate::client::matters;
use crate::components::notice::Failure;
use crate::load::{Load, Loader};
use crate::text::screen::register as words;
use crate::who::use_who;

/// Whether it is the clerk's to merge.
fn is_open(file: &MatterFile) -> bool {
    file.matter.is_filed_online() && !file.masked && file.permitted.contains(&CommandKind::ProposeFiling)
}

fn request(file: &MatterFile) -> AlikeRequest {
    let registration = &file.matter.registration;
    let petitioner = &registration.petitioner;
    let demands: Vec<&str> = registration.demands.iter().map(|demand| demand.0.as_str()).collect();
    let text = [registration.title.as_str(), "\n", registration.content.as_str(), "\n", &demands.join("\n")].concat();
    AlikeRequest {
        name: petitioner.name.as_str().to_owned(),
        phone: petitioner.phone.as_ref().map_or_else(String::new, |phone| phone.as_str().to_owned()),
        address: petitioner.address.as_ref().map_or_else(String::new, |address| address.as_str().to_owned()),
        text,
        place: registration.place.clone(),
        household: None,
    }
}

/// It, as another matter holds it.
fn repeat(file: &MatterFile) -> RepeatIntake {
    let registration = file.matter.registration.clone();
    RepeatIntake {
        title: registration.title,
        content: registration.content,
        channel: registration.channel,
        petitioner: registration.petitioner,
        received_on: registration.received_on,
        particulars: registration.particulars,
        number: None,
    }
}

/// The panel; nothing where nothing looks alike.
#[component]
pub fn Merging(
    /// The file.
    file: Loader<MatterFile>,
) -> impl IntoView {
    let who = use_who();
    let alike = Alike::new();
    let failure = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let looked = StoredValue::new(None::<MatterId>);
    Effect::new(move |_| {
        let state = file.state.get();
        let Load::Ready(now) = state else { return };
        if who.role() != Some(Role::Registrar) || !is_open(&now) {
            alike.show(Vec::new());
            return;
        }
        let id = now.matter.id;
        if looked.get_value() == Some(id) {
            return;
        }
        looked.set_value(Some(id));
        leptos::task::spawn_local(async move {
            // It only suggests: without it the clerk goes on.
            if let Ok(found) = matters::alike(&request(&now)).await {
                let others = found.into_iter().filter(|one| one.row.id != id).collect();
                if alike.found.try_get_untracked().is_some() {
                    alike.show(others);
                }
            }
        });
    });
    let link = move |found: AlikeMatter| {
        let Some(now) = ready(file.state.get_untracked()).filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        failure.set(None);
        leptos::task::spawn_local(async move {
            let done = merge(&now, &found).await;
            let _ = busy.try_set(false);
            match done {
                Ok(()) => file.reload(),
                Err(error) => {
                    who.heed(&error);
                    let _ = failure.try_set(Some(error.message()));
                }
            }
        });
    };
    view! {
        <Failure message=failure/>
        {panel(alike, link, || ())}
    }
}

/// Linked there first, so that nothing is put away that stands nowhere else; each is done once, however often it is
/// sent.
async fn merge(file: &MatterFile, into: &AlikeMatter) -> Result<(), crate::client::ClientError> {
    let matter = &file.matter;
    let link = Command::LinkIntake { intake: Box::new(repeat(file)) };
    matters::command(into.row.id, &CommandRequest::new(CommandId(matter.id.0), into.version, link)).await?;
    let Ok(reason) = Paragraph::parse(&words::merged_into(into.row.number.as_str())) else { return Ok(()) };
    let proposal = Proposal::File { ground: FilingGround::Merged, reason, into: Some(into.row.id) };
    let request = CommandRequest::new(CommandId(browser::new_uuid_v7()), matter.version, Command::Propose { proposal });
    matters::command(matter.id, &request).await.map(drop)
}
