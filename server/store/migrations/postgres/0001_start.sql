-- The first schema. The tree for the other database has the same tables and columns under the same
-- file name; a test compares them. Steps are numbered and never edited.
--
-- Text is compared by its bytes (COLLATE "C"), as the other database does.
-- Everything is text or a whole number: ids, days (YYYY-MM-DD) and digests are text, moments are
-- milliseconds since 1970, documents are JSON in text, yes and no are 1 and 0.

-- 责任单位
CREATE TABLE unit (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    phone TEXT COLLATE "C" NOT NULL
);

-- 区划; the parent may be unknown, so it is no reference.
CREATE TABLE division (
    code TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    parent TEXT COLLATE "C"
);
CREATE INDEX division_by_parent ON division (parent, code);

-- 账号
CREATE TABLE account (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    login TEXT COLLATE "C" NOT NULL UNIQUE,
    password_hash TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    badge TEXT COLLATE "C" NOT NULL,
    office TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" REFERENCES unit (id),
    active BIGINT NOT NULL
);
CREATE INDEX account_by_unit ON account (unit);

-- 责任区
CREATE TABLE account_area (
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    code TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (account, code)
);

-- Sessions: the digest of the token, never the token.
CREATE TABLE session (
    token TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_by_account ON session (account);
CREATE INDEX session_by_expiry ON session (expires_at);

-- Failed tries, by hashed key.
CREATE TABLE failure (
    key TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX failure_by_key ON failure (key, at);
CREATE INDEX failure_by_time ON failure (at);

-- 户; the body is the card.
CREATE TABLE household (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    source_key TEXT COLLATE "C" NOT NULL UNIQUE,
    division TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL
);

-- 信访事项: the state as it is. head and length name the end of its journal.
CREATE TABLE matter (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    number TEXT COLLATE "C" NOT NULL UNIQUE,
    source_key TEXT COLLATE "C" UNIQUE,
    head TEXT COLLATE "C" NOT NULL,
    length BIGINT NOT NULL,
    body TEXT COLLATE "C" NOT NULL
);

-- What lists filter and sort by, narrow so that a scan is quick. due is the day of the nearest
-- running clock, 9999-12-31 without one.
CREATE TABLE matter_index (
    matter TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES matter (id),
    number TEXT COLLATE "C" NOT NULL,
    stage TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" REFERENCES unit (id),
    handler TEXT COLLATE "C" REFERENCES account (id),
    place TEXT COLLATE "C",
    due TEXT COLLATE "C" NOT NULL,
    round BIGINT NOT NULL,
    said_unsolved BIGINT NOT NULL,
    keys TEXT COLLATE "C" NOT NULL
);
CREATE INDEX matter_index_by_due ON matter_index (due, number);
CREATE INDEX matter_index_by_stage ON matter_index (stage, due, number);
CREATE INDEX matter_index_by_unit ON matter_index (unit, due, number);
CREATE INDEX matter_index_by_handler ON matter_index (handler);
CREATE INDEX matter_index_by_place ON matter_index (place);

-- The journal: hash = SHA-256 of the previous hash and this entry.
CREATE TABLE journal (
    matter TEXT COLLATE "C" NOT NULL REFERENCES matter (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    by_account TEXT COLLATE "C" REFERENCES account (id),
    event TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (matter, seq)
);

-- 查询码: keyed hashes, every issue that there was. The one without an end holds.
CREATE TABLE code_issue (
    hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    matter TEXT COLLATE "C" NOT NULL REFERENCES matter (id),
    issue BIGINT NOT NULL,
    issued_at BIGINT NOT NULL,
    issued_by TEXT COLLATE "C" REFERENCES account (id),
    stopped_at BIGINT,
    UNIQUE (matter, issue)
);

-- Commands that were done, with their answers.
CREATE TABLE command (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    matter TEXT COLLATE "C" NOT NULL REFERENCES matter (id),
    at BIGINT NOT NULL,
    answer TEXT COLLATE "C" NOT NULL
);

-- Records from the field, as they were sent. What they name need not exist.
CREATE TABLE record (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    kind TEXT COLLATE "C" NOT NULL,
    device TEXT COLLATE "C" NOT NULL,
    device_seq BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    matter TEXT COLLATE "C",
    household TEXT COLLATE "C",
    digest TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL
);
CREATE INDEX record_by_matter ON record (matter);
CREATE INDEX record_by_household ON record (household);

-- Their receipts.
CREATE TABLE receipt (
    record TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES record (id),
    seq BIGINT NOT NULL UNIQUE,
    received_at BIGINT NOT NULL,
    flagged BIGINT NOT NULL,
    flags TEXT COLLATE "C" NOT NULL,
    raised TEXT COLLATE "C" NOT NULL
);
CREATE INDEX receipt_by_flag ON receipt (flagged, seq);

-- Counters that have no gaps: one for the receipts, one for each change feed.
CREATE TABLE counter (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL
);

-- Change feeds for the pull: the last change of each item in each feed and place.
CREATE TABLE feed (
    feed TEXT COLLATE "C" NOT NULL,
    place TEXT COLLATE "C" NOT NULL,
    item_kind TEXT COLLATE "C" NOT NULL,
    item_id TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    gone BIGINT NOT NULL,
    PRIMARY KEY (feed, place, item_kind, item_id)
);
CREATE UNIQUE INDEX feed_by_seq ON feed (feed, seq);

-- Which database this is: a cursor of another one means nothing here.
CREATE TABLE lineage (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY
);
INSERT INTO lineage (id) VALUES (replace(gen_random_uuid()::text, '-', ''));
