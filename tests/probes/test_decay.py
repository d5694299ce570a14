"""decay: its items, its arms, what its analysis says of subjects whose behaviour is known."""

from __future__ import annotations

import pytest

from bridle import arms, benchmarks, records
from bridle.analysis.probes import readings
from bridle.calls import Reply
from bridle.probes import decay, heard, subjects
from bridle.statistics.survival import half_life, survive
from bridle.studies import study
from bridle.studies.drawing import Drawing
from bridle.studies.plan import Call


def test_items_are_the_same_by_seed_and_a_smaller_number_is_a_prefix():
    assert decay.make(2, 5) == decay.make(4, 5)[:2]
    assert decay.make(1, 5) != decay.make(1, 6)
    item = decay.make(1, 0)[0]
    assert len(item.asks) == decay.TURNS
    assert all(rule.describe().split()[0] in (item.system or "") for rule in item.constraints)


@pytest.mark.parametrize("history", decay.HISTORIES)
def test_history_holds_what_the_arm_says(history):
    item = decay.one(0, 0, turns=3)
    drawing = Drawing(
        decay.Decay(history=history), item, Call("m", item.id, "with", "decay", 0), {}
    )
    while drawing.pending is not None and drawing.pending.turn < 2:
        drawing.send(Reply(raw="mine", finish_reason="stop"))
    before = [m for m in drawing.pending.messages if m["role"] == "assistant"]
    obeyed = [all(r.check(m["content"]).obeyed for r in item.constraints) for m in before]
    assert len(before) == 2
    if history == "own":
        assert [m["content"] for m in before] == ["mine", "mine"]
    else:
        assert obeyed == [history == "obedient"] * 2


def test_a_reminder_comes_before_every_kth_turn_and_a_memory_in_the_first():
    item = decay.one(0, 0, turns=5)
    arm = decay.Decay(remind=2, place="memory", heard=False)
    drawing = Drawing(arm, item, Call("m", item.id, "with", "decay", 0), {})
    while drawing.pending is not None:
        drawing.send(Reply(raw="x", finish_reason="stop"))
    users = [m["content"] for m in drawing.replies[-1].asked().messages if m["role"] == "user"]
    assert [u.startswith(decay.REMINDER) for u in users] == [False, False, True, False, True]
    assert users[0].startswith("Memory") and (item.system or "") in users[0]


def test_the_subjects_are_told_apart(tmp_path):
    found = {}
    for kind in ("perfect", "forgetting", "disregarding", "random"):
        state = study.run(
            tmp_path / kind,
            benchmark=benchmarks.load("decay", limit=6),
            models=[f"subject/{kind}"],
            arms=["decay:history=own"],
        )
        assert state.complete
        (reading,) = readings("decay", records.read(tmp_path / kind).frame)
        found[kind] = {f.key: f.estimate for f in reading.findings}
        assert reading.sentence
    assert found["perfect"]["hard"].value == 1 and found["perfect"]["cell_heeded"].value == 1
    assert found["perfect"]["h50"] is None  # nothing was broken
    assert found["forgetting"]["cell_forgotten"].low > found["forgetting"]["cell_disregarded"].high
    assert found["disregarding"]["cell_disregarded"].low > 0.2
    assert found["disregarding"]["cell_forgotten"].value == 0
    assert found["forgetting"]["h50"].low < found["forgetting"]["h50"].value <= decay.TURNS
    assert found["random"]["hard"].value < 0.2


def test_the_side_question_names_every_rule_once_and_is_read_leniently():
    item = decay.one(3, 1, turns=2)
    side = heard.question(item, 1)
    true, foils = side.metadata["letters"], side.metadata["foils"]
    assert len(true) == 3 and not set(true) & set(foils) and len(true) + len(foils) == 8
    assert heard.named("**A**, C and D") == {"A", "C", "D"}
    assert heard.named("I think it is\nB, D.") == {"B", "D"}
    assert heard.named("The rules in force are A and (F).") == {"A", "F"}
    assert heard.named("None.") == set() and heard.named("no idea") is None


def test_the_wrapper_asks_after_every_answer_of_any_arm():
    item = decay.one(0, 0, turns=2)
    arm = arms.get("heard")
    drawing = Drawing(arm, item, Call("m", item.id, "with", "heard", 0), {})
    asked = []
    while drawing.pending is not None:
        asked.append((drawing.pending.turn, drawing.pending.fork))
        drawing.send(Reply(raw="A", finish_reason="stop"))
    assert tuple(asked) == arm.rows(item) == ((0, ""), (0, "heard"), (1, ""), (1, "heard"))


def test_half_life_is_found_and_not_extrapolated():
    from bridle.errors import DataError

    assert survive([1, 2, None, None], 2) == (0.75, 0.5)
    found = half_life([3, 5, 6, 6, 7, 8, 9, 12, 15, None] * 4, 24)
    assert 5 < found.low < found.value < found.high < 12
    with pytest.raises(DataError, match="more than 24"):
        half_life([20, *[None] * 20], 24)


def test_a_subject_says_when_it_is_asked_something_strange():
    from bridle.errors import BridleError

    with pytest.raises(BridleError, match="no subject 'perfec'"):
        subjects.respond("perfec", [{"role": "user", "content": "hi"}])
    with pytest.raises(BridleError, match="no probe of this process"):
        subjects.respond("perfect", [{"role": "user", "content": "never made"}])
