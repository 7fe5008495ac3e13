//! An appointment as a calendar file (RFC 5545). It says who, when and where, and nothing of any matter.

use crate::time::Moment;

/// What stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IcsEvent<'a> {
    /// Unique, and the same for each copy of the appointment.
    pub uid: &'a str,
    /// When it was written.
    pub stamp: Moment,
    /// From when until when; of what is called off it may be unknown, and the file says what it takes back by its name.
    pub when: Option<(Moment, Moment)>,
    /// RFC 5545, 3.8.7.4: a later copy has a higher number, or a calendar keeps the one that it has.
    pub sequence: u32,
    /// One line.
    pub summary: &'a str,
    /// Where.
    pub location: &'a str,
    /// More.
    pub description: &'a str,
    /// It is not held, or was cancelled.
    pub cancelled: bool,
}

/// The file: lines of at most 75 octets that end in CR LF, times in UTC.
#[must_use]
pub fn ics(event: &IcsEvent<'_>) -> String {
    let status = if event.cancelled { "CANCELLED" } else { "CONFIRMED" };
    let mut file = String::new();
    let mut line = |name: &str, value: &str| fold_into(&mut file, &[name, ":", value].concat());
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Huiyin//Reception//ZH");
    line("METHOD", if event.cancelled { "CANCEL" } else { "PUBLISH" });
    line("BEGIN", "VEVENT");
    line("UID", &escaped(event.uid));
    line("DTSTAMP", &utc(event.stamp));
    if let Some((begins, ends)) = event.when {
        line("DTSTART", &utc(begins));
        line("DTEND", &utc(ends));
    }
    line("SUMMARY", &escaped(event.summary));
    line("LOCATION", &escaped(event.location));
    line("DESCRIPTION", &escaped(event.description));
    line("STATUS", status);
    line("SEQUENCE", &event.sequence.to_string());
    if !event.cancelled {
        // The evening before, to put the papers together.
        line("BEGIN", "VALARM");
        line("ACTION", "DISPLAY");
        line("DESCRIPTION", &escaped(event.summary));
        line("TRIGGER", "-PT15H");
        line("END", "VALARM");
    }
    line("END", "VEVENT");
    line("END", "VCALENDAR");
    file
}

/// `20260315T010000Z`.
fn utc(at: Moment) -> String {
    const CHINA_MS: i64 = 8 * 3_600_000;
    at.plus_ms(-CHINA_MS).local().format("%Y%m%dT%H%M%SZ").to_string()
}

/// Section 3.3.11: backslash, semicolon, comma and line breaks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Section 3.1: a longer line goes on in the next, after a blank, and no character is cut.
fn fold_into(file: &mut String, line: &str) {
    const MOST: usize = 75;
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > MOST {
            file.push_str("\r\n ");
            used = 1;
        }
        file.push(c);
        used += c.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn event<'a>(summary: &'a str, description: &'a str) -> IcsEvent<'a> {
        IcsEvent {
            uid: "1@x",
            stamp: Moment::from_local(2026, 3, 1, 8, 0).unwrap(),
            when: Moment::from_local(2026, 3, 16, 7, 30).zip(Moment::from_local(2026, 3, 16, 8, 0)),
            sequence: 3,
            summary,
            location: "县信访局,一楼;东",
            description,
            cancelled: false,
        }
    }

    #[test]
    fn times_are_in_utc_and_special_characters_are_escaped() {
        let file = ics(&event("见\\面", "第一行\n第二行\r"));
        assert!(file.contains("DTSTART:20260315T233000Z\r\n") && file.contains("DTEND:20260316T000000Z\r\n"));
        assert!(file.contains("LOCATION:县信访局\\,一楼\\;东\r\n"));
        assert!(file.contains("SUMMARY:见\\\\面\r\n") && file.contains("DESCRIPTION:第一行\\n第二行\r\n"));
        assert!(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && file.ends_with("END:VCALENDAR\r\n"));
        assert!(file.contains("SEQUENCE:3\r\n"));
        let off = ics(&IcsEvent { cancelled: true, when: None, ..event("x", "y") });
        assert!(!off.contains("DTSTART") && !off.contains("DTEND"));
        assert!(off.contains("STATUS:CANCELLED") && off.contains("METHOD:CANCEL") && !off.contains("VALARM"));
    }

    proptest! {
        #[test]
        fn no_line_is_longer_than_75_octets_and_nothing_is_lost(text in "[ -~\u{4e00}-\u{4eff}\n]{0,300}") {
            let file = ics(&event(&text, "x"));
            for line in file.split("\r\n") {
                prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']));
            }
            let unfolded = file.replace("\r\n ", "");
            let line = unfolded.split("\r\n").find(|line| line.starts_with("SUMMARY:")).unwrap();
            prop_assert_eq!(line.trim_start_matches("SUMMARY:"), escaped(&text));
        }
    }
}
