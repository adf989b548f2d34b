"""The encoder with its heads: type, mode, status, root."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

from training.labels import Labels


class Network(nn.Module):
    """A pretrained encoder; heads read the mean state and the states at the marks of source and target."""

    def __init__(self, base: Path, labels: Labels) -> None:
        super().__init__()
        config = AutoConfig.from_pretrained(base)
        self.encoder = AutoModel.from_pretrained(base, config=config, add_pooling_layer=False)
        width = 3 * config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.hidden = nn.Linear(width, config.hidden_size)
        self.types = nn.Linear(config.hidden_size, len(labels.types))
        self.modes = nn.Linear(config.hidden_size, len(labels.modes))
        self.statuses = nn.Linear(config.hidden_size, len(labels.statuses))
        self.roots = nn.Linear(config.hidden_size, len(labels.roots))

    def forward(self, ids: Tensor, mask: Tensor, marks: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Logits of types, modes, statuses and roots, and the features that they are read from.

        `marks` holds the positions of the two marks (sentences × 2).
        """
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weight).sum(1) / weight.sum(1)
        at = marks.unsqueeze(-1).expand(-1, -1, states.shape[-1])
        marked = torch.gather(states, 1, at)
        pooled = torch.cat([mean, marked[:, 0], marked[:, 1]], dim=-1)
        hidden = torch.tanh(self.hidden(self.dropout(pooled)))
        hidden = self.dropout(hidden)
        return self.types(hidden), self.modes(hidden), self.statuses(hidden), self.roots(hidden), pooled

    def parts(self) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
        """Parameters of the encoder, and of the heads."""
        inside = list(self.encoder.parameters())
        known = {id(one) for one in inside}
        return inside, [one for one in self.parameters() if id(one) not in known]

    def start_from(self, weights: Path) -> None:
        """Take over weights of an earlier fit."""
        self.load_state_dict(torch.load(weights))
