-- key is a reserved word on some engines, so the column is called name; the unique constraint keeps its old name, as it always has.
ALTER TABLE image_properties RENAME COLUMN key TO name;
ALTER INDEX ix_image_properties_image_id_key RENAME TO ix_image_properties_image_id_name;
