"""Raw text as it streams → thought and answer, whatever the pieces in which it comes.

split = Thoughts()
split.feed("<think>\n2+2")  -> [("thought", "2+2")]
split.feed("=4\n</thi")     -> [("thought", "=4")]
split.feed("nk>\n\n4")      -> [("answer", "4")]
"""

from __future__ import annotations

from typing import Literal

from bridle.organism.model.tokens import THINK, THOUGHT

Part = tuple[Literal["thought", "answer"], str]


class Thoughts:
    """Splits a stream. `inside`: the prompt has already opened the thought.

    The line breaks that belong to the tags are dropped, as in Qwen3's convention.
    """

    def __init__(self, *, inside: bool = False) -> None:
        self._where: Literal["start", "thought", "gap", "answer"] = "thought" if inside else "start"
        self._held = ""
        self._begun = inside  # the first line break of a thought has been passed

    def feed(self, piece: str, *, final: bool = False) -> list[Part]:
        """The parts that are certain by now; `final` gives up what was held back."""
        self._held += piece
        out: list[Part] = []
        if self._where == "start":
            if self._held.startswith(THINK):
                self._held = self._held[len(THINK) :]
                self._where = "thought"
            elif final or not THINK.startswith(self._held):
                self._where = "answer"
            else:
                return out
        if self._where == "thought":
            self._thought(out, final)
        if self._where == "gap":
            self._held = self._held.lstrip("\n")
            if self._held:
                self._where = "answer"
        if self._where == "answer" and self._held:
            out.append(("answer", self._held))
            self._held = ""
        return out

    def _thought(self, out: list[Part], final: bool) -> None:
        if not self._begun and self._held:
            self._held = self._held.removeprefix("\n")
            self._begun = True
        at = self._held.find(THOUGHT)
        if at >= 0:
            text, self._held = self._held[:at].rstrip("\n"), self._held[at + len(THOUGHT) :]
            self._where = "gap"
        else:
            text = self._held if final else self._held[: self._certain()]
            self._held = self._held[len(text) :]
        if text:
            out.append(("thought", text))

    def _certain(self) -> int:
        """Where a beginning of the closing tag, or the line breaks before it, may stand."""
        until = len(self._held)
        for size in range(min(len(THOUGHT) - 1, until), 0, -1):
            if THOUGHT.startswith(self._held[until - size :]):
                until -= size
                break
        while until and self._held[until - 1] == "\n":
            until -= 1
        return until


def split(text: str, *, inside: bool = False) -> tuple[str, str]:
    """Thought and answer of a whole raw text."""
    parts = Thoughts(inside=inside).feed(text, final=True)
    thought = "".join(t for kind, t in parts if kind == "thought")
    return thought, "".join(t for kind, t in parts if kind == "answer")
