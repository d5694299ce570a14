"""Texts near the edge of a rule: affixes, sections, titles, postscripts, placeholders, JSON."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from bridle.constraints import get

PHRASE = "Any other questions?"
VERDICTS: list[tuple[str, dict[str, Any], str, bool]] = [
    ("end_phrase", {"phrase": PHRASE}, f"So.\n{PHRASE} \u00a0\r\n", True),
    ("end_phrase", {"phrase": PHRASE}, f"So. {PHRASE}\u200f", True),  # a mark of direction
    ("end_phrase", {"phrase": PHRASE}, f"So. {PHRASE}.", False),
    ("end_phrase", {"phrase": PHRASE}, f"So. **{PHRASE}**", False),
    ("end_phrase", {"phrase": PHRASE}, f"So. {PHRASE} 🙂", False),
    ("end_phrase", {"phrase": PHRASE}, "So. Any other\nquestions?", False),
    ("end_phrase", {"phrase": "done"}, "well_done", False),
    ("end_phrase", {"phrase": "done"}, "well-done", True),
    ("end_phrase", {"phrase": "4"}, "It is 3.4", False),
    ("end_phrase", {"phrase": "谢谢"}, "答案是四谢谢", True),  # no word edges to see
    ("end_phrase", {"phrase": "ขอบคุณ"}, "คำตอบขอบคุณ", True),
    ("end_phrase", {"phrase": "Bye.\nSee you."}, "So.\r\nBye.\r\nSee you.", True),
    ("end_phrase", {"phrase": "Bye.\r\nSee you."}, "So.\nBye.\nSee you.", True),
    ("quoted", {}, '"\nSteps:\n- a\n- b\n"', True),
    ("quoted", {}, '"He wrote \\"four\\" here."', True),
    ("quoted", {}, "»Das Ergebnis ist 4.«", True),
    ("quoted", {}, "”Han sa ”fyra” till mig.”", True),
    ("quoted", {}, "”A” och ”B”", False),
    ("quoted", {}, "“The answer is 4.”\u200f", True),
    ("quoted", {}, '"The answer is 4.".', False),
    ("quoted", {}, '**"The answer is 4."**', False),
    ("quoted", {}, '“The answer is 4."', False),
    ("sections", {"number": 1}, "SECTION 1 (the sum)\nIt is 4.", True),
    ("sections", {"number": 1}, "SECTION 1：加\n是四。", True),
    ("sections", {"number": 1}, "SECTION\u00a01\nIt is 4.", True),
    ("sections", {"number": 1}, "SECTION 1.5 is not cited.", False),
    ("sections", {"number": 1}, "SECTION 1A\nIt is 4.", False),
    ("sections", {"number": 1}, "`SECTION 1`", False),
    ("sections", {"number": 2}, "SECTION 1\na\nSECTION 1\nb", False),
    ("title", {}, "<<Is 2 < 3?>>", True),
    ("title", {}, "<<$x^2 = 4$>>", True),
    ("title", {}, "<<a\nb>>", False),
    ("title", {}, "<<!>>", False),
    ("postscript", {}, "We add.\nP.S.Check it.", True),
    ("postscript", {}, "We add.\n> p. s. Check it.", True),
    ("postscript", {}, "We add.\nP.S. Check it.\n\n#### 4", True),
    ("postscript", {}, "We add.\nP.S. Check it.\n\n# More\nIt is 4.", False),
    ("postscript", {"marker": "PS"}, "We add.\nPSI is Greek.", False),
    ("placeholders", {"exactly": 0}, "- [x] Add.\n- [X] Stop.\n- [ ] Check.", True),
    ("placeholders", {"exactly": 0}, "See [this][1] and that[^note].\n\n[1]: https://a.b", True),
    ("placeholders", {"exactly": 0}, "[a]: https://a.b", True),
    ("placeholders", {"exactly": 2}, "[Name]: [full name]", True),
    ("placeholders", {"exactly": 1}, "**[姓名]**您好", True),
    ("json", {}, '\ufeff{"a": 1}', True),
    ("json", {}, '{"a": 1}\u00a0\u3000\n', True),
    ("json", {}, '```json\n{"a": 1}\n```\nDone.', False),
    ("json", {}, '{"a": 1e999}', True),
    ("json", {}, '{"a": 01}', False),
]


@pytest.mark.parametrize(("name", "params", "text", "obeyed"), VERDICTS)
def test_verdicts(name: str, params: dict[str, Any], text: str, obeyed: bool) -> None:
    verdict = get(name, **params).check(text)
    assert verdict.obeyed is obeyed, verdict.reason


def test_evidence_of_an_end_in_another_spelling_is_the_phrase_alone() -> None:
    phrase = unicodedata.normalize("NFC", "À bientôt.")
    text = unicodedata.normalize("NFD", f"C'est quatre. {phrase}")
    ((start, end),) = get("end_phrase", phrase=phrase).check(text).evidence
    assert unicodedata.normalize("NFC", text[start:end]) == phrase


def test_a_phrase_with_other_white_space_is_said_to_be_that() -> None:
    verdict = get("end_phrase", phrase=PHRASE).check("So. Any other\nquestions?")
    assert verdict.reason == "The phrase is there with other white space in it."
