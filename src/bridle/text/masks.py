"""What in a text is maths or code, and not prose."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from bridle.text.maths_prose import MaskKind, letters_of_words, worded
from bridle.text.spans import ASCII, MASK, Span, once, without

_ENVIRONMENTS = (
    "equation|align|aligned|gather|gathered|multline|cases|array|split|eqnarray|displaymath|math"
    "|matrix|pmatrix|bmatrix|vmatrix|Bmatrix|Vmatrix|smallmatrix|alignat|alignedat|flalign"
    "|dcases|rcases|subequations|verbatim|lstlisting|tikzpicture"
)
_CODE = ("verbatim", "lstlisting")
_OPENER = re.compile(
    # Each alternative begins with its own character, so that the search can skip to one of them.
    # First what is plainly code (1) or maths (2, 3): on one line, with nothing to be weighed.
    r"`[^`\n\r]++(?:(?<!\s)`|`(?!\w))(?!`)()"
    r"|\$(?![\s\d,.;:!?)])[^$\n\r\\^_=<>+*/|]*+[\\^_=<>+*/|][^$\n\r]*+(?<![\s\\])\$(?!\d)()"
    r"|\\\((?:[^\\\n\r]++|\\(?![()]))*+\\\)()"
    rf"|\\(?:begin\{{((?:{_ENVIRONMENTS})\*?)\}}|(?:boxed|fbox)[ \t]*\{{|.)|\$\$*|``*",
    re.DOTALL,
)
_FENCE = re.compile(  # what quotes or lists it (1), the fence, what stands behind it
    r"(?:^|(?<=[\r\n]))((?:[ \t]*+(?:>|(?:[-*+•]|\d{1,9}[.)])(?=[ \t])))*+)[ \t]*+"
    r"(`{3,}|~{3,})([^\n\r`]*)(?=[\r\n]|\Z)"
)
_ENVIRONMENT = re.compile(r"\\(begin|end)\{([A-Za-z]++\*?)\}")
_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?=[\r\n])")
_PLAIN_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")  # the same where no `\r` is, much sooner found
# Above this share of masked letters no rule is obeyed by what is masked. Of 24,115 real answers 9 are
# above it, nearly all of them code (benchmarks/masked.py, docs/gaming.md).
MOST = 0.5
_LETTER = re.compile(r"[^\W\d_]")
_ASCII_LETTERS = bytes(i for i in range(128) if chr(i).isalpha())
_TICKS = re.compile(r"`+")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_IN_LINE = re.compile(r"[^\n\r]++")
_AMOUNT = re.compile(r"\s*\d[\d,.]*(?:[\s,;:.!?-]|$)")
_SIGN = re.compile(r"[\\^_=<>+*/|]")
_OPENED = re.compile(r"(?:[(“]|\*\*|\s[*_\"])\Z")  # no formula ends so: `**$5** or **$x$**`
_PROSE_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}(?![A-Za-z{])")


def masks_in(raw: str) -> tuple[tuple[MaskKind, Span], ...]:
    """Maths and code, in order, disjoint. Nothing is masked by a delimiter without partner."""
    hint = "$" in raw or "`" in raw or "~" in raw or "\\" in raw
    masks = _Scanner(raw).scan() if hint else []
    return tuple(worded(raw, masks) if masks else masks)


def masked_share(text: str, masks: Iterable[tuple[MaskKind, Span]]) -> float:
    """Which share of the letters is masked. Of maths those of its words count, no names of commands."""
    seen = hidden = at = 0
    for kind, (start, end) in masks:
        inner = text[start:end]
        hidden += _letters(inner) if kind == "code" else letters_of_words(inner)
        seen += _letters(text[at:start])
        at = end
    seen += _letters(text[at:])
    return hidden / (hidden + seen) if hidden else 0.0


def _letters(text: str) -> int:
    """How many letters there are; most are ASCII ones, and counted without a look at each."""
    rest = without(text, _ASCII_LETTERS)
    number = len(text) - len(rest)
    return number if rest.isascii() else number + len(_LETTER.findall(without(rest, ASCII)))


def code_in(raw: str, others: Iterable[Span]) -> list[Span]:
    """Code that begins in none of the other stretches, where whichever begins first wins. The
    others are in order of their start and may overlap."""
    scanner = _Scanner(raw)
    lines = scanner.fence_lines
    opened: list[tuple[int, int, int]] = [
        *((start, 0, end) for start, end in others),
        *((line[0], 1, i) for i, line in enumerate(lines)),
        *((match.start(), 2, match.end()) for match in _TICKS.finditer(raw)),
    ]
    found: list[Span] = []
    fenced = {line[0] for line in lines}
    at = 0
    for start, kind, value in sorted(opened):
        if start < at or (kind == 2 and start in fenced):
            continue  # a fence that is never closed is no code within a line either
        if kind == 0:
            at = value
        elif kind == 1:
            close = scanner.fence_closed_by(value)
            at = lines[close][1] if close >= 0 else at
        else:
            close = scanner.backticks(value - start, value)
            at = close if close <= len(raw) and not scanner.crosses(value, close) else at
        if kind and at > start:
            found.append((start, at))
    return found


def overwrite(raw: str, spans: tuple[Span, ...], *, keep_lines: bool) -> str:
    """The text with every character of the spans masked, line ends kept or not."""
    if not spans:
        return raw
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts.append(raw[at:start])
        hidden = raw[start:end]
        lined = keep_lines and ("\n" in hidden or "\r" in hidden)
        masked = _IN_LINE.sub(lambda m: MASK * len(m[0]), hidden) if lined else MASK * len(hidden)
        parts.append(masked)
        at = end
    parts.append(raw[at:])
    return "".join(parts)


class _Scanner:
    """Finds maths and code from left to right; the first delimiter with a partner wins."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.returns = "\r" in raw
        self.next_seen: dict[str, int] = {}  # where a closer was last found; -1: no more of them

    def scan(self) -> list[tuple[MaskKind, Span]]:
        found: list[tuple[MaskKind, Span]] = []
        at = 0
        fences = self.fences
        for start, end in [*fences, (len(self.raw), len(self.raw))]:
            while at < start:
                opener = _OPENER.search(self.raw, at, start)
                if opener is None:
                    break
                plain = opener.lastindex
                if plain and plain < 4:
                    stop, kind = opener.end(), "code" if plain == 1 else "maths"
                else:
                    stop, kind = self.partner(opener, start)
                if stop > 0:
                    found.append((kind, (opener.start(), stop)))
                at = stop if stop > 0 else opener.end()
            if end > start:
                found.append(("code", (start, end)))
            at = end
        return found

    def partner(self, opener: re.Match[str], limit: int) -> tuple[int, MaskKind]:
        """Where the stretch that begins with `opener` ends, or -1."""
        token, end = opener.group(), opener.end()
        if token[0] == "`":
            close = self.backticks(len(token), end)
            if close > limit or self.crosses(end, close) or self.quotes(token, end, close):
                return -1, "code"
            return close, "code"
        if token[0] == "$":  # more than two in a row open nothing
            return (self.dollars(opener, limit) if len(token) <= 2 else -1), "maths"
        stop = -1
        if token.startswith("\\begin"):
            stop = self.environments.get(end, -1)
            if opener.group(4) in _CODE:
                return (stop if stop <= limit else -1), "code"
        elif token[-1] == "{" and len(token) > 2:
            stop = self.braces.get(end - 1, -1)
        elif token == "\\(":
            stop = self.find("\\)", end)
            if stop > 0 and (self.raw.find(token, end, stop) > 0 or self.crosses(end, stop)):
                stop = -1
        elif token == "\\[":
            stop = self.find("\\]", end)
            if stop > 0 and self.raw.find(token, end, stop) > 0:
                stop = -1
        return (stop if stop <= limit else -1), "maths"

    def dollars(self, opener: re.Match[str], limit: int) -> int:
        """The end of `$…$` or `$$…$$`. An amount of money (`$5 and $6`) opens nothing."""
        token, end = opener.group(), opener.end()
        close = self.find(token, end, escapable=True)
        if close < 0 or close > limit:
            return -1
        inner = self.raw[end : close - len(token)]
        if not inner or inner.isspace() or self.crosses(end, close):
            return -1
        if token == "$$":
            return close
        first = inner[0]
        spaced = first.isspace()
        if spaced != inner[-1].isspace():
            return -1
        signs = _SIGN.search(inner)
        if (
            (inner[-1].isdecimal() or (spaced and inner.rstrip()[-1].isdecimal()))
            and not (signs and first not in ",.;:!?)")
            and self.raw[max(0, opener.start() - 2) : opener.start()].rstrip()[-1:].isdecimal()
            and (first in ",.;:!?)" or _PROSE_WORD.search(inner))
        ):
            return -1  # 5$, or 6$
        numeric = spaced or first.isdecimal()
        if numeric and self.raw[opener.start() - 1 : opener.start()].isupper():  # US$ 5
            return -1
        if numeric and _OPENED.search(inner, len(inner) - 2):
            return -1
        if not spaced and self.raw[close : close + 1].isdecimal():
            return -1
        amount = numeric and "\\" not in inner and _AMOUNT.match(inner)
        if signs and not amount:
            return close
        words = sum(1 for w in _PROSE_WORD.finditer(inner) if w.group().islower())
        if amount and words == 1 and inner[-1].islower():  # $5 cm$
            return close
        return -1 if (amount and words) or (words >= 3 and not signs) else close

    def find(self, closer: str, at: int, *, escapable: bool = False) -> int:
        """The end of the next `closer` at or after `at`, or -1; remembered, so linear in all."""
        seen = self.next_seen.get(closer, 0)
        if seen >= 0 and seen - len(closer) < at:
            seen = self.raw.find(closer, at)
            while escapable and seen > 0 and self.raw[seen - 1] == "\\" and seen > at:
                seen = self.raw.find(closer, seen + 1)
            seen = seen + len(closer) if seen >= 0 else -1
            self.next_seen[closer] = seen
        return seen

    def crosses(self, start: int, end: int) -> bool:
        """Whether a blank line stands between."""
        raw = self.raw
        lined = raw.find("\n", start, end) > 0 or (self.returns and raw.find("\r", start, end) > 0)
        return lined and end > self.paragraph_end(start)

    def paragraph_end(self, at: int) -> int:
        i = bisect_right(self.blank_lines, at)
        return self.blank_lines[i] if i < len(self.blank_lines) else len(self.raw)

    def backticks(self, length: int, at: int) -> int:
        if length == 1:  # nearly always
            next_one = self.raw.find("`", at)
            if next_one > 0 and not self.raw.startswith("`", next_one + 1):
                return next_one + 1
        runs = self.backtick_runs.get(length, [])
        i = bisect_right(runs, at - 1)
        return runs[i] + length if i < len(runs) else len(self.raw) + 1

    def quotes(self, token: str, start: int, close: int) -> bool:
        """Whether the marks are TeX's quotes, ``so'' and ``so''."""
        raw = self.raw
        last = close - len(token)
        return (
            raw[last - 1].isspace()
            and raw[close : close + 1].isalnum()
            and raw.find("'" * len(token), start, last) >= 0
        )

    @once
    def blank_lines(self) -> list[int]:
        pattern = _BLANK_LINE if self.returns else _PLAIN_BLANK_LINE
        return [m.start() for m in pattern.finditer(self.raw)]

    @once
    def backtick_runs(self) -> dict[int, list[int]]:
        runs: dict[int, list[int]] = {}
        for match in re.finditer(r"`+", self.raw):
            runs.setdefault(match.end() - match.start(), []).append(match.start())
        return runs

    @once
    def braces(self) -> dict[int, int]:
        """Opening brace -> the offset after its partner."""
        partner: dict[int, int] = {}
        open_at: list[int] = []
        for match in _BRACE.finditer(self.raw):
            if match.group() == "{":
                open_at.append(match.start())
            elif match.group() == "}" and open_at:
                partner[open_at.pop()] = match.end()
        return partner

    @once
    def environments(self) -> dict[int, int]:
        """The offset after `\\begin{…}` -> the offset after its partner."""
        partner: dict[int, int] = {}
        open_at: dict[str, list[int]] = {}
        for match in _ENVIRONMENT.finditer(self.raw):
            if match.group(1) == "begin":
                open_at.setdefault(match.group(2), []).append(match.end())
            elif open_at.get(match.group(2)):
                partner[open_at[match.group(2)].pop()] = match.end()
        return partner

    @once
    def fences(self) -> list[Span]:
        """Fenced code blocks that are closed."""
        found: list[Span] = []
        if "```" not in self.raw and "~~~" not in self.raw:
            return found
        i = 0
        while i < len(self.fence_lines):
            close = self.fence_closed_by(i)
            if close >= 0:
                found.append((self.fence_lines[i][0], self.fence_lines[close][1]))
            i = max(i, close) + 1
        return found

    @once
    def fence_lines(self) -> list[tuple[int, int, str, bool]]:
        """Where each begins and ends, the fence, whether it can close what is open."""
        return [
            (m.start(2), m.end(), m.group(2), not (m.group(1).strip(" \t>") or m.group(3).strip()))
            for m in _FENCE.finditer(self.raw)
        ]

    def fence_closed_by(self, i: int) -> int:
        """The number of the line that closes the block which line `i` opens, or -1."""
        lines, fence = self.fence_lines, self.fence_lines[i][2]
        if i + 1 == len(lines) or self._reach[i + 1][fence[0]] < len(fence):
            return -1
        i += 1
        while not (lines[i][2].startswith(fence) and lines[i][3]):
            i += 1
        return i

    @once
    def _reach(self) -> list[dict[str, int]]:
        """From each line on, the longest fence of either kind that can close something."""
        longest = {"`": 0, "~": 0}
        reach: list[dict[str, int]] = []
        for _, _, fence, closes in reversed(self.fence_lines):
            if closes:
                longest = {**longest, fence[0]: max(longest[fence[0]], len(fence))}
            reach.append(longest)
        return reach[::-1]
