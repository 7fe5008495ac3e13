-- 抽查回访. population: the ids that could have been drawn, one a line, so that the draw can be made again.
CREATE TABLE sample (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    by_account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    body TEXT COLLATE "C" NOT NULL,
    population TEXT COLLATE "C" NOT NULL
);
-- Who is to ask about which matter; open: 1 until there is a result.
CREATE TABLE sample_visitor (
    sample TEXT COLLATE "C" NOT NULL REFERENCES sample (id),
    matter TEXT COLLATE "C" NOT NULL REFERENCES matter (id),
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    open BIGINT NOT NULL,
    PRIMARY KEY (sample, matter, account)
);
CREATE INDEX sample_visitor_by_matter ON sample_visitor (matter, account);
CREATE INDEX sample_visitor_open ON sample_visitor (account) WHERE open = 1;
-- Their return visits. reached: 0 for an attempt at which nobody was met; its record is no entry of the matter's journal.
CREATE TABLE sample_visit (
    record TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES record (id),
    sample TEXT COLLATE "C" NOT NULL REFERENCES sample (id),
    matter TEXT COLLATE "C" NOT NULL REFERENCES matter (id),
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    at BIGINT NOT NULL,
    reached BIGINT NOT NULL
);
CREATE INDEX sample_visit_by_matter ON sample_visit (matter);
CREATE INDEX sample_visit_by_sample ON sample_visit (sample);
