-- What the last import brought for a household, beside what stands there now: so that the next import can
-- tell what was changed at the door. Unknown where an official has edited the household before this was
-- kept; everywhere else what stands there is what was imported.
ALTER TABLE household ADD COLUMN imported TEXT COLLATE "C";
UPDATE household SET imported = body
WHERE id NOT IN (SELECT household FROM record WHERE kind = 'roster_edit' AND household IS NOT NULL);
