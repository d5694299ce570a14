r"""What is wrong with a benchmark's rows: which nobody can satisfy, and what a trivial answer earns.

    found = audit(load("mathif"))
    found.findings[0]  -> Finding("gsm8k_double:22", "conflict", "ours", ("no_comma", "repeat"), "…")
    found.floors[0]    -> Floor("a", "ours", "gsm8k", n=90, hard=0.12, soft=0.30)

A row can be satisfied when there is a witness: a text that obeys all its constraints and states the
reference answer, where there is one, in \boxed{}. What a rule about the thinking asks is thought, and
the answer stands after it. The rows of a peer are judged by its own rules too: satisfied where one of
our texts passes, proved where one of the few proofs here holds, and listed as open else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bridle.benchmarks.audit.floors import Floor, Rules, about_thinking, boxed, floors, raw_of
from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.item import Item, PeerConstraint
from bridle.benchmarks.published import BENCHMARKS as WITH_UPSTREAM
from bridle.benchmarks.published import judge
from bridle.constraints import Conflict, Constraint, witness
from bridle.errors import DataError
from bridle.text import read_text

# What is looked for: the sort of finding and what it means.
KINDS: dict[str, str] = {
    "malformed": "the row cannot be read, and is in no figure",
    "conflict": "no answer obeys all constraints and states the reference answer, if there is one",
    "no witness": "no such answer was found; no proof that there is none",
    "capitals": "all letters must be capital, and upstream counts those of \\boxed{} too",
    "capitals and answer": "the same, and the reference answer itself has small letters",
    "commas": "no comma is allowed, the reference answer has some, and upstream counts them",
    "repeated": "the text to be repeated breaks another rule by upstream's rules as well",
    "fails upstream": "no text was found that obeys all by upstream's rules; no proof that there is "
    "none",
    "undecided upstream": "upstream's rules give no verdict on our witness here",
    "two formats": 'the question asks for the answer after "####", the prompt for \\boxed{}',
    "named in capitals": "no capital is allowed, and the question names things in capitals",
}
UNSATISFIABLE: dict[Rules, tuple[str, ...]] = {
    "ours": ("conflict",),
    "upstream": ("capitals", "capitals and answer", "commas", "repeated"),
}
OPEN: dict[Rules, tuple[str, ...]] = {
    "ours": ("no witness",),
    "upstream": ("fails upstream", "undecided upstream"),
}
SEEDS = 7  # witnesses of ours that are tried by upstream's rules

# Rules of upstream's that no continuation mends: what breaks them at the beginning breaks them.
_LASTING = ("punctuation:no_comma", "keywords:forbidden_words")
_LASTING_LIMITS = (
    "keywords:frequency",
    "keywords:letter_frequency",
    "length_constraints:number_words",
    "length_constraint_checkers:number_words",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one row; `constraints` are those concerned, by our names or the peer's ids."""

    item: str
    kind: str
    rules: Rules
    constraints: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Audit:
    benchmark: str
    rows: int
    constraints: int
    findings: tuple[Finding, ...]
    floors: tuple[Floor, ...]

    @property
    def has_upstream(self) -> bool:
        """Whether the benchmark has published rules, beside ours."""
        return any(floor.rules == "upstream" for floor in self.floors)

    def unsatisfiable(self, rules: Rules) -> list[str]:
        """The rows that are proved to have no obedient and right answer by those rules."""
        return self._rows(UNSATISFIABLE[rules])

    def open(self, rules: Rules) -> list[str]:
        """The rows for which neither such an answer nor a proof was found."""
        return self._rows(OPEN[rules])

    def malformed(self) -> list[str]:
        return self._rows(("malformed",))

    def _rows(self, kinds: Sequence[str]) -> list[str]:
        return list(dict.fromkeys(f.item for f in self.findings if f.kind in kinds))


def audit(benchmark: Benchmark) -> Audit:
    """Every row's findings, in the order of the files, and every trivial answer's floor."""
    findings = [_malformed(error) for error in benchmark.bad_rows]
    for item in sorted(benchmark.items, key=_place):
        findings += satisfied(item)
        findings += remarks(item)
    return Audit(
        benchmark=benchmark.name,
        rows=len(benchmark.items),
        constraints=sum(len(i.constraints) for i in benchmark.items),
        findings=tuple(findings),
        floors=tuple(floors(benchmark)),
    )


def _malformed(error: DataError) -> Finding:
    where, _, why = error.what.partition(": ")
    expected = f" Expected: {error.expected}" if error.expected else ""
    return Finding(where, "malformed", "ours", (), why + expected)


def _place(item: Item) -> list[tuple[int, str]]:
    """Numbers in an id count as numbers: line 9 comes before line 10."""
    parts = re.findall(r"[0-9]+|[^0-9]+", item.id)
    return [(int(p), "") if p.isdecimal() else (0, p) for p in parts]


# -- can the row be satisfied? ----------------------------------------------------------------------


def satisfied(item: Item) -> list[Finding]:
    """Whether the row has a witness by our rules, and a text that passes upstream's."""
    found = _witness(item, item.constraints)
    findings: list[Finding] = []
    if isinstance(found, Conflict):
        names = tuple(m if isinstance(m, str) else m.name for m in found.members)
        kind = "conflict" if found.proved else "no witness"
        findings.append(Finding(item.id, kind, "ours", names, found.reason))
    if item.peer and item.benchmark in WITH_UPSTREAM:
        findings += _upstream(item, found)
    return findings


def _witness(item: Item, rules: Sequence[Constraint], seed: int = 0) -> tuple[str, str] | Conflict:
    """(thinking, answer) that obey those rules, the reference answer stated; or why there are none."""
    thought: str | Conflict = ""
    asked, answer = item.problem.question, item.problem.answer
    about = [rule for rule in rules if rule.scope == "thinking"]
    if about:
        thought = witness(about, None, question=asked, seed=seed)
        if isinstance(thought, Conflict):
            return thought
    rest = [rule for rule in rules if rule.scope != "thinking"]
    text = witness(rest, answer, question=asked, seed=seed)
    return text if isinstance(text, Conflict) else (thought, text)


def _upstream(item: Item, found: tuple[str, str] | Conflict) -> list[Finding]:
    """What upstream's rules say of the row: nothing where a text passes them."""
    failed: list[str] = []
    if not isinstance(found, Conflict):
        verdict = _judged(item, raw_of(*found))
        if verdict.hard:
            return []
        failed = [p.id for p, ok in zip(item.peer, verdict.obeyed, strict=True) if ok is False]
        if not failed:
            why = "; ".join(r for r in verdict.reasons if r)
            return [Finding(item.id, "undecided upstream", "upstream", (), why)]
    proved = [*_proved_by_answer(item, failed), *_proved_by_repeating(item, found)]
    if proved:
        return proved
    tried = 0
    for text in _texts(item, found):
        tried += 1
        if _judged(item, text).hard:
            return []
    reason = f"{tried} text{'' if tried == 1 else 's'} tried"
    concerned = tuple(sorted(set(failed))) or tuple(p.id for p in item.peer)
    return [Finding(item.id, "fails upstream", "upstream", concerned, reason)]


def _judged(item: Item, raw: str):
    return judge(item.benchmark, raw, [(p.id, p.kwargs) for p in item.peer], prompt=item.prompt)


def _proved_by_answer(item: Item, failed: Iterable[str]) -> list[Finding]:
    """Every right answer holds \\boxed{} and what is in it, and upstream masks no maths."""
    answer = item.problem.answer
    if answer is None or about_thinking(item):
        return []
    found: list[Finding] = []
    reason = f"reference answer {answer}"
    for peer_id in sorted(set(failed)):
        if peer_id == "change_case:english_capital":  # "boxed" itself has small letters
            kind = "capitals and answer" if re.search("[a-z]", answer) else "capitals"
        elif peer_id == "punctuation:no_comma" and "," in answer:
            kind = "commas"
        else:
            continue
        found.append(Finding(item.id, kind, "upstream", (peer_id,), reason))
    return found


def _proved_by_repeating(item: Item, found: tuple[str, str] | Conflict) -> list[Finding]:
    """A text that must begin with the prompt, which breaks a rule that no continuation mends.

    The prompt's last word is left out of the proof, since a continuation may change it.
    """
    repeated = [p for p in item.peer if p.id == "combination:repeat_prompt"]
    if not isinstance(found, Conflict) or not repeated:
        return []
    beginning = str(repeated[0].kwargs.get("prompt_to_repeat", "")).rpartition(" ")[0]
    for peer in item.peer:
        if not _lasting(peer):
            continue
        verdict = judge(item.benchmark, beginning, [(peer.id, peer.kwargs)], prompt=item.prompt)
        if beginning.strip() and verdict.obeyed == [False]:
            ids = (repeated[0].id, peer.id)
            return [Finding(item.id, "repeated", "upstream", ids, "")]
    return []


def _lasting(peer: PeerConstraint) -> bool:
    relation = peer.kwargs.get("relation", peer.kwargs.get("let_relation"))
    return peer.id in _LASTING or (peer.id in _LASTING_LIMITS and relation == "less than")


# Upstream counts marks as words, or does not look past them; counts words that we do not; and does
# not look at the case here, nor past a capital letter there.
_FORMS: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: text.replace(": ", " "),
    lambda text: text.replace(".", ""),
    lambda text: " ".join([text] * 4),
    str.lower,
    str.upper,
)


def _texts(item: Item, found: tuple[str, str] | Conflict) -> Iterator[str]:
    """Texts that may pass: other witnesses of ours, in several forms; where our rules are in conflict,
    texts that obey all of them but one."""
    sets: list[Sequence[Constraint]] = [item.constraints]
    if isinstance(found, Conflict):
        sets = [[r for r in item.constraints if r is not left] for left in item.constraints]
    statement = "" if item.problem.answer is None else boxed(item)
    for rules in sets:
        for seed in range(SEEDS):
            drafted = _witness(item, rules, seed)
            if isinstance(drafted, Conflict):
                break
            forms = [tuple(map(form, drafted)) for form in _FORMS]
            for thought, text in dict.fromkeys(forms):
                if statement in text:
                    yield raw_of(thought, text)


# -- what else a reader should know ------------------------------------------------------------------


def remarks(item: Item) -> list[Finding]:
    """What a reader of the numbers should know of a row that can be satisfied all the same."""
    peers = {p.id for p in item.peer}
    found: list[Finding] = []
    if "####" in item.problem.question and "\\boxed" in item.prompt:
        found.append(Finding(item.id, "two formats", "ours", (), ""))
    if "change_case:english_lowercase" in peers and (names := _names(item.problem.question)):
        reason = "names " + " ".join(names)
        ids = ("change_case:english_lowercase",)
        found.append(Finding(item.id, "named in capitals", "ours", ids, reason))
    return found


# Points and sets in formulas; words of capitals in prose; capitalised words that begin no sentence.
_SYMBOL = re.compile(r"(?<![A-Za-z\\])[A-Z]+(?![A-Za-z])")
_LETTERS = re.compile(r"(?<![A-Za-z])(?:[B-HJ-Z]|[A-Z]{2,})(?![A-Za-z])")
_PROPER = re.compile(r"(?<=[a-z,;] )(?!I\b)[A-Z][a-z]+")


def _names(question: str) -> list[str]:
    """What the question names in capitals, in the order of kinds; single `A` and `I` of prose are words."""
    text = read_text(question)
    formulas = [re.sub(r"\\[A-Za-z]+", " ", question[a:b]) for _, (a, b) in text.masks]
    prose = text.masked.text
    found = [name for formula in formulas for name in _SYMBOL.findall(formula)]
    found += _LETTERS.findall(prose) + _PROPER.findall(prose)
    return list(dict.fromkeys(found))


def by_kind(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings in the order of `KINDS`, empty kinds left out."""
    every = list(findings)
    grouped = {kind: [f for f in every if f.kind == kind] for kind in KINDS}
    return {kind: found for kind, found in grouped.items() if found}
