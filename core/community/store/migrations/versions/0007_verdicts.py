"""Curators' verdicts on what was tried."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Numbers alone; no text and no person is in it."""
    op.create_table(
        "verdicts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("community_id", sa.Integer, nullable=False),
        sa.Column("entry", sa.String(50), nullable=False),
        sa.Column("index", sa.String(16), nullable=False),
        sa.Column("features", sa.JSON, nullable=False),
        sa.Column("right", sa.Boolean),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_verdicts"),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name="fk_verdicts_community_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_verdicts_community_id", "verdicts", ["community_id"])


def downgrade() -> None:
    """Without verdicts."""
    op.drop_table("verdicts")
