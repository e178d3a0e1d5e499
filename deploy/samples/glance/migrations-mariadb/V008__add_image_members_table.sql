-- The tenants a private image is shared with, and whether they may share it further.
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
    CONSTRAINT image_members_ibfk_1 FOREIGN KEY (image_id) REFERENCES images (id)
) ENGINE = InnoDB;

CREATE INDEX ix_image_members_image_id ON image_members (image_id);
CREATE INDEX ix_image_members_deleted ON image_members (deleted);
CREATE INDEX ix_image_members_image_id_member ON image_members (image_id, member);
