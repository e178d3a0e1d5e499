-- The tenant an image belongs to, for access control.
ALTER TABLE images ADD COLUMN owner VARCHAR(255);
