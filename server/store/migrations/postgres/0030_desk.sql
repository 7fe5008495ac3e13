-- For the desk: who decides on what is proposed now, and by what a look-alike is found.
ALTER TABLE matter_index ADD COLUMN decider TEXT COLLATE "C";
ALTER TABLE matter_index ADD COLUMN received TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE matter_index ADD COLUMN household TEXT COLLATE "C";
UPDATE matter_index x SET
    received = m.body::json -> 'registration' ->> 'received_on',
    household = m.body::json -> 'registration' ->> 'household'
FROM matter m WHERE m.id = x.matter;
CREATE INDEX matter_index_by_decider ON matter_index (decider, due, number) WHERE decider IS NOT NULL;
CREATE INDEX matter_index_by_household ON matter_index (household, received) WHERE household IS NOT NULL;
CREATE INDEX matter_index_by_receipt ON matter_index (received);
