-- What a machine needs to boot the image; 0, no demand, for the images that are there. The Diablo release ends here.
ALTER TABLE images ADD COLUMN min_disk INTEGER, ADD COLUMN min_ram INTEGER;
UPDATE images SET min_disk = 0, min_ram = 0;
