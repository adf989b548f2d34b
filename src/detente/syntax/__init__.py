"""What every coder reads: a parsed document as plain arrays, and the grammar of its clauses."""
