-- Image ids become UUIDs, which no longer hang on one database's counter; everything that names an image by its number follows.

-- old_id is an INTEGER on purpose: where ids are UUIDs already, this INSERT fails before anything has changed.
CREATE TEMPORARY TABLE image_uuids (
    old_id INTEGER     NOT NULL PRIMARY KEY,
    new_id VARCHAR(36) NOT NULL UNIQUE
);
INSERT INTO image_uuids (old_id, new_id) SELECT id, gen_random_uuid() FROM images;

ALTER TABLE image_members DROP CONSTRAINT image_members_image_id_fkey;
ALTER TABLE image_properties DROP CONSTRAINT image_properties_image_id_fkey;

-- The default of images.id and its sequence stay, senseless as they are: that is the schema all installations have.
ALTER TABLE images ALTER COLUMN id TYPE VARCHAR(36);
ALTER TABLE image_members ALTER COLUMN image_id TYPE VARCHAR(36);
ALTER TABLE image_properties ALTER COLUMN image_id TYPE VARCHAR(36);

UPDATE images i SET id = u.new_id FROM image_uuids u WHERE i.id = u.old_id::text;
UPDATE image_members m SET image_id = u.new_id FROM image_uuids u WHERE m.image_id = u.old_id::text;
UPDATE image_properties p SET image_id = u.new_id FROM image_uuids u WHERE p.image_id = u.old_id::text;

-- A machine image names its kernel and ramdisk by id in its properties.
UPDATE image_properties p SET value = u.new_id FROM image_uuids u
WHERE p.name IN ('kernel_id', 'ramdisk_id') AND p.value = u.old_id::text;

ALTER TABLE image_members ADD CONSTRAINT image_members_image_id_fkey
    FOREIGN KEY (image_id) REFERENCES images (id);
ALTER TABLE image_properties ADD CONSTRAINT image_properties_image_id_fkey
    FOREIGN KEY (image_id) REFERENCES images (id);

DROP TABLE image_uuids;
