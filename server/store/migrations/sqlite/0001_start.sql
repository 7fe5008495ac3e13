-- The first schema. The tree for the other database has the same tables and columns under the same
-- file name; a test compares them. Steps are numbered and never edited.
--
-- Everything is text or a whole number: ids, days (YYYY-MM-DD) and digests are text, moments are
-- milliseconds since 1970, documents are JSON in text, yes and no are 1 and 0.

-- 责任单位
CREATE TABLE unit (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    phone TEXT NOT NULL
) STRICT;

-- 区划; the parent may be unknown, so it is no reference.
CREATE TABLE division (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    parent TEXT
) STRICT;
CREATE INDEX division_by_parent ON division (parent, code);

-- 账号
CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    badge TEXT NOT NULL,
    office TEXT NOT NULL,
    role TEXT NOT NULL,
    unit TEXT REFERENCES unit (id),
    active INTEGER NOT NULL
) STRICT;
CREATE INDEX account_by_unit ON account (unit);

-- 责任区
CREATE TABLE account_area (
    account TEXT NOT NULL REFERENCES account (id),
    code TEXT NOT NULL,
    PRIMARY KEY (account, code)
) STRICT;

-- Sessions: the digest of the token, never the token.
CREATE TABLE session (
    token TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_account ON session (account);
CREATE INDEX session_by_expiry ON session (expires_at);

-- Failed tries, by hashed key.
CREATE TABLE failure (
    key TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX failure_by_key ON failure (key, at);
CREATE INDEX failure_by_time ON failure (at);

-- 户; the body is the card.
CREATE TABLE household (
    id TEXT NOT NULL PRIMARY KEY,
    source_key TEXT NOT NULL UNIQUE,
    division TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- 信访事项: the state as it is. head and length name the end of its journal.
CREATE TABLE matter (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    source_key TEXT UNIQUE,
    head TEXT NOT NULL,
    length INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- What lists filter and sort by, narrow so that a scan is quick. due is the day of the nearest
-- running clock, 9999-12-31 without one.
CREATE TABLE matter_index (
    matter TEXT NOT NULL PRIMARY KEY REFERENCES matter (id),
    number TEXT NOT NULL,
    stage TEXT NOT NULL,
    unit TEXT REFERENCES unit (id),
    handler TEXT REFERENCES account (id),
    place TEXT,
    due TEXT NOT NULL,
    round INTEGER NOT NULL,
    said_unsolved INTEGER NOT NULL,
    keys TEXT NOT NULL
) STRICT;
CREATE INDEX matter_index_by_due ON matter_index (due, number);
CREATE INDEX matter_index_by_stage ON matter_index (stage, due, number);
CREATE INDEX matter_index_by_unit ON matter_index (unit, due, number);
CREATE INDEX matter_index_by_handler ON matter_index (handler);
CREATE INDEX matter_index_by_place ON matter_index (place);

-- The journal: hash = SHA-256 of the previous hash and this entry.
CREATE TABLE journal (
    matter TEXT NOT NULL REFERENCES matter (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by_account TEXT REFERENCES account (id),
    event TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (matter, seq)
) STRICT;

-- 查询码: keyed hashes, every issue that there was. The one without an end holds.
CREATE TABLE code_issue (
    hash TEXT NOT NULL PRIMARY KEY,
    matter TEXT NOT NULL REFERENCES matter (id),
    issue INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    issued_by TEXT REFERENCES account (id),
    stopped_at INTEGER,
    UNIQUE (matter, issue)
) STRICT;

-- Commands that were done, with their answers.
CREATE TABLE command (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    matter TEXT NOT NULL REFERENCES matter (id),
    at INTEGER NOT NULL,
    answer TEXT NOT NULL
) STRICT;

-- Records from the field, as they were sent. What they name need not exist.
CREATE TABLE record (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL,
    device TEXT NOT NULL,
    device_seq INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    matter TEXT,
    household TEXT,
    digest TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX record_by_matter ON record (matter);
CREATE INDEX record_by_household ON record (household);

-- Their receipts.
CREATE TABLE receipt (
    record TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
    seq INTEGER NOT NULL UNIQUE,
    received_at INTEGER NOT NULL,
    flagged INTEGER NOT NULL,
    flags TEXT NOT NULL,
    raised TEXT NOT NULL
) STRICT;
CREATE INDEX receipt_by_flag ON receipt (flagged, seq);

-- Counters that have no gaps: one for the receipts, one for each change feed.
CREATE TABLE counter (
    name TEXT NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL
) STRICT;

-- Change feeds for the pull: the last change of each item in each feed and place.
CREATE TABLE feed (
    feed TEXT NOT NULL,
    place TEXT NOT NULL,
    item_kind TEXT NOT NULL,
    item_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    PRIMARY KEY (feed, place, item_kind, item_id)
) STRICT;
CREATE UNIQUE INDEX feed_by_seq ON feed (feed, seq);

-- Which database this is: a cursor of another one means nothing here.
CREATE TABLE lineage (
    id TEXT NOT NULL PRIMARY KEY
) STRICT;
INSERT INTO lineage (id) VALUES (lower(hex(randomblob(16))));
