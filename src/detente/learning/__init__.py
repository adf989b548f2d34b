"""Learning from users' own labels."""
