"""Mentions in sentences with whom they mean, and how well they are resolved; see README.md."""
