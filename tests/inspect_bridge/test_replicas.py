"""Several servers behind one model: who gets the next call, and what becomes of one that is gone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bridle.inspect_bridge import replicas as module
from bridle.inspect_bridge.replicas import Replica, Replicas, shown


class Gone(Exception):
    pass


class Refused(Exception):
    status_code = 400


class Broken(Exception):
    status_code = 503


class Clock:
    now = 1000.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


def pool(*behaviours):
    """Servers that answer with their number, or raise what they hold."""

    def server(number):
        async def generate():
            await asyncio.sleep(0)
            if behaviours[number] is not None:
                raise behaviours[number]
            return number

        return generate

    behaviours = list(behaviours)
    made = Replicas(
        [Replica(f"http://{i}", server(i)) for i in range(len(behaviours))],
        lambda error: isinstance(error, Gone),
    )
    return made, behaviours


def ask(made, count=1):
    async def all_of():
        return await asyncio.gather(
            *(made.generate() for _ in range(count)), return_exceptions=True
        )

    found: list[Any] = asyncio.run(all_of())
    return found


def test_the_least_loaded_is_asked(clock):
    made, _ = pool(None, None, None)
    assert sorted(ask(made, 9)) == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    made.all[0].loaded = 5
    assert sorted(ask(made, 4)) == [1, 1, 2, 2]


def test_one_that_is_gone_costs_no_call_and_is_tried_again(clock):
    made, does = pool(Gone(), None)
    assert ask(made, 4) == [1, 1, 1, 1]
    dead, well = made.all
    assert (dead.failed, dead.left_out, well.answered) == (2, 1, 4)
    assert ask(made, 4) == [1] * 4 and dead.failed == 2  # left out
    clock.now += 5.1
    assert ask(made, 3) == [1] * 3
    assert (dead.failed, dead.left_out) == (3, 2)  # one trial, not three
    clock.now += 5.1
    ask(made, 2)
    assert dead.failed == 3  # twice as long this time
    clock.now += 5.1
    does[0] = None
    assert 0 in ask(made, 4)
    assert dead.times_out == 0 and dead.until == 0
    assert dead.words() == "http://0 1 (3 failed, left out 2 times)"


def test_all_gone_is_the_callers_to_know(clock):
    made, does = pool(Gone(), Gone())
    assert [type(e) for e in ask(made, 2)] == [Gone, Gone]
    does[1] = None
    assert ask(made, 2) == [1, 1]  # left out, yet there is no other


def test_three_failures_in_a_row_leave_a_server_out_and_refusals_do_not(clock):
    made, _ = pool(Broken(), Broken())
    assert {type(e) for e in ask(made, 4)} == {Broken}
    assert [r.left_out for r in made.all] == [0, 0]
    ask(made, 2)
    assert [r.left_out for r in made.all] == [1, 1]
    refusing, _ = pool(Refused())
    assert {type(e) for e in ask(refusing, 9)} == {Refused}
    assert (refusing.all[0].failed, refusing.all[0].left_out) == (0, 0)


def test_a_name_and_a_password_are_not_shown():
    assert shown("http://me:secret@host:8000/v1") == "http://host:8000/v1"
    assert shown("http://host/v1") == "http://host/v1"
