"""Tables as LaTeX with the rules of booktabs, for a paper."""

from __future__ import annotations

from collections.abc import Sequence

from bridle.report.exports.grids import Grid
from bridle.report.untrusted import line

_SIGNS = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "−": "$-$", "–": "--", "×": r"$\times$", "<": r"\textless{}", ">": r"\textgreater{}",
    "\u00a0": "~", "·": r"$\cdot$", "…": r"\ldots{}", "[": "{[}", "]": "{]}",
}  # fmt: skip


def to_latex(sentences: Sequence[str], grids: Sequence[Grid]) -> str:
    """A `table` for each grid; the sentences stand above as comments."""
    parts = ["% needs \\usepackage{booktabs}", *(f"% {_ascii(line(text))}" for text in sentences)]
    for grid in grids:
        head = " & ".join(map(escaped, grid.headers)) + r" \\"
        rows = [" & ".join(map(escaped, cells)) + r" \\" for cells in grid.rows]
        parts += [
            "",
            r"\begin{table}",
            r"\centering",
            rf"\caption{{{escaped(grid.title)}}}",
            rf"\begin{{tabular}}{{l{'r' * (len(grid.headers) - 1)}}}",
            r"\toprule",
            head,
            r"\midrule",
            *rows,
            r"\bottomrule",
            r"\end{tabular}",
            r"\end{table}",
        ]
    return "\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """The text on one line with every sign that TeX acts on written out."""
    return "".join(_SIGNS.get(c, c) for c in line(text))


def _ascii(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")
