-- A database as Glance's Essex registry made it by itself on its first start, from its models and not by the migrations: none of the
-- eight indexes ix_*, one that no migration knows, and four columns that take no NULL. The two tables that hang on images name no
-- engine, as the models forgot to: where the server's default is MyISAM, they have no foreign keys, and nobody is told.

CREATE TABLE images (
    created_at       DATETIME     NOT NULL,
    updated_at       DATETIME     NOT NULL,
    deleted_at       DATETIME,
    deleted          BOOLEAN      NOT NULL CHECK (deleted IN (0, 1)),
    id               VARCHAR(36)  NOT NULL,
    name             VARCHAR(255),
    disk_format      VARCHAR(20),
    container_format VARCHAR(20),
    size             BIGINT,
    status           VARCHAR(30)  NOT NULL,
    is_public        BOOLEAN      NOT NULL CHECK (is_public IN (0, 1)),
    location         TEXT,
    checksum         VARCHAR(32),
    min_disk         INTEGER      NOT NULL,
    min_ram          INTEGER      NOT NULL,
    owner            VARCHAR(255),
    protected        BOOLEAN      NOT NULL CHECK (protected IN (0, 1)),
    PRIMARY KEY (id)
) ENGINE = InnoDB;

CREATE TABLE image_properties (
    created_at DATETIME     NOT NULL,
    updated_at DATETIME     NOT NULL,
    deleted_at DATETIME,
    deleted    BOOLEAN      NOT NULL CHECK (deleted IN (0, 1)),
    id         INTEGER      NOT NULL AUTO_INCREMENT,
    image_id   VARCHAR(36)  NOT NULL,
    name       VARCHAR(255) NOT NULL,
    value      TEXT,
    PRIMARY KEY (id),
    UNIQUE (image_id, name),
    FOREIGN KEY (image_id) REFERENCES images (id)
);
CREATE INDEX ix_image_properties_name ON image_properties (name);

CREATE TABLE image_members (
    created_at DATETIME     NOT NULL,
    updated_at DATETIME     NOT NULL,
    deleted_at DATETIME,
    deleted    BOOLEAN      NOT NULL CHECK (deleted IN (0, 1)),
    id         INTEGER      NOT NULL AUTO_INCREMENT,
    image_id   VARCHAR(36)  NOT NULL,
    member     VARCHAR(255) NOT NULL,
    can_share  BOOLEAN      NOT NULL CHECK (can_share IN (0, 1)),
    PRIMARY KEY (id),
    UNIQUE (image_id, member),
    FOREIGN KEY (image_id) REFERENCES images (id)
);

-- The files of the images are named by these ids: a new id is a lost image.
INSERT INTO images (id, name, size, status, is_public, location, created_at, updated_at, deleted, disk_format, container_format,
                    checksum, owner, min_disk, min_ram, protected)
VALUES
('5b1f0c7e-8d5a-4b0e-9c39-2f6d1a7e4c01', 'precise-kernel', 4965840, 'active', TRUE,
    'file:///var/lib/glance/images/5b1f0c7e-8d5a-4b0e-9c39-2f6d1a7e4c01',
    '2012-04-05 09:00:00', '2012-04-05 09:00:00', FALSE, 'aki', 'aki', '0d6f2b1c9a3e4f5867788990a1b2c3d4', 'packaging', 0, 0, TRUE),
('a3c9d2f4-1e6b-4c7d-8f20-6b9e3d5a7c02', 'precise-server', 233177088, 'active', TRUE,
    'file:///var/lib/glance/images/a3c9d2f4-1e6b-4c7d-8f20-6b9e3d5a7c02',
    '2012-04-05 09:02:00', '2012-04-12 17:30:00', FALSE, 'ami', 'ami', '2f804d3ebc50617a899aabb2c3d4e5f6', 'packaging', 4, 512, FALSE),
('e7d4b8a1-3f5c-4e2a-b6d1-9c0f2e4a8b03', 'shop-frontend', 734003200, 'active', FALSE, 'swift://store/shop/frontend',
    '2012-04-11 07:45:00', '2012-04-11 07:45:00', FALSE, 'qcow2', 'bare', '52b37061ef8394adbccddee5f6071829', 'shop', 0, 128, FALSE);

INSERT INTO image_properties (image_id, name, value, created_at, updated_at, deleted)
VALUES
('a3c9d2f4-1e6b-4c7d-8f20-6b9e3d5a7c02', 'kernel_id', '5b1f0c7e-8d5a-4b0e-9c39-2f6d1a7e4c01',
    '2012-04-05 09:02:00', '2012-04-05 09:02:00', FALSE),
('a3c9d2f4-1e6b-4c7d-8f20-6b9e3d5a7c02', 'distro', 'precise', '2012-04-05 09:02:00', '2012-04-05 09:02:00', FALSE);

INSERT INTO image_members (image_id, member, can_share, created_at, updated_at, deleted)
VALUES
('e7d4b8a1-3f5c-4e2a-b6d1-9c0f2e4a8b03', 'qa', TRUE, '2012-04-11 08:00:00', '2012-04-11 08:00:00', FALSE);
