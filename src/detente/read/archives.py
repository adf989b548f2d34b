"""Archives and packed files to the pieces in them.

What enters: zip, tar, gzip, bzip2 and xz, in each other too. What leaves: one piece a member, read as a stream, never
written to disk under its own name. Names that lead out of the archive, links and secrets are refused one by one.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from detente.errors import ReadError
from detente.read.kinds import kind_of
from detente.read.office import is_docx, office_name, read_docx
from detente.read.sources import Budget, Failure, Found, Piece, ReadOptions, shown
from detente.read.streams import HEAD_BYTES, budget_of, damaged, metered, seekable

_UNPACKERS: dict[str, Callable[..., Any]] = {"gzip": gzip.open, "bzip2": bz2.open, "xz": lzma.open}
_ENCRYPTED = 0x1


def read_zip(piece: Piece, options: ReadOptions) -> Iterator[Found | Piece | Failure]:
    """Give the members of a zip file, or the document of a DOCX file, which is one."""
    with seekable(piece) as file:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise damaged(piece.where, error) from error
        with archive:
            names = set(archive.namelist())
            if is_docx(names):
                yield from read_docx(piece, file, archive, options)
                return
            if (program := office_name(archive, names)) is not None:
                raise ReadError(f"A file of {program} in {piece.where}: .docx is read. Save its text as .docx or .txt.")
            yield from _zip_members(archive, _inside(piece, options))


def _zip_members(archive: zipfile.ZipFile, inside: Piece) -> Iterator[Piece | Failure]:
    for member in archive.infolist():
        if member.is_dir() or _is_hidden(member.filename):
            continue
        refused = _refused(member.filename, inside, is_secret=bool(member.flag_bits & _ENCRYPTED))
        yield refused or _zip_member(archive, member, inside)
        if _is_spent(inside.budget):
            return


def _zip_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, inside: Piece) -> Piece | Failure:
    name = shown(member.filename)
    try:
        stream = archive.open(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        return Failure(inside.path, (*inside.members, name), str(damaged(_where(inside, name), error)))
    return replace(
        inside, stream=metered(stream.read, inside.budget, _where(inside, name)), members=(*inside.members, name)
    )


def read_tar(piece: Piece, options: ReadOptions) -> Iterator[Piece | Failure]:
    """Give the members of a tar file in their order; it is read once, from front to back."""
    inside = _inside(piece, options)
    try:
        with tarfile.open(fileobj=piece.stream, mode="r|") as archive:
            for member in archive:
                if member.isdir() or _is_hidden(member.name):
                    continue
                name = shown(member.name)
                refused = _refused(member.name, inside, is_link=not member.isfile())
                stream = archive.extractfile(member) if refused is None else None
                if stream is not None:
                    wrapped = metered(stream.read, inside.budget, _where(inside, name))
                    yield replace(inside, stream=wrapped, members=(*inside.members, name))
                elif refused is not None:
                    yield refused
                if _is_spent(inside.budget):
                    return
    except tarfile.TarError as error:
        raise damaged(piece.where, error) from error


def read_packed(piece: Piece, options: ReadOptions) -> Iterator[Piece]:
    """Give what one packed file holds, as a member with the name less its last suffix."""
    kind = kind_of(piece.stream.peek(HEAD_BYTES), piece.name)
    inside = _inside(piece, options)
    name = Path(piece.name).name
    shorter = name.removesuffix(Path(name).suffix)
    member = f"{shorter}.tar" if name.lower().endswith(".tgz") else shorter
    # `read1` gives what there is before a fault, `read` nothing.
    unpacked = _UNPACKERS[str(kind)](piece.stream)
    yield replace(inside, stream=metered(unpacked.read1, inside.budget, piece.where), members=(*piece.members, member))


def _inside(piece: Piece, options: ReadOptions) -> Piece:
    """The piece that members are made from: one level deeper, with a budget by the size of the outermost file.

    Raises:
        ReadError: archives lie in each other deeper than is allowed.
    """
    limits = options.limits
    if piece.depth >= limits.depth:
        raise ReadError(
            f"Archives {piece.depth + 1} deep at {piece.where}: {limits.depth} are opened. Unpack the outer ones."
        )
    budget = piece.budget or budget_of(_packed_bytes(piece), limits)
    return replace(piece, depth=piece.depth + 1, budget=budget)


def _refused(name: str, inside: Piece, *, is_secret: bool = False, is_link: bool = False) -> Failure | None:
    """Refuse a member that leads out of its archive, is none of its own, or needs a password."""
    path = PurePosixPath(name.replace("\\", "/"))
    if ".." in path.parts or path.is_absolute() or "\0" in name or name[1:2] == ":":
        why = "A name that leads out of the archive", "Names are relative and without '..'. Pack it anew"
    elif is_link:
        why = "A link or device", "Files are read. Pack the file that it points to"
    elif is_secret:
        why = "An encrypted file", "Files without a password are read. Unpack it first"
    else:
        return None
    member = shown(name)
    return Failure(inside.path, (*inside.members, member), f"{why[0]} at {_where(inside, member)}: {why[1]}.")


def _where(inside: Piece, name: str) -> str:
    return repr(" > ".join((inside.path, *inside.members, name)))


def _is_hidden(name: str) -> bool:
    """Hidden files, and what macOS adds to archives; a name that leads out is not hidden but refused."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in (".", "..")]
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _is_spent(budget: Budget | None) -> bool:
    return budget is not None and budget.left < 0


def _packed_bytes(piece: Piece) -> int:
    try:
        return Path(piece.path).stat().st_size
    except (OSError, ValueError):
        return 0
