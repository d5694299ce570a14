"""Page and terminal mark the same characters, whatever the scope and wherever the span falls."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridle.grading import SEAM, judged_text, located
from bridle.report.sample_text import violations

TEXT = st.text(alphabet="ab ,\n", max_size=8)


@given(st.sampled_from(["answer", "thinking", "both"]), TEXT, TEXT, st.data())
def test_what_is_located_is_what_was_read(
    scope: str, thinking: str, answer: str, data: st.DataObject
) -> None:
    whole = judged_text(scope, thinking, answer)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    parts = {"thinking": thinking, "answer": answer}
    found = located(scope, thinking, start, end)
    for part, first, last in found:
        assert 0 <= first <= last <= len(parts[part])
    read = [parts[part][first:last] for part, first, last in found]
    if scope == "both" and thinking and len(read) == 2:
        assert SEAM.join(read) == whole[start:end]
    elif read:
        # at most the blank line between thinking and answer is lost
        assert whole[start:end].strip("\n") == read[0].strip("\n")
    else:
        assert not whole[start:end].strip("\n")


@pytest.mark.parametrize(("start", "end"), [(2, 9), (0, 4), (4, 6), (4, 7), (5, 8), (6, 6)])
def test_page_and_terminal_mark_the_same(
    start: int, end: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bridle.report.samples import texts

    row = {
        **dict.fromkeys(
            ("prompt", "error", "reference", "found", "upstream_verdicts", "raw", "sent")
        ),
        **dict.fromkeys(
            ("finish_reason", "found_how", "equality", "read_how", "outcomes", "latency_s")
        ),
        **dict.fromkeys(("tokens_in", "tokens_thinking", "tokens_answer")),
        "status": "complete",
        "steps": 1,
        "bare": True,
        "thinking": "a, b",
        "answer": "c, d",
        "verdicts": [
            {
                "constraint": "x",
                "params": "{}",
                "obeyed": False,
                "scope": "both",
                "evidence": [[start, end]],
                "wanted": "",
                "observed": None,
                "reason": "",
            }
        ],
    }
    marks: dict[str, list[tuple[int, int]]] = {}

    real = texts.marked

    def marked(text: str, spans: Any = (), **more: Any) -> Any:
        marks[text] = [(m.start, m.end) for m in spans]
        return real(text, spans, **more)

    monkeypatch.setattr(texts, "marked", marked)
    texts.texts(row, None)
    terminal = violations(row)
    assert marks["a, b"] == terminal["thinking"]
    assert marks["c, d"] == terminal["answer"]
