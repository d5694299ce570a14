r"""Raw model output, read once: what was thought, what was answered, and whether it was finished.

    read_response("<think>2+2 is 4</think>The answer is 4.")
    -> Response(thinking="2+2 is 4", answer="The answer is 4.", status="complete", dialect="think")

A tag counts only where it separates. In quotes, in code or in the middle of a sentence it is a word
that the model talks about, and stays in the text. The rules, in the order in which they apply:

- the text ends with the model's own turn: what it made up after that is cut off;
- thinking that was opened and never closed is `truncated`, and no part of it is an answer; if it
  ends in a call of a tool, there is `no_answer`;
- a closing tag alone ends thinking that began in the prompt (templates prefill the opening tag);
- of several closing tags the last one that is followed by text ends the thinking;
- with several blocks of thinking, the answer is the last piece of text outside of them: what stands
  before a later block is a draft that the model went back on;
- `<answer>` around all that is left is taken off; without thinking tags, what precedes it is thinking.
  One that is never closed is complete unless something says that it was cut: servers that stop at
  `</answer>` do not return it.

What one text cannot tell, the model's other responses may: `votes.py`, passed in as `hints`.
"""

from __future__ import annotations

from bridle.responses.channels import Cut, channels, joined, last_with_text
from bridle.responses.dialects import (
    AFTER_ANSWER,
    CUT_CLOSINGS,
    CUT_OPENINGS,
    CUT_WRAPPERS,
    PHRASES,
    TOOL_CLOSE,
    TOOL_OPEN,
    cut_tail,
)
from bridle.responses.finish_reasons import Ending, ending
from bridle.responses.response import ReadHow, Response, Status
from bridle.responses.tags import Tag, counted, in_sentence, thinking_tags, wrapper_tags
from bridle.responses.turns import end_of_turn, talked_about, without_end, without_header
from bridle.responses.votes import Hints
from bridle.text.invisible import visible


def read_response(
    raw: str | None,
    *,
    reasoning: str | None = None,
    finish_reason: str | None = None,
    hints: Hints | None = None,
) -> Response:
    """The thinking, the answer and the status of one raw output; never raises on any text.

    `raw` is the text as it came, with or without tags; `reasoning` is the provider's separate field
    of thinking, where there is one; `finish_reason` is the provider's word for why it ended, in any
    provider's spelling; `hints` is what the model's other responses say. Thinking and answer are
    returned without white space and invisible characters at their ends. Linear in the length of the
    text.
    """
    raw = raw or ""
    why = ending(finish_reason)
    hints = hints or Hints()
    how: ReadHow
    if reasoning is not None and visible(reasoning):
        cut = _with_field(_reading(raw, why, "field"), reasoning, why)
        how = "field"
    else:
        cut = _reading(raw, why)
        how = "plain" if cut.dialect == "none" else "marked"
    if why is None or why == "length":
        cut, how = _judged_by_others(raw, cut, how, hints, why)
    return Response(
        thinking=visible(cut.thinking),
        answer=visible(cut.answer),
        status=_status(cut, why),
        dialect=cut.dialect,
        raw=raw,
        finish_reason=finish_reason,
        read_how=how,
    )


def _status(cut: Cut, why: Ending | None) -> Status:
    if why == "error" or why == "refused":
        return why
    if why == "length":
        return "truncated"
    if cut.flaw == "malformed":
        return cut.flaw
    if why == "tool" or cut.flaw == "no_answer":
        return "no_answer"
    if cut.flaw:
        return cut.flaw
    return "complete" if visible(cut.answer) else "no_answer"


def _judged_by_others(
    raw: str, cut: Cut, how: ReadHow, hints: Hints, why: Ending | None
) -> tuple[Cut, ReadHow]:
    """What the model's other responses say about one that leaves it open."""
    if how == "plain" and hints.closes_thinking and visible(raw):
        return Cut(cut.answer, "", hints.closes_thinking, "truncated"), "voted cut"
    if unclosed_answer(raw) and how != "plain" and cut.flaw is None:
        if hints.closes_answer:
            return cut._replace(flaw="truncated"), "voted cut"
        if why is None:
            return cut, "voted stop" if hints.stops_at_answer else "assumed stop"
    return cut, how


# -- the parts of an output -----------------------------------------------------------------------


def _reading(text: str, why: Ending | None, plain: str = "none") -> Cut:
    """The parts of a text; `plain` is the dialect of one without any tags of thinking."""
    text = without_header(text)
    cut = channels(text) or _phrased(text)
    if cut is None:
        tags = thinking_tags(text)
        end = end_of_turn(text, tags)
        text = without_end(text[:end])
        cut = _tagged(text, [t for t in tags if t.end <= len(text)], why, plain)
    elif cut.answer:
        answer = cut.answer[: end_of_turn(cut.answer, [])]
        cut = _unwrapped(answer, cut.thinking, cut.dialect, why)
    return _without_tool_call(cut)


def _with_field(cut: Cut, field: str, why: Ending | None) -> Cut:
    """The provider split the thinking off; tags may have stayed in either part all the same."""
    inner = _reading(field, why)
    if inner.dialect == "answer":
        inner = Cut(field, "", "field")
    elif inner.dialect == "none":
        flaw = inner.flaw if inner.flaw == "no_answer" else None
        inner = Cut(inner.thinking or field, "", "field", flaw)
    elif (
        inner.flaw == "truncated"
    ):  # an opening tag left in the field: it ends where the field does
        inner = Cut(inner.thinking or field, "", "field")
    if visible(inner.answer) and not visible(cut.answer) and not cut.flaw:
        return inner  # the whole output landed in the field
    if inner.flaw == "no_answer" and not visible(cut.answer):
        cut = cut._replace(flaw="no_answer")
    if visible(cut.thinking) in inner.thinking:
        return cut._replace(thinking=inner.thinking)
    return cut._replace(thinking=joined([inner.thinking, cut.thinking]))


def _without_tool_call(cut: Cut) -> Cut:
    """A turn that ends in a call of a tool waits for the tool: it holds no answer yet."""
    text = cut.answer or (cut.thinking if cut.flaw == "truncated" else "")
    call = _call_at_the_end(text)
    if call is None:
        return cut
    if cut.answer:
        return cut._replace(answer=text[:call], flaw="no_answer")
    return cut._replace(flaw="no_answer")


def _call_at_the_end(text: str) -> int | None:
    """Where a call of a tool begins that the text ends with."""
    found = [
        m
        for m in TOOL_OPEN.finditer(text)
        if not (in_sentence(text, *m.span()) or text[m.start() - 1 : m.start()] in ("`", '"', "'"))
    ]
    if not found:
        return None
    close = TOOL_CLOSE[found[-1].group()]
    if not close or text.rstrip().endswith(close) or close not in text[found[-1].end() :]:
        return found[0].start()
    return None


# -- dialects that begin with a phrase ----------------------------------------------------------------


def _phrased(text: str) -> Cut | None:
    body = text.lstrip()
    for phrase in PHRASES:
        opened = phrase.open.match(body)
        if opened:
            closed = phrase.close.search(body, opened.end())
            if closed is None:
                thinking = body[opened.end() :]
                return Cut(thinking[: end_of_turn(thinking, [])], "", phrase.name, "truncated")
            return Cut(body[opened.end() : closed.start()], body[closed.end() :], phrase.name)
        if phrase.lone_close and (closed := phrase.lone_close.search(body)):
            return Cut(body[: closed.start()], body[closed.end() :], phrase.name)
    return None


# -- pairs of tags --------------------------------------------------------------------------------


def _tagged(text: str, tags: list[Tag], why: Ending | None, plain: str) -> Cut:
    family = _family(text, tags)
    if family is None:
        return _untagged(text, why, plain)
    separating = counted([t for t in tags if t.family == family])
    thinking, outside, unfinished = _pieces(text, separating)
    if unfinished is None:
        return _unwrapped(last_with_text(outside), joined(thinking), family, why)
    others = [t for t in tags if t.family != family and t.start >= unfinished and not t.mention]
    crossed = bool(others) and not any(t.opens for t in others)  # <think>…</thinking>…
    if crossed or _ends_in_answer_block(text, unfinished):
        return Cut("", "", family, "malformed")
    thought = joined(thinking)
    return Cut(thought[: len(thought) - cut_tail(thought, CUT_CLOSINGS)], "", family, "truncated")


def _untagged(text: str, why: Ending | None, plain: str) -> Cut:
    """A text without tags; it may have been cut within its first one, or within a closing one."""
    body = text.strip()
    if (n := cut_tail(body, CUT_OPENINGS)) and n == len(body):
        return Cut("", "", plain, "truncated")
    if (n := cut_tail(body, CUT_CLOSINGS)) >= 5:
        return Cut(body[:-n], "", plain, "truncated")
    return _unwrapped(text, "", plain, why)


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


def unclosed_answer(text: str) -> bool:
    """Whether the text opens an `<answer>` that it never closes."""
    if "<answer" not in text.lower():
        return False
    tags = [t for t in wrapper_tags(text) if t.family == "answer"]
    return bool(tags) and tags[-1].opens


def _unwrapped(answer: str, thinking: str, family: str, why: Ending | None) -> Cut:
    """The answer without the tags that stand around all of it."""
    ended = next((m for m in AFTER_ANSWER.finditer(answer) if not talked_about(answer, m)), None)
    body = (answer[: ended.start()] if ended else answer).strip()
    whole = len(body)
    if cut := cut_tail(body, CUT_WRAPPERS):  # cut within a tag: `<ans`, or `4</answ`
        body = body[: whole - cut].rstrip()
    tags = wrapper_tags(body)
    first = tags[0] if tags else None
    # without thinking only <answer> tells the answer from the rest; others must begin it
    name = first.family if first and family != "none" and first.start == 0 else "answer"
    tags = [t for t in tags if t.family == name]
    if not tags:
        opening = cut > 0 and answer.rstrip()[whole - cut : whole - cut + 2] != "</"
        return Cut(thinking, body, family, "truncated" if opening and not body else None)
    closing = next((t for t in reversed(tags) if not t.opens), None)
    opening_tag = next(
        (t for t in reversed(tags) if t.opens and (closing is None or t.end <= closing.start)), None
    )
    if opening_tag is None:  # the opening tag stood in the prompt
        end = closing.start if closing and closing.end == len(body) else len(body)
        return Cut(thinking, body[:end], family)
    if family != "none" and body[: tags[0].start].strip():
        return Cut(thinking, body, family)  # the answer began before the tag
    content = body[opening_tag.end : closing.start if closing else None]
    # a server that stops at </answer> does not return it; a box left open shows that it was cut
    stopped = (
        closing is not None or why == "stop" or (bool(content.strip()) and not _open_box(body))
    )
    if family == "none":
        family, thinking = "answer", body[: opening_tag.start]
    return Cut(thinking, content, family, None if stopped else "truncated")


def _open_box(text: str) -> bool:
    """Whether the last `\\boxed{` of the text is still open at its end."""
    at = text.rfind("\\boxed{")
    return at >= 0 and text.count("{", at) > text.count("}", at)
