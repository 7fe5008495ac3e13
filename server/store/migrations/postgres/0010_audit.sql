-- 审计: one chain for every change that is no event of a matter, and for the heads of the matters'
-- journals. hash = SHA-256 of the previous hash and this entry; the counter 'audit' holds its length.
CREATE TABLE audit (
    seq BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    by_account TEXT COLLATE "C" REFERENCES account (id),
    deed TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL
);

-- Receipts are chained too: the link covers the receipt, the columns of its record and the digest of the
-- record's content. Empty only until the first start with this schema.
ALTER TABLE receipt ADD COLUMN link TEXT COLLATE "C" NOT NULL DEFAULT '';

-- What is written stays.
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME;
END $$;
CREATE TRIGGER audit_not_changed BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON audit EXECUTE FUNCTION append_only();
CREATE TRIGGER journal_not_changed BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER journal_not_emptied BEFORE TRUNCATE ON journal EXECUTE FUNCTION append_only();
CREATE TRIGGER record_not_changed BEFORE UPDATE OR DELETE ON record FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER record_not_emptied BEFORE TRUNCATE ON record EXECUTE FUNCTION append_only();
CREATE TRIGGER receipt_not_changed BEFORE UPDATE ON receipt FOR EACH ROW
    WHEN (OLD.link <> '') EXECUTE FUNCTION append_only();
CREATE TRIGGER receipt_not_removed BEFORE DELETE ON receipt FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER receipt_not_emptied BEFORE TRUNCATE ON receipt EXECUTE FUNCTION append_only();
