"""Proofs by words that are sure: how every obeying text begins, and words that it has side by side.

    forced(get("start_phrase", phrase="Here is why:"), get("start_verb"))
    -> "A text that begins with 'Here is why:' has 'Here' as its first word, no verb."

Only plain ASCII counts, without what opens maths, code or HTML: such words are prose wherever they
stand, and what is before or after them cannot make them other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bridle.constraints.base import Constraint
from bridle.constraints.families.affix.ends import Quoted
from bridle.constraints.families.affix.paragraph_start import ParagraphStart
from bridle.constraints.families.affix.postscript import Postscript
from bridle.constraints.families.affix.starts import StartPhrase, StartVerb
from bridle.constraints.families.copying.repeat import RepeatPrompt
from bridle.constraints.families.format.layout import ThesisItalics
from bridle.constraints.families.format.shape import Sections
from bridle.constraints.families.format.templates import OutputTemplate, SentenceAlphabet
from bridle.constraints.families.lexical.positions import KeywordPositions
from bridle.constraints.families.word_shape.shapes import FewVowels, WordRepeats, WordRule
from bridle.text import View
from bridle.text.word_forms import bare

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ,;:.!?()-]*")
_FIRST = re.compile(r"([A-Za-z]+)[^A-Za-z'’]")  # a word that is sure to end
_UNFINISHED = re.compile(r"[A-Za-z0-9'’-]*$")
_UNBEGUN = re.compile(r"^[A-Za-z0-9'’-]*")


def forced(a: Constraint, b: Constraint) -> str | None:
    """Why no text obeys both, by the words that `a` is sure to bring; None where that is not so."""
    start = _opening(a)
    if start is not None and (why := _unopened(start, b)):
        return why
    if start is not None and isinstance(a, OutputTemplate) and isinstance(b, Quoted):
        return f"Before {start!r} no quotation mark may stand."
    if isinstance(b, WordRule):
        if isinstance(a, ThesisItalics) and all(_wrong(b, tag) for tag in ("<i>", "<em>")):
            return f"Of <i> and <em> one must stand in the text, and {b.name} wants {b.each}."
        sure = list(_stretches(a))
        if isinstance(b, FewVowels | WordRepeats):  # wherever the words stand
            sure = [" ".join(sure)]
        for words in sure:
            if _wrong(b, words):
                return f"{words!r} must stand in the text, and {b.name} wants {b.each}."
    return None


def _wrong(rule: WordRule, words: str) -> bool:
    return rule.judge(View(words, ())).obeyed is False


def _plain(text: str) -> str | None:
    text = " ".join(text.split())
    return text if _PLAIN.fullmatch(text) else None


def _opening(rule: Constraint) -> str | None:
    """The words with which every obeying text begins, marks before them aside. The last one may be
    the beginning of a longer word."""
    if isinstance(rule, StartPhrase):
        return _plain(rule.phrase)
    if isinstance(rule, RepeatPrompt):
        return _plain(rule.prompt)
    if isinstance(rule, OutputTemplate) and rule.maths == "masked":
        return _plain(rule.labels[0])
    return None


def _unopened(start: str, rule: Constraint) -> str | None:
    """Why a text that begins so cannot obey this rule."""
    said = f"A text that begins with {start[:60]!r}"
    first = _FIRST.match(start)
    other = _opening(rule)
    if other is not None:
        alike = zip(start.removesuffix(":"), other.removesuffix(":"), strict=False)
        if any(x != y for x, y in alike):
            return f"{said} does not begin with {other[:60]!r}."
    if isinstance(rule, SentenceAlphabet) and start[0].upper() != rule.first:
        return f"{said} has no first sentence that begins with {rule.first}."
    if isinstance(rule, StartVerb) and first:
        alone = rule.judge(View(f"{first.group(1)} x", ()))  # no colon, no form of be after it
        if alone.obeyed is not True:
            return f"{said} has {first.group(1)!r} as its first word, no verb."
    if isinstance(rule, KeywordPositions):
        view = View(start, ())
        n = rule.from_start
        if (
            len(view.words) > n
            and re.fullmatch("[A-Za-z]+", rule.keyword)
            and bare(view, view.words[n - 1]) != rule.keyword.lower()
        ):
            return f"{said} has {view.slice(view.words[n - 1])!r} as word {n}."
    if isinstance(rule, ParagraphStart) and rule.nth == 1 and first:
        wanted = re.match(r"[A-Za-z]+", rule.word)
        if wanted and wanted.group().lower() != first.group(1).lower():
            return f"{said} has a first paragraph that begins with {first.group(1)!r}."
    return None


def _stretches(rule: Constraint) -> Iterator[str]:
    """Words that stand, whole and side by side, in every text that obeys."""
    start = _opening(rule)
    if start is not None and not isinstance(rule, OutputTemplate):
        yield _UNFINISHED.sub("", start)
    if rule.maths != "masked":
        return  # what is judged with its code and maths may stand in them
    if isinstance(rule, OutputTemplate):  # before the first label stand marks alone
        for i, label in enumerate(map(_plain, rule.labels)):
            if label and label.endswith(":"):
                yield label if i == 0 else _UNBEGUN.sub("", label)
    if isinstance(rule, Sections) and _plain(rule.label):
        yield from [rule.label] * rule.number
    if isinstance(rule, Postscript) and re.fullmatch(r"(?:[A-Za-z]\.)+", rule.marker):
        yield rule.marker
