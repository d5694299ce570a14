"""no_markdown: the text has no markup of Markdown.

Counts: headings (`#`, underlined), emphasis, strikethrough, items with `-`, `*` or `+`, code (fenced, or between
back quotes), tables, quotations (`> `), links and images, lines across the page.
Does not count: numbered lines and `•`, which read the same without Markdown; maths.  Undetermined: never.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import WRAP, Constraint
from bridle.constraints.counting import EVIDENCE, Counted
from bridle.constraints.families.format.markdown import grids
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import Span, View, read_text
from bridle.text.masks import masks_in
from bridle.text.seen import Seen

_QUOTE = re.compile(r"[ \t]*>[ \t]+(?=\S)")
# `f[1](x)` is none: words are linked, or the target is an address
_LINK = re.compile(
    r"!?\[(?:[^\[\]\n]{0,300}[^\W\d_]{2}[^\[\]\n]{0,300}\]\([^()\s][^()\n]{0,300}"
    r"|[^\[\]\n]{1,300}\]\([^()\s]{0,300}[/.#:][^()\n]{0,300})\)"
)
_UNDERLINE = re.compile(r"^[ \t]*={3,}[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_STRUCK = re.compile(r"~~(?=\S)[^~\n]{0,200}\S~~|~~\S~~")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})[^\n\r]*[\r\n]*")
_LINK_TEXT = re.compile(r"!?\[([^\[\]\n]{1,300})\]\([^()\n]{0,300}\)")
_HEAD = re.compile(r"#{1,6}[ \t]+")
_BULLET = re.compile(r"[-*+][ \t]+")
# Types that no text without Markdown obeys, whatever their parameters.
_NEED = ("code_language", "heading_levels", "table", "sentences_then_bullets", "sub_bullets",
         "two_responses")  # fmt: skip
_NEED_SOME = ("bullets", "highlights")  # those that need it where their least number is not 0


@register
@dataclass(frozen=True, kw_only=True)
class NoMarkdown(Constraint):
    """The text is plain: no markup of Markdown."""

    name = "no_markdown"
    skill = "precision"
    stage = WRAP
    as_written = True  # a link's target is not seen
    meaning = (
        "No heading, emphasis, item with `-`, `*` or `+`, code in back quotes or fences, table, "
        "quotation with `>`, link, strikethrough or line across the page; numbered lines, `•` and "
        "maths are free."
    )
    examples: ClassVar = (
        Example({}, "We add 2 and 2. It is 4.", True),
        Example({}, "1. Add.\n2. Stop.\n• Done: $a_1*b_1*c$", True, "numbers, dots, maths"),
        Example({}, "The sum is **4**.", False, "emphasis"),
        Example({}, "# Sum\nIt is 4.", False, "a heading"),
        Example({}, "- It is 4.", False, "an item"),
        Example({}, "Type `2+2`.", False, "code"),
        Example({}, "See [this](page).", False, "a link"),
        Example({}, "Sum\n\n---\n\n4", False, "a line across the page"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Do not use Markdown in your response: plain text only.",
            "Write plain text without any Markdown formatting (no headings, bold, lists, code or tables).",
            "Your answer must be free of Markdown markup.",
        )

    def judge(self, view: View) -> Verdict:
        found = _markup(view)
        kinds = list(dict.fromkeys(kind for kind, _ in found))
        return self.verdict(
            not found,
            observed=len(found),
            wanted="no Markdown",
            reason=f"Markdown: {', '.join(kinds)}." if found else "No Markdown.",
            evidence=sorted({span for _, span in found})[:EVIDENCE],
        )

    def build(self, draft: str) -> str:
        for _ in range(4):  # what stood inside markup may have markup of its own
            found = _markup(read_text(draft).written)
            if not found:
                break
            for kind, (start, end) in sorted(found, key=lambda f: (-f[1][0], f[1][1])):
                draft = draft[:start] + _plain(kind, draft[start:end]) + draft[end:]
            draft = _UNDERLINE.sub("", draft)
        return draft if self.check(draft).obeyed else Seen(draft).text

    def violate(self, draft: str) -> str:
        return f"{self.build(draft).rstrip()}\n\n**Done.**"

    def fit(self, sentence: str) -> str | None:
        return self.build(sentence) or None

    def forbids(self, part: str) -> Verdict | None:
        verdict = self.check(part)
        return None if verdict.obeyed else verdict

    def clashes(self, other: Constraint) -> str | None:
        least = other.bounds()[0] if isinstance(other, Counted) else 1
        if other.name in _NEED or (other.name in _NEED_SOME and least > 0):
            return f"{other.name} needs Markdown."
        return None


def _markup(view: View) -> list[tuple[str, Span]]:
    """Every piece of markup with its kind; pieces may lie in each other."""
    text = view.text
    found = [("code", span) for kind, span in masks_in(view.raw) if kind == "code"]
    found += [("a heading", span) for span in view.headings]
    found += [("an item", (a, b)) for a, b in view.items if text[a] != "•"]
    found += [("emphasis", span) for span in view.emphasis]
    found += [("a table", grid.span) for grid in grids(view)] if "|" in text else []
    if "](" in text:
        found += [("a link", m.span()) for m in _LINK.finditer(text)]
    if "~~" in text:
        found += [("strikethrough", m.span()) for m in _STRUCK.finditer(text)]
    for start, end in view.lines:
        if _QUOTE.match(text, start, end):
            found.append(("a quotation", (start, end)))
        elif _RULE.fullmatch(text, start, end):
            found.append(("a line across the page", (start, end)))
    return found


def _plain(kind: str, piece: str) -> str:
    """What a piece of markup says without it."""
    if kind == "code":
        if _FENCE.match(piece):
            return _FENCE.sub("", piece).strip("`~\r\n")
        return piece.strip("`")
    if kind == "a heading":
        return _HEAD.sub("", piece, count=1)
    if kind == "an item":
        return _BULLET.sub("", piece, count=1)
    if kind == "emphasis":
        return piece.strip("*_")
    if kind == "a link":
        return _LINK_TEXT.sub(r"\1", piece)
    if kind == "strikethrough":
        return piece.strip("~")
    if kind == "a quotation":
        return _QUOTE.sub("", piece, count=1)
    if kind == "a table":
        lines = [line for i, line in enumerate(piece.splitlines()) if i != 1]
        return "\n".join(" ".join(line.replace("|", " ").split()) for line in lines)
    return ""
