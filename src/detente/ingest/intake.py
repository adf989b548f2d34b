"""Files to documents that are to be stored, with the hash of the file that each stood in.

What enters: paths. What leaves: `Taken` for each document and `FileDone` behind the last one of each file, in the
order of the names. Files of which every document is stored are told by their hash and not opened again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.errors import ReadError
from detente.ingest.characters import storable
from detente.ingest.options import AddOptions, Counts, Telling
from detente.read import Failure, Read, read_any
from detente.read.anything import files_below
from detente.records import Document
from detente.store.originals import keep_file, sha256_of
from detente.store.project import Project
from detente.store.runs import add_failure, add_original, is_complete
from detente.store.writer import Source


@dataclass(frozen=True, slots=True)
class Taken:
    """A document as read, and where it stood."""

    document: Document
    source: Source


@dataclass(frozen=True, slots=True)
class FileDone:
    """All documents of a file were given; `failed` says that some of it could not be read."""

    path: str
    sha256: str
    failed: bool


Item = Taken | FileDone


@dataclass(frozen=True, slots=True)
class Intake:
    """Reads files for a project; what fails is told, noted and counted."""

    project: Project
    options: AddOptions
    counts: Counts
    telling: Telling
    run_key: int

    def take(self, paths: Iterable[str | Path]) -> Iterator[Item]:
        """Read files, and all files below directories."""
        for path in map(Path, paths):
            is_named = not path.is_dir()
            for file in [path] if is_named else files_below(path):
                if isinstance(file, Failure):
                    self._fail_reading(file, named=is_named)
                    continue
                self.counts.files += 1
                try:
                    yield from self._file(file, named=is_named)
                except ReadError as error:
                    self.fail(str(file), str(error))

    def fail(self, where: str, message: str) -> None:
        """Tell, note and count what could not be read or coded."""
        self.counts.failed += 1
        self.telling.failure(where, message)
        with self.project.writing() as connection:
            add_failure(connection, self.run_key, where, message)

    def _file(self, file: Path, *, named: bool) -> Iterator[Item]:
        sha256 = sha256_of(file)
        with self.project.reading() as connection:
            is_known = is_complete(connection, sha256)
        if is_known:
            if self.options.keep_originals:  # a copy that was lost is made again
                keep_file(self.project.originals, file, sha256)
            self.counts.known_files += 1
            self.telling.done(str(file))
            return
        is_kept = has_failed = False
        for found in read_any(file, self.options.read):
            if isinstance(found, Failure):
                has_failed = True
                self._fail_reading(found, named=named)
                continue
            if not is_kept:
                self._keep(file, sha256)
                is_kept = True
            yield Taken(storable(found.document), _source(found, sha256))
        yield FileDone(str(file), sha256, failed=has_failed)

    def _fail_reading(self, failure: Failure, *, named: bool) -> None:
        if failure.passed_over and not named:
            self.counts.passed_over += 1
        else:
            self.fail(" > ".join((failure.path, *failure.member)), failure.message)

    def _keep(self, file: Path, sha256: str) -> None:
        wanted = self.options.keep_originals
        size = keep_file(self.project.originals, file, sha256) if wanted else file.stat().st_size
        with self.project.writing() as connection:
            add_original(connection, sha256, file.name, size=size, kept=wanted)


def _source(read: Read, sha256: str) -> Source:
    document, source = read.document, read.source
    notes = source.notes
    if storable(document).text != document.text:
        notes = (*notes, "halves of surrogate pairs were replaced by U+FFFD")
    return Source(
        original=sha256,
        path=source.path,
        member=" > ".join(source.member),
        media_type=source.media_type,
        title=document.title,
        publisher=document.publisher,
        url=document.url,
        published=document.published,
        date_source=source.date_source,
        retrieved_at=source.retrieved_at,
        notes=notes,
    )
