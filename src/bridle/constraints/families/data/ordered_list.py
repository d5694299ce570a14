"""Given names in order: a list that is the whole answer."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Literal

from bridle.constraints.base import WRAP, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import Span, View
from bridle.text.fences import inside

Order = Literal["given", "ascending", "descending"]
_AND = re.compile(r"and\s")
_MARK = re.compile(r"[ \t]*(?:[-*+•][ \t]+|[0-9]{1,4}[.)][ \t]+)?")
_LETTER = re.compile(r"[^\W_]")
_PARTING = re.compile("[,，、،]")
_COMMA = re.compile("[^,，、،]+")


def _shown(char: str) -> str:
    return char if char.isalnum() else "" if char in "'’‘.*_" else " "


_ASCII = {i: _shown(chr(i)) for i in range(128)}


def key(name: str) -> str:
    """A name for comparing: letters and digits without accents and case, no article before."""
    if name.isascii():
        plain = name.lower().translate(_ASCII)
    else:
        plain = unicodedata.normalize("NFKD", name)
        accents = {c for c in set(plain) if unicodedata.category(c) == "Mn"}
        plain = plain.translate(dict.fromkeys(map(ord, accents))).casefold()
        plain = plain.translate({ord(c): _shown(c) for c in set(plain)})
    return " ".join(plain.split()).removeprefix("the ")


@register
@dataclass(frozen=True, kw_only=True)
class OrderedList(Constraint):
    """The text lists given names in order, and nothing else."""

    name = "ordered_list"
    skill = "precision"
    stage = WRAP
    meaning = (
        "Parted by commas or one a line, every part is one of the names (`a/b`: either; case, "
        "accents, list marks, articles and a note in brackets free), each name once, none missing "
        "but `optional` ones, in the given order or by the alphabet as written; lines of marks "
        "alone are free, and so is a first one that ends in a colon."
    )
    examples: ClassVar = (
        Example({"names": ["Oslo", "Riga", "Bern"]}, "Oslo, Riga, Bern", True),
        Example({"names": ["Oslo", "Riga", "Bern"]}, "Riga, Oslo, Bern", False, "another order"),
        Example({"names": ["Oslo", "Kyiv/Kiev"]}, "Oslo, and Kiev.", True, "either name"),
        Example({"names": ["Oslo", "Riga"]}, "Oslo, Riga, Bern", False, "one too many"),
        Example({"names": ["Oslo", "Riga"]}, "Oslo", False, "one is missing"),
        Example(
            {"names": ["Chad", "Mali", "Togo"], "order": "descending", "separator": "newline"},
            "Here they are:\n1. Togo\n2. Mali\n3. Chad",
            True,
        ),
        Example(
            {"names": ["Chad", "Mali"], "order": "descending", "separator": "newline"},
            "Chad\nMali",
            False,
            "rising",
        ),
    )

    names: tuple[str, ...]
    order: Order = "given"
    separator: Literal["comma", "newline"] = "comma"
    optional: tuple[str, ...] = ()

    def validate(self) -> None:
        self.want_texts("names")
        if self.optional != ():
            self.want_texts("optional")
        if self.order not in ("given", "ascending", "descending"):
            raise self.bad("order", self.order, "given, ascending or descending")
        if self.separator not in ("comma", "newline"):
            raise self.bad("separator", self.separator, "comma or newline")
        if self.separator == "comma" and any(
            _PARTING.search(n) for n in (*self.names, *self.optional)
        ):
            raise self.bad("names", self.names, "names without commas, which part them")
        keys = [key(v) for n in (*self.names, *self.optional) for v in n.split("/")]
        twice = next((k for i, k in enumerate(keys) if not k or k in keys[:i]), None)
        if twice is not None:
            raise self.bad("names", self.names, f"names that differ in letters, unlike {twice!r}")

    def phrasings(self) -> tuple[str, ...]:
        shown = ", ".join(n.split("/")[0] for n in self.names)
        by = "separated by commas" if self.separator == "comma" else "each on a new line"
        order = {
            "given": "in just this order",
            "ascending": "in alphabetical order",
            "descending": "in reverse alphabetical order",
        }[self.order]
        return (
            f"List the following, {by}, {order}, and nothing else: {shown}",
            f"Your whole answer must be these names {order}, {by}: {shown}",
            f"Write these names and no others, {order} and {by}: {shown}",
        )

    def judge(self, view: View) -> Verdict:
        known = {
            key(v): i
            for i, name in enumerate((*self.names, *self.optional))
            for v in name.split("/")
        }
        found: list[tuple[int, str, Span]] = []
        wrong: list[tuple[str, Span]] = []
        seen: set[int] = set()
        for part, span in self._parts(view):
            written = key(part)
            index = known.get(written)
            if index is None and "(" in part:
                written = key(part.split("(")[0])
                index = known.get(written)
            if index is None:
                wrong.append((f"{part[:60]!r} is none of the names.", span))
            elif index in seen:
                wrong.append((f"{part[:60]!r} stands there twice.", span))
            else:
                seen.add(index)
                found.append((index, written, span))
        for (i, a, _), (j, b, span) in pairwise(found):
            before = i < j if self.order == "given" else a <= b
            if self.order == "descending":
                before = a >= b
            if not before:
                wrong.append((f"{view.slice(span)[:60]!r} is out of order.", span))
        missing = [n.split("/")[0] for i, n in enumerate(self.names) if i not in seen]
        if wrong:
            reason = wrong[0][0]
        elif missing:
            reason = f"{len(missing)} of {len(self.names)} missing, the first {missing[0]!r}."
        else:
            reason = f"All {len(self.names)} in order."
        return self.verdict(
            not wrong and not missing,
            observed={"found": len(found), "missing": len(missing), "wrong": len(wrong)},
            wanted=f"{len(self.names)} given names in order",
            reason=reason,
            evidence=[s for _, s in wrong[:EVIDENCE]],
        )

    def _parts(self, view: View) -> list[tuple[str, Span]]:
        """What stands between the separators, list marks and white space left out."""
        if self.separator == "comma":
            spans = [m.span() for m in _COMMA.finditer(view.raw, *inside(view.raw))]
        else:
            begin, close = inside(view.raw)
            spans = [(a, b) for a, b in view.lines if begin <= a < close and a < b]
            if spans and view.slice(spans[0]).rstrip("* \t").endswith(":"):
                spans = spans[1:]
        found: list[tuple[str, Span]] = []
        for start, end in spans:
            piece = view.raw[start:end]
            start += len(piece) - len(piece.lstrip())
            end = start + len(piece.strip())
            mark = _MARK.match(view.raw, start, end) if self.separator == "newline" else None
            start = mark.end() if mark else start
            if self.separator == "comma" and _AND.match(view.raw, start, end):
                start += 4
            if _LETTER.search(view.raw, start, end):  # else a rule, a fence of code
                found.append((view.raw[start:end], (start, end)))
        return found

    def _listed(self) -> list[str]:
        names = [n.split("/")[0] for n in self.names]
        if self.order == "given":
            return names
        return sorted(names, key=key, reverse=self.order == "descending")

    def _joined(self, names: list[str]) -> str:
        return (", " if self.separator == "comma" else "\n").join(names)

    def build(self, draft: str) -> str:
        return draft if self.check(draft).obeyed else self._joined(self._listed())

    def violate(self, draft: str) -> str:
        names = self._listed()
        if len(names) == 1:
            return self._joined([*names, "Others"])
        return self._joined([*names[:-2], names[-1], names[-2]])
