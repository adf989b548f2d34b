"""Definitions as data: what the event types, modes, contexts and sectors are, and which words name them."""
