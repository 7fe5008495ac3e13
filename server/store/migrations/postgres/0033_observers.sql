-- 准许查阅: which matters somebody from outside may look at, and until which day. The journal has the whole story.
CREATE TABLE matter_observer (
    matter TEXT COLLATE "C" NOT NULL REFERENCES matter (id),
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    until TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (matter, account)
);
CREATE INDEX matter_observer_by_account ON matter_observer (account, until);
