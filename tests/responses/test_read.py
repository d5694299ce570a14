"""What a raw output says: one row a case, then properties over any text."""

from __future__ import annotations

import gc
import sys
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.responses import STATUSES, read_response

OK, CUT, NONE, BAD, REFUSED, ERROR = (
    "complete",
    "truncated",
    "no_answer",
    "malformed",
    "refused",
    "error",
)

# name: (raw, thinking, answer, status, dialect[, {reasoning, finish_reason}])
CASES: dict[str, tuple[Any, ...]] = {
    # no convention at all
    "plain": ("The answer is 4.", "", "The answer is 4.", OK, "none"),
    "plain, white space around": ("\n\n 4 \n", "", "4", OK, "none"),
    "empty": ("", "", "", NONE, "none"),
    "white space only": (" \n\t ", "", "", NONE, "none"),
    "None, as APIs send for no content": (None, "", "", NONE, "none"),
    "end-of-text tokens left by the server": ("4<|im_end|>\n</s>", "", "4", OK, "none"),
    "a sentence about thinking": ("I think </b> so", "", "I think </b> so", OK, "none"),
    # <think>
    "both tags": ("<think>2+2</think>4", "2+2", "4", OK, "think"),
    "both tags on lines": ("<think>\n2+2\n</think>\n\n4\n", "2+2", "4", OK, "think"),
    "upper case": ("<THINK>2+2</Think>4", "2+2", "4", OK, "think"),
    "prefilled opening": ("so it is 4\n</think>\n\n4", "so it is 4", "4", OK, "think"),
    "prefilled opening in one line": ("so it is 4 </think> It is 4", "so it is 4", "It is 4", OK, "think"),
    "unclosed": ("<think>so it is 4. Wait", "so it is 4. Wait", "", CUT, "think"),
    "unclosed, ended by itself": ("<think>hm", "hm", "", CUT, "think", {"finish_reason": "stop"}),
    "unclosed after a sentence": ("Let me see. <think>hm", "hm", "", CUT, "think"),
    "empty thinking": ("<think>\n\n</think>\n\n4", "", "4", OK, "think"),
    "thinking without an answer": ("<think>2+2</think>\n", "2+2", "", NONE, "think"),
    "only the opening tag": ("<think>", "", "", CUT, "think"),
    "only the closing tag": ("</think>4", "", "4", OK, "think"),
    "opening twice (prefilled and generated)": ("<think>\n<think>a</think>4", "a", "4", OK, "think"),
    "white space in front": ("\n <think>a</think>4", "a", "4", OK, "think"),
    "several blocks": ("<think>a</think>b<think>c</think>d", "a\n\nc", "d", OK, "think"),
    "several blocks, the last without text": ("<think>a</think>b<think>c</think>", "a\n\nc", "b", OK, "think"),
    "second block unfinished": ("<think>a</think>b\n<think>c", "a\n\nc", "", CUT, "think"),
    "closed twice": ("<think>a</think>b</think>c", "a</think>b", "c", OK, "think"),
    "closed twice, nothing after": ("<think>a</think>\n4\n</think>", "a", "4", OK, "think"),
    "closed twice in a row": ("<think>a</think></think>4", "a", "4", OK, "think"),
    "nested": ("<think>a<think>b</think>c</think>4", "a<think>b</think>c", "4", OK, "think"),
    "closing line inside code of the thinking": (
        "<think>\n```python\nx = 1\n</think>\n4\n```python\ny\n```",
        "```python\nx = 1",
        "4\n```python\ny\n```",
        OK,
        "think",
    ),
    # tags that are talked about
    "quoted in the thinking": (
        "<think>They want `</think>` or \"</think>\" here</think>4",
        "They want `</think>` or \"</think>\" here",
        "4",
        OK,
        "think",
    ),
    "mentioned in the thinking": (
        "<think>I must use <think> and </think> tags.\n</think>\n4",
        "I must use <think> and </think> tags.",
        "4",
        OK,
        "think",
    ),
    "pair quoted in the thinking": (
        '<think>the form "<think>...</think>" is asked\n</think>\n4',
        'the form "<think>...</think>" is asked',
        "4",
        OK,
        "think",
    ),
    "example in a code fence of the thinking": (
        "<think>\n```\n<think>x</think>\n```\nright\n</think>\n4",
        "```\n<think>x</think>\n```\nright",
        "4",
        OK,
        "think",
    ),
    "cut after a quoted closing tag": ("<think>then `</think>` and", "then `</think>` and", "", CUT, "think"),
    "quoted in the answer": (
        "<think>a</think>Close it with `</think>`. 4",
        "a",
        "Close it with `</think>`. 4",
        OK,
        "think",
    ),
    "mentioned in the answer": (
        "<think>a</think>\nThe </think> tag ends it. 4",
        "a",
        "The </think> tag ends it. 4",
        OK,
        "think",
    ),
    "opening tag mentioned in the answer": (
        "<think>a</think>\nPut it after the <think> tag: 4",
        "a",
        "Put it after the <think> tag: 4",
        OK,
        "think",
    ),
    "quoted in a plain answer": ("Use `<think>` first.", "", "Use `<think>` first.", OK, "none"),
    "mentioned in a plain answer": (
        "Use <think> and </think> to reason.",
        "",
        "Use <think> and </think> to reason.",
        OK,
        "none",
    ),
    "answer in quotation marks": (
        '<think>so "4"</think>"The answer is 4"',
        'so "4"',
        '"The answer is 4"',
        OK,
        "think",
    ),
    "all of it in quotation marks": ('"<think>a</think>4"', 'a', '4"', OK, "think"),
    # other pairs
    "<thinking>": ("<thinking>a</thinking>4", "a", "4", OK, "thinking"),
    "<reasoning>": ("<reasoning>\na\n</reasoning>\n4", "a", "4", OK, "reasoning"),
    "<thought>": ("<thought>a</thought>4", "a", "4", OK, "thought"),
    "<thinking> unclosed": ("<thinking>a", "a", "", CUT, "thinking"),
    "[THINK]": ("[THINK]a[/THINK]4", "a", "4", OK, "[THINK]"),
    "[THINK] unclosed": ("[THINK]a", "a", "", CUT, "[THINK]"),
    "[/THINK] alone": ("a[/THINK]4", "a", "4", OK, "[THINK]"),
    "◁think▷": ("◁think▷a◁/think▷4", "a", "4", OK, "◁think▷"),
    "<seed:think>": ("<seed:think>a</seed:think>4", "a", "4", OK, "seed:think"),
    "cohere": (
        "<|START_THINKING|>a<|END_THINKING|><|START_RESPONSE|>4<|END_RESPONSE|>",
        "a",
        "4",
        OK,
        "START_THINKING",
    ),
    "begin_of_thought": (
        "<|begin_of_thought|>\na\n<|end_of_thought|>\n\n<|begin_of_solution|>\n4\n<|end_of_solution|>",
        "a",
        "4",
        OK,
        "begin_of_thought",
    ),
    "begin_of_thought, closed by the solution": (
        "<|begin_of_thought|>a<|begin_of_solution|>4<|end_of_solution|>",
        "a",
        "4",
        OK,
        "begin_of_thought",
    ),
    "begin_of_thought unclosed": ("<|begin_of_thought|>a", "a", "", CUT, "begin_of_thought"),
    "another pair inside": (
        "<think>a <thought>b</thought> c</think>4",
        "a <thought>b</thought> c",
        "4",
        OK,
        "think",
    ),
    "opened as one, closed as another": ("<think>a</thinking>4", "", "", BAD, "think"),
    "never closed, but an answer block": ("<think>a <answer>4</answer>", "", "", BAD, "think"),
    "an answer that is not seen": ("<think>a</think>\u200b\ufeff", "a", "", NONE, "think"),
    "not seen at the ends": ("\ufeff<think>\u200b</think>\u200f4\u200f", "", "4", OK, "think"),
    # <answer>
    "answer tags": ("a\n<answer>4</answer>", "a", "4", OK, "answer"),
    "think and answer tags": ("<think>a</think>\n<answer>\n4\n</answer>", "a", "4", OK, "think"),
    "answer tags, then more": ("<think>a</think><answer>4</answer>\nBye.", "a", "4", OK, "think"),
    "answer tags later in the answer": (
        "<think>a</think>It is <answer>4</answer>",
        "a",
        "It is <answer>4</answer>",
        OK,
        "think",
    ),
    "answer tag not closed, nothing says cut": ("<think>a</think><answer>4", "a", "4", OK, "think"),
    "answer tag not closed, cut": (
        "<think>a</think><answer>4",
        "a",
        "4",
        CUT,
        "think",
        {"finish_reason": "length"},
    ),
    "answer tag not closed, a box left open": (r"<think>a</think><answer>\boxed{4", "a", r"\boxed{4", CUT, "think"),
    "answer tag closed by a misspelt one": ("So\n<answer>4, 5</answer}", "So", "4, 5", OK, "answer"),
    "cut within the answer's opening": ("<think>a</think> \n<answer", "a", "", CUT, "think"),
    "cut within the answer's closing": ("<think>a</think><answer>4</ans", "a", "4", OK, "think"),
    "answer tag not closed, stopped at it": (
        "<think>a</think><answer>4",
        "a",
        "4",
        OK,
        "think",
        {"finish_reason": "stop"},
    ),
    "answer tag opened in the prompt": ("<think>a</think>4</answer>", "a", "4", OK, "think"),
    "answer tags twice": ("a <answer>3</answer>. b\n<answer>4</answer>", "a <answer>3</answer>. b", "4", OK, "answer"),
    "answer tag mentioned": ("Write the <answer> tag.", "", "Write the <answer> tag.", OK, "none"),
    # harmony
    "harmony": (
        "<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>4<|return|>",
        "a",
        "4",
        OK,
        "harmony",
    ),
    "harmony with its first header": (
        "<|start|>assistant<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>4",
        "a",
        "4",
        OK,
        "harmony",
    ),
    "harmony with commentary": (
        "<|channel|>analysis<|message|>a<|end|><|channel|>commentary to=f <|constrain|>json<|message|>{}<|call|>"
        "<|channel|>final<|message|>4",
        "a\n\n{}",
        "4",
        OK,
        "harmony",
    ),
    "harmony, analysis opened in the prompt": (
        "a<|end|><|start|>assistant<|channel|>final<|message|>4<|return|>",
        "a",
        "4",
        OK,
        "harmony",
    ),
    "harmony without a final channel": ("<|channel|>analysis<|message|>a. So", "a. So", "", CUT, "harmony"),
    "harmony cut in a header": ("<|channel|>anal", "", "", CUT, "harmony"),
    "harmony, final empty": (
        "<|channel|>analysis<|message|>a<|end|><|channel|>final<|message|>",
        "a",
        "",
        NONE,
        "harmony",
    ),
    "harmony quoted": ("It prints `<|channel|>final<|message|>`.", "", "It prints `<|channel|>final<|message|>`.", OK, "none"),
    "harmony, tags in the analysis": (
        "<|channel|>analysis<|message|>no <think> here<|end|><|channel|>final<|message|>4",
        "no <think> here",
        "4",
        OK,
        "harmony",
    ),
    "harmony and answer tags": (
        "<|channel|>analysis<|message|>a<|end|><|channel|>final<|message|><answer>4</answer><|return|>",
        "a",
        "4",
        OK,
        "harmony",
    ),
    "bare harmony": ("analysisWe add.assistantfinalIt is 4.", "We add.", "It is 4.", OK, "harmony-bare"),
    "bare harmony, lower case": ("analysiswe add.assistantfinal4", "we add.", "4", OK, "harmony-bare"),
    "bare harmony unfinished": ("analysisWe add 2 and", "We add 2 and", "", CUT, "harmony-bare"),
    "bare harmony with commentary": (
        "analysisA.assistantcommentaryB.assistantfinal4",
        "A.\n\nB.",
        "4",
        OK,
        "harmony-bare",
    ),
    "bare harmony, analysis in the prompt": ("We add.assistantfinalIt is 4.", "We add.", "It is 4.", OK, "harmony-bare"),
    "a word that begins alike": ("analysis of x: 4", "", "analysis of x: 4", OK, "none"),
    # the provider's own field
    "field": ("4", "a", "4", OK, "field", {"reasoning": "a"}),
    "field, empty": ("4", "", "4", OK, "none", {"reasoning": "  "}),
    "field and the same thinking in tags": ("<think>a</think>4", "a", "4", OK, "think", {"reasoning": "a"}),
    "field and other thinking in tags": ("<think>b</think>4", "a\n\nb", "4", OK, "think", {"reasoning": "a"}),
    "field with its tags left": ("4", "a", "4", OK, "field", {"reasoning": "<think>\na\n</think>"}),
    "field with its opening tag left": ("4", "a", "4", OK, "field", {"reasoning": "<think>a"}),
    "closing tag left in the text": ("</think>4", "a", "4", OK, "think", {"reasoning": "a"}),
    "all of it in the field": ("", "a", "4", OK, "think", {"reasoning": "a</think>4"}),
    "field without an answer": ("", "a", "", NONE, "field", {"reasoning": "a", "finish_reason": "stop"}),
    "field cut": ("", "a", "", CUT, "field", {"reasoning": "a", "finish_reason": "length"}),
    "field, answer cut": ("The ans", "a", "The ans", CUT, "field", {"reasoning": "a", "finish_reason": "length"}),
    "field, unclosed tag in the text": ("<think>b", "a\n\nb", "", CUT, "think", {"reasoning": "a"}),
    "field and answer tags": ("<answer>4</answer>", "a", "4", OK, "field", {"reasoning": "a"}),
    "field, answer tags later in the answer": (
        "So <answer>4</answer>",
        "a",
        "So <answer>4</answer>",
        OK,
        "field",
        {"reasoning": "a"},
    ),
    # why it ended
    "answer cut": ("<think>a</think>The ans", "a", "The ans", CUT, "think", {"finish_reason": "length"}),
    "max_tokens": ("x", "", "x", CUT, "none", {"finish_reason": "max_tokens"}),
    "model_length": ("x", "", "x", CUT, "none", {"finish_reason": "model_length"}),
    "Gemini's spelling": ("x", "", "x", CUT, "none", {"finish_reason": "FinishReason.MAX_TOKENS"}),
    "length without a word": ("", "", "", CUT, "none", {"finish_reason": "length"}),
    "end_turn": ("x", "", "x", OK, "none", {"finish_reason": "end_turn"}),
    "content filter": ("x", "", "x", REFUSED, "none", {"finish_reason": "content_filter"}),
    "content filter within thinking": ("<think>x", "x", "", REFUSED, "think", {"finish_reason": "content-filter"}),
    "refusal": ("", "", "", REFUSED, "none", {"finish_reason": "refusal"}),
    "SAFETY": ("", "", "", REFUSED, "none", {"finish_reason": "SAFETY"}),
    "aborted": ("x", "", "x", ERROR, "none", {"finish_reason": "abort"}),
    "unknown word": ("x", "", "x", OK, "none", {"finish_reason": "banana"}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    raw, thinking, answer, status, dialect, *more = CASES[name]
    got = read_response(raw, **(more[0] if more else {}))
    assert (got.thinking, got.answer, got.status, got.dialect) == (
        thinking,
        answer,
        status,
        dialect,
    )
    assert got.raw == (raw or "")


TAGS = [
    "<think>", "</think>", "<thinking>", "</reasoning>", "<thought>", "[THINK]", "[/THINK]",
    "<|begin_of_thought|>", "<|end_of_thought|>", "<|begin_of_solution|>", "<|end_of_solution|>",
    "<answer>", "</answer>", "<|channel|>", "analysis", "final", "<|message|>", "<|end|>",
    "<|start|>assistant", "assistantfinal", "◁think▷", "◁/think▷", "`", "```\n", '"', "\n", " ",
    "</s>", "word", ". ", "\\boxed{4}", "\ud800", "\x00", "é", "思考",
]  # fmt: skip
texts = st.one_of(st.text(), st.lists(st.sampled_from(TAGS), max_size=25).map("".join))
ends = st.sampled_from([None, "stop", "length", "content_filter", "nonsense", ""])


@settings(derandomize=True, deadline=None, max_examples=150)
@given(raw=texts, reasoning=st.none() | texts, finish=ends)
def test_any_text_is_read(raw: str, reasoning: str | None, finish: str | None) -> None:
    got = read_response(raw, reasoning=reasoning, finish_reason=finish)
    assert got.status in STATUSES
    assert got.answer in raw or (reasoning is not None and got.answer in reasoning)
    everything = raw + (reasoning or "")
    assert all(piece in everything for piece in got.thinking.split("\n\n"))
    if got.status == "complete":
        assert got.answer.strip()
    if finish == "length":
        assert got.status == "truncated"
    if finish == "content_filter":
        assert got.status == "refused"


words = st.text(st.characters(codec="ascii", categories=("L", "N", "P", "Z")), max_size=80).filter(
    lambda s: not set(s) & set("<>[]`\"'|(")
)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    thinking=words,
    answer=words.filter(lambda s: bool(s.strip())),
    tag=st.sampled_from(["think", "thought"]),
)
def test_what_was_written_is_read_back(thinking: str, answer: str, tag: str) -> None:
    got = read_response(f"<{tag}>\n{thinking}\n</{tag}>\n{answer}")
    assert (got.thinking, got.answer, got.status) == (thinking.strip(), answer.strip(), "complete")
    cut = read_response(f"<{tag}>\n{thinking}")
    assert (cut.thinking, cut.answer, cut.status) == (thinking.strip(), "", "truncated")


HOSTILE = [
    "<think>", "</think>", "<think> x </think> ", "a</think>", "`<think>", "```\n<think>\n", '"<think>',
    "<answer>", "<answer>a</answer>", "</s>", "<|channel|>", "<|channel|>final<|message|>",
    "<|channel|>final aaaa", "assistantfinal", " ", "\n", "`", "a",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("head", ["", "analysis"])
def test_cost_grows_with_length_only(unit: str, head: str) -> None:
    """Counts the interpreter's steps, not seconds: four times the text, at most five times the work."""

    def steps(n: int) -> int:
        text = head + unit * (n // len(unit))
        count = 0

        def tally(*_: object) -> None:
            nonlocal count
            count += 1

        gc.disable()  # its callbacks would be counted
        sys.setprofile(tally)
        try:
            read_response(text)
        finally:
            sys.setprofile(None)
            gc.enable()
        return count

    assert steps(40_000) <= 5 * steps(10_000) + 200


def test_a_megabyte_of_tags_takes_seconds() -> None:
    """Catches what steps do not show: copying or scanning the whole text once a tag."""
    started = time.perf_counter()
    assert read_response("<think>" * 150_000).status == "truncated"
    assert time.perf_counter() - started < 20
