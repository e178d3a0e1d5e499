-- The table of images, because everything else hangs on it; the names of its indexes are what later scripts and people use.
-- The engine is named: foreign keys need InnoDB, and where another is the default they are accepted and forgotten.
CREATE TABLE images (
    id         INTEGER      NOT NULL AUTO_INCREMENT,
    name       VARCHAR(255),
    type       VARCHAR(30),
    size       INTEGER,
    status     VARCHAR(30)  NOT NULL,
    is_public  BOOLEAN      NOT NULL CHECK (is_public IN (0, 1)),
    location   TEXT,
    created_at DATETIME     NOT NULL,
    updated_at DATETIME,
    deleted_at DATETIME,
    deleted    BOOLEAN      NOT NULL CHECK (deleted IN (0, 1)),
    PRIMARY KEY (id)
) ENGINE = InnoDB;

CREATE INDEX ix_images_is_public ON images (is_public);
CREATE INDEX ix_images_deleted ON images (deleted);
