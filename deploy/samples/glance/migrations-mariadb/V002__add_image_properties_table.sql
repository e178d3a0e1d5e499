-- Free properties of an image. The constraints have the names that the server invented when nobody named them.
CREATE TABLE image_properties (
    id         INTEGER      NOT NULL AUTO_INCREMENT,
    image_id   INTEGER      NOT NULL,
    `key`      VARCHAR(255) NOT NULL,
    value      TEXT,
    created_at DATETIME     NOT NULL,
    updated_at DATETIME,
    deleted_at DATETIME,
    deleted    BOOLEAN      NOT NULL CHECK (deleted IN (0, 1)),
    PRIMARY KEY (id),
    UNIQUE KEY image_id (image_id, `key`),
    CONSTRAINT image_properties_ibfk_1 FOREIGN KEY (image_id) REFERENCES images (id)
) ENGINE = InnoDB;

CREATE INDEX ix_image_properties_image_id ON image_properties (image_id);
CREATE INDEX ix_image_properties_deleted ON image_properties (deleted);
CREATE INDEX ix_image_properties_image_id_key ON image_properties (image_id, `key`);
