-- Every image says what it needs; a row without it stops the migration here rather than getting a value nobody chose, also where the
-- server is not strict.
SET STATEMENT sql_mode = 'STRICT_ALL_TABLES' FOR
ALTER TABLE images MODIFY min_disk INTEGER NOT NULL, MODIFY min_ram INTEGER NOT NULL;
