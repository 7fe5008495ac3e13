-- 单位上下级: under which unit a unit stands.
ALTER TABLE unit ADD COLUMN parent TEXT REFERENCES unit (id);
CREATE INDEX unit_by_parent ON unit (parent);

-- 渠道专员: the officers of the channel for 检举控告. The private key lies here only under the officer's
-- passphrase (JSON with salt and costs); the public one is what reports are sealed to.
CREATE TABLE sealed_officer (
    account TEXT NOT NULL PRIMARY KEY REFERENCES account (id),
    public BLOB NOT NULL,
    wrapped TEXT NOT NULL
) STRICT;

-- What was done to these keys, chained by hashes like a journal. by_account is empty for the command line.
CREATE TABLE sealed_key_journal (
    seq INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    account TEXT NOT NULL REFERENCES account (id),
    by_account TEXT REFERENCES account (id),
    deed TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

-- 检举控告件: all that is known of one without a key. head and length name the end of its journal; code and
-- word are keyed hashes.
CREATE TABLE sealed_report (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    received_on TEXT NOT NULL,
    stage TEXT NOT NULL,
    code TEXT NOT NULL UNIQUE,
    issue INTEGER NOT NULL,
    word TEXT NOT NULL,
    head TEXT NOT NULL,
    length INTEGER NOT NULL
) STRICT;

-- Its journal. sealed is a digest of the words of the line together with 32 random bytes that are sealed
-- with them: it binds the copies to the line, and cannot be guessed from.
CREATE TABLE sealed_journal (
    report TEXT NOT NULL REFERENCES sealed_report (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    step TEXT NOT NULL,
    sealed TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (report, seq)
) STRICT;

-- The words of each line, one envelope for every officer who may know of the report. Who has none cannot
-- even see that there is one.
CREATE TABLE sealed_copy (
    report TEXT NOT NULL,
    seq INTEGER NOT NULL,
    account TEXT NOT NULL REFERENCES sealed_officer (account),
    envelope BLOB NOT NULL,
    PRIMARY KEY (account, report, seq),
    FOREIGN KEY (report, seq) REFERENCES sealed_journal (report, seq)
) STRICT;
