"""A small encoder that tells what one marked actor does to another in a sentence."""
