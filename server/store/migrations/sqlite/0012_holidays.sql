-- 节假日与调休, as the State Council's notices name them; and what an administrator can set.
CREATE TABLE holiday (
    day TEXT NOT NULL PRIMARY KEY,
    rest INTEGER NOT NULL,
    name TEXT NOT NULL
) STRICT;
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
