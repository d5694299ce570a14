"""Quotations and what follows them."""

from __future__ import annotations

import pytest

from bridle.constraints import get


@pytest.mark.parametrize(
    ("text", "obeyed"),
    [
        ("“He said “four” to me” means that he counted.", True),  # nested: one quotation
        ("«Quatre» est la réponse.", True),
        ("„Vier“ ist das Ergebnis.", True),
        ('We read `"code"` and $"x"$', True),  # neither is a quotation
        ('It is "four"', False),
        ('It is 5" long and 3 wide.', True),  # a mark without partner
        ('The screen is 5" by 7".', True),  # inches
        ('He said "I have 5" and left the room.', True),
        ("「和」は足し算の結果です。", True),
        ("これは「和」", False),
        ("Das ist »Summe«", False),
        ("Vi får ”summa”", False),
        ('„Vier“ ist gut, „Rest"', False),
        ('""', True),  # nothing in it
        ('"A"\n\n"B" is the second of them.', False),
        ('צה"ל וחז"ל.', True),  # abbreviations
        ('אמר ד"ר כהן: "המחיר הוא 45 ש"ח".', False),
        ('קראתי ב"ידיעות אחרונות".', False),  # a quotation behind a prefix
        ("”العلم نور“", False),
    ],
)
def test_verdicts(text: str, obeyed: bool) -> None:
    assert get("quote_then_explanation").check(text).obeyed is obeyed


def test_evidence_is_the_quotation_without_explanation() -> None:
    text = '"Sum" means that we add. We call it "four".'
    verdict = get("quote_then_explanation").check(text)
    assert [text[a:b] for a, b in verdict.evidence] == ['"four"']
