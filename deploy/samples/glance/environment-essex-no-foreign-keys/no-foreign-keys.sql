-- As on a server whose default engine was MyISAM: the foreign keys were accepted, and never came into being.
ALTER TABLE image_properties DROP CONSTRAINT image_properties_image_id_fkey;
ALTER TABLE image_members DROP CONSTRAINT image_members_image_id_fkey;
