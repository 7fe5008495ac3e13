-- 重件: each intake that is linked to a matter has a number of its own, which no matter and no other intake has.
CREATE TABLE intake_number (
    number TEXT COLLATE "C" PRIMARY KEY,
    matter TEXT COLLATE "C" NOT NULL REFERENCES matter (id)
);
