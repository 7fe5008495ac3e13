-- 领导接访: rules, what was changed of one day, bookings. A reception itself follows from these and the holidays.
CREATE TABLE reception_rule (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    last TEXT COLLATE "C",
    body TEXT COLLATE "C" NOT NULL
);
CREATE TABLE reception_change (
    rule TEXT COLLATE "C" NOT NULL REFERENCES reception_rule (id),
    planned TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (rule, planned)
);
-- active: 1 while it takes a place. person: a keyed hash of who booked. waits: 1 while the person is waited for.
CREATE TABLE booking (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    number TEXT COLLATE "C" NOT NULL UNIQUE,
    rule TEXT COLLATE "C" NOT NULL REFERENCES reception_rule (id),
    planned TEXT COLLATE "C" NOT NULL,
    slot BIGINT NOT NULL,
    person TEXT COLLATE "C" NOT NULL,
    matter TEXT COLLATE "C" REFERENCES matter (id),
    active BIGINT NOT NULL,
    waits BIGINT NOT NULL,
    body TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX booking_place ON booking (rule, planned, slot) WHERE active = 1;
CREATE INDEX booking_by_person ON booking (person) WHERE waits = 1;
CREATE INDEX booking_waiting ON booking (planned) WHERE waits = 1;
CREATE INDEX booking_by_matter ON booking (matter) WHERE matter IS NOT NULL;
-- 说事点.
CREATE TABLE talk_point (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    division TEXT COLLATE "C" NOT NULL,
    closed BIGINT NOT NULL,
    body TEXT COLLATE "C" NOT NULL
);
