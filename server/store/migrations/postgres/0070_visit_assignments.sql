-- 安排走访: which official the village head has given a household to.
CREATE TABLE visit_assignment (
    household TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES household (id),
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    by_account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    at BIGINT NOT NULL
);
