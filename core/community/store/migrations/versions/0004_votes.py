"""Votes by keyed codes, and counts by day."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Nothing in these tables says who."""
    op.create_table(
        "keys",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_keys"),
    )
    op.create_table(
        "votes",
        sa.Column("community_id", sa.Integer, nullable=False),
        sa.Column("voter", sa.String(64), nullable=False),
        sa.Column("entry", sa.String(50), nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "voter", "entry", name="pk_votes"),
        _owned("votes"),
    )
    op.create_table(
        "counts",
        sa.Column("community_id", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("what", sa.String(10), nullable=False),
        sa.Column("entry", sa.String(50), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "day", "what", "entry", name="pk_counts"),
        _owned("counts"),
    )


def downgrade() -> None:
    """Without counts."""
    for table in ("counts", "votes", "keys"):
        op.drop_table(table)


def _owned(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_community_id"
    return sa.ForeignKeyConstraint(
        ["community_id"], ["communities.id"], name=name, ondelete="CASCADE"
    )
