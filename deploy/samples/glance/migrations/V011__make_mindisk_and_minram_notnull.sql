-- Every image says what it needs; a row without it stops the migration here rather than getting a value nobody chose.
ALTER TABLE images ALTER COLUMN min_disk SET NOT NULL;
ALTER TABLE images ALTER COLUMN min_ram SET NOT NULL;
