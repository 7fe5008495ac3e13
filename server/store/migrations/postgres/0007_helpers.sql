-- 协办单位: a matter is listed for the units that help, too.
CREATE TABLE matter_helper (
    matter TEXT COLLATE "C" NOT NULL REFERENCES matter (id),
    unit TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
    PRIMARY KEY (unit, matter)
);
