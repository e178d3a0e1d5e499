-- The tenants a private image is shared with, and whether they may share it further.
CREATE TABLE image_members (
    id         SERIAL       NOT NULL,
    image_id   INTEGER      NOT NULL,
    member     VARCHAR(255) NOT NULL,
    can_share  BOOLEAN      NOT NULL,
    created_at TIMESTAMP    NOT NULL,
    updated_at TIMESTAMP,
    deleted_at TIMESTAMP,
    deleted    BOOLEAN      NOT NULL,
    CONSTRAINT image_members_pkey PRIMARY KEY (id),
    CONSTRAINT image_members_image_id_member_key UNIQUE (image_id, member),
    CONSTRAINT image_members_image_id_fkey FOREIGN KEY (image_id) REFERENCES images (id)
);

CREATE INDEX ix_image_members_image_id ON image_members (image_id);
CREATE INDEX ix_image_members_deleted ON image_members (deleted);
CREATE INDEX ix_image_members_image_id_member ON image_members (image_id, member);
