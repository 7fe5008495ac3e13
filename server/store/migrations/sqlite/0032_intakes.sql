-- 重件: each intake that is linked to a matter has a number of its own, which no matter and no other intake has.
CREATE TABLE intake_number (
    number TEXT PRIMARY KEY,
    matter TEXT NOT NULL REFERENCES matter (id)
) STRICT;
