-- 单位上下级: under which unit a unit stands.
ALTER TABLE unit ADD COLUMN parent TEXT COLLATE "C" REFERENCES unit (id);
CREATE INDEX unit_by_parent ON unit (parent);

-- 渠道专员: the officers of the channel for 检举控告. The private key lies here only under the officer's
-- passphrase (JSON with salt and costs); the public one is what reports are sealed to.
CREATE TABLE sealed_officer (
    account TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES account (id),
    public BYTEA NOT NULL,
    wrapped TEXT COLLATE "C" NOT NULL
);

-- What was done to these keys, chained by hashes like a journal. by_account is empty for the command line.
CREATE TABLE sealed_key_journal (
    seq BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    by_account TEXT COLLATE "C" REFERENCES account (id),
    deed TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL
);

-- 检举控告件: all that is known of one without a key. head and length name the end of its journal; code and
-- word are keyed hashes.
CREATE TABLE sealed_report (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    number TEXT COLLATE "C" NOT NULL UNIQUE,
    received_on TEXT COLLATE "C" NOT NULL,
    stage TEXT COLLATE "C" NOT NULL,
    code TEXT COLLATE "C" NOT NULL UNIQUE,
    issue BIGINT NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    head TEXT COLLATE "C" NOT NULL,
    length BIGINT NOT NULL
);

-- Its journal. sealed is a digest of the words of the line together with 32 random bytes that are sealed
-- with them: it binds the copies to the line, and cannot be guessed from.
CREATE TABLE sealed_journal (
    report TEXT COLLATE "C" NOT NULL REFERENCES sealed_report (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    by_account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    step TEXT COLLATE "C" NOT NULL,
    sealed TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (report, seq)
);

-- The words of each line, one envelope for every officer who may know of the report. Who has none cannot
-- even see that there is one.
CREATE TABLE sealed_copy (
    report TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    account TEXT COLLATE "C" NOT NULL REFERENCES sealed_officer (account),
    envelope BYTEA NOT NULL,
    PRIMARY KEY (account, report, seq),
    FOREIGN KEY (report, seq) REFERENCES sealed_journal (report, seq)
);
