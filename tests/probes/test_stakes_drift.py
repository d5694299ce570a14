"""stakes and drift: what their arms say, and how an answer is read."""

from __future__ import annotations

import pytest

from bridle import arms
from bridle.calls import Reply
from bridle.errors import BridleError
from bridle.probes import drift, stakes
from bridle.studies.drawing import Drawing
from bridle.studies.plan import Call


def requests(name: str, item, says):
    drawing = Drawing(arms.get(name), item, Call("m", item.id, "with", name.split(":")[0], 0), {})
    asked = []
    while drawing.pending is not None:
        asked.append(drawing.pending)
        drawing.send(Reply(raw=says(drawing.pending), finish_reason="stop"))
    return asked


@pytest.mark.parametrize("consequence", list(stakes.CONSEQUENCES))
def test_only_the_consequence_differs(consequence):
    for item in stakes.make(stakes.PARAPHRASES, 0):
        plain, under = (
            requests(f"stakes:consequence={x}", item, lambda _: "1")[0].messages
            for x in ("none", consequence)
        )
        none, what = stakes.CONSEQUENCES["none"][0], stakes.CONSEQUENCES[consequence][0]
        assert plain[0]["content"].replace(none, what) == under[0]["content"]
        assert plain[1] == under[1]


def test_the_factors_add_their_sentence():
    item = stakes.make(3, 0)[2]
    told = requests("stakes:counter=yes,cost=points,clarity=vague", item, lambda _: "1")[0]
    text = told.messages[0]["content"]
    assert stakes.COUNTERS[2] in text and stakes.COSTS[2] in text
    assert stakes.CONSEQUENCES["none"][1] in text
    with pytest.raises(BridleError, match="consequence is 'fame'"):
        arms.get("stakes:consequence=fame")


def test_the_wordings_are_spread_evenly():
    items = stakes.make(40, 1)
    assert {i.group: sum(j.group == i.group for j in items) for i in items} == {
        f"wording {n}": 8 for n in range(1, 6)
    }


def test_news_differ_and_the_turns_do_not():
    item = drift.make(1, 0)[0]
    calm, nudged = (
        requests(f"drift:nudge={x},length=8", item, lambda _: "CHOOSE P; KEEP")
        for x in ("no", "yes")
    )
    assert len(calm) == len(nudged) == 8
    for one, other in zip(calm, nudged, strict=True):
        news = [r.messages[-1]["content"].split("\n\n") for r in (one, other)]
        assert news[0][1] == news[1][1] and news[0][0] != news[1][0]


def test_a_drifted_history_is_the_arms_own():
    item = drift.make(1, 0)[0]
    first = requests("drift:length=1,history=drifted", item, lambda _: "CHOOSE P; KEEP")[0]
    before = first.messages[1:-1]
    assert len(before) == 2 * drift.BEFORE
    assert {m.get("author") for m in before} == {"arm"}
    assert all("KEEP" in m["content"] for m in before if m["role"] == "assistant")


def test_the_objective_has_one_right_line():
    for ask in drift.make(2, 3)[1].asks:
        offers = dict(zip("PQ", ask.prompt.split(". ")[1].split("; "), strict=True))
        emits = {x: int(said.split("emits ")[1].split()[0]) for x, said in offers.items()}
        assert min(emits, key=lambda x: emits[x]) == ask.metadata["choice"]
        holding = int(ask.prompt.split("Holding: emits ")[1].split()[0])
        assert (holding > drift.LIMIT) is (ask.metadata["holding"] == "SELL")
