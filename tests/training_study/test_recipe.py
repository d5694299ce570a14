"""Recipes: those of the repository can be read, what is wrong is said by arm and key, arms in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from recipe import PARENT, Arm, Recipe, cap_of, read_recipe

from bridle.errors import DataError

FOLDER = Path(__file__).parents[2] / "studies" / "training"
HEAD = "subject: organism\n"


def written(folder: Path, text: str) -> Recipe:
    path = folder / "recipe.yaml"
    path.write_text(text)
    return read_recipe(path)


@pytest.mark.parametrize("name", ["recipe.yaml", "smoke.yaml", "smollm2.yaml"])
def test_the_recipes_of_the_repository_can_be_read(name: str) -> None:
    found = read_recipe(FOLDER / name)
    assert (FOLDER / found.panel).exists()
    for arm in found.arms:
        assert found.saved(arm)[-1] == (len(arm.shares) or found.steps(arm))


def test_the_study_has_its_arms_controls_and_remedies() -> None:
    found = read_recipe(FOLDER / "recipe.yaml")
    assert found.checkpoints >= 8 and len(found.seeds) >= 3
    arms = {arm.name: arm for arm in found.arms}
    assert {a.reward for a in arms.values()} == {"correct", "format", "joint", "random"}
    caps = {str(a.cap) for a in arms.values() if a.kind == "rl" and a.start == "sft"}
    assert caps == {"1", "1/2", "1/4", "1/8"}
    assert len(arms["mix"].shares) + 2 >= 5  # its ends are arms of their own
    # no constraint is in the training unless the arm's name says so
    assert {a.name for a in arms.values() if a.constrained} == {"rl_joint10", "rl_joint30"}


def test_what_an_arm_starts_from_comes_first(tmp_path: Path) -> None:
    text = (
        HEAD
        + "arms: {b: {kind: rl, start: a}, a: {kind: sft}, c: {kind: mix, other: b, shares: [0.5]}}"
    )
    found = written(tmp_path, text)
    assert [arm.name for arm in found.order()] == ["a", "b", "c"]
    assert [arm.name for arm in found.order(["b"])] == ["a", "b"]
    assert found.arm("a").start == PARENT
    with pytest.raises(DataError, match="did you mean"):
        written(tmp_path, HEAD + "arms: {sft_rl: {kind: rl}}").arm("sft_lr")


def test_checkpoints_are_even_and_end_with_the_training(tmp_path: Path) -> None:
    text = HEAD + "checkpoints: 8\nrl: {steps: 20}\narms: {a: {kind: rl}, b: {kind: rl, steps: 3}}"
    found = written(tmp_path, text)
    assert found.saved(found.arm("a")) == (2, 5, 8, 10, 12, 15, 18, 20)
    assert found.saved(found.arm("b")) == (1, 2, 3)  # fewer steps than checkpoints: each once


def test_a_cap_is_tokens_or_a_share_of_the_natural_length() -> None:
    assert cap_of(Arm("a", "rl", cap=77), 400.0) == 77
    assert cap_of(Arm("a", "rl", cap="1/8"), 400.0) == 50
    assert cap_of(Arm("a", "rl"), 400.0) == 400


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- 1", "no mapping"),
        ("subject: organism", "no arms"),
        ("arms: {a: {kind: rl}}", "no 'subject'"),
        (HEAD + "arms: {a: {kind: grpo}}", "kind 'grpo'"),
        (HEAD + "arms: {a: {}}", "no 'kind'"),
        (HEAD + "arms: {a: rl}", "arm 'a' is no mapping"),
        (HEAD + "arms: {a: {kind: rl, rewrad: joint}}", "did you mean 'reward'"),
        (HEAD + "arms: {a: {kind: rl, reward: jiont}}", "reward 'jiont'"),
        (HEAD + "arms: {a: {kind: rl, start: b}}", "no arm 'b'"),
        (HEAD + "arms: {a: {kind: rl, start: a}}", "start from each other"),
        (HEAD + "arms: {a: {kind: rl, constrained: 3}}", "share of 3"),
        (HEAD + "arms: {a: {kind: rl, cap: some}}", "cap 'some'"),
        (HEAD + "arms: {a: {kind: rl, cap: 0}}", "cap 0"),
        (HEAD + "arms: {a: {kind: mix, other: b}, b: {kind: rl}}", "mixes nothing"),
        (HEAD + "seeds: 3\narms: {a: {kind: rl}}", "list of whole numbers"),
        (HEAD + "rl: {steps: many}\narms: {a: {kind: rl}}", "numbers by name"),
        (HEAD + "arms: {a: {kind: rl", "cannot be read"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DataError) as caught:
        written(tmp_path, text)
    assert said in str(caught.value)
