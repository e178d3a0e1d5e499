-- A protected image cannot be deleted; none of those that are there is. The Essex release ends here.
ALTER TABLE images ADD COLUMN protected BOOLEAN CHECK (protected IN (0, 1));
UPDATE images SET protected = FALSE;
