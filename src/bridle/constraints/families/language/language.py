"""In which language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import CONTENT, Constraint
from bridle.constraints.drafts.phrases import SENTENCES
from bridle.constraints.drafts.prose import add, answer_sentence, fillers, plan
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.errors import ConstraintError
from bridle.languages.classify import ENOUGH
from bridle.languages.detect import (
    foreign_share,
    foreign_spans,
    known_language,
    languages,
    name_of,
    names_count,
    scripts,
    weights,
)
from bridle.text import View, read_text

ONLY = 0.9  # "only" leaves room for names and quoted terms

_CHUNKS = (1, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55)  # sentences added between looks


@register
@dataclass(frozen=True, kw_only=True)
class Language(Constraint):
    """The prose is in one language."""

    name = "language"
    skill = "precision"
    stage = CONTENT
    meaning = (
        "At least `share` (0.9) of the letters in prose belong to the language: script first, then "
        "common words and two classifiers; few Latin words with a capital, as names have, count for "
        "nothing beside another script; uncertain or letterless text is undetermined."
    )
    examples: ClassVar = (
        Example({"language": "es"}, "La respuesta es cuatro porque sumamos dos y dos.", True),
        Example(
            {"language": "es"},
            "LA RESPUESTA ES CUATRO PORQUE SUMAMOS DOS Y DOS.",
            True,
            "capitals do not mislead",
        ),
        Example({"language": "Thai"}, "คำตอบคือ $x_{sum}$", True, "maths is free"),
        Example({"language": "es"}, "The answer is four because we add two and two.", False),
        Example(
            {"language": "de"},
            "Die Antwort ist vier. The answer is four because we add the two numbers together.",
            False,
            "a part in another language",
        ),
        Example({"language": "en"}, "42", None, "no letters"),
    )

    language: str
    share: float = ONLY

    def validate(self) -> None:
        code = known_language(self.language)
        if code is None:
            raise self.bad("language", self.language, "a code or English name, as 'es' or 'Thai'")
        object.__setattr__(self, "language", code)
        if (
            isinstance(self.share, bool)
            or not isinstance(self.share, int | float)  # pyright: ignore[reportUnnecessaryIsInstance]
            or not 0 < self.share <= 1
        ):
            raise self.bad("share", self.share, "more than 0, at most 1")

    def phrasings(self) -> tuple[str, ...]:
        name = name_of(self.language)
        if self.share < ONLY:
            share = f"{100 * self.share:g}%"
            return (
                f"At least {share} of your answer should be in {name}.",
                f"Write {share} or more of your response in {name}.",
                f"Let no less than {share} of your answer be in {name}.",
            )
        return (
            f"Your answer should be in {name} language, no other language is allowed.",
            f"Write your entire response in {name}.",
            f"Answer only in {name}.",
        )

    def holds(self, view: View) -> bool:
        letters = weights(view.text, names=names_count(self.language))
        if foreign_share(letters, self.language) > 1 - self.share + 1e-9:
            return False
        return self._enough(languages(view, letters)) is True

    def _enough(self, shares: Mapping[str, float] | None) -> bool | None:
        """Whether these shares are enough; None where what is unknown could tip the balance."""
        if shares is None:
            return None
        # Float sums of shares may miss 1 by an ulp; a letter in a million is no verdict.
        enough, own = self.share - 1e-9, shares.get(self.language, 0.0)
        return True if own >= enough else None if own + shares.get("?", 0.0) >= enough else False

    def judge(self, view: View) -> Verdict:
        shares = languages(view, weights(view.text, names=names_count(self.language)))
        wanted = f"{self.share:.0%} {name_of(self.language)}"
        if shares is None:
            return self._untold(view, wanted)
        observed = {code: round(share, 3) for code, share in shares.items()}
        said = ", ".join(
            f"{share:.0%} {name_of(code) if code != '?' else 'unknown'}"
            for code, share in list(shares.items())[:3]
        )
        obeyed = self._enough(shares)
        if obeyed is None and self._is_excluded(self._scripts(view)):
            obeyed = False
        if obeyed is None:
            return self.verdict(None, observed=observed, wanted=wanted, reason=f"Unsure: {said}.")
        evidence = () if obeyed else tuple(foreign_spans(view, self.language, 20))
        return self.verdict(
            obeyed, observed=observed, wanted=wanted, reason=f"{said}.", evidence=evidence
        )

    def _is_excluded(self, counts: Mapping[str, int]) -> bool:
        """Whether too many letters are of scripts that the language is never written in."""
        letters = sum(counts.values())
        share = foreign_share(counts, self.language)
        return share > 1 - self.share + 1e-9 and share * letters >= ENOUGH

    def _scripts(self, view: View) -> dict[str, int]:
        return scripts(view.text, names=names_count(self.language))

    def _untold(self, view: View, wanted: str) -> Verdict:
        counts = self._scripts(view)
        if not self._is_excluded(counts):
            reason = "The language cannot be told."
            return self.verdict(None, observed=None, wanted=wanted, reason=reason)
        share, name = foreign_share(counts, self.language), name_of(self.language)
        return self.verdict(
            False,
            observed=None,
            wanted=wanted,
            reason=f"{share:.0%} of the letters are in a script that {name} is not written in.",
            evidence=tuple(foreign_spans(view, self.language, 20)),
        )

    def build(self, draft: str) -> str:
        if self.language not in SENTENCES:
            raise ConstraintError(
                f"language: there are no sentences in {name_of(self.language)} to write with.",
                expected=f"one of: {', '.join(SENTENCES)}",
            )
        if self.obeyed_by(draft):
            return draft
        now = self._translated(draft)
        sentences = [*fillers(now, language=self.language)] or [*SENTENCES[self.language]]
        used = 0
        for more in _CHUNKS:  # enough to outweigh what must stay in another language
            if self.obeyed_by(now):
                break
            now = add(now, [sentences[(used + i) % len(sentences)] for i in range(more)])
            used += more
        return now

    def _translated(self, draft: str) -> str:
        """The draft with sentences in other languages left out, what it states kept. A draft begun
        in this language is left as it is: what is foreign there another rule demands."""
        if plan().language == self.language and plan().rules:
            return draft
        statement = plan().statement or _last_formula(draft)
        kept = [
            draft[a:b]
            for a, b in read_text(draft).masked.sentences
            if self.obeyed_by(draft[a:b]) and not (statement and statement in draft[a:b])
        ]
        stated = [answer_sentence(statement, self.language)] if statement else []
        return " ".join(kept + stated)

    def violate(self, draft: str) -> str:
        other = "es" if self.language == "en" else "en"
        statement = plan().statement or _last_formula(draft)
        sentences = list(SENTENCES[other][:3])
        if statement:
            sentences.append(answer_sentence(statement, other))
        return " ".join(sentences)

    def fit(self, sentence: str) -> str | None:
        return None if self.check(sentence).obeyed is False else sentence

    def prose_language(self) -> str | None:
        return self.language if self.share > 0.5 else None

    def clashes(self, other: Constraint) -> str | None:
        if not isinstance(other, Language) or other.language == self.language:
            return None
        if self.share + other.share <= 1:
            return None
        return f"{name_of(self.language)} and {name_of(other.language)} exclude each other."


def _last_formula(draft: str) -> str:
    hidden = read_text(draft).masked.hidden
    return draft[hidden[-1][0] : hidden[-1][1]] if hidden else ""
