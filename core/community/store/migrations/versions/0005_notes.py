"""What a note was written against, so that an update which changes that is noticed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Lessons from before have nothing to be compared with."""
    op.add_column("lessons", sa.Column("against", sa.String(16)))


def downgrade() -> None:
    """Without it, updates are not noticed."""
    op.drop_column("lessons", "against")
