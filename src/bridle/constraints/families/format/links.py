"""no_url: no web address stands in the text, written out or behind a link.

Counts: an address with a scheme (`https://…`, `mailto:…`), one that begins with `www.`, a bare domain
(`example.com`, `docs.example.org/a`), a Markdown link to a page or a place (`[here](/a)`, `[top](#top)`);
in code and maths too.
Does not count: an e-mail address, the name of a file (`main.py`), a number with points.  Undetermined: never.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import ClassVar

from bridle.constraints.base import CASE, Constraint, Maths
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import View
from bridle.text.seen import Seen

_TAIL = r"[^\s<>\"“”`|]*"
# Top-level domains that are told without a path; of the rest, short links are known by their path.
_KNOWN = (
    "com|org|net|edu|gov|io|ai|dev|app|info|biz|uk|de|fr|jp|cn|ru|eu|ch|nl|au|ca|br|it|es|pl|se"
)
_SHORT = "ly|be|gl|me|to|tv|cc|us|co|gg|sh|xyz"
_HOST = r"(?:[^\W_](?:[^\W_]|[\u0300-\u036f-]){0,40}\.){1,4}"  # in any script, in either spelling
_URL = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{1,14}://[^\s<>\"“”`|)]" + _TAIL
    + r"|(?<![A-Za-z0-9])mailto:[^\s<>\"“”`|)]" + _TAIL
    + r"|(?<![A-Za-z0-9@.])[Ww]{3}\.[^\W_]" + _TAIL
    + rf"|(?<![\w@./-]){_HOST}(?:(?:{_KNOWN})(?![\w-]|\.\w|@)|(?:{_SHORT})/\w+)(?:[/?#:]{_TAIL})?"
)  # fmt: skip
_LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\([ \t]{0,9}[#/.][^\s()]{0,300}[^()\n]{0,100}\)")
_ENDS = ".,;:!?'’)]}*_"  # of the sentence that an address stands in
_NAMED = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\n]{0,600}\)")
_LEFT = re.compile(r"[ \t]*(?:\(\s*\)|<\s*>)")


@register
@dataclass(frozen=True, kw_only=True)
class NoUrl(Constraint):
    """No web address and no link stands in the text."""

    name = "no_url"
    skill = "precision"
    stage = CASE
    as_written = True  # a link's target is not seen
    meaning = (
        "No address with a scheme (`https://`, `mailto:`), none that begins with `www.`, no bare domain "
        "(`example.com`), no Markdown link; in code and maths too. E-mail addresses and names of files "
        "are none."
    )
    examples: ClassVar = (
        Example({}, "Look it up in a book. It is 4.", True),
        Example({}, "Write to ann@example.com about main.py in v1.2.", True, "no web address"),
        Example({}, "See https://example.org/a?b=1.", False),
        Example({}, "See www.example.org.", False, "without a scheme"),
        Example({}, "See docs.example.com for more.", False, "a bare domain"),
        Example({}, "It is [here](/sums).", False, "a link to a page"),
        Example({}, "```\ncurl http://localhost:8000\n```", False, "in code too"),
    )

    maths: Maths = field(default="kept")

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Do not include any URLs or links in your response.",
            "Your answer must not contain a web address or a hyperlink.",
            "Write without links: no URL may stand in your answer.",
        )

    def judge(self, view: View) -> Verdict:
        found = _addresses(view.text)
        number = len(found)
        return self.verdict(
            not found,
            observed=number,
            wanted="no web address",
            reason=f"{number} {'address' if number == 1 else 'addresses'}."
            if number
            else "No web address.",
            evidence=found[:EVIDENCE],
        )

    def holds(self, view: View) -> bool:
        return _URL.search(view.text) is None and _LINK.search(view.text) is None

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        draft = _NAMED.sub(r"\1", draft)
        if not _addresses(draft):  # one that is put together by what is not seen
            draft = Seen(draft).text
        for _ in range(3):  # what stood around one may be one now
            for start, end in reversed(_addresses(draft)):
                draft = draft[:start].rstrip(" ") + _LEFT.sub("", draft[end:], count=1)
        return draft

    def violate(self, draft: str) -> str:
        return f"{self.build(draft).rstrip()} See www.example.org."

    def fit(self, sentence: str) -> str | None:
        return self.build(sentence) or None

    def forbids(self, part: str) -> Verdict | None:
        verdict = self.check(part)
        return None if verdict.obeyed else verdict


def _addresses(text: str) -> list[tuple[int, int]]:
    """Where they stand, without the marks of the sentence around them."""
    found = [(m.start(), m.end()) for m in _LINK.finditer(text)] if "](" in text else []
    if "." in text or "://" in text or "mailto:" in text:
        for match in _URL.finditer(text):
            said = match.group().rstrip(_ENDS)
            if said:
                found.append((match.start(), match.start() + len(said)))
    return sorted(found)
