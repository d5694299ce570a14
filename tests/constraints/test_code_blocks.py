"""Which block of code is in which language."""

from __future__ import annotations

import pytest

from bridle.constraints import get
from bridle.errors import ConstraintError


@pytest.mark.parametrize(
    ("language", "text", "obeyed"),
    [
        ("C++", "```cpp\nint a;\n```", True),
        ("javascript", "```JS\nf();\n```", True),
        ("python", "```python title=x\nprint(1)\n```", True),
        ("python", "````python\n```\n````", False),  # nothing but marks in it
        ("python", "```python\n\u200b\n```", False),
        ("python", "`python` is a language", False),
        ("python", "```python:main.py\nprint(1)\n```", True),
        ("python", "```python{1,3}\nprint(1)\n```", True),
        ("python", "```{.python .numbered}\nprint(1)\n```", True),
        ("rust", "```rust,ignore\nfn main() {}\n```", True),
        ("r", "```{r, echo=FALSE}\n1\n```", True),
        ("python", "```pythonic\nprint(1)\n```", False),
        ("c", "```c++\nint a;\n```", False),
        ("F#", "```fsharp\nlet a = 1\n```", True),
        ("markdown", "```md\n# a\n```", True),
        ("python", "```text\na\n```\n\n  ```python\n  print(1)\n  ```", True),
    ],
)
def test_verdicts(language: str, text: str, obeyed: bool) -> None:
    assert get("code_language", language=language).check(text).obeyed is obeyed


def test_two_words_are_no_language() -> None:
    with pytest.raises(ConstraintError, match="one word"):
        get("code_language", language="visual basic")
    with pytest.raises(ConstraintError, match="letter or digit"):
        get("code_language", language="{}")
