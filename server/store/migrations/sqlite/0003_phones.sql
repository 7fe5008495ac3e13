-- Phones: each browser in which an account signed in. A revoked one hands its records in and does
-- nothing else.
CREATE TABLE device (
    account TEXT NOT NULL REFERENCES account (id),
    id TEXT NOT NULL,
    label TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    revoked_at INTEGER,
    revoked_by TEXT REFERENCES account (id),
    PRIMARY KEY (account, id)
) STRICT;

-- 查询码 given to phones ahead, to be handed out at the door without a network: keyed hashes only.
-- The number n counts the codes of one phone; the server derives the code again from it. One with a
-- matter is used up.
CREATE TABLE code_reserve (
    hash TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    device TEXT NOT NULL,
    n INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    matter TEXT REFERENCES matter (id),
    UNIQUE (account, device, n)
) STRICT;

-- Comparing what a phone holds with what is here.
CREATE INDEX record_by_account ON record (account, id);
