"""Communities, their places, their entries, and the history of those."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create all tables."""
    op.create_table(
        "communities",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("tag", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("settings", sa.JSON, nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("left_at", sa.DateTime),
        sa.PrimaryKeyConstraint("id", name="pk_communities"),
        sa.UniqueConstraint("tag", name="uq_communities_tag"),
    )
    op.create_table(
        "places",
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("community_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_places"),
        _to("communities", "places", "community_id"),
    )
    op.create_index("ix_places_community_id", "places", ["community_id"])
    op.create_table(
        "entries",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("community_id", sa.Integer, nullable=False),
        sa.Column("slug", sa.String(30), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("head", sa.Integer, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("live", sa.Integer),
        sa.Column("due", sa.Date),
        sa.Column("proposer", sa.String(100)),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.UniqueConstraint("community_id", "slug", name="uq_entries_community_id"),
        _to("communities", "entries", "community_id"),
    )
    op.create_index("ix_entries_state", "entries", ["community_id", "state"])
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("entry_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("action", sa.String(10), nullable=False),
        sa.Column("text", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(100)),
        sa.Column("name", sa.String(100)),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sa.UniqueConstraint("entry_id", "number", name="uq_changes_entry_id"),
        _to("entries", "changes", "entry_id"),
    )


def downgrade() -> None:
    """Drop all tables, and with them all that communities wrote."""
    for table in ("changes", "entries", "places", "communities"):
        op.drop_table(table)


def _to(table: str, of: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{of}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, ondelete="CASCADE")
