-- For 领导实绩档案: what one official recorded, by time.
CREATE INDEX record_by_author ON record (account, made_at);
-- For reports: documents of a kind, by time.
CREATE INDEX document_by_kind ON document (kind, issued_at);
