"""Dialects of named channels instead of a pair of tags: harmony, Muse, Inkling, and harmony stripped bare.

    channels("<|channel|>analysis<|message|>2+2<|end|><|start|>assistant<|channel|>final<|message|>4")
    -> Cut(thinking=["2+2"], answer="4", dialect="harmony")

A response is a row of messages, each to a channel: thinking, a tool, or the user. The answer is the
last message to the user; one that ends in a call of a tool holds none.
Sources: cookbook.openai.com, OpenAI harmony response format; vllm/reasoning/muse_glimmer_utils.py;
sglang/srt/parser/inkling_tokenizer.py.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from bridle.responses.response import Status
from bridle.responses.tags import QUOTES, in_sentence

Kind = Literal["thinking", "answer", "tool", "result"]


class Cut(NamedTuple):
    """The parts of an output before anything else is known about it."""

    thinking: str
    answer: str
    dialect: str
    flaw: Status | None = None  # "truncated", "malformed" or "no_answer", whatever the reason says


class _Head(NamedTuple):
    start: int
    end: int
    kind: Kind


class _Family(NamedTuple):
    name: str
    head: re.Pattern[str]
    prefilled: re.Pattern[str] | None  # what is left of a header that stood in the prompt
    end: re.Pattern[str]  # what ends a message
    cut: re.Pattern[str] | None  # a text cut within its first header


_HARMONY = _Family(
    "harmony",
    re.compile(
        r"(?:<\|start\|>(?P<role>[\w.-]{1,80})(?P<to> to=[^<\s]{1,200})?\s?)?"
        r"<\|channel\|>\s{0,4}(?P<name>analysis|commentary|final)(?P<rest>[^<\n]{0,200})"
        r"(?:<\|constrain\|>[^<\n]{0,200})?<\|message\|>"
    ),
    re.compile(r"\s*(?P<name>analysis|commentary|final)?(?P<role>)(?P<to>)(?P<rest>)<\|message\|>"),
    re.compile(r"<\|(?:end|return|call|start|channel)\|>"),
    re.compile(r"\s*(?:<\|start\|>assistant)?<\|channel\|>"),
)
_MUSE = _Family(
    "muse",
    re.compile(
        r"(?:<\|start\|>(?P<role>assistant))?[ \n]{0,2}to=(?P<name>[\w.-]{1,80})(?P<to>)(?P<rest>)<\|message\|>"
    ),
    None,
    re.compile(r"<\|(?:eom|eot|start)\|>"),
    re.compile(r"\s*(?:<\|start\|>assistant)?\s?to=self(?:<\|[a-z]{0,7})?\Z"),
)
_INKLING = _Family(
    "inkling",
    re.compile(
        r"(?:<\|message_model\|>[^<\n]{0,200})?<\|content_(?P<name>thinking|text|invoke_tool_json)\|>"
        r"(?P<role>)(?P<to>)(?P<rest>)"
    ),
    None,
    re.compile(r"<\|(?:end_message|message_model|content_model_end_sampling)\|>"),
    re.compile(r"\s*<\|message_model\|>(?:<\|[a-z_]{0,20})?\Z"),
)
_KINDS: dict[str, Kind] = {
    "analysis": "thinking",
    "commentary": "thinking",
    "final": "answer",
    "self": "thinking",
    "user": "answer",
    "thinking": "thinking",
    "text": "answer",
}


def channels(text: str) -> Cut | None:
    """The parts of a text in one of these dialects, or None where it is in none of them."""
    if "<|" not in text and "assistant" not in text and not text.lstrip().startswith("analysis"):
        return None
    for family in (_HARMONY, _MUSE, _INKLING) if "<|" in text else ():
        if (cut := _read(text, family)) is not None:
            return cut
    return _bare(text)


def _kind(found: re.Match[str]) -> Kind:
    if found["role"] and found["role"] != "assistant":
        return "result"  # what a tool answered, not the model
    recipient = found["to"] or ""
    if "to=" in recipient or "to=" in (found["rest"] or ""):
        return "tool"
    return _KINDS.get(found["name"] or "analysis", "tool")


def _read(text: str, family: _Family) -> Cut | None:
    heads = [
        _Head(*h.span(), _kind(h))
        for h in family.head.finditer(text)
        if text[h.start() - 1 : h.start()] not in QUOTES
        and not in_sentence(text, h.start(), h.end())
    ]
    prefilled = family.prefilled.match(text) if family.prefilled else None
    if prefilled and not (heads and heads[0].start < prefilled.end()):
        heads.insert(0, _Head(*prefilled.span(), _kind(prefilled)))
    if not heads:
        if family.cut and family.cut.match(text):  # cut within the first header
            return Cut("", "", family.name, "truncated")
        return None
    # what precedes the first header belongs to a channel that was opened in the prompt
    thinking = [family.end.split(text[: heads[0].start], maxsplit=1)[0]]
    answers: list[str] = []
    last: Kind = "thinking"
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        limit = following.start if following else len(text)
        end = family.end.search(text, head.end, limit)
        body = text[head.end : end.start() if end else limit]
        if head.kind == "answer":
            answers.append(body)
        elif head.kind != "result":
            thinking.append(body)
        last = head.kind
    if last == "answer":
        return Cut(joined(thinking), last_with_text(answers), family.name)
    flaw: Status = "no_answer" if last in ("tool", "result") else "truncated"
    return Cut(joined(thinking), "", family.name, flaw)


# -- harmony after somebody stripped its special tokens: `analysis…assistantfinal…` ----------------

_BARE_HEAD = re.compile(
    r"assistant(?P<name>final|analysis|commentary)(?P<rest> to=[\w.]{1,80}(?: ?(?:json|code))?)?"
)
_GLUED = re.compile(r"analysis[^\sa-z<:;,.!?*_)\-]")


def _bare(text: str) -> Cut | None:
    body = text.lstrip()
    begins = body.startswith("analysis")
    heads = [h for h in _BARE_HEAD.finditer(body) if _separates(body, h, begins)]
    # "analysis" opens thinking where a channel follows, or where it is glued to a sentence
    opened = begins and (bool(heads) or _GLUED.match(body) is not None)
    finals = [h for h in heads if h["name"] == "final"]
    start = len("analysis") if opened else 0
    if heads and heads[-1]["rest"] and heads[-1]["name"] != "final":
        return Cut(_thought(body, start, heads), "", "harmony-bare", "no_answer")
    if not finals:
        return Cut(body[start:], "", "harmony-bare", "truncated") if opened else None
    last = finals[-1]
    if not body[last.end() :].strip():
        last = finals[0]
    before = [h for h in heads if h.start() < last.start()]
    return Cut(_thought(body[: last.start()], start, before), body[last.end() :], "harmony-bare")


def _thought(body: str, start: int, heads: list[re.Match[str]]) -> str:
    starts = [start, *(h.end() for h in heads)]
    ends = [*(h.start() for h in heads), len(body)]
    return joined([body[a:b] for a, b in zip(starts, ends, strict=True)])


def _separates(body: str, head: re.Match[str], begins: bool) -> bool:
    """The word stands between two messages, not inside a sentence that talks about it."""
    if head["rest"]:
        return True
    before = body[head.start() - 1 : head.start()]
    after = body[head.end() : head.end() + 1]
    if before in QUOTES or after in QUOTES.values():
        return False
    if before and before in " \t" and (not after or after in " \t.,;:!?"):
        return False
    if begins:
        return True
    if head["name"] != "final" or not before:
        return False
    return not (after.islower() or (after and after in ".,;:!?-")) and before not in "-_/"


def joined(pieces: list[str]) -> str:
    """Several thoughts as one text, a blank line between them."""
    return "\n\n".join(p.strip() for p in pieces if p.strip())


def last_with_text(pieces: list[str]) -> str:
    """The last piece that is more than white space, or an empty text."""
    return next((p for p in reversed(pieces) if p.strip()), "")
