"""Marks, characters, white space, nesting."""

from __future__ import annotations

import pytest

from bridle.constraints import Conflict, get, witness
from bridle.errors import ConstraintError


def test_every_mark_needs_a_comma() -> None:
    conflict = witness([get("every_mark"), get("no_comma")], "42")
    assert isinstance(conflict, Conflict) and conflict.proved


def test_required_and_forbidden() -> None:
    conflict = witness(
        [
            get("characters_required", characters=[";"]),
            get("characters_forbidden", characters=[";"]),
        ],
        "42",
    )
    assert isinstance(conflict, Conflict) and conflict.proved
    with pytest.raises(ConstraintError):
        get("characters_forbidden", characters=["ab"])


def test_an_answer_without_white_space_may_have_none_in_maths() -> None:
    conflict = witness([get("no_whitespace")], "1 \\text{ or } 2")
    assert isinstance(conflict, Conflict) and conflict.proved
    assert "reference_answer" in conflict.members


@pytest.mark.parametrize("depth", [1, 2, 5, 9])
@pytest.mark.parametrize("name", ["nested_brackets", "nested_quotes"])
def test_any_depth_can_be_built_and_missed_by_one(name: str, depth: int) -> None:
    rule = get(name, depth=depth)
    assert rule.check(rule.build("It is \\boxed{42}.")).observed == depth
    assert rule.check(rule.violate("It is \\boxed{42}.")).observed == depth - 1


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("((a)(b(c)))", 3),
        ("(((((", 0),
        ("((a)", 1),
        ("([a)]", 1),
        ("a) b) (c (d))", 2),
        ("{[()]}", 3),
        ("（a（b（c）））", 3),
    ],
)
def test_depth_of_brackets(text: str, depth: int) -> None:
    assert get("nested_brackets").check(text).observed == depth


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("\"a 'b' c\"", 2),
        ("'It's the student's \"own\" book.'", 2),
        ("‘don’t say “no”’", 2),
        ("“a ‘b “c” d’ e”", 3),
        ("\"a \"b\" c\"", 1),
        ("don't can't won't", 0),
        ("**\"He said: 'x \"y\" z' ok\"**", 3),
        ("\"'**Bold**'\"", 2),
        ("\"**Bold**\", 'x'", 1),
        ("key=\"it's 'x'\"", 2),
        ("„Er sagte ‚sie rief „Nein“ laut‘ dazu.“", 3),
        ("„Ja“ means “I ‘agree’”.", 2),
        ("»Er sagte ›Ja‹ dazu.«", 2),
        ("« Il a dit ‘oui’ hier »", 2),
        ("”Han sade ja.”", 1),
        ("「彼は『はい』と言った」", 2),
        ("他说\"她喊'好'了\"", 2),
        ("他说：“她喊‘好’了。”", 2),
        ("\"Well, 'tis the girls' team,\" he said.", 1),
        ("\"The '90s were the boys' years.\"", 1),
        ("”Läraren säger: ’Bra!’”", 2),
        ("Rock ’n’ roll, sade han: ”Bra!”", 1),
        ("“선생님이 ‘좋아요’라고 했습니다.”", 2),  # a particle right behind it
        ("הוא אמר: \"המורה אמרה 'המנכ\"ל הגיע' אתמול\".", 2),
        ('צה"ל ומנכ"לית.', 0),
        ("”العلم نور“", 1),
    ],
)  # fmt: skip
def test_depth_of_quotations(text: str, depth: int) -> None:
    assert get("nested_quotes").check(text).observed == depth


def test_what_a_reader_sees_as_one_character_is_one() -> None:
    rule = get("characters_forbidden", characters=["❤️", "👍🏽", "🇩🇪"])
    assert rule.check("I ❤️ it").obeyed is False
    assert rule.check(rule.build("I ❤️ it 👍🏽 🇩🇪")).obeyed is True


@pytest.mark.parametrize("comma", [",", "，", "、", "､", "﹐", "﹑", "،", "፣"])
def test_a_comma_of_any_script(comma: str) -> None:
    rule = get("no_comma")
    assert rule.check(f"一{comma} 二").obeyed is False
    assert rule.check(rule.build(f"一{comma}二 a{comma} b")).obeyed is True


def test_depth_in_words() -> None:
    assert "quotes, at least 1 level deep" in get("nested_quotes", depth=1).describe()
    assert "quotes within quotes, at least 2 levels" in get("nested_quotes", depth=2).describe()
    assert "at least 1 level deep" in get("nested_brackets", depth=1).describe()


def test_an_empty_draft_gets_white_space() -> None:
    rule = get("no_whitespace")
    assert rule.check(rule.violate("")).obeyed is False
