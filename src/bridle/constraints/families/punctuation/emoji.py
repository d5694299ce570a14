"""Emoji at the end of every sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import EDGE, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.prose import plan
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import Span, View, read_text
from bridle.text.invisible import SPACES

# Characters that are shown as emoji (Unicode 16, emoji-data.txt, by whole blocks), and what joins
# or varies them: skin tones lie in the blocks, selectors and the joiner do not.
_PICTURE = (
    "\u203c\u2049\u231a\u231b\u2328\u23cf\u23e9-\u23f3\u23f8-\u23fa\u25aa\u25ab\u25b6\u25c0"
    "\u25fb-\u25fe\u2600-\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d"
    "\u3297\u3299\U0001f004\U0001f0cf\U0001f170-\U0001f251\U0001f300-\U0001faff"
)
_JOINS = "\ufe0e\ufe0f\u200d\u20e3\U000e0020-\U000e007f"
# Keycaps, and signs that are emoji where a selector makes them so (`™️`).
_MADE = "[0-9#*]\ufe0f?\u20e3|[\u00a9\u00ae\u2122\u2139\u2194-\u2199\u21a9\u21aa\u24c2]\ufe0f"
_FIRST = re.compile(f"[{_PICTURE}]|{_MADE}")
_AFTER = "\"'”’»)]}」』）*_|.!?…,:。！？，：।۔" + SPACES  # marks that may follow the emoji
_FACES = ("🙂", "✨", "🎉", "🌟", "👍", "🔢", "📘", "🚀")
_MADE_LAST = re.compile(f"(?:{_MADE})$")
_ANY = re.compile(f"[{_PICTURE}\u20e3\ufe0f]")
_LAST = re.compile(f"[{_PICTURE}]$")


@register
@dataclass(frozen=True, kw_only=True)
class EmojiEnds(Constraint):
    """Every sentence ends with an emoji."""

    name = "emoji_ends"
    skill = "precision"
    stage = EDGE
    meaning = (
        "The last character of each sentence is an emoji, before or after its final mark; so an "
        "emoji right after the full stop belongs to the sentence before it. A formula or code that "
        "stands alone beside sentences needs none."
    )
    examples: ClassVar = (
        Example({}, "We add 🙂. It is 4. 🎉", True, "before the stop, or after it"),
        Example({}, "We add. 👍🏽 It is $4$! 🏳️‍🌈", True, "skin tones and joined emoji are one"),
        Example({}, "We add ™️. It is 1️⃣.", True, "signs made emoji by what follows them"),
        Example({}, "We get 🙂:\n\n$$x = 4$$\n\nDone. 🎉", True, "a formula alone needs none"),
        Example({}, "We add. It is 4. 🎉", False, "the first has none"),
        Example({}, "We 🙂 add.", False, "not at its end"),
        Example({}, "We add :-)", False, "no emoji"),
        Example({}, "", None, "no sentence"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Please use an emoji at the end of every sentence.",
            "End each sentence of your answer with an emoji.",
            "Every sentence you write must have an emoji as its last character.",
        )

    def judge(self, view: View) -> Verdict:
        # A formula or a piece of code that stands alone is no sentence that could end with one.
        said = [s for s in view.sentences if any(map(str.isalnum, view.text[s[0] : s[1]]))]
        spans = said or view.sentences
        if not spans:
            return self.verdict(
                None, observed=0, wanted="an emoji ends each", reason="There is no sentence."
            )
        some = _ANY.search(view.text) is not None
        wrong = [span for span in spans if not (some and self._ends(view, span))]
        return self.verdict(
            not wrong,
            observed=len(spans) - len(wrong),
            wanted="an emoji at the end of each sentence",
            reason=f"{len(wrong)} of {len(spans)} sentences end without an emoji."
            if wrong
            else f"All {len(spans)} sentences end with one.",
            evidence=[(max(a, b - 1), b) for a, b in wrong[:EVIDENCE]],
        )

    def _ends(self, view: View, span: Span) -> bool:
        text = view.text
        at = span[1]
        while at < len(text) and text[at] in " \t":
            at += 1
        if _FIRST.match(text, at):
            return True
        tail = text[max(span[0], span[1] - 40) : span[1]].rstrip(_AFTER)
        bare = tail.rstrip("".join(_SELECTORS))
        return bool(_LAST.search(bare) or _MADE_LAST.search(tail))

    def build(self, draft: str) -> str:
        if not read_text(draft).masked.sentences:
            draft = f"{draft} So it is.".lstrip()
        view = read_text(draft).masked
        for i, span in reversed(list(enumerate(view.sentences))):
            if not self._ends(view, span):
                face = _FACES[(plan().seed + i) % len(_FACES)]
                draft = f"{draft[: span[1]]} {face}{draft[span[1] :]}"
        return draft

    def violate(self, draft: str) -> str:
        return f"{self.build(draft).rstrip()} So it ends."

    def clashes(self, other: Constraint) -> str | None:
        """An end phrase in prose whose last sentence ends in a letter and perhaps a stop."""
        phrase = other.ending()
        if phrase is None or set(phrase) & set("$`\\~}"):
            return None
        if not phrase.rstrip(".!?…")[-1:].isalpha():
            return None
        return f"The last sentence ends with {phrase!r}, not with an emoji."


_SELECTORS = ("\ufe0e", "\ufe0f", "\u200d", *map(chr, range(0xE0020, 0xE0080)))
