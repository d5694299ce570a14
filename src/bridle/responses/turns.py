"""Where a model's own turn begins and ends in a text that still holds the tokens of its template.

    own_turn("It is 4.<|im_end|>\\n<|im_start|>user\\nAnd 5?") -> "It is 4."

A server that does not stop at the end of a turn returns what the model made up after it: the next
question, and the answer to that. It is cut off. A token in quotes or within a sentence is a word.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from bridle.responses.dialects import CUT_ENDS, TURN, cut_tail
from bridle.responses.tags import QUOTES, Tag, code_spans, in_sentence, within

_ROLE = r"(?:assistant|model|ASSISTANT|bot|ai|chatbot)"
# the header of the model's own turn, which belongs to the prompt
_OWN_HEADER = re.compile(
    rf"\s*(?:<bos>|<\|begin_of_text\|>|<｜begin▁of▁sentence｜>|<seed:bos>(?!{_ROLE})|<\|startoftext\|>)?"
    rf"\s*(?:<\|im_start\|>{_ROLE}(?=\s|$)|<\|start_header_id\|>{_ROLE}<\|end_header_id\|>"
    rf"|<\|header_start\|>{_ROLE}<\|header_end\|>|<start_of_turn>{_ROLE}(?=\s|$)|<\|turn>{_ROLE}(?=\s|$)"
    rf"|<｜Assistant｜>|<\|assistant\|>|<seed:bos>{_ROLE}(?=\s|$)|\]~b\]ai(?=\s|$)|\[\|assistant\|\]"
    r"|<\|START_OF_TURN_TOKEN\|><\|CHATBOT_TOKEN\|>|<\|assistant_start\|>|<role>ASSISTANT</role>"
    rf"|<\|start_of_role\|>{_ROLE}<\|end_of_role\|>|<longcat_assistant>"
    r'|<\|open\|>message role="assistant"<\|sep\|>|<｜hy_Assistant(?::opensource)?｜>|<\|begin_assistant\|>'
    rf"|<\|im_assistant\|>{_ROLE}?<\|im_middle\|>)?"
)

_RUN = re.compile(r"(?:<[^<>\s]{1,60}>|assistant|user|model){0,6}")  # more of the same


def without_header(text: str) -> str:
    """The text without the header of its own turn, where the prompt's end was returned with it."""
    found = _OWN_HEADER.match(text)
    return text[found.end() :] if found and found.group().strip() else text


def end_of_turn(text: str, tags: list[Tag]) -> int:
    """Where the model's turn ends; `tags` are the tags of thinking in the text.

    A token within thinking that is closed later is not the end of the turn.
    """
    starts = [t.start for t in tags]
    closings = [t.start for t in tags if not t.opens]
    openings = [t.start for t in tags if t.opens]
    strike = text.find("<s>")  # HTML: <s>struck</s>
    following = 0  # the first tag after the token, of each kind
    opening = 0
    code: list[tuple[int, int]] | None = None
    inside: int | None = None  # an end met within thinking: the turn's end if nothing closes it
    for found in TURN.finditer(text):
        at = found.start()
        tag = bisect_right(starts, at) - 1
        if tag >= 0 and at < tags[tag].end:  # a part of a tag of thinking
            continue
        if code is None:
            code = code_spans(text)
        if within(code, *found.span()):
            continue
        if talked_about(text, found) or (found.group() == "</s>" and 0 <= strike < at):
            continue
        while following < len(closings) and closings[following] < at:
            following, inside = following + 1, None
        while opening < len(openings) and openings[opening] < at:
            opening += 1
        closed_later = following < len(closings)
        opened_first = opening < len(openings) and (
            not closed_later or openings[opening] < closings[following]
        )
        if found["next"] or not closed_later or opened_first:
            return at if inside is None else inside
        inside = at if inside is None else inside
    return len(text)


def talked_about(text: str, found: re.Match[str]) -> bool:
    """A special token in quotes or within a sentence, which separates nothing."""
    left, right = found.span()
    run = _RUN.match(text, right)
    right = run.end() if run else right
    before = text[left - 1 : left] if left else ""
    quoted = before in QUOTES and text[right : right + 1] == QUOTES[before]
    if quoted or not in_sentence(text, left, right):
        return quoted
    after = text[right : right + 40]
    return after[0] in ".,;:!?)" or after.lstrip(" \t")[:1].islower()


def without_end(text: str) -> str:
    """The text without a token of its turn's end that was cut, `4<|im_e`."""
    kept = text[: len(text) - cut_tail(text, CUT_ENDS)]
    return kept if kept.strip() else text
