"""One arm, one seed: TRL's trainers on a transformers model, its weights kept at every checkpoint.

    python studies/training/train.py studies/training/recipe.yaml --arm rl --seed 1

Writes OUT/ARM/seed-N/step-K/ (for the organism an ONNX file, else a transformers folder), the last
weights in OUT/ARM/seed-N/last/, TRL's own log in trainer.jsonl, and done.json at the end.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import data
from recipe import PARENT, Arm, Recipe, cap_of, read_recipe
from study import folder_of, made_here

from bridle.benchmarks.prompts import ask


def weights_of(recipe: Recipe, arm: str, seed: int) -> Path:
    """The transformers folder (or file) that an arm ends in."""
    if arm == PARENT:
        return folder_of(recipe, arm, seed) if made_here(recipe) else Path(recipe.subject)
    return folder_of(recipe, arm, seed) / "last"


def open_model(source: Path) -> tuple[Any, Any]:
    """(model, tokenizer) in float32 of a transformers folder, or of a GGUF file, which is dequantised."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    given = {"gguf_file": source.name} if source.suffix == ".gguf" else {}
    place = str(source.parent if given else source)
    tokenizer = AutoTokenizer.from_pretrained(place, **given)
    model = AutoModelForCausalLM.from_pretrained(place, dtype="float32", **given)
    if given:  # its weights are floats now; a trainer refuses what still calls itself quantised
        model.is_quantized = False
        model.hf_quantizer = None
        if hasattr(model.config, "quantization_config"):
            del model.config.quantization_config
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    return model, tokenizer


def keep(recipe: Recipe, model: Any, tokenizer: Any, folder: Path, *, whole: bool = False) -> None:
    """The weights as `bridle run` takes them, or (`whole`) as the next arm does."""
    folder.mkdir(parents=True, exist_ok=True)
    if recipe.subject == "organism":
        import organism

        if whole:
            organism.save(model, folder)
        else:
            organism.write_onnx(model, folder / "model.onnx")
        return
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def keeper(recipe: Recipe, arm: Arm, out: Path, tokenizer: Any) -> Any:
    """TRL's callback that keeps the weights at the steps of the recipe."""
    from transformers import TrainerCallback

    class Keep(TrainerCallback):
        def on_step_end(
            self, args: Any, state: Any, control: Any, model: Any = None, **_: Any
        ) -> None:
            if state.global_step in recipe.saved(arm):
                keep(recipe, model, tokenizer, out / f"step-{state.global_step}")

    return Keep()


def shared(recipe: Recipe, arm: Arm, out: Path, seed: int) -> dict[str, Any]:
    """What both of TRL's configurations are given."""
    import torch

    return {
        "output_dir": str(out / "trainer"),
        "max_steps": recipe.steps(arm),
        "seed": seed,
        "data_seed": seed,
        "report_to": [],
        "save_strategy": "no",
        "logging_steps": 1,
        "disable_tqdm": True,
        "use_cpu": not torch.cuda.is_available(),
        "bf16": torch.cuda.is_available(),
        "gradient_checkpointing": False,  # the models of this study are small
        "dataloader_pin_memory": torch.cuda.is_available(),
        "lr_scheduler_type": "constant",
    }


def sft(recipe: Recipe, arm: Arm, seed: int, out: Path, source: Path) -> Any:
    """Long correct thoughts, loss on the completion; or the same problems without thoughts, all tokens."""
    from datasets import Dataset
    from trl import SFTConfig, SFTTrainer

    model, tokenizer = open_model(source)
    size = {"batch": 16, "rate": 3e-4, **recipe.sft}
    count = recipe.steps(arm) * int(size["batch"])
    rows = data.long_thoughts(count, recipe.steps_of_problems, seed=seed)
    end = tokenizer.eos_token
    told: list[dict[str, str]] = []
    if arm.kind == "sft":
        for row in rows:
            asked = [{"role": "user", "content": ask(row.question, [])}]
            prompt = tokenizer.apply_chat_template(
                asked, add_generation_prompt=True, tokenize=False
            )
            told.append(
                {
                    "prompt": prompt,
                    "completion": f"<think>\n{row.thought}\n</think>\n\n{row.answer}{end}",
                }
            )
    else:
        # as many problems to a text as fill the tokens of a long thought
        long = data.long_thoughts(8 * count, recipe.steps_of_problems, seed=seed)
        size_of: Callable[[str], int] = lambda text: len(tokenizer(text)["input_ids"])  # noqa: E731
        wanted = sum(size_of(r.question + r.thought + r.answer) for r in rows[:64]) / min(64, count)
        plain = [f"{r.question}\n{r.answer}\n" for r in long]
        each = sum(size_of(text) for text in plain[:64]) / 64
        several = max(1, round(wanted / each))
        told = [
            {"text": "".join(plain[i * several : (i + 1) * several]) + end} for i in range(count)
        ]
    config = SFTConfig(
        **shared(recipe, arm, out, seed),
        per_device_train_batch_size=int(size["batch"]),
        learning_rate=float(size["rate"]),
        max_length=1024,
        packing=False,
        eos_token=end,
    )
    trainer = SFTTrainer(
        model, args=config, train_dataset=Dataset.from_list(told), processing_class=tokenizer,
        callbacks=[keeper(recipe, arm, out, tokenizer)],
    )  # fmt: skip
    trainer.train()
    return trainer


def coin(seed: int) -> Callable[..., list[float]]:
    """A reward that knows nothing: 0 or 1 with the same chance."""
    import random

    rng = random.Random(f"coin-{seed}")

    def random_reward(completions: list[Any], **_: Any) -> list[float]:
        return [float(rng.random() < 0.5) for _ in completions]

    return random_reward


def rl(recipe: Recipe, arm: Arm, seed: int, out: Path, source: Path, natural: float) -> Any:
    """GRPO with the arm's reward, its cap, its share of constrained prompts and its remedies."""
    from datasets import Dataset
    from trl import GRPOConfig

    from bridle.reward import row_of
    from bridle.reward.adapters.trl import reward_func

    model, tokenizer = open_model(source)
    size = {"prompts": 4, "samples": 8, "reuse": 4, "rate": 3e-4, **recipe.rl}
    cap = cap_of(arm, natural)
    items = data.prompts(
        recipe.steps(arm) * int(size["prompts"]), recipe.steps_of_problems, seed=seed,
        constrained=arm.constrained,
    )  # fmt: skip
    rows = [{"prompt": [{"role": "user", "content": i.prompt}], "item": row_of(i)} for i in items]
    reward = coin(seed) if arm.reward == "random" else reward_func(arm.reward, max_tokens=cap)
    config = GRPOConfig(
        **shared(recipe, arm, out, seed),
        per_device_train_batch_size=int(size["prompts"]) * int(size["samples"]),
        num_generations=int(size["samples"]),
        steps_per_generation=int(size["reuse"]),
        max_completion_length=cap,
        learning_rate=float(size["rate"]),
        temperature=1.0,
        beta=arm.kl,
        log_completions=False,
    )
    if arm.kl:
        model.config._name_or_path = str(source)  # TRL opens the reference model from there
    trainer = _grpo(arm, recipe, seed, model.get_input_embeddings().weight.shape[0])(
        model=model, reward_funcs=[reward], args=config, train_dataset=Dataset.from_list(rows),
        processing_class=tokenizer, callbacks=[keeper(recipe, arm, out, tokenizer)],
    )  # fmt: skip
    trainer.train()
    return trainer


def _grpo(arm: Arm, recipe: Recipe, seed: int, vocabulary: int) -> Any:
    """TRL's GRPOTrainer; with replay its loss has that of a batch of the parent's own data beside."""
    from trl import GRPOTrainer

    if not arm.replay:
        return GRPOTrainer
    if recipe.subject != "organism":
        raise SystemExit("replay needs the parent's data, which are known for the organism alone")
    import torch
    from parent import stream
    from torch.nn import functional

    samples = stream(900 + seed)

    class Replaying(GRPOTrainer):
        def compute_loss(self, model: Any, *given: Any, **named: Any) -> Any:
            loss = super().compute_loss(model, *given, **named)
            batch = [next(samples) for _ in range(16)]
            width = max(len(ids) for ids, _ in batch)
            ids = torch.zeros(len(batch), width, dtype=torch.long)
            labels = torch.full((len(batch), width), -100)
            for row, (tokens, start) in enumerate(batch):
                ids[row, : len(tokens)] = torch.tensor(tokens)
                labels[row, start : len(tokens)] = torch.tensor(tokens[start:])
            logits = model(input_ids=ids).logits[:, :-1].reshape(-1, vocabulary)
            return loss + arm.replay * functional.cross_entropy(logits, labels[:, 1:].reshape(-1))

    return Replaying


def mix(recipe: Recipe, arm: Arm, seed: int, out: Path) -> None:
    """Weights between those of `start` and those of `other`, a checkpoint a share."""
    one, tokenizer = open_model(weights_of(recipe, arm.start, seed))
    two, _ = open_model(weights_of(recipe, arm.other, seed))
    start, end = one.state_dict(), two.state_dict()
    for step, share in enumerate(arm.shares, start=1):
        two.load_state_dict({k: (1 - share) * start[k] + share * end[k] for k in start})
        keep(recipe, two, tokenizer, out / f"step-{step}")


def train(recipe: Recipe, arm: Arm, seed: int, *, natural: float = 0.0) -> None:
    """Run the arm, unless it is done."""
    import torch

    torch.set_num_threads(1)
    out = folder_of(recipe, arm.name, seed)
    if (out / "done.json").exists():
        return
    source = weights_of(recipe, arm.start, seed)
    started = time.monotonic()
    trainer = None
    out.mkdir(parents=True, exist_ok=True)
    if arm.kind == "mix":
        mix(recipe, arm, seed, out)
    elif arm.kind == "rl":
        trainer = rl(recipe, arm, seed, out, source, natural)
    else:
        trainer = sft(recipe, arm, seed, out, source)
    if trainer is not None:
        keep(recipe, trainer.model, trainer.processing_class, out / "last", whole=True)
        log = "".join(json.dumps(row) + "\n" for row in trainer.state.log_history)
        (out / "trainer.jsonl").write_text(log)
    told = {
        "arm": arm.name, "seed": seed, "seconds": round(time.monotonic() - started, 1),
        "natural": natural, "cap": cap_of(arm, natural) if arm.kind == "rl" else None,
    }  # fmt: skip
    (out / "done.json").write_text(json.dumps(told))


def main() -> None:
    read = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    read.add_argument("recipe", type=Path)
    read.add_argument("--arm", required=True)
    read.add_argument("--seed", type=int, required=True)
    read.add_argument("--natural", type=float, default=256.0, help="95 %% length of the start")
    given = read.parse_args()
    recipe = read_recipe(given.recipe)
    train(recipe, recipe.arm(given.arm), given.seed, natural=given.natural)


if __name__ == "__main__":
    main()
