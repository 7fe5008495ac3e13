-- 回避: the matter does not exist for that account.
CREATE TABLE recusal (
    matter TEXT NOT NULL REFERENCES matter (id),
    account TEXT NOT NULL REFERENCES account (id),
    declared_by TEXT NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (matter, account)
) STRICT;
CREATE INDEX recusal_by_account ON recusal (account, matter);
