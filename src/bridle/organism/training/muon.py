"""Muon for matrices, AdamW for the rest: the optimizer that a short training needs.

Muon moves a matrix along the nearest orthogonal matrix to its momentum (Jordan et al. 2024,
"Muon: an optimizer for hidden layers"; the quintic iteration and its three coefficients are
theirs), scaled so that an entry moves as far as AdamW would move it (Liu et al. 2025,
arXiv 2502.16982, section 2.2). Matrices of one shape are orthogonalised together.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

COEFFICIENTS = (3.4445, -4.7750, 2.0315)


class Optimizer:
    """One step for all parameters of a model; `scale` in 0..1 is the rate schedule's."""

    def __init__(
        self, model: nn.Module, *, muon: float, adam: float, decay: float, momentum: float = 0.95
    ) -> None:
        named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
        matrices = [p for n, p in named if p.ndim == 2 and "embed" not in n and "lm_head" not in n]
        chosen = {id(p) for p in matrices}
        self.rest = torch.optim.AdamW(
            [p for _, p in named if id(p) not in chosen],
            lr=adam,
            betas=(0.9, 0.98),
            weight_decay=0.0,
        )
        self.groups: list[list[Tensor]] = []
        for shape in dict.fromkeys(p.shape for p in matrices):
            self.groups.append([p for p in matrices if p.shape == shape])
        self.buffers = [torch.zeros(len(g), *g[0].shape, device=g[0].device) for g in self.groups]
        self.muon, self.adam, self.decay, self.momentum = muon, adam, decay, momentum

    @torch.no_grad()
    def step(self, scale: float) -> None:
        for group in self.rest.param_groups:
            group["lr"] = self.adam * scale
        self.rest.step()
        rate = self.muon * scale
        for group, buffer in zip(self.groups, self.buffers, strict=True):
            gradient = torch.stack([_gradient(p) for p in group])
            buffer.mul_(self.momentum).add_(gradient)
            update = orthogonal(gradient.add_(buffer, alpha=self.momentum))
            update *= 0.2 * max(update.shape[-2:]) ** 0.5
            for parameter, change in zip(group, update, strict=True):
                parameter.mul_(1 - rate * self.decay).sub_(change, alpha=rate)

    def zero_grad(self) -> None:
        self.rest.zero_grad()
        for group in self.groups:
            for parameter in group:
                parameter.grad = None

    def state_dict(self) -> dict[str, Any]:
        return {"rest": self.rest.state_dict(), "buffers": self.buffers}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self.rest.load_state_dict(state["rest"])
        for mine, saved in zip(self.buffers, state["buffers"], strict=True):
            mine.copy_(saved)


def _gradient(parameter: Tensor) -> Tensor:
    assert parameter.grad is not None  # every matrix takes part in every loss
    return parameter.grad


def orthogonal(matrices: Tensor, *, rounds: int = 5) -> Tensor:
    """The nearest (semi-)orthogonal matrices, roughly: [n, rows, columns] → the same shape."""
    a, b, c = COEFFICIENTS
    turned = matrices.shape[-2] > matrices.shape[-1]
    x = matrices.mT if turned else matrices
    x = x / (x.flatten(1).norm(dim=1)[:, None, None] + 1e-7)
    for _ in range(rounds):
        square = x @ x.mT
        x = a * x + (b * square + c * (square @ square)) @ x
    return x.mT if turned else x
