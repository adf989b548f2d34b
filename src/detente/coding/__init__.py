"""Coders: a `Reading` in, records out. Each file codes one kind of record and knows none of the others."""
