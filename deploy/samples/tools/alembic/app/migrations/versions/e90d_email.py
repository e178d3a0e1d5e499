"""email"""

import sqlalchemy as sa
from alembic import op

revision = "e90d37a5c418"
down_revision = "5c2e84b1f0a6"


def upgrade():
    op.add_column("customers", sa.Column("email", sa.String(320)))
    op.create_index("ix_customers_email", "customers", ["email"], unique=True)


def downgrade():
    op.drop_index("ix_customers_email", "customers")
    op.drop_column("customers", "email")
