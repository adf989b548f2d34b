"""Files that were sent, stored and coded one job after the other while the visitor goes on.

What enters: a folder with the files of a job. What leaves: documents and records in the project, and a `Job` that tells
how far it is. The files lie in `uploads/` of the project until they are done, so a job that was interrupted can be
continued; what it did is kept in `job.json` beside them.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from queue import SimpleQueue
from secrets import token_hex
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Literal

from detente.errors import DetenteError
from detente.ingest.options import AddOptions, Counts, Telling

if TYPE_CHECKING:
    from detente.ingest.coding import Coder
    from detente.store.project import Project

UPLOADS = "uploads"
_FILES = "files"
_HEAD = "job.json"
_KEPT = 100
State = Literal["waiting", "running", "done", "stopped"]


@dataclass(slots=True)
class Job:
    """Some files on their way into the project.

    Attributes:
        origin: title, publisher and so on, as the visitor gave them.
        files: names of the files; `hashes` the SHA-256 of each.
        read: how many of them are done.
        failures: where, and the error, in one line each.
        state: `stopped` where it was interrupted or could not begin; `message` says why.
    """

    id: str
    folder: Path
    origin: dict[str, str | None]
    files: list[str] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    read: int = 0
    counts: Counts = field(default_factory=Counts)
    failures: list[tuple[str, str]] = field(default_factory=list)
    state: State = "waiting"
    message: str = ""
    ended: Event = field(default_factory=Event)

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "stopped")

    def form(self) -> dict[str, Any]:
        """The job as plain values."""
        told = {name: getattr(self, name) for name in ("id", "origin", "files", "hashes", "read", "state", "message")}
        failures = [{"where": where, "message": message} for where, message in self.failures]
        return {**told, "counts": self.counts.as_dict(), "failures": failures}

    def paths(self) -> list[Path]:
        """Where the files lie, in their order."""
        return [self.folder / _FILES / f"{number:04}" / name for number, name in enumerate(self.files)]


class Jobs:
    """The jobs of a project; one runs at a time, since only one may write."""

    def __init__(self, project: Project, load_coder: Callable[[], Coder] | None, now: Callable[[], str]) -> None:
        self._project, self._load_coder, self._now = project, load_coder, now
        self._root = project.root / UPLOADS
        self._known: dict[str, Job] = {}
        self._lock = Lock()
        self._waiting: SimpleQueue[Job] = SimpleQueue()
        self._thread: Thread | None = None

    def begin(self, origin: dict[str, str | None]) -> Job:
        """A new job without files; nothing is coded before `submit`."""
        job_id = f"job-{token_hex(8)}"
        folder = self._root / job_id
        folder.mkdir(parents=True)
        return Job(job_id, folder, origin)

    def place(self, job: Job, name: str) -> Path:
        """Where the next file of a job is to be written; its name loses what could lead out of the folder."""
        clean = "".join(char for char in name.replace("\\", "/").rpartition("/")[2] if char.isprintable()).lstrip(".")
        job.files.append(clean[-120:] or "file.txt")
        path = job.paths()[-1]
        path.parent.mkdir(parents=True)
        return path

    def submit(self, job: Job) -> None:
        """Line a job up."""
        from detente.store.originals import sha256_of

        job.hashes = [sha256_of(path) for path in job.paths()]
        job.state, job.message, job.read = "waiting", "", 0
        job.failures.clear()
        job.counts = Counts()
        job.ended.clear()
        with self._lock:
            self._known[job.id] = job
            self._save(job)
            self._waiting.put(job)
            if self._thread is None:
                self._thread = Thread(target=self._work, name="detente-jobs", daemon=True)
                self._thread.start()

    def drop(self, job: Job) -> None:
        """Forget a job that was never submitted."""
        shutil.rmtree(job.folder, ignore_errors=True)

    def get(self, job_id: str) -> Job | None:
        """A job, of this process or of one before; None where there is none."""
        with self._lock:
            if job_id not in self._known:
                found = next((one for one in self._stored() if one.id == job_id), None)
                if found is None:
                    return None
                self._known[job_id] = found
            return self._known[job_id]

    def unfinished(self) -> list[Job]:
        """Jobs that wait, run or stopped, by id."""
        with self._lock:
            for one in self._stored():
                self._known.setdefault(one.id, one)
            return sorted((one for one in self._known.values() if one.state != "done"), key=lambda job: job.id)

    def _stored(self) -> Iterator[Job]:
        for head in sorted(self._root.glob(f"job-*/{_HEAD}")):
            try:
                told = json.loads(head.read_text("utf-8"))
                yield _job(head.parent, told)
            except (OSError, ValueError, KeyError, TypeError):
                continue  # half-written by a process that was killed: its files were never told to be here

    def _work(self) -> None:
        while True:
            self._run(self._waiting.get())

    def _run(self, job: Job) -> None:
        job.state = "running"
        self._save(job)
        try:
            self._add(job)
            job.state = "done"
        except DetenteError as error:
            job.state, job.message = "stopped", str(error)
        except Exception as error:  # noqa: BLE001 - told on the job's page; the next job goes on
            job.state = "stopped"
            job.message = f"Unexpected {type(error).__name__} ({error}): please report it. Try again, or `detente add`."
        self._save(job)
        if job.state == "done":
            shutil.rmtree(job.folder / _FILES, ignore_errors=True)
            self._forget_old()
        job.ended.set()

    def _add(self, job: Job) -> None:
        """Read, code and store the files of a job: the one place where what was sent is read."""
        from detente.ingest.add import add
        from detente.parse.dateline import written_on
        from detente.read import Origin, ReadOptions
        from detente.read.confined import read_confined

        assert self._load_coder is not None
        read = ReadOptions(origin=Origin(**job.origin), written_on=written_on)
        options = AddOptions(read=read, read_file=read_confined)
        telling = Telling(
            failure=lambda where, message: job.failures.append(_told(job, where, message)),
            done=lambda _: setattr(job, "read", job.read + 1),
        )
        add(
            self._project,
            job.paths(),
            self._load_coder(),
            now=self._now,
            options=options,
            telling=telling,
            counts=job.counts,
        )

    def _save(self, job: Job) -> None:
        head = job.folder / _HEAD
        new = head.with_suffix(".new")
        new.write_text(json.dumps(job.form(), ensure_ascii=False), "utf-8")
        new.replace(head)

    def _forget_old(self) -> None:
        done = [one for one in self._stored() if one.state == "done"]
        by_age = sorted(done, key=lambda job: (job.folder / _HEAD).stat().st_mtime_ns)
        for old in by_age[:-_KEPT]:
            shutil.rmtree(old.folder, ignore_errors=True)


def _job(folder: Path, told: dict[str, Any]) -> Job:
    """A job of a process before; one that was not done was interrupted."""
    job = Job(told["id"], folder, told["origin"], told["files"], told["hashes"], told["read"])
    job.counts = Counts(**{name: told["counts"].get(name, 0) for name in asdict(Counts())})
    job.failures = [(one["where"], one["message"]) for one in told["failures"]]
    job.state, job.message = told["state"], told["message"]
    if not job.is_over:
        job.state, job.message = "stopped", "The site was stopped before all was done. Continue; nothing comes twice."
    job.ended.set()
    return job


def _told(job: Job, where: str, message: str) -> tuple[str, str]:
    """A failure with the names that the visitor knows."""
    for path, name in zip(job.paths(), job.files, strict=True):
        where, message = where.replace(str(path), name), message.replace(str(path), name)
    return where, message
