-- 文书 as they were issued: one row for each version, written once and never changed. Versions of one
-- document have one number; the next of each sequence comes from counter, in the same transaction.
-- content is what stands on the paper, as JSON; digest covers it with number, version and day. token is
-- the keyed hash of what the QR code proves it with.
CREATE TABLE document (
    id TEXT NOT NULL PRIMARY KEY,
    matter TEXT NOT NULL REFERENCES matter (id),
    kind TEXT NOT NULL,
    round INTEGER NOT NULL,
    sequence TEXT NOT NULL,
    serial INTEGER NOT NULL,
    version INTEGER NOT NULL,
    number TEXT NOT NULL,
    organ TEXT NOT NULL,
    title TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    issued_by TEXT NOT NULL REFERENCES account (id),
    replaces TEXT UNIQUE REFERENCES document (id),
    reason TEXT,
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,
    UNIQUE (sequence, serial, version)
) STRICT;
CREATE INDEX document_by_matter ON document (matter, issued_at);
