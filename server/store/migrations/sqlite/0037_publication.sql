-- 公开意愿, as it was said last; a matter without a line has not agreed.
CREATE TABLE publication_wish (
    matter TEXT NOT NULL PRIMARY KEY REFERENCES matter (id),
    willing INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
-- 公示: at most one a matter. Withdrawn and proposed again, it gets another id: the old address stays dead.
CREATE TABLE publication (
    matter TEXT NOT NULL PRIMARY KEY REFERENCES matter (id),
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    revision INTEGER NOT NULL,
    body TEXT NOT NULL,
    unit TEXT NOT NULL,
    month TEXT NOT NULL,
    proposed_by TEXT NOT NULL REFERENCES account (id),
    proposed_at INTEGER NOT NULL,
    checked_by TEXT REFERENCES account (id),
    at INTEGER NOT NULL,
    words TEXT
) STRICT;
CREATE INDEX publication_by_state ON publication (state, at, id);
-- 撤下请求.
CREATE TABLE publication_plea (
    publication TEXT NOT NULL,
    nr INTEGER NOT NULL,
    at INTEGER NOT NULL,
    words TEXT,
    phone TEXT,
    answered INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (publication, nr)
) STRICT;
