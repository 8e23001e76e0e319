"""Files that wait to be taken, and codes that link places."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Both are gone after a day at the most."""
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("community_id", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
        _owned("imports"),
    )
    op.create_index("ix_imports_community_id", "imports", ["community_id"])
    op.create_table(
        "codes",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("community_id", sa.Integer, nullable=False),
        sa.Column("until", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_codes"),
        _owned("codes"),
    )


def downgrade() -> None:
    """Without what waits."""
    for table in ("codes", "imports"):
        op.drop_table(table)


def _owned(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_community_id"
    return sa.ForeignKeyConstraint(
        ["community_id"], ["communities.id"], name=name, ondelete="CASCADE"
    )
