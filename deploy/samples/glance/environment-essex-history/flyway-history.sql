-- A history as Flyway writes it for the thirteen scripts of ../migrations, with their true checksums: whoever asks it reads 13,
-- validated. None of them ever ran here. (A test compares it with what Flyway writes.)
CREATE TABLE flyway_schema_history (
    installed_rank INTEGER       NOT NULL,
    version        VARCHAR(50),
    description    VARCHAR(200)  NOT NULL,
    type           VARCHAR(20)   NOT NULL,
    script         VARCHAR(1000) NOT NULL,
    checksum       INTEGER,
    installed_by   VARCHAR(100)  NOT NULL,
    installed_on   TIMESTAMP     NOT NULL DEFAULT now(),
    execution_time INTEGER       NOT NULL,
    success        BOOLEAN       NOT NULL,
    CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank)
);
CREATE INDEX flyway_schema_history_s_idx ON flyway_schema_history (success);

INSERT INTO flyway_schema_history
    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
VALUES
(1, '001', 'add images table', 'SQL', 'V001__add_images_table.sql', -944791717, 'glance', 95, true),
(2, '002', 'add image properties table', 'SQL', 'V002__add_image_properties_table.sql', -1128785384, 'glance', 43, true),
(3, '003', 'add disk format', 'SQL', 'V003__add_disk_format.sql', 1490714796, 'glance', 34, true),
(4, '004', 'add checksum', 'SQL', 'V004__add_checksum.sql', -1416380844, 'glance', 3, true),
(5, '005', 'size big integer', 'SQL', 'V005__size_big_integer.sql', 359303085, 'glance', 5, true),
(6, '006', 'key to name', 'SQL', 'V006__key_to_name.sql', -902935390, 'glance', 1, true),
(7, '007', 'add owner', 'SQL', 'V007__add_owner.sql', 2090986843, 'glance', 6, true),
(8, '008', 'add image members table', 'SQL', 'V008__add_image_members_table.sql', 923697315, 'glance', 8, true),
(9, '009', 'add mindisk and minram', 'SQL', 'V009__add_mindisk_and_minram.sql', 895725686, 'glance', 2, true),
(10, '010', 'default update at', 'SQL', 'V010__default_update_at.sql', 1677449878, 'glance', 0, true),
(11, '011', 'make mindisk and minram notnull', 'SQL', 'V011__make_mindisk_and_minram_notnull.sql', 2018849786, 'glance', 2, true),
(12, '012', 'id to uuid', 'SQL', 'V012__id_to_uuid.sql', 1591017281, 'glance', 69, true),
(13, '013', 'add protected', 'SQL', 'V013__add_protected.sql', -1950269600, 'glance', 3, true);
