"""The engine: batching changes nothing, every request ends, failures stay where they belong."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.errors import DataError
from bridle.organism.model.engine import Engine
from bridle.organism.model.sampling import likeliest

PROMPTS = [f"Problem {i}: " + "add seven and nine. " * (i % 5) for i in range(40)]


def test_greedy_output_does_not_depend_on_the_batch(small_engine):
    alone = [small_engine.generate([p], max_tokens=20)[0] for p in PROMPTS]
    together = small_engine.generate(PROMPTS, max_tokens=20)  # more than the batch holds
    backwards = small_engine.generate(PROMPTS[::-1], max_tokens=20)[::-1]
    assert together == alone
    assert backwards == alone


def test_drawn_output_depends_on_its_seed_alone(small_engine):
    def draw(prompts, seeds):
        futures = [
            small_engine.submit(p, max_tokens=15, temperature=1.0, top_p=0.9, seed=s)
            for p, s in zip(prompts, seeds, strict=True)
        ]
        return [f.result().text for f in futures]

    seeds = list(range(12))
    first = draw(PROMPTS[:12], seeds)
    assert draw(PROMPTS[:12], seeds) == first
    assert draw(PROMPTS[:12][::-1], seeds[::-1])[::-1] == first
    assert draw([PROMPTS[0]] * 12, seeds) != [first[0]] * 12


def test_prompt_i_of_a_list_is_drawn_with_the_seed_plus_i(small_engine):
    drawing = {"max_tokens": 15, "temperature": 1.0, "top_p": 0.9}
    together = [c.text for c in small_engine.generate(PROMPTS[:6], seed=40, **drawing)]
    apart = [
        small_engine.submit(p, seed=40 + i, **drawing).result().text
        for i, p in enumerate(PROMPTS[:6])
    ]
    assert together == apart
    other = [c.text for c in small_engine.generate(PROMPTS[:6], seed=41, **drawing)]
    assert all(a != b for a, b in zip(together, other, strict=True))
    again = [c.text for c in small_engine.generate([PROMPTS[0]] * 3, seed=40, **drawing)]
    assert again[0] == together[0] and len(set(again)) == 3


def test_requests_of_different_lengths_from_many_threads(small_engine):
    alone = {
        (i, n): small_engine.generate([PROMPTS[i]], max_tokens=n)[0]
        for i, n in [(0, 3), (7, 30), (11, 12), (19, 25), (33, 1)]
    }
    results = {}

    def ask(key):
        results[key] = small_engine.submit(PROMPTS[key[0]], max_tokens=key[1]).result()

    threads = [threading.Thread(target=ask, args=(key,)) for key in alone]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert results == alone


def test_stop_strings_cut_and_are_never_told(small_engine):
    full = small_engine.generate([PROMPTS[1]], max_tokens=30)[0].text
    stop = full[len(full) // 2 : len(full) // 2 + 3]
    told: list[str] = []
    cut = small_engine.submit(PROMPTS[1], max_tokens=30, stop=[stop], on_text=told.append).result()
    assert cut.text == full[: full.find(stop)]
    assert "".join(told) == cut.text
    assert cut.finish_reason == "stop"


def test_told_pieces_are_the_text(small_engine):
    told: list[str] = []
    done = small_engine.submit(PROMPTS[2], max_tokens=40, on_text=told.append).result()
    assert "".join(told) == done.text and len(told) > 1
    assert (done.finish_reason, done.tokens_out) == ("length", 40)
    assert done.tokens_in == len(small_engine.encode(PROMPTS[2]))


def test_log_probabilities_are_those_of_the_chosen_and_sum_to_one(small_engine):
    done = small_engine.submit(PROMPTS[3], max_tokens=5, top_logprobs=1536).result()
    assert done.logprobs is not None and len(done.logprobs) == 5
    for token in done.logprobs:
        assert (token.logprob, token.rank) == (token.top[0].logprob, 1)  # greedy: the likeliest
        assert np.isclose(sum(np.exp(t.logprob) for t in token.top), 1)


def test_a_prompt_is_scored_as_it_would_have_been_written(small_engine):
    written = small_engine.submit(PROMPTS[3], max_tokens=12, top_logprobs=2).result()
    ids = [*small_engine.encode(PROMPTS[3]), *written.ids]
    read = small_engine.submit(ids, max_tokens=0, prompt_logprobs=2).result()
    assert (read.text, read.tokens_out, read.finish_reason) == ("", 0, "length")
    assert [t.id for t in read.prompt] == ids
    assert (read.prompt[0].logprob, read.prompt[0].top) == (None, ())
    for ours, theirs in zip(read.prompt[-12:], written.logprobs, strict=True):
        assert (ours.id, ours.rank, len(ours.top)) == (theirs.id, 1, 2)
        assert ours.logprob == pytest.approx(theirs.logprob, abs=1e-4)


def test_scoring_a_prompt_does_not_change_what_is_written(small_engine):
    plain = small_engine.submit(PROMPTS[7], max_tokens=10).result()
    assert (
        small_engine.submit(PROMPTS[7], max_tokens=10, prompt_logprobs=0).result().ids == plain.ids
    )
    tokens = small_engine.submit(small_engine.encode(PROMPTS[7]), max_tokens=10).result()
    assert tokens == plain


def test_log_probabilities_are_those_of_transformers(small_engine, small_weights):
    torch = pytest.importorskip(
        "torch", reason="compares with transformers: needs the extra 'train'"
    )
    pytest.importorskip("transformers")
    from bridle.organism.training.train import new_model

    model = new_model(small_engine.shape)
    weights = {k: torch.from_numpy(v) for k, v in small_weights.items()}
    model.load_state_dict(weights | {"lm_head.weight": weights["model.embed_tokens.weight"]})
    done = small_engine.submit(PROMPTS[4], max_tokens=9, top_logprobs=4, prompt_logprobs=4).result()
    ids = [t.id for t in done.prompt] + list(done.ids)
    with torch.no_grad():
        theirs = model.eval()(torch.tensor([ids])).logits[0].double().log_softmax(-1)
    for place, token in enumerate([*done.prompt[1:], *done.logprobs]):
        known = theirs[place]
        assert token.logprob == pytest.approx(known[token.id].item(), abs=1e-4)
        assert [t.logprob for t in token.top] == pytest.approx(
            known.topk(4).values.tolist(), abs=1e-4
        )


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from([-1.0, -2.0, -2.5, -7.0]), min_size=1, max_size=30), st.integers(0, 40)
)
def test_the_likeliest_come_first_and_of_equals_the_smaller_id(scores, number):
    expected = sorted(range(len(scores)), key=lambda i: (-scores[i], i))[:number]
    assert likeliest(np.array(scores), number) == expected


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.text(max_size=60))
def test_any_text_can_be_asked(small_engine, text):
    done = small_engine.generate(["x" + text], max_tokens=3)[0]
    assert done.tokens_out <= 3
    done.text.encode()


@pytest.mark.parametrize("text", ["\ud800 lone", "\x00\x01", "𝕏 你好 ก", "\u202eback"])
def test_hostile_text_can_be_asked(small_engine, text):
    assert small_engine.generate([text], max_tokens=2)[0].tokens_out <= 2


def test_a_prompt_that_is_too_long_is_said_and_one_that_just_fits_is_answered(small_engine):
    room = small_engine.shape.context
    with pytest.raises(DataError, match="context"):
        small_engine.submit("7" * room, max_tokens=5)
    done = small_engine.generate(["7" * (room - 1)], max_tokens=99)[0]
    assert done.tokens_in + done.tokens_out <= room
    assert (
        len(small_engine.submit("7" * room, max_tokens=0, prompt_logprobs=0).result().prompt)
        == room
    )
    with pytest.raises(DataError, match="more than"):
        small_engine.submit("7 " * 10_000_000, max_tokens=5)  # not even read


@pytest.mark.parametrize("ids", [[5, 1536], [-1], []])
def test_tokens_that_do_not_exist_are_said(small_engine, ids):
    with pytest.raises(DataError):
        small_engine.submit(ids, max_tokens=1)


@pytest.mark.parametrize(
    "wrong", [{"max_tokens": -1}, {"temperature": -1}, {"top_p": 0}, {"top_p": 1.5}]
)
def test_impossible_settings_are_said(small_engine, wrong):
    with pytest.raises(DataError):
        small_engine.submit("Hi", **{"max_tokens": 5, **wrong})


def test_a_listener_that_fails_does_not_take_others_with_it(small_engine):
    def broken(_: str) -> None:
        raise RuntimeError("listener")

    bad = small_engine.submit(PROMPTS[0], max_tokens=30, on_text=broken)
    good = small_engine.submit(PROMPTS[0], max_tokens=10)
    with pytest.raises(RuntimeError, match="listener"):
        bad.result()
    assert good.result() == small_engine.generate([PROMPTS[0]], max_tokens=10)[0]


def test_closing_finishes_what_is_queued(small_model):
    engine = Engine.load(small_model, threads=1)
    futures = [engine.submit(p, max_tokens=8) for p in PROMPTS]
    engine.close()
    assert all(f.result().tokens_out <= 8 for f in futures)
    with pytest.raises(DataError):
        engine.submit("Hi", max_tokens=1)


def test_files_that_are_no_model_are_said(tmp_path):
    with pytest.raises(DataError, match="no model"):
        Engine.load(tmp_path / "absent.onnx")
    (tmp_path / "noise.onnx").write_bytes(b"noise")
    with pytest.raises(DataError, match="cannot be loaded"):
        Engine.load(tmp_path / "noise.onnx")
