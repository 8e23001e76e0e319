"""Runs migrations on the connection that core.community.store.database hands over."""

from alembic import context

from core.community.store.schema import Table

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
