"""Tags that separate thinking from answer, told from tags that a text merely talks about.

    thinking_tags("<think>They want `</think>`.</think>4")
    -> [Tag(0, 7, "think", opens=True), Tag(30, 38, "think", opens=False)]

In quotes, in inline code and in fenced examples a tag is left out. In the middle of a sentence it
is kept as a `mention`: "then </think> ends it" talks about the tag, but a text whose line breaks
were lost looks the same, so `counted` decides once all tags are known. Linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from bridle.responses.dialects import LITERALS, TAGS, WRAPPER_TAGS

QUOTES = dict(zip("`\"'“‘«„「(", "`\"'”’»“」)", strict=True))  # opening: closing


class Tag(NamedTuple):
    start: int
    end: int
    family: str
    opens: bool
    mention: bool = False  # in the middle of a sentence


def _tag(found: re.Match[str]) -> Tag:
    if found["name"]:
        return Tag(*found.span(), found["name"].lower(), not found["slash"])
    family, opens = LITERALS[found.group()]
    return Tag(*found.span(), family, opens)


def thinking_tags(text: str) -> list[Tag]:
    """The tags of thinking in the text, of every family."""
    return _separators(text, [_tag(m) for m in TAGS.finditer(text)])


def wrapper_tags(text: str) -> list[Tag]:
    """`<answer>`, `<response>`, …: the tags around an answer, of every name, those that separate."""
    found = [
        Tag(*m.span(), (m["name"] or m["last"]).lower(), not (m["slash"] or m["last"]))
        for m in WRAPPER_TAGS.finditer(text)
    ]
    found = _separators(text, found)
    names = dict.fromkeys(t.family for t in found)
    return sorted(tag for name in names for tag in counted([t for t in found if t.family == name]))


def counted(tags: list[Tag]) -> list[Tag]:
    """The tags of one family that separate: mentions do not, unless no better closing tag is there."""
    firm = any(not t.opens and not t.mention for t in tags)
    kept: list[Tag] = []
    mentioned = 0  # "in <think> and </think> tags"
    for tag in tags:
        if not tag.mention:
            kept.append(tag)
        elif tag.opens:
            mentioned += 1
        elif mentioned:
            mentioned -= 1
        elif not firm:
            kept.append(tag)
    return kept


# -- tags that are talked about ---------------------------------------------------------------------

_SENTENCE_ENDS = ".!?…:。>"
_INLINE_CODE = re.compile(r"`[^`\n]*`")
_FENCE = re.compile(r"^ {0,3}(?:```+|~~~+)(?P<info>[^\n`]*)$", re.MULTILINE)


def _separators(text: str, tags: list[Tag]) -> list[Tag]:
    """The tags less the quoted ones; those in the middle of a sentence are marked as mentions."""
    code = [m.span() for m in _INLINE_CODE.finditer(text)] if tags and "`" in text else []
    fences = _fences(text) if code or "~~~" in text else []
    kept: list[Tag] = []
    quoted = -1  # a closing tag whose opening partner is quoted together with it
    opened_in = (-1, -1)  # the fence in which an opening tag was seen last
    first = 0
    while first < len(tags):
        last = first  # tags that touch each other are judged together
        while last + 1 < len(tags) and tags[last + 1].start == tags[last].end:
            last += 1
        left, right = tags[first].start, tags[last].end
        quote = opening_quote(text, left)
        skip = within(code, left, right) is not None
        skip = skip or quoted == first or (quote != "" and text[right : right + 1] == quote)
        if (fence := within(fences, left, right)) is not None:
            opened_in = fence if tags[first].opens else opened_in
            skip = skip or opened_in == fence  # a lone closing tag there ends real thinking
        if quote and tags[first].opens and last + 1 < len(tags) and not tags[last + 1].opens:
            partner = tags[last + 1]
            same_line = text.find("\n", right, partner.start) < 0
            if same_line and text[partner.end : partner.end + 1] == quote:
                quoted, skip = last + 1, True
        mention = in_sentence(text, left, right)
        if not (skip or (mention and _named(text, left, right))):
            kept.extend(t._replace(mention=mention) for t in tags[first : last + 1])
        first = last + 1
    return kept


def code_spans(text: str) -> list[tuple[int, int]]:
    """Closed code fences and inline code outside of them, in order."""
    if "`" not in text and "~~~" not in text:
        return []
    fences = _fences(text)
    inline = (m.span() for m in _INLINE_CODE.finditer(text))
    return sorted([*fences, *(span for span in inline if within(fences, *span) is None)])


def within(spans: list[tuple[int, int]], left: int, right: int) -> tuple[int, int] | None:
    at = bisect_right(spans, left, key=lambda span: span[0]) - 1
    return spans[at] if at >= 0 and right <= spans[at][1] else None


def opening_quote(text: str, at: int) -> str:
    """The closing partner of an opening quotation mark right before `at`, or an empty text."""
    partner = QUOTES.get(text[at - 1 : at], "") if at else ""
    before = text[at - 2 : at - 1] if at > 1 else ""
    return "" if before.isalnum() or before in tuple(".!?,;)}$") else partner


def in_sentence(text: str, left: int, right: int) -> bool:
    """A word before on the same line, and white space or punctuation after on the same line."""
    before = text[max(0, left - 2) : left]
    return (
        len(before) == 2
        and before[1] in " \t"
        and not before[0].isspace()
        and before[0] not in _SENTENCE_ENDS
        and text[right : right + 1] in tuple(" \t.,;:!?)")
    )


_NAMES_BEFORE = re.compile(
    r"(?<![^\W_])(?i:the|an?|and|or|with|use|uses|using|write|put|called|named|closing|opening|tags?|no|"
    r"its|between|without|of|like|token|any|every)[ \t]+\Z"
)
_NAMES_AFTER = re.compile(
    r"[ \t]+(?i:tags?|tokens?|markers?|elements?|delimiters?|blocks?)(?![^\W_])"
)


def _named(text: str, left: int, right: int) -> bool:
    """The sentence around says that it is a name: "the </think> tag", "with </think>"."""
    before = text[max(0, left - 12) : left]
    return _NAMES_BEFORE.search(before) is not None or _NAMES_AFTER.match(text, right) is not None


def _fences(text: str) -> list[tuple[int, int]]:
    """Closed code fences, as spans."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for line in _FENCE.finditer(text):
        if opened is None:
            opened = line.start()
        elif not line["info"].strip():
            spans.append((opened, line.end()))
            opened = None
    return spans
