-- 信访人的材料: files that petitioners send with a form. Their bytes lie encrypted among the other files
-- (sealed_file, sealed_piece). A file comes before the form is whole: until then (kept = 0) it belongs to the
-- matter that the form is going to make, which need not exist, or to a voice that was not heard yet ('' where
-- it is the form that makes the matter). What nobody keeps goes after a day.
CREATE TABLE sent_file (
    matter TEXT NOT NULL,
    voice TEXT NOT NULL,
    plain TEXT NOT NULL,
    sealed TEXT NOT NULL UNIQUE REFERENCES sealed_file (sealed),
    name TEXT NOT NULL,
    media TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    file_key TEXT NOT NULL,
    at INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    PRIMARY KEY (matter, voice, plain)
) STRICT;
CREATE INDEX sent_file_open ON sent_file (at) WHERE kept = 0;
