"""Put the chart library into the package: built from packages of the index, so that no third-party script is committed.

What enters: the packages named in `[build-system] requires`. What leaves: `src/detente/web/static/vendor/` with the
script, its licence and `MANIFEST.json`, in the wheel and in the editable install alike. Run `python hatch_build.py` to
make the folder in a checkout that was not installed.
"""

from __future__ import annotations

import hashlib
import json
from importlib import metadata
from pathlib import Path
from typing import Any

VENDOR = Path("src/detente/web/static/vendor")
SCRIPT = "vega.js"
PACKAGE = "vl-convert-python"
VEGA_LITE = "6.4"
# Of Vega, Vega-Lite and vega-embed as vl-convert-python 1.9.0.post1 bundles them; its output is the same each time.
SHA256 = "3425bd951a44d478d0505c6b5d1e8d57656b6e9a4da7bfe88a718ce61d76e572"


def make_vendor(root: Path) -> Path:
    """Write the folder, unless it is there and whole.

    Raises:
        RuntimeError: the bundle is not the one that was reviewed.
    """
    folder = root / VENDOR
    script = folder / SCRIPT
    if script.is_file() and hashlib.sha256(script.read_bytes()).hexdigest() == SHA256:
        return folder
    import vl_convert

    bundle = vl_convert.javascript_bundle(vl_version=VEGA_LITE)
    found = hashlib.sha256(bundle.encode()).hexdigest()
    if found != SHA256:
        raise RuntimeError(
            f"Bundle of hash {found} from {PACKAGE} {metadata.version(PACKAGE)}: {SHA256} was reviewed. Install the "
            "version that pyproject.toml pins, or review the new bundle and change the hash."
        )
    folder.mkdir(parents=True, exist_ok=True)
    script.write_text(bundle, "utf-8")
    (folder / "LICENSE.vega.txt").write_text(_licence(), "utf-8")
    manifest = {
        "file": SCRIPT,
        "sha256": SHA256,
        "made_by": f"{PACKAGE} {metadata.version(PACKAGE)}",
        "holds": f"Vega, Vega-Lite {VEGA_LITE}, vega-embed",
        "licence": "BSD-3-Clause",
    }
    (folder / "MANIFEST.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    return folder


def _licence() -> str:
    """The licence text that the package carries; Vega's own parts are under the same one."""
    for file in metadata.files(PACKAGE) or ():
        if file.name == "LICENSE":
            return file.read_text("utf-8")
    raise RuntimeError(f"No licence text in {PACKAGE}: it has to go with the script. Install another build of it.")


def get_build_hook() -> type:
    """The hook that hatchling runs; imported late, since running this file needs no hatchling."""
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class VendorHook(BuildHookInterface[Any]):
        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            make_vendor(Path(self.root))
            build_data["artifacts"].append(f"/{VENDOR.as_posix()}/*")

    return VendorHook


if __name__ == "__main__":
    print(make_vendor(Path(__file__).parent))  # noqa: T201
