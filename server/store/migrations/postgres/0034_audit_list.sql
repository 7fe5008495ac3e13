-- The audit chain as a list: by time, by what was done, by whom, by matter. kind and audit_matter say what
-- stands in the deed; the hash covers the deed alone, and looking through the chain compares them.
ALTER TABLE audit ADD COLUMN kind TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE audit DISABLE TRIGGER audit_not_changed;
UPDATE audit SET kind = COALESCE(substring(deed FROM '^\{"deed":"([a-z_]+)"'), '');
ALTER TABLE audit ENABLE TRIGGER audit_not_changed;
CREATE INDEX audit_by_time ON audit (at, seq);
CREATE INDEX audit_by_kind ON audit (kind, at, seq);
CREATE INDEX audit_by_account ON audit (by_account, at, seq);
CREATE TABLE audit_matter (
    seq BIGINT NOT NULL REFERENCES audit (seq),
    matter TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (seq, matter)
);
CREATE INDEX audit_matter_by_matter ON audit_matter (matter, seq);
INSERT INTO audit_matter (seq, matter)
SELECT seq, substring(deed FROM '"matter":"([0-9a-f-]{36})"') FROM audit
WHERE deed ~ '"matter":"[0-9a-f-]{36}"'
UNION
SELECT a.seq, m.found[1] FROM audit a, regexp_matches(a.deed, '"id":"([0-9a-f-]{36})"', 'g') AS m (found)
WHERE a.kind IN ('matters_moved', 'adopted');
CREATE TRIGGER audit_matter_not_changed BEFORE UPDATE OR DELETE ON audit_matter
    FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER audit_matter_not_emptied BEFORE TRUNCATE ON audit_matter EXECUTE FUNCTION append_only();

-- By when it came: what the field delivered stands in the same list.
CREATE INDEX receipt_by_time ON receipt (received_at, seq);

-- What is written stays: also documents, and the journals of the sealed channel.
CREATE TRIGGER document_not_changed BEFORE UPDATE OR DELETE ON document
    FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER document_not_emptied BEFORE TRUNCATE ON document EXECUTE FUNCTION append_only();
CREATE TRIGGER sealed_journal_not_changed BEFORE UPDATE OR DELETE ON sealed_journal
    FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER sealed_journal_not_emptied BEFORE TRUNCATE ON sealed_journal EXECUTE FUNCTION append_only();
CREATE TRIGGER sealed_key_journal_not_changed BEFORE UPDATE OR DELETE ON sealed_key_journal
    FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER sealed_key_journal_not_emptied BEFORE TRUNCATE ON sealed_key_journal
    EXECUTE FUNCTION append_only();
