"""Names that an expression may hold: Greek letters, accents, letters that are functions by custom."""

from __future__ import annotations

import re
from fractions import Fraction

from bridle.maths.tree import Sym, TooMuch

GREEK = frozenset({
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
    "nu", "xi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta",
    "Lambda", "Xi", "Sigma", "Phi", "Psi", "Omega", "hbar", "ell", "odot", "oplus", "partial", "nabla",
    "aleph", "Re", "Im", "star", "dagger", "infty", "perp", "parallel",
})  # fmt: skip
ACCENTS = frozenset({
    "\\dot", "\\ddot", "\\vec", "\\hat", "\\bar", "\\tilde", "\\overline", "\\widehat", "\\underline",
})  # fmt: skip
# A letter that is a function by custom: f(x+1) is a value, not a product.
CALLED = frozenset({
    "f", "g", "h", "F", "G", "H", "P", "Q", "delta", "Gamma", "zeta", "psi", "phi", "Phi",
})  # fmt: skip


class Unread(Exception):
    """The text is no expression that is understood."""


def unit_vector(name: str) -> Sym | None:
    """The symbol of a bold or accented i, j or k."""
    return Sym(f"{name}:hat") if name in ("i", "j", "k") else None


def number(text: str) -> Fraction:
    """The value of a number token. Raises TooMuch beyond 400 characters or powers of 2,000."""
    if len(text) > 400:
        raise TooMuch("a number of more than 400 characters")
    mantissa, _, exponent = text.lower().partition("e")
    if exponent and abs(int(exponent)) > 2000:
        raise TooMuch("an exponent beyond 2000")
    return Fraction(mantissa) * Fraction(10) ** int(exponent or 0)


_COUNTER = re.compile(
    r"(?:[,;(]|(?<=\S)\s)\s*+([a-jl-z])\s*\\in\s*(?:\\mathbb\s*\{[ZN]\}|[ZN](?![A-Za-z]))[)\s]*$"
)


def with_one_counter(text: str) -> str:
    """n\\pi, n \\in \\mathbb{Z} with k for n: the letter that counts the answers has no name of its own."""
    counter = _COUNTER.search(text)
    if counter is None or counter[1] == "k" or re.search(r"(?<![A-Za-z\\])k(?![A-Za-z])", text):
        return text
    return re.sub(rf"(?<![A-Za-z\\]){counter[1]}(?![A-Za-z])", "k", text)
