"""The item that a row asks, in the three spellings; a file of items."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle import benchmarks
from bridle.benchmarks.item_rows import fields_of, item_of
from bridle.constraints.not_judged import NotJudged
from bridle.errors import DataError
from bridle.scoring.formats import Bad, Given, Unusable, read_items
from bridle.scoring.formats.items import Items, condition_of

MATHIF = {
    "source": "s",
    "id": "x-1",
    "question": "What is 2+2? ",
    "answer": "4",
    "constraint_desc": ["No commas.", "At most 9 words."],
    "constraint_name": ["punctuation:no_comma", "length_constraint_checkers:number_words"],
    "constraint_args": [None, {"relation": "less than", "num_words": 9}],
}
IFEVAL = {
    "key": 1000,
    "prompt": "Say something.",
    "instruction_id_list": ["punctuation:no_comma", "length_constraints:number_words"],
    "kwargs": [{"relation": None}, {"relation": "at least", "num_words": 3, "keywords": None}],
}
OURS = {"question": "What is 2+2?", "answer": 4, "constraints": [{"type": "words", "at_most": 3}]}


def specs(item):
    return [rule.spec() for rule in item.constraints]


def unusable(**fields) -> str:
    with pytest.raises(Unusable) as caught:
        item_of(fields, name="i")
    return str(caught.value)


def test_mathif():
    item = item_of(MATHIF, name="i")
    assert specs(item) == [{"type": "no_comma"}, {"type": "words", "less_than": 9}]
    assert item.prompt == (
        "What is 2+2? Let's think step by step and output the final answer within \\boxed{}."
        "No commas. At most 9 words."
    )
    assert item.bare_prompt == item.prompt.removesuffix("No commas. At most 9 words.")
    assert (item.benchmark, item.group, item.problem.source) == ("mathif", "double", "s")
    assert [p.id for p in item.peer] == MATHIF["constraint_name"]
    assert item.peer[1].kwargs == {"relation": "less than", "num_words": 9}


def test_reasonif():
    """MathIF's fields, and a prompt that says the rule is about the reasoning."""
    tail = "\n\nHere is the question:\n\n2+2?"
    asked = f"Think. Format your reasoning according to the following rule: **No comma.**{tail}"
    row = {**MATHIF, "constraint_desc": None, "prompt": asked}
    item = item_of(row, name="i")
    assert [rule.scope for rule in item.constraints] == ["thinking", "thinking"]
    assert (item.benchmark, item.prompt, item.bare_prompt) == ("reasonif", asked, f"Think.{tail}")


@pytest.mark.parametrize("name", ["mathif", "ifeval", "ifbench", "reasonif"])
def test_an_item_that_travels_is_the_same_item(name, shared_data):
    """What a log holds of an item is what `bridle score` reads out of it."""
    for item in benchmarks.load(name, data=shared_data / name, limit=40).items:
        read = item_of(fields_of(item, "with"), name=item.id)
        assert (read.constraints, read.prompt) == (item.constraints, item.prompt)
        assert [(p.id, dict(p.kwargs)) for p in read.peer] == [
            (p.id, dict(p.kwargs)) for p in item.peer
        ]
        assert (read.benchmark, read.problem) == (item.benchmark, item.problem)


def test_ifeval():
    item = item_of(IFEVAL, name="i")
    assert specs(item) == [{"type": "no_comma"}, {"type": "words", "at_least": 3}]
    assert (item.benchmark, item.prompt, item.problem.answer) == ("ifeval", "Say something.", None)
    words = {
        f"keyword{n}": word for n, word in enumerate(("red", "blue", "green", "grey", "pink"), 1)
    }
    other = {**IFEVAL, "instruction_id_list": ["count:keywords_multiple"], "kwargs": [words]}
    assert item_of(other, name="i").benchmark == "ifbench"


def test_ours():
    item = item_of(OURS, name="i")
    assert specs(item) == OURS["constraints"]
    assert (item.problem.answer, item.benchmark) == ("4", "custom")
    assert item.prompt.startswith("What is 2+2?\n")
    assert "at most 3 words" in item.prompt
    assert "words" not in item.bare_prompt
    given_prompt = item_of({**OURS, "prompt": "2+2?", "difficulty": 3}, name="i")
    assert (given_prompt.prompt, given_prompt.problem.difficulty) == ("2+2?", 3.0)
    alone = item_of({"question": "q", "answer": "4"}, name="i")
    assert alone.constraints == ()


@pytest.mark.parametrize("fields", [MATHIF, IFEVAL, OURS], ids=["mathif", "ifeval", "ours"])
def test_lists_may_be_json_texts_as_tables_hold_them(fields):
    flat = {k: json.dumps(v) if isinstance(v, list) else v for k, v in fields.items()}
    assert item_of(flat, name="i") == item_of(fields, name="i")


def test_an_instruction_without_counterpart_keeps_its_place():
    names = ["my:own", "punctuation:no_comma"]
    item = item_of({**IFEVAL, "instruction_id_list": names, "kwargs": [{"n": 1}, {}]}, name="i")
    assert isinstance(item.constraints[0], NotJudged)
    assert [p.id for p in item.peer] == names
    desc = {
        **MATHIF,
        "constraint_name": ["my:own", "punctuation:no_comma"],
        "constraint_args": [{}, {}],
    }
    assert item_of(desc, name="i").constraints[0].describe() == "No commas."


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "nothing to judge by"),
        ({"question": "q"}, "nothing to judge by"),
        (
            {**OURS, "constraints": [{"type": "word", "at_most": 3}]},
            "There is no constraint 'word'",
        ),
        ({**OURS, "constraints": [{"type": "words", "at_mots": 3}]}, "did you mean 'at_most'"),
        ({**OURS, "constraints": [{"type": "words", "at_most": "3"}]}, "at_most='3'"),
        ({**OURS, "constraints": [{"type": "words", "at_most": {"a": [1]}}]}, "words"),
        ({**OURS, "constraints": {"type": "words"}}, "constraints must be a list"),
        ({**OURS, "constraints": ["words"]}, "a constraint must be an object"),
        ({**OURS, "constraints": [7]}, "a constraint must be an object"),
        ({**OURS, "answer": True}, "answer must be a text or a number"),
        ({**OURS, "answer": ["4", "5"]}, "answer must be a text or a number"),
        ({**OURS, "question": 7}, "question must be a text"),
        ({**MATHIF, "question": None}, "need a question"),
        ({**MATHIF, "constraint_args": [None]}, "constraint_args has 1 entries for 2"),
        ({**MATHIF, "constraint_desc": ["a"]}, "constraint_desc has 1 entries for 2"),
        ({**MATHIF, "constraint_args": [None, {"relation": "about"}]}, "number_words"),
        ({**MATHIF, "constraint_args": [None, [1]]}, "are the list [1]"),
        ({**MATHIF, "constraint_name": [1, 2]}, "constraint_name must be a list of texts"),
        ({**IFEVAL, "prompt": None}, "need a prompt"),
        ({**IFEVAL, "kwargs": [{}, {"relation": "about", "num_words": 3}]}, "'about'"),
    ],
)
def test_what_is_wrong_is_said(fields, reason):
    got = unusable(**fields)
    assert reason in got
    assert "\n" not in got


@pytest.mark.parametrize(
    ("answer", "reference"),
    [
        ("4", "4"),
        (" 4 ", "4"),
        (4, "4"),
        (4.5, "4.5"),
        (0, "0"),
        (["4"], "4"),
        ("", None),
        (None, None),
        ("2 + 2 = <<2+2=4>>4\n#### 4", "4"),
    ],
)
def test_reference(answer, reference):
    assert item_of({**OURS, "answer": answer}, name="i").problem.answer == reference


def test_condition():
    assert [condition_of(f) for f in ({}, {"condition": "without"}, {"condition": "with"})] == [
        "with",
        "without",
        "with",
    ]
    with pytest.raises(Unusable, match="condition"):
        condition_of({"condition": 1})


def items(*rows) -> Items:
    return Items((("f", n, fields) for n, fields in enumerate(rows, 1)), "f")


def test_items_by_key():
    book = items({**OURS, "id": "a"}, {**OURS, "key": 2}, {**OURS, "id": "c", "constraints": 7})
    assert book.find("a", 9).id == "a"
    assert book.find("2", 9).id == "2"
    with pytest.raises(Unusable, match="no item has the key 'b'; the nearest"):
        items({**OURS, "id": "b1"}).find("b", 0)
    with pytest.raises(Unusable, match="constraints must be a list"):
        book.find("c", 0)


def test_items_by_line():
    book = items({**OURS, "question": "first"}, OURS)
    assert book.by_line(Given("f", 1, {}, (), key="a"))  # the items have none
    assert book.find("a", 0).problem.question == "first"
    with pytest.raises(Unusable, match="no item on its line"):
        book.find(None, 2)


def test_ids_that_are_not_unique_are_found_by_line_where_it_fits():
    book = items(
        {**OURS, "id": "a"}, {**OURS, "id": "a", "question": "second"}, {**OURS, "id": "b"}
    )
    assert book.find("a", 1).problem.question == "second"
    with pytest.raises(Unusable, match="2 items have the key 'a'"):
        book.find("a", 2)


def test_a_file_of_items(tmp_path):
    path = tmp_path / "items.jsonl"
    path.write_text(json.dumps({**OURS, "id": 1}) + "\n\nnot json\n")
    book = read_items(path)
    assert len(book) == 2
    assert book.find("1", 0).problem.answer == "4"
    path.write_text("\n")
    with pytest.raises(DataError, match="no items"):
        read_items(path)


def test_all_rows_of_the_benchmarks_are_items(shared_data):
    count = 0
    for path in sorted((shared_data / "mathif").glob("*.jsonl")):
        book = read_items(path)
        for place in range(len(book)):
            found = book._in_order[place]
            assert not isinstance(found, Bad), found
            assert not any(isinstance(rule, NotJudged) for rule in found.constraints)
            count += 1
    assert count == 420
    book = read_items(shared_data / "ifeval" / "prompts.jsonl")
    assert len(book) == 541
    assert not [item for item in book._in_order if isinstance(item, Bad)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "question": JSON,
        "prompt": JSON,
        "answer": JSON,
        "constraint_name": st.lists(
            st.sampled_from([*MATHIF["constraint_name"], "a:b"]), max_size=2
        )
        | JSON,
        "constraint_args": st.lists(
            st.dictionaries(st.sampled_from(["relation", "num_words"]), JSON), max_size=2
        )
        | JSON,
        "constraint_desc": JSON,
        "instruction_id_list": st.lists(
            st.sampled_from([*IFEVAL["instruction_id_list"], 3]), max_size=2
        ),
        "kwargs": st.lists(
            st.dictionaries(st.sampled_from(["relation", "num_words"]), JSON), max_size=2
        ),
        "constraints": st.lists(
            st.dictionaries(st.sampled_from(["type", "at_most", "scope"]), JSON | st.just("words")),
            max_size=2,
        ),
        "difficulty": JSON,
        "source": JSON,
    },
)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(FIELDS)
def test_any_fields_are_an_item_or_say_why_not(fields):
    try:
        item = item_of(fields, name="i")
    except Unusable as reason:
        assert str(reason)
        return
    hash((item.constraints, item.prompt))
    for rule in item.constraints:
        rule.check("one two")
