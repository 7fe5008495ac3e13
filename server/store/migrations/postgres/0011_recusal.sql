-- 回避: the matter does not exist for that account.
CREATE TABLE recusal (
    matter TEXT COLLATE "C" NOT NULL REFERENCES matter (id),
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    declared_by TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    at BIGINT NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (matter, account)
);
CREATE INDEX recusal_by_account ON recusal (account, matter);
