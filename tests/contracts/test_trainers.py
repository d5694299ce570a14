"""The signatures that trainers call: one call in the form of each, and what it must get back.

`benchmarks/trainers/` makes the same calls through the real packages.
"""

from __future__ import annotations

import inspect
import json
from typing import Any

import pytest

from bridle.benchmarks.item_rows import item_of
from bridle.errors import BridleError, DataError
from bridle.reward import Reward, row_of
from bridle.reward.adapters import nemo, openrlhf, trl, verifiers, verl

ROW = row_of(
    item_of({"question": "2+2?", "answer": "4", "constraints": [{"type": "no_comma"}]}, name="two")
)
NO_REFERENCE = row_of(
    item_of({"question": "Hi.", "constraints": [{"type": "no_comma"}]}, name="none")
)
GOOD, BAD = "<think>2+2</think>It is 4.", "<think>2+2</think>Well, it is 4."


def test_trl_plain_and_conversational() -> None:
    function = trl.reward_func({"joint": 1, "format": 0.5})
    logged: dict[str, list[Any]] = {}
    metrics: dict[str, float] = {}
    for wrap in (str, lambda text: [{"role": "assistant", "content": text}]):
        got = function(
            prompts=["q", "q", "q"],
            completions=[wrap(GOOD), wrap(BAD), wrap("<think>2")],
            completion_ids=[[1] * 9, [1] * 9, [1] * 9],
            item=[ROW, ROW, ROW],
            other=[1, 2, 3],
            trainer_state=object(),
            log_extra=lambda name, values: logged.update({name: values}),
            log_metric=lambda name, value: metrics.update({name: value}),
        )
        assert got == [1.5, 0.5, 0.0]
    assert logged["status"] == ["complete", "complete", "truncated"]
    assert metrics["bridle/complete"] == pytest.approx(2 / 3)
    assert function.__name__ == "bridle_joint_format"  # TRL logs it under this name


def test_trl_leaves_out_an_item_without_reference_and_names_a_missing_column() -> None:
    function = trl.reward_func("correct", max_tokens=5)
    assert function(prompts=["q"], completions=["4"], item=[NO_REFERENCE]) == [None]
    assert function(prompts=["q"], completions=["4"], completion_ids=[[1] * 5], item=[ROW]) == [0]
    with pytest.raises(BridleError, match="no column 'item'"):
        function(prompts=["q"], completions=["4"], answer=["4"])


def test_verl_by_keywords() -> None:
    got = verl.compute_score(
        data_source="mathif",
        solution_str=GOOD,
        ground_truth=ROW,
        extra_info={"num_turns": None},
        reward_router_address="x",
    )
    assert got == {"score": 1.0, "complete": 1.0, "bridle_joint": 1.0}
    keys = {
        tuple(verl.compute_score("m", text, row))
        for text in (GOOD, BAD, "", "<think>")
        for row in (ROW, NO_REFERENCE, "no item")
    }
    assert len(keys) == 1  # verl collates them over the batch
    cut = verl.compute_score("m", "It is 4.", ROW, opened=True)
    assert cut["score"] == 0


def test_verl_manager_has_verls_constructor() -> None:
    source = inspect.getsource(verl)
    assert "def compute_score" in source
    wanted = ["data_source", "solution_str", "ground_truth", "extra_info"]
    assert list(inspect.signature(verl.compute_score).parameters)[:4] == wanted


def test_openrlhf_function_and_server_body() -> None:
    function = openrlhf.make("joint")
    prompt = "<|user|>2+2?<|assistant|>"
    got = function([prompt + GOOD, prompt + BAD], [prompt, prompt], [ROW, ROW])
    assert [float(x) for x in got["rewards"]] == [1.0, 0.0]
    assert set(got) == {"rewards", "scores", "extra_logs"}
    body = openrlhf.answer(openrlhf.scores(Reward.of("joint"), [prompt + GOOD], [prompt], [ROW]))
    assert json.loads(json.dumps(body))["rewards"] == [1.0]
    # decoding may have put a token before the prompt
    assert openrlhf.generated("<s> " + prompt + GOOD, prompt) == GOOD


def test_nemo_gym_verify() -> None:
    message = {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": GOOD}]}  # fmt: skip
    body = {
        "responses_create_params": {"input": "2+2?"},
        "response": {"output": [message], "usage": {"output_tokens": 9}},
        "item": ROW,
    }
    got = nemo.verify(Reward.of("joint"), body)
    assert got["reward"] == 1.0
    assert got["reward_components"] == {"joint": 1.0}
    assert got["responses_create_params"] == body["responses_create_params"]
    body["response"]["incomplete_details"] = {"reason": "max_output_tokens"}
    assert nemo.verify(Reward.of("joint"), body)["status"] == "truncated"
    with pytest.raises(DataError, match="no 'response'"):
        nemo.verify(Reward.of("joint"), {})


def test_verifiers_rubric_functions() -> None:
    whole, part = verifiers.rubric_functions(Reward.of({"joint": 2}))
    call = {
        "prompt": [], "answer": "4", "info": {"item": ROW}, "state": {}, "task": "",
        "completion": [{"role": "assistant", "content": GOOD}],
    }  # fmt: skip
    assert (whole(**call), part(**call)) == (2.0, 1.0)
    assert part.__name__ == "bridle_joint"
    assert whole(**call | {"state": {"is_truncated": True}}) == 0
