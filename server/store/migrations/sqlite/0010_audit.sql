-- 审计: one chain for every change that is no event of a matter, and for the heads of the matters'
-- journals. hash = SHA-256 of the previous hash and this entry; the counter 'audit' holds its length.
CREATE TABLE audit (
    seq INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    by_account TEXT REFERENCES account (id),
    deed TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

-- Receipts are chained too: the link covers the receipt, the columns of its record and the digest of the
-- record's content. Empty only until the first start with this schema.
ALTER TABLE receipt ADD COLUMN link TEXT NOT NULL DEFAULT '';

-- What is written stays.
CREATE TRIGGER audit_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_not_removed BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER journal_not_changed BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER journal_not_removed BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER record_not_changed BEFORE UPDATE ON record BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER record_not_removed BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER receipt_not_changed BEFORE UPDATE ON receipt WHEN OLD.link <> ''
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER receipt_not_removed BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'append-only'); END;
