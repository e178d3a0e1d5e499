-- What a Diablo database lacked, and had instead, where the registry had made its tables by itself. (Its columns also came in
-- another order; that counts for nothing here.)
DROP INDEX ix_images_is_public;
DROP INDEX ix_images_deleted;
DROP INDEX ix_image_properties_image_id;
DROP INDEX ix_image_properties_deleted;
DROP INDEX ix_image_properties_image_id_name;
DROP INDEX ix_image_members_image_id;
DROP INDEX ix_image_members_deleted;
DROP INDEX ix_image_members_image_id_member;
CREATE INDEX ix_image_properties_name ON image_properties (name);
ALTER TABLE image_properties RENAME CONSTRAINT image_properties_image_id_key_key TO image_properties_image_id_name_key;
