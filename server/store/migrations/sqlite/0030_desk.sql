-- For the desk: who decides on what is proposed now, and by what a look-alike is found.
ALTER TABLE matter_index ADD COLUMN decider TEXT;
ALTER TABLE matter_index ADD COLUMN received TEXT NOT NULL DEFAULT '';
ALTER TABLE matter_index ADD COLUMN household TEXT;
UPDATE matter_index SET
    received = (SELECT json_extract(m.body, '$.registration.received_on') FROM matter m WHERE m.id = matter_index.matter),
    household = (SELECT json_extract(m.body, '$.registration.household') FROM matter m WHERE m.id = matter_index.matter);
CREATE INDEX matter_index_by_decider ON matter_index (decider, due, number) WHERE decider IS NOT NULL;
CREATE INDEX matter_index_by_household ON matter_index (household, received) WHERE household IS NOT NULL;
CREATE INDEX matter_index_by_receipt ON matter_index (received);
