"""What a constraint is: one verifiable instruction with four verbs.

    rule = WordCount(at_most=300)
    rule.describe()       -> "Answer with at most 300 words."
    rule.check(text)      -> Verdict(obeyed=False, observed=312, wanted="at most 300 words", ...)
    rule.build(draft)     -> the draft, changed so that it obeys
    rule.violate(draft)   -> a near miss: one word too many

A class is registered by `@register`; the name is what users, files and records say.
"""

from __future__ import annotations

import dataclasses
import functools
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from bridle.constraints.parameters import types_of
from bridle.constraints.verdict import Example, Piece, Span, Verdict
from bridle.errors import ConstraintError
from bridle.text import Text, View, read_text
from bridle.text.seen import Seen

Scope = Literal["answer", "thinking", "both"]
Maths = Literal["masked", "kept"]
Skill = Literal["planning", "precision"]
_ABOUT = {
    "thinking": "This is about your thinking, not about your final answer.",
    "both": "This holds for your thinking as well as for your final answer.",
}
_HIDDEN = "Most words stand in maths or code, where they would break the rule."
_OF_LAYOUT = ("format",)  # families that judge marks, which code and maths show as they are
MOST = (
    100_000  # of anything that is counted: no answer has more, and a text with so many can be built
)
# A phrase is searched for by a regular expression; compiling one takes 0.1 ms a character.
LONGEST_PHRASE = 2_000  # characters
LONGEST_PHRASES = 50_000  # characters of a list of phrases
_SHOWN = 200  # characters of a wrong value in an error's text

# Which fields a witness adds to a draft first. Content comes before the shape that arranges it,
# shape before what must stand at the very edge. Lower is earlier.
CONTENT, SHAPE, COUNT, CASE, EDGE, WRAP = range(10, 70, 10)


@dataclass(frozen=True, kw_only=True)
class Constraint(ABC):
    """One verifiable instruction about the answer. Immutable, hashable, validated at construction.

    Subclasses are frozen keyword-only dataclasses whose fields are the parameters. They write
    `validate`, `phrasings`, `judge`, `build` and `violate`, and name themselves by class variables.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1  # raised by every release that changes its verdicts
    family: ClassVar[str]
    # What it asks of a writer: planning (counts over the whole text, its structure: it must be laid out
    # ahead) or precision (exact local form, right at each place). Thinking helps the first and harms
    # the second with the same weights (arXiv 2606.09662). A type that does not say is precision.
    skill: ClassVar[Skill] = "precision"
    stage: ClassVar[int] = CONTENT
    meaning: ClassVar[str]  # one sentence for the catalogue: what exactly is counted, and how
    examples: ClassVar[tuple[Example, ...]] = ()
    of_prose: ClassVar[bool] = False  # of a family of marks, but it is words that can break it
    # Judged as it is written too, with what a reader does not see: a link's target, say.
    as_written: ClassVar[bool] = False
    bank: ClassVar[tuple[str, ...]] = ()  # English sentences that obey, for other rules' drafts

    scope: Scope = field(default="answer")
    maths: Maths = field(default="masked")

    def __init_subclass__(cls) -> None:
        """What builds is given what is seen of a draft: offsets are those of the text judged."""
        for verb in ("build", "violate"):
            if verb in cls.__dict__:
                setattr(cls, verb, _of_what_is_seen(cls.__dict__[verb]))

    def __post_init__(self) -> None:
        if self.scope not in ("answer", "thinking", "both"):
            raise self.bad("scope", self.scope, "answer, thinking or both")
        if self.maths not in ("masked", "kept"):
            raise self.bad("maths", self.maths, "masked or kept")
        try:
            self.validate()
        except ConstraintError:
            raise
        except (TypeError, ValueError, AttributeError):
            self._want_types()  # a value of another type is the most likely cause
            raise
        self._want_types()

    def _want_types(self) -> None:
        """Raise for a parameter that is not of the type it is annotated with."""
        values = self.__dict__
        for parameter, types, expected in types_of(type(self)):
            value = values[parameter]
            if type(value) not in types and (type(value) is bool or not isinstance(value, types)):
                raise self.bad(parameter, value, expected)

    # -- what a subclass writes -------------------------------------------------------------------

    def validate(self) -> None:
        """Raise `self.bad(...)` for parameters that make no sense. Zero is a value."""

    @abstractmethod
    def phrasings(self) -> tuple[str, ...]:
        """At least three ways to say the rule to a model, the plainest first."""

    @abstractmethod
    def judge(self, view: View) -> Verdict:
        """The verdict on a view (maths masked or kept); use `self.verdict(...)`."""

    @abstractmethod
    def build(self, draft: str) -> str:
        """The draft changed as little as possible so that it obeys; maths in it stays untouched."""

    @abstractmethod
    def violate(self, draft: str) -> str:
        """The draft changed so that it narrowly breaks this rule."""

    # -- what a subclass may write, so that drafts fit and conflicts can be proved ----------------

    def holds(self, view: View) -> bool:
        """Whether `judge` says that it is obeyed; written anew where that is less work without
        number, reason and evidence."""
        return self.judge(view).obeyed is True

    def holds_in_disguise(self, view: View) -> bool:
        """Whether a reader takes it for obeyed, although letters that only look like others break it."""
        return False

    def fit(self, sentence: str) -> str | None:
        """A sentence that may be added to a draft, changed so that it cannot break this rule;
        None where it would break it."""
        return sentence

    def requires(self) -> tuple[Piece, ...]:
        """What every obeying text contains, where that can be said."""
        return ()

    def forbids(self, part: str) -> Verdict | None:
        """The verdict that condemns every text with this part in it, or None if it need not."""
        return None

    def ending(self) -> str | None:
        """The phrase with which every obeying text ends, where that can be said."""
        return None

    def prose_language(self) -> str | None:
        """The code of the language that most of the prose must be in, where there is one."""
        return None

    def clashes(self, other: Constraint) -> str | None:
        """Why no text can obey both this and `other`, or None where that is not known.

        What a type must know of one in another family it asks by `ending`, `prose_language` and
        the like, or by the other's name and parameters.
        """
        return None

    # -- what everybody calls ---------------------------------------------------------------------

    def describe(self, phrasing: int = 0) -> str:
        """The instruction in words, as the model gets it; other phrasings by index (modulo)."""
        texts = self.phrasings()
        said = texts[phrasing % len(texts)]
        return said if self.scope == "answer" else f"{said} {_ABOUT[self.scope]}"

    def check(self, text: str | Text) -> Verdict:
        """The verdict on a text. Never raises on any text; linear in its length.

        Where most words stand in maths and code, no rule is obeyed by their being hidden: the
        verdict is undetermined unless the text obeys with them too."""
        parsed = read_text(text) if isinstance(text, str) else text
        verdict = self.judge(self.view_of(parsed))
        if verdict.obeyed and self._only_hidden(parsed):
            verdict = verdict._replace(obeyed=None, reason=f"{_HIDDEN} {verdict.reason}")
        if self.as_written and verdict.obeyed and parsed.written is not parsed.masked:
            written = self.judge(self._written_view(parsed))
            if not written.obeyed:
                return written
        spans = parsed.originals(verdict.evidence)
        return verdict if spans is verdict.evidence else verdict._replace(evidence=spans)

    def obeyed_by(self, text: str | Text) -> bool:
        parsed = read_text(text) if isinstance(text, str) else text
        if not self.holds(self.view_of(parsed)) or self._only_hidden(parsed):
            return False
        return not self.as_written or self.holds(self._written_view(parsed))

    def _written_view(self, parsed: Text) -> View:
        return parsed.written if self.maths == "masked" else parsed.written_kept

    def _only_hidden(self, text: Text) -> bool:
        """Whether it is obeyed just because most of the words are masked."""
        if self.maths == "kept" or not text.masks:
            return False
        marks = self.family in _OF_LAYOUT and not self.of_prose
        if not (text.wholly_masked if marks else text.mostly_masked):
            return False
        return not self.holds(text.kept)

    def view_of(self, text: str | Text) -> View:
        """The view of a text that this rule judges."""
        parsed = read_text(text) if isinstance(text, str) else text
        return parsed.masked if self.maths == "masked" else parsed.kept

    def params(self) -> dict[str, Any]:
        """The parameters that differ from their defaults, as plain JSON values."""
        shown: dict[str, Any] = {}
        for f in dataclasses.fields(self):
            value = getattr(self, f.name)
            if f.default is not dataclasses.MISSING and value == f.default:
                continue
            shown[f.name] = plain(value)
        return shown

    def spec(self) -> dict[str, Any]:
        """`{"type": "words", "at_most": 300}`: what files hold and `from_spec` reads."""
        return {"type": self.name, **self.params()}

    def verdict(
        self,
        obeyed: bool | None,
        *,
        observed: object,
        wanted: str,
        reason: str,
        evidence: tuple[Span, ...] | list[Span] = (),
    ) -> Verdict:
        return Verdict(obeyed, observed, wanted, reason, tuple(evidence), self.name, self.version)

    def bad(self, parameter: str, value: object, expected: str) -> ConstraintError:
        shown = repr(value)
        shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
        return ConstraintError(
            f"{self.name}: {parameter}={shown} is not possible.",
            expected=expected,
            hint=f"bridle list constraints {self.name}",
        )

    # -- simple parameter checks, shared by all families ------------------------------------------

    def want_count(self, parameter: str, *, least: int = 0, most: int | None = MOST) -> None:
        value = getattr(self, parameter)
        if value is None:
            return
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise self.bad(parameter, value, f"a whole number, at least {least}")
        if most is not None and value > most:
            raise self.bad(parameter, value, f"a whole number, at most {most:,}")

    def want_text(self, parameter: str, *, most: int | None = LONGEST_PHRASE) -> None:
        """A non-empty text of at most `most` characters; None for a document to be copied."""
        value = getattr(self, parameter)
        if not isinstance(value, str) or not value.strip():
            raise self.bad(parameter, value, "a text that is not empty")
        if most is not None and len(value) > most:
            raise self.bad(parameter, value, f"at most {most:,} characters")

    def want_texts(self, parameter: str) -> None:
        """The field becomes a tuple of non-empty, distinct texts; a lone string is one text."""
        value: Any = getattr(self, parameter)
        items: tuple[Any, ...] = (value,) if isinstance(value, str) else ()
        if type(value) in (tuple, list):
            items = tuple(value)
        for item in items or (None,):
            if not isinstance(item, str) or not item.strip():
                raise self.bad(parameter, value, "one or more texts that are not empty")
            if len(item) > LONGEST_PHRASE:
                raise self.bad(parameter, item, f"at most {LONGEST_PHRASE:,} characters a text")
        if sum(map(len, items)) > LONGEST_PHRASES:
            raise self.bad(parameter, items, f"at most {LONGEST_PHRASES:,} characters in all")
        object.__setattr__(self, parameter, tuple(dict.fromkeys(items)))


def _of_what_is_seen(
    change: Callable[[Constraint, str], str],
) -> Callable[[Constraint, str], str]:
    @functools.wraps(change)
    def changed(rule: Constraint, draft: str) -> str:
        if rule.as_written:
            return change(rule, draft)
        seen = Seen(draft).text
        built = change(rule, seen)
        return draft if built == seen else built

    return changed


def plain(value: Any) -> Any:
    """Tuples become lists and nested constraints their specs, so that json can write the value."""
    if isinstance(value, Constraint):
        return value.spec()
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]  # pyright: ignore[reportUnknownVariableType]
    return value


Judge = Callable[[View], Verdict]
cached = functools.cached_property
