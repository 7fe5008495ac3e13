-- 信访人的话: who owes an answer. 0 nobody, 1 the supervisor, 2 the office or the unit, 3 both.
ALTER TABLE matter_index ADD COLUMN voices INTEGER NOT NULL DEFAULT 0;
CREATE INDEX matter_index_by_voices ON matter_index (due, number) WHERE voices > 0;
