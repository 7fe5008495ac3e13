-- 积案 and 包案: whether a matter stands in the ledger of old cases, which leader answers for it, and whether that
-- leader's word is waited for. 督办, 约谈, 建议: whether an answer is owed.
ALTER TABLE matter_index ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE matter_index ADD COLUMN leader TEXT;
ALTER TABLE matter_index ADD COLUMN leader_owes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE matter_index ADD COLUMN overseen INTEGER NOT NULL DEFAULT 0;
CREATE INDEX matter_index_by_listed ON matter_index (due, number) WHERE listed = 1;
CREATE INDEX matter_index_by_leader ON matter_index (leader) WHERE leader IS NOT NULL;
CREATE INDEX matter_index_by_overseen ON matter_index (due, number) WHERE overseen = 1;
UPDATE matter_index SET overseen = 1 WHERE matter IN (
    SELECT m.id FROM matter m, json_each(m.body, '$.oversight') o WHERE json_extract(o.value, '$.answer') IS NULL);
