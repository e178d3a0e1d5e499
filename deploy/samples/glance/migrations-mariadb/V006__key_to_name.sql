-- key is a reserved word here, so the column is called name. The new index is unique, as it always was on this engine, besides the
-- unique one there is.
ALTER TABLE image_properties
    DROP INDEX ix_image_properties_image_id_key,
    CHANGE COLUMN `key` name VARCHAR(255) NOT NULL,
    ADD UNIQUE INDEX ix_image_properties_image_id_name (image_id, name);
