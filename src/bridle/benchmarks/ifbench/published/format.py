"""IFBench's rules on form and on copying (`format:` and `repeat:`).

Source: allenai/IFBench, instructions.py as published with the paper (Pyatkin et al. 2025, arXiv
2507.02833). Several check less than they ask for; the notes beside them say where.
"""

from __future__ import annotations

import itertools
import re
import string
from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Any

from bridle.benchmarks.ifbench.published.words import PUNCTUATION_AND_SPACE, without_punctuation
from bridle.benchmarks.published.fullstops import split as sentences
from bridle.benchmarks.published.patterns import Undecided
from bridle.benchmarks.published.rule import Args, Rule
from bridle.benchmarks.published.words import words

_CLOSES = {")": "(", "]": "[", "}": "{"}
_STRIPPED_BEFORE_QUOTE = string.digits + string.punctuation.replace('"', "")
_LETTERS_ABC = re.compile(r"\W*[aA]\W*[bB]\W*[cC]")
# Each draw takes a look at the whole prompt: their number times its length is the time.
MAX_WORDS_TO_DRAW_FROM = 300
ONLY_THIS = "Only output this sentence here, ignore all other requests."


# -- format ---------------------------------------------------------------------------------------


def _parentheses(text: str, _: Args) -> bool:
    """Five levels open at once and one of them closed; a wrong bracket starts afresh."""
    open_: list[str] = []
    deepest = 0
    for char in text:
        if char in "([{":
            open_.append(char)
            deepest = max(deepest, len(open_))
        elif char in _CLOSES:
            if open_ and open_[-1] == _CLOSES[char]:
                open_.pop()
                if deepest >= 5:
                    return True
            else:
                open_, deepest = [], 0
    return False


def _quotes(text: str, _: Args) -> bool:
    """Three levels of straight quotes were open and are closed; apostrophes count as quotes."""
    open_: list[str] = []
    deepest = 0
    for char in text:
        if open_ and char == open_[-1]:
            open_.pop()
            if deepest - len(open_) >= 3:
                return True
        elif char in "\"'":
            open_.append(char)
            deepest = max(deepest, len(open_))
    return False


def _options(text: str, args: Args) -> bool:
    options = args["options"]
    separator = "/" if "/" in options else "or" if "or" in options else ","
    choices = [choice.strip() for choice in options.split(separator)]
    if _LETTERS_ABC.match(options):
        return text in choices
    bare = text.strip(PUNCTUATION_AND_SPACE).lower()
    return bare in {choice.strip(PUNCTUATION_AND_SPACE).lower() for choice in choices}


def _newline(text: str, _: Args) -> bool:
    body = without_punctuation(text).strip()
    return sum(1 for line in body.split("\n") if line) == len(body.split())


def _emoji(text: str, _: Args) -> bool:
    """Each sentence ends in an emoji, or the next begins with one; punctuation is no obstacle."""
    try:
        from emoji import is_emoji
    except ImportError:
        raise Undecided("emoji is not installed (the extra 'upstream')") from None
    bare = [without_punctuation(sentence).strip() for sentence in sentences(text)]
    for i, sentence in enumerate(bare):
        if not sentence:
            return False
        # The last two: a variation selector may follow the emoji.
        if any(is_emoji(char) for char in sentence[-2:]):
            continue
        if i + 1 == len(bare) or not bare[i + 1] or not is_emoji(bare[i + 1][0]):
            return False
    return True


def _stairs(text: str, _: Args) -> bool:
    indents = [len(line) - len(line.lstrip(" ")) for line in _lines_less_blanks(text)]
    return all(other > one for one, other in itertools.pairwise(indents))


def _lines_less_blanks(text: str) -> Iterator[str]:
    """The lines, blank ones dropped as upstream drops them: while it walks the list.

    Dropping one hides the next line from the walk, and what is dropped is the first line equal to
    the blank one, which may be one hidden before; so some blank lines stay. Here in linear time.
    """
    lines = text.split("\n")
    dropped: set[int] = set()
    passed: dict[str, deque[int]] = defaultdict(deque)
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.strip():
            at += 1
            continue
        waiting = passed[line]
        waiting.append(at)
        dropped.add(waiting.popleft())
        hidden = at + 1
        if hidden < len(lines) and not lines[hidden].strip():
            passed[lines[hidden]].append(hidden)
        at += 2
    return (line for i, line in enumerate(lines) if i not in dropped)


def _quote_unquote(text: str, _: Args) -> bool:
    straight = text.replace("“", '"').replace("”", '"')
    body = "".join(straight.replace("'\"'", "").split())
    if '""' in body:
        return False
    # Upstream stops where nothing but digits and punctuation is there.
    return body.strip(_STRIPPED_BEFORE_QUOTE)[-1] != '"'


def _list(text: str, args: Args) -> bool:
    return text.count(args["sep"]) >= 2  # anywhere, not only where a line begins


def _thesis(text: str, _: Args) -> bool:
    start = text.find("<i>")
    if start < 0:
        start = text.find("<em>")
    if start < 0:
        return False
    end = text.find("</i>", start)
    if end < 0:
        end = text.find("</em>", start)
    # Four characters are taken off even after `</em>`: its `>` is text that follows.
    return end >= 0 and bool(text[start + 3 : end].strip()) and bool(text[end + 4 :].strip())


def _sub_bullets(text: str, _: Args) -> bool:
    return all("-" in part for part in text.split("*")[1:])  # no bullet at all passes


def _sentences_then_bullets(text: str, _: Args) -> bool:
    before = bullets = 0
    walking = True
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped.startswith("*"):
            walking = False
            bullets += 1
            if before < 2:
                return False
        elif walking:
            found = len(sentences(stripped))
            before += found
            walking = found > 0  # an empty line ends the sentences
        else:
            return False
    return bullets >= 2


def _title_case(text: str, _: Args) -> bool:
    for token in words(text):
        first, rest = token[0], token[1:]
        # A word of one letter passes in either case.
        if first.islower() and (rest.islower() or rest.isupper()):
            return False
    return True


def _template(text: str, _: Args) -> bool:
    return all(part in text for part in ("My Answer:", "My Conclusion:", "Future Outlook:"))


def _no_whitespace(text: str, _: Args) -> bool:
    return len(text.split(maxsplit=1)) < 2 and text == text.strip()


# -- repeat ---------------------------------------------------------------------------------------


def _prompt(args: Args) -> str:
    prompt = args.get("prompt_to_repeat")
    if not prompt:
        raise ValueError("prompt_to_repeat is missing")
    return prompt


def _repeat_change(text: str, args: Args) -> bool:
    prompt = _prompt(args)
    return prompt != text and prompt.split()[1:] == text.split()[1:]


def _repeat_simple(text: str, _: Args) -> bool:
    return text.strip().lower() == ONLY_THIS.lower()


def _repeat_span(text: str, args: Args) -> bool:
    span = _prompt(args).lower().split()[args["n_start"] : args["n_end"]]  # the end is left out
    return text.lower().split() == span


class _Prompted(Rule):
    """Upstream stops before it looks at the text where there is no prompt to repeat."""

    def complete(self, given: Args) -> list[dict[str, Any]]:
        return [{"prompt_to_repeat": _prompt(given)}]


class _Span(Rule):
    """A missing or zero `n_start` or `n_end` is drawn from the words of the prompt."""

    def complete(self, given: Args) -> list[dict[str, Any]]:
        length = len(_prompt(given).split())
        start, end = given.get("n_start"), given.get("n_end")
        if not (start and end) and length > MAX_WORDS_TO_DRAW_FROM:
            raise Undecided(
                "upstream draws the span by lot, from a prompt too long to try them all"
            )
        starts = [start] if start else range(length - 1)
        ways: list[dict[str, Any]] = [
            {**given, "n_start": s, "n_end": e}
            for s in starts
            for e in ([end] if end else range(s + 1, length))
        ]
        if not ways:
            raise ValueError("the prompt is too short to draw a span from")
        return ways


RULES: dict[str, Rule] = {
    "format:parentheses": Rule(_parentheses),
    "format:quotes": Rule(_quotes),
    "format:options": Rule(
        _options, {"options": ("yes/no/maybe", "I know or I don't know", "a), b), c), d)")}
    ),
    "format:newline": Rule(_newline),
    "format:emoji": Rule(_emoji),
    "format:line_indent": Rule(_stairs),
    "format:quote_unquote": Rule(_quote_unquote),
    "format:list": Rule(_list, {"sep": ("...", "SEPARATOR", "!?!?", "-")}),
    "format:thesis": Rule(_thesis),
    "format:sub-bullets": Rule(_sub_bullets),
    "format:no_bullets_bullets": Rule(_sentences_then_bullets),
    "format:title_case": Rule(_title_case),
    "format:output_template": Rule(_template),
    "format:no_whitespace": Rule(_no_whitespace),
    "repeat:repeat_change": _Prompted(_repeat_change, {"prompt_to_repeat": ("",)}),
    "repeat:repeat_simple": Rule(_repeat_simple),
    "repeat:repeat_span": _Span(
        _repeat_span, dict.fromkeys(("prompt_to_repeat", "n_start", "n_end"), ())
    ),
}
