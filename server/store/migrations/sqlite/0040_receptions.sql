-- 领导接访: rules, what was changed of one day, bookings. A reception itself follows from these and the holidays.
CREATE TABLE reception_rule (
    id TEXT NOT NULL PRIMARY KEY,
    last TEXT,
    body TEXT NOT NULL
) STRICT;
CREATE TABLE reception_change (
    rule TEXT NOT NULL REFERENCES reception_rule (id),
    planned TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (rule, planned)
) STRICT;
-- active: 1 while it takes a place. person: a keyed hash of who booked. waits: 1 while the person is waited for.
CREATE TABLE booking (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    rule TEXT NOT NULL REFERENCES reception_rule (id),
    planned TEXT NOT NULL,
    slot INTEGER NOT NULL,
    person TEXT NOT NULL,
    matter TEXT REFERENCES matter (id),
    active INTEGER NOT NULL,
    waits INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX booking_place ON booking (rule, planned, slot) WHERE active = 1;
CREATE INDEX booking_by_person ON booking (person) WHERE waits = 1;
CREATE INDEX booking_waiting ON booking (planned) WHERE waits = 1;
CREATE INDEX booking_by_matter ON booking (matter) WHERE matter IS NOT NULL;
-- 说事点.
CREATE TABLE talk_point (
    id TEXT NOT NULL PRIMARY KEY,
    division TEXT NOT NULL,
    closed INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
