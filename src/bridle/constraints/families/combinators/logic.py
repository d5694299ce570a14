"""Rules made of rules: all, any, none, if-then.

    get("any", of=[get("quoted"), {"type": "words", "at_most": 50}])

The inner rules read the same text with their own setting of `maths`; their scope is
that of the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from bridle.constraints.base import COUNT, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.registry import make, register
from bridle.constraints.verdict import Example, Piece, Verdict
from bridle.text import Text, View, read_text


def inner_rule(outer: Constraint, parameter: str, value: Any) -> Constraint:
    """A constraint, given as one or as its spec.

    Raises:
        ConstraintError: neither, or a spec that makes no constraint.
    """
    if isinstance(value, Constraint):
        return value
    if isinstance(value, Mapping):
        spec = dict(cast("Mapping[str, Any]", value))
        name = spec.pop("type", None)
        if isinstance(name, str):
            return make(name, spec)
    raise outer.bad(
        parameter, str(cast("object", value)), 'a constraint, or its spec as {"type": "words", …}'
    )


@dataclass(frozen=True, kw_only=True)
class Combined(Constraint):
    """Several rules in one."""

    stage = COUNT

    of: tuple[Constraint, ...]

    def validate(self) -> None:
        given: Any = self.of
        listed: list[Any] = list(given) if isinstance(given, tuple | list) else [given]  # pyright: ignore[reportUnknownArgumentType]
        rules = tuple(inner_rule(self, "of", value) for value in listed)
        if not rules:
            raise self.bad("of", listed, "one rule at least")
        object.__setattr__(self, "of", rules)

    def said(self, link: str, phrasing: int = 0) -> str:
        """The inner rules in words, each as a clause in brackets where there are several."""
        texts = [rule.describe(phrasing).rstrip(".") for rule in self.of]
        return texts[0] if len(texts) == 1 else f" {link} ".join(f"({text})" for text in texts)

    def one_holds(self, view: View) -> tuple[bool | None, list[Verdict]]:
        """Whether one of the rules holds (None: it may be one that is undetermined), and how each is."""
        text = _text(view)
        verdicts = [rule.check(text) for rule in self.of]
        if any(v.obeyed is True for v in verdicts):
            return True, verdicts
        return None if any(v.obeyed is None for v in verdicts) else False, verdicts

    def disguised(self, view: View) -> list[bool]:
        text = _text(view)
        return [rule.holds_in_disguise(rule.view_of(text)) for rule in self.of]

    def outcome(self, obeyed: bool | None, verdicts: list[Verdict], wanted: str) -> Verdict:
        kept = sum(v.obeyed is True for v in verdicts)
        blamed = [v for v in verdicts if v.obeyed is not True] or verdicts
        return self.verdict(
            obeyed,
            observed=kept,
            wanted=wanted,
            reason=f"{kept} of {len(verdicts)} hold: "
            + " ".join(f"{v.constraint}: {v.reason}" for v in blamed),
            evidence=tuple(span for v in blamed for span in v.evidence)[:EVIDENCE],
        )


@register
@dataclass(frozen=True, kw_only=True)
class AllOf(Combined):
    """All of these rules hold."""

    name = "all"
    skill = "planning"
    meaning = "Every inner rule holds; undetermined where one is and none is broken."
    examples: ClassVar = (
        Example({"of": [{"type": "no_comma"}, {"type": "words", "at_most": 3}]}, "We add.", True),
        Example({"of": [{"type": "no_comma"}, {"type": "words", "at_most": 3}]}, "a b c d", False),
        Example({"of": [{"type": "words", "at_least": 1}]}, "a", True),
        Example({"of": [{"type": "no_comma"}, {"type": "quoted"}]}, '"a, b"', False, "one of them"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            " ".join(rule.describe() for rule in self.of),
            f"All of this must hold: {self.said('and', 1)}.",
            f"Obey every one of these: {self.said('and', 2)}.",
        )

    def judge(self, view: View) -> Verdict:
        text = _text(view)
        verdicts = [rule.check(text) for rule in self.of]
        obeyed: bool | None = True
        if any(v.obeyed is False for v in verdicts):
            obeyed = False
        elif any(v.obeyed is None for v in verdicts):
            obeyed = None
        return self.outcome(obeyed, verdicts, f"all of {len(self.of)}")

    def holds_in_disguise(self, view: View) -> bool:
        text = _text(view)
        return all(
            hidden or rule.obeyed_by(text)
            for hidden, rule in zip(self.disguised(view), self.of, strict=True)
        )

    def build(self, draft: str) -> str:
        for _ in range(3):
            for rule in sorted(self.of, key=lambda r: r.stage):
                if not rule.obeyed_by(draft):
                    draft = rule.build(draft)
            if self.obeyed_by(draft):
                break
        return draft

    def violate(self, draft: str) -> str:
        return self.of[-1].violate(self.build(draft))

    def fit(self, sentence: str) -> str | None:
        now: str | None = sentence
        for rule in self.of:
            now = rule.fit(now) if now else None
        return now

    def requires(self) -> tuple[Piece, ...]:
        return tuple(piece for rule in self.of for piece in rule.requires())

    def forbids(self, part: str) -> Verdict | None:
        return next((v for rule in self.of if (v := rule.forbids(part))), None)

    def clashes(self, other: Constraint) -> str | None:
        return next((why for rule in self.of if (why := _clash(rule, other))), None)


def _clash(one: Constraint, other: Constraint) -> str | None:
    return one.clashes(other) or other.clashes(one)


@register
@dataclass(frozen=True, kw_only=True)
class AnyOf(Combined):
    """At least one of these rules holds."""

    name = "any"
    skill = "planning"
    meaning = "One inner rule holds at least; undetermined where none does but one is undetermined."
    examples: ClassVar = (
        Example({"of": [{"type": "quoted"}, {"type": "no_comma"}]}, "We add.", True),
        Example({"of": [{"type": "quoted"}, {"type": "no_comma"}]}, "We, too, add.", False),
        Example(
            {"of": [{"type": "quoted"}, {"type": "words", "exactly": 2}]},
            '"a"',
            True,
            "one will do",
        ),
        Example({"of": [{"type": "words", "exactly": 2}]}, "a", False),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            f"At least one of this must hold: {self.said('or')}.",
            f"Do one of these at least: {self.said('or', 1)}.",
            f"Choose one or more: {self.said('or', 2)}.",
        )

    def judge(self, view: View) -> Verdict:
        one, verdicts = self.one_holds(view)
        return self.outcome(one, verdicts, f"one of {len(self.of)}")

    def holds_in_disguise(self, view: View) -> bool:
        return any(self.disguised(view))

    def build(self, draft: str) -> str:
        if self.obeyed_by(draft):
            return draft
        tries = [rule.build(draft) for rule in self.of]
        return next((t for t in tries if self.obeyed_by(t)), tries[0])

    def violate(self, draft: str) -> str:
        return _broken(self.of, draft)


@register
@dataclass(frozen=True, kw_only=True)
class NoneOf(Combined):
    """None of these rules holds."""

    name = "none"
    skill = "planning"
    meaning = (
        "Every inner rule is broken; undetermined where one is undetermined and none holds, or where a "
        "word stands there in letters that look like its own."
    )
    examples: ClassVar = (
        Example({"of": [{"type": "quoted"}]}, "We add.", True),
        Example({"of": [{"type": "quoted"}]}, '"We add."', False),
        Example({"of": [{"type": "no_comma"}, {"type": "quoted"}]}, "a, b", True),
        Example({"of": [{"type": "no_comma"}, {"type": "quoted"}]}, "a b", False, "one holds"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            f"Do none of this: {self.said('or')}.",
            f"Your answer must not fit any of these: {self.said('or', 1)}.",
            f"Break every one of these rules: {self.said('or', 2)}.",
        )

    def judge(self, view: View) -> Verdict:
        one, verdicts = self.one_holds(view)
        if one is False and any(self.disguised(view)):
            one = None  # a word in letters that look like its own
        return self.outcome(None if one is None else not one, verdicts, f"none of {len(self.of)}")

    def build(self, draft: str) -> str:
        return draft if self.obeyed_by(draft) else _broken(self.of, draft)

    def violate(self, draft: str) -> str:
        return self.of[0].build(draft)


def _broken(rules: tuple[Constraint, ...], draft: str) -> str:
    for rule in rules:
        if rule.obeyed_by(draft):
            draft = rule.violate(draft)
    return draft


@register
@dataclass(frozen=True, kw_only=True)
class IfThen(Constraint):
    """Where one rule holds, another must."""

    name = "if_then"
    skill = "planning"
    stage = COUNT
    meaning = (
        "The second rule holds, or the first does not; undetermined where that cannot be told."
    )
    examples: ClassVar = (
        Example({"when": {"type": "quoted"}, "then": {"type": "no_comma"}}, '"a b"', True),
        Example(
            {"when": {"type": "quoted"}, "then": {"type": "no_comma"}}, "a, b", True, "not quoted"
        ),
        Example({"when": {"type": "quoted"}, "then": {"type": "no_comma"}}, '"a, b"', False),
        Example(
            {"when": {"type": "words", "at_least": 2}, "then": {"type": "quoted"}}, "a b", False
        ),
    )

    when: Constraint
    then: Constraint

    def validate(self) -> None:
        for parameter in ("when", "then"):
            value = getattr(self, parameter)
            object.__setattr__(self, parameter, inner_rule(self, parameter, value))

    def phrasings(self) -> tuple[str, ...]:
        when, then = self.when.describe(), self.then.describe()
        return (
            f"If your answer fits this: «{when}», then this must hold too: {then}",
            f"This holds only under a condition. Condition: {when} Rule: {then}",
            f"Where «{when}» is true of your answer, obey this: {then}",
        )

    def judge(self, view: View) -> Verdict:
        text = _text(view)
        when, then = self.when.check(text), self.then.check(text)
        hidden = when.obeyed is False and self.when.holds_in_disguise(self.when.view_of(text))
        if (when.obeyed is False and not hidden) or then.obeyed is True:
            obeyed: bool | None = True
        elif when.obeyed is True and then.obeyed is False:
            obeyed = False
        else:
            obeyed = None
        said = {True: "holds", False: "does not hold", None: "is undetermined"}
        return self.verdict(
            obeyed,
            observed=[when.obeyed, then.obeyed],
            wanted="the second rule, where the first holds",
            reason=f"The condition {said[when.obeyed]}: {when.reason} "
            f"The rule {said[then.obeyed]}: {then.reason}",
            evidence=() if obeyed else then.evidence,
        )

    def build(self, draft: str) -> str:
        return draft if self.obeyed_by(draft) else self.then.build(draft)

    def violate(self, draft: str) -> str:
        for first, second in (
            (self.when.build, self.then.violate),
            (self.then.violate, self.when.build),
        ):
            broken = second(first(draft))
            if self.check(broken).obeyed is False:
                return broken
        return broken


def _text(view: View) -> Text:
    return read_text(view.raw)
