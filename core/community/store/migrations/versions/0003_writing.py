"""Forms that are being filled in by messages."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "writing",
        sa.Column("key", sa.String(8), nullable=False),
        sa.Column("community_id", sa.Integer, nullable=False),
        sa.Column("actor", sa.String(100), nullable=False),
        sa.Column("sent", sa.String(64), nullable=False),
        sa.Column("form", sa.JSON, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("waiting", sa.Boolean, nullable=False),
        sa.Column("touched", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_writing"),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name="fk_writing_community_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_writing_actor", "writing", ["actor"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("writing")
