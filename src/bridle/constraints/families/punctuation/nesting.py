"""Brackets in brackets, quotations in quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import CONTENT, Constraint
from bridle.constraints.drafts.prose import add, fitted
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import MASK, Span, View, is_unspaced, read_text, unspaced
from bridle.text.quotes import abbreviates
from bridle.text.word_forms import words_in

# What each bracket opens or closes, wide ones as narrow ones.
_OPENS = {"(": "(", "[": "[", "{": "{", "（": "(", "［": "[", "｛": "{"}
_CLOSES = {")": "(", "]": "[", "}": "{", "）": "(", "］": "[", "｝": "{"}
_BRACKET = re.compile(r"[()\[\]{}（）［］｛｝]")


class _Pairs:
    """Nested pairs found in one walk. An opening mark that is never closed, and a closing one that
    was never opened, are no pair; what stands in between counts all the same."""

    def __init__(self, kinds: Iterable[str], *, alternate: bool = False) -> None:
        self.alternate = alternate
        self.open: list[str] = []  # kinds, and where they stand (pairs would cost the collector)
        self.at: list[int] = []
        # How deep the pairs inside are, by their kind; a mark that holds none so far has no mapping.
        self.inner: list[dict[str, int] | None] = [None]
        self.deepest: tuple[int, Span | None] = (0, None)
        self.waiting = dict.fromkeys(kinds, 0)

    def opens(self, kind: str, at: int) -> None:
        self.open.append(kind)
        self.at.append(at)
        self.inner.append(None)
        self.waiting[kind] += 1

    def closes(self, kind: str, end: int) -> None:
        if not self.waiting[kind]:
            return
        found, start, inside = self.open.pop(), self.at.pop(), self.inner.pop()
        while found != kind:
            self.waiting[found] -= 1
            for held, depth in (inside or {}).items():
                self._note(held, depth)  # never closed: what it held belongs to the pair around it
            found, start, inside = self.open.pop(), self.at.pop(), self.inner.pop()
        self.waiting[kind] -= 1
        depth = 1
        if inside and self.alternate:
            depth += max((d for held, d in inside.items() if held != kind), default=0)
        elif inside:
            depth += max(inside.values())
        self._note(kind, depth)
        if depth > self.deepest[0]:
            self.deepest = (depth, (start, end))

    def _note(self, kind: str, depth: int) -> None:
        around = self.inner[-1]
        if around is None:
            self.inner[-1] = {kind: depth}
        elif depth > around.get(kind, 0):
            around[kind] = depth


class _Nested(Constraint):
    """A depth of nesting that must be reached."""

    depth: int
    stage = CONTENT
    pairs: ClassVar[str]

    def validate(self) -> None:
        self.want_count("depth", least=1)

    def levels(self) -> str:
        return f"{self.depth} {'level' if self.depth == 1 else 'levels'}"

    def says(self, depth: int, span: Span | None) -> Verdict:
        return self.verdict(
            depth >= self.depth,
            observed=depth,
            wanted=f"{self.pairs} at least {self.depth} deep",
            reason=f"The deepest {self.pairs} are {depth} deep.",
            evidence=(span,) if span else (),
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        said = fitted(self.nest(self.depth), needed=True)
        # Where the other rules allow no such sentence, the words that are there are nested.
        return add(draft, [said]) if said else self._nested(draft)

    def nest(self, depth: int) -> str:
        """A sentence that is nested so deep."""
        raise NotImplementedError

    def marks(self, level: int) -> tuple[str, str]:
        """What opens and closes that level, the outermost being 0."""
        raise NotImplementedError

    def _nested(self, draft: str) -> str:
        """The draft with the words of its richest sentence nested, one more at each level."""
        view = read_text(draft).masked
        nothing: list[Span] = []
        words = max((words_in(view, s) for s in view.sentences), key=len, default=nothing)
        own = [s for s in words if any(c.isalnum() for c in view.text[s[0] : s[1]])]
        if not own:
            return add(draft, [self.nest(self.depth)])
        opened: dict[int, str] = {}
        for level in range(self.depth):
            at = own[min(level, len(own) - 1)][0]
            opened[at] = opened.get(at, "") + self.marks(level)[0]
        end = own[-1][1]
        while end > own[-1][0] and not view.text[end - 1].isalnum():
            end -= 1
        closed = "".join(self.marks(level)[1] for level in reversed(range(self.depth)))
        draft = f"{draft[:end]}{closed}{draft[end:]}"
        for at, mark in sorted(opened.items(), reverse=True):
            draft = f"{draft[:at]}{mark}{draft[at:]}"
        return draft


@register
@dataclass(frozen=True, kw_only=True)
class NestedBrackets(_Nested):
    """Brackets are nested so many levels deep."""

    name = "nested_brackets"
    skill = "planning"
    pairs = "brackets"
    meaning = (
        "Pairs of `()`, `[]`, `{}`, wide ones too, in prose (not in maths or code) stand inside one "
        "another, each closed by its own kind, at least `depth` levels deep."
    )
    examples: ClassVar = (
        Example({"depth": 3}, "We add (all [parts {of it}]).", True),
        Example({"depth": 2}, "1) We add (a part (of it)).", True, "lone marks are no pair"),
        Example({"depth": 3}, "We add (all [parts {of it)).", False, "two are never closed"),
        Example({"depth": 2}, "(a) [b] {c}", False, "side by side"),
        Example({"depth": 2}, "$((x))$", False, "maths is not prose"),
    )

    depth: int = 5

    def phrasings(self) -> tuple[str, ...]:
        return (
            f"Nest parentheses (and [brackets {{and braces}}]) at least {self.levels()} deep.",
            f"Somewhere in your answer, brackets must stand inside brackets, {self.levels()} deep or "
            "more.",
            f"Use brackets within brackets, any of ( ), [ ], {{ }}, at least {self.depth} deep.",
        )

    def judge(self, view: View) -> Verdict:
        pairs = _Pairs("([{")
        for match in _BRACKET.finditer(view.text):
            char = match.group()
            if char in _CLOSES:
                pairs.closes(_CLOSES[char], match.end())
            else:
                pairs.opens(_OPENS[char], match.start())
        return self.says(*pairs.deepest)

    def nest(self, depth: int) -> str:
        words = ("all the parts", "that is", "each of them", "one by one", "as they come")
        said = ""
        for level in reversed(range(depth)):
            opener, closer = self.marks(level)
            inner = f" {said}" if said else ""
            said = f"{opener}{words[level % len(words)]}{inner}{closer}"
        return f"We add {said}."

    def marks(self, level: int) -> tuple[str, str]:
        opener, closer = ("()", "[]", "{}")[level % 3]
        return opener, closer

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        while self.obeyed_by(draft):
            span = self.check(draft).evidence[0]
            draft = draft[: span[0]] + draft[span[0] + 1 : span[1] - 1] + draft[span[1] :]
        return draft


_KIND = {**dict.fromkeys('"“”„«»『』', '"'), **dict.fromkeys("'‘’‚‹›「」", "'")}
_QUOTE = re.compile(f"[{''.join(_KIND)}]")
# Marks that open, and what closes them („so“, »so«, ”so“ in Arabic and Urdu).
_LOW = {"„": "“", "‚": "‘", "»": "«", "›": "‹", "”": "“"}
_HIGH = {"”": "“", "’": "‘"}  # what may close a low one, too
_ELIDED = re.compile(r"(?:tis|twas|em|til|cause|\d0s)(?![\w'’])", re.IGNORECASE)
# Korean writes no apostrophes, and particles right behind quotations.
_HANGUL = re.compile("[\u1100-\u1112가-힣]")
_CLOSED = f".,;:!?…)]}}%{MASK}"  # after these no quotation begins


@register
@dataclass(frozen=True, kw_only=True)
class NestedQuotes(_Nested):
    """Quotations stand in quotations, double and single marks in turn."""

    name = "nested_quotes"
    skill = "planning"
    pairs = "quotations"
    meaning = (
        'Quotations in prose (`"…"`, `“…”`, `„…“`, `«…»`, `「…」` and the like) stand inside one '
        "another at least `depth` levels deep, double and single marks in turn; apostrophes are no "
        "quotation marks."
    )
    examples: ClassVar = (
        Example({"depth": 2}, "He said: \"They wrote: 'it's 4'.\"", True),
        Example({"depth": 3}, "“I said ‘he wrote “4” here’ then.”", True, "curly"),
        Example({"depth": 3}, '"\'"Yes"\'"', True, "nothing in between"),
        Example({"depth": 2}, 'He said: "it\'s 4" and "don\'t".', False, "apostrophes"),
        Example({"depth": 2}, "“I said: \"he wrote 'yes'.\"”", True, "inside one of its own kind"),
        Example({"depth": 2}, "**\"I 'added' it.\"**", True, "inside emphasis"),
        Example({"depth": 2}, "„Er sagte ‚Ja‘ dazu.“", True, "German marks"),
        Example({"depth": 2}, "\"Yes\" and 'no'.", False, "side by side"),
        Example({"depth": 3}, '"I said \'he wrote "4"', False, "two are never closed"),
    )

    depth: int = 3

    def phrasings(self) -> tuple[str, ...]:
        within = " within quotes" * min(self.depth - 1, 2)
        return (
            f"Include quotes{within}, at least {self.levels()} deep, alternating between double "
            "quotes and single quotes.",
            f"Somewhere in your answer, quotations must be nested {self.levels()} deep or more, "
            "with double and single quotation marks in turn.",
            f"Quote inside a quote, {self.levels()} at least, switching between \" and '.",
        )

    def judge(self, view: View) -> Verdict:
        pairs = _Pairs("\"'", alternate=True)
        text = view.text
        runs_on = unspaced(text)
        low = dict.fromkeys(_LOW.values(), 0)  # open quotations that these will close
        role = ""  # what the mark just before was, where marks stand side by side
        last = -1
        swedish = False  # a ” has opened: then ’ may open, too
        for match in _QUOTE.finditer(text):
            char, i = match.group(), match.start()
            kind = _KIND[char]
            role = role if i == last + 1 else ""
            last = i
            before, after = text[i - 1 : i], text[i + 1 : i + 2]
            run_on = runs_on and (is_unspaced(before) or is_unspaced(after))
            inside = before.isalnum() and after.isalnum() and not run_on
            if (char in "'‘’" and inside and not _HANGUL.match(after)) or (
                char == '"' and inside and abbreviates(text, i)
            ):
                role = ""  # an apostrophe, or צה"ל
                continue
            if char in "'‘" and after.isalnum() and _ELIDED.match(text, i + 1):
                role = ""
                continue
            if low.get(char):
                role = "closes"
                low[char] -= 1
            elif char in "\"'" and run_on:  # no space tells what opens and what closes
                role = role or ("closes" if pairs.waiting[kind] else "opens")
            else:
                alike = "”" if swedish and char == "’" else char
                role = role or _role(alike, before, after, pairs.waiting[kind] > 0)
                swedish = swedish or (role == "opens" and char == "”")
                if role == "opens" and char in _LOW:
                    low[_LOW[char]] += 1
                elif role == "closes" and low.get(_HIGH.get(char, "")):
                    low[_HIGH[char]] -= 1
            if role == "opens":
                pairs.opens(kind, i)
            else:
                pairs.closes(kind, i + 1)
        return self.says(*pairs.deepest)

    def nest(self, depth: int) -> str:
        said = "It holds."
        for level in reversed(range(depth)):
            mark = self.marks(level)[0]
            said = f"{mark}{said}{mark}" if level == depth - 1 else f"{mark}They said: {said}{mark}"
        return f"We said: {said}"

    def marks(self, level: int) -> tuple[str, str]:
        return "\"'"[level % 2], "\"'"[level % 2]

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        while self.obeyed_by(draft):
            span = self.check(draft).evidence[0]
            draft = draft[: span[0]] + draft[span[0] + 1 : span[1] - 1] + draft[span[1] :]
        return draft


def _role(char: str, before: str, after: str, waiting: bool) -> str:
    """Whether the mark opens or closes; `waiting`: one of its kind is open."""
    if char in "“‘„‚«‹「『":
        return "opens"
    if char in "’」』":
        return "closes"
    begins = after.isalnum() or after == MASK or (after in _KIND and not waiting)
    if char in "»›”":  # these may open, too: »so«, ”so”
        free = not before or before.isspace() or before in "(["
        return "opens" if begins and free else "closes"
    if not before or before.isspace() or before in "([{-—–:":
        return "opens" if after and not after.isspace() else "closes"
    # After a mark of emphasis, say, where a word begins.
    return "opens" if begins and not before.isalnum() and before not in _CLOSED else "closes"
