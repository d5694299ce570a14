r"""Raw model output, read once: what was thought, what was answered, and whether it was finished.

    read_response("<think>2+2 is 4</think>The answer is 4.")
    -> Response(thinking="2+2 is 4", answer="The answer is 4.", status="complete", dialect="think")

A tag counts only where it separates. In quotes, in code or in the middle of a sentence it is a word
that the model talks about, and stays in the text. The rules, in the order in which they apply:

- thinking that was opened and never closed is `truncated`, and no part of it is an answer;
- a closing tag alone ends thinking that began in the prompt (templates prefill the opening tag);
- of several closing tags the last one that is followed by text ends the thinking;
- with several blocks of thinking, the answer is the last piece of text outside of them: what stands
  before a later block is a draft that the model went back on;
- `<answer>` around all that is left is taken off; without thinking tags, what precedes it is thinking.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bridle.tags import QUOTES, Tag, answer_tags, counted, thinking_tags

Status = Literal["complete", "truncated", "no_answer", "malformed", "refused", "error"]
STATUSES: tuple[Status, ...] = (
    "complete",
    "truncated",
    "no_answer",
    "malformed",
    "refused",
    "error",
)


@dataclass(frozen=True, slots=True)
class Response:
    """What came back for one prompt. Token counts are None when nobody counted."""

    thinking: str
    answer: str
    status: Status
    dialect: str = "none"  # which convention separated thinking from answer
    raw: str = ""
    finish_reason: str | None = None
    tokens_thinking: int | None = None
    tokens_answer: int | None = None


def read_response(
    raw: str | None, *, reasoning: str | None = None, finish_reason: str | None = None
) -> Response:
    """The thinking, the answer and the status of one raw output; never raises on any text.

    `raw` is the text as it came, with or without tags; `reasoning` is the provider's separate field
    of thinking, where there is one; `finish_reason` is the provider's word for why it ended, in any
    provider's spelling. Thinking and answer are returned without surrounding white space and
    what else is not seen. Linear in the length of the text.
    """
    raw = raw or ""
    why = _why(finish_reason)
    if reasoning is not None and reasoning.strip():
        cut = _with_field(_reading(raw, why, "field"), reasoning, why)
    else:
        cut = _reading(raw, why)
    return Response(
        thinking=_seen(cut.thinking),
        answer=_seen(cut.answer),
        status=_status(cut, why),
        dialect=cut.dialect,
        raw=raw,
        finish_reason=finish_reason,
    )


# -- why generation ended -----------------------------------------------------------------------

Why = Literal["length", "refused", "error", "stop"]

# the words of OpenAI and servers after its model, Anthropic, Gemini, Cohere, Bedrock, TGI, vLLM
_REASONS: dict[Why, re.Pattern[str]] = {
    "length": re.compile(
        "length|max_length|max_(?:new_|output_|completion_)?tokens?|model_length|token_limit|limit"
        "|context_length|model_context_window_exceeded|incomplete"
    ),
    "refused": re.compile(
        "content_filter(?:ed)?|refus(?:al|ed)|(?:image_)?safety|recitation|blocklist|blocked|spii"
        "|prohibited_content|guardrail_intervened|moderation|error_toxic"
    ),
    "error": re.compile("error|abort(?:ed)?|cancell?ed|failed|timeout"),
    "stop": re.compile("stop(?:_sequence)?|eos(?:_token)?|end(?:_of)?_turn|completed?|finished"),
}


def _why(finish_reason: str | None) -> Why | None:
    word = (finish_reason or "").strip().lower().rpartition(".")[2]  # FinishReason.MAX_TOKENS
    word = re.sub(r"[\s-]", "_", word)
    return next((why for why, spelling in _REASONS.items() if spelling.fullmatch(word)), None)


# -- the parts of an output -----------------------------------------------------------------------


class _Cut(NamedTuple):
    thinking: str
    answer: str
    dialect: str
    flaw: Status | None = None  # "truncated" or "malformed", whatever the finish reason says


def _status(cut: _Cut, why: Why | None) -> Status:
    if why == "error" or why == "refused":
        return why
    if why == "length":
        return "truncated"
    if cut.flaw:
        return cut.flaw
    return "complete" if _seen(cut.answer) else "no_answer"


# White space, and what is not seen either: zero-width spaces, marks of direction, byte order marks.
_UNSEEN = "".join(filter(str.isspace, map(chr, range(0x3001)))) + (
    "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
    "\ufeff"
)


def _seen(text: str) -> str:
    """The text without what is not seen at its ends; an answer of nothing else is none."""
    return text.strip(_UNSEEN)


def _reading(text: str, why: Why | None, plain: str = "none") -> _Cut:
    """The parts of a text; `plain` is the dialect of one without any tags of thinking."""
    text = text[: _end_of_text(text)]
    cut = _harmony(text) or _harmony_bare(text)
    if cut is None:
        cut = _tagged(text, why, plain)
    elif cut.answer:
        cut = _unwrapped(cut.answer, cut.thinking, cut.dialect, why)
    return cut._replace(answer=cut.answer[: _end_of_text(cut.answer)])


def _with_field(cut: _Cut, field: str, why: Why | None) -> _Cut:
    """The provider split the thinking off; tags may have stayed in either part all the same."""
    inner = _reading(field, why)
    if inner.dialect in ("none", "answer"):
        inner = _Cut(field, "", "field")
    elif inner.flaw:  # an opening tag left in the field: the thinking ends where the field does
        inner = _Cut(inner.thinking or field, "", "field")
    if inner.answer.strip() and not cut.answer.strip() and not cut.flaw:
        return inner  # the whole output landed in the field
    if cut.thinking.strip() in inner.thinking:
        return cut._replace(thinking=inner.thinking)
    return cut._replace(thinking=f"{inner.thinking.strip()}\n\n{cut.thinking.strip()}")


# What servers leave at the end of a text when they do not strip special tokens.
_ENDS = (
    "<|im_end|>",
    "<|eot_id|>",
    "<|end_of_text|>",
    "<|endoftext|>",
    "<|return|>",
    "<|end|>",
    "<|END_OF_TURN_TOKEN|>",
    "<｜end▁of▁sentence｜>",
    "<end_of_turn>",
    "[EOS]",
    "</s>",
)


def _end_of_text(text: str) -> int:
    """Where the text ends when trailing end-of-text tokens are not counted."""
    end = len(text)
    while True:
        while end and text[end - 1].isspace():
            end -= 1
        token = next((t for t in _ENDS if text.endswith(t, 0, end)), None)
        if token is None:
            return end
        end -= len(token)


# -- harmony: named channels instead of a pair of tags ----------------------------------------------

_CHANNEL = re.compile(
    r"<\|channel\|>\s{0,4}(?P<name>analysis|commentary|final)[^<\n]{0,200}"
    r"(?:<\|constrain\|>[^<\n]{0,200})?<\|message\|>"
)
_PREFILLED_CHANNEL = re.compile(r"\s*(?P<name>analysis|commentary|final)?<\|message\|>")
_CHANNEL_END = re.compile(r"<\|(?:end|return|call|start|channel)\|>")
_CHANNEL_CUT = re.compile(r"\s*(?:<\|start\|>assistant)?<\|channel\|>")
_BARE_FINAL = re.compile(r"(?P<mark>assistantfinal)(?=(?P<more>[a-z]?))")
_BARE_CHANNEL = re.compile(r"assistant(?:final|analysis|commentary)")
_GLUED = re.compile(r"analysis[^\sa-z<:;,.!?*_)\-]")


def _harmony(text: str) -> _Cut | None:
    """`<|channel|>analysis<|message|>…<|end|><|start|>assistant<|channel|>final<|message|>…`."""
    heads = [h for h in _CHANNEL.finditer(text) if text[h.start() - 1 : h.start()] not in QUOTES]
    prefilled = _PREFILLED_CHANNEL.match(text)
    if prefilled:
        heads.insert(0, prefilled)
    if not heads:
        if _CHANNEL_CUT.match(text):  # cut within the first header, before any message
            return _Cut("", "", "harmony", "truncated")
        return None
    # what precedes the first header belongs to a channel that was opened in the prompt
    thinking = [_CHANNEL_END.split(text[: heads[0].start()], maxsplit=1)[0]]
    answers: list[str] = []
    final = False
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        limit = following.start() if following else len(text)
        end = _CHANNEL_END.search(text, head.end(), limit)
        body = text[head.end() : end.start() if end else limit]
        final = head["name"] == "final"
        (answers if final else thinking).append(body)
    if not final:
        return _Cut(_joined(thinking), "", "harmony", "truncated")
    return _Cut(_joined(thinking), _last_with_text(answers), "harmony")


def _harmony_bare(text: str) -> _Cut | None:
    """`analysis…assistantfinal…`: harmony after somebody stripped its special tokens."""
    body = text.lstrip()
    opened = body.startswith("analysis") and (
        "assistantfinal" in body or _GLUED.match(body) is not None
    )
    marks = [
        m
        for m in _BARE_FINAL.finditer(body)
        if opened or (not m["more"] and body[m.start() - 1 : m.start()] not in QUOTES)
    ]
    start = len("analysis") if opened else 0
    if not marks:
        return _Cut(body[start:], "", "harmony-bare", "truncated") if opened else None
    last = marks[-1]
    if not body[last.end("mark") :].strip():
        last = marks[0]
    thinking = _BARE_CHANNEL.split(body[start : max(start, last.start())])
    return _Cut(_joined(thinking), body[last.end("mark") :], "harmony-bare")


def _joined(pieces: list[str]) -> str:
    return "\n\n".join(p.strip() for p in pieces if p.strip())


def _last_with_text(pieces: list[str]) -> str:
    return next((p for p in reversed(pieces) if p.strip()), "")


# -- pairs of tags --------------------------------------------------------------------------------

_SOLUTION = re.compile(r"<\|(?:end_of_solution|END_RESPONSE)\|>")


def _tagged(text: str, why: Why | None, plain: str) -> _Cut:
    tags = thinking_tags(text)
    family = _family(text, tags)
    if family is None:
        return _unwrapped(text, "", plain, why)
    separating = counted([t for t in tags if t.family == family])
    thinking, visible, unfinished = _pieces(text, separating)
    if unfinished is None:
        return _unwrapped(_last_with_text(visible), _joined(thinking), family, why)
    others = [t for t in tags if t.family != family and t.start >= unfinished and not t.mention]
    crossed = bool(others) and not any(t.opens for t in others)  # <think>…</thinking>…
    if crossed or _ends_in_answer_block(text, unfinished):
        return _Cut("", "", family, "malformed")
    return _Cut(_joined(thinking), "", family, "truncated")


def _ends_in_answer_block(text: str, start: int) -> bool:
    """A whole `<answer>…</answer>` at the end of thinking that nothing closed."""
    rest = text[start:].rstrip().lower()
    return rest.endswith("</answer>") and "<answer>" in rest


def _family(text: str, tags: list[Tag]) -> str | None:
    """The spelling that separates: at the very start, else a closing tag alone, else the first."""
    lone: str | None = None
    first: str | None = None
    for family in dict.fromkeys(t.family for t in tags):
        separating = counted([t for t in tags if t.family == family])
        if not separating:
            continue
        if separating[0].opens and not text[: separating[0].start].strip():
            return family
        if not separating[0].opens and lone is None:
            lone = family
        first = first or family
    return lone or first


def _pieces(text: str, tags: list[Tag]) -> tuple[list[str], list[str], int | None]:
    """Texts inside and outside of the tags, and where unfinished thinking starts, if it does."""
    inside: list[tuple[int, int]] = []
    outside: list[str] = []
    last_text = len(text.rstrip())
    thinking, cursor, before = not tags[0].opens, 0, 0  # before: the end of the tag before
    for tag in tags:
        if tag.opens and not thinking:
            outside.append(text[cursor : tag.start])
            thinking, cursor = True, tag.end
        elif not tag.opens and thinking:
            inside.append((cursor, tag.start))
            thinking, cursor = False, tag.end
        elif tag.opens:  # an opening tag again: the prompt's and the model's own, or a mention
            if cursor == before and not text[cursor : tag.start].strip():
                cursor = tag.end
        else:  # a closing tag again
            piece = text[cursor : tag.start]
            if piece.strip() and tag.end < last_text:
                inside[-1] = (inside[-1][0], tag.start)  # so it was still thinking
            elif piece.strip():
                outside.append(piece)
            cursor = tag.end
        before = tag.end
    if thinking:
        inside.append((cursor, len(text)))
    else:
        outside.append(text[cursor:])
    return [text[a:b] for a, b in inside], outside, cursor if thinking else None


def _unwrapped(visible: str, thinking: str, family: str, why: Why | None) -> _Cut:
    """The answer without the tags that stand around all of it."""
    solution = list(_SOLUTION.finditer(visible))
    body = (visible[: solution[-1].start()] if solution else visible).strip()
    tags = answer_tags(body)
    if not tags:
        return _Cut(thinking, body, family)
    closing = next((t for t in reversed(tags) if not t.opens), None)
    opening = next(
        (t for t in reversed(tags) if t.opens and (closing is None or t.end <= closing.start)), None
    )
    if opening is None:  # the opening tag stood in the prompt
        end = closing.start if closing and closing.end == len(body) else len(body)
        return _Cut(thinking, body[:end], family)
    if family != "none" and body[: tags[0].start].strip():
        return _Cut(thinking, body, family)  # the answer began before the tag
    # a server that stops at </answer> does not return it; anything else that lacks it was cut
    flaw: Status | None = "truncated" if closing is None and why != "stop" else None
    if family == "none":
        family, thinking = "answer", body[: opening.start]
    return _Cut(thinking, body[opening.end : closing.start if closing else None], family, flaw)
