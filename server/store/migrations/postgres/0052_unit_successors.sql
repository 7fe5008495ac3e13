-- 合并、撤销 of units (Article 24): which unit goes on for one that is no more.
ALTER TABLE unit ADD COLUMN successor TEXT REFERENCES unit (id);
