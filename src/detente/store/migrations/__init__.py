"""Alembic's folder: how the database is made, and changed from version to version."""
