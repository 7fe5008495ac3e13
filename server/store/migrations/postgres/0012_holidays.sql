-- 节假日与调休, as the State Council's notices name them; and what an administrator can set.
CREATE TABLE holiday (
    day TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    rest BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL
);
CREATE TABLE setting (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
);
