-- Phones: each browser in which an account signed in. A revoked one hands its records in and does
-- nothing else.
CREATE TABLE device (
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    id TEXT COLLATE "C" NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    revoked_at BIGINT,
    revoked_by TEXT COLLATE "C" REFERENCES account (id),
    PRIMARY KEY (account, id)
);

-- 查询码 given to phones ahead, to be handed out at the door without a network: keyed hashes only.
-- The number n counts the codes of one phone; the server derives the code again from it. One with a
-- matter is used up.
CREATE TABLE code_reserve (
    hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    device TEXT COLLATE "C" NOT NULL,
    n BIGINT NOT NULL,
    issued_at BIGINT NOT NULL,
    matter TEXT COLLATE "C" REFERENCES matter (id),
    UNIQUE (account, device, n)
);

-- Comparing what a phone holds with what is here.
CREATE INDEX record_by_account ON record (account, id);
