//! `huiyin sealed-channel`: the keys of the channel for 检举控告, from the machine's own command line.

use std::io::BufRead as _;

use case_core::time::Moment;
use case_store::{JournalCheck, Store};
use clap::Subcommand;
use huiyin::use_cases::sealed_reports;

use crate::Outcome;

#[derive(Subcommand)]
pub(crate) enum SealedChannel {
    /// Opens the channel: makes the key of its first officer. The passphrase is read from HUIYIN_PASSPHRASE, or
    /// else as one line from standard input; it is kept nowhere, and nobody can bring it back.
    Init {
        /// 账号.
        login: String,
    },
    /// Makes a further officer. Reads the new passphrase (HUIYIN_PASSPHRASE or a line), then that of the officer
    /// who lets the new one in (HUIYIN_PASSPHRASE_BY or a further line).
    Add {
        /// 账号.
        login: String,
        /// The login of an officer who is there.
        #[arg(long)]
        by: String,
    },
    /// Puts an officer's key under another passphrase. Reads the new one (HUIYIN_PASSPHRASE or a line), then the old
    /// one (HUIYIN_PASSPHRASE_BY or a further line).
    Passphrase {
        /// 账号.
        login: String,
    },
    /// Says what was done to the keys, and whether the journals of keys and reports are whole.
    Verify,
}

/// From the environment, or a line of standard input.
fn secret(variable: &str, asked: &str) -> Result<String, Box<dyn std::error::Error>> {
    if let Ok(passphrase) = std::env::var(variable) {
        return Ok(passphrase);
    }
    eprintln!("{asked}:");
    let mut line = String::new();
    if std::io::stdin().lock().read_line(&mut line)? == 0 {
        return Err(format!("{asked}: give it in {variable} or on standard input").into());
    }
    Ok(line.trim().to_owned())
}

pub(crate) async fn run(store: &Store, command: SealedChannel) -> Outcome {
    let now = Moment(chrono::Utc::now().timestamp_millis());
    match command {
        SealedChannel::Init { login } => {
            let passphrase = secret("HUIYIN_PASSPHRASE", "passphrase")?;
            sealed_reports::init(store, &login, &passphrase, now).await?;
            println!("the channel is open; let a second officer in, for a passphrase cannot be brought back");
        }
        SealedChannel::Add { login, by } => {
            let passphrase = secret("HUIYIN_PASSPHRASE", "passphrase of the new officer")?;
            let there = secret("HUIYIN_PASSPHRASE_BY", "passphrase of the officer who is there")?;
            let opened = sealed_reports::add(store, &login, &passphrase, (&by, &there), now).await?;
            println!("done; {opened} reports can be opened by the new officer");
        }
        SealedChannel::Passphrase { login } => {
            let login = login.trim().to_lowercase();
            let account = store.account_by_login(&login).await?.ok_or("no such account")?.actor.account;
            let new = secret("HUIYIN_PASSPHRASE", "new passphrase")?;
            let old = secret("HUIYIN_PASSPHRASE_BY", "old passphrase")?;
            sealed_reports::change_passphrase(store, account, &old, &new, now).await?;
            println!("done");
        }
        SealedChannel::Verify => return verify(store).await,
    }
    Ok(())
}

async fn verify(store: &Store) -> Outcome {
    for line in store.sealed_key_journal().await? {
        println!("{} {} {}", app::format::full_day(line.at.date()), line.name, line.deed.code());
    }
    let mut whole = true;
    if let Some(line) = store.verify_sealed_keys().await? {
        println!("the journal of the keys was altered at line {line}");
        whole = false;
    }
    for (report, check) in store.verify_sealed().await? {
        match check {
            JournalCheck::BrokenAt(line) => println!("report {report}: altered at line {line}"),
            JournalCheck::CutShort => println!("report {report}: lines are missing"),
            JournalCheck::StateDiffers | JournalCheck::ListDiffers | JournalCheck::NotFound | JournalCheck::Intact => {
                println!("report {report}: its stage is not what its lines say");
            }
        }
        whole = false;
    }
    if whole {
        println!("whole");
        Ok(())
    } else {
        Err("the sealed channel's journals were altered".into())
    }
}
