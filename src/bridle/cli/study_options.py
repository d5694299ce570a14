"""What `bridle run` has beyond a study: its file, its question, its price and its budget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridle.errors import BridleError

if TYPE_CHECKING:
    from bridle.studies.cost import Cost
    from bridle.studies.question import Question
    from bridle.studies.study import Study

Make = Callable[[Path, dict[str, Any]], "Study"]


@dataclass(frozen=True)
class About:
    """What is said of a plan before it is run."""

    cost: Cost
    remote: tuple[str, ...]  # models whose price is not known
    sees: tuple[tuple[float, float], ...]  # (share of pairs that flip, smallest difference)
    pairs: int
    question: Question | None

    def price(self) -> str:
        if self.cost.usd is None:
            return (
                f"not known for {', '.join(self.remote)}" if self.remote else "no limit of tokens"
            )
        if self.cost.usd == 0:
            return "none: nothing leaves this machine"
        return f"at most {self.cost.usd:,.2f} USD"

    def lines(self) -> list[str]:
        c = self.cost
        out = "no limit set" if c.tokens_out is None else f"at most {c.tokens_out:,}"
        shown = [
            f"requests  about {c.requests:,}, those that arms share not taken off",
            f"tokens    about {c.tokens_in:,} in, {out} out",
            f"price     {self.price()}",
        ]
        if self.sees:
            parts = " or ".join(
                f"{100 * d:.1f} points where {100 * f:.0f} % of the pairs flip"
                for f, d in self.sees
            )
            shown.append(f"sees      {parts} ({self.pairs:,} pairs, power 80 %)")
        if self.question is not None:
            shown.append(f"primary   {self.question}")
        return shown

    def to_dict(self) -> dict[str, Any]:
        return {
            "price": self.price(),
            "requests": self.cost.requests,
            "tokens_in": self.cost.tokens_in,
            "tokens_out": self.cost.tokens_out,
            "usd": self.cost.usd,
            "smallest_difference": {str(f): d for f, d in self.sees},
            "primary": None if self.question is None else str(self.question),
        }


@dataclass
class StudyOptions:
    """The options of the command line over those of the file over those of the folder."""

    out: Path
    given: dict[str, Any]
    primary: Question | None = None
    prices: dict[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])

    @classmethod
    def read(cls, file: Path | None, out: Path | None, given: dict[str, Any]) -> StudyOptions:
        """
        Raises:
            BridleError: neither a file nor a folder was named, or the file is wrong.
        """
        if file is None:
            if out is None:
                raise BridleError(
                    "It is not said which study.", expected="a study file or a folder",
                    hint="bridle run study.yaml, or bridle run --out DIR",
                )  # fmt: skip
            return cls(out, given)
        from bridle.studies.study_file import read_study_file

        found = read_study_file(file)
        options = found.options()
        named = options.pop("out", None)
        folder = out or Path(named or Path("runs") / found.name)
        mixed = {**options, **{k: v for k, v in given.items() if v is not None}}
        for key in given:
            mixed.setdefault(key, None)
        return cls(folder, mixed, found.primary, dict(found.prices))

    def open(self, make: Make) -> Study:
        return self._said(make(self.out, self.given))

    def _said(self, study: Study) -> Study:
        """The study with the file's question and prices; those of its folder count where it names none."""
        study.say(None if self.primary is None else str(self.primary), self.prices)
        self.prices = {m: (float(a), float(b)) for m, (a, b) in study.plan.prices.items()}
        return study

    def within(self, budget: float | None, study: Study, *, shrink: bool, make: Make) -> Study:
        """The study, or a smaller one that the budget pays for.

        Raises:
            BridleError: it may cost more, its price is not known, or no item fits.
        """
        if budget is None:
            if shrink:
                raise BridleError("--shrink needs a budget.", hint="--budget USD --shrink")
            return study
        from bridle.studies.cost import estimate, fits

        number = fits(budget, study.plan, study.items, self.prices)
        if number is None:
            raise BridleError(
                "What the study costs is not known, so no budget can be kept.",
                expected="prices of every model, and max_tokens",
                hint="prices: {MODEL: {in: USD, out: USD}} in the study file, a million tokens each",
            )
        if number >= len(study.plan.asked):
            return study
        cost = estimate(study.plan, study.items, self.prices).usd or 0.0
        if number < 1:
            raise BridleError(
                f"The study may cost {cost:,.2f} USD, and {budget:g} pay for not one item.",
                expected="a larger budget, fewer arms or a lower max_tokens",
            )
        if not shrink:
            raise BridleError(
                f"The study may cost {cost:,.2f} USD, more than {budget:g}.",
                expected=f"a larger budget, or {number:,} of its {len(study.plan.asked):,} items",
                hint=f"--budget {budget:g} --shrink, or --limit {number}",
            )
        self.given["limit"] = number
        return self.open(make)

    def question(self, text: str | None, study: Study) -> Question | None:
        """The contrast of the command line, else the file's, else the one that the folder was made for."""
        from bridle.studies.question import read_question

        text = text or study.plan.primary
        return None if text is None else read_question(text)

    def about(self, study: Study, question: Question | None) -> About:
        from bridle.studies.cost import FLIPS, can_see, estimate
        from bridle.studies.providers import OURS

        plan = study.plan
        cost = estimate(plan, study.items, self.prices)
        remote = [m for m in plan.models if m.split("/")[0] not in OURS and m not in self.prices]
        several = len(plan.cells()) > 1 or len(plan.models) > 1
        sees = tuple(zip(FLIPS, can_see(plan), strict=True)) if several else ()
        return About(cost, tuple(remote), sees, len(plan.asked) * plan.samples, question)
