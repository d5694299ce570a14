"""Which marks and characters: all of some, none of others, no white space at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from bridle.constraints.base import CASE, CONTENT, WRAP, Constraint
from bridle.constraints.bounds import least
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.prose import add, anchor, each_prose, fillers, fitted, plan
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Piece, Verdict
from bridle.text import Span, View, read_text
from bridle.text.letters import find_letter, is_one_character

_INTERROBANG = re.compile(r"\?!|!\?|‽")
_MARKS = {
    ".": re.compile(r"\."),
    ",": re.compile(r"(?<!\\),"),
    ";": re.compile(r"(?<!\\);"),
    ":": re.compile(r"(?<!\\):"),
    "!": re.compile(r"(?<![?\\])!(?!\?)"),
    "?": re.compile(r"(?<!!)\?(?!!)"),
    "?!": _INTERROBANG,
}
_WITH = {
    ",": "Step by step, it works.",
    ";": "We add; we stop.",
    ":": "Here it is: the end.",
    "!": "That works!",
    "?": "Is that all?",
    "?!": "Who would have thought so?!",
    ".": "So it is.",
}


@register
@dataclass(frozen=True, kw_only=True)
class EveryMark(Constraint):
    """Every common punctuation mark occurs."""

    name = "every_mark"
    skill = "precision"
    stage = CONTENT
    meaning = (
        "Each of `.` `,` `;` `:` `!` `?` and the interrobang (`?!`, `!?` or `‽`) stands in prose; "
        "the `?` and `!` of an interrobang are not counted as marks of their own."
    )
    examples: ClassVar = (
        Example({}, "So, we add; it works! Does it? Really?! Yes: it is 4.", True),
        Example({}, "So, we add; it works! Does it? Really‽ Yes: 4.", True, "the sign itself"),
        Example({}, "So, we add; it works! Really?! Yes: it is 4.", False, "no `?` of its own"),
        Example({}, "So, we add; it works! Does it? $a?!b$ Yes: 4.", False, "maths is not prose"),
        Example({}, "We add.", False),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Use every standard punctuation mark at least once, including semicolons, colons, and "
            "the interrobang (?!).",
            "Your answer must have at least one of each: . , ; : ! ? and the interrobang ?!",
            "Let each of these marks occur: full stop, comma, semicolon, colon, exclamation mark, "
            "question mark and interrobang (?!).",
        )

    def judge(self, view: View) -> Verdict:
        found = {mark: pattern.search(view.text) for mark, pattern in _MARKS.items()}
        missing = [mark for mark, match in found.items() if match is None]
        return self.verdict(
            not missing,
            observed=len(found) - len(missing),
            wanted=f"each of {' '.join(_MARKS)}",
            reason=f"{' '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing: "
            f"{len(found) - len(missing)} of {len(found)} marks."
            if missing
            else f"All {len(found)} marks are there.",
            evidence=sorted(match.span() for match in found.values() if match),
        )

    def build(self, draft: str) -> str:
        for mark, pattern in _MARKS.items():
            if pattern.search(read_text(draft).masked.text) is None:
                others = (s for s in fillers(draft, needed=True) if pattern.search(s))
                bare = fitted(mark, needed=True)
                said = fitted(_WITH[mark], needed=True) or next(others, bare) or _WITH[mark]
                draft = add(draft, [said])
        return draft

    def requires(self) -> tuple[Piece, ...]:
        return tuple(Piece(mark) for mark in ".,;:!?")

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        for match in reversed(list(_INTERROBANG.finditer(read_text(draft).masked.text))):
            draft = f"{draft[: match.start()]}?{draft[match.end() :]}"
        return draft


class _Characters(Constraint):
    """A rule about single characters in prose."""

    characters: tuple[str, ...]

    def validate(self) -> None:
        self.want_texts("characters")
        for char in self.characters:
            if not is_one_character(char):
                raise self.bad("characters", char, "single characters that are not white space")

    def listed(self) -> str:
        return ", ".join(f'"{char}"' for char in self.characters)


def _exact(view: View, char: str) -> list[Span]:
    """Where this very character stands, its case too."""
    want = unicodedata.normalize("NFC", char)
    spans = find_letter(view, char)
    if want.lower() == want.upper():
        return spans
    return [s for s in spans if unicodedata.normalize("NFC", view.text[s[0] : s[1]])[0] == want[0]]


@register
@dataclass(frozen=True, kw_only=True)
class CharactersRequired(_Characters):
    """Each of these characters occurs."""

    name = "characters_required"
    skill = "precision"
    stage = CONTENT
    meaning = "Each of the characters stands in prose (not in maths or code), in the case given."
    examples: ClassVar = (
        Example({"characters": [";", "…"]}, "We add; we stop…", True),
        Example({"characters": ["Q"]}, "QED", True),
        Example({"characters": ["Q"]}, "A quick sum.", False, "a small q"),
        Example({"characters": ["="]}, "It is $x = 4$.", False, "maths is not prose"),
    )

    characters: tuple[str, ...]

    def phrasings(self) -> tuple[str, ...]:
        return (
            f"Use each of these characters at least once in your answer: {self.listed()}.",
            f"Your answer must contain all of: {self.listed()}.",
            f"Every one of the characters {self.listed()} has to occur in your response.",
        )

    def judge(self, view: View) -> Verdict:
        found = {char: _exact(view, char)[:1] for char in self.characters}
        missing = [char for char, spans in found.items() if not spans]
        number = len(self.characters)
        return self.verdict(
            not missing,
            observed=number - len(missing),
            wanted=f"each of {self.listed()}",
            reason=f"Missing are {len(missing)} of {number}: {' '.join(missing)} ."
            if missing
            else f"All {number} are there.",
            evidence=sorted(spans[0] for spans in found.values() if spans)[:EVIDENCE],
        )

    def build(self, draft: str) -> str:
        for char in self.characters:
            if _exact(read_text(draft).masked, char):
                continue
            said = _WITH.get(char) or f"The mark {char} stands here."
            alone = fitted(char, needed=True)  # where no word fits beside it
            for sentence in (fitted(said, needed=True), alone, said, f"Mark: {char} ."):
                if sentence and _exact(read_text(sentence).masked, char):
                    draft = add(draft, [sentence])
                    break
        return draft

    def requires(self) -> tuple[Piece, ...]:
        return tuple(Piece(char) for char in self.characters)

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        for start, end in reversed(_exact(read_text(draft).masked, self.characters[-1])):
            draft = draft[:start] + draft[end:]
        return draft


@register
@dataclass(frozen=True, kw_only=True)
class CharactersForbidden(_Characters):
    """None of these characters occurs."""

    name = "characters_forbidden"
    skill = "precision"
    stage = CASE
    meaning = "None of the characters stands in prose (not in maths or code), in the case given."
    examples: ClassVar = (
        Example({"characters": ["!", "?"]}, "We add. It is $4!$.", True, "maths is not prose"),
        Example({"characters": ["Q"]}, "A quick sum.", True, "a small q"),
        Example({"characters": ["!", "?"]}, "We add! It is 4.", False),
        Example({"characters": ["-"]}, "It is well-known.", False),
    )

    characters: tuple[str, ...]

    def phrasings(self) -> tuple[str, ...]:
        return (
            f"Do not use any of these characters in your answer: {self.listed()}.",
            f"Your answer must contain none of: {self.listed()}.",
            f"Write without the characters {self.listed()}.",
        )

    def judge(self, view: View) -> Verdict:
        found = sorted(span for char in self.characters for span in _exact(view, char))
        number = len(found)
        return self.verdict(
            not found,
            observed=number,
            wanted=f"none of {self.listed()}",
            reason=f"{number} of the characters stand{'s' if number == 1 else ''} in the text, "
            f"the first {view.slice(found[0])!r}."
            if found
            else "None of the characters.",
            evidence=found[:EVIDENCE],
        )

    def build(self, draft: str) -> str:
        return each_prose(draft, self._without)

    def _without(self, prose: str) -> str:
        view = View(prose, ())
        found = {s for char in self.characters for s in _exact(view, char)}
        for start, end in sorted(found, reverse=True):
            inside = start > 0 and end < len(prose) and prose[start - 1].isalnum()
            dash = inside and prose[start:end] in "-–—/" and prose[end].isalnum()
            prose = prose[:start] + (" " if dash else "") + prose[end:]
        return prose

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        return add(draft, [_WITH.get(self.characters[0]) or f"Mark: {self.characters[0]} ."])

    def fit(self, sentence: str) -> str | None:
        return self.build(sentence) or None

    def forbids(self, part: str) -> Verdict | None:
        verdict = self.check(part)
        return None if verdict.obeyed else verdict


_SPACE = re.compile(r"\s+")
_SPACED = ("two_responses", "sentences_then_bullets", "heading_levels", "code_language")


@register
@dataclass(frozen=True, kw_only=True)
class NoWhitespace(Constraint):
    """There is no white space in the text."""

    name = "no_whitespace"
    skill = "precision"
    stage = WRAP
    meaning = (
        "No space, tab, line end or other white space stands between the first and the last "
        "character of the text, in maths and code neither."
    )
    examples: ClassVar = (
        Example({}, "Yes,all-sets-are.", True),
        Example({}, "$x=4$\n", True, "white space at the end is none of the text"),
        Example({}, "It is 4.", False),
        Example({}, "$x = 4$", False, "in maths too"),
        Example({}, "It\u3000is", False, "the wide space"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "The output should not contain any whitespace.",
            "Write your whole answer without a single space, tab or line break.",
            "There must be no white space anywhere in your answer, formulas included.",
        )

    def judge(self, view: View) -> Verdict:
        raw = view.raw
        end = len(raw.rstrip())
        start = end - len(raw[:end].lstrip())
        found = [m.span() for m in islice(_SPACE.finditer(raw, start, end), EVIDENCE)]
        number = max(0, len(raw.split()) - 1)  # of stretches, all counted at once
        return self.verdict(
            not found,
            observed=number,
            wanted="no white space",
            reason=f"White space stands in {number} {'place' if number == 1 else 'places'}."
            if found
            else "No white space.",
            evidence=found,
        )

    def build(self, draft: str) -> str:
        dash = "" if plan().language in ("zh", "ja", "th") else "-"
        joined = each_prose(draft.strip(), lambda prose: _SPACE.sub(dash, prose))
        return joined if self.obeyed_by(joined) else _SPACE.sub("", joined)

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        at = anchor(draft) or len(draft)
        dash = draft.find("-")
        return f"{draft[:dash]} {draft[dash + 1 :]}" if dash > 0 else f"{draft[:at] or 'And'} So"

    def clashes(self, other: Constraint) -> str | None:
        if other.name in _SPACED or least(other).get("lines", 0) > 1:
            return f"{other.name} cannot be written without white space."
        return None

    def forbids(self, part: str) -> Verdict | None:
        verdict = self.check(part)
        return None if verdict.obeyed else verdict
