"""customers"""

import sqlalchemy as sa
from alembic import op

revision = "a3f1c09d2b7e"
down_revision = None


def upgrade():
    op.create_table(
        "customers",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
    )


def downgrade():
    op.drop_table("customers")
