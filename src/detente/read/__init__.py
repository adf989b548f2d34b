"""Bytes to `Document`: files of many kinds, directories, archives, standard input and, when asked for, addresses."""

from detente.read.anything import read_any
from detente.read.files import STDIN, find_files, read_file, read_files
from detente.read.origin import Origin
from detente.read.sources import Failure, Limits, Read, ReadOptions, Source

__all__ = [
    "STDIN",
    "Failure",
    "Limits",
    "Origin",
    "Read",
    "ReadOptions",
    "Source",
    "find_files",
    "read_any",
    "read_file",
    "read_files",
]
