"""A postscript at the end."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from bridle.constraints.base import EDGE, Constraint
from bridle.constraints.drafts.prose import fillers, plan
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Piece, Verdict
from bridle.text import View
from bridle.text.find import joined, spelled

_DECORATION = re.compile(r"(?:[*_> \t#–—-]|<(?i:b|i|em|strong)>)*+")


_BREAK = re.compile(r"<(?:br ?/?|p)>", re.IGNORECASE)


@lru_cache(maxsize=64)
def _marking(marker: str) -> re.Pattern[str]:
    composed = unicodedata.normalize("NFC", marker)
    body = r"[ \t\xa0\u202f]*".join(spelled(c) for c in composed if not c.isspace())
    return re.compile(f"({body})", re.IGNORECASE)


@register
@dataclass(frozen=True, kw_only=True)
class Postscript(Constraint):
    """A postscript stands at the end, after its marker."""

    name = "postscript"
    skill = "precision"
    stage = EDGE
    meaning = (
        "A line, not the first, begins with the marker (case free, dots as written, spaces between "
        "its parts free, a dash or marks of Markdown or HTML before it), a text follows it, and no "
        "heading comes after but a last line `#### …`; `<br>` and `<p>` begin a line, too."
    )
    examples: ClassVar = (
        Example({"marker": "P.S."}, "It is 4.\n\nP.S. Check it.", True),
        Example({"marker": "P.P.S"}, "It is 4.\n**P.P.S.** Check it.", True, "in bold"),
        Example({"marker": "P.S."}, "It is 4. P.S. Check it.", False, "not a line of its own"),
        Example({"marker": "P.S."}, "It is 4.\n\nP.S.", False, "nothing follows"),
        Example({"marker": "P.S."}, "We add.\nP.S. So.\n## Sum\nIt is 4.", False, "not the end"),
        Example({"marker": "P.S."}, "It is 4.\n\nPS Check it.", False, "the dots are missing"),
        Example({"marker": "P.S."}, "It is 4.\n\nP.P.S. Check it.", False, "another marker"),
    )

    marker: str = "P.S."

    def validate(self) -> None:
        self.want_text("marker")
        object.__setattr__(self, "marker", self.marker.strip())
        if "\n" in self.marker or "\r" in self.marker:
            raise self.bad("marker", self.marker, "one line")

    def phrasings(self) -> tuple[str, ...]:
        return (
            "At the end of your response, please explicitly add a postscript starting with "
            f"{self.marker}",
            f"End your answer with a postscript that begins with {self.marker}",
            f"Add a postscript, marked {self.marker}, after your answer.",
        )

    def judge(self, view: View) -> Verdict:
        pattern = _marking(self.marker)
        obeyed, reason, evidence = False, f"No line after the first begins with {self.marker}", ()
        last = view.lines[-1][0] if view.lines else 0
        heading = max((s for s, _ in view.headings if s < last), default=0)
        raw = view.raw
        said = next((i for i in reversed(range(len(raw))) if raw[i].isalnum()), -1)  # the last
        breaks = [(m.end(), len(view.text)) for m in _BREAK.finditer(view.text)]
        for start, end in (*view.lines[1:], *breaks):
            mark = _DECORATION.match(view.text, start, end)
            at = mark.end() if mark else start
            match = pattern.match(view.text, at, end)
            if match is None and at > start:
                match = pattern.match(view.text, start, end)
            if match is None or joined(view.text, match.end(), match.end() - 1, 1):
                continue  # the marker is not there, or is the beginning of a longer word
            evidence = ((match.start(1), match.end(1)),)
            obeyed = said >= match.end()
            reason = "The postscript is there." if obeyed else "Nothing follows the marker."
            if obeyed and heading > match.end():
                obeyed, reason = False, "A heading follows the postscript."
            if obeyed:
                break
        return self.verdict(
            obeyed,
            observed=bool(evidence),
            wanted=f"a last part that begins with {self.marker}",
            reason=reason,
            evidence=evidence,
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        words = next(iter(fillers(start=3)), None) or plan().statement or "1"
        return f"{draft.rstrip()}\n\n{self.marker} {words}"

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        at = draft.upper().rfind(self.marker.upper())
        return draft[:at].rstrip() + " " + draft[at:]

    def requires(self) -> tuple[Piece, ...]:
        # Spaces between its characters are free, so that only these are sure to be there.
        return tuple(Piece(c, exact=False) for c in dict.fromkeys(self.marker) if not c.isspace())
