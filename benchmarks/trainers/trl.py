"""The reward in TRL itself: two steps of GRPO on a random model of 20,000 weights, on the CPU.

uv venv v && uv pip install --python v/bin/python "trl==1.16.0" -e . && v/bin/python benchmarks/trainers/trl.py
"""

# ruff: noqa: E402
from __future__ import annotations

import sys
from pathlib import Path

sys.path = [
    p for p in sys.path if Path(p).resolve() != Path(__file__).parent
]  # this file is no trl

import tempfile

import trl
from datasets import Dataset
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast
from trl import GRPOConfig, GRPOTrainer

from bridle.benchmarks.item_rows import item_of
from bridle.reward import row_of
from bridle.reward.adapters.trl import reward_func

WORDS = [
    "<pad>",
    "<eos>",
    "<think>",
    "</think>",
    "The",
    "answer",
    "is",
    "4",
    "5",
    ",",
    ".",
    "What",
    "+",
    "?",
    "2",
]
TEMPLATE = (
    "{% for m in messages %}{{ m['content'] }}{% endfor %}"
    "{% if add_generation_prompt %} <think> {% endif %}"
)


def tokenizer() -> PreTrainedTokenizerFast:
    words = Tokenizer(models.WordLevel({w: i for i, w in enumerate(WORDS)}, unk_token="?"))
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    made = PreTrainedTokenizerFast(tokenizer_object=words, pad_token="<pad>", eos_token="<eos>")
    made.chat_template = TEMPLATE
    return made


def main() -> None:
    item = item_of(
        {"question": "2 + 2 ?", "answer": "4", "constraints": [{"type": "no_comma"}]}, name="two"
    )
    for chat in (False, True):
        seen: list[object] = []
        function = reward_func({"joint": 1, "hard": 0.5}, max_tokens=12)

        def spy(function=function, seen=seen, **given: object) -> list[float | None]:
            got = function(**given)  # type: ignore[arg-type]
            seen.extend(got)
            return got

        spy.__name__ = function.__name__
        prompt = [{"role": "user", "content": "2 + 2 ?"}] if chat else "2 + 2 ?"
        data = Dataset.from_list([{"prompt": prompt, "item": row_of(item)}] * 8)
        model = GPT2LMHeadModel(
            GPT2Config(vocab_size=len(WORDS), n_embd=32, n_layer=1, n_head=2, n_positions=64)
        )
        with tempfile.TemporaryDirectory() as folder:
            config = GRPOConfig(
                output_dir=folder, max_steps=2, per_device_train_batch_size=4, num_generations=4,
                max_completion_length=12, use_cpu=True, report_to=[], save_strategy="no",
                logging_steps=1, log_completions=False,
            )  # fmt: skip
            trainer = GRPOTrainer(
                model, reward_funcs=[spy], args=config, train_dataset=data,
                processing_class=tokenizer(),
            )  # fmt: skip
            trainer.train()
            logged = {k for row in trainer.state.log_history for k in row}
        assert seen and all(isinstance(v, float) for v in seen), seen
        assert any("bridle_joint_hard" in key for key in logged), logged
        assert any("bridle/complete" in key for key in logged), logged
        kind = "messages" if chat else "texts"
        print(
            f"trl {trl.__version__}: {len(seen)} completions as {kind}, rewards {sorted(set(seen))}"
        )


if __name__ == "__main__":
    main()
