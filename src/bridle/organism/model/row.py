"""One request while it is being answered: its tokens, its text so far, when it ends."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from bridle.organism.model.sampling import LogProbs, Scores, likeliest, log_softmax, pick
from bridle.organism.model.tokens import THINK, THOUGHT


@dataclass(frozen=True, slots=True)
class TokenLogprob:
    """A token at its place, under the model as it is (no temperature, no top_p).

    `piece` are its bytes, `logprob` its natural logarithm of probability, `rank` 1 for the likeliest,
    `top` the likeliest tokens there, best first. A prompt's first token follows nothing: it has None.
    """

    id: int
    piece: bytes
    logprob: float | None = None
    rank: int | None = None
    top: tuple[TokenLogprob, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """What the model wrote: raw text with its think tags, without the mark of the end."""

    text: str
    tokens_in: int
    tokens_out: int
    tokens_thinking: int  # those up to the end of the thought, its tags included
    finish_reason: Literal["stop", "length"]
    logprobs: tuple[TokenLogprob, ...] | None = None  # the mark of the end among them
    ids: tuple[int, ...] = ()  # its tokens, without the mark of the end
    stopped: str | None = None  # the stop string that ended it, which is cut off its text
    prompt: tuple[TokenLogprob, ...] | None = None  # the prompt's tokens, where they were asked for


@dataclass(frozen=True, slots=True)
class Request:
    """A prompt as tokens with everything that shapes its completion."""

    ids: tuple[int, ...]
    max_tokens: int
    temperature: float = 0.0
    top_p: float = 1.0
    seed: int | None = None
    thinking: bool = False  # the prompt ends inside a thought
    stop: tuple[str, ...] = ()
    top_logprobs: int | None = None  # None: no log probabilities at all
    prompt_logprobs: int | None = None  # None: the prompt's tokens are not scored
    on_text: Callable[[str], None] | None = None  # called with each new piece of text
    wanted: Callable[[], bool] | None = None  # asked between two tokens; no ends the row


@dataclass(slots=True)
class Row:
    """A request in the batch. `pieces[id]` are the bytes of a token; `end` are the ids that end it."""

    request: Request
    pieces: Sequence[bytes]
    end: frozenset[int]
    future: Future[Completion]
    tokens: list[int] = field(default_factory=list[int])
    text: str = ""
    told: int = 0  # characters already given to on_text
    finish: Literal["stop", "length"] | None = None
    stopped: str | None = None
    scores: list[TokenLogprob] = field(default_factory=list[TokenLogprob])
    prompt: list[TokenLogprob] = field(default_factory=list[TokenLogprob])
    _generator: np.random.Generator = field(init=False)
    _decoder: codecs.IncrementalDecoder = field(init=False)

    def __post_init__(self) -> None:
        self._generator = np.random.default_rng(self.request.seed)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    @property
    def length(self) -> int:
        """Tokens of prompt and completion."""
        return len(self.request.ids) + len(self.tokens)

    def begin(self, scores: Scores) -> None:
        """Take the scores [places, vocabulary] of the prompt: all of its places, or the last."""
        number = self.request.prompt_logprobs
        if number is not None:
            ids = self.request.ids
            self.prompt.append(TokenLogprob(ids[0], self.pieces[ids[0]]))
            for token, its in zip(ids[1:], scores, strict=False):
                self.prompt.append(self._scored(token, log_softmax(its), number))
        if self.request.max_tokens == 0:
            self._close("length")
        else:
            self.take(scores[-1])

    def take(self, scores: Scores) -> None:
        """Choose the next token from the scores, and see whether the row is done."""
        asked = self.request
        token = pick(scores, self._generator, temperature=asked.temperature, top_p=asked.top_p)
        if asked.top_logprobs is not None:  # the mark of the end is a token that was chosen, too
            self.scores.append(self._scored(token, log_softmax(scores), asked.top_logprobs))
        if token in self.end:
            self._close("stop")
            return
        self.tokens.append(token)
        before = len(self.text)
        self.text += self._decoder.decode(self.pieces[token])
        if asked.stop and self._stopped(before):
            return
        if len(self.tokens) >= asked.max_tokens:
            self._close("length")
        else:
            self._tell(final=False)

    def completion(self) -> Completion:
        return Completion(
            text=self.text,
            tokens_in=len(self.request.ids),
            tokens_out=len(self.tokens),
            tokens_thinking=self._thinking(),
            finish_reason=self.finish or "length",
            logprobs=tuple(self.scores) if self.request.top_logprobs is not None else None,
            ids=tuple(self.tokens),
            stopped=self.stopped,
            prompt=tuple(self.prompt) if self.request.prompt_logprobs is not None else None,
        )

    def _thinking(self) -> int:
        """Counted in what the model wrote; a thought that the prompt opened counts from there."""
        closing = [i for i, t in enumerate(self.tokens) if self.pieces[t] == THOUGHT.encode()]
        if closing:
            return closing[0] + 1
        opened = THINK in self.text[: len(THINK)] or self.request.thinking
        return len(self.tokens) if opened else 0

    def _scored(self, token: int, known: LogProbs, number: int) -> TokenLogprob:
        def plain(index: int, rank: int) -> TokenLogprob:
            return TokenLogprob(index, self.pieces[index], float(known[index]), rank)

        top = [plain(t, rank) for rank, t in enumerate(likeliest(known, number), start=1)]
        rank = int((known > known[token]).sum()) + 1
        return TokenLogprob(token, self.pieces[token], float(known[token]), rank, tuple(top))

    def _stopped(self, before: int) -> bool:
        """Cut at the first stop string, if the newest text completes one."""
        reach = max(len(s) for s in self.request.stop) - 1
        found = [
            (at, s)
            for s in self.request.stop
            if (at := self.text.find(s, max(0, before - reach))) >= 0
        ]
        if found:
            at, self.stopped = min(found)
            self.text = self.text[:at]
            self._close("stop", flush=False)
        return bool(found)

    def _close(self, reason: Literal["stop", "length"], *, flush: bool = True) -> None:
        if flush:
            self.text += self._decoder.decode(b"", final=True)
        self.finish = reason
        self._tell(final=True)

    def _tell(self, *, final: bool) -> None:
        """Give new text to the listener; text that may become a stop string waits."""
        if self.request.on_text is None:
            return
        until = len(self.text)
        if not final and self.request.stop:
            longest = max(len(s) for s in self.request.stop) - 1
            for held in range(min(longest, until), 0, -1):
                tail = self.text[until - held :]
                if any(s.startswith(tail) for s in self.request.stop):
                    until -= held
                    break
        if until > self.told:
            self.request.on_text(self.text[self.told : until])
            self.told = until
