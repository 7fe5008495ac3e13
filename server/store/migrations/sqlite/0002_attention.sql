-- The two lists that look for few among many: what petitioners called unsolved, and what was
-- returned twice. Partial indexes cost nothing for all the others.
CREATE INDEX matter_index_unsolved ON matter_index (due, number) WHERE said_unsolved = 1;
CREATE INDEX matter_index_returned ON matter_index (due, number) WHERE round >= 3;
