-- Images grew beyond the two gigabytes an integer can count.
ALTER TABLE images MODIFY size BIGINT;
