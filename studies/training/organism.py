"""The embedded model between its two shapes: a transformers folder to train on, an ONNX file to run.

to_folder(weights.onnx, "runs/training/parent")    # model.safetensors, config.json, tokenizer
to_onnx("runs/training/rl/step-8", "step-8.onnx")  # for `bridle run --model organism/step-8.onnx`
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from bridle.organism.model import tokens
from bridle.organism.model.engine import MODEL
from bridle.organism.model.graph import build, weights_of
from bridle.organism.model.shape import SHAPE


def load(onnx_file: Path = MODEL) -> Any:
    """A transformers Qwen3ForCausalLM with the weights of the file."""
    import onnx
    import torch

    from bridle.organism.training.train import new_model

    model = new_model()
    weights = weights_of(onnx.load(str(onnx_file)))
    model.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()})
    return model


def save(model: Any, folder: Path) -> None:
    """The model with its tokenizer, as transformers reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    model.config.eos_token_id, model.config.pad_token_id = ends()
    model.generation_config.eos_token_id, model.generation_config.pad_token_id = ends()
    model.save_pretrained(folder)
    shutil.copyfile(tokens.FOLDER / "tokenizer_config.json", folder / "tokenizer_config.json")
    reader = json.loads(tokens.FILE.read_text(encoding="utf-8"))
    for token in reader["added_tokens"]:
        # Trainers decode completions without special tokens; a reward must see the tags (as Qwen3's).
        token["special"] = token["content"] not in (tokens.THINK, tokens.THOUGHT)
    (folder / "tokenizer.json").write_text(json.dumps(reader), encoding="utf-8")


def ends() -> tuple[int, int]:
    """The ids of the end of a turn and of padding."""
    reader = tokens.tokenizer()
    end, pad = reader.token_to_id(tokens.END), reader.token_to_id(tokens.PAD)
    assert end is not None and pad is not None
    return end, pad


def to_onnx(folder: Path, out: Path, **notes: Any) -> None:
    """The ONNX file of a transformers folder."""
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(folder, dtype="float32")
    write_onnx(model, out, **notes)


def write_onnx(model: Any, out: Path, **notes: Any) -> None:
    """The ONNX file of a transformers model; `notes` go into its metadata."""
    weights = {name: value.detach().numpy() for name, value in model.state_dict().items()}
    told = {
        "training": json.dumps(notes),
        "tokenizer_sha256": hashlib.sha256(tokens.FILE.read_bytes()).hexdigest(),
    }
    new = out.with_suffix(".new")
    new.write_bytes(build(weights, SHAPE, told).SerializeToString())
    new.replace(out)
