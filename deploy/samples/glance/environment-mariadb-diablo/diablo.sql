-- A database of Glance's Diablo release as people had it in 2012, on MariaDB: the schema is the one the migrations build at 9, and
-- nothing says so: no history table of any tool. (A test compares the two.) The rows below hold what makes the upgrade hard.

CREATE TABLE images (
    id               INTEGER      NOT NULL AUTO_INCREMENT,
    name             VARCHAR(255),
    size             BIGINT,
    status           VARCHAR(30)  NOT NULL,
    is_public        BOOLEAN      NOT NULL CHECK (is_public IN (0, 1)),
    location         TEXT,
    created_at       DATETIME     NOT NULL,
    updated_at       DATETIME,
    deleted_at       DATETIME,
    deleted          BOOLEAN      NOT NULL CHECK (deleted IN (0, 1)),
    disk_format      VARCHAR(20),
    container_format VARCHAR(20),
    checksum         VARCHAR(32),
    owner            VARCHAR(255),
    min_disk         INTEGER,
    min_ram          INTEGER,
    PRIMARY KEY (id),
    KEY ix_images_is_public (is_public),
    KEY ix_images_deleted (deleted)
) ENGINE = InnoDB;

CREATE TABLE image_properties (
    id         INTEGER      NOT NULL AUTO_INCREMENT,
    image_id   INTEGER      NOT NULL,
    name       VARCHAR(255) NOT NULL,
    value      TEXT,
    created_at DATETIME     NOT NULL,
    updated_at DATETIME,
    deleted_at DATETIME,
    deleted    BOOLEAN      NOT NULL CHECK (deleted IN (0, 1)),
    PRIMARY KEY (id),
    UNIQUE KEY image_id (image_id, name),
    UNIQUE KEY ix_image_properties_image_id_name (image_id, name),
    KEY ix_image_properties_image_id (image_id),
    KEY ix_image_properties_deleted (deleted),
    CONSTRAINT image_properties_ibfk_1 FOREIGN KEY (image_id) REFERENCES images (id)
) ENGINE = InnoDB;

CREATE TABLE image_members (
    id         INTEGER      NOT NULL AUTO_INCREMENT,
    image_id   INTEGER      NOT NULL,
    member     VARCHAR(255) NOT NULL,
    can_share  BOOLEAN      NOT NULL CHECK (can_share IN (0, 1)),
    created_at DATETIME     NOT NULL,
    updated_at DATETIME,
    deleted_at DATETIME,
    deleted    BOOLEAN      NOT NULL CHECK (deleted IN (0, 1)),
    PRIMARY KEY (id),
    UNIQUE KEY image_id (image_id, member),
    KEY ix_image_members_image_id (image_id),
    KEY ix_image_members_deleted (deleted),
    KEY ix_image_members_image_id_member (image_id, member),
    CONSTRAINT image_members_ibfk_1 FOREIGN KEY (image_id) REFERENCES images (id)
) ENGINE = InnoDB;

-- 1 and 2 are the kernel and the ramdisk of 3; 5 was never there; 6 is deleted; 7 is still being uploaded; 4 and 8 are private.
INSERT INTO images (id, name, size, status, is_public, location, created_at, updated_at, deleted_at, deleted,
                    disk_format, container_format, checksum, owner, min_disk, min_ram)
VALUES
(1, 'oneiric-kernel', 4965840, 'active', TRUE, 'file:///var/lib/glance/images/1',
    '2011-10-13 09:00:00', NULL, NULL, FALSE, 'aki', 'aki', '0d6f2b1c9a3e4f5867788990a1b2c3d4', 'packaging', 0, 0),
(2, 'oneiric-ramdisk', 13621760, 'active', TRUE, 'file:///var/lib/glance/images/2',
    '2011-10-13 09:01:00', NULL, NULL, FALSE, 'ari', 'ari', '1e7f3c2dab4f506978899aa1b2c3d4e5', 'packaging', 0, 0),
(3, 'oneiric-server', 2147483648, 'active', TRUE, 'file:///var/lib/glance/images/3',
    '2011-10-13 09:02:00', '2011-11-02 17:30:00', NULL, FALSE, 'ami', 'ami', '2f804d3ebc50617a899aabb2c3d4e5f6', 'packaging', 4, 512),
(4, 'precise-beta', 233177088, 'active', FALSE, 'file:///var/lib/glance/images/4',
    '2012-03-01 08:15:00', '2012-03-02 10:00:00', NULL, FALSE, 'qcow2', 'bare', '30915e4fcd61728b9aabbcc3d4e5f607', 'packaging', 2, 256),
(6, 'natty-server', 1476395008, 'deleted', TRUE, 'file:///var/lib/glance/images/6',
    '2011-04-28 12:00:00', '2012-01-05 12:00:00', '2012-01-05 12:00:00', TRUE, 'ami', 'ami', '41a26f50de72839cabbccdd4e5f60718', 'packaging', 0, 0),
(7, 'upload-in-progress', NULL, 'queued', FALSE, NULL,
    '2012-04-02 14:20:00', NULL, NULL, FALSE, NULL, NULL, NULL, 'shop', 0, 0),
(8, 'shop-frontend', 734003200, 'active', FALSE, 'swift://store/shop/8',
    '2012-02-11 07:45:00', NULL, NULL, FALSE, 'ami', 'ami', '52b37061ef8394adbccddee5f6071829', 'shop', 0, 128);

-- build_number only looks like an image's id, and no image 99 exists: both must stay what they are.
INSERT INTO image_properties (image_id, name, value, created_at, updated_at, deleted_at, deleted)
VALUES
(3, 'kernel_id', '1', '2011-10-13 09:02:00', NULL, NULL, FALSE),
(3, 'ramdisk_id', '2', '2011-10-13 09:02:00', NULL, NULL, FALSE),
(3, 'distro', 'oneiric', '2011-10-13 09:02:00', NULL, NULL, FALSE),
(4, 'distro', 'precise', '2012-03-01 08:15:00', NULL, NULL, FALSE),
(4, 'build_number', '3', '2012-03-01 08:15:00', '2012-03-02 10:00:00', NULL, FALSE),
(6, 'kernel_id', '1', '2011-04-28 12:00:00', NULL, '2012-01-05 12:00:00', TRUE),
(7, 'note', NULL, '2012-04-02 14:20:00', NULL, NULL, FALSE),
(8, 'kernel_id', '1', '2012-02-11 07:45:00', NULL, NULL, FALSE),
(8, 'ramdisk_id', '99', '2012-02-11 07:45:00', NULL, NULL, FALSE);

INSERT INTO image_members (image_id, member, can_share, created_at, updated_at, deleted_at, deleted)
VALUES
(4, 'qa', TRUE, '2012-03-01 08:20:00', NULL, NULL, FALSE),
(4, 'docs', FALSE, '2012-03-01 08:21:00', NULL, NULL, FALSE),
(8, 'packaging', FALSE, '2012-02-11 08:00:00', NULL, NULL, FALSE),
(8, 'qa', FALSE, '2012-02-11 08:01:00', NULL, '2012-03-30 16:00:00', TRUE);
