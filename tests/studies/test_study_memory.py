"""What a run keeps of a call that is over: its reply, and nothing of the client's."""

from __future__ import annotations

import gc

from bridle.studies.study import run

MODEL = "openai-api/local/m"


def test_the_clients_record_of_a_call_ends_with_it(tmp_path, tiny, chat_server):
    from inspect_ai.event import ModelEvent

    server = chat_server()

    def events():
        gc.collect()
        return sum(isinstance(one, ModelEvent) for one in gc.get_objects())

    before = events()  # what other tests of this process still hold
    seen: list[int] = []
    made = 0

    def watch(call, reply):
        nonlocal made
        made += 1
        if made in (20, 60):
            seen.append(events() - before)

    run(
        tmp_path / "s", benchmark=tiny.sums(40), models=[MODEL], base_url=server.url,
        max_connections=4, watch=watch,
    )  # fmt: skip
    assert seen[0] > 0 and max(seen) <= 12, seen  # those on their way, not those that are over
