"""Sources into a project: read, code and store, each document once."""
