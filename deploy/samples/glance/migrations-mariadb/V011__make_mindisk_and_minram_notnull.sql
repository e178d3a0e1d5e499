-- Every image says what it needs; a row without it stops the migration here rather than getting a value nobody chose, also where the
-- server is not strict.
SET @before = @@SESSION.sql_mode;
SET SESSION sql_mode = CONCAT(@before, ',STRICT_ALL_TABLES');
ALTER TABLE images MODIFY min_disk INTEGER NOT NULL, MODIFY min_ram INTEGER NOT NULL;
SET SESSION sql_mode = @before;
