-- What the registry did next on its first start: the migration tool of its time is told that this is the newest version.
CREATE TABLE migrate_version (
    repository_id   VARCHAR(250) NOT NULL,
    repository_path TEXT,
    version         INTEGER,
    PRIMARY KEY (repository_id)
);
INSERT INTO migrate_version (repository_id, repository_path, version)
VALUES ('Glance Migrations', '/usr/lib/python2.7/dist-packages/glance/registry/db/migrate_repo', 13);
