"""Where generated items get their randomness: a number that anyone may know, or a secret.

    public(7)                  -> Seed(number=7, label="7", known={"seed": 7})
    secret("correct horse …")  -> Seed(number=<256 bits>, label="s3f9c2b71", known={"seed_hash": "…"})

Items of a secret seed cannot be made, and so not trained on, by who does not have it. What is written
down (ids, plan, manifest) holds only a hash of it. Both the draws and the hash come out of scrypt
(RFC 7914), so that guessing a passphrase from the hash costs 16 MB and some 50 ms a guess.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bridle.errors import BridleError

LEAST = 12  # characters of a secret: a short one is guessed from its hash
_SALT = b"bridle generated items, 1"


@dataclass(frozen=True, slots=True)
class Seed:
    """`number` goes into random generators and nowhere else, `label` into ids, `known` into the plan."""

    number: int
    label: str
    known: Mapping[str, Any]


def public(seed: int) -> Seed:
    return Seed(seed, str(seed), {"seed": seed})


def secret(text: str) -> Seed:
    """The seed of a secret text.

    Raises:
        BridleError: it is shorter than 12 characters.
    """
    if len(text) < LEAST:
        raise BridleError(
            f"A secret seed of {len(text)} characters is guessed too easily.",
            expected=f"at least {LEAST} characters, as `openssl rand -hex 16` prints",
        )
    key = hashlib.scrypt(text.encode("utf-8", "surrogatepass"), salt=_SALT, n=1 << 14, r=8, p=1)
    number = int.from_bytes(hashlib.sha256(b"draws" + key).digest(), "big")
    hashed = hashlib.sha256(b"known" + key).hexdigest()
    return Seed(number, f"s{hashed[:8]}", {"seed_hash": hashed})
