-- 出具的报表 (台账, 月研判清单, 领导实绩档案, 年度报告): one row for each version, written once and never changed.
-- subject says of what it is (kind, period, place or person); versions of one subject have one number. content is
-- what stands on it as JSON, digest covers it with number, version and day, token is the keyed hash of its proof.
CREATE TABLE report_paper (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    sequence TEXT COLLATE "C" NOT NULL,
    serial BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    organ TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    issued_at BIGINT NOT NULL,
    issued_by TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    replaces TEXT COLLATE "C" UNIQUE REFERENCES report_paper (id),
    reason TEXT COLLATE "C",
    content TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    token TEXT COLLATE "C" NOT NULL UNIQUE,
    UNIQUE (subject, version),
    UNIQUE (sequence, serial, version)
);
CREATE INDEX report_paper_by_time ON report_paper (issued_at);
CREATE TRIGGER report_paper_not_changed BEFORE UPDATE OR DELETE ON report_paper
    FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER report_paper_not_emptied BEFORE TRUNCATE ON report_paper EXECUTE FUNCTION append_only();
