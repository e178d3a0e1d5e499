-- The table of images, because everything else hangs on it; the names of its indexes are what later scripts and people use.
CREATE TABLE images (
    id         SERIAL       NOT NULL,
    name       VARCHAR(255),
    type       VARCHAR(30),
    size       INTEGER,
    status     VARCHAR(30)  NOT NULL,
    is_public  BOOLEAN      NOT NULL,
    location   TEXT,
    created_at TIMESTAMP    NOT NULL,
    updated_at TIMESTAMP,
    deleted_at TIMESTAMP,
    deleted    BOOLEAN      NOT NULL,
    CONSTRAINT images_pkey PRIMARY KEY (id)
);

CREATE INDEX ix_images_is_public ON images (is_public);
CREATE INDEX ix_images_deleted ON images (deleted);
