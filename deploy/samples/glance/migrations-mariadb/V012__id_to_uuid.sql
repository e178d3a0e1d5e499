-- Image ids become UUIDs, which no longer hang on one database's counter; everything that names an image by its number follows.
-- Here each ALTER TABLE commits by itself: a script that dies between them stays half done, and is told as that.

-- The check is there on purpose: where ids are UUIDs already, this INSERT fails before anything has changed.
CREATE TEMPORARY TABLE image_uuids (
    old_id VARCHAR(36) NOT NULL PRIMARY KEY CHECK (old_id REGEXP '^[0-9]+$'),
    new_id VARCHAR(36) NOT NULL UNIQUE
);
INSERT INTO image_uuids (old_id, new_id) SELECT id, UUID() FROM images;

ALTER TABLE image_members DROP FOREIGN KEY image_members_ibfk_1;
ALTER TABLE image_properties DROP FOREIGN KEY image_properties_ibfk_1;

ALTER TABLE images MODIFY id VARCHAR(36) NOT NULL;
ALTER TABLE image_members MODIFY image_id VARCHAR(36) NOT NULL;
ALTER TABLE image_properties MODIFY image_id VARCHAR(36) NOT NULL;

-- One transaction, so that no image is without what belongs to it.
UPDATE images i JOIN image_uuids u ON i.id = u.old_id SET i.id = u.new_id;
UPDATE image_members m JOIN image_uuids u ON m.image_id = u.old_id SET m.image_id = u.new_id;
UPDATE image_properties p JOIN image_uuids u ON p.image_id = u.old_id SET p.image_id = u.new_id;
-- A machine image names its kernel and ramdisk by id in its properties.
UPDATE image_properties p JOIN image_uuids u ON p.value = u.old_id SET p.value = u.new_id
WHERE p.name IN ('kernel_id', 'ramdisk_id');

ALTER TABLE image_members
    ADD CONSTRAINT image_members_ibfk_1 FOREIGN KEY (image_id) REFERENCES images (id);
ALTER TABLE image_properties
    ADD CONSTRAINT image_properties_ibfk_1 FOREIGN KEY (image_id) REFERENCES images (id);

DROP TEMPORARY TABLE image_uuids;
