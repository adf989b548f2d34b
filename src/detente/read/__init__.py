"""Bytes to `Document`: plain text and web pages, from files, directories and standard input."""

from detente.read.files import STDIN, Origin, find_files, read_file, read_files

__all__ = ["STDIN", "Origin", "find_files", "read_file", "read_files"]
