-- Listing the images of one tenant is slow, so they get an index by owner.
ALTER TABLE images ALTER COLUMN protected SET DEFAULT FALSE;

CREATE INDEX ix_images_owner
    ON images (tenant);
