"""The frozen tokenizer: byte-level pieces, so that any text can be read; Qwen3's marks.

encode("12+7=19")     -> one token a digit
built once by `python -m bridle.organism.training.tokenizer OUT`, and then frozen: other pieces would ruin
weights that were trained on these.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FOLDER = Path(__file__).parent / "weights"
FILE = FOLDER / "tokenizer.json"

PAD, START, END, THINK, THOUGHT = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<think>",
    "</think>",
)
MARKS = (PAD, START, END, THINK, THOUGHT)

# digits one by one; words with the space before them; runs of marks; white space
SPLIT = r"\p{N}| ?[\p{L}\p{M}]+| ?[^\s\p{L}\p{M}\p{N}]{1,4}|\s*\n|\s+"


@functools.cache
def tokenizer(path: Path = FILE) -> Tokenizer:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(path))


def piece_bytes(made: Tokenizer) -> list[bytes]:
    """The bytes that each id stands for; the marks stand for their own names."""
    back = {char: byte for byte, char in _byte_chars().items()}
    out: list[bytes] = []
    for index in range(made.get_vocab_size()):
        piece = made.id_to_token(index)
        assert piece is not None  # ids are dense
        out.append(piece.encode() if piece in MARKS else bytes(back[c] for c in piece))
    return out


def _byte_chars() -> dict[int, str]:
    """Byte-level BPE's printable stand-in for each byte (Radford et al. 2019, section 2.2)."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in plain]
    return {b: chr(b) for b in plain} | {b: chr(256 + i) for i, b in enumerate(others)}
