"""The embedded model at work: one thread, all requests in one batch, each leaving when it is done.

    engine = get_engine()
    engine.generate([render([{"role": "user", "content": "12+7"}])], max_tokens=64)[0].text
    -> "<think>\n12+7=19\n</think>\n\nThe answer is \\boxed{19}."

Requests that arrive together (from Inspect's concurrent calls, or from the server's clients) share
the batch; new ones join between two tokens. A row's cache, position and generator are its own, so
what it says does not depend on its neighbours. Prompts are read one by one, completions together.
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bridle.errors import DataError, MissingExtra
from bridle.organism.model.cache import LAST, ROWS, Cache
from bridle.organism.model.chat import inside_thought, render
from bridle.organism.model.row import Completion, Request, Row, TokenLogprob
from bridle.organism.model.shape import Shape
from bridle.organism.model.tokens import END, FOLDER, PAD, piece_bytes, tokenizer

if TYPE_CHECKING:
    import onnxruntime

__all__ = ["Completion", "Engine", "TokenLogprob", "get_engine", "render"]

MODEL = FOLDER / "organism.onnx"
NAME = "organism"


class Engine:
    """A loaded model with its worker thread. Thread-safe; `close()` ends the thread."""

    def __init__(self, session: onnxruntime.InferenceSession, shape: Shape, notes: dict[str, str]):
        self.shape = shape
        self.notes = notes  # the file's metadata: training, data hash, figures
        self._session = session
        self._tokenizer = tokenizer()
        pieces = piece_bytes(self._tokenizer)
        self._pieces = pieces
        self._longest = max(map(len, pieces))  # bytes that one token stands for, at most
        self._end = frozenset(i for i, p in enumerate(pieces) if p in (END.encode(), PAD.encode()))
        self._waiting: queue.SimpleQueue[Row | None] = queue.SimpleQueue()
        self._cache = Cache(shape)
        self._worker = threading.Thread(target=self._work, name="organism", daemon=True)
        self._closed = False
        self._worker.start()

    @classmethod
    def load(cls, path: Path | str | None = None, threads: int = 2) -> Engine:
        """The model of a file (the one in the package without a path).

        Raises:
            MissingExtra: onnxruntime or tokenizers are not installed.
            DataError: no such file, or not a model of this project.
        """
        try:
            import onnxruntime
            import tokenizers  # noqa: F401
        except ImportError as error:
            raise MissingExtra.of("organism", "The embedded model") from error
        file = MODEL if path is None else Path(path)
        if not file.is_file():
            raise DataError(f"There is no model at {file}.", expected="an exported organism.onnx")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # A waiting thread that spins takes the core from the one that works.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            session = onnxruntime.InferenceSession(
                str(file), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime has no common class of errors
            raise DataError(
                f"{file} cannot be loaded: {error}", expected="an ONNX model"
            ) from error
        notes = dict(session.get_modelmeta().custom_metadata_map)
        if "shape" not in notes:
            raise DataError(f"{file} is not a model of this project.", expected="organism.onnx")
        return cls(session, Shape(**json.loads(notes.pop("shape"))), notes)

    def encode(self, text: str) -> list[int]:
        """The tokens of a text; a lone surrogate, which no text can hold, is read as `?`."""
        clean = text.encode("utf-8", "replace").decode("utf-8")
        return self._tokenizer.encode(clean, add_special_tokens=False).ids

    def decode(self, ids: Sequence[int]) -> str:
        """The text of tokens, marks by their names; bytes that are no text become U+FFFD.

        Raises:
            DataError: an id outside the vocabulary.
        """
        for token in ids:
            if not 0 <= token < len(self._pieces):
                raise DataError(
                    f"There is no token {token}.", expected=f"0 to {len(self._pieces) - 1}"
                )
        return b"".join(self._pieces[token] for token in ids).decode("utf-8", "replace")

    def read(self, prompt: str | Sequence[int]) -> tuple[int, ...]:
        """The tokens of a prompt, a text or tokens already; how long the text may be is bounded.

        Raises:
            DataError: an empty prompt, one far beyond the context, an id outside the vocabulary.
        """
        if not prompt:
            raise DataError("The prompt is empty.", expected="a text")
        if not isinstance(prompt, str):
            if len(prompt) <= self.shape.context:
                self.decode(prompt)
            return tuple(prompt)
        if len(prompt) > self.shape.context * self._longest:  # not worth reading
            raise self._too_long(f"more than {self.shape.context}")
        return tuple(self.encode(prompt))

    def _too_long(self, tokens: str) -> DataError:
        most = self.shape.context
        return DataError(
            f"The prompt has {tokens} tokens; the model's context holds {most}.",
            expected=f"prompt and completion within {most} tokens",
        )

    def submit(
        self,
        prompt: str | Sequence[int],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        top_p: float = 1.0,
        seed: int | None = None,
        stop: Sequence[str] = (),
        top_logprobs: int | None = None,
        prompt_logprobs: int | None = None,
        on_text: Callable[[str], None] | None = None,
        wanted: Callable[[], bool] | None = None,
    ) -> Future[Completion]:
        """Queue a rendered prompt, a text or its tokens; the future gives its completion.

        `max_tokens` beyond the context is cut to what fits; 0 only reads the prompt.
        `top_logprobs` scores the completion's tokens and `prompt_logprobs` the prompt's, each with
        so many of the likeliest beside it. `on_text` is called from the worker thread with each new
        piece of text and must not block; `wanted` is asked between two tokens, and when it says no
        the row ends where it is.

        Raises:
            DataError: a prompt that leaves no room in the context, or impossible settings.
        """
        if self._closed:
            raise DataError("The engine is closed.", hint="get_engine()")
        if max_tokens < 0:
            raise DataError(f"max_tokens={max_tokens} is not possible.", expected="at least 0")
        if not 0 <= temperature <= 100:
            raise DataError(f"temperature={temperature} is not possible.", expected="0 to 100")
        if not 0 < top_p <= 1:
            raise DataError(f"top_p={top_p} is not possible.", expected="above 0, at most 1")
        ids = self.read(prompt)
        room = self.shape.context - len(ids)
        if room < min(1, max_tokens):
            raise self._too_long(f"{len(ids)}")
        future: Future[Completion] = Future()
        request = Request(
            ids=ids,
            max_tokens=min(max_tokens, room),
            temperature=temperature,
            top_p=top_p,
            seed=seed,
            thinking=inside_thought(prompt if isinstance(prompt, str) else self.decode(ids)),
            stop=tuple(s for s in stop if s),
            top_logprobs=top_logprobs,
            prompt_logprobs=prompt_logprobs,
            on_text=on_text,
            wanted=wanted,
        )
        self._waiting.put(Row(request, self._pieces, self._end, future))
        return future

    def generate(
        self,
        prompts: Sequence[str],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        top_p: float = 1.0,
        seed: int | None = None,
        stop: Sequence[str] = (),
    ) -> list[Completion]:
        """The completions of rendered prompts, in their order; prompt i is drawn with seed + i."""
        # Prompts of like length share a batch best.
        order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
        futures = {
            i: self.submit(
                prompts[i],
                max_tokens=max_tokens,
                temperature=temperature,
                top_p=top_p,
                seed=None if seed is None else seed + i,
                stop=stop,
            )
            for i in order
        }
        return [futures[i].result() for i in range(len(prompts))]

    def close(self) -> None:
        """Finish what is queued, then end the worker thread."""
        if not self._closed:
            self._closed = True
            self._waiting.put(None)
            self._worker.join()

    # -- the worker ------------------------------------------------------------------------------

    def _work(self) -> None:
        rows: list[Row] = []
        closing = False
        while not (closing and not rows):
            while len(rows) < ROWS and not closing:
                try:
                    row = self._waiting.get(block=not rows)
                except queue.Empty:
                    break
                if row is None:
                    closing = True
                elif row.future.set_running_or_notify_cancel():
                    self._guarded([row], lambda row=row: self._read(row, len(rows)))
                    if not row.future.done():
                        rows.append(row)
            self._drop(rows)
            if rows:
                self._guarded(rows, lambda: self._advance(rows))
            self._drop(rows)

    def _guarded(self, rows: list[Row], job: Callable[[], None]) -> None:
        """A failure belongs to the requests it hit, not to the thread that serves all."""
        try:
            job()
        except Exception as error:
            for row in rows:
                if not row.future.done():
                    row.future.set_exception(error)

    def _read(self, row: Row, slot: int) -> None:
        """Read a prompt into its slot and choose the first token."""
        ids = np.array([row.request.ids], np.int64)
        lengths = np.array([row.length], np.int32)
        self._cache.hold(slot + 1, row.length + 1)
        every = row.request.prompt_logprobs is not None
        places = np.arange(row.length, dtype=np.int64) if every else LAST
        scores = self._cache.run(self._session, ids, lengths, slot, places)[0]
        self._guarded([row], lambda: row.begin(scores))

    def _advance(self, rows: list[Row]) -> None:
        """One token more for every row."""
        lengths = np.array([row.length for row in rows], np.int32)
        self._cache.hold(len(rows), int(lengths.max()))
        ids = np.array([[row.tokens[-1]] for row in rows], np.int64)
        scores = self._cache.run(self._session, ids, lengths, 0, LAST)
        for row, its in zip(rows, scores[:, 0], strict=True):
            self._guarded([row], lambda row=row, its=its: row.take(its))

    def _drop(self, rows: list[Row]) -> None:
        """Rows that are done give their results; the last row moves into the free slot."""
        for slot in range(len(rows) - 1, -1, -1):
            row = rows[slot]
            wanted = row.request.wanted
            if row.finish is None and not row.future.done() and (wanted is None or wanted()):
                continue
            last = rows.pop()
            if last is not row:
                rows[slot] = last
                self._cache.move(len(rows), slot, last.length)
            if not row.future.done():
                row.future.set_result(row.completion())


_LOADING = threading.Lock()
_ENGINES: dict[str, Engine] = {}


def get_engine(path: str = "default") -> Engine:
    """The process's engine of the model in the package, or of a file, loaded when first asked for.

    Raises:
        MissingExtra, DataError: as `Engine.load`.
    """
    with _LOADING:
        if path not in _ENGINES:
            _ENGINES[path] = Engine.load(None if path == "default" else path)
        return _ENGINES[path]


def close_engine(path: str = "default") -> None:
    """End the engine of that name, if there is one: for who measures many files in one process."""
    with _LOADING:
        engine = _ENGINES.pop(path, None)
    if engine is not None:
        engine.close()
