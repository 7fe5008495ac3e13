-- 纸表补录: which printed sheet (登门遍访记录单) was entered for which household, by which record. A second record with
-- the same number for the same household is kept like every record, and flagged.
CREATE TABLE visit_sheet (
    number TEXT COLLATE "C" NOT NULL,
    household TEXT COLLATE "C" NOT NULL,
    record TEXT COLLATE "C" NOT NULL REFERENCES record (id),
    PRIMARY KEY (number, household)
);
