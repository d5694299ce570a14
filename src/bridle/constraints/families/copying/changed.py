"""repeat_changed: the whole answer is the request with another first word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import WRAP
from bridle.constraints.drafts.prose import each_prose, plan
from bridle.constraints.families.copying.copies import (
    AROUND_ALL,
    LONGEST_WORD,
    WholeCopy,
    condensed,
    copied_words,
)
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import once, read_text, unspaced

_FIRST = 4  # letters of a first word at most, where no space ends it


@register
@dataclass(frozen=True, kw_only=True)
class RepeatChanged(WholeCopy):
    """The text is the request with another first word, and nothing else."""

    name = "repeat_changed"
    skill = "precision"
    stage = WRAP
    meaning = (
        "The first word differs from the prompt's in more than case and marks, all others are the "
        "prompt's, case exact, white space free, marks around the whole left out, and nothing "
        "follows; where no spaces part words the first four letters may be the first word."
    )
    examples: ClassVar = (
        Example({"prompt": "Write a proof."}, "Sketch a proof.", True),
        Example({"prompt": "Write a proof."}, '"Sketch a\nproof."', True, "white space, marks"),
        Example({"prompt": "Write a proof."}, "Write a proof.", False, "nothing is changed"),
        Example({"prompt": "Write a proof."}, "write a proof.", False, "case alone"),
        Example({"prompt": "Write a proof."}, "Sketch the proof.", False, "more is changed"),
        Example({"prompt": "Write a proof."}, "Sketch a proof. Here it is.", False),
    )

    prompt: str

    def validate(self) -> None:
        self.want_text("prompt", most=None)
        if not any(map(_core, copied_words(self.prompt))):
            raise self.bad("prompt", self.prompt, "more than marks")

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Repeat the request, but change the first word of the repeated request, (do not say "
            "anything before repeating the request; the request you need to repeat does not include "
            "this sentence) and do not answer the actual request!",
            "Write the request again with another first word and the rest unchanged, and do not "
            "answer it.",
            "Do not answer: copy the request word for word, only its first word replaced by another.",
        )

    def target(self) -> str:
        words = copied_words(self.prompt)
        at = self._first
        word = words[at]
        if unspaced(word):
            words[at] = ("看" if word[0] != "看" else "读") + word[1:]
        else:
            words[at] = "Consider" if _core(word) != "consider" else "Take"
        return " ".join(words)

    @once
    def _first(self) -> int:
        """The number of the first word, list marks and the like before it aside."""
        return next(i for i, word in enumerate(copied_words(self.prompt)) if _core(word))

    def same(self, index: int, token: str, word: str) -> str | None:
        if index != self._first:
            return super().same(index, token, word)
        first = copied_words(self.prompt)[index]
        old, new = _core(first), _core(token)
        if new and unspaced(first):  # the first word is the beginning of the first token
            left = len(first) - _alike(first[::-1], token[::-1])
            if left > _FIRST:
                return f"More than the first word is changed in {token!r}."
            return None if left else f"The first word is still {token!r}."
        return None if new and new != old else f"The first word is still {token!r}."

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        others = [rule for rule in plan().rules if rule is not self]
        tries = list(self._tries(draft)) if plan().rules else []
        for text in tries:
            parsed = read_text(text)
            if self.check(parsed).obeyed and all(rule.obeyed_by(parsed) for rule in others):
                return text
        stated = next((text for text in tries if self.check(text).obeyed), "")
        return stated if plan().statement and stated else super().build(draft)

    def _tries(self, draft: str) -> Iterator[str]:
        """Texts whose first word holds the answer and, without white space, what the draft says; the
        rest in prose, on lines of its own, in code, in marks of emphasis and quotation."""
        rest = " ".join(copied_words(self.prompt)[1:])
        said = plan().statement.lstrip("# ")
        old = copied_words(self.prompt)[0]
        firsts = [said, f"####{said}", f"So:{said}", f"{said}."] if said else []
        for word in (self.target().split()[0], "Take", "So", old.upper(), old.lower()):
            firsts.append(f"{word}:{said}" if said else word)
        spaced = "-".join(each_prose(draft, lambda prose: "-".join(prose.split())).split())
        firsts += [spaced] if len(spaced) < LONGEST_WORD else []
        for first in dict.fromkeys(firsts):
            for gap, inner in (
                (" ", " "),
                ("\n", " "),
                ("\n\n", " "),
                ("\n", "\n"),
                ("\n\n", "\n\n"),
            ):
                yield f"{first}{gap}{rest.replace(' ', inner)}".strip()
            yield f"{first}` {rest}`"
            yield from (f"{a}{first} {rest}{b}" for a, b in AROUND_ALL)

    def violate(self, draft: str) -> str:
        return " ".join(copied_words(self.prompt))

    def forbids(self, part: str) -> Verdict | None:
        """As for any copy, but the first word may hold what stands before white space."""
        _, *after = part.split()
        rest = " ".join(copied_words(self.prompt)[1:])
        if self._first or all(condensed(word) in condensed(rest) for word in after):
            return None
        return self.check(f"{self.target()}\n{part}")


def _alike(a: str, b: str) -> int:
    """How many characters at the beginning of both are the same."""
    both = min(len(a), len(b))
    return next((i for i in range(both) if a[i] != b[i]), both)


def _core(word: str) -> str:
    """A word without case and without marks."""
    return "".join(c for c in word.casefold() if c.isalnum())
