r"""Answers that are announced: #### 5, <answer>5</answer>, "The answer is 5", "Option B is correct".

Each finder gives the half-open offsets of the answer between two offsets, or None.
"""

from __future__ import annotations

import re

from bridle.maths.read.clause import answer_in, looks_final, trimmed
from bridle.maths.read.ending_words import CHECK
from bridle.maths.read.phrases import label, said
from bridle.maths.read.reference_kind import Kind

Span = tuple[int, int]

_LONGEST_ANSWER = 400  # characters of a clause that holds an answer
_LAST_PART = 20_000  # characters at the end in which a phrase is looked for

_HASH = re.compile(r"^[ \t>*]{0,40}#{4}(?!#)([^\n]*)$", re.MULTILINE)
_HASH_LABEL = re.compile(r"(?i)^[*_ ]*(?:the )?(?:final )?answer(?: is)?[*_ ]*[:：]?[*_ ]*")
_HASH_ANSWER = re.compile(r"^(?:[-+−±]?[\d$\\({\[€£¥.]|\S+$)")
_NUMBERED = re.compile(r"^\d+[.)]\s+[^\W\d]")
_TAG = re.compile(
    r"<(answer|final_answer|final-answer|finalanswer|final|solution|result|output|ans)(?:\s[^<>]{0,60})?>((?:(?!</?\1\b)[^\0]){0,4000}?)</\1>",
    re.IGNORECASE,
)
_JSON = re.compile(
    r'["\'](?:final[ _]?)?(?:answer|result|solution)["\']\s{0,9}:\s{0,9}(?:"((?:[^"\\\n]|\\.){1,300})"|([-+]?[\d.,/]+|true|false|\[[^\[\]\n]{1,200}\]))',
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]+(?=[\s*_\"”’')\]]|$)|[。!?।！？]")
_NO_END = re.compile(
    r"(?:\b(?:[ap]\.m|e\.g|i\.e|approx|vs|mr|mrs|ms|dr|st|no|ca|u\.s|rs)|^\W*\d)$", re.IGNORECASE
)
_DISPLAY = re.compile(
    r"\s{0,40}(\$\$.{1,1500}?\$\$|\\\[.{1,1500}?\\\]|\\\(.{1,600}?\\\)|\$[^$\n]{1,300}\$|\\begin\{([a-z]+\*?)\}.{1,1500}?\\end\{\2\}"
    r"|\[[ \t]*\n.{1,600}?\n[ \t]*\])",
    re.DOTALL,
)
_MORE_MATHS = re.compile(r"\s{0,4}(?:,|;|and|or|,? and|,? or)\s{0,4}(?=[$\\])")
_FALSE_START = re.compile(
    r"(?:not |n't |isn't |key |same |that |for |to |in |of |by |which |if )", re.IGNORECASE
)
_LETTER = r"([A-J](?![A-Za-z'’])|[a-j](?=[).*:,;\"”]|\s*$))"
_RIGHT = r"(?i:is|would be|must be)(?i: the| therefore| thus| indeed)*\s{1,3}(?i:correct|right|best|true|answer)"
_OPTION = re.compile(
    rf"(?:\b(?i:option|choice|answer|alternative|statement|letter)\s{{1,3}}[(*\"“]{{0,4}}([A-Ja-j])[)*.\"”]{{0,4}}(?:\s?[(:][^()\n]{{0,60}}\)?)?\s{{1,3}}{_RIGHT}"
    rf"|(?<![\w'’])[(*]{{1,3}}([A-Ja-j])[)*]{{1,3}}\s{{1,3}}{_RIGHT}"
    rf"|(?:^|(?<=[.!?:,] ))(?:\*\*)?([A-J])(?:\*\*)?\s{{1,3}}{_RIGHT}"
    rf"|\b(?i:correct|right|best|answer) (?i:option|choice|answer|letter|statement)(?i: is|:|：| would be)[\s*]{{0,3}}(?i:option |choice |letter )?[(*\"“]{{0,4}}{_LETTER}"
    rf"|\b(?i:choose|choosing|select|pick|go with|answer is|answer:|is) (?i:option|choice|letter)\s{{1,3}}[(*\"“]{{0,4}}{_LETTER}"
    rf"|\bI(?:'d| would|'ll| will)? (?:choose|select|pick|go with)\s{{1,3}}[(*\"“]{{0,4}}([A-J](?![A-Za-z'’])))",
    re.MULTILINE,
)  # fmt: skip


def in_hash(text: str, start: int, end: int, kind: Kind | None = None) -> Span | None:
    """Behind the last #### that is followed by a value."""
    for mark in reversed(list(_HASH.finditer(text, start, end))):
        a, b = trimmed(text, *mark.span(1))
        label_ = _HASH_LABEL.match(text[a:b])
        if label_ and label_.end():
            a, b = trimmed(text, a + label_.end(), b)
        content = text[a:b]
        if content and _HASH_ANSWER.match(content) and not _NUMBERED.match(content):
            return answer_in(text, a, b, kind) if not looks_final(content) else (a, b)
    return None


def in_tag(text: str, start: int, end: int) -> Span | None:
    """What the last pair of answer tags encloses, or the "answer" of a JSON object."""
    if "<" in text:
        for mark in reversed(list(_TAG.finditer(text, max(start, end - _LAST_PART), end))):
            a, b = trimmed(text, *mark.span(2))
            if (
                a < b
                and re.search(r"\w|\\", text[a:b])
                and text[a:b] not in ("...", "answer", "your answer")
            ):
                return a, b
    marks = list(_JSON.finditer(text, max(start, end - _LAST_PART), end))
    if marks:
        last = marks[-1]
        return trimmed(text, *last.span(1 if last[1] is not None else 2))
    return None


def by_option(text: str, start: int, end: int, kind: Kind | None = None) -> Span | None:
    """The letter of the option that is said to be right."""
    marks = list(_OPTION.finditer(text, max(start, end - _LAST_PART), end))
    for mark in reversed(marks):
        before = text[max(start, mark.start() - 12) : mark.start()].lower()
        if before.rstrip().endswith(("not", "if", "whether")):
            continue
        return mark.span(mark.lastindex or 0)
    return None


def by_phrase(text: str, start: int, end: int, kind: Kind | None = None) -> Span | None:
    """Behind the last phrase that says "the answer is" and is followed by something."""
    begin = max(start, end - _LAST_PART)
    for mark in reversed(list(said().finditer(text, begin, end))[-32:]):
        before = text[max(start, mark.start() - 8) : mark.start()].lower()
        if before.endswith(("whether ", "if ", "sure ", "what ")):
            continue
        span = after(text, mark.end(), end, kind)
        if span:
            return span
    return None


def by_label(text: str, start: int, end: int, kind: Kind | None = None) -> Span | None:
    """Behind the last "Answer:"; None where what follows goes on for more than a sentence.

    A label at the head of a whole solution announces the solution, not yet its answer.
    """
    begin = max(start, end - _LAST_PART)
    for mark in reversed(list(label().finditer(text, begin, end))[-32:]):
        if mark["letter"] and _lists_options(text, mark, start, end):
            continue
        if CHECK.match(text, mark.end(), end):
            continue
        span = after(text, mark.end(), end, kind)
        if span is None:
            continue
        if (
            mark["weak"]
            and not _is_last(text, span[1], end)
            and not _plain_line(text, mark.end(), end)
        ):
            continue
        if _goes_on(text, mark.end(), span, end):
            continue
        return span
    return None


def after(text: str, begin: int, end: int, kind: Kind | None = None) -> Span | None:
    """The answer in the clause that begins there."""
    window = min(end, begin + _LONGEST_ANSWER)
    display = _DISPLAY.match(text, begin, min(end, begin + 2_000))
    if (
        display
        and display[1].startswith("$")
        and re.search(
            r"(?<![\\A-Za-z])[A-Za-z]{4,}", re.sub(r"\\[a-z]+\s?\{[^{}]*\}", "", display[1])
        )
    ):
        display = None  # $5 and $6
    if (
        text[begin:window].lstrip()[:1] == "\\"
        and text[begin:window].lstrip()[:2] in ("\\[", "\\(")
        and not display
    ):
        return None  # cut within a formula
    newline = text.find("\n", begin, window)
    stop = newline if newline >= 0 else window
    if display:
        # Maths right behind the phrase, perhaps on the next lines, with its unit or further parts.
        stop = max(stop, display.end())
    look = display.end() if display else begin
    for tail in _SENTENCE_END.finditer(text, look, stop):
        if (
            tail.group() == "."
            and _NO_END.search(text[max(begin, tail.start() - 9) : tail.start()])
            and tail.end() < stop
        ) and (
            not re.match(r"\s+[A-Z]", text[tail.end() : stop])
            or text[tail.start() - 1].isdigit() is False
        ):
            continue
        if tail.group().startswith("!") and re.match(r"!\s?[=/*+]", text[tail.start() : stop]):
            continue  # 5! = 120
        stop = tail.start()
        break
    if display and _goes_with(text, display, stop):
        return answer_in(text, begin, stop, kind)
    return answer_in(text, begin, display.end() if display else stop, kind)


def _goes_with(text: str, display: re.Match[str], stop: int) -> bool:
    rest = text[display.end() : stop]
    return len(rest) < 200


def _plain_line(text: str, begin: int, end: int) -> bool:
    """Whether the label's line holds a value and nothing else."""
    newline = text.find("\n", begin, end)
    a, b = trimmed(text, begin, newline if newline >= 0 else end)
    content = text[a:b]
    return looks_final(content) and "=" not in content and re.search(r"\d", content) is not None


def _is_last(text: str, at: int, end: int) -> bool:
    return not re.search(r"\d", text[at : min(end, at + 3_000)])


def _goes_on(text: str, begin: int, span: Span, end: int) -> bool:
    """Whether prose with values follows on the label's clause, as in a worked solution."""
    newline = text.find("\n", span[1], end)
    line_end = newline if newline >= 0 else end
    rest = text[span[1] : line_end]
    lead = text[begin : span[0]]
    wordy = len(re.findall(r"[^\W\d_]{2,}", lead)) >= 2
    if not wordy and not re.search(r"[.!?。]\s+\S.*\d", rest):
        return False
    more = text[span[1] : min(end, span[1] + 3_000)]
    check = re.search(r"\n\s*\W*(?:verif|check|note|p\.s|explanation)", more, re.IGNORECASE)
    if check:
        more = more[: check.start()]
    return bool(re.search(r"[.!?:。\n]\s*[^\n]*\d", more))


def _lists_options(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    around = text[max(start, mark.start() - 200) : min(end, mark.end() + 300)]
    return re.search(r"^\W*[B]\s?[:.)]", around, re.MULTILINE) is not None
