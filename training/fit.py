"""Fitting a network to examples, and asking it for probabilities. Seeded; the same machine gives the same weights."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from detente.encoder.marked import MarkedSentence, Marker, TokenIds
from training.examples import Example
from training.labels import Labels
from training.network import Network


@dataclass(frozen=True, slots=True)
class Settings:
    """How a network is fitted; rates are AdamW's, weights those of the further losses beside that of the type."""

    epochs: int = 4
    batch: int = 32
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    warmup: float = 0.1
    quad_weight: float = 0.5
    root_weight: float = 1.0
    mode_weight: float = 0.3
    status_weight: float = 0.3
    smoothing: float = 0.05
    seed: int = 1


def second(settings: Settings) -> Settings:
    """The same for the second run, in which teachers' roots are what is to be learnt and the rest to be kept."""
    return replace(settings, epochs=4, root_weight=3.0, mode_weight=0.3, status_weight=0.1, smoothing=0.0)


def settings_of(base: str) -> Settings:
    """How a network on a base is fitted by default."""
    return Settings() if base == "minilm" else Settings(epochs=3, batch=16, encoder_rate=4e-5)


@dataclass(frozen=True, slots=True)
class Probabilities:
    """Rows in the order of the sentences asked: the classes of each head as in `Labels`."""

    types: NDArray[np.float64]
    modes: NDArray[np.float64]
    statuses: NDArray[np.float64]
    roots: NDArray[np.float64]


def fit(
    network: Network,
    marker: Marker,
    labels: Labels,
    examples: Sequence[Example],
    settings: Settings,
) -> Network:
    """Fit in place and give the network back."""
    torch.manual_seed(settings.seed)
    order = random.Random(settings.seed)
    coded = marker.encode([example.sentence for example in examples])
    targets = Targets.of(examples, labels)
    inside, heads = network.parts()
    optimiser = torch.optim.AdamW(
        [{"params": inside, "lr": settings.encoder_rate}, {"params": heads, "lr": settings.head_rate}],
        weight_decay=0.01,
    )
    steps = settings.epochs * -(-len(examples) // settings.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, _slope(steps, settings.warmup))
    network.train()
    begin = time.monotonic()
    for epoch in range(settings.epochs):
        total = 0.0
        for rows in _batches(coded, settings.batch, order):
            loss = _loss(network, marker, coded, rows, targets, settings)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        print(
            f"epoch {epoch + 1} loss {total * settings.batch / len(examples):.3f} {time.monotonic() - begin:.0f} s",
            file=sys.stderr,
            flush=True,
        )
    return network


def ask(network: Network, marker: Marker, sentences: Sequence[MarkedSentence], batch: int = 32) -> Probabilities:
    """Probabilities of each head for each sentence."""
    coded = marker.encode(sentences)
    order = sorted(range(len(coded)), key=lambda row: len(coded[row].ids))
    parts: list[tuple[Tensor, ...]] = []
    network.eval()
    with torch.no_grad():
        for at in range(0, len(order), batch):
            parts.append(_run(network, marker, [coded[row] for row in order[at : at + batch]]))
    inverse = np.argsort(order)
    found = [torch.cat([part[head] for part in parts]).float() for head in range(4)]
    return Probabilities(*(torch.softmax(logits, -1).numpy().astype(np.float64)[inverse] for logits in found))


def _run(network: Network, marker: Marker, coded: Sequence[TokenIds]) -> tuple[Tensor, ...]:
    batch = marker.batch(coded)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return network(torch.from_numpy(batch.ids), torch.from_numpy(batch.mask), torch.from_numpy(batch.marks))


@dataclass(frozen=True, slots=True)
class Targets:
    """What the rows say, as tensors; -1, or a row of zeros in `roots`, is silence."""

    types: Tensor
    modes: Tensor
    statuses: Tensor
    roots: Tensor
    quad_of_type: Tensor
    quad_of_root: Tensor

    @classmethod
    def of(cls, examples: Sequence[Example], labels: Labels) -> Targets:
        silent = (0.0,) * len(labels.roots)
        targets = [example.target for example in examples]
        types, modes, statuses = (
            torch.tensor([-1 if (value := getattr(one, head)) is None else value for one in targets])
            for head in ("type", "mode", "status")
        )
        roots = torch.tensor([one.roots or silent for one in targets])
        by_type = torch.zeros(len(labels.types), len(labels.quads))
        by_root = torch.zeros(len(labels.roots), len(labels.quads))
        for kind, (quad, root) in enumerate(zip(labels.quad_of, labels.root_of, strict=True)):
            by_type[kind, quad] = 1.0
            if root >= 0:
                by_root[root, quad] = 1.0
        return cls(types, modes, statuses, roots, by_type, by_root)


def _loss(
    network: Network,
    marker: Marker,
    coded: Sequence[TokenIds],
    rows: list[int],
    targets: Targets,
    settings: Settings,
) -> Tensor:
    types, modes, statuses, roots = (x.float() for x in _run(network, marker, [coded[row] for row in rows])[:4])
    kind = targets.types[rows]
    told = kind >= 0
    wanted = functional.one_hot(kind.clamp(min=0), types.shape[-1]).float() * told.unsqueeze(-1)
    loss = _soft(types, wanted, targets.quad_of_type, settings)
    loss = loss + settings.root_weight * _soft(roots, targets.roots[rows], targets.quad_of_root, settings)
    loss = loss + settings.mode_weight * _known(modes, targets.modes[rows])
    return loss + settings.status_weight * _known(statuses, targets.statuses[rows])


def _soft(logits: Tensor, wanted: Tensor, quads: Tensor, settings: Settings) -> Tensor:
    """Cross entropy with the chances wanted, of classes and of their quads, over the batch; silent rows add 0."""
    logp = functional.log_softmax(logits, -1)
    told = wanted.sum(-1)
    smooth = (1 - settings.smoothing) * wanted + settings.smoothing * told.unsqueeze(-1) / wanted.shape[-1]
    quad = torch.log(logp.exp() @ quads + 1e-9)
    each = -(smooth * logp).sum(-1) - settings.quad_weight * ((wanted @ quads) * quad).sum(-1)
    return each.mean()


def _known(logits: Tensor, target: Tensor) -> Tensor:
    """Cross entropy over the rows that have a target (-1 is none)."""
    if not bool((target >= 0).any()):
        return logits.sum() * 0.0
    return functional.cross_entropy(logits, target, ignore_index=-1)


def _batches(coded: Sequence[TokenIds], size: int, order: random.Random) -> Iterator[list[int]]:
    """Batches of like lengths in random order."""
    rows = list(range(len(coded)))
    order.shuffle(rows)
    chunk = size * 32
    batches = []
    for at in range(0, len(rows), chunk):
        part = sorted(rows[at : at + chunk], key=lambda row: len(coded[row].ids))
        batches += [part[low : low + size] for low in range(0, len(part), size)]
    order.shuffle(batches)
    yield from batches


def _slope(steps: int, warmup: float):
    rise = max(1, int(steps * warmup))
    return lambda step: (step + 1) / rise if step < rise else max(0.0, (steps - step) / max(1, steps - rise))


def fresh(base: Path, labels: Labels, seed: int) -> Network:
    """A network from pretrained weights with untrained heads."""
    torch.manual_seed(seed)
    return Network(base, labels)
