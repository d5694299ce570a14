"""Texts near the edge of a rule: affixes, sections, titles, postscripts, placeholders, JSON."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from bridle.constraints import get
from bridle.errors import ConstraintError

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
    ("quoted", {}, '""', False),
    ("quoted", {}, "“\u200b ”", False),
    ("quoted", {}, "»Das Ergebnis ist 4.«", True),
    ("quoted", {}, "”Han sa ”fyra” till mig.”", True),
    ("quoted", {}, "”A” och ”B”", False),
    ("quoted", {}, "”الجواب هو ٤.“", True),
    ("quoted", {}, "”العلم“ و”النور“", False),
    ("quoted", {}, '"המנכ"ל אישר זאת."', True),
    ("quoted", {}, '"כן" אמר ד"ר כהן "לא"', False),
    ("quoted", {}, "“The answer is 4.”\u200f", True),
    ("quoted", {}, '"The answer is 4.".', False),
    ("quoted", {}, '**"The answer is 4."**', False),
    ("quoted", {}, '“The answer is 4."', False),
    ("sections", {"number": 1}, "SECTION 1 (the sum)\nIt is 4.", True),
    ("sections", {"number": 1}, "SECTION 1：加\n是四。", True),
    ("sections", {"number": 1}, "SECTION\u00a01\nIt is 4.", True),
    ("sections", {"number": 1}, "SECTION1\nIt is 4.", False),
    ("sections", {"number": 1, "label": "部分"}, "部分1：条件\n是四。", True),
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
    ("end_phrase", {"phrase": "That's all."}, "It is 4. That’s all.", True),
    ("end_phrase", {"phrase": "That’s all."}, "It is 4. That's all.", True),
    ("end_phrase", {"phrase": "C'est tout ?"}, "Quatre. C’est tout\u202f?", True),
    ("json", {}, '{"a": 1}\u00a0\u3000\n', True),
    ("json", {}, '```json\n{"a": 1}\n```\nDone.', False),
    ("json", {}, '{"a": 1e999}', True),
    ("json", {}, '{"a": 01}', False),
    ("end_phrase", {"phrase": "Done."}, "So. Done.\u200d", True),  # a joiner is not seen
    ("end_phrase", {"phrase": "Done.\u200b"}, "So. Done.", True),
    ("sections", {"number": 2}, "SECTION 1\n\nSECTION 2\n", False),  # nothing in them
    ("sections", {"number": 2}, "**SECTION 1**\n---\nSECTION 2\nIt is 4.", False),
    ("sections", {"number": 2}, "SECTION 1: Sum\nSECTION 2\n```\n2 + 2\n```", True),
    ("sections", {"number": 1}, "__SECTION 1__\na", True),
    ("sections", {"number": 1}, "_SECTION 1_\na", True),
    ("sections", {"number": 1}, "[SECTION 1]\na", True),
    ("sections", {"number": 1}, "# **SECTION** 1\na", True),
    ("sections", {"number": 1}, "SECTION 1 🎉\na", True),
    ("sections", {"number": 2}, '"**SECTION 1**\na\n\n**SECTION 2**\nb"', True),
    ("sections", {"number": 1}, "«\u00a0## SECTION 1\na\u00a0»", True),
    ("sections", {"number": 1}, "\ufeffSECTION 1\na", True),  # a byte order mark is not seen
    ("list_marker", {"marker": "=>"}, "\u200b=> a\n=> b", True),
    ("csv_shape", {"columns": ["n", "m"]}, 'n,m\n1,"a"\u200b\n', True),
    ("sections", {"number": 1}, "SECTION 1-3 of the law.", False),
    ("sections", {"number": 2}, "## SECTION 1 Sum\na\n**SECTION 2 The answer**\nb", True),
    ("sections", {"number": 1}, "**SECTION 1 of the law** says no.", False),
    ("sections", {"number": 1}, "SECTION 1_2\na", False),
    ("title", {}, "48/2 = <<48/2=24>>24 clips\n#### 24", False),  # a sum noted as in GSM8K
    ("title", {}, "<<0.5*(3+1) = 2>>2", False),
    ("title", {}, "<<1984>>\nIt is 4.", True),
    ("title", {}, "<<Sum: 2+2=4>>\nIt is 4.", True),
    ("postscript", {"marker": "ПС"}, "Это 4.\nПСАЛОМ 23.", False),  # a longer word
    ("postscript", {"marker": "Post"}, "C'est 4.\nPostérieur à cela.", False),
    ("postscript", {"marker": "追伸"}, "四です。\n追伸確認。", True),  # no word edges to see
    ("postscript", {}, "It is 4.\n\n- P.S. Check it.", True),
    ("postscript", {}, "It is 4.\n\n— P.S. Check it.", True),
    ("postscript", {"marker": "P.P.S"}, "Yo!<br>We add.<br />P.P.S It is 4.", True),
    ("postscript", {}, "<p>It is 4.</p>\n<p><b>P.S.</b> Check it.</p>", True),
    ("postscript", {}, "<p>It is 4. P.S. Check it.</p>", False),
    ("postscript", {}, "It is 4.\n\nP.\xa0S. Check it.", True),
    ("postscript", {"marker": "**P.S.**"}, "It is 4.\n\n**P.S.** Check it.", True),
    ("placeholders", {"exactly": 0}, "Let dp[i] be a[n-1] and dp[i][j] f(x)[k].", True),
    ("placeholders", {"exactly": 0}, "The file[s] of Smith[citation needed].", True),
    ("placeholders", {"exactly": 0}, "1. [x] Add.\n2) [X] Stop.\n• [x] Go.", True),
    ("placeholders", {"exactly": 2}, "[first name][last name]", True),
    ("placeholders", {"exactly": 2}, "尊敬的[姓名]，$[amount]", True),
    ("two_responses", {}, "It is 4.\n******We get four.", True),
    ("two_responses", {}, "It is 4.******We get four.", True),
    ("two_responses", {}, "It is 4.\n*******\nWe get four.", False),
    ("two_responses", {}, "It is 4.\n******\n**it** is\u200b 4", False),  # set otherwise, no more
    ("two_responses", {}, "It is $-4$.\n******\nIt is $4$.", True),
    ("json", {}, '```json {"a": 1} ```', True),
    ("json", {}, '```{"a": 1}```', True),
    ("json", {}, '```json{"a": 1}```', True),
    ("json", {}, '```json\n{"a": 1}```', True),
    ("json", {}, '```json title="x"\n{"a": 1}\n````', True),
    ("json", {}, '```json\n{"a": "```"}\n```', True),
    ("json", {}, '```json\n{"a": 1}\n```\n\n```json\n{"a": 2}\n```', False),
    ("json", {}, '`{"a": 1}`', False),
    ("json", {}, '\u200b{"a": 1}', True),
    ("json", {}, "``````", False),
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


@pytest.mark.parametrize("text", ["So. Any other\nquestions?", "So. Any  other   questions?"])
def test_a_phrase_with_other_white_space_is_said_to_be_that(text: str) -> None:
    verdict = get("end_phrase", phrase=PHRASE).check(text)
    assert verdict.reason == "The phrase is there with other white space in it."


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("end_phrase", {"phrase": "\u200b"}),  # nothing of it can be seen
        ("postscript", {"marker": "P\nS"}),
        ("sections", {"number": 2, "label": "`"}),
        ("list_marker", {"marker": "$"}),
    ],
)
def test_parameters_that_no_text_could_obey(name: str, params: dict[str, Any]) -> None:
    with pytest.raises(ConstraintError):
        get(name, **params)


@pytest.mark.parametrize("draft", ["", "  ", "...", "It is \\boxed{4}."])
def test_two_responses_of_any_draft(draft: str) -> None:
    rule = get("two_responses")
    assert rule.check(rule.build(draft)).obeyed is True
    assert rule.check(rule.violate(draft)).obeyed is False


def test_the_number_of_responses_is_said() -> None:
    assert get("two_responses").check("It is 4.").reason == "1 response in place of 2."


def test_evidence_of_a_marker_is_the_marker() -> None:
    text = "It is 4.\n\n- **P. S.** Check it."
    ((start, end),) = get("postscript").check(text).evidence
    assert text[start:end] == "P. S."


@pytest.mark.parametrize(
    ("name", "params", "text", "reason", "shown"),
    [
        ("quoted", {}, "", "There is no text.", []),
        ("quoted", {}, '"', "The first and last character are not a pair of double quotation marks.",
         ['"']),
        ("quoted", {}, '“Four."',
         "The first and last character are not a pair of double quotation marks.", ["“", '"']),
        ("postscript", {}, "P.S. So.\nIt is 4.", "No line after the first begins with P.S.", []),
        ("sections", {"number": 2}, "SECTION 1\na", "1 section in place of 2.", ["SECTION 1"]),
        ("boxed_answer", {}, "\\boxed{4} \\boxed{5", "The last box is not closed.", ["\\boxed{"]),
        ("code_language", {"language": "c"}, "```c\n\n```", "The block of c is empty.",
         ["```c\n\n```"]),
        ("code_language", {"language": "c"}, "```py\na\n```", "1 block of code, none marked c.",
         ["```py\na\n```"]),
        ("json", {}, '```json\n{"a": 1 2}\n```',
         "Not JSON: Expecting ',' delimiter (line 2, column 9).", ["2"]),
        ("json", {"object": True}, " [4]", "It is an array, not an object.", ["["]),
    ],
)  # fmt: skip
def test_the_reason_is_true_and_the_evidence_is_in_its_place(
    name: str, params: dict[str, Any], text: str, reason: str, shown: list[str]
) -> None:
    verdict = get(name, **params).check(text)
    assert verdict.reason == reason
    assert [text[a:b] for a, b in verdict.evidence] == shown


KEYWORD = {"type": "keywords", "keywords": ["river"]}


@pytest.mark.parametrize(
    "inner",
    [
        KEYWORD,
        {"type": "keyword_count", "keyword": "river", "at_least": 1},
        {"type": "any", "of": [KEYWORD, {"type": "keywords", "keywords": ["sea"]}]},
        {"type": "all", "of": [KEYWORD, {"type": "no_comma"}]},
    ],
)
def test_a_word_in_letters_that_look_like_its_own_is_not_absent(inner: dict[str, object]) -> None:
    rule = get("none", of=[inner])
    assert rule.check("The river is long.").obeyed is False
    assert rule.check("The r\u0456ver is long.").obeyed is None
    assert rule.check("The riv\u00e9 is long.").obeyed is True
    assert rule.check("Река длинная.").obeyed is True


def test_a_condition_in_letters_that_look_alike_is_undetermined() -> None:
    rule = get("if_then", when=KEYWORD, then={"type": "no_comma"})
    assert rule.check("The r\u0456ver, too.").obeyed is None
    assert rule.check("The sea, too.").obeyed is True


def test_underscores_between_words_make_a_chain() -> None:
    assert get("words", exactly=1).check("we_add_two_and_two_more").obeyed is False
    assert get("words", exactly=1).check("snake_case_name").obeyed is True
