"""Runs the steps on the connection that `inspector.hq.database` hands in; loaded by Alembic alone."""

from __future__ import annotations

from alembic import context

from inspector.hq.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
