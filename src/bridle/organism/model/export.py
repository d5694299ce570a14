"""A checkpoint → the file in the package: `python -m bridle.organism.model.export RUN/last.pt OUT.onnx`."""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from bridle.organism.model import tokens
from bridle.organism.model.graph import build
from bridle.organism.model.shape import SHAPE, Shape


def export(checkpoint: Path, out: Path, shape: Shape = SHAPE, *, remark: str = "") -> None:
    """Write the ONNX file of a checkpoint; its metadata tell the training and the tokenizer.

    `remark` is what the card must say besides, e.g. that the training was interrupted.
    """
    import torch

    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    weights = {name: value.numpy() for name, value in state["model"].items()}
    notes = {
        "training": json.dumps(state["progress"]),
        "tokenizer_sha256": hashlib.sha256(tokens.FILE.read_bytes()).hexdigest(),
        "remark": remark,
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(build(weights, shape, notes).SerializeToString())


def main() -> None:
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("checkpoint", type=Path)
    read.add_argument("out", type=Path)
    read.add_argument("--remark", default="", help="what the card must say besides")
    given = read.parse_args()
    export(given.checkpoint, given.out, remark=given.remark)
    print(f"{given.out}: {given.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
