"""From a fitted network to what the product reads: int8 ONNX weights, the tokenizer and the labels in one folder."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.labels import Labels
from training.network import Network

HEADS = ("types", "modes", "statuses", "roots")


def export(
    network: Network, base: Path, labels: Labels, folder: Path, temperatures: Mapping[str, float] | None = None
) -> Path:
    """Write model.onnx (int8, weights per channel and of seven bits), tokenizer.json and labels.json into `folder`.

    Per-tensor weights lose several points of F1. With eight bits sums saturate on processors without VNNI, and F1 was
    lower here as well.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain, ready = Path(scratch) / "plain.onnx", Path(scratch) / "ready.onnx"
        _write_plain(network, plain)
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(folder / "model.onnx"),
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            extra_options={"MatMulConstBOnly": True},
        )
    _strip(folder / "model.onnx")
    shutil.copyfile(base / "tokenizer.json", folder / "tokenizer.json")
    told = {**labels.as_data(), "temperatures": dict(temperatures or dict.fromkeys(HEADS, 1.0))}
    (folder / "labels.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return folder


def _write_plain(network: Network, path: Path) -> None:
    network.eval()
    ids = torch.ones(2, 16, dtype=torch.int64)
    marks = torch.tensor([[1, 5], [2, 7]])
    torch.onnx.export(
        network,
        (ids, torch.ones_like(ids), marks),
        str(path),
        input_names=["ids", "mask", "marks"],
        output_names=[*HEADS, "features"],
        dynamic_axes={"ids": {0: "rows", 1: "tokens"}, "mask": {0: "rows", 1: "tokens"}, "marks": {0: "rows"}},
        opset_version=17,
        dynamo=False,
    )


def _strip(path: Path) -> None:
    """Take names and notes of the exporting machine out of the file, so that equal weights give equal bytes."""
    model = onnx.load(str(path))
    model.graph.ClearField("doc_string")
    for node in model.graph.node:
        node.ClearField("doc_string")
        node.ClearField("metadata_props")
    model.ClearField("metadata_props")
    onnx.save(model, str(path))
