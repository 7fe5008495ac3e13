-- 公开意愿, as it was said last; a matter without a line has not agreed.
CREATE TABLE publication_wish (
    matter TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES matter (id),
    willing BIGINT NOT NULL,
    at BIGINT NOT NULL
);
-- 公示: at most one a matter. Withdrawn and proposed again, it gets another id: the old address stays dead.
CREATE TABLE publication (
    matter TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES matter (id),
    id TEXT COLLATE "C" NOT NULL UNIQUE,
    state TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    month TEXT COLLATE "C" NOT NULL,
    proposed_by TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    proposed_at BIGINT NOT NULL,
    checked_by TEXT COLLATE "C" REFERENCES account (id),
    at BIGINT NOT NULL,
    words TEXT COLLATE "C"
);
CREATE INDEX publication_by_state ON publication (state, at, id);
-- 撤下请求.
CREATE TABLE publication_plea (
    publication TEXT COLLATE "C" NOT NULL,
    nr BIGINT NOT NULL,
    at BIGINT NOT NULL,
    words TEXT COLLATE "C",
    phone TEXT COLLATE "C",
    answered BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (publication, nr)
);
