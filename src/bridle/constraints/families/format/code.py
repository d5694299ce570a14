"""Blocks of code: one in a given language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import SHAPE, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.prose import add_block
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.errors import ConstraintError
from bridle.text import Span, View
from bridle.text.invisible import SPACES
from bridle.text.masks import masks_in

_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*([^\s`]*)")
_ALIASES = {
    "py": "python", "python3": "python", "js": "javascript", "node": "javascript", "ts": "typescript",
    "cpp": "c++", "cxx": "c++", "cs": "c#", "csharp": "c#", "sh": "bash", "shell": "bash",
    "zsh": "bash", "tex": "latex", "hs": "haskell", "rb": "ruby", "rs": "rust", "golang": "go",
    "yml": "yaml", "kt": "kotlin", "md": "markdown", "pl": "perl", "jl": "julia", "ps1": "powershell",
    "pwsh": "powershell", "objc": "objective-c", "objectivec": "objective-c", "fsharp": "f#", "fs": "f#",
    "htm": "html", "ex": "elixir", "erl": "erlang", "docker": "dockerfile", "asm": "assembly",
}  # fmt: skip
_CODE = {
    "python": "print('done')", "javascript": "console.log('done');", "bash": "echo done",
    "latex": "\\emph{done}", "sql": "SELECT 1;", "json": '{"done": true}', "rust": "fn main() {}",
    "c": "int main(void) { return 0; }", "c++": "int main() { return 0; }", "r": "print('done')",
}  # fmt: skip


_END = re.compile(r"[:,;{(\[=].*", re.DOTALL)


def _language(name: str) -> str:
    """The language that an info string begins with: `py`, `{.python`, `python:main.py`, `rust,ignore`."""
    name = _END.sub("", name.casefold().lstrip("{.")).rstrip("}.")
    return _ALIASES.get(name, name)


@register
@dataclass(frozen=True, kw_only=True)
class CodeLanguage(Constraint):
    """The text has a block of code in a given language."""

    name = "code_language"
    skill = "precision"
    stage = SHAPE
    meaning = (
        "A closed fenced block (``` or ~~~) whose info string begins with the language's name or a "
        "common short form (`py`, `js`, `cpp`), in any case, and that is not empty; code is not read."
    )
    examples: ClassVar = (
        Example({"language": "python"}, "So:\n```python\nprint(2 + 2)\n```", True),
        Example({"language": "python"}, "~~~py\nprint(2 + 2)\n~~~", True, "a short form"),
        Example({"language": "python"}, "```\nprint(2 + 2)\n```", False, "no language is named"),
        Example({"language": "python"}, "```python\nprint(2 + 2)", False, "not closed"),
        Example({"language": "c"}, "```cpp\nint a;\n```", False, "another language"),
        Example({"language": "python"}, "```python\n\n```", False, "empty"),
    )

    language: str

    def validate(self) -> None:
        self.want_text("language")
        if len(self.language.split()) > 1 or "`" in self.language:
            raise self.bad("language", self.language, "one word without back quotes")
        if not any(map(str.isalnum, self.language)):
            raise self.bad("language", self.language, "a name with a letter or digit")
        object.__setattr__(self, "language", self.language.strip())

    def phrasings(self) -> tuple[str, ...]:
        name = self.language
        return (
            f"Include a fenced code block in {name}, opened with ```{name.lower()}, in your answer.",
            f"Your answer must contain a Markdown code block marked as {name}.",
            f"Write some {name} code between ```{name.lower()} and ``` into your answer.",
        )

    def judge(self, view: View) -> Verdict:
        blocks = [s for kind, s in masks_in(view.raw) if kind == "code"]
        wanted = _language(self.language)
        named: list[str] = []
        fit: list[Span] = []
        empty: list[Span] = []
        fences: list[Span] = []
        for start, end in blocks:
            fence = _FENCE.match(view.raw, start + self._indent(view.raw, start), end)
            if fence is None:
                continue
            fences.append((start, end))
            named.append(fence.group(2))
            body = view.raw[fence.end() : end]
            _, _, inner = body.replace("\r", "\n").partition("\n")
            if _language(fence.group(2)) == wanted:
                (fit if inner.strip("`~" + SPACES) else empty).append((start, end))
        if fit:
            reason = f"A block of {self.language}."
        elif empty:
            reason = f"The block of {self.language} is empty."
        elif named:
            number = f"{len(named)} {'block' if len(named) == 1 else 'blocks'}"
            reason = f"{number} of code, none marked {self.language}."
        else:
            reason = "There is no closed block of code."
        return self.verdict(
            bool(fit),
            observed=named[:EVIDENCE],
            wanted=f"a block of {self.language} code",
            reason=reason,
            evidence=(fit or empty or fences)[:EVIDENCE],
        )

    def _indent(self, raw: str, start: int) -> int:
        at = start
        while raw[at : at + 1] in (" ", "\t"):
            at += 1
        return at - start

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        name = self.language.lower()
        code = _CODE.get(_language(name), "done")
        return add_block(draft, f"```{name}\n{code}\n```")

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        for start, end in reversed(self.check(draft).evidence):
            block = re.sub(r"\A[ \t]*(`{3,}|~{3,})[^\r\n]*", r"\1", draft[start:end])
            draft = draft[:start] + block + draft[end:]
        if self.check(draft).obeyed:
            raise ConstraintError(f"{self.name}: no block of code could be unnamed.")
        return draft
