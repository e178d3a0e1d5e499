-- An image that was never changed counts as changed when it was made, so that updated_at is never empty; rows only.
UPDATE images SET updated_at = created_at WHERE updated_at IS NULL;
