-- The audit chain as a list: by time, by what was done, by whom, by matter. kind and audit_matter say what
-- stands in the deed; the hash covers the deed alone, and looking through the chain compares them.
ALTER TABLE audit ADD COLUMN kind TEXT NOT NULL DEFAULT '';
DROP TRIGGER audit_not_changed;
UPDATE audit SET kind = json_extract(deed, '$.deed') WHERE json_valid(deed);
CREATE TRIGGER audit_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE INDEX audit_by_time ON audit (at, seq);
CREATE INDEX audit_by_kind ON audit (kind, at, seq);
CREATE INDEX audit_by_account ON audit (by_account, at, seq);
CREATE TABLE audit_matter (
    seq INTEGER NOT NULL REFERENCES audit (seq),
    matter TEXT NOT NULL,
    PRIMARY KEY (seq, matter)
) STRICT;
CREATE INDEX audit_matter_by_matter ON audit_matter (matter, seq);
INSERT INTO audit_matter (seq, matter)
SELECT seq, json_extract(deed, '$.matter') FROM audit
WHERE json_valid(deed) AND json_extract(deed, '$.matter') IS NOT NULL
UNION
SELECT a.seq, json_extract(m.value, '$.id') FROM audit a, json_each(a.deed, '$.matters') m
WHERE a.kind IN ('matters_moved', 'adopted');
CREATE TRIGGER audit_matter_not_changed BEFORE UPDATE ON audit_matter
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_matter_not_removed BEFORE DELETE ON audit_matter
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- By when it came: what the field delivered stands in the same list.
CREATE INDEX receipt_by_time ON receipt (received_at, seq);

-- What is written stays: also documents, and the journals of the sealed channel.
CREATE TRIGGER document_not_changed BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER document_not_removed BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER sealed_journal_not_changed BEFORE UPDATE ON sealed_journal
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER sealed_journal_not_removed BEFORE DELETE ON sealed_journal
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER sealed_key_journal_not_changed BEFORE UPDATE ON sealed_key_journal
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER sealed_key_journal_not_removed BEFORE DELETE ON sealed_key_journal
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
