"""Requests, replies and the transcript: who wrote what, and what is asked next."""

from __future__ import annotations

from typing import Any

import pytest

from bridle.calls import Piece, Reply, Request, Transcript, authors, raw_text, user
from bridle.errors import BridleError
from bridle.grading import read_turn
from bridle.responses import Ballot


def test_what_a_request_needs() -> None:
    asked = Request(messages=(user("Hi"),))
    assert asked.needs == {"chat"}
    begun = Reply(raw="<think>so", request=asked).continued("\nWait")
    assert begun.needs == {"prefix"}
    assert begun.prefix == "<think>so\nWait"
    assert raw_text("2+2=", settings={"logprobs": True}).needs == {"raw", "logprobs"}
    empty: tuple[dict[str, Any], ...] = (
        {},
        {"own": (Piece("x"),)},
        {"messages": (user("x"),), "fork": "heard"},
    )
    for nothing in empty:
        with pytest.raises(BridleError):
            Request(**nothing)


def test_the_same_question_has_the_same_fingerprint() -> None:
    asked = Request(messages=(user("Hi"),))
    assert asked.fingerprint() == Request(messages=(user("Hi", author="arm"),)).fingerprint()
    for other in (
        Request(messages=(user("Ho"),)),
        Request(messages=(user("Hi"),), cap=3),
        Request(messages=(user("Hi"),), stop=("x",)),
        Request(messages=(user("Hi"),), settings={"temperature": 0}),
        Request(messages=(user("Hi"),), own=(Piece("x"),)),
    ):
        assert other.fingerprint() != asked.fingerprint()


def test_history_leaves_the_thinking_out() -> None:
    reply = Reply(raw="<think>a</think>\nIt is 4.", request=Request(messages=(user("2+2?"),)))
    asked = reply.answered("Sure?", turn=1)
    assert [m["content"] for m in asked.messages] == ["2+2?", "It is 4.", "Sure?"]
    assert (asked.turn, asked.messages[2].get("author")) == (1, "arm")
    kept = reply.answered("Sure?", keep_thinking=True)
    assert kept.messages[1]["content"] == reply.raw


def test_what_an_arm_put_in_is_neither_thought_nor_said() -> None:
    first = Reply(raw="<think>2+2 is 4.", request=Request(messages=(user("2+2?"),)), tokens_out=7)
    second = Reply(raw=" yes, 4", request=first.continued("\nWait"), tokens_out=3)
    third = Reply(
        raw="It is 4.",
        finish_reason="stop",
        request=second.continued("\nKeep to 9 words.</think>\n\nAnswer: "),
        tokens_out=4,
    )
    (turn,) = Transcript((first, second, third)).turns()
    response, spoken = read_turn(turn)
    assert response.thinking == "2+2 is 4.\n yes, 4"
    assert response.answer == "It is 4."
    assert spoken == "Answer: It is 4."
    assert response.raw == (
        "<think>2+2 is 4.\nWait yes, 4\nKeep to 9 words.</think>\n\nAnswer: It is 4."
    )
    assert [who for _, _, who in authors(turn.pieces)] == ["model", "arm", "model", "arm", "model"]
    assert turn.total("tokens_out") == 14


def test_words_that_an_arm_held_apart_stay_apart() -> None:
    first = Reply(raw="<think>one", request=Request(messages=(user("?"),)))
    last = Reply(raw="two</think>three", request=first.continued("-"), finish_reason="stop")
    response, _ = read_turn(Transcript((first, last)).turns()[0])
    assert (response.thinking, response.answer) == ("one\ntwo", "three")


def test_an_answer_of_the_arm_alone_is_none() -> None:
    first = Reply(raw="<think>one", request=Request(messages=(user("?"),)))
    last = Reply(raw=" ", request=first.continued("</think>Final answer: 4"), finish_reason="stop")
    response, _ = read_turn(Transcript((first, last)).turns()[0])
    assert (response.status, response.answer) == ("no_answer", "")


def test_side_questions_stand_apart_from_the_conversation() -> None:
    from bridle.benchmarks.item import Ask

    first = Reply(raw="a", request=Request(messages=(user("?"),)))
    side = first.answered("Which rule?", fork="heard", ask=Ask(prompt="Which rule?", answer="B"))
    forked = Reply(raw="B", request=side)
    second = Reply(raw="b", request=first.answered("More?", turn=1))
    turns = Transcript((first, forked, second)).turns()
    assert [(t.number, t.fork) for t in turns] == [(0, ""), (0, "heard"), (1, "")]
    assert "Which rule?" not in str(second.asked().messages)


def test_a_turn_with_an_arms_words_is_read_with_what_the_others_show() -> None:
    """The others close their thinking; this one, to which an arm added a word, never did: it was cut."""
    first = Reply(raw="2 and 2", request=Request(messages=(user("?"),)))
    last = Reply(raw=" is 4", request=first.continued(" wait,"))
    (turn,) = Transcript((first, last)).turns()
    assert read_turn(turn)[0].status == "complete"
    ballot = Ballot()
    for _ in range(3):
        ballot.add("2 and 2 is 4.</think>4")
    response, spoken = read_turn(turn, ballot.hints())
    assert (response.status, response.answer, spoken) == ("truncated", "", "")
    assert response.thinking.split() == ["2", "and", "2", "is", "4"]
