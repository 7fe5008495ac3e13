-- 文书 as they were issued: one row for each version, written once and never changed. Versions of one
-- document have one number; the next of each sequence comes from counter, in the same transaction.
-- content is what stands on the paper, as JSON; digest covers it with number, version and day. token is
-- the keyed hash of what the QR code proves it with.
CREATE TABLE document (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    matter TEXT COLLATE "C" NOT NULL REFERENCES matter (id),
    kind TEXT COLLATE "C" NOT NULL,
    round BIGINT NOT NULL,
    sequence TEXT COLLATE "C" NOT NULL,
    serial BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    organ TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    issued_at BIGINT NOT NULL,
    issued_by TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    replaces TEXT COLLATE "C" UNIQUE REFERENCES document (id),
    reason TEXT COLLATE "C",
    content TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    token TEXT COLLATE "C" NOT NULL UNIQUE,
    UNIQUE (sequence, serial, version)
);
CREATE INDEX document_by_matter ON document (matter, issued_at);
