-- 出具的报表 (台账, 月研判清单, 领导实绩档案, 年度报告): one row for each version, written once and never changed.
-- subject says of what it is (kind, period, place or person); versions of one subject have one number. content is
-- what stands on it as JSON, digest covers it with number, version and day, token is the keyed hash of its proof.
CREATE TABLE report_paper (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    sequence TEXT NOT NULL,
    serial INTEGER NOT NULL,
    version INTEGER NOT NULL,
    number TEXT NOT NULL,
    organ TEXT NOT NULL,
    title TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    issued_by TEXT NOT NULL REFERENCES account (id),
    replaces TEXT UNIQUE REFERENCES report_paper (id),
    reason TEXT,
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,
    UNIQUE (subject, version),
    UNIQUE (sequence, serial, version)
) STRICT;
CREATE INDEX report_paper_by_time ON report_paper (issued_at);
CREATE TRIGGER report_paper_not_changed BEFORE UPDATE ON report_paper BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER report_paper_not_removed BEFORE DELETE ON report_paper BEGIN SELECT RAISE(ABORT, 'append-only'); END;
