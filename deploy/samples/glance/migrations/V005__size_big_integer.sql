-- Images grew beyond the two gigabytes an integer can count.
ALTER TABLE images ALTER COLUMN size TYPE BIGINT;
