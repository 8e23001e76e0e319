"""Unanswered questions, lessons, and when the bot left a place."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """A community is left when all its places are."""
    # Not in a batch: that drops the old table, and with a community goes all that is its.
    op.add_column("places", sa.Column("left_at", sa.DateTime))
    op.drop_column("communities", "left_at")
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("community_id", sa.Integer, nullable=False),
        sa.Column("kin", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("chosen", sa.Boolean, nullable=False),
        sa.Column("ignored", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        _owned("questions"),
    )
    op.create_index("ix_questions_kin", "questions", ["community_id", "kin"])
    op.create_table(
        "lessons",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("community_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("entry", sa.String(50), nullable=False),
        sa.Column("texts", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(100)),
        sa.Column("name", sa.String(100)),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("undone_at", sa.DateTime),
        sa.Column("undone_by", sa.String(100)),
        sa.PrimaryKeyConstraint("id", name="pk_lessons"),
        _owned("lessons"),
    )
    op.create_index("ix_lessons_community_id", "lessons", ["community_id"])


def downgrade() -> None:
    """Without the inbox, and without what was taught."""
    for table in ("lessons", "questions"):
        op.drop_table(table)
    op.add_column("communities", sa.Column("left_at", sa.DateTime))
    op.drop_column("places", "left_at")


def _owned(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_community_id"
    return sa.ForeignKeyConstraint(
        ["community_id"], ["communities.id"], name=name, ondelete="CASCADE"
    )
