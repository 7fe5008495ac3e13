-- 算过的题: random numbers of proofs of work that opened the door once, until their challenge ends.
CREATE TABLE proof_spent (
    nonce TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    until BIGINT NOT NULL
);
CREATE INDEX proof_spent_by_end ON proof_spent (until);
