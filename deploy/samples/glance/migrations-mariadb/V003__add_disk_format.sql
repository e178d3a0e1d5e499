-- The single type of an image becomes two formats; what type said is kept as a property, unless the image has such a property.
INSERT INTO image_properties (image_id, `key`, value, created_at, deleted)
SELECT i.id, 'type', i.type, i.created_at, FALSE
FROM images i
WHERE i.type IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM image_properties p WHERE p.image_id = i.id AND p.`key` = 'type');

ALTER TABLE images
    ADD COLUMN disk_format VARCHAR(20),
    ADD COLUMN container_format VARCHAR(20),
    DROP COLUMN type;
