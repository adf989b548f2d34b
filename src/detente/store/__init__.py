"""A project on disk: one SQLite file of documents, records and corrections, and the originals beside it."""
