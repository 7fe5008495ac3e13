-- Records that could not be read, as a phone handed them in before it was wiped: still in their envelopes.
-- taken_at: since then it is a record like any other.
CREATE TABLE kept_aside (
    record TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    device TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    received_at BIGINT NOT NULL,
    envelope BYTEA NOT NULL,
    taken_at BIGINT,
    PRIMARY KEY (record, digest)
);
CREATE INDEX kept_aside_by_device ON kept_aside (account, device);
