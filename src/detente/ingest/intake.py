"""Files and pages to documents that are to be stored, with the hash of the file that each stood in.

What enters: paths, and addresses where the user asked for the network. What leaves: `Taken` for each document and
`FileDone` behind the last one of each file, in the order of the names. Files of which every document is stored are
told by their hash and not opened again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from detente.errors import ReadError
from detente.ingest.characters import storable
from detente.ingest.fetching import Crawl, addresses_listed_in, check_no_list, file_name_of, is_address
from detente.ingest.options import AddOptions, Counts, Telling
from detente.read import Failure, Read
from detente.read.anything import files_below
from detente.read.fetch import Fetched, Fetcher, read_fetched
from detente.records import Document
from detente.store.originals import keep_bytes, keep_file, sha256_of
from detente.store.project import Project
from detente.store.runs import add_failure, add_original, is_complete, known_paths
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
        """Read files, all files below directories, and addresses."""
        with ExitStack() as opened:
            crawl = self._crawl(opened)
            for path in paths:
                if crawl is not None and is_address(path):
                    yield from self._pages(crawl, [str(path)])
                else:
                    yield from self._path(Path(path), crawl)

    def fail(self, where: str, message: str) -> None:
        """Tell, note and count what could not be read or coded."""
        self.counts.failed += 1
        self.telling.failure(where, message)
        with self.project.writing() as connection:
            add_failure(connection, self.run_key, where, message)

    def _path(self, path: Path, crawl: Crawl | None) -> Iterator[Item]:
        is_named = not path.is_dir()
        for file in [path] if is_named else files_below(path):
            if isinstance(file, Failure):
                self._fail_reading(file, named=is_named)
                continue
            try:
                if is_named and crawl is None:
                    check_no_list(file)
                listed = addresses_listed_in(file) if is_named and crawl is not None else []
                if crawl is not None and listed:
                    self.telling.more(len(listed))
                    yield from self._pages(crawl, listed)
                    self.telling.done(str(file))
                else:
                    yield from self._file(file, named=is_named)
            except ReadError as error:
                self.fail(str(file), str(error))

    def _file(self, file: Path, *, named: bool) -> Iterator[Item]:
        self.counts.files += 1
        sha256 = sha256_of(file)
        if self._is_known(sha256):
            if self.options.keep_originals:  # a copy that was lost is made again
                keep_file(self.project.originals, file, sha256)
            self.counts.known_files += 1
            self.telling.done(str(file))
            return

        def keep() -> None:
            wanted = self.options.keep_originals
            size = keep_file(self.project.originals, file, sha256) if wanted else file.stat().st_size
            self._note_original(sha256, file.name, size)

        found = self.options.read_file(file, self.options.read)
        yield from self._documents(str(file), sha256, found, keep, named=named)

    def _pages(self, crawl: Crawl, addresses: list[str]) -> Iterator[Item]:
        """Read what addresses lead to, each page as a file."""
        for page in crawl.pages(addresses):
            if isinstance(page, Failure):
                self.fail(page.path, page.message)
                self.telling.done(page.path)
                continue
            self.counts.fetched += 1
            sha256 = hashlib.sha256(page.data).hexdigest()
            keep = partial(self._keep_page, page, sha256)
            found = read_fetched(page, self.options.read)
            try:
                yield from self._documents(page.address, sha256, found, keep, named=True)
            except ReadError as error:
                self.fail(page.address, str(error))

    def _documents(
        self, path: str, sha256: str, found: Iterable[Read | Failure], keep: Callable[[], None], *, named: bool
    ) -> Iterator[Item]:
        """Give the documents of one file; it is kept as soon as it has one."""
        is_kept = has_failed = False
        others: list[Failure] = []
        for one in found:
            if isinstance(one, Failure):
                if one.passed_over:
                    others.append(one)
                else:
                    has_failed = True
                    self._fail_reading(one, named=named)
                continue
            if not is_kept:
                keep()
                is_kept = True
            yield Taken(storable(one.document), _source(one, sha256))
        is_empty = not is_kept and not has_failed
        if named and is_empty and others:
            self._fail_reading(_nothing_in(path, others), named=True)
        else:  # beside documents, pictures in an archive are only counted
            self.counts.passed_over += len(others)
        yield FileDone(path, sha256, failed=has_failed or is_empty)

    def _fail_reading(self, failure: Failure, *, named: bool) -> None:
        if failure.passed_over and not named:
            self.counts.passed_over += 1
        else:
            self.fail(" > ".join((failure.path, *failure.member)), failure.message)

    def _crawl(self, opened: ExitStack) -> Crawl | None:
        """What fetches addresses, where the user asked for that."""
        if self.options.fetch is None:
            return None
        fetcher = opened.enter_context(Fetcher(self.options.fetch))
        return Crawl(fetcher, self._known_addresses, self.counts, self.telling)

    def _is_known(self, sha256: str) -> bool:
        with self.project.reading() as connection:
            return is_complete(connection, sha256)

    def _known_addresses(self, addresses: list[str]) -> set[str]:
        with self.project.reading() as connection:
            return known_paths(connection, addresses)

    def _keep_page(self, page: Fetched, sha256: str) -> None:
        name = file_name_of(page)
        if self.options.keep_originals:
            keep_bytes(self.project.originals, name, page.data, sha256)
        self._note_original(sha256, name, len(page.data))

    def _note_original(self, sha256: str, name: str, size: int) -> None:
        with self.project.writing() as connection:
            add_original(connection, sha256, name, size=size, kept=self.options.keep_originals)


def _nothing_in(path: str, others: list[Failure]) -> Failure:
    """One failure for a file that was asked for and holds nothing that is read."""
    if not others[0].member:
        return others[0]
    message = (
        f"Nothing to read among the {len(others):,} members of {path!r}, such as {others[0].member[-1]!r}: texts are "
        "needed. Pack these."
    )
    return Failure(path, (), message)


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
