"""Those who want nothing said to them unasked."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """An account's number, and nothing beside it."""
    op.create_table(
        "silences",
        sa.Column("actor", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("actor", name="pk_silences"),
    )


def downgrade() -> None:
    """Nobody has said so."""
    op.drop_table("silences")
