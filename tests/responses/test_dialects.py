"""Every entry of the table of dialects: whole, prefilled, cut in the thinking and cut in its tags."""

from __future__ import annotations

import pytest

from bridle.responses import read_response
from bridle.responses.dialects import TABLE, TURN_ENDS, TURN_STARTS

THOUGHT, ANSWER = "Add two and two.", "It is 4."


def forms() -> dict[str, tuple[str, str, str, str, bool]]:
    """name: (opening, closing, before the answer, after it, prefilled by templates)."""
    found: dict[str, tuple[str, str, str, str, bool]] = {}
    for row in TABLE["tag"]:
        name = row["name"]
        pairs = [(f"<{name}>", f"</{name}>")]
        pairs += [(text, f"</{name}>") for text in row.get("also_open", ())]
        pairs += [(f"<{name}>", text) for text in row.get("also_close", ())]
        for n, (opening, closing) in enumerate(pairs):
            found[f"{name} {n}"] = (opening, closing, "", "", row["prefilled"])
    for row in TABLE["pair"]:
        before = row.get("before_answer", [""])
        after = row.get("after_answer", [""])
        for n, closing in enumerate(row["close"]):
            opening = (row["open"] or [""])[0]
            found[f"{row['name']} {n}"] = (opening, closing, before[0], after[0], row["prefilled"])
    for row in TABLE["phrase"]:
        found[row["name"]] = (row["example_open"], row["example_close"], "", "", False)
    return found


FORMS = forms()


def test_every_entry_names_its_models_and_its_source() -> None:
    for kind in ("tag", "pair", "phrase"):
        for row in TABLE[kind]:
            assert len(row["source"]) > 10 and row["models"], row["name"]
    for row in TABLE["turn"]:
        assert len(row["source"]) > 10 and row["family"]
    assert TABLE["wrapper"]["source"] and TABLE["tools"]["source"]
    names = [row["name"] for kind in ("tag", "pair", "phrase") for row in TABLE[kind]]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("space", ["", "\n"])
def test_whole(name: str, space: str) -> None:
    opening, closing, before, after, _ = FORMS[name]
    got = read_response(f"{opening}{space}{THOUGHT}{space}{closing}{before}{space}{ANSWER}{after}")
    assert (got.thinking, got.answer, got.status) == (THOUGHT, ANSWER, "complete")
    assert got.dialect != "none" and got.read_how == "marked"


@pytest.mark.parametrize("name", FORMS)
def test_empty_thinking(name: str) -> None:
    opening, closing, before, after, _ = FORMS[name]
    got = read_response(f"{opening}\n{closing}{before}\n{ANSWER}{after}")
    assert (got.thinking, got.answer, got.status) == ("", ANSWER, "complete")


@pytest.mark.parametrize("name", [n for n, f in FORMS.items() if f[4]])
def test_prefilled(name: str) -> None:
    _, closing, before, after, _ = FORMS[name]
    got = read_response(f"{THOUGHT}\n{closing}{before}\n\n{ANSWER}{after}")
    assert (got.thinking, got.answer, got.status) == (THOUGHT, ANSWER, "complete")


@pytest.mark.parametrize("name", [n for n, f in FORMS.items() if f[0]])
def test_cut_in_the_thinking(name: str) -> None:
    opening = FORMS[name][0]
    got = read_response(f"{opening}{THOUGHT} Wait, perhaps")
    assert (got.thinking, got.answer, got.status) == (f"{THOUGHT} Wait, perhaps", "", "truncated")


@pytest.mark.parametrize("name", [n for n, f in FORMS.items() if f[0] and f[4]])
def test_cut_in_the_closing(name: str) -> None:
    opening, closing, *_ = FORMS[name]
    for n in range(3, len(closing)):
        got = read_response(f"{opening}{THOUGHT}\n{closing[:n]}")
        assert (got.thinking, got.answer, got.status) == (THOUGHT, "", "truncated"), closing[:n]


@pytest.mark.parametrize("name", [n for n, f in FORMS.items() if f[0] and f[4]])
def test_cut_in_the_opening(name: str) -> None:
    opening = FORMS[name][0]
    for n in range(3, len(opening) + 1):
        got = read_response(opening[:n])
        assert (got.answer, got.status) == ("", "truncated"), opening[:n]


@pytest.mark.parametrize("name", [n for n, f in FORMS.items() if f[0] and f[4]])
def test_talked_about(name: str) -> None:
    opening, closing, *_ = FORMS[name]
    for text in (
        f"The tags `{opening}` and `{closing}` are asked for. 4",
        f'It ends with "{closing}" alone.',
        f"Use the {closing} tag at the end.",
    ):
        got = read_response(text)
        assert (got.thinking, got.answer, got.status) == ("", text, "complete"), text


@pytest.mark.parametrize("token", TURN_ENDS)
def test_the_end_of_a_turn(token: str) -> None:
    for tail in (token, f"{token}\n", f" {token}", f"{token}{token}", f"{token}\nAnd 5? 5."):
        for thinking in ("", f"<think>{THOUGHT}</think>"):
            got = read_response(f"{thinking}{ANSWER}{tail}")
            assert (got.answer, got.status) == (ANSWER, "complete"), tail
    text = f"The token `{token}` ends it."
    assert read_response(text).answer == text


@pytest.mark.parametrize("token", TURN_STARTS)
def test_the_next_turn(token: str) -> None:
    got = read_response(f"<think>{THOUGHT}</think>{ANSWER}\n{token}user\nAnd 5?\n<think>b</think>5")
    assert (got.thinking, got.answer, got.status) == (THOUGHT, ANSWER, "complete")


@pytest.mark.parametrize("opening,closing", TABLE["tools"]["pairs"])
def test_a_turn_that_ends_in_a_call_of_a_tool(opening: str, closing: str) -> None:
    call = f'{opening}{{"name": "f"}}{closing}'
    for raw in (call, f"<think>a</think>\n{call}", f"<think>I call.\n{call}"):
        got = read_response(raw)
        assert (got.status, got.answer) == ("no_answer", ""), raw
    preamble = read_response(f"<think>a</think>I look.\n{call}")
    assert (preamble.status, preamble.answer) == ("no_answer", "I look.")
    if closing:
        inside = read_response(f"<think>a {call} b</think>{ANSWER}")
        assert (inside.status, inside.answer) == ("complete", ANSWER)


@pytest.mark.parametrize("name", TABLE["wrapper"]["names"])
def test_tags_around_the_answer(name: str) -> None:
    for raw in (
        f"<think>{THOUGHT}</think>\n<{name}>\n{ANSWER}\n</{name}>",
        f"{THOUGHT}</think><{name.upper()}>{ANSWER}</{name.upper()}>\n",
        f"<think>{THOUGHT}</think>\n<{name}>{ANSWER}",
    ):
        got = read_response(raw)
        assert (got.thinking, got.answer, got.status) == (THOUGHT, ANSWER, "complete"), raw
