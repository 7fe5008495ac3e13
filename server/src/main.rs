//! The command line.

#![allow(clippy::print_stdout, reason = "a command line speaks on standard output")]

use std::path::PathBuf;
use std::process::ExitCode;

use app::text;
use case_core::actor::{Actor, Role};
use case_core::audit::{Deed, Trace};
use case_core::id::{AccountId, UnitId};
use case_core::place::{Area, DivisionCode};
use case_core::text::{Paragraph, ShortText};
use case_core::time::Moment;
use case_import::Kind;
use case_store::{Anchor, Closing, NewAccount, Placed, Store};
use clap::{Parser, Subcommand};
use huiyin::anchors;
use huiyin::settings::Settings;
use huiyin::use_cases::units::{self, Merged};
use huiyin::use_cases::{demo, import, verify};
use tokio::net::TcpListener;

mod sealed_channel;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// 回音: the server of a county's petition work.
#[derive(Parser)]
#[command(version, about)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Starts the server.
    Serve {
        /// Fills an empty database with the demo county and prints its accounts. Never in production.
        #[arg(long)]
        demo: bool,
    },
    /// Imports a file: divisions, households or matters.
    Import {
        /// divisions, households or matters.
        kind: Kind,
        /// A CSV, XLSX or JSONL file.
        file: PathBuf,
    },
    /// Makes an account; the password is read from HUIYIN_PASSWORD.
    AddAccount {
        /// 账号.
        login: String,
        /// 姓名.
        #[arg(long)]
        name: String,
        /// 工号.
        #[arg(long)]
        badge: String,
        /// 职务.
        #[arg(long)]
        office: String,
        /// village_officer, village_head, town_clerk, town_leader, unit_handler, unit_head, registrar,
        /// supervisor, joint_office, county_leader, reviewer, sealed_officer, observer, admin,
        /// security_admin or audit_admin.
        #[arg(long)]
        role: String,
        /// The id of the unit that it belongs to.
        #[arg(long)]
        unit: Option<UnitId>,
        /// Division codes of its area.
        #[arg(long = "area")]
        areas: Vec<String>,
    },
    /// Makes a responsible unit and prints its id.
    AddUnit {
        /// 名称.
        name: String,
        /// 联系电话.
        phone: String,
        /// The id of the unit that it stands under.
        #[arg(long)]
        under: Option<UnitId>,
    },
    /// Puts a unit under another one, or at the top: what an official or unit is accused of is kept from all
    /// units that stand under them.
    PlaceUnit {
        /// The unit.
        unit: UnitId,
        /// The unit that it stands under; none: at the top.
        #[arg(long)]
        under: Option<UnitId>,
    },
    /// Closes a unit that was merged, divided or abolished: its people, the units under it and its matters go over to the
    /// unit that goes on with its duties, and nothing is sent to it any more.
    MergeUnit {
        /// The unit that is no more.
        unit: UnitId,
        /// The unit that goes on.
        #[arg(long)]
        into: UnitId,
        /// Why, in words: the petitioners read them.
        #[arg(long)]
        reason: String,
    },
    /// The keys of the channel for 检举控告.
    SealedChannel {
        #[command(subcommand)]
        command: sealed_channel::SealedChannel,
    },
    /// To be called once after a backup was restored: phones then load their work area anew.
    Restored,
    /// What is noted of every change.
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Writes a consistent copy of a SQLite database while the server runs.
    Backup {
        /// The file to write; must not exist.
        file: PathBuf,
    },
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Looks through all journals, records and the audit chain, names whatever was altered, removed or put
    /// in, and prints the anchors of today. Ends with 1 when anything does not fit.
    Verify {
        /// An anchor that was written down, to be compared; more than one can be given.
        #[arg(long = "anchor")]
        anchors: Vec<Anchor>,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("huiyin: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Outcome {
    let settings = Settings::from_env()?;
    huiyin::init_telemetry(settings.log_json);
    match command {
        Command::Serve { demo } => serve(settings, demo).await,
        Command::Import { kind, file } => import_file(settings, kind, file).await,
        Command::AddAccount { login, name, badge, office, role, unit, areas } => {
            let actor = Actor {
                account: AccountId(uuid::Uuid::now_v7()),
                name: ShortText::parse(&name)?,
                badge: ShortText::parse(&badge)?,
                office: ShortText::parse(&office)?,
                role: serde_json::from_value::<Role>(role.into())?,
                unit,
                area: Area(areas.iter().map(|code| DivisionCode::parse(code)).collect::<Result<_, _>>()?),
            };
            add_account(&settings, login, actor).await
        }
        Command::AddUnit { name, phone, under } => {
            let unit = case_core::wire::desk::Unit {
                id: UnitId(uuid::Uuid::now_v7()),
                name: ShortText::parse(&name)?,
                phone: ShortText::parse(&phone)?,
            };
            let store = Store::connect(&settings.database_url).await?;
            if let Some(above) = under {
                store.unit(above).await?.ok_or("there is no unit with the id given by --under")?;
            }
            store.upsert_units(std::slice::from_ref(&unit)).await?;
            store.place_unit(unit.id, under).await?;
            store.note(now(), &Deed::UnitSet { unit: unit.id }).await?;
            println!("{}", unit.id);
            Ok(())
        }
        Command::PlaceUnit { unit, under } => {
            match Store::connect(&settings.database_url).await?.place_unit(unit, under).await? {
                Placed::Done => Ok(()),
                Placed::Circle => Err("the unit given by --under stands under this unit".into()),
            }
        }
        Command::MergeUnit { unit, into, reason } => {
            let store = Store::connect(&settings.database_url).await?;
            let moved = match units::merge(&store, unit, into, &Paragraph::parse(&reason)?, now().at).await? {
                Merged::Moved(moved) => moved,
                Merged::Refused(Closing::Itself) => return Err("a unit cannot go on for itself".into()),
                Merged::Refused(_) => return Err("one of the units was merged or closed before".into()),
            };
            for set in [unit, into] {
                store.note(now(), &Deed::UnitSet { unit: set }).await?;
            }
            println!("{moved} matters moved");
            Ok(())
        }
        Command::SealedChannel { command } => {
            sealed_channel::run(&Store::connect(&settings.database_url).await?, command).await
        }
        Command::Restored => {
            Store::connect(&settings.database_url)
                .await?
                .begin_new_lineage(&uuid::Uuid::now_v7().simple().to_string(), now())
                .await?;
            // What was written down of the time that is lost does not fit any more.
            if let Some(kept) = anchors::set_aside(&settings.anchors_file())? {
                println!("{}", text::audit::anchors_kept(&kept.display().to_string()));
            }
            println!("phones will load their work area anew");
            Ok(())
        }
        Command::Audit { command: AuditCommand::Verify { anchors } } => {
            let store = Store::connect(&settings.database_url).await?;
            let verified =
                verify::run_noted(&store, &settings.anchors_file(), anchors, now(), &mut |line| println!("{line}"))
                    .await?;
            if verified.faults > 0 { Err(text::audit::FAULTS_FOUND.into()) } else { Ok(()) }
        }
        Command::Backup { file } => {
            let store = Store::connect(&settings.database_url).await?;
            // Noted first, so that the copy says so itself.
            store.note(now(), &Deed::BackedUp).await?;
            store.backup(&file).await?;
            println!("written: {}", file.display());
            Ok(())
        }
    }
}

/// The command line's deeds have no name.
fn now() -> Trace {
    Trace::system(Moment(chrono::Utc::now().timestamp_millis()))
}

async fn serve(settings: Settings, with_demo: bool) -> Outcome {
    let (address, base_url) = (settings.address, settings.base_url.clone());
    let state = huiyin::open(settings).await?;
    if with_demo {
        let accounts = demo::ensure(&state).await?;
        demo::open_sealed_channel(&state).await?;
        for account in accounts {
            println!("  {:<12} {:<16} {}", account.login, account.password, account.role);
        }
    }
    let listener = TcpListener::bind(address).await?;
    println!("回音 {base_url}");
    println!("  petitioners {base_url}/c");
    println!("  officials   {base_url}/w/");
    tokio::spawn(huiyin::jobs::sweep(state.clone()));
    tokio::spawn(huiyin::notices::run(state.clone()));
    let app = huiyin::build_router(state).into_make_service_with_connect_info::<std::net::SocketAddr>();
    axum::serve(listener, app).with_graceful_shutdown(stop_asked()).await?;
    Ok(())
}

async fn stop_asked() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        let _ = interrupt.await;
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}

async fn import_file(settings: Settings, kind: Kind, file: PathBuf) -> Outcome {
    let bytes = std::fs::read(&file)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let state = huiyin::open(settings).await?;
    let mut report = import::Report::for_terminal(Box::new(|progress| {
        let line = app::text::import::progress(
            progress.done,
            progress.total,
            progress.added,
            progress.unchanged,
            progress.updated,
            progress.bad,
        );
        eprint!("\r{line}   ");
    }));
    let result = import::run(&state, None, kind, &name, bytes, &mut report).await;
    let done = report.finish(result);
    eprintln!();
    for problem in &done.problems {
        println!("{}: {}", problem.row, problem.reason);
    }
    for note in &done.notes {
        println!("{note}");
    }
    println!(
        "{} rows, {} added, {} updated, {} unchanged, {} bad",
        done.total, done.added, done.updated, done.unchanged, done.bad
    );
    match done.failed {
        Some(reason) => Err(reason.into()),
        None => Ok(()),
    }
}

async fn add_account(settings: &Settings, login: String, actor: Actor) -> Outcome {
    let password = std::env::var("HUIYIN_PASSWORD").map_err(|_| "set HUIYIN_PASSWORD to the new password")?;
    if password.chars().count() < 10 {
        return Err("the password needs at least 10 characters".into());
    }
    let id = actor.account;
    let account = NewAccount {
        login: login.trim().to_lowercase(),
        password_hash: huiyin::session::hash_password(&password).map_err(|error| error.to_string())?,
        actor,
    };
    Store::connect(&settings.database_url).await?.create_account(&account, now()).await?;
    println!("{id}");
    Ok(())
}
