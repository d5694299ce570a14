"""pattern: a regular expression has a match in the text.

Counts: a match anywhere, in maths and code too; `^` and `$` are the ends of the text, those of a line with
`(?m)`; `(?i)` for any case.
Does not count: a match that has no character.  Undetermined: never.
The expressions are RE2's (https://github.com/google/re2/wiki/Syntax): no look-around, no back-references, and
every text is searched in time that grows with its length alone.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, ClassVar

from bridle.constraints.base import CONTENT, Constraint, Maths
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.prose import add, fitted
from bridle.constraints.families.lexical.sample_match import sample
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Span, Verdict
from bridle.errors import ConstraintError
from bridle.text import View

LONGEST = 500  # characters of an expression
_MEMORY = 4 << 20  # bytes that a compiled expression and its search may take
_REMOVED = 10_000  # matches that `violate` takes out
_LONE = re.compile("[\ud800-\udfff]")
# A character with the marks, vowels and finals that are written after it.
_LETTER = re.compile(
    "(?s:.)[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f\u1160-\u11ff\u3099\u309a]*"
)


@register
@dataclass(frozen=True, kw_only=True)
class Pattern(Constraint):
    """A regular expression has a match in the text."""

    name = "pattern"
    skill = "precision"
    stage = CONTENT
    meaning = (
        "The expression (RE2's syntax) matches at least one character somewhere, in maths and code too; "
        "`^` and `$` are the ends of the whole text. `example` is a text that it matches, said to the "
        "model."
    )
    examples: ClassVar = (
        Example({"regex": "[A-Z]{2}-[0-9]{3}"}, "Take AB-123 now.", True),
        Example({"regex": "(?i)total:? [0-9]+"}, "So the TOTAL 42 is it.", True, "in any case"),
        Example({"regex": "[A-Z]{2}-[0-9]{3}"}, "Take AB-12 now.", False),
        Example({"regex": "^So", "example": "So"}, "It is so.", False, "not at the beginning"),
        Example({"regex": "^So", "example": "So"}, "So it is.", True),
    )

    regex: str
    example: str | None = None
    maths: Maths = field(default="kept")

    def validate(self) -> None:
        self.want_text("regex", most=LONGEST)
        try:
            found = _compiled(self.regex)
        except ConstraintError as error:
            raise self.bad("regex", self.regex, error.what) from error
        if found.search("") is not None and found.fullmatch("") is not None:
            raise self.bad("regex", self.regex, "an expression that not every text matches")
        if self.example is not None:
            self.want_text("example")
            if not _first(self.regex, self.example):
                raise self.bad("example", self.example, "a text that the expression matches")

    def phrasings(self) -> tuple[str, ...]:
        such = f" (such as {self._example})" if self._example else ""
        return (
            f"Your response must contain text that matches the regular expression {self.regex}{such}.",
            f"Include something that the regular expression {self.regex} matches{such}.",
            f"Somewhere in your answer the pattern {self.regex} must match{such}.",
        )

    @property
    def _example(self) -> str | None:
        """The example given, or one made from the expression, where that can be done."""
        return self.example or _made(self.regex)

    def judge(self, view: View) -> Verdict:
        found = _matches(self.regex, view.text)
        number = len(found)
        more = "at least " if number == EVIDENCE else ""
        return self.verdict(
            bool(found),
            observed=number,
            wanted=f"a match of {self.regex[:160]}",
            reason=f"It matches {more}{number} {'time' if number == 1 else 'times'}."
            if found
            else "Nothing matches.",
            evidence=found,
        )

    def holds(self, view: View) -> bool:
        return _first(self.regex, view.text)

    def build(self, draft: str) -> str:
        """
        Raises:
            ConstraintError: no match can be made up: `example` is to be given.
        """
        if self.check(draft).obeyed:
            return draft
        text = self._example
        if text is None:
            raise ConstraintError(
                f"{self.name}: no text was found that {self.regex!r} matches.",
                expected="example: a text that it matches",
            )
        frames = (f"Note: {text}.", f"({text})", text)
        fit = next(
            (said for f in frames if (said := fitted(f, needed=True)) and text in said), None
        )
        tries = [add(draft, [fit or text]), f"{text} {draft}", f"{draft} {text}", text]
        return next((t for t in tries if self.check(t).obeyed), tries[0])

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        for _ in range(_REMOVED):  # what stood around a match may be one now
            found = _matches(self.regex, draft)
            if not found:
                return draft
            for start, end in reversed(found):
                draft = draft[:start] + draft[end:]
        raise ConstraintError(f"{self.name}: no draft without a match of {self.regex!r}.")


@functools.lru_cache(maxsize=256)
def _compiled(regex: str) -> Any:
    """The expression, compiled.

    Raises:
        ConstraintError: it is none of RE2's, or too large.
    """
    import re2  # pyright: ignore[reportMissingTypeStubs]

    engine: Any = re2
    options: Any = engine.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return engine.compile(unicodedata.normalize("NFC", regex), options)
    except engine.error as error:
        said = error.args[0] if error.args else error
        said = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        raise ConstraintError(f"an expression of RE2's syntax ({said})") from error
    except UnicodeEncodeError as error:
        raise ConstraintError("characters that can be written") from error


def _matches(regex: str, text: str) -> list[Span]:
    """The first matches that have a character, at their places in the text."""
    whole, places = _composed(text)
    spans = (match.span() for match in _compiled(regex).finditer(whole))
    found = islice(((a, b) for a, b in spans if a < b), EVIDENCE)
    return [(places[a], places[b]) for a, b in found] if places else list(found)


def _first(regex: str, text: str) -> bool:
    whole, _ = _composed(text)
    return any(a < b for a, b in (m.span() for m in _compiled(regex).finditer(whole)))


def _composed(text: str) -> tuple[str, list[int]]:
    """The text with each letter and its marks as one character where Unicode has it, without the lone
    surrogates that the engine cannot take; and where each of its characters, and its end, begins in the
    text ([] where nothing moves): `^S.$` matches "S\u00f6" in either spelling.
    """
    if text.isascii():
        return text, []
    text = _LONE.sub("\ufffd", text)
    if unicodedata.is_normalized("NFC", text):
        return text, []
    parts: list[str] = []
    places: list[int] = []
    for match in _LETTER.finditer(text):
        part = unicodedata.normalize("NFC", match.group())
        parts.append(part)
        places += [match.start()] * len(part)
    return "".join(parts), [*places, len(text)]


@functools.lru_cache(maxsize=256)
def _made(regex: str) -> str | None:
    """A text made up that the expression matches, without white space at its ends; else None."""
    text = sample(regex)
    if text is None or not text.strip() or text != text.strip() or not _first(regex, text):
        return None
    return text
