-- The browser in which a session began: shutting that browser out ends what the session may do, even
-- when a request does not name it.
ALTER TABLE session ADD COLUMN device TEXT;
