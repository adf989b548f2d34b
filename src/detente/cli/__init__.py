"""The command line: parse arguments, call, print. Nothing is decided here."""
