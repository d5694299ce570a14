"""What every arm must do, by being registered: end whatever comes back, name its control and its check."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle import arms, benchmarks
from bridle.arms.base import ARMS
from bridle.arms.wording import neutral, rules_of
from bridle.benchmarks.item import Ask, Item, conversation
from bridle.calls import Reply
from bridle.constraints import get
from bridle.errors import BridleError
from bridle.inspect_bridge.abilities import abilities, nearest_arm, refuse_what_it_cannot
from bridle.problems.base import Problem
from bridle.studies.drawing import Drawing
from bridle.studies.grades import graded
from bridle.studies.plan import Call

OURS = [name for name, kind in ARMS.items() if kind.__module__.startswith("bridle.arms.")]
ITEM = benchmarks.load("crossed", limit=3, seed=3).items[2]
RULES = ITEM.prompt.removeprefix(ITEM.bare_prompt or "").strip()
DONE = Reply(raw="The answer is \\boxed{4}", finish_reason="stop", ids=(1, 2))
THOUGHT = Reply(raw="<think>\n2+2=4.", finish_reason="stop", stopped="</think>")


def drawing(name: str, item: Item = ITEM, condition: str = "with") -> Drawing:
    base, _ = arms.read_name(name)
    call = Call("m", item.id, condition, base, 0)  # type: ignore[arg-type]
    return Drawing(arms.get(name), item, call, {})


def asked(name: str, *replies: Reply, item: Item = ITEM, condition: str = "with") -> Drawing:
    found = drawing(name, item, condition)
    for reply in replies:
        found.send(reply)
    return found


def test_there_are_the_arms_of_the_design() -> None:
    wanted = {
        "plain", "position", "reminder", "reminder_neutral", "question_again", "close_thinking",
        "remind_thinking", "neutral_thinking", "question_thinking", "wait", "wait_neutral", "cap",
        "thinking_off", "effort_low", "effort_medium", "effort_high", "rewrite", "rewrite_neutral",
    }  # fmt: skip
    assert wanted == set(OURS)


@pytest.mark.parametrize("name", OURS)
def test_each_names_a_control_and_a_check_that_exist(name: str) -> None:
    kind = ARMS[name]
    assert kind.meaning.endswith(".")
    if name != "plain":
        assert kind.control in ARMS and kind.check
    assert all(arms.get(other) for other in kind.instead)
    seen = {name}
    while (control := ARMS[name].control) is not None:  # every chain of controls ends at plain
        assert control not in seen
        seen.add(control)
        name = control
    assert name == "plain"


@pytest.mark.parametrize("name", OURS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_each_ends_whatever_comes_back(name: str, data: st.DataObject) -> None:
    reply = st.builds(
        Reply,
        raw=st.text(max_size=40) | st.just("<think>a</think>b"),
        finish_reason=st.sampled_from(["stop", "length", "content_filter", None]),
        stopped=st.sampled_from([None, "", "</think>"]),
        ids=st.none() | st.just((1, 2)),
    )
    found = drawing(name, condition=data.draw(st.sampled_from(["with", "without"])))
    for _ in range(20):
        if found.ended:
            break
        found.send(data.draw(reply))
    assert found.ended
    rows = [record for _, record in graded(found)]
    assert [(r.turn, r.fork) for r in rows] == list(found.arm.rows(ITEM))


@pytest.mark.parametrize("name", OURS)
def test_without_constraints_no_arm_says_any(name: str) -> None:
    found = asked(name, THOUGHT, DONE, condition="without") if _raw(name) else drawing(name)
    found = found if _raw(name) else drawing(name, condition="without")
    while not found.ended:
        request = found.pending
        assert request is not None
        said = " ".join(m["content"] for m in request.messages) + request.prefix
        assert RULES not in said and "Remember" not in said and "told" not in said
        found.send(DONE)


def _raw(name: str) -> bool:
    return "raw" in ARMS[name].needs


def test_the_same_words_in_another_place() -> None:
    prompts = {}
    for where in ("before", "after", "system"):
        request = drawing(f"position:where={where}").pending
        assert request is not None
        prompts[where] = [(m["role"], m["content"]) for m in request.messages]
    assert prompts["after"] == [("user", ITEM.prompt)]  # the plain request: it is asked once
    assert prompts["before"] == [("user", f"{RULES}\n{ITEM.bare_prompt}")]
    assert prompts["system"] == [("system", RULES), ("user", ITEM.bare_prompt)]


def test_a_system_message_of_the_item_is_kept() -> None:
    asks = [Ask(prompt="2+2?\nNo comma.", bare_prompt="2+2?", constraints=(get("no_comma"),))]
    item = conversation("t", Problem("t", "2+2?", None), asks, benchmark="own", system="Be kind.")
    request = drawing("position:where=system", item).pending
    assert request is not None
    assert [m["content"] for m in request.messages] == ["Be kind.\n\nNo comma.", "2+2?"]


def test_position_refuses_what_cannot_be_taken_apart() -> None:
    item = Item(
        "i", Problem("p", "q", None), (get("no_comma"),), "Write. No comma.", None, "ifeval"
    )
    with pytest.raises(BridleError, match="one text"):
        arms.get("position").rows(item)
    assert rules_of(item.asks[0]) == "Do not use any commas in your response."


def test_the_reminder_and_its_controls_stand_at_the_end() -> None:
    said = {}
    for name in ("reminder", "reminder_neutral", "question_again"):
        request = drawing(name).pending
        assert request is not None
        prompt = request.messages[-1]["content"]
        assert prompt.startswith(ITEM.prompt + "\n\n")
        said[name] = prompt.removeprefix(ITEM.prompt + "\n\n")
    assert said["reminder"] == f"Remember: {RULES}"
    assert said["reminder_neutral"] == neutral(said["reminder"])
    assert said["question_again"] == f"Remember: {ITEM.problem.question}"


@given(st.text(max_size=300))
def test_neutral_text_is_as_long_by_words_and_signs(like: str) -> None:
    from bridle.arms.wording import _TOKEN  # type: ignore[attr-defined]

    wanted = len(_TOKEN.findall(like))
    assert abs(len(_TOKEN.findall(neutral(like))) - max(2, wanted)) <= 0


def test_a_reminder_goes_between_the_thought_and_its_closing_tag() -> None:
    found = asked("remind_thinking", THOUGHT)
    request = found.pending
    assert request is not None and request.level == "raw"
    assert request.prefix == f"<think>\n2+2=4.\nWait, I was also told: {RULES}\n</think>\n\n"
    assert [p.author for p in request.own] == ["model", "arm"]
    found.send(DONE)
    (turn,) = found.turns()
    (_, record), *_ = graded(found)
    assert "told" not in record.thinking and "told" in turn.pieces[1].text
    assert record.answer == DONE.raw and record.thinking == "2+2=4."


def test_all_arms_on_thoughts_ask_for_the_same_thought() -> None:
    names = ["close_thinking", "remind_thinking", "neutral_thinking", "question_thinking", "wait"]
    prints = {drawing(name).pending.fingerprint() for name in names}  # type: ignore[union-attr]
    assert len(prints) == 1


@pytest.mark.parametrize("times", [1, 3])
def test_wait_takes_the_end_back_so_many_times(times: int) -> None:
    found = drawing(f"wait:times={times}")
    for _ in range(times + 1):
        assert found.pending is not None and found.pending.stop == ("</think>",)
        found.send(Reply(raw="x.", finish_reason="stop", stopped="</think>"))
    assert found.pending is not None and found.pending.stop == ()
    assert found.pending.prefix == "\nWait".join(["x."] * (times + 1)) + "</think>\n\n"
    found.send(DONE)
    assert found.ended and found.turns()[0].last.raw == DONE.raw


@pytest.mark.parametrize(
    ("reply", "steps"),
    [
        (Reply(raw="<think>x", finish_reason="length", stopped=""), 1),  # cut: nothing is put in
        (Reply(raw="The answer is 4", finish_reason="stop", stopped=""), 1),  # no thought at all
        (
            Reply(raw="<think>x", finish_reason="stop", stopped=None),
            2,
        ),  # a server that does not say
    ],
)
def test_a_thought_that_did_not_end_is_not_gone_on_with(reply: Reply, steps: int) -> None:
    found = asked("close_thinking", reply)
    if not found.ended:
        found.send(DONE)
    (turn,) = found.turns()
    assert len(turn.replies) == steps


def test_a_cap_that_was_hit_forces_the_answer_and_one_that_was_not_does_not() -> None:
    cut = asked("cap:tokens=5", Reply(raw="<think>\nso", finish_reason="length", stopped=""))
    assert cut.pending is not None and "no more time" in cut.pending.prefix
    assert cut.pending.prefix.endswith("</think>\n\n") and cut.pending.cap is None
    whole = asked("cap:tokens=5", THOUGHT)
    assert whole.pending is not None and whole.pending.prefix == "<think>\n2+2=4.</think>\n\n"


def test_an_opened_thought_is_the_arms() -> None:
    found = drawing("cap:tokens=5,opened=true")
    assert found.pending is not None and found.pending.prefix == "<think>\n"
    assert found.pending.own[0].author == "arm"


def test_harmony_closes_its_channel_and_is_read() -> None:
    found = asked(
        "remind_thinking:dialect=harmony",
        Reply(raw="<|channel|>analysis<|message|>2+2=4", finish_reason="stop", stopped="<|end|>"),
    )
    assert found.pending is not None
    assert found.pending.prefix.endswith("<|end|><|start|>assistant<|channel|>final<|message|>")
    found.send(Reply(raw="It is \\boxed{4}", finish_reason="stop"))
    ((_, record),) = graded(found)
    assert (record.thinking, record.answer) == ("2+2=4", "It is \\boxed{4}")


def test_rewrite_asks_again_and_its_control_only_again() -> None:
    for name, told in (("rewrite", True), ("rewrite_neutral", False)):
        request = asked(name, DONE).pending
        assert request is not None and (RULES in request.messages[-1]["content"]) is told
        assert request.messages[-1]["content"].startswith("Write your answer once more")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("effort_low", {"reasoning_effort": "low"}),
        ("effort_high", {"reasoning_effort": "high"}),
        ("thinking_off", {"reasoning_effort": "none"}),
        (
            "thinking_off:by=template",
            {"extra_body": {"chat_template_kwargs": {"enable_thinking": False}}},
        ),
    ],
)
def test_effort_is_a_setting_of_the_request(name: str, wanted: dict[str, Any]) -> None:
    request = drawing(name).pending
    assert request is not None and request.settings == wanted


@pytest.mark.parametrize(
    "name",
    ["position:where=left", "wait:times=0", "wait:times=two", "cap:tokens=0", "thinking_off:by=x",
     "wait:seam=glue", "cap:dialect=french"],
)  # fmt: skip
def test_a_level_that_there_is_not_is_refused(name: str) -> None:
    with pytest.raises(BridleError) as caught:
        arms.get(name)
    assert caught.value.expected


def test_what_a_service_cannot_do_is_refused_with_the_nearest_arm() -> None:
    closed = abilities("openai/gpt-5")
    assert nearest_arm(arms.get("remind_thinking"), closed) == "rewrite"
    assert nearest_arm(arms.get("cap"), closed) == "effort_low"
    with pytest.raises(BridleError, match="rewrite"):
        refuse_what_it_cannot("openai/gpt-5", [arms.get("wait:times=2")])
    with pytest.raises(BridleError, match="nobody can see"):
        refuse_what_it_cannot("deepseek/deepseek-chat", [arms.get("wait:seam=template")])
    refuse_what_it_cannot("openai/gpt-5", [arms.get(n) for n in OURS if not _raw(n)])


def test_a_thought_that_the_template_opened_and_nobody_closed_is_no_answer() -> None:
    sent = {"prompt": [1], "thought_opened": True}
    step = Reply(raw="2+2=4\nSo 4.", finish_reason="stop", stopped="</think>", sent=sent)
    open_ended = Reply(raw=" it is \\boxed{4}.", finish_reason="stop", stopped="", sent=sent)
    ((_, record),) = graded(asked("wait:times=2", step, open_ended))
    assert (record.answer, record.hard, record.correct) == ("", False, False)
    closed = asked("close_thinking", step, Reply(raw="\\boxed{4}", finish_reason="stop", sent=sent))
    ((_, record),) = graded(closed)
    assert (record.thinking, record.answer) == ("2+2=4\nSo 4.", "\\boxed{4}")


def test_an_insert_stands_on_a_line_of_its_own_and_leaves_no_empty_one() -> None:
    for raw, joined in (("so 4.", "so 4.\nWait"), ("so 4.\n", "so 4.\nWait")):
        request = asked("wait", Reply(raw=raw, finish_reason="stop", stopped="</think>")).pending
        assert request is not None and request.prefix == joined
