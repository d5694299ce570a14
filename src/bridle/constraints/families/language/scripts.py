"""Every nth word in another script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from bridle.constraints.base import EDGE, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.openings import sentence_of
from bridle.constraints.drafts.ordinals import nth
from bridle.constraints.drafts.prose import add, plan
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import View, once, read_text
from bridle.text.lettered import spans_of, where
from bridle.text.words import WORDLIKE

_HAN = "\u3005-\u3007\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# A letter of the script, and words in it that fit anywhere.
_SCRIPTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Japanese": (f"\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f{_HAN}",
                 ("はい", "数", "和", "そう", "答え", "次", "式")),
    "Chinese": (_HAN, ("是", "数", "和", "对", "答案", "然后")),
    "Korean": ("\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff", ("네", "수", "합", "답", "다음")),
    "Russian": ("\u0400-\u052f", ("да", "число", "сумма", "ответ", "дальше")),
    "Greek": ("\u0370-\u03ff\u1f00-\u1fff", ("ναι", "αριθμός", "σύνολο", "λύση")),
    "Arabic": ("\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc", ("نعم", "عدد", "مجموع", "جواب")),
    "Hebrew": ("\u0590-\u05ff\ufb1d-\ufb4f", ("כן", "מספר", "סכום", "תשובה")),
    "Hindi": ("\u0900-\u097f\ua8e0-\ua8ff", ("हाँ", "संख्या", "योग", "उत्तर")),
    "Thai": ("\u0e00-\u0e7f", ("ใช่", "จำนวน", "ผลรวม", "คำตอบ")),
}  # fmt: skip
_TOKEN = re.compile(r"\S+")


@register
@dataclass(frozen=True, kw_only=True)
class EveryNthScript(Constraint):
    """Every nth word is in one script."""

    name = "every_nth_script"
    skill = "precision"
    stage = EDGE
    meaning = (
        "Tokens between white space with a letter or digit are counted; those numbered n, 2n, 3n, "
        "… have a letter of the script and none of another, numbers and formulas excepted. With "
        "fewer than n words it is undetermined."
    )
    examples: ClassVar = (
        Example({"every": 2, "script": "Japanese"}, "We 足す and 止まる。", True),
        Example({"every": 2, "script": "Japanese"}, "It $x$ is 4", True, "formula and number"),
        Example({"every": 2, "script": "Japanese"}, "We 足す and stop.", False),
        Example({"every": 2, "script": "Russian"}, "We да-yes it", False, "half of it"),
        Example({"every": 3, "script": "Japanese"}, "We 足す", None, "there is no third word"),
    )

    every: int
    script: str = "Japanese"

    def validate(self) -> None:
        self.want_count("every", least=1)
        if self.script not in _SCRIPTS:
            raise self.bad("script", self.script, f"one of: {', '.join(_SCRIPTS)}")

    def phrasings(self) -> tuple[str, ...]:
        word = "Every word" if self.every == 1 else f"Every {nth(self.every)} word"
        return (
            f"{word} of your response must be in {self.script}.",
            f"{word} that you write has to be a {self.script} word.",
            f"Count the words of your answer: {word.lower()} must be in {self.script}.",
        )

    def judge(self, view: View) -> Verdict:
        words = _words(view)
        chosen = words[self.every - 1 :: self.every]
        wanted = f"every {nth(self.every)} word in {self.script}"
        if not chosen:
            reason = f"There are only {len(words)} words."
            return self.verdict(None, observed=len(words), wanted=wanted, reason=reason)
        strange = {word for word in set(chosen) if not self._fits(word)}
        wrong = where(map(strange.__contains__, chosen))
        chosen_tokens = islice(_tokens(view), self.every - 1, None, self.every)
        shown = spans_of(chosen_tokens, wrong[:EVIDENCE])
        return self.verdict(
            not wrong,
            observed=len(chosen) - len(wrong),
            wanted=wanted,
            reason=f"{len(wrong)} of these {len(chosen)} words are not in {self.script}, the first "
            f"{view.slice(shown[0])!r}."
            if wrong
            else f"All {len(chosen)} are in {self.script}.",
            evidence=shown,
        )

    def _fits(self, word: str) -> bool:
        own = self._own
        return all(own.match(c) for c in word if c.isalpha())

    @once
    def _own(self) -> re.Pattern[str]:
        return re.compile(f"[{_SCRIPTS[self.script][0]}]")

    def build(self, draft: str) -> str:
        missing = self.every - len(_words(read_text(draft).masked))
        if missing > 0:
            draft = add(draft, [sentence_of(missing)])
        view = read_text(draft).masked
        bank = _SCRIPTS[self.script][1]
        parts: list[str] = []
        number = at = 0
        for token in _tokens(view):
            start, end = token.span()
            number += 1
            if number % self.every == 0 and not self._fits(view.flat[start:end]):
                if self.every == 1:  # the word itself gives way
                    parts += [draft[at:start], bank[(number + plan().seed) % len(bank)]]
                    at = end
                    continue
                parts += [draft[at:start], bank[(number + plan().seed) % len(bank)], " "]
                at = start
                number += 1
        return "".join([*parts, draft[at:]])

    def forbids(self, part: str) -> Verdict | None:
        """Of so many words on end that are in no such script one has the wrong number."""
        for line in part.splitlines():
            view = read_text(line).masked
            run = 0
            for word in _words(view):
                run = 0 if self._fits(word) else run + 1
                if run >= self.every:
                    return self.check(" ".join([line] * self.every))
        return None

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        for token in islice(_tokens(read_text(draft).masked), self.every - 1, None, self.every):
            start, end = token.span()
            if any(self._own.match(c) for c in draft[start:end]):
                return f"{draft[:start]}then{draft[end:]}"
        return add(draft, [" ".join(["then"] * 2 * self.every) + "."])


def _words(view: View) -> list[str]:
    """The tokens with a letter, digit or formula."""
    tokens = view.flat.split()
    own = {token for token in set(tokens) if WORDLIKE.search(token)}
    return list(filter(own.__contains__, tokens))


def _tokens(view: View) -> Iterator[re.Match[str]]:
    """The same with their places."""
    return (m for m in _TOKEN.finditer(view.flat) if WORDLIKE.search(m.group()))
