-- 协办单位: a matter is listed for the units that help, too.
CREATE TABLE matter_helper (
    matter TEXT NOT NULL REFERENCES matter (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    PRIMARY KEY (unit, matter)
) STRICT;
