//! Settings: from the environment, each with a default that suits one machine.

use std::net::SocketAddr;
use std::path::PathBuf;

use case_core::report::MonthStart;
use case_core::time::{LastDay, Rules};

use crate::guard::Alarm;
use crate::notices::gateway::{self, SmsSettings};
use crate::notices::push::{self, PushHost};

/// What an operator can set. README.md lists the variables.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `DATABASE_URL`: `sqlite:PATH` (default `sqlite:data/huiyin.db`) or `postgres://…`.
    pub database_url: String,
    /// `HUIYIN_ADDR`: where to listen; default `127.0.0.1:3000`.
    pub address: SocketAddr,
    /// `HUIYIN_BASE_URL`: how people reach the server; stands on receipts and in QR codes.
    pub base_url: String,
    /// `HUIYIN_SECRET_FILE`: 32 random bytes, made at the first start; default `data/huiyin.secret`.
    /// Whoever loses it loses all query codes: it belongs into the backup.
    pub secret_file: PathBuf,
    /// `HUIYIN_SITE`: the folder with the built pages; default `site`.
    pub site: PathBuf,
    /// `HUIYIN_HOLIDAYS`: a holiday table to use instead of the shipped one.
    pub holidays: Option<PathBuf>,
    /// `HUIYIN_OFFICE_NAME`: 登记机构, on receipts and public pages.
    pub office_name: String,
    /// `HUIYIN_OFFICE_PHONE`.
    pub office_phone: String,
    /// `HUIYIN_PROVINCE`: the first two digits of matter numbers.
    pub province: u8,
    /// `HUIYIN_TRUST_PROXY=1`: take the caller's address from `X-Forwarded-For`; only behind a
    /// proxy that sets it.
    pub trust_proxy: bool,
    /// `HUIYIN_CACHE_DAYS`: after so many days without contact a phone locks its work area; default 7.
    pub cache_days: u16,
    /// `HUIYIN_CLOCKS`: which local clocks run beside those of the regulation, by their names with commas
    /// between: `zhejiang`, `hotline`, `shandong`, `simple`, `silence`; `no-letters` ends the same-day stamps.
    pub rules: Rules,
    /// `HUIYIN_LAST_DAY=stays`: a last day on a statutory holiday stays; by default it moves.
    pub last_day: LastDay,
    /// `HUIYIN_MONTH_START`: the day on which a month of reports begins, 1 to 28; default 1. Where the month closes
    /// on the 20th it is 21.
    pub month_start: MonthStart,
    /// `HUIYIN_RESPONSE_DAYS`: so many natural days after a matter was sent to a unit the petitioner should have heard
    /// from it (响应率); default 3, as in 3天见面.
    pub response_days: u16,
    /// `HUIYIN_BOOKING_DAYS`: so many days after a reception its bookings that led to no matter are forgotten; default
    /// 365.
    pub booking_days: u16,
    /// `HUIYIN_PROOF_AFTER`, `HUIYIN_PROOF_BITS`: from when on a look-up asks for a proof of work, and how hard it is.
    pub alarm: Alarm,
    /// `HUIYIN_ANSWERS_MB`: so many megabytes of memory keep answers to look-ups for whoever asks again; default 64,
    /// some 20,000 answers of under 3 KB; 0 keeps none.
    pub answers_mb: u32,
    /// `HUIYIN_SMS_URL`, `HUIYIN_SMS_KEY_FILE`: the gateway for short messages; none: a clerk phones.
    pub sms: Option<SmsSettings>,
    /// `HUIYIN_PUSH_HOSTS`: push services that may be asked; `none` for none.
    pub push_hosts: Vec<PushHost>,
    /// `HUIYIN_LOG_FORMAT=json` for machines; default is for people.
    pub log_json: bool,
}

/// A variable that cannot be understood.
#[derive(Debug, thiserror::Error)]
#[error("{name}={value}: {why}")]
pub struct SettingsError {
    name: &'static str,
    value: String,
    why: String,
}

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    /// [`SettingsError`] names the variable.
    pub fn from_env() -> Result<Self, SettingsError> {
        Self::read(&|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()))
    }

    /// The anchors of the chains, beside the secret: away from the database.
    #[must_use]
    pub fn anchors_file(&self) -> PathBuf {
        self.secret_file.with_extension("anchors")
    }

    fn read(get: &dyn Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let address = parse("HUIYIN_ADDR", get("HUIYIN_ADDR").unwrap_or_else(|| "127.0.0.1:3000".into()))?;
        let or = |name: &str, default: &str| get(name).unwrap_or_else(|| default.to_owned());
        Ok(Self {
            database_url: or("DATABASE_URL", "sqlite:data/huiyin.db"),
            address,
            base_url: get("HUIYIN_BASE_URL")
                .unwrap_or_else(|| format!("http://{address}"))
                .trim_end_matches('/')
                .to_owned(),
            secret_file: or("HUIYIN_SECRET_FILE", "data/huiyin.secret").into(),
            site: or("HUIYIN_SITE", "site").into(),
            holidays: get("HUIYIN_HOLIDAYS").map(Into::into),
            office_name: or("HUIYIN_OFFICE_NAME", "县信访局"),
            office_phone: or("HUIYIN_OFFICE_PHONE", "12345"),
            province: parse("HUIYIN_PROVINCE", or("HUIYIN_PROVINCE", "35"))?,
            trust_proxy: get("HUIYIN_TRUST_PROXY").is_some_and(|v| v == "1" || v == "true"),
            cache_days: parse("HUIYIN_CACHE_DAYS", or("HUIYIN_CACHE_DAYS", "7"))?,
            rules: rules(&or("HUIYIN_CLOCKS", ""))?,
            last_day: last_day(or("HUIYIN_LAST_DAY", "moves"))?,
            month_start: parse("HUIYIN_MONTH_START", or("HUIYIN_MONTH_START", "1"))?,
            response_days: parse("HUIYIN_RESPONSE_DAYS", or("HUIYIN_RESPONSE_DAYS", "3"))?,
            booking_days: parse("HUIYIN_BOOKING_DAYS", or("HUIYIN_BOOKING_DAYS", "365"))?,
            alarm: alarm(&or)?,
            answers_mb: parse("HUIYIN_ANSWERS_MB", or("HUIYIN_ANSWERS_MB", "64"))?,
            sms: sms(get)?,
            push_hosts: push_hosts(or("HUIYIN_PUSH_HOSTS", push::HOSTS))?,
            log_json: get("HUIYIN_LOG_FORMAT").is_some_and(|v| v == "json"),
        })
    }
}

/// The regulation's clocks, and the local ones that the county uses.
fn rules(names: &str) -> Result<Rules, SettingsError> {
    let mut rules = Rules::default();
    for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match name {
            "zhejiang" => rules.local_decision = Some(5),
            "hotline" => rules.hotline = Some(5),
            "shandong" => rules.review_take = Some(3),
            "simple" => rules.simple = Some((3, 10)),
            "silence" => rules.silence_evaluation = Some((90, 120)),
            "no-letters" => rules.letters_same_day = false,
            other => {
                let why = "not one of zhejiang, hotline, shandong, simple, silence, no-letters".to_owned();
                return Err(SettingsError { name: "HUIYIN_CLOCKS", value: other.to_owned(), why });
            }
        }
    }
    Ok(rules)
}

fn alarm(or: &dyn Fn(&str, &str) -> String) -> Result<Alarm, SettingsError> {
    let Alarm { after, bits } = Alarm::default();
    let after = parse("HUIYIN_PROOF_AFTER", or("HUIYIN_PROOF_AFTER", &after.to_string()))?;
    let typed = or("HUIYIN_PROOF_BITS", &bits.to_string());
    let bits = parse("HUIYIN_PROOF_BITS", typed.clone())?;
    if bits > 24 {
        let why = "more than 24 would keep an old phone busy for minutes".to_owned();
        return Err(SettingsError { name: "HUIYIN_PROOF_BITS", value: typed, why });
    }
    Ok(Alarm { after, bits })
}

/// Both or none: without a key anybody could send in our name.
fn sms(get: &dyn Fn(&str) -> Option<String>) -> Result<Option<SmsSettings>, SettingsError> {
    let Some(url) = get("HUIYIN_SMS_URL") else { return Ok(None) };
    let open = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
    if !url.starts_with("https://") && !open.iter().any(|start| url.starts_with(start)) {
        let why = "neither https nor this machine".to_owned();
        return Err(SettingsError { name: "HUIYIN_SMS_URL", value: url, why });
    }
    let path = get("HUIYIN_SMS_KEY_FILE").unwrap_or_default();
    let bad = |why: String| SettingsError { name: "HUIYIN_SMS_KEY_FILE", value: path.clone(), why };
    let text = std::fs::read_to_string(&path).map_err(|error| bad(error.to_string()))?;
    let key = gateway::key(&text).ok_or_else(|| bad("a key of fewer than 16 bytes".to_owned()))?;
    Ok(Some(SmsSettings { url, key }))
}

fn push_hosts(value: String) -> Result<Vec<PushHost>, SettingsError> {
    let names = if value == "none" { "" } else { value.as_str() };
    let why = "not names of hosts with commas between".to_owned();
    PushHost::list(names).ok_or(SettingsError { name: "HUIYIN_PUSH_HOSTS", value, why })
}

fn last_day(value: String) -> Result<LastDay, SettingsError> {
    match value.as_str() {
        "moves" => Ok(LastDay::MovesOffHolidays),
        "stays" => Ok(LastDay::Stays),
        _ => Err(SettingsError { name: "HUIYIN_LAST_DAY", value, why: "neither moves nor stays".to_owned() }),
    }
}

fn parse<T: std::str::FromStr>(name: &'static str, value: String) -> Result<T, SettingsError>
where
    T::Err: std::fmt::Display,
{
    value.parse().map_err(|why: T::Err| SettingsError { name, why: why.to_string(), value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_environment_is_enough() {
        let settings = Settings::read(&|_| None).unwrap();
        assert_eq!(settings.base_url, "http://127.0.0.1:3000");
        assert!(!settings.trust_proxy);
    }

    #[test]
    fn local_clocks_run_when_they_are_named() {
        let with = |name: &'static str, value: &'static str| {
            Settings::read(&move |asked| (asked == name).then(|| value.to_owned()))
        };
        let settings = with("HUIYIN_CLOCKS", "zhejiang, simple,shandong,no-letters").unwrap();
        assert_eq!((settings.rules.local_decision, settings.rules.simple), (Some(5), Some((3, 10))));
        assert_eq!(settings.rules.review_take, Some(3));
        assert!(settings.rules.hotline.is_none() && !settings.rules.letters_same_day);
        assert!(with("HUIYIN_CLOCKS", "fast").unwrap_err().to_string().contains("fast"));
        assert_eq!(with("HUIYIN_LAST_DAY", "stays").unwrap().last_day, LastDay::Stays);
        assert!(with("HUIYIN_LAST_DAY", "?").is_err());
    }

    #[test]
    fn proofs_can_be_made_harder_or_left_out_but_not_endless() {
        let with = |name: &'static str, value: &'static str| {
            Settings::read(&move |asked| (asked == name).then(|| value.to_owned()))
        };
        assert_eq!(with("HUIYIN_PROOF_AFTER", "0").unwrap().alarm, Alarm { after: 0, bits: 16 });
        assert_eq!(with("HUIYIN_PROOF_BITS", "0").unwrap().alarm, Alarm { after: 60, bits: 0 });
        assert!(with("HUIYIN_PROOF_BITS", "25").unwrap_err().to_string().starts_with("HUIYIN_PROOF_BITS=25"));
        assert!(with("HUIYIN_PROOF_AFTER", "-1").is_err());
    }

    #[test]
    fn a_gateway_needs_a_key_and_a_safe_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key");
        std::fs::write(&file, "sixteen bytes and more").unwrap();
        let file = file.display().to_string();
        let with = |url: &'static str, key: String| {
            Settings::read(&move |asked| match asked {
                "HUIYIN_SMS_URL" => Some(url.to_owned()),
                "HUIYIN_SMS_KEY_FILE" => Some(key.clone()),
                _ => None,
            })
        };
        assert_eq!(with("https://sms.example/send", file.clone()).unwrap().sms.unwrap().key, b"sixteen bytes and more");
        assert!(with("http://127.0.0.1:9/send", file.clone()).is_ok());
        assert!(with("http://sms.example/send", file.clone()).unwrap_err().to_string().contains("HUIYIN_SMS_URL"));
        assert!(with("https://sms.example/send", "/no/such".to_owned()).is_err());
        std::fs::write(&file, "short").unwrap();
        assert!(with("https://sms.example/send", file).is_err());
        let hosts = |value: &'static str| {
            Settings::read(&move |asked| (asked == "HUIYIN_PUSH_HOSTS").then(|| value.to_owned()))
        };
        assert!(hosts("none").unwrap().push_hosts.is_empty());
        assert!(hosts("https://push.example").is_err());
    }

    #[test]
    fn a_bad_value_is_named() {
        let error = Settings::read(&|name| (name == "HUIYIN_ADDR").then(|| "x".into())).unwrap_err();
        assert!(error.to_string().starts_with("HUIYIN_ADDR=x"));
    }
}
