"""What each of IFEval's 25 rules asks of a text, as its published code reads it, quirks and all.

    no_comma("1\\\\,000", {})  -> False: a thin space of LaTeX is a comma

Each takes the text and the rule's arguments and says whether upstream would call it obeyed. Takes time
linear in the text.  Source: as `instructions.py`.
"""

from __future__ import annotations

import json
import re

from bridle.benchmarks.published import language
from bridle.benchmarks.published.patterns import count, search
from bridle.benchmarks.published.punkt import count_sentences
from bridle.benchmarks.published.rule import Args
from bridle.benchmarks.published.words import words

# -- thresholds -----------------------------------------------------------------------------------


def _holds(observed: int, threshold: int, relation: str) -> bool:
    if relation == "less than":
        return observed < threshold
    return observed >= threshold


_WORD = re.compile(r"\w+")


def count_words(text: str) -> int:
    """Runs of letters, digits and underscores: `isn't` is two, `3.14` is two.

    As nltk counted them up to 3.9; 3.10 asks another engine, to which `x²` holds one letter only.
    """
    return sum(1 for _ in _WORD.finditer(text))


def number_words(text: str, args: Args) -> bool:
    return _holds(count_words(text), args["num_words"], args["relation"])


def number_sentences(text: str, args: Args) -> bool:
    return _holds(count_sentences(text), args["num_sentences"], args["relation"])


def capital_words(text: str, args: Args) -> bool:
    capitals = sum(1 for word in words(text) if word.isupper()) if not text.islower() else 0
    return _holds(capitals, args["capital_frequency"], args["capital_relation"])


def letter_frequency(text: str, args: Args) -> bool:
    letter = args["letter"].strip().lower()
    # Upstream looks it up among single characters: a blank one, stripped, is never there.
    found = text.lower().count(letter) if len(letter) == 1 else 0
    return _holds(found, args["let_frequency"], args["let_relation"])


# -- keywords: regular expressions, upper and lower case alike ------------------------------------


def keywords(text: str, args: Args) -> bool:
    return all(search(word, text) for word in sorted(args["keywords"]))


def keyword_frequency(text: str, args: Args) -> bool:
    return _holds(count(args["keyword"].strip(), text), args["frequency"], args["relation"])


def forbidden(text: str, args: Args) -> bool:
    return not any(
        search(r"\b" + word + r"\b", text) for word in sorted(set(args["forbidden_words"]))
    )


# -- format ---------------------------------------------------------------------------------------


def bullets(text: str, args: Args) -> bool:
    return count_bullets(text) == args["num_bullets"]


def count_bullets(text: str) -> int:
    """Lines that begin with `-` (rules and negative numbers too) or with `*` but not `**`."""
    return _count_lines_led_by(text, "*", not_doubled=True) + _count_lines_led_by(text, "-")


def _count_lines_led_by(text: str, sign: str, *, not_doubled: bool = False) -> int:
    """Matches of upstream's `^\\s*SIGN.*$`, where the space may run over several lines."""
    found = position = 0
    while (at := text.find(sign, position)) >= 0:
        start = at
        while start > position and text[start - 1] != "\n" and text[start - 1].isspace():
            start -= 1
        leads = start == 0 or text[start - 1] == "\n"
        position = at + 1
        if not leads or (not_doubled and (position == len(text) or text[position] == "*")):
            continue
        found += 1
        # A lone `*` takes the line break for its character, and with it the whole next line.
        line_from = position + 1 if not_doubled else position
        end = text.find("\n", line_from)
        position = len(text) if end < 0 else end
    return found


_EMPHASIS = re.compile(r"\*[^\n*]*\*")
_STRONG = re.compile(r"\*\*[^\n*]*\*\*")


def count_highlights(text: str) -> int:
    """`*…*` with something inside, and `**…**` again: bold is found by both where `*` pair up."""
    single = sum(1 for m in _EMPHASIS.finditer(text) if m.group().strip("*").strip())
    return single + sum(1 for m in _STRONG.finditer(text) if m.group()[2:-2].strip())


def highlights(text: str, args: Args) -> bool:
    return count_highlights(text) >= args["num_highlights"]


def sections(text: str, args: Args) -> bool:
    pattern = rf"\s?{args['section_spliter'].strip()}\s?\d+\s?"
    found = count(pattern, text, 0)  # first: it has no verdict on what cannot be compiled
    # A group in the splitter adds to what upstream's `re.split` returns.
    groups = re.compile(pattern).groups if "(" in pattern else 0
    return found * (1 + groups) >= args["num_sections"]


def paragraphs(text: str, args: Args) -> bool:
    parts = re.split(r"\s?\*\*\*\s?", text)
    if any(not part.strip() for part in parts[1:-1]):
        return False
    return sum(1 for part in parts if part.strip()) == args["num_paragraphs"]


def paragraph_first_word(text: str, args: Args) -> bool:
    wanted, nth = args["num_paragraphs"], args["nth_paragraph"]
    parts = text.split("\n\n")
    full = sum(1 for part in parts if part.strip())
    if nth > full:
        return False
    paragraph = parts[nth - 1].strip()  # empty ones count here, though they do not above
    if not paragraph:
        return False
    word = paragraph.split(maxsplit=1)[0].lstrip("'").lstrip('"')
    first = re.split(r"[.,?!'\"]", word, maxsplit=1)[0]
    # Letter by letter: a final sigma is not one where a whole word is lowered.
    lowered = "".join(letter.lower() for letter in first)
    return full == wanted and lowered == args["first_word"].lower()


def placeholders(text: str, args: Args) -> bool:
    return count_placeholders(text) >= args["num_placeholders"]


def count_placeholders(text: str) -> int:
    """`[…]` within a line, the shortest; a footnote `[1]` and a link are ones too."""
    found = 0
    for line in text.split("\n"):
        position = line.find("[")
        while position >= 0:
            end = line.find("]", position)
            if end < 0:
                break
            found += 1
            position = line.find("[", end)
    return found


def postscript(text: str, args: Args) -> bool:
    marker = args["postscript_marker"].strip()
    known = {"P.P.S": r"p\.\s?p\.\s?s", "P.S.": r"p\.\s?s\."}
    # Upstream's pattern goes on before and after: a marker that begins with a repeat has one here.
    pattern = known[marker] if marker in known else rf"\s?{marker.lower()}"
    return search(pattern, text.lower(), re.MULTILINE)


def title(text: str, _: Args) -> bool:
    for line in text.split("\n"):
        start, end = line.find("<<"), line.rfind(">>")
        if start >= 0 and start + 3 <= end and line[start:end].lstrip("<").rstrip(">").strip():
            return True
    return False


def is_json(text: str, _: Args) -> bool:
    body = text.strip()
    for fence in ("```json", "```Json", "```JSON", "```"):
        body = body.removeprefix(fence)
    try:
        json.loads(body.removesuffix("```").strip())
    except ValueError:
        return False
    return True  # RecursionError: upstream stops, and so `Rule.decide` has no verdict


# -- the edges ------------------------------------------------------------------------------------


def end(text: str, args: Args) -> bool:
    return text.strip().strip('"').lower().endswith(args["end_phrase"].strip().lower())


def quotation(text: str, _: Args) -> bool:
    body = text.strip()
    return len(body) > 1 and body[0] == '"' and body[-1] == '"'


# -- copies and combinations ----------------------------------------------------------------------


def repeat_prompt(text: str, args: Args) -> bool:
    return text.strip().lower().startswith(args["prompt_to_repeat"].strip().lower())


def two_responses(text: str, _: Args) -> bool:
    parts = text.split("******")
    if any(not part.strip() for part in parts[1:-1]):
        return False
    full = [part.strip() for part in parts if part.strip()]
    return len(full) == 2 and full[0] != full[1]


def constrained_response(text: str, _: Args) -> bool:
    return any(f"My answer is {option}." in text for option in ("yes", "no", "maybe"))


# -- case, language, punctuation ------------------------------------------------------------------


def in_language(text: str, args: Args) -> bool:
    found = language.detect(text)
    return found is None or found == args["language"]  # what has no features counts as obeyed


def upper(text: str, _: Args) -> bool:
    return text.isupper() and language.detect(text) in ("en", None)


def lower(text: str, _: Args) -> bool:
    return text.islower() and language.detect(text) in ("en", None)


def no_comma(text: str, _: Args) -> bool:
    return "," not in text
