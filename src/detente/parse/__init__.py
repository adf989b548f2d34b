"""Documents to parsed documents: language models, sentences, tokens and dependencies."""
