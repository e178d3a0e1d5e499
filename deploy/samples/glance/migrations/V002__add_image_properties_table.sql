-- Free properties of an image; all constraints are named here, because the name PostgreSQL invents differs between its versions.
CREATE TABLE image_properties (
    id         SERIAL       NOT NULL,
    image_id   INTEGER      NOT NULL,
    key        VARCHAR(255) NOT NULL,
    value      TEXT,
    created_at TIMESTAMP    NOT NULL,
    updated_at TIMESTAMP,
    deleted_at TIMESTAMP,
    deleted    BOOLEAN      NOT NULL,
    CONSTRAINT image_properties_pkey PRIMARY KEY (id),
    CONSTRAINT image_properties_image_id_key_key UNIQUE (image_id, key),
    CONSTRAINT image_properties_image_id_fkey FOREIGN KEY (image_id) REFERENCES images (id)
);

CREATE INDEX ix_image_properties_image_id ON image_properties (image_id);
CREATE INDEX ix_image_properties_deleted ON image_properties (deleted);
CREATE INDEX ix_image_properties_image_id_key ON image_properties (image_id, key);
