-- 附件: files of records. They arrive encrypted and in pieces, after the record that names them. All of
-- it lies in the database, so that a copy of the database is a copy of everything.

-- An encrypted file under the digest of its bytes. have counts the bytes that are there, from the
-- beginning; tries counts how often all came and were not what the digest says; whole: they are.
CREATE TABLE sealed_file (
    sealed TEXT NOT NULL PRIMARY KEY,
    total INTEGER NOT NULL,
    have INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    whole INTEGER NOT NULL
) STRICT;

-- Its pieces, each beginning where the one before ends.
CREATE TABLE sealed_piece (
    sealed TEXT NOT NULL REFERENCES sealed_file (sealed),
    at INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (sealed, at)
) STRICT;

-- What each record says of each of its files. Several records may name one file. The state is
-- waiting, complete, refused or lost; the media is what the record says until the bytes show it.
CREATE TABLE attachment (
    record TEXT NOT NULL REFERENCES record (id),
    position INTEGER NOT NULL,
    sealed TEXT NOT NULL REFERENCES sealed_file (sealed),
    plain TEXT NOT NULL,
    kind TEXT NOT NULL,
    media TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    file_key TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (record, position)
) STRICT;
CREATE INDEX attachment_by_sealed ON attachment (sealed);
CREATE INDEX attachment_by_plain ON attachment (plain);
CREATE INDEX attachment_in_trouble ON attachment (record) WHERE state IN ('refused', 'lost');

-- Which matters a record with files is about: the one that it names and those that it raised. They
-- need not exist.
CREATE TABLE attachment_matter (
    matter TEXT NOT NULL,
    record TEXT NOT NULL REFERENCES record (id),
    PRIMARY KEY (matter, record)
) STRICT;
CREATE INDEX attachment_matter_by_record ON attachment_matter (record);
