-- Records that could not be read, as a phone handed them in before it was wiped: still in their envelopes.
-- taken_at: since then it is a record like any other.
CREATE TABLE kept_aside (
    record TEXT NOT NULL,
    digest TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (id),
    device TEXT NOT NULL,
    reason TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    envelope BLOB NOT NULL,
    taken_at INTEGER,
    PRIMARY KEY (record, digest)
) STRICT;
CREATE INDEX kept_aside_by_device ON kept_aside (account, device);
