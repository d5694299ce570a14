"""The example notebook runs from its first cell to its last, and its last values show themselves."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).parents[2] / "examples" / "notebook.ipynb"


def run_cell(code: str, names: dict[str, Any]) -> Any:
    """Runs a cell as a notebook does; gives the value of its last expression."""
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)


def test_the_notebook_runs(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("vl_convert", reason="the extra 'report' is not installed")
    pytest.importorskip("onnxruntime", reason="the extra 'organism' is not installed")
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] for cell in cells if cell["cell_type"] == "code")
    names: dict[str, Any] = {}
    values = [run_cell(source, names) for source in code]
    shown = [value._repr_html_() for value in values if hasattr(value, "_repr_html_")]
    assert len(shown) == len(code) - 1  # all but the list of keys
    assert names["frame"].height == 24  # 6 items, two arms, with and without their constraints
    assert {"outcomes", "arms", "constraints"} <= set(names["charts"])
    assert "<svg" in shown[-3] and "planned records" not in shown[1]
