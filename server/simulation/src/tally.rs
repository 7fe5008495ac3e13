//! What happened, in numbers.

macro_rules! tally {
    ($($(#[$doc:meta])* $field:ident),+ $(,)?) => {
        /// What happened.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Tally { $($(#[$doc])* pub $field: u64),+ }

        impl Tally {
            /// Adds another's.
            pub fn add(&mut self, other: &Self) { $(self.$field += other.$field;)+ }
            /// By name.
            #[must_use]
            pub fn all(&self) -> Vec<(&'static str, u64)> { vec![$((stringify!($field), self.$field)),+] }
        }
    };
}

tally!(
    /// Milliseconds of simulated time, over all phones.
    phone_ms,
    /// Days of phones on which something was saved, or asked for and answered by the server.
    days_in_use,
    /// Moves of the world.
    moves,
    /// Requests of phones.
    requests,
    /// Statements of the database.
    statements,
    /// Records that an official was told are saved.
    saved,
    /// Records on the server in the end.
    on_server,
    /// Files of those.
    files,
    /// Of them said lost.
    files_lost,
    /// Codes given at doors.
    codes_given,
    /// Matters raised at doors.
    raised,
    /// Roster edits that clashed.
    clashes,
    /// Records with any flag.
    flagged,
    /// Two taps on "save".
    double_taps,
    /// Phones whose power went.
    power_cuts,
    /// Servers whose power went in the middle of a request.
    server_cuts,
    /// Backups put back.
    restores,
    /// Records that a restore took from the server.
    lost_by_restores,
    /// Records that only a wiped phone and a replaced database had: nobody can bring them back.
    beyond_help,
    /// Phones shut out.
    shut_out,
    /// Phones that wiped themselves.
    wiped,
    /// Clocks set wrong.
    clock_jumps,
    /// Sessions ended by the server or with the cookie.
    sessions_ended,
    /// Days at a stretch without contact.
    long_absences,
    /// Parts found expired.
    expired,
    /// Wrong PINs typed.
    wrong_pins,
    /// Disk operations that found the disk full.
    disk_full,
    /// Saves that failed visibly.
    refused_by_disk,
    /// Batches of records that were sent before the one in front of them was answered.
    behind_another,
    /// Requests that were too large for what stands before the server.
    too_large,
    /// Requests that an older server could not read.
    unreadable,
    /// Records that it set aside.
    set_aside,
    /// Requests with what was set aside, before a wipe.
    handed_in,
    /// Records that were to be sent later.
    put_off,
    /// Answers whose parts were mixed up.
    mixed_up,
    /// Comparisons that found other content.
    other_content,
    /// Records that somebody sent again after they had been set aside.
    tried_again,
    /// Requests that never arrived.
    requests_lost,
    /// Replies that never arrived.
    replies_lost,
    /// Requests that arrived twice.
    doubled_requests,
    /// Requests that arrived after their sender had given up.
    late,
    /// 500, 503, 429 before the server was asked.
    refused_unasked,
    /// Answers that are not the server's.
    strange_answers,
    /// Changes at the office: decisions, imports.
    office,
);
