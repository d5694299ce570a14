"""How the frozen tokenizer was made: `python -m bridle.organism.training.tokenizer OUT`."""

from __future__ import annotations

from collections.abc import Iterable

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from bridle.organism.model.shape import SHAPE
from bridle.organism.model.tokens import MARKS, SPLIT
from bridle.organism.training.data import sample


def train(texts: Iterable[str], size: int) -> Tokenizer:
    """A tokenizer of that size; the ids of the marks come first."""

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=[AddedToken(m, special=True, normalized=False) for m in MARKS],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    made.train_from_iterator(texts, trainer)
    return made


def corpus(samples: int = 4000) -> Iterable[str]:
    """The texts that the frozen tokenizer was trained on."""
    for index in range(samples):
        made = sample(index, seed=-1, stage="late")
        yield made.prompt
        yield made.completion


if __name__ == "__main__":
    import sys

    train(corpus(), SHAPE.vocabulary).save(sys.argv[1])
