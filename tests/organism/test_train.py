"""Training, export and engine fit together: a few real steps, and transformers' own output."""

from __future__ import annotations

import json

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'train'")
pytest.importorskip("transformers", reason="needs the extra 'train'")
onnx = pytest.importorskip("onnx", reason="needs the extra 'train'")

from bridle.organism.model.engine import MODEL, Engine, render  # noqa: E402
from bridle.organism.model.export import export  # noqa: E402
from bridle.organism.model.graph import weights_of  # noqa: E402
from bridle.organism.model.shape import Shape  # noqa: E402
from bridle.organism.training import train as training  # noqa: E402
from bridle.organism.training.muon import orthogonal  # noqa: E402
from bridle.problems.generated import generate  # noqa: E402

TINY = Shape(width=32, layers=1, heads=2, kv_heads=1, head_size=16, inner=64, context=512)


def test_a_training_learns_resumes_and_exports(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "POOL", 24)
    training.train(tmp_path, seed=3, budget=6_000, unit="tokens", shape=TINY)
    first = torch.load(tmp_path / "last.pt", weights_only=True)
    assert first["progress"]["tokens"] >= 6_000
    assert (tmp_path / "before_decay.pt").exists()

    model = training.train(tmp_path, seed=3, budget=30_000, unit="tokens", shape=TINY)
    second = torch.load(tmp_path / "last.pt", weights_only=True)
    assert second["progress"]["steps"] > first["progress"]["steps"]
    assert second["progress"]["stream"] != first["progress"]["stream"]
    rows = [r for i in range(40, 60) if (r := training.encoded(i, 3, stage="early"))]

    def loss(state) -> float:
        model.load_state_dict(state["model"])
        with torch.no_grad():
            value, _ = training.loss_of(model.model, model.model.embed_tokens.weight, rows, "cpu")
        return float(value)

    assert loss(second) < loss(first)

    export(tmp_path / "last.pt", tmp_path / "tiny.onnx", TINY)
    engine = Engine.load(tmp_path / "tiny.onnx", threads=1)
    assert json.loads(engine.notes["training"])["stream"] == second["progress"]["stream"]
    assert engine.generate(["12+7"], max_tokens=5)[0].tokens_out <= 5
    engine.close()


def test_the_same_seed_and_tokens_give_the_same_weights(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "POOL", 16)

    def weights(name: str):
        training.train(tmp_path / name, seed=5, budget=4_000, unit="tokens", shape=TINY)
        return torch.load(tmp_path / name / "last.pt", weights_only=True)

    one, two = weights("one"), weights("two")
    assert one["progress"]["stream"] == two["progress"]["stream"]
    assert all(torch.equal(one["model"][k], two["model"][k]) for k in one["model"])


def test_only_the_completion_is_learned():
    model = training.new_model(TINY)
    ids = list(range(20, 40))
    with torch.no_grad():
        value, tokens = training.loss_of(
            model.model, model.model.embed_tokens.weight, [(ids, 15)], "cpu"
        )
        logits = model(torch.tensor([ids])).logits[0, 14:19].log_softmax(-1)
    expected = -logits[torch.arange(5), torch.tensor(ids[15:])].mean()
    assert torch.isclose(value, expected, atol=1e-5)
    assert tokens == 32


def test_muons_directions_are_orthogonal():
    made = orthogonal(torch.randn(3, 24, 60, generator=torch.Generator().manual_seed(0)))
    singular = torch.linalg.svdvals(made)
    assert made.shape == (3, 24, 60)
    assert singular.min() > 0.6 and singular.max() < 1.3  # the quintic's own band


def test_token_for_token_what_transformers_generates_from_the_same_weights():
    model = training.new_model()
    weights = weights_of(onnx.load(str(MODEL)))
    model.load_state_dict({k: torch.from_numpy(np.array(v)) for k, v in weights.items()})
    model.eval()
    engine = Engine.load(threads=1)
    prompts = [
        render([{"role": "user", "content": generate(i, seed=31).problem.question}])
        for i in range(16)
    ]
    end = engine.encode("<|im_end|>")
    for prompt, done in zip(prompts, engine.generate(prompts, max_tokens=300), strict=True):
        before = engine.encode(prompt)
        written = [*done.ids, *(end if done.finish_reason == "stop" else [])]
        with torch.no_grad():
            logits = model(torch.tensor([before + written])).logits[0]
        assert logits[len(before) - 1 : -1].argmax(-1).tolist() == written
    engine.close()


ENDS = (1.25, 1.35)


def test_the_rate_rises_holds_and_falls_thrice():
    rates = [training.rate_at(i / 1000, ENDS) for i in range(1350)]
    assert 0 < rates[0] < 0.1 and max(rates) == 1.0 == training.rate_at(0.5, ENDS)
    assert rates[999] < 0.01 and rates[1000] == training.LAST_RATE and rates[1249] < 0.01
    assert rates[1250] == training.LAST_RATE and rates[-1] < 0.01
    assert training.rate_at(1.0, (1.0, 1.0)) == 0.0


def test_the_stages_follow_one_another():
    shares = (0.0, 0.19, 0.21, 0.99, 1.0, 1.24, 1.25, 1.3)
    named = [training.stage_at(share, ENDS) for share in shares]
    assert named == ["early"] * 2 + ["late"] * 2 + ["last"] * 2 + ["numbers"] * 2
    assert training.stage_at(1.1, (1.0, 1.5)) == "numbers"


def test_the_last_stages_go_on_where_the_budget_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "POOL", 16)
    seen: list[str] = []
    encoded = training.encoded
    monkeypatch.setattr(
        training, "encoded", lambda i, seed, stage: seen.append(stage) or encoded(i, seed, stage)
    )
    given = {"seed": 5, "budget": 20_000, "unit": "tokens", "shape": TINY}
    training.train(tmp_path, **given)
    assert not {"last", "numbers"} & set(seen)
    training.train(tmp_path, **given, after=(5_000, 5_000))
    state = torch.load(tmp_path / "last.pt", weights_only=True)
    assert "last" in seen and seen[-1] == "numbers"
    assert 30_000 <= state["progress"]["tokens"] < 42_000
