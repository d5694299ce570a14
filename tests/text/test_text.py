"""A text parsed once: what is masked, what is a word, a sentence, an item, an emphasis."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bridle.text.sentences as sentences
from bridle.text import MASK, Text, View, read_text, unspaced
from bridle.text.words import parted

PARTS = ("words", "sentences", "lines", "paragraphs", "items", "numbered", "headings", "emphasis")


def masked(raw: str) -> str:
    """The masked text with each masked stretch shown as one ¤."""
    text = read_text(raw).masked.text
    while MASK * 2 in text:
        text = text.replace(MASK * 2, MASK)
    return text.replace(MASK, "¤")


def parts(raw: str, name: str) -> list[str]:
    view = read_text(raw).masked
    return [view.slice(span) for span in getattr(view, name)]


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("So $x^2 = 9$.", "So ¤."),
        ("So $$x$$ and \\(y\\) and \\[z\\].", "So ¤ and ¤ and ¤."),
        ("I pay $5 and $6.", "I pay $5 and $6."),
        ("It is $5.", "It is $5."),
        ("from $5 to $y$ it is", "from $5 to ¤ it is"),
        ("US$ 5 and US$ 6", "US$ 5 and US$ 6"),
        ("\\$5 and \\$6 and $x$", "\\$5 and \\$6 and ¤"),
        ("all $ n $ with $ n + 2 $ odd", "all ¤ with ¤ odd"),
        ("cost $1,200 - a lot - and $x$", "cost $1,200 - a lot - and ¤"),
        ("\\boxed{\\frac{1}{2}}, done", "¤, done"),
        ("\\boxed{unclosed, text", "\\boxed{unclosed, text"),
        ("open \\( never, closed", "open \\( never, closed"),
        ("open \\[ never, closed", "open \\[ never, closed"),
        ("$x never closed, ok", "$x never closed, ok"),
        ("$x\n\ny$ two paragraphs, ok", "$x\n\ny$ two paragraphs, ok"),
        ("`a, b` c", "¤ c"),
        ("``a ` b`` c", "¤ c"),
        ("`a b", "`a b"),
        ("```py\na, b\n```\nc", "¤\n¤\n¤\nc"),
        ("```py\na, b", "```py\na, b"),
        ("~~~\n$x\n~~~\n$y$", "¤\n¤\n¤\n¤"),
        ("\\begin{align}a\\end{align} b", "¤ b"),
        ("\\begin{verse}a\\end{verse} b", "\\begin{verse}a\\end{verse} b"),
        ("\\(a \\(b\\) c", "\\(a ¤ c"),
    ],
)
def test_masks(raw: str, want: str) -> None:
    assert masked(raw) == want
    assert len(read_text(raw).masked.text) == len(raw)
    assert read_text(raw).kept.text == raw


def test_line_ends_survive_masking() -> None:
    raw = "a\n$$\nx\n$$\nb"
    assert read_text(raw).masked.text.count("\n") == raw.count("\n")
    assert len(read_text(raw).masked.words) == 3  # the formula is one word, on three lines


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("", 0),
        ("state-of-the-art isn't 3.14", 3),
        ("\\frac{1}{2}+\\sqrt{3}", 1),
        ("a — b ** c", 3),
        ("答案是四十二。", 6),
        ("答案是 42 个", 5),
        ("こたえは４です", 7),
        ("정답은 사입니다", 2),
        ("สี่ แปด", 2),
        ("สวัสดีครับ", 2),
        ("$x$-axis, $y$", 2),
        ("a\u00a0b", 2),
    ],
)
def test_words(raw: str, number: int) -> None:
    assert len(read_text(raw).masked.words) == number


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Smith has 3.14 e.g. apples.", ["Dr. Smith has 3.14 e.g. apples."]),
        ("George W. Bush left. Then at point A. So.", None),
        ("1. First step.\n2. Second step.", ["1. First step.", "2. Second step."]),
        ("第一句。第二句！", ["第一句。", "第二句！"]),
        ("पहला। दूसरा।", ["पहला।", "दूसरा।"]),
        ("Well... then it is so.", ["Well... then it is so."]),
        ('He said "Stop." Then left.', ['He said "Stop."', "Then left."]),
        ("# Title\nText here.", ["# Title", "Text here."]),
        ("- one\n- two", ["- one", "- two"]),
        ("The answer is no. Stop.", ["The answer is no.", "Stop."]),
        ("So $x = 1. 5$ it is.", ["So $x = 1. 5$ it is."]),
    ],
)
def test_sentences(raw: str, want: list[str] | None) -> None:
    if want is None:
        want = ["George W. Bush left.", "Then at point A.", "So."]
    assert parts(raw, "sentences") == want


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("- a\n* b\n+ c\n• d", ["- a", "* b", "+ c", "• d"]),
        ("-3 is the root.", []),
        ("---\n* * *\n- - -\n***", []),
        ("  - inner", ["- inner"]),
        ("So:\n```\n- code\n```", []),
        ("$$\n- x\n$$", []),
        ("**bold** text", []),
        ("1. one", []),
        ("- ", []),
    ],
)
def test_items(raw: str, want: list[str]) -> None:
    assert parts(raw, "items") == want


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("*a* _b_ **c** __d__ ***e***", ["*a*", "_b_", "**c**", "__d__", "***e***"]),
        ("3 * 4 * 5 and 3*4*5", []),
        ("snake_case_name", []),
        ("**a *b* c**", ["**a *b* c**"]),
        ("这是**重点**内容", ["**重点**"]),
        ("*a\n\nb*", []),
        ("* a\n* b", []),
        ("\\*a\\*", []),
        ("$a*b*c$ and `*d*`", []),
        ("**$x$**", ["**$x$**"]),
        ("****", []),
        ("*open", []),
    ],
)
def test_emphasis(raw: str, want: list[str]) -> None:
    assert parts(raw, "emphasis") == want


def test_numbered_headings_paragraphs_and_lines() -> None:
    raw = "# Title\n\nOne\n\n1. a\n2) b\n\nTop\n===\n#hashtag\n\n"
    assert parts(raw, "numbered") == ["1. a", "2) b"]
    assert parts(raw, "headings") == ["# Title", "Top"]
    assert parts(raw, "paragraphs") == ["# Title", "One", "1. a\n2) b", "Top\n===\n#hashtag"]
    assert len(read_text(raw).masked.lines) == 10


@pytest.mark.parametrize(
    "raw", ["a **b** c.\n\n- d $x$\n- e\n\n# F\n1. g", "é. À la *carte*.\n• ï"]
)
def test_the_same_parts_in_every_spelling(raw: str) -> None:
    for other in (raw.replace("\n", "\r\n"), unicodedata.normalize("NFD", raw), raw + " \n\n\t"):
        for name in PARTS:
            assert len(parts(other, name)) == len(parts(raw, name)), name


def test_folding_leads_back_to_the_original() -> None:
    raw = "Ένα Café и чай: ÄÖ"
    view = read_text(raw).kept
    for word in ("cafe\u0301", "чаи\u0306", "a\u0308o\u0308"):
        at = view.folded.find(word)
        span = view.unfold((at, at + len(word)))
        assert unicodedata.normalize("NFD", view.slice(span)).lower() == word


def test_parsed_once_and_held_for_a_few_only() -> None:
    assert read_text("same text") is read_text("same text")
    first = read_text("held")
    for i in range(100):
        read_text(f"other {i}")
    assert read_text("held") is not first
    long = "a " * 600_000
    assert read_text(long) is not read_text(long)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.text(st.characters(exclude_categories=()), max_size=60)
    | st.text('$\\[](){}*_`-+•.!?"“ \n\r\taB1中ก#=~', max_size=60)
)
def test_spans_are_in_order_disjoint_and_inside_any_text(raw: str) -> None:
    text = Text(raw)
    for view in (text.masked, text.kept):
        assert len(view.text) == len(view.flat) == len(view.raw) <= len(raw)
        for name in PARTS:
            last = 0
            for start, end in getattr(view, name):
                assert last <= start < end <= len(view.raw) or (name == "lines" and start <= end)
                last = end


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.text(st.characters(exclude_categories=()), max_size=60)
    | st.text("$`*_-+1.) \n\r\t\x0b\x1c\xa0aB“é中ก#=", max_size=60)
)
def test_words_and_lines_are_those_of_their_definition(raw: str) -> None:
    for view in (Text(raw).masked, Text(raw).kept):
        assert view.word_count == len(view.words)
        assert view.words_from(1, 2) == view.words[1:3]
        if not unspaced(view.flat):
            tokens = [m.span() for m in re.finditer(r"\S+", parted(view.flat))]
            wordlike = [s for s in tokens if re.search("[^\\W_]|\ufffc", view.flat[s[0] : s[1]])]
            assert list(view.words) == wordlike
        lines = [line.rstrip() for line in re.split(r"\r\n|\n|\r", view.text)]
        while lines and not lines[-1]:
            lines.pop()
        assert [view.text[a:b] for a, b in view.lines] == lines


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.text("aé\u0301ǖ한İ ắ中", min_size=1, max_size=20))
def test_unfolding_leads_back_to_the_character(raw: str) -> None:
    view = Text(raw).kept
    at = 0
    for i, char in enumerate(raw):
        width = len(unicodedata.normalize("NFD", char))
        assert all(view.unfold((p, p + 1)) == (i, i + 1) for p in range(at, at + width))
        at += width
    many = [(p, p + 1) for p in range(at)] * 100
    assert view.unfold_all(many) == list(map(view.unfold, many))


PATTERNS = [
    "*", "a", "[", "$", "`", "\\(", "\\[", "{", "\\boxed{", "* a ", "_a", "... ", "…a", "$a ",
    "a?) ", "> ", "1, ... ", "5! a ", "`a' ", "``` x\n", "```\n", "$$", "a*", "**a", "`` ` ", "中", "ก", "\\begin{align}", "1. ", "- \n", '"', "\n",
]  # fmt: skip


NESTED = [("(*", "*)"), ("_(", ")_"), ("{", "}"), ("\\(", "\\)"), ("“", "”")]


def cost(make: Callable[[int], str], size: int) -> float:
    """CPU seconds of reading everything in a text of that size, the best of three."""
    best = float("inf")
    for _ in range(3):
        text = Text(make(size))
        start = time.process_time()
        view: View = text.masked
        for name in (*PARTS, "folded"):
            getattr(view, name)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize(("opener", "closer"), [*((p, "") for p in PATTERNS), *NESTED])
def test_reading_grows_with_the_length(
    opener: str, closer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """16 times the text may take 16 times the time; quadratic growth would take 256 times."""
    monkeypatch.setattr(sentences, "_SHORT", 0)  # the blocks of neither are remembered

    def make(size: int) -> str:
        number = size // len(opener + closer)
        return opener * number + closer * number

    assert cost(make, 48_000) < 80 * max(cost(make, 3_000), 0.0005)


@pytest.mark.parametrize(
    "unit",
    [
        "x. ", "xyz. ", "x.\n", "No. ", 'x." ', "p.m. ", "$x$. ", "der 3. Mai ", "v 3. květ ", "1．a",
        "a 1．\n", "P.S. ", "A.B. C ", "a? — b ", "α; ", "x.<i>", "x. <i", "<!--", "<!-- -->", "$x$<!--",
        "a! *b* ", "г. Б ",
    ],
)  # fmt: skip
def test_sentences_grow_with_the_length(unit: str) -> None:
    """A slice of all that stands before shows only in longer texts: copying is quick."""

    def make(size: int) -> str:
        return unit * (size // len(unit))

    assert cost(make, 400_000) < 40 * max(cost(make, 25_000), 0.002)


SENTENCES = [
    ("At 5 p.m. we left.", 1),
    ("We left at 5 p.m. Then we slept.", 2),
    ("Her Ph.D. work is done.", 1),
    ("Apples, pears, etc. are fruit.", 1),
    ("The bus No. 5 is it.", 1),
    ("Is it odd? No. 5 divides it.", 3),
    ('He said "Go!" and left.', 1),
    ('He said "Go!" Then he left.', 2),
    ("The answer is Option B. This is it.", 2),
    ("Point A. Point B.", 2),
    ("George W. Bush ran.", 1),
    ("we add 4. then 5.", 2),
    ("é At 5 p.m. we left… and ran.", 1),
]


@pytest.mark.parametrize(("raw", "number"), SENTENCES)
def test_where_a_sentence_ends(raw: str, number: int) -> None:
    assert len(Text(raw).masked.sentences) == number
    assert len(Text(f"。\n\n{raw}").masked.sentences) == number  # beside other scripts' stops


def test_a_blank_line_inside_code_parts_no_paragraph() -> None:
    assert len(Text("We do:\n\n```\na\n\nb\n```\n\nEnd.").masked.paragraphs) == 3


@pytest.mark.parametrize(
    "raw", ["It was US$5+tax and US$6+tax.", "It is US$4^2$ now.", "A US$5*x$ note."]
)
def test_amounts_in_us_dollars_are_no_formula(raw: str) -> None:
    assert Text(raw).masks == ()
