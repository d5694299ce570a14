"""An instruction that no constraint type here is the counterpart of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import Constraint
from bridle.constraints.verdict import Verdict
from bridle.text import View


@dataclass(frozen=True, kw_only=True)
class NotJudged(Constraint):
    """An instruction of another project that no type of ours judges: kept in its place, seen, left out.

    Its verdict is never True or False. An item that holds one has `hard=None` (whatever came back,
    so that leaving it out cannot favour one outcome), and `soft` is the share of the others.
    """

    name: ClassVar[str] = "not_judged"
    version: ClassVar[int] = 0
    family: ClassVar[str] = "not judged"
    meaning: ClassVar[str] = "an instruction without a counterpart here"

    peer_id: str
    text: str = ""

    def phrasings(self) -> tuple[str, ...]:
        return (self.text or self.peer_id,)

    def judge(self, view: View) -> Verdict:
        return Verdict(
            obeyed=None,
            observed=None,
            wanted=self.describe(),
            reason=f"not judged: no constraint type here is the counterpart of {self.peer_id}",
            constraint=self.peer_id,
        )

    def build(self, draft: str) -> str:
        return draft

    def violate(self, draft: str) -> str:
        return draft
