-- The MD5 of the image's file, so that a damaged download is noticed.
ALTER TABLE images ADD COLUMN checksum VARCHAR(32);
