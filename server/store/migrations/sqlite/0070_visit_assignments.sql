-- 安排走访: which official the village head has given a household to.
CREATE TABLE visit_assignment (
    household TEXT NOT NULL PRIMARY KEY REFERENCES household (id),
    account TEXT NOT NULL REFERENCES account (id),
    by_account TEXT NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL
) STRICT;
